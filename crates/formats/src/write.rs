//! Items to Atom, RSS, JSON Feed, iCalendar and tables, sources to OPML.
//!
//! Promises: well-formed for any text, control characters included; ids that stay; and what
//! [`crate::read()`] says of the output is what went in. Refuses: addresses that are not of the web, since feed readers
//! open what they are given; and to know a word of any language: what a topic or state is called comes in through
//! [`Header::label`].

mod atom;
mod calendar;
mod csv;
mod json_feed;
mod opml;
mod rss;
mod xml;

use std::borrow::Cow;

use model::{Item, Moment, State};
use url::Url;

pub use atom::atom;
pub use calendar::calendar;
pub use csv::{csv_head, csv_line};
pub use json_feed::json_feed;
pub use opml::opml;
pub use rss::rss;

/// What is said of a feed as a whole.
pub struct Header<'a> {
    /// Its title.
    pub title: &'a str,
    /// One sentence more.
    pub subtitle: Option<&'a str>,
    /// Its own address, with the query that it answers.
    pub self_url: &'a str,
    /// The page for people.
    pub home_url: &'a str,
    /// BCP 47 tag.
    pub lang: &'a str,
    /// When something in it last changed.
    pub updated: Option<Moment>,
    /// Address of the next page (RFC 5005; JSON Feed `next_url`).
    pub next: Option<&'a str>,
    /// WebSub hub.
    pub hub: Option<&'a str>,
    /// What a state's code or a topic's slug is called.
    pub label: &'a dyn Fn(&str) -> String,
}

/// The scheme of categories that are states.
const STATE_SCHEME: &str = "urn:amtsticker:state";
/// The scheme of categories that are topics.
const TOPIC_SCHEME: &str = "urn:amtsticker:topic";

/// An item's id for the world: stays whatever host serves it.
fn urn(id: &str) -> String {
    format!("urn:amtsticker:item:{id}")
}

/// A feed's id: its path and filter, so that it stays whatever host serves it and whatever page of it is shown.
/// What may stand in an address but not in a URN (RFC 8141) is escaped; `?` would begin a part that does not count.
fn feed_urn(self_url: &str) -> String {
    let url = Url::parse(self_url).or_else(|_| Url::parse("http://localhost/").and_then(|base| base.join(self_url)));
    let (path, query) = url.as_ref().map_or((self_url, ""), |url| (url.path(), url.query().unwrap_or("")));
    let filter: Vec<_> =
        query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some("cursor")).collect();
    let mut urn = format!("urn:amtsticker:feed:{}", path.trim_start_matches('/'));
    if !filter.is_empty() {
        urn.push(':');
        urn.push_str(&filter.join("&"));
    }
    let mut out = String::with_capacity(urn.len());
    for byte in urn.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// What XML 1.0 cannot hold, not even escaped, is left out everywhere: what is odd in one format is odd in all.
/// Lines end in a line feed, as every reader of XML hands them out.
fn clean(text: &str) -> String {
    let forbidden =
        |c: char| (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    let kept: String = text.chars().filter(|c| !forbidden(*c)).collect();
    if kept.contains('\r') { kept.replace("\r\n", "\n").replace('\r', "\n") } else { kept }
}

/// The codes and slugs that an item is labelled with, each with the scheme it belongs to.
fn labels(item: &Item) -> impl Iterator<Item = (&str, &'static str)> {
    labels_of(&item.states, &item.topics)
}

fn labels_of<'a>(states: &'a [State], topics: &'a [String]) -> impl Iterator<Item = (&'a str, &'static str)> {
    let states = states.iter().map(|state| (state.code(), STATE_SCHEME));
    states.chain(topics.iter().map(|topic| (topic.as_str(), TOPIC_SCHEME)))
}

/// An address that a reader's program may open: of the web and with a host, escaped where it was written as people read
/// it. Nothing for `javascript:`, `data:`, a path of some disk, and whatever else a source may say.
fn web(address: &str) -> Option<Cow<'_, str>> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    let plain = |b: u8| b.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&b);
    Some(if address.bytes().all(plain) { address.into() } else { String::from(url).into() })
}

/// Where to register: an address of the web, or one of e-mail.
fn reach(address: &str) -> Option<Cow<'_, str>> {
    let mail = |mail: &str| mail.contains('@') && !mail.contains([':', '/']) && !mail.contains(char::is_whitespace);
    let bare = address.strip_prefix("mailto:").unwrap_or(address);
    if mail(bare.split('?').next().unwrap_or(bare)) { Some(address.into()) } else { web(address) }
}

/// The title as it is shown where there is no field for the kicker.
fn full_title(item: &Item) -> String {
    item.kicker.as_ref().map_or_else(|| item.title.clone(), |kicker| format!("{kicker}: {}", item.title))
}

#[cfg(test)]
mod tests;
