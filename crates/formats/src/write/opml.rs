//! OPML 2.0: a subscription list that feed readers import.
//!
//! A feed is an outline of type `rss`, whatever its dialect, as the specification has it; a calendar or a page, which
//! no feed reader can subscribe to, is one of type `link`. Refuses: to hide what is switched off; the caller chooses.

use std::collections::HashMap;
use std::io;

use model::{Format, Source};

use super::rss::rfc822;
use super::xml::{self, Xml, attribute, text};
use super::{Header, labels_of, web};

/// A list of all sources, in their order.
#[must_use]
pub fn opml(header: &Header<'_>, sources: &[Source]) -> String {
    xml::document(|xml| {
        xml.create_element("opml").with_attribute(("version", "2.0")).write_inner_content(|xml| {
            xml.create_element("head").write_inner_content(|xml| {
                text(xml, "title", header.title)?;
                if let Some(updated) = header.updated {
                    text(xml, "dateModified", &rfc822(updated))?;
                }
                text(xml, "ownerId", header.home_url)?;
                text(xml, "docs", "http://opml.org/spec2.opml")
            })?;
            let mut of_publisher: HashMap<&str, usize> = HashMap::new();
            sources.iter().for_each(|source| *of_publisher.entry(&source.publisher.id).or_default() += 1);
            xml.create_element("body").write_inner_content(|xml| {
                sources.iter().try_for_each(|source| {
                    let alone = of_publisher[source.publisher.id.as_str()] == 1;
                    outline(xml, source, alone)
                })
            })?;
            Ok(())
        })?;
        Ok(())
    })
}

fn outline(xml: &mut Xml, source: &Source, alone: bool) -> io::Result<()> {
    let publisher = &source.publisher;
    // Sources have no names of their own: of several of one publisher the id tells which is which.
    let title = if alone { publisher.name.clone() } else { format!("{} ({})", publisher.name, source.id) };
    let (kind, address) = match source.format {
        Format::Auto | Format::Feed => ("rss", "xmlUrl"),
        Format::Html | Format::Ics => ("link", "url"),
    };
    // Slugs and codes, not labels: a category is cut at commas and slashes, and labels contain them.
    let categories: Vec<_> = labels_of(&source.states, &source.topics).map(|(code, _)| code).collect();
    let pairs = [
        ("text", attribute(&title)),
        ("title", attribute(&title)),
        ("type", kind.to_owned()),
        (address, web(&source.url).map_or_else(String::new, |url| attribute(&url))),
        ("htmlUrl", web(&publisher.home).map_or_else(String::new, |url| attribute(&url))),
        ("category", attribute(&categories.join(","))),
    ];
    let given = pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (*name, value.as_str()));
    xml.create_element("outline").with_attributes(given).write_empty()?;
    Ok(())
}
