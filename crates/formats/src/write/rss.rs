//! RSS 2.0, as the specification and the profile of the RSS Advisory Board have it, with Atom's links and dates of
//! change, Dublin Core for what RSS has no word for, and the event module.
//!
//! Refuses: `author`, which must be an address of e-mail; the publisher is `dc:creator` and `source`.

use std::io;

use model::{Item, Moment};
use quick_xml::events::BytesText;

use super::xml::{self, Xml, as_html, attribute, html, text};
use super::{Header, clean, full_title, labels, urn, web};

/// Minutes that the feed may be kept before it is fetched again.
const TTL: &str = "60";

/// A feed of all items.
#[must_use]
pub fn rss(header: &Header<'_>, items: &[Item]) -> String {
    let attributes =
        [("version", "2.0"), ("xmlns:atom", xml::ATOM), ("xmlns:dc", xml::DUBLIN_CORE), ("xmlns:ev", xml::EVENTS)];
    xml::document(|xml| {
        xml.create_element("rss").with_attributes(attributes).write_inner_content(|xml| {
            xml.create_element("channel").write_inner_content(|xml| channel(xml, header, items))?;
            Ok(())
        })?;
        Ok(())
    })
}

fn channel(xml: &mut Xml, header: &Header<'_>, items: &[Item]) -> io::Result<()> {
    html(xml, "title", header.title)?;
    text(xml, "link", header.home_url)?;
    // RSS demands a description; a feed without a sentence of its own is described by its title.
    html(xml, "description", header.subtitle.unwrap_or(header.title))?;
    text(xml, "language", header.lang)?;
    if let Some(updated) = header.updated {
        text(xml, "lastBuildDate", &rfc822(updated))?;
    }
    text(xml, "generator", "Amtsticker")?;
    text(xml, "docs", "https://www.rssboard.org/rss-specification")?;
    text(xml, "ttl", TTL)?;
    let kind = Some("application/rss+xml");
    let links = [("self", kind, Some(header.self_url)), ("next", kind, header.next), ("hub", None, header.hub)];
    for (rel, kind, address) in links {
        if let Some(address) = address {
            xml::link(xml, "atom:link", rel, kind, address)?;
        }
    }
    items.iter().try_for_each(|item| self::item(xml, header, item))
}

fn item(xml: &mut Xml, header: &Header<'_>, item: &Item) -> io::Result<()> {
    xml.create_element("item").write_inner_content(|xml| {
        html(xml, "title", &full_title(item))?;
        if let Some(address) = web(&item.url) {
            text(xml, "link", &address)?;
        }
        let guid = xml.create_element("guid").with_attribute(("isPermaLink", "false"));
        guid.write_text_content(BytesText::new(&clean(&urn(&item.id))))?;
        if let Some(published) = item.published {
            text(xml, "pubDate", &rfc822(published))?;
        }
        if let Some(updated) = item.updated {
            text(xml, "atom:updated", &updated.to_string())?;
        }
        html(xml, "dc:creator", &item.source.name)?;
        html(xml, "description", &item.summary)?;
        for (code, scheme) in labels(item) {
            let label = clean(&as_html(&(header.label)(code)));
            let category = xml.create_element("category").with_attribute(("domain", scheme));
            category.write_text_content(BytesText::new(&label))?;
        }
        text(xml, "dc:language", &item.lang)?;
        if let Some(licence) = &item.source.licence {
            html(xml, "dc:rights", licence)?;
        }
        // Without an address there is no source: the specification demands one.
        if let Some(address) = web(&item.source.url) {
            let source = xml.create_element("source").with_attribute(("url", attribute(&address).as_str()));
            source.write_text_content(BytesText::new(&clean(&item.source.name)))?;
        }
        item.event.as_ref().map_or(Ok(()), |event| xml::event(xml, event))
    })?;
    Ok(())
}

/// `Mon, 02 Mar 2026 09:00:00 +0100`: RFC 822 with the four digits of the year that RSS 2.0 prefers.
pub(super) fn rfc822(at: Moment) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (date, (hour, minute)) = (at.date(), at.clock());
    let second = at.ms().div_euclid(1000).rem_euclid(60);
    let (day, month) = (DAYS[usize::from(date.weekday())], MONTHS[usize::from(date.month()) - 1]);
    let (number, year, offset) = (date.day(), date.year(), at.offset_hours());
    format!("{day}, {number:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} +{offset:02}00")
}
