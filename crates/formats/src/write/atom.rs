//! Atom (RFC 4287), with the source of each entry as its author and `atom:source`.

use std::io;

use model::{Event, Item, Moment};
use quick_xml::Writer;

use super::{Header, STATE_SCHEME, TOPIC_SCHEME, clean, feed_urn, urn};

type Xml = Writer<Vec<u8>>;

/// A feed of all items.
#[must_use]
pub fn atom(header: &Header<'_>, items: &[Item]) -> String {
    let mut xml = Writer::new(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_vec());
    feed(&mut xml, header, items).expect("writing to memory cannot fail");
    String::from_utf8(xml.into_inner()).expect("only text was written")
}

fn feed(xml: &mut Xml, header: &Header<'_>, items: &[Item]) -> io::Result<()> {
    let lang = clean(header.lang);
    let attributes = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:ev", "http://purl.org/rss/1.0/modules/event/"),
        ("xml:lang", lang.as_str()),
    ];
    xml.create_element("feed").with_attributes(attributes).write_inner_content(|xml| {
        text(xml, "id", &feed_urn(header.self_url))?;
        text(xml, "title", header.title)?;
        if let Some(subtitle) = header.subtitle {
            text(xml, "subtitle", subtitle)?;
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
    let lang = clean(&item.lang);
    xml.create_element("entry").with_attribute(("xml:lang", lang.as_str())).write_inner_content(|xml| {
        text(xml, "id", &urn(&item.id))?;
        let title =
            item.kicker.as_ref().map_or_else(|| item.title.clone(), |kicker| format!("{kicker}: {}", item.title));
        text(xml, "title", &title)?;
        link(xml, "alternate", &item.url)?;
        text(xml, "updated", &stamp(header, item).to_string())?;
        if let Some(published) = item.published {
            text(xml, "published", &published.to_string())?;
        }
        xml.create_element("author").write_inner_content(|xml| {
            text(xml, "name", &item.source.name)?;
            text(xml, "uri", &item.source.url)
        })?;
        text(xml, "summary", &item.summary)?;
        for state in &item.states {
            category(xml, state.code(), STATE_SCHEME, header)?;
        }
        for topic in &item.topics {
            category(xml, topic, TOPIC_SCHEME, header)?;
        }
        if let Some(licence) = &item.source.licence {
            text(xml, "rights", licence)?;
        }
        source(xml, header, item)?;
        item.event.as_ref().map_or(Ok(()), |event| self::event(xml, event))
    })?;
    Ok(())
}

/// The event module of RSS 1.0: Atom has no word for when something takes place.
fn event(xml: &mut Xml, event: &Event) -> io::Result<()> {
    text(xml, "ev:startdate", &event.start.to_string())?;
    let rest = [
        ("ev:enddate", event.end.map(|end| end.to_string())),
        ("ev:location", event.place.clone()),
        ("ev:organizer", event.organiser.clone()),
    ];
    rest.iter().try_for_each(|(name, value)| value.as_ref().map_or(Ok(()), |value| text(xml, name, value)))
}

/// Where it was taken from (RFC 4287, 4.2.11).
fn source(xml: &mut Xml, header: &Header<'_>, item: &Item) -> io::Result<()> {
    xml.create_element("source").write_inner_content(|xml| {
        text(xml, "id", &format!("urn:amtsticker:source:{}", item.source.id))?;
        text(xml, "title", &item.source.name)?;
        text(xml, "updated", &stamp(header, item).to_string())?;
        link(xml, "alternate", &item.source.url)
    })?;
    Ok(())
}

fn category(xml: &mut Xml, term: &str, scheme: &str, header: &Header<'_>) -> io::Result<()> {
    let (term, label) = (clean(term), clean(&(header.label)(term)));
    let attributes = [("term", term.as_str()), ("scheme", scheme), ("label", label.as_str())];
    xml.create_element("category").with_attributes(attributes).write_empty()?;
    Ok(())
}

fn text(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(quick_xml::events::BytesText::new(&clean(text)))?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, href: &str) -> io::Result<()> {
    let href = clean(href);
    xml.create_element("link").with_attributes([("rel", rel), ("href", href.as_str())]).write_empty()?;
    Ok(())
}

fn changed(item: &Item) -> Option<Moment> {
    item.updated.or(item.published)
}

/// RFC 4287 demands a date of every entry; an undated one is taken to be as old as the feed, not as 1970.
fn stamp(header: &Header<'_>, item: &Item) -> Moment {
    changed(item).or(header.updated).unwrap_or(Moment::from_ms(0))
}
