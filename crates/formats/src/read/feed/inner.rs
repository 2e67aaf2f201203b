//! What stands inside one element of a feed, to its end or to where it must have ended.

use std::borrow::Cow;

use super::super::scan::Token;
use super::{Mender, is_entry};
use crate::entities;

/// Deepest nesting kept: deeper tags are dropped, their text stays.
const DEEPEST: usize = 64;

/// HTML elements without an end tag.
const VOID: [&str; 8] = ["br", "hr", "img", "input", "link", "meta", "wbr", "area"];

/// The content of an element, both ways. Nearly all hold one piece of text, which is then borrowed.
#[derive(Debug, Default)]
pub(super) struct Inner<'a> {
    /// All its characters, references resolved; blanks around them may be missing.
    pub(super) text: Cow<'a, str>,
    /// The content as markup, where it holds elements.
    pub(super) markup: Option<String>,
    /// Blanks were met and not yet written.
    gap: bool,
}

impl<'a> Inner<'a> {
    /// The content as HTML: markup as it is, text as a feed means it, which is escaped HTML.
    pub(super) fn html(&self) -> &str {
        self.markup.as_deref().unwrap_or(&self.text)
    }

    fn push(&mut self, piece: Cow<'a, str>) {
        if piece.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.gap |= !piece.is_empty();
            return;
        }
        self.close_gap();
        if let Some(markup) = &mut self.markup {
            markup.push_str(&escape(&piece));
        }
        if self.text.is_empty() {
            self.text = piece;
        } else {
            self.text.to_mut().push_str(&piece);
        }
    }

    fn close_gap(&mut self) {
        if std::mem::take(&mut self.gap) {
            if !self.text.is_empty() {
                self.text.to_mut().push(' ');
            }
            if let Some(markup) = &mut self.markup {
                markup.push(' ');
            }
        }
    }

    fn open(&mut self, open: &mut Vec<&'a str>, name: &'a str, attributes: &str, empty: bool) {
        if open.len() < DEEPEST {
            let empty = empty || VOID.contains(&local(name));
            push_tag(self.markup(), local(name), attributes, empty);
            if !empty {
                open.push(name);
            }
        }
    }

    fn close(&mut self, open: &mut Vec<&str>, from: usize) {
        for name in open.drain(from..).rev() {
            push_end(self.markup(), local(name));
        }
    }

    fn markup(&mut self) -> &mut String {
        let text = &self.text;
        self.markup.get_or_insert_with(|| escape(text).into_owned());
        self.close_gap();
        self.markup.get_or_insert_default()
    }
}

impl<'a> Mender<'a> {
    /// Reads to the end of the element `field`, or stops before what cannot be inside it.
    pub(super) fn inner(&mut self, field: &str) -> Inner<'a> {
        let mut inner = Inner::default();
        let mut open: Vec<&'a str> = Vec::new();
        loop {
            match self.next() {
                None => {
                    self.cut_inside = true;
                    break;
                }
                Some(Token::Text(text)) => inner.push(entities::decode_counting(text, &mut self.repairs.odd)),
                Some(Token::Verbatim(text)) => inner.push(Cow::Borrowed(text)),
                Some(token @ Token::Start { name, attributes, empty }) => {
                    self.names.declare(attributes, false);
                    if self.must_end(field, name) {
                        self.back = Some(token);
                        self.repairs.unclosed += 1;
                        break;
                    }
                    inner.open(&mut open, name, attributes, empty);
                }
                Some(Token::End(name)) => {
                    if let Some(at) = open.iter().rposition(|found| *found == name) {
                        inner.close(&mut open, at);
                    } else if name.eq_ignore_ascii_case(field) {
                        break;
                    } else if self.ends_more(name) {
                        self.back = Some(Token::End(name));
                        self.repairs.unclosed += 1;
                        break;
                    } else if !VOID.contains(&local(name)) {
                        self.repairs.stray += 1;
                    }
                }
            }
        }
        inner.close(&mut open, 0);
        inner
    }

    /// A start tag that shows that the field's own end is missing.
    fn must_end(&self, field: &str, name: &str) -> bool {
        let (_, local) = self.names.resolve(name);
        let (_, around) = self.names.resolve(field);
        if is_entry(&local) {
            return !matches!(around.as_ref(), "items" | "source");
        }
        match around.as_ref() {
            // None of these holds elements of a feed.
            "title" | "link" | "guid" | "id" | "pubdate" | "updated" | "published" | "date" => {
                name != field
                    && matches!(
                        local.as_ref(),
                        "link" | "guid" | "pubdate" | "description" | "summary" | "content" | "updated" | "published"
                    )
            }
            "description" | "encoded" => matches!(local.as_ref(), "guid" | "pubdate" | "enclosure"),
            _ => false,
        }
    }

    /// An end tag of something around the field.
    fn ends_more(&self, name: &str) -> bool {
        let (_, local) = self.names.resolve(name);
        is_entry(&local) || matches!(local.as_ref(), "channel" | "rss" | "rdf" | "feed")
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn push_tag(to: &mut String, name: &str, attributes: &str, empty: bool) {
    to.push('<');
    to.push_str(name);
    for (name, value) in super::super::scan::attributes(attributes) {
        // What text and pictures are made of; the rest is dropped with its namespaces.
        if matches!(name, "href" | "src" | "url" | "type" | "medium" | "alt") {
            for part in [" ", name, "=\"", &escape(&value), "\""] {
                to.push_str(part);
            }
        }
    }
    to.push_str(if empty { "/>" } else { ">" });
}

fn push_end(to: &mut String, name: &str) {
    for part in ["</", name, ">"] {
        to.push_str(part);
    }
}

/// Text as XML holds it.
fn escape(text: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(text)
}
