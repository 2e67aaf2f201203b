//! What we promise: one normalised thing that a public body or the press said.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Moment, Name, State, When};

/// News or event. Which shelf an item stands on, and which tab of the panel shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something that was published.
    #[default]
    News,
    /// Something that takes place, with a date.
    Event,
}

impl Kind {
    /// The word used in addresses and in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Kind::News => "news",
            Kind::Event => "event",
        }
    }
}

/// One item of the API (DESIGN 5.2). Titles and summaries are plain text, never HTML.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Derived from source and identity of the entry, so polling twice changes nothing.
    pub id: String,
    /// News or event.
    pub kind: Kind,
    /// Canonical address: no session, no tracking, no context ids.
    pub url: String,
    /// Plain text without the kicker.
    pub title: String,
    /// What stood glued to or before the title: a place, a topic, a genre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kicker: Option<String>,
    /// Plain text, at most about 500 characters, cut at a word.
    pub summary: String,
    /// When the source says it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Moment>,
    /// When the source says it was last changed, if later than `published`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Moment>,
    /// BCP 47 tag, `de` unless the source says otherwise.
    pub lang: String,
    /// Who said it.
    pub source: SourceRef,
    /// Which Länder, or the federation, or the Union it is about.
    pub states: Vec<State>,
    /// Slugs of the catalogue's topics, sorted.
    pub topics: Vec<String>,
    /// How surely it is about the digitalisation of public administration, 0 to 1.
    pub relevance: f32,
    /// The items about the same matter.
    pub story: Story,
    /// Address of a picture, never fetched or shown unless the embedder allows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// When and where, for events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Event>,
    /// Evidence for each label; only with `explain=1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Why>,
}

/// The endpoint an item came from, as shown beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRef {
    /// Id in the catalogue.
    pub id: String,
    /// Name of the publisher.
    pub name: String,
    /// Home page of the publisher.
    pub url: String,
    /// Licence or terms of use, as the catalogue knows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

/// The items about one matter. A view: the id is that of the leading item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Id of the leading item; an item alone leads itself.
    pub id: String,
    /// How many items tell it, this one included.
    pub size: u32,
    /// Of events: grows with each source that joins and with each change of date, place or status that one of them
    /// makes. For calendars alone (SEQUENCE, RFC 5545, 3.8.7.4).
    #[serde(skip)]
    pub revision: u32,
    /// The others that tell it.
    #[serde(default)]
    pub others: Vec<Other>,
    /// What joined them; only with `explain=1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Link>,
}

/// Two items of one story, and what they share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Their ids.
    pub items: [String; 2],
    /// `one address`, `one title`, `one text`, `one act`.
    pub rule: String,
    /// Numbers, names, days and rare words that both have, in the words of the first.
    pub words: Vec<String>,
}

/// Another item of the same story, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// Its id.
    pub id: String,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Name of its publisher.
    pub source: String,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Moment>,
}

/// When and where something takes place (RFC 5545).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// First day, or the moment it begins.
    pub start: When,
    /// Last day (inclusive), or the moment it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<When>,
    /// Days without a time of day.
    pub all_day: bool,
    /// Place as the source wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// It can be attended online; with `place` it is hybrid.
    #[serde(default)]
    pub online: bool,
    /// Address to register at: a URL or an e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<String>,
    /// Who holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organiser: Option<String>,
    /// Whether it still takes place.
    #[serde(default)]
    pub status: Status,
}

impl Event {
    /// The first moment after it: `end` if it has one, else the end of `start`.
    #[must_use]
    pub fn over(&self) -> Moment {
        self.end.unwrap_or(self.start).end()
    }

    /// Fills in what this source does not say and another says of the same event: the hours of the day, the end, the
    /// place, where to register, who holds it. What contradicts is left alone, and so is all of one on another day.
    /// Whoever calls it off is believed.
    pub fn complete(&mut self, other: &Event) {
        if self.start.date() != other.start.date() {
            return;
        }
        let last = |event: &Event| event.end.unwrap_or(event.start).date();
        let one_day = last(self) == self.start.date() && last(other) == other.start.date();
        match (self.start, other.start) {
            (When::Day(_), When::At(_)) if one_day => {
                (self.start, self.end, self.all_day) = (other.start, other.end, false);
            }
            (When::At(start), When::At(_)) if self.end.is_none() && one_day => {
                self.end = other.end.filter(|end| end.start() > start);
            }
            (When::Day(_), _) if self.end.is_none() => {
                self.end = other.end.map(|end| When::Day(end.date())).filter(|end| end.date() > self.start.date());
            }
            _ => {}
        }
        self.online |= other.online;
        // "Leipzig", says one; "Alte Börse, Leipzig", the other.
        let more = |own: &String| other.place.as_ref().is_some_and(|place| place.contains(own.as_str()));
        if self.place.as_ref().is_some_and(more) {
            self.place.clone_from(&other.place);
        }
        for (own, theirs) in [
            (&mut self.place, &other.place),
            (&mut self.registration, &other.registration),
            (&mut self.organiser, &other.organiser),
        ] {
            if own.is_none() {
                own.clone_from(theirs);
            }
        }
        if other.status == Status::Cancelled {
            self.status = Status::Cancelled;
        }
    }
}

/// Whether an event takes place (RFC 5545, 3.8.1.11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It does.
    #[default]
    Confirmed,
    /// Perhaps.
    Tentative,
    /// It does not.
    Cancelled,
}

impl Status {
    /// The word by which it is kept and shown to programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Status::Confirmed => "confirmed",
            Status::Tentative => "tentative",
            Status::Cancelled => "cancelled",
        }
    }
}

/// One piece of evidence for one label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// What it speaks for: `state:HH`, `topic:noots`, `relevance`, `kind:event`.
    pub label: Name,
    /// Where it stands: `title`, `kicker`, `summary`, `source`.
    pub field: Cow<'static, str>,
    /// The words themselves.
    pub text: String,
    /// Byte offset of the words in the field.
    pub start: u32,
    /// Byte offset of their end.
    pub end: u32,
    /// Id of the rule in the catalogue.
    pub rule: Name,
    /// How much it counts; negative speaks against.
    pub weight: f32,
}

#[cfg(test)]
mod tests;
