//! The record of one poll, and what it changed.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::{Event, Item, Moment};

/// `ETag` and `Last-Modified` of the last visit, byte for byte as sent (RFC 9110, 8.8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag` header, quotes and all.
    pub etag: Option<Vec<u8>>,
    /// The `Last-Modified` header.
    pub last_modified: Option<Vec<u8>>,
    /// Hash of the last body, for servers that send neither.
    pub body_hash: Option<i64>,
    /// The address that gave them: after a redirect not the source's own. They are sent there and nowhere else.
    pub url: Option<String>,
}

/// How a visit ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There was a document, and it was read.
    Fresh,
    /// The server said 304, or sent the same bytes again.
    NotModified,
    /// The server said 410.
    Gone,
    /// A document came, but not what the source is known to send; what is wrong, and the reason in one sentence.
    /// What was kept of it before stays.
    Suspect(Trouble, String),
    /// No document that could be read; the reason, in one sentence.
    Failed(String),
}

impl Outcome {
    /// Whether the source is as it should be: it answered, and what it sent can be read. A list with nothing in it,
    /// or with nothing new for long, is worth a word to the operator but no reason to stay away.
    #[must_use]
    pub fn went_well(&self) -> bool {
        matches!(self, Outcome::Fresh | Outcome::NotModified | Outcome::Suspect(Trouble::Empty | Trouble::Stale, _))
    }

    /// The stable word for it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Outcome::Fresh => "fresh",
            Outcome::NotModified => "unchanged",
            Outcome::Gone => "gone",
            Outcome::Suspect(trouble, _) => trouble.word(),
            Outcome::Failed(_) => "failed",
        }
    }
}

/// What is wrong with a document that a server calls fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// The list is there, and nothing is in it.
    Empty,
    /// What was read breaks the source's scrape contract: too few items, no dates, titles that are none.
    LayoutChanged,
    /// Nothing new for longer than the contract allows.
    Stale,
    /// A bot wall, a consent page or a cookie wall instead of the page.
    Blocked,
    /// An error page with status 200.
    ErrorPage,
}

impl Trouble {
    /// All of them.
    pub const ALL: [Trouble; 5] =
        [Trouble::Empty, Trouble::LayoutChanged, Trouble::Stale, Trouble::Blocked, Trouble::ErrorPage];

    /// The stable word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Trouble::Empty => "empty",
            Trouble::LayoutChanged => "layout-changed",
            Trouble::Stale => "stale",
            Trouble::Blocked => "blocked",
            Trouble::ErrorPage => "error-page",
        }
    }
}

/// The record of one poll.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// Id of the source.
    pub source: String,
    /// The lease under which it was made; a result under an old one is not kept.
    pub epoch: i64,
    /// When it began.
    pub started: Moment,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
    /// How it ended.
    pub outcome: Outcome,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// Size of the body, decompressed.
    pub bytes: i64,
    /// What to send next time.
    pub validators: Validators,
    /// When to come again.
    pub next_due: Moment,
    /// How many complaints the reading brought.
    pub complaints: i64,
    /// What to remember of the source until next time, in the poller's own words.
    pub memory: Option<String>,
}

/// What one turn changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// Entry by entry.
    pub changes: Vec<Change>,
    /// Items kept earlier that now belong to another story: item id to the lead's id.
    pub stories: BTreeMap<String, String>,
    /// Items, of this batch and kept earlier, and the matter each belongs to from now on.
    pub matters: BTreeMap<String, String>,
    /// Events that the document says do not take place; whether somebody knew of them is found out later.
    pub called_off: Vec<CalledOff>,
    /// Events kept earlier that are called off in another's words: their ids.
    pub cancelled: Vec<String>,
}

/// An event that a text calls off.
#[derive(Clone, Debug, PartialEq)]
pub struct CalledOff {
    /// Id of the item that says so.
    pub by: String,
    /// What the event is called.
    pub title: String,
    /// When and where it would have been.
    pub event: Event,
}

/// What becomes of one entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Not seen before.
    New(Judged),
    /// Seen before, and it says something else now.
    Changed(Judged),
    /// Seen before, unchanged.
    Same(String),
    /// Kept earlier, and its source takes it back: queries find it no more. Not said of what merely left a list.
    Gone(String),
    /// Not an item; the reason, in one sentence.
    Rejected(String),
}

/// An item as judged, with what the store needs to find it again.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The item.
    pub item: Item,
    /// Hash over what the source says, to tell a change.
    pub hash: i64,
    /// Search terms of title, kicker and summary, separated by spaces.
    pub terms: String,
    /// What other items that may tell the same are found by. Hashes that mean nothing to who keeps them.
    pub marks: Vec<i64>,
    /// Above its source's threshold.
    pub relevant: bool,
    /// The item's evidence as a store keeps it, once a store has made that of it; then the item itself has none.
    pub evidence: String,
}

/// What the last days brought, lent by the store to the judge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recent {
    /// Items of the source at hand: id to hash.
    pub known: HashMap<String, i64>,
    /// Items of all sources that may tell the same as what is at hand.
    pub told: Vec<Told>,
}

/// A kept item, as far as telling stories needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its id.
    pub id: String,
    /// Id of the lead of its story.
    pub story: String,
    /// What all that hang together by likenesses have in common, stories that are told apart by now included: the
    /// smallest of their ids.
    pub matter: String,
    /// Id of its source.
    pub source: String,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its kicker: often the one place that names the Land.
    pub kicker: Option<String>,
    /// Its summary.
    pub summary: String,
    /// When it was published, or first seen.
    pub at: Moment,
    /// Whether it is an event.
    pub event: bool,
}

/// A kept event that is not over, as far as telling whether another is the same needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Id of its item.
    pub id: String,
    /// Id of the lead of its story.
    pub story: String,
    /// Id of its source.
    pub source: String,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// When and where.
    pub event: Event,
}

/// What the store made of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Items kept for the first time.
    pub new: u64,
    /// Items that changed.
    pub changed: u64,
    /// The lease was no longer ours, and nothing was kept.
    pub fenced: bool,
}
