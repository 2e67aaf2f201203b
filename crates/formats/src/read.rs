//! The one switch: what a document is, and who reads it. Sniffed by content, since servers send feeds
//! as text/html and error pages as application/rss+xml.
//!
//! Promises: never panics, never fails as a whole. A parser that gives up costs one complaint.
//! Needs `panic = "unwind"`.

mod address;
mod calendar;
mod called_off;
mod decode;
mod event_text;
mod feed;
mod json_feed;
mod page;
mod place;
mod scan;
mod when;

use std::panic::{AssertUnwindSafe, catch_unwind};

use model::{Complaint, Document, Format, Reading, Source};
use url::Url;

pub use page::{FeedLink, Survey, is_selector, survey};

/// Most complaints of one kind that are kept; a feed with 5,000 odd dates has one trouble, not 5,000.
const MOST_COMPLAINTS: usize = 20;

/// Most entries of one document, so that none holds the process for long. Readers stop one later, so that what
/// is left out can be told.
const MOST_ENTRIES: usize = 20_000;

/// Reads whatever a source sent.
///
/// `source.format` narrows what it may be, `source.select` says where the entries of a page are.
/// What is none of these gives a reading of format `none` with a complaint `not-a-feed` that says what it is.
#[must_use]
pub fn read(document: &Document, source: &Source) -> Reading {
    let outcome = guarded(|| read_unguarded(document, source));
    let mut reading = outcome.unwrap_or_else(|| none("panic", "the parser gave up in a panic"));
    limit(&mut reading.complaints);
    reading
}

/// Runs a reader; `None` if it panicked, so that one document costs no more than itself.
fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()
}

fn read_unguarded(document: &Document, source: &Source) -> Reading {
    let mut complaints = Vec::new();
    let text = decode::decode(&document.bytes, document.media_type.as_deref(), &mut complaints);
    let base = Url::parse(&document.url).ok();
    let found = match (source.format, sniff(&text)) {
        (Format::Auto | Format::Feed, Kind::Json) => json_feed::read(&text, base.as_ref()),
        (Format::Auto | Format::Feed, Kind::Xml) => feed::read(&text, base.as_ref()),
        (Format::Auto | Format::Ics, Kind::Calendar) => calendar::read(&text, base.as_ref()),
        (Format::Html, Kind::Page | Kind::Xml | Kind::Unknown) => Some(page::read(&text, base.as_ref(), source)),
        (Format::Auto, Kind::Page) if !source.select.is_empty() => Some(page::read(&text, base.as_ref(), source)),
        _ => None,
    };
    let mut reading =
        found.unwrap_or_else(|| none("not-a-feed", &format!("expected {}, got {}", expected(source), what(&text))));
    bound(&mut reading);
    if source.events {
        dated_by_text(&mut reading);
    }
    // What it is instead of a feed comes first: it is the reason that the operator reads.
    reading.complaints.append(&mut complaints);
    reading
}

/// Gives the entries of a source that publishes nothing but events the time and place that their text names.
fn dated_by_text(reading: &mut Reading) {
    for entry in reading.entries.iter_mut().filter(|entry| entry.event.is_none()) {
        let texts = [entry.summary.as_deref(), entry.text.as_deref()];
        entry.event = texts.into_iter().flatten().find_map(event_text::of);
    }
}

fn none(what: &str, text: &str) -> Reading {
    let complaint = Complaint { what: what.into(), text: text.into(), entry: None };
    Reading { format: "none".into(), complaints: vec![complaint], ..Reading::default() }
}

/// What a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Empty,
    Json,
    Xml,
    Calendar,
    Page,
    Unknown,
}

fn sniff(text: &str) -> Kind {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let head = text.as_bytes()[..text.len().min(4096)].to_ascii_lowercase();
    let at = |mark: &str| memchr::memmem::find(&head, mark.as_bytes()).unwrap_or(usize::MAX);
    if text.is_empty() {
        return Kind::Empty;
    }
    if text.starts_with('{') {
        return Kind::Json;
    }
    let page = at("<!doctype html").min(at("<html"));
    let feed = ["<rss", "<feed", "<rdf:rdf", "<rdf ", "<channel", "<entry", ":feed ", ":rss "];
    let feed = feed.into_iter().map(at).min().unwrap_or(usize::MAX);
    match (at("begin:vcalendar").min(at("begin:vevent")), feed, page) {
        (calendar, feed, page) if calendar < feed.min(page) => Kind::Calendar,
        (_, feed, page) if page < feed => Kind::Page,
        // A feed may begin behind a long comment or an error message in HTML: the reader looks further.
        _ if text.contains('<') => Kind::Xml,
        _ => Kind::Unknown,
    }
}

fn expected(source: &Source) -> &'static str {
    match source.format {
        Format::Auto if !source.select.is_empty() => "a feed, a calendar or a page",
        Format::Auto => "a feed or a calendar",
        Format::Feed => "a feed",
        Format::Html => "a page",
        Format::Ics => "a calendar",
    }
}

/// What a document is instead, in words.
fn what(text: &str) -> String {
    match sniff(text) {
        Kind::Empty => "an empty document".into(),
        Kind::Json => "JSON without items".into(),
        Kind::Calendar => "a calendar".into(),
        Kind::Page => {
            let title = text.to_ascii_lowercase().find("<title").and_then(|at| {
                let (_, rest) = text.get(at..)?.split_once('>')?;
                Some(crate::text::line(rest.split("</").next()?))
            });
            title.map_or_else(
                || "an HTML page".into(),
                |title| format!("an HTML page, {:?}", address::shortened(&title)),
            )
        }
        Kind::Xml | Kind::Unknown => format!("text that begins {:?}", address::shortened(text.trim_start())),
    }
}

/// Leaves out what is beyond the most entries, so that no document holds those behind us for long.
fn bound(reading: &mut Reading) {
    if reading.entries.len() > MOST_ENTRIES {
        reading.entries.truncate(MOST_ENTRIES);
        reading.complaints.retain(|complaint| complaint.entry.is_none_or(|at| at < MOST_ENTRIES));
        let text = format!("only the first {MOST_ENTRIES} entries are read");
        reading.complaints.push(Complaint { what: "limit".into(), text, entry: None });
    }
}

/// Keeps the first complaints of each kind, and says how many more there were.
fn limit(complaints: &mut Vec<Complaint>) {
    let mut counts: Vec<(String, usize)> = Vec::new();
    complaints.retain(|complaint| {
        let at = counts.iter().position(|(what, _)| *what == complaint.what).unwrap_or_else(|| {
            counts.push((complaint.what.clone(), 0));
            counts.len() - 1
        });
        counts[at].1 += 1;
        counts[at].1 <= MOST_COMPLAINTS
    });
    for (what, count) in counts.into_iter().filter(|(_, count)| *count > MOST_COMPLAINTS) {
        let text = format!("and {} more of these", count - MOST_COMPLAINTS);
        complaints.push(Complaint { what, text, entry: None });
    }
}

#[cfg(test)]
mod tests;
