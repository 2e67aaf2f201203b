//! What the XML formats share: text, links, and the event module.
//!
//! Promises: well-formed whatever comes in, since all text passes [`clean`] and the escaping of quick-xml. Titles and
//! teasers are plain text here and HTML in most feeds: [`as_html`] says it so that both kinds of reader see the same.

use std::borrow::Cow;
use std::io;

use model::Event;
use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::clean;
use crate::entities;

pub(super) type Xml = Writer<Vec<u8>>;

/// The namespaces of all elements that our feeds use, Atom's under its usual prefix.
pub(super) const ATOM: &str = "http://www.w3.org/2005/Atom";
pub(super) const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";
pub(super) const EVENTS: &str = "http://purl.org/rss/1.0/modules/event/";

/// A document in UTF-8.
pub(super) fn document(write: impl FnOnce(&mut Xml) -> io::Result<()>) -> String {
    let mut xml = Writer::new(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_vec());
    write(&mut xml).expect("writing to memory cannot fail");
    String::from_utf8(xml.into_inner()).expect("only text was written")
}

/// An element that holds text.
pub(super) fn text(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&clean(text)))?;
    Ok(())
}

/// An element that readers take for HTML.
pub(super) fn html(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    self::text(xml, name, &as_html(text))
}

/// A link of Atom, in an Atom feed or an RSS channel.
pub(super) fn link(xml: &mut Xml, name: &str, rel: &str, kind: Option<&str>, href: &str) -> io::Result<()> {
    let href = attribute(href);
    let mut link = xml.create_element(name).with_attributes([("rel", rel), ("href", href.as_str())]);
    if let Some(kind) = kind {
        link = link.with_attribute(("type", kind));
    }
    link.write_empty()?;
    Ok(())
}

/// The event module of RSS 1.0: neither Atom nor RSS has a word for when something takes place.
pub(super) fn event(xml: &mut Xml, event: &Event) -> io::Result<()> {
    text(xml, "ev:startdate", &event.start.to_string())?;
    let end = event.end.map(|end| end.to_string());
    let rest = [("ev:enddate", &end), ("ev:location", &event.place), ("ev:organizer", &event.organiser)];
    rest.into_iter().try_for_each(|(name, value)| value.as_ref().map_or(Ok(()), |value| html(xml, name, value)))
}

/// The value of an attribute: one line, since parsers turn line ends in attributes into spaces anyway.
pub(super) fn attribute(text: &str) -> String {
    clean(text).replace(['\n', '\t'], " ")
}

/// Plain text for readers that take it for HTML. Where they would read it unchanged ("5 < 6", "Bund & Länder") it
/// stays as it is, so that readers that take it for plain show no `&lt;`; else (`Vec<T>`, `&uuml;`) it is escaped.
pub(super) fn as_html(plain: &str) -> Cow<'_, str> {
    let opens = |after: &str| after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    let tag = plain.match_indices('<').any(|(at, _)| opens(&plain[at + 1..]));
    if tag || entities::decode(plain) != plain {
        quick_xml::escape::partial_escape(plain)
    } else {
        Cow::Borrowed(plain)
    }
}
