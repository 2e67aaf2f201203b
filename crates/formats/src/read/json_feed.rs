//! JSON Feed 1.0 and 1.1, read tolerantly: numbers as ids, missing titles, single things where a list
//! belongs, a document that ends in the middle. The extension `_event` says when and where.

use model::{Complaint, Entry, Event, Reading, Status};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use url::Url;

use super::address::absolute;
use super::feed::stamp;
use super::when;
use crate::text;

/// Reads a JSON Feed; `None` if the text is none.
pub(super) fn read(json: &str, base: Option<&Url>) -> Option<Reading> {
    let mut reading = Reading { format: "json-feed".into(), ..Reading::default() };
    let (feed, items) = match serde_json::from_str(json) {
        Ok(Feed { head, items }) => (Value::Object(head), items?),
        Err(error) => {
            let items = rescued(json)?;
            let text = format!("not JSON as a whole ({error}); {} item(s) are whole", items.len());
            reading.complaints.push(Complaint { what: "repaired".into(), text, entry: None });
            (Value::Null, items)
        }
    };
    reading.title = line(&feed["title"]);
    reading.hints.own_url = string(&feed["feed_url"]).and_then(|own| absolute(&own, base));
    reading.hints.hub = many(&feed["hubs"]).iter().find_map(|hub| absolute(hub["url"].as_str()?, base));
    let authors = authors(&feed);
    let lang = string(&feed["language"]);
    for item in &items {
        let at = reading.entries.len();
        if !item.is_object() {
            let text = "left out: an item that is no object".to_owned();
            reading.complaints.push(Complaint { what: "entry".into(), text, entry: Some(at) });
            continue;
        }
        let mut entry = entry(item, base, at, &mut reading.complaints);
        entry.lang = entry.lang.or_else(|| lang.clone());
        if entry.authors.is_empty() {
            entry.authors.clone_from(&authors);
        }
        reading.entries.push(entry);
    }
    Some(reading)
}

/// A document, with no more items in memory than are read: 200,000 small ones would take forty times their length.
struct Feed {
    head: Map<String, Value>,
    items: Option<Vec<Value>>,
}

impl<'de> Deserialize<'de> for Feed {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_any(FeedVisitor)
    }
}

struct FeedVisitor;

impl<'de> Visitor<'de> for FeedVisitor {
    type Value = Feed;

    fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("a feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Feed, A::Error> {
        let mut feed = Feed { head: Map::new(), items: None };
        while let Some(name) = fields.next_key::<String>()? {
            if matches!(name.as_str(), "items" | "entries") && feed.items.is_none() {
                feed.items = Some(fields.next_value::<Items>()?.0);
            } else if feed.head.len() < MOST_FIELDS {
                feed.head.insert(name, fields.next_value()?);
            } else {
                return Err(A::Error::custom("more fields than a feed has"));
            }
        }
        Ok(feed)
    }
}

/// Most fields of the feed itself; the standard knows a dozen.
const MOST_FIELDS: usize = 1_000;

struct Items(Vec<Value>);

impl<'de> Deserialize<'de> for Items {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_seq(ItemsVisitor)
    }
}

struct ItemsVisitor;

impl<'de> Visitor<'de> for ItemsVisitor {
    type Value = Items;

    fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Items, A::Error> {
        let mut items = Vec::new();
        while items.len() <= super::MOST_ENTRIES {
            match values.next_element()? {
                Some(item) => items.push(item),
                None => return Ok(Items(items)),
            }
        }
        while values.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Items(items))
    }
}

fn entry(item: &Value, base: Option<&Url>, at: usize, complaints: &mut Vec<Complaint>) -> Entry {
    let guid = string(&item["id"]);
    let address = string(&item["url"]).or_else(|| string(&item["external_url"]));
    // The standard recommends the address as id, and some leave it at that.
    let url = address.and_then(|address| absolute(&address, base));
    let url = url.or_else(|| guid.as_deref().filter(|id| id.starts_with("http")).and_then(|id| absolute(id, base)));
    let mut date = |name: &str| {
        let said = string(&item[name])?;
        let read = stamp::moment(&said);
        if read.is_none() {
            let text = format!("no date is read from {:?}", super::address::shortened(&said));
            complaints.push(Complaint { what: "date".into(), text, entry: Some(at) });
        }
        read
    };
    let (published, updated) = (date("date_published"), date("date_modified"));
    let plain = string(&item["content_text"]).map(|plain| plain_paragraphs(&plain));
    let html = string(&item["content_html"]).map(|html| text::paragraphs(&html));
    let kicker = line(&item["_amtsticker"]["kicker"]);
    // What we write shows both in the title, for readers that know of no kicker.
    let title = line(&item["title"]).map(|title| {
        let rest = kicker.as_ref().and_then(|kicker| title.strip_prefix(kicker.as_str())?.strip_prefix(": "));
        rest.map_or(title.clone(), str::to_owned)
    });
    Entry {
        guid,
        url,
        title,
        summary: string(&item["summary"]).map(|summary| teaser(&summary)).filter(|text| !text.is_empty()),
        text: html.or(plain).filter(|text| !text.is_empty()),
        published,
        updated,
        lang: string(&item["language"]),
        image: ["image", "banner_image"].iter().find_map(|name| absolute(item[name].as_str()?, base)),
        authors: authors(item),
        categories: many(&item["tags"]).iter().filter_map(line).collect(),
        event: event(&item["_event"]).or_else(|| event(&item["_amtsticker"]["event"])),
        kicker,
    }
}

/// `content_text` holds no markup, whatever its brackets look like.
fn plain_paragraphs(plain: &str) -> String {
    let lines: Vec<_> = plain.lines().map(text::fold).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// `summary` is plain too, but some feeds put the HTML of their teasers there.
fn teaser(summary: &str) -> String {
    if text::looks_like_html(summary) { text::paragraphs(summary) } else { plain_paragraphs(summary) }
}

/// A string, or a number where a string belongs; empty is none.
fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn line(value: &Value) -> Option<String> {
    string(value).map(|text| if text::looks_like_html(&text) { text::line(&text) } else { text::fold(&text) })
}

/// A list, or the one thing that stands in its place.
fn many(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

/// `authors` of version 1.1, `author` of 1.0.
fn authors(value: &Value) -> Vec<String> {
    let people = many(&value["authors"]).iter().chain(many(&value["author"]));
    let mut names: Vec<String> = people.filter_map(|person| line(&person["name"]).or_else(|| line(person))).collect();
    names.dedup();
    names
}

/// `{start, end, place, online, registration, organiser, status}`.
fn event(value: &Value) -> Option<Event> {
    let start = when::when(&string(&value["start"])?)?;
    let end = string(&value["end"]).and_then(|end| when::when(&end)).filter(|end| end.start() >= start.start());
    Some(Event {
        start,
        end,
        all_day: value["all_day"].as_bool().unwrap_or(matches!(start, model::When::Day(_))),
        place: line(&value["place"]),
        online: value["online"].as_bool().unwrap_or(false),
        registration: string(&value["registration"]),
        organiser: line(&value["organiser"]),
        status: match value["status"].as_str() {
            Some("cancelled") => Status::Cancelled,
            Some("tentative") => Status::Tentative,
            _ => Status::Confirmed,
        },
    })
}

/// The whole items of a document that is not whole.
fn rescued(json: &str) -> Option<Vec<Value>> {
    let at = json.find("\"items\"")?;
    let mut rest = json[at + 7..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('[')?;
    let mut items = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match values.next() {
            Some(Ok(value)) if items.len() <= super::MOST_ENTRIES => items.push(value),
            _ => return (!items.is_empty()).then_some(items),
        }
        rest = &rest[values.byte_offset()..];
    }
}

#[cfg(test)]
mod tests;
