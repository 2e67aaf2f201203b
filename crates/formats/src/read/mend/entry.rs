//! One entry, element by element: each dialect's name for a thing becomes the one that feed-rs knows.

use super::head::{common, push_element};
use super::inner::Inner;
use super::names::Space;
use super::{Mender, Note, is_entry};
use crate::read::scan::{self, Token};
use crate::read::when;
use crate::text;

/// An entry under construction.
struct Draft {
    atom: bool,
    xml: String,
    note: Note,
    title: bool,
    /// A title from another vocabulary, for entries without one of their own.
    spare: Option<String>,
    /// The rank of what stands as summary: 0 its own element, 1 a substitute; the text is kept to write it once.
    summary: Option<(u8, String)>,
    content: Option<String>,
}

impl<'a> Mender<'a> {
    /// Reads to the end of the entry, or to where the next begins.
    pub(super) fn entry(&mut self, atom: bool, entry: &str, attributes: &'a str) -> Option<(String, Note)> {
        let mut draft = Draft::new(atom);
        draft.note.lang = scan::attribute(attributes, "xml:lang").map(std::borrow::Cow::into_owned);
        if let Some(about) = scan::attribute(attributes, "rdf:about") {
            draft.note.links.add(8, &about);
        }
        loop {
            match self.next() {
                None => {
                    draft.note.cut = true;
                    break;
                }
                Some(token @ Token::Start { name, attributes, empty }) => {
                    self.names.declare(attributes, false);
                    let (space, local) = self.names.resolve(name);
                    if is_entry(local) {
                        self.back = Some(token);
                        self.repairs.unclosed += 1;
                        break;
                    }
                    let inner = if empty { Inner::default() } else { self.inner(name) };
                    // Half a teaser is a teaser; half an address leads elsewhere.
                    if !self.cut_inside || matches!(local, "description" | "summary" | "content" | "encoded") {
                        draft.field(space, local, attributes, &inner);
                    }
                }
                Some(Token::End(name)) if name.eq_ignore_ascii_case(entry) => break,
                Some(Token::End(name)) if matches!(self.names.resolve(name).1, "channel" | "rss" | "RDF" | "feed") => {
                    self.back = Some(Token::End(name));
                    self.repairs.unclosed += 1;
                    break;
                }
                Some(Token::End(_)) => self.repairs.stray += 1,
                Some(Token::Text(_) | Token::Verbatim(_)) => {}
            }
        }
        let whole = !draft.note.cut || (draft.title && draft.note.links.iter().next().is_some());
        whole.then(|| draft.done(&common(attributes)))
    }
}

impl Draft {
    fn new(atom: bool) -> Self {
        let note = Note::default();
        Draft { atom, xml: String::new(), note, title: false, spare: None, summary: None, content: None }
    }

    fn element(&mut self, name: &str, text: &str) {
        push_element(&mut self.xml, name, "", text);
    }

    fn field(&mut self, space: Space, local: &str, attributes: &str, inner: &Inner) {
        match (space, local) {
            (Space::Rss | Space::Atom, "title") if !self.title => self.set_title(attributes, inner),
            (Space::Dc | Space::Media | Space::Itunes, "title") if self.spare.is_none() => {
                self.spare = Some(text::line(inner.html())).filter(|title| !title.is_empty());
            }
            (Space::Rss | Space::Atom, "link") => self.link(attributes, inner),
            (Space::Rss, "guid") => {
                let permalink = scan::attribute(attributes, "isPermaLink").is_none_or(|said| said.trim() != "false");
                if permalink && inner.text.trim().starts_with("http") {
                    self.note.links.add(5, &inner.text);
                }
                self.element("guid", inner.text.trim());
            }
            (Space::Atom, "id") | (Space::Rss, "id") => {
                if inner.text.trim().starts_with("http") {
                    self.note.links.add(9, &inner.text);
                }
                self.element(if self.atom { "id" } else { "guid" }, inner.text.trim());
            }
            (Space::Rss | Space::Atom, "description") | (Space::Atom, "summary") => {
                self.set_summary(0, attributes, inner);
            }
            (Space::Dc, "description") | (Space::Terms, "abstract") | (Space::Rss, "abstract" | "summary") => {
                self.set_summary(1, attributes, inner);
            }
            (Space::Itunes, "summary" | "subtitle") | (Space::Media, "description") => {
                self.set_summary(2, attributes, inner);
            }
            (Space::Content, _)
            | (Space::Rss, "fullitem" | "content")
            | (Space::Atom, "content")
            | (Space::Xhtml, "body" | "div") => {
                self.set_content(attributes, inner);
            }
            (Space::Rss | Space::Dc | Space::Atom, "category" | "subject") => {
                let named = scan::attribute(attributes, "label").or_else(|| scan::attribute(attributes, "term"));
                self.category(&named.map_or_else(|| text::line(&inner.text), |name| text::fold(&name)));
            }
            (Space::Dc | Space::Rss, "language") => self.note.lang = Some(inner.text.trim().to_owned()),
            (Space::Rss | Space::Dc | Space::Atom | Space::Itunes, "author" | "creator") => self.author(inner),
            (Space::Event, _) => self.note.add_event(local, inner.html()),
            (Space::Rss, "enclosure")
            | (Space::Media, "content" | "thumbnail" | "group")
            | (Space::Itunes, "image") => {
                self.picture(local, attributes, inner);
            }
            _ => self.date(space, local, &inner.text),
        }
    }

    fn set_title(&mut self, attributes: &str, inner: &Inner) {
        // Before anything is dropped: half of a scrambled "Ö" is a control character.
        let title = if self.is_plain(attributes, inner) {
            text::fold(&text::unscramble(&inner.text))
        } else {
            text::line(&text::unscramble(inner.html()))
        };
        if !title.is_empty() {
            self.title = true;
            self.element("title", &title);
        }
    }

    /// Atom says what is plain text; where it says so and lies, the text shows it. RSS never says.
    fn is_plain(&self, attributes: &str, inner: &Inner) -> bool {
        let html = || {
            let said = scan::attribute(attributes, "type").unwrap_or_default().to_ascii_lowercase();
            said.contains("html") || scan::attribute(attributes, "mode").is_some_and(|mode| mode == "escaped")
        };
        self.atom && inner.markup.is_none() && !html() && !text::looks_like_html(&inner.text)
    }

    fn plain_or_html(&self, attributes: &str, inner: &Inner) -> String {
        if self.is_plain(attributes, inner) {
            super::inner::escape(&inner.text).into_owned()
        } else {
            inner.html().to_owned()
        }
    }

    fn set_summary(&mut self, rank: u8, attributes: &str, inner: &Inner) {
        if !inner.text.trim().is_empty() && self.summary.as_ref().is_none_or(|(found, _)| *found > rank) {
            self.summary = Some((rank, self.plain_or_html(attributes, inner)));
        }
    }

    fn set_content(&mut self, attributes: &str, inner: &Inner) {
        let said = scan::attribute(attributes, "type").unwrap_or_default().to_ascii_lowercase();
        // Pictures and archives in base64 are content too, and no text.
        let written = said.is_empty() || ["text", "html", "xml"].iter().any(|known| said.contains(known));
        if written && self.content.is_none() && !inner.text.trim().is_empty() {
            self.content = Some(self.plain_or_html(attributes, inner));
        }
    }

    fn category(&mut self, name: &str) {
        if name.is_empty() {
            return;
        }
        if self.atom {
            let term = format!(" term=\"{}\"", super::inner::escape(name));
            push_element(&mut self.xml, "category", &term, "");
        } else {
            self.element("category", name);
        }
    }

    /// Atom and some RSS put the name into an element of its own.
    fn author(&mut self, inner: &Inner) {
        let name = inner.markup.as_deref().and_then(|markup| {
            let (_, rest) = markup.split_once("<name>")?;
            rest.split_once("</name>").map(|(name, _)| name.to_owned())
        });
        match (name, &inner.markup) {
            (Some(name), _) => self.note.add_author(&name),
            (None, None) => self.note.add_author(&inner.text),
            (None, Some(_)) => {}
        }
    }

    /// RSS writes the address as text, Atom as an attribute, and feeds mix them.
    fn link(&mut self, attributes: &str, inner: &Inner) {
        let Some(href) = scan::attribute(attributes, "href") else {
            self.note.links.add(0, &inner.text);
            return;
        };
        let rel = scan::attribute(attributes, "rel").unwrap_or_default();
        let kind = scan::attribute(attributes, "type").unwrap_or_default();
        let page = kind.is_empty() || kind.contains("html");
        match rel.as_ref() {
            "" | "alternate" if self.atom => self.note.links.add(if page { 0 } else { 4 }, &href),
            "" | "alternate" => self.note.links.add(2, &href),
            "enclosure" if kind.starts_with("image/") => self.note.add_image(Some(&href)),
            "enclosure" | "self" | "edit" | "replies" | "service.edit" | "service.post" | "hub" | "license"
            | "next" => {}
            _ if self.atom => self.note.links.add(7, &href),
            _ => {}
        }
    }

    fn picture(&mut self, local: &str, attributes: &str, inner: &Inner) {
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
    fn date(&mut self, space: Space, local: &str, text: &str) {
        match (space, local) {
            (Space::Rss | Space::Atom, "pubDate" | "pubdate" | "PubDate" | "published") => {
                self.note.published.add(0, text);
            }
            (Space::Atom | Space::Terms, "issued") => self.note.published.add(1, text),
            (Space::Dc | Space::Rss | Space::Terms, "date") => self.note.published.add(2, text),
            (Space::Terms | Space::Atom, "created" | "available") | (Space::Rss, "created" | "issued") => {
                self.note.published.add(3, text);
            }
            (Space::Rss | Space::Atom | Space::Terms, "updated" | "modified" | "lastBuildDate") => {
                self.note.updated.add(0, text);
            }
            _ => {}
        }
    }

    /// Writes what was kept for the end, each thing once.
    fn done(mut self, attributes: &str) -> (String, Note) {
        if let Some(title) = self.spare.take().filter(|_| !self.title) {
            self.element("title", &title);
        }
        let dates = [
            (if self.atom { "published" } else { "pubDate" }, best(&self.note.published)),
            (if self.atom { "updated" } else { "atom:updated" }, best(&self.note.updated)),
        ];
        self.note.changed = dates[1].1.is_some();
        for (name, text) in dates {
            if let Some(text) = text {
                self.element(name, &text);
            }
        }
        let link = self.note.links.iter().next().map(|link| link.replace(['\n', '\r', '\t'], ""));
        if let Some(link) = link {
            if self.atom {
                let href = format!(" href=\"{}\"", super::inner::escape(&link));
                push_element(&mut self.xml, "link", &href, "");
            } else {
                self.element("link", &link);
            }
        }
        let kind = if self.atom { " type=\"html\"" } else { "" };
        let (summary, content) = if self.atom { ("summary", "content") } else { ("description", "content:encoded") };
        if let Some((_, text)) = self.summary.take() {
            push_element(&mut self.xml, summary, kind, &text);
        }
        if let Some(text) = self.content.take() {
            push_element(&mut self.xml, content, kind, &text);
        }
        let name = if self.atom { "entry" } else { "item" };
        (format!("<{name}{attributes}>{}</{name}>", self.xml), self.note)
    }
}

/// The first text that is a date.
fn best(texts: &super::note::Ranked) -> Option<String> {
    texts.iter().find(|text| when::moment(text).is_some()).map(ToOwned::to_owned)
}
