//! Events announced in running German text: "Am 7. & 8. Mai 2026 treffen sich Verwaltung und Wirtschaft zum
//! 19. Summit in Schloss Probe".
//!
//! Every date of the text is weighed ([`judge`]); what is clearly announced and not yet over becomes an event, once
//! however often the text says it. Promises: linear in the length of the text, of which [`LONGEST`] bytes are read;
//! no panic; a date that is merely named gives nothing. Refuses: dates without a day ("Mitte Oktober", "im Herbst").

use std::collections::BTreeMap;

use model::{Date, Event, Moment, Status, When};
use serde::Serialize;

mod address;
mod cards;
mod cases;
mod chosen;
mod contact;
mod frames;
mod heads;
mod hours;
mod items;
mod judge;
mod labels;
mod lists;
mod meant;
mod naming;
mod nearby;
mod openings;
mod place;
mod scene;
mod sentences;
mod shared;
mod theme;
mod title;
mod token;
mod unfold;
mod when;
mod whereabouts;
pub(super) mod words;

use scene::{Reading, Told};

/// So many bytes of a text are read; an announcement stands at its head.
pub const LONGEST: usize = 20_000;

/// An event that a text announces.
#[derive(Clone, Debug, PartialEq)]
pub struct Announced {
    /// What it is called.
    pub title: String,
    /// When and where. `start` with an hour and `end` without one, where the text gives the hour of the first day only.
    pub event: Event,
    /// The sentence or the line that says so.
    pub said: String,
    /// The signs that spoke for it, and against.
    pub why: Vec<Reason>,
}

impl Announced {
    /// How clearly it is announced; three points make an event.
    fn points(&self) -> i32 {
        self.why.iter().map(|reason| reason.points).sum()
    }

    /// It is said to take place, and not only named.
    pub(super) fn invites(&self) -> bool {
        self.why.iter().any(|reason| judge::FRAMES.contains(&reason.rule))
    }

    pub(super) fn is_off(&self) -> bool {
        self.event.status == Status::Cancelled
    }
}

/// One sign for or against an event, in the words of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// What it says: "invites", "deadline: until".
    pub rule: &'static str,
    /// How much it counts; three make an event.
    pub points: i32,
    /// The words.
    pub text: String,
}

/// The events that a text announces or calls off, as seen from the day it was written; by their start. Without that day
/// only dates with a year count, and only what is not told as past. `title` is what stands over the text; `town` knows
/// the names of towns.
#[must_use]
pub(super) fn read(
    text: &str,
    title: Option<&str>,
    context: Option<Date>,
    town: &dyn Fn(&str) -> bool,
) -> Vec<Announced> {
    let end = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let text = &text[..end];
    // Most texts name no day at all.
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let title = title.map(str::trim).filter(|title| !title.is_empty() && !text.trim_start().starts_with(title));
    let whole = title.map(|title| format!("# {}\n\n{text}", title.replace('\n', " ")));
    let mut prose = token::Prose::new(whole.as_deref().unwrap_or(text));
    let dates = scene::dates(&prose);
    unfold::unfold(&mut prose, &dates);
    let reading = Reading::new(&prose, dates, context, town);
    merge(reading.told()).into_iter().map(|told| finish(&reading, told)).collect()
}

/// Which of the events a text with this title is about: the title names it, or the text announces nothing else and its
/// title names a gathering.
pub(super) fn subject(told: &[Announced], title: &str) -> Option<usize> {
    let fold = german::fold::fold(title);
    let over: Vec<&str> = german::fold::words(&fold).map(|word| word.text).filter(|word| word.len() > 3).collect();
    let gathers =
        fold.split_whitespace().any(|word| words::gathering(word.trim_matches(|c: char| !c.is_alphanumeric())));
    let alone = told.len() == 1;
    let named = |one: &Announced| {
        let fold = german::fold::fold(&one.title);
        let own: Vec<&str> = german::fold::words(&fold).map(|word| word.text).filter(|word| word.len() > 3).collect();
        let shared = own.iter().filter(|word| over.contains(word)).count();
        (shared > 0 && shared * 2 >= own.len()) || (alone && gathers && one.points() > judge::ENOUGH)
    };
    told.iter().position(named)
}

/// The same day told twice is one event; a day inside another event's days is a part of it.
fn merge(told: Vec<Told>) -> Vec<Told> {
    let mut by_day: BTreeMap<(Date, String), Told> = BTreeMap::new();
    for one in told {
        // Several events on one day are told apart by the lines they stand on.
        let key = (one.start, one.item.clone().unwrap_or_default());
        match by_day.get_mut(&key) {
            None => {
                by_day.insert(key, one);
            }
            Some(before) => before.join(one),
        }
    }
    // Prose and a list may tell the same day: the prose of the one item of that day, else of none.
    let mut all: Vec<Told> = Vec::new();
    for ((day, item), one) in by_day {
        match all.last_mut().filter(|last| last.start == day && last.item.is_none() && !item.is_empty()) {
            Some(prose) => {
                prose.join(one);
                prose.item = Some(item);
            }
            None => all.push(one),
        }
    }
    let spans: Vec<(Date, Date)> = all.iter().filter_map(|told| told.end.map(|end| (told.start, end))).collect();
    all.retain(|told| {
        let last = told.end.unwrap_or(told.start);
        told.item.is_some()
            || !spans
                .iter()
                .any(|(start, end)| (*start < told.start && last <= *end) || (*start <= told.start && last < *end))
    });
    all.retain(|told| told.points_if_on() >= judge::ENOUGH);
    all
}

fn finish(reading: &Reading<'_>, told: Told) -> Announced {
    let at = |date: Date, minutes: u16| When::At(Moment::from_berlin(date, (minutes / 60) as u8, (minutes % 60) as u8));
    let start = told.hours.map_or(When::Day(told.start), |(start, _)| at(told.start, start));
    let until = told.hours.and_then(|(_, end)| end);
    let end = match (told.end, until) {
        (last, Some(until)) => Some(at(last.unwrap_or(told.start), until)),
        (Some(last), None) => Some(When::Day(last)),
        (None, None) => None,
    };
    let event = Event {
        start,
        end,
        all_day: told.hours.is_none(),
        place: told.place.clone(),
        online: told.online,
        registration: told.registration.clone(),
        organiser: told.organiser.clone(),
        status: if told.is_off() { Status::Cancelled } else { Status::Confirmed },
    };
    let why = told
        .signs
        .iter()
        .map(|sign| Reason {
            rule: sign.rule,
            points: sign.points,
            text: reading.prose.words(sign.from, sign.to).to_owned(),
        })
        .collect();
    let said = reading.prose.words(told.said.0, told.said.1).to_owned();
    Announced { title: told.title.words, event, said, why }
}

#[cfg(test)]
mod tests;
