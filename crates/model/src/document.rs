//! What came over the wire, and what it said.

use serde::{Deserialize, Serialize};

use crate::{Event, Moment, Trouble};

/// A fetched document: bytes, how the server labelled them, and where they were in the end.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The body, decompressed, not decoded.
    pub bytes: Vec<u8>,
    /// The `Content-Type` header as sent, charset included.
    pub media_type: Option<String>,
    /// The address after redirects; relative links are resolved against it.
    pub url: String,
}

/// What a document said: entries, and what was odd about it. Reading never fails as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What it was taken for: `rss2`, `rss1`, `rss0`, `atom`, `cdf`, `json-feed`, `html`, `ics`, or `none`.
    pub format: String,
    /// Title of the feed, calendar or page.
    pub title: Option<String>,
    /// The entries, in document order.
    pub entries: Vec<Entry>,
    /// What was odd, and what was done about it.
    pub complaints: Vec<Complaint>,
    /// What is wrong with a page that looks fine to its server; the first complaint says it in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
    /// What the document asks of those who poll it.
    #[serde(default)]
    pub hints: Hints,
}

/// What a document asks of those who poll it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hints {
    /// Minutes it may be kept (RSS 2.0 `ttl`).
    pub ttl_minutes: Option<u32>,
    /// Hours of the day, UTC, in which not to come (RSS 2.0 `skipHours`).
    pub skip_hours: Vec<u8>,
    /// Weekdays on which not to come, Monday 0 (RSS 2.0 `skipDays`).
    pub skip_days: Vec<u8>,
    /// WebSub hub.
    pub hub: Option<String>,
    /// Address the document calls its own.
    pub own_url: Option<String>,
}

/// What a document said of one thing. All optional, all plain text: markup never leaves `formats`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The identity the document gives it: RSS `guid`, Atom and JSON Feed `id`, iCalendar `UID`.
    pub guid: Option<String>,
    /// Absolute address.
    pub url: Option<String>,
    /// Title as written, kicker and all.
    pub title: Option<String>,
    /// A kicker that the document marks as such.
    pub kicker: Option<String>,
    /// Teaser, description or summary.
    pub summary: Option<String>,
    /// The full text, if the document carries it.
    pub text: Option<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// When it was changed.
    pub updated: Option<Moment>,
    /// BCP 47 tag.
    pub lang: Option<String>,
    /// Address of a picture.
    pub image: Option<String>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Categories, tags, subjects.
    pub categories: Vec<String>,
    /// When and where, if the document says so in its structure.
    pub event: Option<Event>,
}

/// Something odd in a document, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// A short, stable word for counting: `charset`, `repaired`, `date`, `entry`, `not-a-feed`.
    pub what: String,
    /// One sentence for the operator.
    pub text: String,
    /// Which entry, counted from 0, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<usize>,
}
