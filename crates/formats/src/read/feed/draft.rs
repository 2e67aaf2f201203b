//! An entry under construction: what its elements said so far, and what becomes of it.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use model::{Complaint, Entry};
use url::Url;

use super::inner::Inner;
use super::note::{Note, Ranked};
use super::stamp;
use crate::read::address::{absolute, as_written, shortened};
use crate::read::scan;
use crate::text;

/// What an entry's elements said so far.
pub(super) struct Draft<'a> {
    pub(super) atom: bool,
    /// The document ended inside it.
    pub(super) cut: bool,
    pub(super) note: Note<'a>,
    base: Option<Url>,
    entry: Entry,
    /// A title from another vocabulary, for entries without one of their own.
    spare: Option<String>,
    /// The rank of what stands as summary: 0 its own element, more a substitute.
    summary_rank: u8,
    /// An element calls itself a link, whatever is in it.
    linked: bool,
}

impl<'a> Draft<'a> {
    /// An entry by its start tag: RDF names it there, CDF says nearly all there.
    pub(super) fn new(atom: bool, attributes: &'a str, base: Option<&Url>) -> Self {
        let mut draft = Draft {
            atom,
            cut: false,
            note: Note::default(),
            base: based(attributes, base).or_else(|| base.cloned()),
            entry: Entry::default(),
            spare: None,
            summary_rank: u8::MAX,
            linked: false,
        };
        for (name, value) in scan::attributes(attributes) {
            match name {
                "xml:lang" => draft.set_language(&value),
                "rdf:about" => draft.note.links.add(8, value),
                "HREF" => draft.note.links.add(1, value),
                "LASTMOD" => draft.note.updated.add(1, value),
                _ => {}
            }
        }
        draft
    }

    /// Whether what was cut off says enough to be shown.
    pub(super) fn is_worth_keeping(&self) -> bool {
        self.entry.title.is_some() && self.note.links.iter().next().is_some()
    }

    /// The first title counts: what comes later is a picture's or a source's.
    pub(super) fn set_title(&mut self, attributes: &str, inner: &Inner<'_>) {
        if self.entry.title.is_some() {
            return;
        }
        let decoded = self.base64(attributes, inner);
        // Before anything is dropped: half of a scrambled "Ö" is a control character.
        let title = match &decoded {
            Some(html) => text::line(html),
            None if self.is_plain(attributes, inner) => text::fold(&text::unscramble(&inner.text)),
            None => text::line(&text::unscramble(inner.html())),
        };
        self.entry.title = Some(title).filter(|title| !title.is_empty());
    }

    pub(super) fn set_spare_title(&mut self, inner: &Inner<'_>) {
        if self.spare.is_none() {
            self.spare = Some(text::line(inner.html())).filter(|title| !title.is_empty());
        }
    }

    /// Atom 0.3 writes base64 by `mode`, Atom 1.0 by a media type that is none of text.
    fn base64(&self, attributes: &str, inner: &Inner<'_>) -> Option<String> {
        if !self.atom || inner.markup.is_some() || attributes.is_empty() {
            return None;
        }
        let said = |name: &str| scan::attribute(attributes, name).unwrap_or_default().trim().to_ascii_lowercase();
        let (mode, kind) = (said("mode"), said("type"));
        if mode != "base64" && (is_written(&kind) || !kind.contains('/')) {
            return None;
        }
        let letters: Vec<u8> = inner.text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        String::from_utf8(BASE64.decode(letters).ok()?).ok()
    }

    /// Atom says what is plain text; where it says so and lies, the text shows it. RSS never says.
    fn is_plain(&self, attributes: &str, inner: &Inner<'_>) -> bool {
        let html = || {
            let said = scan::attribute(attributes, "type").unwrap_or_default().to_ascii_lowercase();
            said.contains("html") || scan::attribute(attributes, "mode").is_some_and(|mode| mode == "escaped")
        };
        self.atom && inner.markup.is_none() && !html() && !text::looks_like_html(&inner.text)
    }

    /// Summaries and contents keep their paragraphs.
    fn prose(&self, attributes: &str, inner: &Inner<'_>) -> Option<String> {
        let prose = if let Some(html) = self.base64(attributes, inner) {
            text::paragraphs(&html)
        } else if self.is_plain(attributes, inner) {
            text::fold(&text::unscramble(&inner.text))
        } else {
            text::paragraphs(&text::unscramble(inner.html()))
        };
        Some(prose).filter(|prose| !prose.is_empty())
    }

    pub(super) fn set_summary(&mut self, rank: u8, attributes: &str, inner: &Inner<'_>) {
        if rank < self.summary_rank
            && let Some(prose) = self.prose(attributes, inner)
        {
            self.summary_rank = rank;
            self.entry.summary = Some(prose);
        }
    }

    pub(super) fn set_content(&mut self, attributes: &str, inner: &Inner<'_>) {
        // Pictures and archives in base64 are content too, and no text.
        let written = attributes.is_empty()
            || is_written(&scan::attribute(attributes, "type").unwrap_or_default().to_ascii_lowercase());
        if written && self.entry.text.is_none() {
            self.entry.text = self.prose(attributes, inner);
        }
    }

    pub(super) fn set_guid(&mut self, guid: &str) {
        if self.entry.guid.is_none() && !guid.is_empty() {
            self.entry.guid = Some(guid.to_owned());
        }
    }

    pub(super) fn set_language(&mut self, lang: &str) {
        self.entry.lang = tag(lang).or(self.entry.lang.take());
    }

    pub(super) fn category(&mut self, name: String) {
        if !name.is_empty() {
            self.entry.categories.push(name);
        }
    }

    /// Atom and some RSS put the name into an element of its own.
    pub(super) fn author(&mut self, inner: &Inner<'_>) {
        let name = inner.markup.as_deref().and_then(|markup| {
            let (_, rest) = markup.split_once("<name>")?;
            rest.split_once("</name>").map(|(name, _)| name)
        });
        match (name, &inner.markup) {
            (Some(name), _) => self.note.add_author(name),
            (None, None) => self.note.add_author(&inner.text),
            (None, Some(_)) => {}
        }
    }

    /// A candidate for the address; an element may have a base of its own.
    pub(super) fn add_link(&mut self, rank: u8, attributes: &str, address: Cow<'a, str>) {
        self.linked |= !address.trim().is_empty();
        let whole = based(attributes, self.base.as_ref()).and_then(|base| as_written(&address, Some(&base)));
        self.note.links.add(rank, whole.map_or(address, Cow::Owned));
    }

    /// The entry as it is told, and what was odd about it.
    pub(super) fn done(self, at: usize, complaints: &mut Vec<Complaint>) -> Entry {
        let base = self.base.as_ref();
        let mut odd = |what: &str, text: String| {
            complaints.push(Complaint { what: what.into(), text, entry: Some(at) });
        };
        if self.cut {
            odd("entry", "the document ends inside this entry; what was whole of it is kept".into());
        }
        let first = |texts: &Ranked<'_>| texts.iter().find_map(stamp::moment);
        let (published, updated) = (first(&self.note.published), first(&self.note.updated));
        if published.is_none()
            && updated.is_none()
            && let Some(text) = self.note.undated()
        {
            odd("date", format!("no date is read from {:?}", shortened(text)));
        }
        let url = self.note.links.iter().find_map(|address| as_written(address, base));
        if url.is_none()
            && self.linked
            && let Some(address) = self.note.links.iter().next()
        {
            odd("link", format!("{:?} is no address", shortened(address)));
        }
        Entry {
            url,
            title: self.entry.title.or(self.spare),
            published,
            updated,
            image: self.note.image.as_deref().and_then(|image| absolute(image, base)),
            event: self.note.event(),
            authors: self.note.authors,
            ..self.entry
        }
    }
}

/// Longest address that others are resolved against.
const LONGEST_BASE: usize = 2_000;

/// The base that an element declares for itself and what is in it (`xml:base`).
pub(super) fn based(attributes: &str, around: Option<&Url>) -> Option<Url> {
    if attributes.len() < 6 || !(attributes.contains("xml:base") || attributes.contains("BASE")) {
        return None;
    }
    // CDF has an attribute of its own.
    let said = scan::attribute(attributes, "xml:base").or_else(|| scan::attribute(attributes, "BASE"))?;
    match around {
        Some(around) => around.join(said.trim()).ok(),
        None => Url::parse(said.trim()).ok(),
    }
    // Each `xml:base="a/"` within another makes it longer, and what is resolved against it.
    .filter(|base| !base.cannot_be_a_base() && base.as_str().len() <= LONGEST_BASE)
}

/// A language tag, in one spelling: `de_DE` and `DE-de` are met as well.
pub(super) fn tag(lang: &str) -> Option<String> {
    Some(lang.trim().to_ascii_lowercase().replace('_', "-")).filter(|lang| !lang.is_empty())
}

fn is_written(kind: &str) -> bool {
    kind.is_empty() || ["text", "html", "xml"].iter().any(|known| kind.contains(known))
}
