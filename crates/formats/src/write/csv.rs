//! Comma-separated values (RFC 4180) with a head, for spreadsheets: lists have blanks in between, times are as
//! everywhere.
//!
//! Refuses: to let a source's text be a formula where the table is opened. A text that a spreadsheet would calculate
//! gets the apostrophe before it that makes it a text there.

use std::borrow::Cow;

use model::{Event, Item, Moment, When};

use super::clean;

const HEAD: [&str; 23] = [
    "id",
    "kind",
    "url",
    "title",
    "kicker",
    "summary",
    "published",
    "updated",
    "lang",
    "source",
    "source_name",
    "states",
    "topics",
    "relevance",
    "story",
    "start",
    "end",
    "all_day",
    "place",
    "online",
    "registration",
    "organiser",
    "status",
];

/// The line that names the columns.
#[must_use]
pub fn csv_head() -> String {
    line(HEAD.map(str::to_owned))
}

/// One item as a line, with its end.
#[must_use]
pub fn csv_line(item: &Item) -> String {
    let event = item.event.as_ref();
    let moment = |at: Option<Moment>| at.map_or_else(String::new, |at| at.to_string());
    let when = |when: Option<When>| when.map_or_else(String::new, |when| when.to_string());
    let maybe = |text: Option<&String>| text.cloned().unwrap_or_default();
    let flag = |of: fn(&Event) -> bool| event.map_or_else(String::new, |event| of(event).to_string());
    line([
        item.id.clone(),
        item.kind.word().to_owned(),
        item.url.clone(),
        item.title.clone(),
        maybe(item.kicker.as_ref()),
        item.summary.clone(),
        moment(item.published),
        moment(item.updated),
        item.lang.clone(),
        item.source.id.clone(),
        item.source.name.clone(),
        item.states.iter().map(|state| state.code()).collect::<Vec<_>>().join(" "),
        item.topics.join(" "),
        item.relevance.to_string(),
        item.story.id.clone(),
        when(event.map(|event| event.start)),
        when(event.and_then(|event| event.end)),
        flag(|event| event.all_day),
        maybe(event.and_then(|event| event.place.as_ref())),
        flag(|event| event.online),
        maybe(event.and_then(|event| event.registration.as_ref())),
        maybe(event.and_then(|event| event.organiser.as_ref())),
        event.map_or_else(String::new, |event| event.status.word().to_owned()),
    ])
}

fn line(cells: [String; HEAD.len()]) -> String {
    let mut line = cells.map(|cell| quoted(&safe(&clean(&cell))).into_owned()).join(",");
    line.push_str("\r\n");
    line
}

/// A text that no spreadsheet takes for a formula.
fn safe(text: &str) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\t']) {
        true => format!("'{text}").into(),
        false => text.into(),
    }
}

fn quoted(text: &str) -> Cow<'_, str> {
    match text.contains([',', '"', '\n', '\r', ';']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")).into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests;
