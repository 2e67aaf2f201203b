//! Atom (RFC 4287), with the source of each entry as its author and `atom:source`.

use std::borrow::Cow;
use std::io;

use model::{Item, Moment};
use quick_xml::events::BytesText;

use super::xml::{self, Xml, attribute, text};
use super::{Header, clean, feed_urn, full_title, labels, urn, web};

/// A feed of all items.
#[must_use]
pub fn atom(header: &Header<'_>, items: &[Item]) -> String {
    xml::document(|xml| feed(xml, header, items))
}

fn feed(xml: &mut Xml, header: &Header<'_>, items: &[Item]) -> io::Result<()> {
    let lang = attribute(header.lang);
    let attributes = [("xmlns", xml::ATOM), ("xmlns:ev", xml::EVENTS), ("xml:lang", lang.as_str())];
    xml.create_element("feed").with_attributes(attributes).write_inner_content(|xml| {
        text(xml, "id", &feed_urn(header.self_url))?;
        plain(xml, "title", header.title)?;
        if let Some(subtitle) = header.subtitle {
            plain(xml, "subtitle", subtitle)?;
        }
        // RFC 4287 demands a date even of a feed without entries.
        let newest = items.iter().filter_map(changed).max();
        text(xml, "updated", &header.updated.or(newest).unwrap_or(Moment::from_ms(0)).to_string())?;
        text(xml, "generator", "Amtsticker")?;
        link(xml, "self", header.self_url)?;
        link(xml, "alternate", header.home_url)?;
        for (rel, address) in [("next", header.next), ("hub", header.hub)] {
            if let Some(address) = address {
                link(xml, rel, address)?;
            }
        }
        items.iter().try_for_each(|item| entry(xml, header, item))
    })?;
    Ok(())
}

fn entry(xml: &mut Xml, header: &Header<'_>, item: &Item) -> io::Result<()> {
    let lang = attribute(&item.lang);
    xml.create_element("entry").with_attribute(("xml:lang", lang.as_str())).write_inner_content(|xml| {
        text(xml, "id", &urn(&item.id))?;
        plain(xml, "title", &full_title(item))?;
        let address = web(&item.url);
        if let Some(address) = &address {
            link(xml, "alternate", address)?;
        }
        text(xml, "updated", &stamp(header, item).to_string())?;
        if let Some(published) = item.published {
            text(xml, "published", &published.to_string())?;
        }
        xml.create_element("author").write_inner_content(|xml| {
            text(xml, "name", &item.source.name)?;
            web(&item.source.url).map_or(Ok(()), |address| text(xml, "uri", &address))
        })?;
        // An entry that leads nowhere has to say itself what it has to say (RFC 4287, 4.1.2).
        plain(xml, if address.is_some() { "summary" } else { "content" }, &item.summary)?;
        for (code, scheme) in labels(item) {
            let (term, label) = (attribute(code), attribute(&(header.label)(code)));
            let attributes = [("term", term.as_str()), ("scheme", scheme), ("label", label.as_str())];
            xml.create_element("category").with_attributes(attributes).write_empty()?;
        }
        if let Some(licence) = &item.source.licence {
            plain(xml, "rights", licence)?;
        }
        source(xml, header, item)?;
        item.event.as_ref().map_or(Ok(()), |event| xml::event(xml, event))
    })?;
    Ok(())
}

/// Where it was taken from (RFC 4287, 4.2.11).
fn source(xml: &mut Xml, header: &Header<'_>, item: &Item) -> io::Result<()> {
    xml.create_element("source").write_inner_content(|xml| {
        text(xml, "id", &format!("urn:amtsticker:source:{}", item.source.id))?;
        plain(xml, "title", &item.source.name)?;
        text(xml, "updated", &stamp(header, item).to_string())?;
        web(&item.source.url).map_or(Ok(()), |address| link(xml, "alternate", &address))
    })?;
    Ok(())
}

/// A text construct (RFC 4287, 3.1). Without a type it is plain, but readers look for markup all the same, since so
/// many feeds forget to say `html`: what looks like it is said to be HTML, and escaped as such.
fn plain(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    let html = xml::as_html(text);
    let mut element = xml.create_element(name);
    if matches!(html, Cow::Owned(_)) {
        element = element.with_attribute(("type", "html"));
    }
    element.write_text_content(BytesText::new(&clean(&html)))?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, href: &str) -> io::Result<()> {
    xml::link(xml, "link", rel, None, href)
}

fn changed(item: &Item) -> Option<Moment> {
    item.updated.or(item.published)
}

/// RFC 4287 demands a date of every entry; an undated one is taken to be as old as the feed, not as 1970.
fn stamp(header: &Header<'_>, item: &Item) -> Moment {
    changed(item).or(header.updated).unwrap_or(Moment::from_ms(0))
}
