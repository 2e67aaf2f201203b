//! How the widget reads what our server says: a [`PanelData`].
//!
//! The server writes it with serde; this is the other end, by hand and small (see `json`). A test holds both ends
//! together, field by field. What the panel never shows (`relevance`, `image`, the rules behind `why`) is not read.

use std::collections::BTreeMap;

use model::{Date, Event, Facets, Item, Kind, Moment, Other, Page, Query, SourceRef, Status, Story, When, Why};

use crate::calendar::Month;
use crate::json::{Json, parse};
use crate::{Lock, Look, Marks, Names, PanelData, Theme, View};

/// Reads what `/panel?shell=json` calls `data`.
#[must_use]
pub fn data(text: &str) -> Option<PanelData> {
    let json = parse(text)?;
    let names = json.get("names");
    let look = json.get("look");
    Some(PanelData {
        query: query_from(json.get("query").text()?)?,
        page: page_of(json.get("page"))?,
        names: Names { topics: pairs(names.get("topics")), sources: pairs(names.get("sources")) },
        origin: json.get("origin").owned(),
        look: Look {
            heading: optional(look.get("heading")),
            hide_heading: look.get("hide_heading").truth(),
            label: optional(look.get("label")),
            heading_level: u8::try_from(look.get("heading_level").number()).ok()?,
            theme: Theme::ALL.into_iter().find(|it| Some(it.word()) == look.get("theme").text()).unwrap_or_default(),
            lock: words(look.get("lock"))
                .filter_map(|word| Lock::ALL.into_iter().find(|it| it.word() == word))
                .collect(),
            standalone: look.get("standalone").truth(),
            view: View::ALL.into_iter().find(|it| Some(it.word()) == look.get("view").text()).unwrap_or_default(),
            month: look.get("month").text().and_then(Month::parse),
            day: look.get("day").text().and_then(Date::parse),
            all_sources: look.get("all_sources").truth(),
            new_window: look.get("new_window").truth(),
            remember: look.get("remember").truth(),
            share: look.get("share").truth(),
            folded: false,
        },
        sample: json.get("sample").truth(),
        now: moment(json.get("now")),
        tellers: json.get("tellers").number(),
        marks: marks(json.get("marks")),
    })
}

fn marks(json: &Json) -> BTreeMap<String, Marks> {
    let ranges = |json: &Json| {
        let range = |range: &Json| match range.list() {
            [start, end] => Some((start.number() as usize, end.number() as usize)),
            _ => None,
        };
        json.list().iter().filter_map(range).collect()
    };
    let mut marks = BTreeMap::new();
    for (id, of) in json.members() {
        marks.insert(id.clone(), Marks { title: ranges(of.get("title")), summary: ranges(of.get("summary")) });
    }
    marks
}

fn page_of(json: &Json) -> Option<Page> {
    let facets = json.get("facets");
    let counts = |name| {
        let mut counts = BTreeMap::new();
        // One by one: `collect` would bring a sort along, 6 KB of wasm.
        for (key, count) in facets.get(name).members() {
            counts.insert(key.clone(), count.number());
        }
        counts
    };
    Some(Page {
        items: json.get("items").list().iter().map(item).collect::<Option<_>>()?,
        total: json.get("total").number(),
        next: optional(json.get("next")),
        facets: Facets {
            state: counts("state"),
            topic: counts("topic"),
            source: counts("source"),
            kind: counts("kind"),
        },
        updated: moment(json.get("updated")),
    })
}

fn item(json: &Json) -> Option<Item> {
    let source = json.get("source");
    let story = json.get("story");
    Some(Item {
        id: json.get("id").text()?.to_owned(),
        kind: if json.get("kind").text() == Some("event") { Kind::Event } else { Kind::News },
        url: json.get("url").owned(),
        title: json.get("title").owned(),
        kicker: optional(json.get("kicker")),
        summary: json.get("summary").owned(),
        published: moment(json.get("published")),
        updated: moment(json.get("updated")),
        lang: json.get("lang").owned(),
        source: SourceRef {
            id: source.get("id").owned(),
            name: source.get("name").owned(),
            url: source.get("url").owned(),
            licence: optional(source.get("licence")),
        },
        states: words(json.get("states")).filter_map(|code| code.parse().ok()).collect(),
        topics: words(json.get("topics")).map(str::to_owned).collect(),
        relevance: 0.0,
        story: Story {
            id: story.get("id").owned(),
            size: u32::try_from(story.get("size").number()).ok()?,
            others: story.get("others").list().iter().map(other).collect(),
            ..Story::default()
        },
        image: None,
        event: event(json.get("event")),
        why: json.get("why").list().iter().map(why).collect(),
    })
}

/// As much of a piece of evidence as is shown.
fn why(json: &Json) -> Why {
    Why {
        label: json.get("label").owned().into(),
        field: json.get("field").owned().into(),
        text: json.get("text").owned(),
        start: 0,
        end: 0,
        rule: "".into(),
        weight: 0.0,
    }
}

fn other(json: &Json) -> Other {
    Other {
        id: json.get("id").owned(),
        url: json.get("url").owned(),
        title: json.get("title").owned(),
        source: json.get("source").owned(),
        published: moment(json.get("published")),
    }
}

fn event(json: &Json) -> Option<Event> {
    Some(Event {
        start: When::parse(json.get("start").text()?)?,
        end: json.get("end").text().and_then(When::parse),
        all_day: json.get("all_day").truth(),
        place: optional(json.get("place")),
        online: json.get("online").truth(),
        registration: optional(json.get("registration")),
        organiser: optional(json.get("organiser")),
        status: match json.get("status").text() {
            Some("tentative") => Status::Tentative,
            Some("cancelled") => Status::Cancelled,
            _ => Status::Confirmed,
        },
    })
}

fn optional(json: &Json) -> Option<String> {
    json.text().map(str::to_owned)
}

fn moment(json: &Json) -> Option<Moment> {
    json.text().and_then(Moment::parse)
}

fn words(json: &Json) -> impl Iterator<Item = &str> {
    json.list().iter().filter_map(Json::text)
}

fn pairs(json: &Json) -> Vec<(String, String)> {
    let pair = |pair: &Json| match pair.list() {
        [key, name] => Some((key.text()?.to_owned(), name.text()?.to_owned())),
        _ => None,
    };
    json.list().iter().filter_map(pair).collect()
}

/// Reads a query string (`application/x-www-form-urlencoded`) into decoded pairs.
#[must_use]
pub fn pairs_from(text: &str) -> Option<Vec<(String, String)>> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').and_then(|(name, value)| Some((decoded(name)?, decoded(value)?)))).collect()
}

/// Reads a query string as [`Query::to_query_string`] writes it.
fn query_from(text: &str) -> Option<Query> {
    Query::from_pairs(pairs_from(text)?).ok()
}

fn decoded(value: &str) -> Option<String> {
    let mut out = Vec::with_capacity(value.len());
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                (digit()? * 16 + digit()?) as u8
            }
            byte => byte,
        });
    }
    String::from_utf8(out).ok()
}

/// Writes a query as its query string: shorter than its fields, and one reader less.
pub(crate) fn as_query_string<S: serde::Serializer>(query: &Query, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&query.to_query_string())
}

#[cfg(test)]
mod tests;
