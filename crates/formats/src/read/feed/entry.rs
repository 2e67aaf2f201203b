//! One entry, element by element: which element of which dialect says what.

use std::borrow::Cow;

use url::Url;

use super::draft::Draft;
use super::inner::Inner;
use super::names::Space;
use super::{Mender, is_entry};
use crate::read::scan::{self, Token};
use crate::text;

impl<'a> Mender<'a> {
    /// Reads to the end of the entry, or to where the next begins. `None` for what was cut before it said anything.
    pub(super) fn entry(
        &mut self,
        atom: bool,
        entry: &str,
        attributes: &'a str,
        empty: bool,
        base: Option<&Url>,
    ) -> Option<Draft<'a>> {
        let mut draft = Draft::new(atom, attributes, base);
        if !empty {
            self.fill(&mut draft, entry);
        }
        (!draft.cut || draft.is_worth_keeping()).then_some(draft)
    }

    fn fill(&mut self, draft: &mut Draft<'a>, entry: &str) {
        loop {
            match self.next() {
                None => {
                    draft.cut = true;
                    break;
                }
                Some(token @ Token::Start { name, attributes, empty }) => {
                    self.names.declare(attributes, false);
                    let (space, local) = self.names.resolve(name);
                    if is_entry(&local) {
                        self.back = Some(token);
                        self.repairs.unclosed += 1;
                        break;
                    }
                    self.repairs.undeclared += usize::from(self.names.is_undeclared(name));
                    let inner = if empty { Inner::default() } else { self.inner(name) };
                    // Half a teaser is a teaser; half an address leads elsewhere.
                    if !self.cut_inside || matches!(local.as_ref(), "description" | "summary" | "content" | "encoded") {
                        draft.field(space, &local, attributes, inner);
                    }
                }
                Some(Token::End(name)) if name.eq_ignore_ascii_case(entry) => break,
                Some(Token::End(name))
                    if matches!(self.names.resolve(name).1.as_ref(), "channel" | "rss" | "rdf" | "feed") =>
                {
                    self.back = Some(Token::End(name));
                    self.repairs.unclosed += 1;
                    break;
                }
                Some(Token::End(_)) => self.repairs.stray += 1,
                Some(Token::Text(_) | Token::Verbatim(_)) => {}
            }
        }
    }
}

impl<'a> Draft<'a> {
    fn field(&mut self, space: Space, local: &str, attributes: &'a str, inner: Inner<'a>) {
        match (space, local) {
            (Space::Rss | Space::Atom, "title") => self.set_title(attributes, &inner),
            (Space::Dc | Space::Media | Space::Itunes, "title") => self.set_spare_title(&inner),
            (Space::Rss | Space::Atom, "link") => self.link(space, attributes, inner),
            (Space::Rss, "guid") => self.guid(attributes, inner),
            (Space::Rss | Space::Atom, "id") => self.id(attributes, inner),
            (Space::Rss | Space::Atom, "description") | (Space::Atom, "summary") => {
                self.set_summary(0, attributes, &inner);
            }
            (Space::Dc, "description") | (Space::Terms, "abstract") | (Space::Rss, "abstract" | "summary") => {
                self.set_summary(1, attributes, &inner);
            }
            (Space::Itunes, "summary" | "subtitle") | (Space::Media, "description") => {
                self.set_summary(2, attributes, &inner);
            }
            (Space::Content, _)
            | (Space::Rss, "fullitem" | "content")
            | (Space::Atom, "content")
            | (Space::Xhtml, "body" | "div") => {
                self.set_content(attributes, &inner);
            }
            (Space::Rss | Space::Dc | Space::Atom, "category" | "subject") => {
                let named = scan::attribute(attributes, "label").or_else(|| scan::attribute(attributes, "term"));
                self.category(named.map_or_else(|| text::line(&inner.text), |name| text::fold(&name)));
            }
            (Space::Dc | Space::Rss, "language") => self.set_language(&inner.text),
            (Space::Rss | Space::Dc | Space::Atom | Space::Itunes, "author" | "creator") => self.author(&inner),
            (Space::Event, _) => self.note.add_event(local, inner.html()),
            (Space::Rss, "enclosure")
            | (Space::Media, "content" | "thumbnail" | "group")
            | (Space::Itunes, "image") => {
                self.picture(local, attributes, &inner);
            }
            _ => self.date(space, local, inner.text),
        }
    }

    /// RSS says whether a guid is an address, and says yes by saying nothing, which is mostly a mistake: a number is
    /// none, whatever the default.
    fn guid(&mut self, attributes: &'a str, inner: Inner<'a>) {
        let permalink = scan::attribute(attributes, "isPermaLink");
        let guid = inner.text.trim();
        let rank = match permalink.as_deref().map(str::trim) {
            Some("true") if !guid.contains(char::is_whitespace) => Some(5),
            Some("false") => guid.starts_with("http").then_some(9),
            _ => is_address(guid).then_some(5),
        };
        self.set_guid(guid);
        if let Some(rank) = rank {
            self.add_link(rank, attributes, inner.text);
        }
    }

    /// An Atom id is an address or a name (RFC 4287, 4.2.6). Where it looks like a path, it was meant to be resolved.
    fn id(&mut self, attributes: &'a str, inner: Inner<'a>) {
        let id = inner.text.trim();
        let path = id.contains('/') && !id.contains([':', ' ']);
        self.set_guid(id);
        if is_address(id) || path {
            self.add_link(9, attributes, inner.text);
        }
    }

    /// RSS writes the address as text, Atom as an attribute, and feeds mix them.
    fn link(&mut self, space: Space, attributes: &'a str, inner: Inner<'a>) {
        let rel = scan::attribute(attributes, "rel").unwrap_or_default();
        let Some(href) = scan::attribute(attributes, "href") else {
            let rank = if matches!(rel.as_ref(), "" | "alternate") { 0 } else { 7 };
            self.add_link(rank, attributes, inner.text);
            return;
        };
        let kind = scan::attribute(attributes, "type").unwrap_or_default();
        let page = kind.is_empty() || kind.contains("html");
        let own = self.atom || space == Space::Rss;
        let rank = match rel.as_ref() {
            "" | "alternate" if own && !page => 4,
            // One article in several languages: the German one.
            "" | "alternate" if own && speaks_german(attributes) => 0,
            "" | "alternate" if own => 1,
            "" | "alternate" => 2,
            "enclosure" if kind.starts_with("image/") => {
                self.note.add_image(Some(&href));
                return;
            }
            "enclosure" | "self" | "edit" | "replies" | "service.edit" | "service.post" | "hub" | "license"
            | "next" => return,
            _ if self.atom => 7,
            _ => return,
        };
        self.add_link(if self.atom || rank > 1 { rank } else { 0 }, attributes, href);
    }

    fn picture(&mut self, local: &str, attributes: &str, inner: &Inner<'_>) {
        let is_image = |attributes: &str| {
            scan::attribute(attributes, "type").is_some_and(|kind| kind.starts_with("image/"))
                || scan::attribute(attributes, "medium").is_some_and(|medium| medium == "image")
        };
        let url = scan::attribute(attributes, "url").or_else(|| scan::attribute(attributes, "href"));
        if matches!(local, "thumbnail" | "image") || is_image(attributes) {
            self.note.add_image(url.as_deref());
        }
        for token in scan::Scanner::new(inner.markup.as_deref().unwrap_or("")) {
            if let Token::Start { name, attributes, .. } = token
                && (name == "thumbnail" || (name == "content" && is_image(attributes)))
            {
                self.note.add_image(scan::attribute(attributes, "url").as_deref());
            }
        }
    }

    /// Every dialect's names for the two dates; the specific before the vague.
    fn date(&mut self, space: Space, local: &str, text: Cow<'a, str>) {
        match (space, local) {
            (Space::Rss | Space::Atom, "pubdate" | "published") => self.note.published.add(0, text),
            (Space::Atom | Space::Terms, "issued") => self.note.published.add(1, text),
            (Space::Dc | Space::Rss | Space::Terms, "date") => self.note.published.add(2, text),
            (Space::Terms | Space::Atom, "created" | "available") | (Space::Rss, "created" | "issued") => {
                self.note.published.add(3, text);
            }
            (Space::Rss | Space::Atom | Space::Terms, "updated" | "modified" | "lastbuilddate") => {
                self.note.updated.add(0, text);
            }
            _ => {}
        }
    }
}

fn is_address(text: &str) -> bool {
    let scheme = text.get(..8).is_some_and(|head| {
        let head = head.to_ascii_lowercase();
        head.starts_with("http://") || head.starts_with("https://")
    });
    scheme || (["/", "./", "../"].iter().any(|start| text.starts_with(start)) && !text.contains(' '))
}

fn speaks_german(attributes: &str) -> bool {
    scan::attribute(attributes, "hreflang").is_some_and(|lang| lang.trim().to_ascii_lowercase().starts_with("de"))
}
