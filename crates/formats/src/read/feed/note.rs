//! What an entry says more than once, or in more than one vocabulary: candidates for its dates and its address,
//! authors, a picture, and the event module's elements.

use std::borrow::Cow;

use model::{Event, Status};

use super::super::when;
use crate::text;

/// One entry's notes.
#[derive(Debug, Default)]
pub(super) struct Note<'a> {
    /// Texts for the day of publication, the best first.
    pub(super) published: Ranked<'a>,
    /// Texts for the day of change.
    pub(super) updated: Ranked<'a>,
    /// Addresses of the entry, the best first.
    pub(super) links: Ranked<'a>,
    /// Names of authors.
    pub(super) authors: Vec<String>,
    /// Address of a picture.
    pub(super) image: Option<String>,
    /// RSS 1.0 event module.
    event: EventNote,
}

/// Most candidates kept: an entry has three or four, and each insertion moves all that are worse.
const MOST_RANKED: usize = 32;

/// Most authors of one entry: each new one is looked for among those that are known.
const MOST_AUTHORS: usize = 64;

/// Candidates with a rank; the lowest counts, and of equals the last: what writes an element a second time
/// (a plug-in, an override of the template) corrects the first.
#[derive(Debug, Default)]
pub(super) struct Ranked<'a>(Vec<(u8, Cow<'a, str>)>);

impl<'a> Ranked<'a> {
    pub(super) fn add(&mut self, rank: u8, text: Cow<'a, str>) {
        if text.trim().is_empty() {
            return;
        }
        let at = self.0.partition_point(|(found, _)| *found < rank);
        if at < MOST_RANKED {
            self.0.truncate(MOST_RANKED - 1);
            self.0.insert(at, (rank, text));
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, text)| text.trim())
    }
}

#[derive(Debug, Default)]
struct EventNote {
    start: Option<String>,
    end: Option<String>,
    place: Option<String>,
    organiser: Option<String>,
}

impl Note<'_> {
    /// An element of the event module; false if it has no such element.
    pub(super) fn add_event(&mut self, name: &str, value: &str) {
        let slot = match name {
            "startdate" => &mut self.event.start,
            "enddate" => &mut self.event.end,
            "location" => &mut self.event.place,
            "organizer" => &mut self.event.organiser,
            _ => return,
        };
        *slot = Some(text::line(value)).filter(|value| !value.is_empty());
    }

    /// Takes a name, with or without an address: "presse@example.org (Presse)", "Presse <presse@example.org>".
    pub(super) fn add_author(&mut self, value: &str) {
        if self.authors.len() >= MOST_AUTHORS {
            return;
        }
        let value = text::line(value);
        let inside =
            |open, close| value.split_once(open).and_then(|(_, rest)| rest.split_once(close)).map(|(name, _)| name);
        let name = match (value.contains('@'), inside('(', ')')) {
            (true, Some(name)) => name.trim(),
            (true, None) => value.split(['<', '(']).next().unwrap_or("").trim(),
            (false, _) => value.trim(),
        };
        if !name.is_empty() && !name.contains('@') && !self.authors.iter().any(|known| known == name) {
            self.authors.push(name.to_owned());
        }
    }

    /// A picture, if none was named before.
    pub(super) fn add_image(&mut self, address: Option<&str>) {
        let address = address.map(str::trim).filter(|address| !address.is_empty());
        if self.image.is_none() {
            self.image = address.map(ToOwned::to_owned);
        }
    }

    /// Whether a date was written, of whatever worth.
    pub(super) fn undated(&self) -> Option<&str> {
        self.published.iter().chain(self.updated.iter()).next()
    }

    /// When and where, if the event module says it.
    pub(super) fn event(&self) -> Option<Event> {
        let start = when::when(self.event.start.as_deref()?)?;
        let end = self.event.end.as_deref().and_then(when::when).filter(|end| end.start() >= start.start());
        Some(Event {
            start,
            end: end.filter(|end| *end != start),
            all_day: matches!(start, model::When::Day(_)),
            place: self.event.place.clone(),
            online: false,
            registration: None,
            organiser: self.event.organiser.clone(),
            status: Status::Confirmed,
        })
    }
}
