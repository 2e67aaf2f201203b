//! Whether two sources tell of one event: the same first day, titles that name the same, and nothing that contradicts.
//!
//! What titles share counts by what it says: "Zukunftskongress" a good deal, "Veranstaltung" little. On one day a
//! hundred towns hold their "Digitaltag", so a title that says no more needs the place beside it. Precision first: two
//! events shown as one send somebody to the wrong hall, one shown twice only repeats it.

use std::collections::BTreeSet;

use german::fold::fold;
use german::stem::is_stop_word;
use model::{Date, Event, When};

use super::prose::words;
use crate::rules::Rules;

/// "Einlass ab 9 Uhr" and "Beginn 10 Uhr" are one event, a tour in the morning and one in the afternoon are two.
const MINUTES: i64 = 90;
/// So much of the shorter title has to stand in the longer one.
const MOST: f32 = 0.6;
/// So much in common does without the place: a gathering's name and a word more.
const NAMED: f32 = 1.75;
/// So much does beside the same place: the name of the gathering.
const NOUN: f32 = 0.75;
/// Longest title and place that are looked at, in words.
const WORDS: usize = 40;

/// What is compared of an event.
pub(super) struct Face<'a> {
    source: &'a str,
    url: &'a str,
    registration: Option<&'a str>,
    pub(super) day: Date,
    minute: Option<i64>,
    title: BTreeSet<String>,
    weight: f32,
    numbers: BTreeSet<String>,
    /// Names in the place that are no mere kind of building.
    place: BTreeSet<String>,
    /// Towns in the place, and in the title.
    towns: BTreeSet<String>,
    named: BTreeSet<String>,
}

impl<'a> Face<'a> {
    pub(super) fn of(source: &'a str, url: &'a str, title: &str, event: &'a Event, rules: &Rules) -> Self {
        let known = |text: &str| parts(text).filter(|word| rules.knows_place(word)).map(fold).collect();
        let place = event.place.as_deref().unwrap_or_default();
        let folded = fold(title);
        let title_words: BTreeSet<String> = parts(&folded).filter(|word| tells(word)).map(str::to_owned).collect();
        let proper = |word: &&str| tells(word) && !words::bare_venue(word) && !EVERYWHERE.contains(word);
        Face {
            source,
            url,
            registration: event.registration.as_deref(),
            day: event.start.date(),
            minute: match event.start {
                When::Day(_) => None,
                When::At(at) => Some(at.ms().div_euclid(60_000)),
            },
            weight: title_words.iter().map(|word| weight(word)).sum(),
            title: title_words,
            numbers: parts(&folded).filter(|word| is_number(word)).map(str::to_owned).collect(),
            place: parts(&fold(place)).filter(proper).map(str::to_owned).collect(),
            towns: known(place),
            named: known(title),
        }
    }

    /// Of the two, one cannot be the other, whatever they are called.
    pub(super) fn contradicts(&self, other: &Face<'_>) -> bool {
        if self.day != other.day {
            return false;
        }
        let hours = self.minute.zip(other.minute).map(|(one, two)| (one - two).abs());
        // A source that lists two hours means two events.
        let most = if self.source == other.source { 0 } else { MINUTES };
        hours.is_some_and(|apart| apart > most)
            || apart(&self.numbers, &other.numbers)
            || apart(&self.towns, &other.towns)
            || apart(&self.named, &other.named)
    }

    /// How alike they are, if they are one event.
    pub(super) fn alike(&self, other: &Face<'_>) -> Option<f32> {
        if self.day != other.day || self.contradicts(other) {
            return None;
        }
        let shared: f32 = self.title.intersection(&other.title).map(|word| weight(word)).sum();
        // What one source lists on one day under two names are two events more often than not.
        let whole =
            if self.source == other.source { self.weight.max(other.weight) } else { self.weight.min(other.weight) };
        let part = if whole > 0.0 { shared / whole } else { 0.0 };
        let there = self.there(other);
        let hour = self.minute.is_some() && self.minute == other.minute;
        let enough = shared >= NAMED
            || shared >= NOUN && there
            || shared >= 1.0 && hour
            || there && hour && shared > 0.0 && part > 0.99;
        (part >= MOST && enough).then(|| shared + part + f32::from(u8::from(there)) + f32::from(u8::from(hour)))
    }

    /// Both point to one place: its name, its town, one page, one registration.
    fn there(&self, other: &Face<'_>) -> bool {
        let all = |face: &Face<'_>| -> BTreeSet<String> { face.towns.union(&face.named).cloned().collect() };
        let page = self.source != other.source && self.url == other.url;
        let registration = self.registration.is_some() && self.registration == other.registration;
        page || registration || !self.place.is_disjoint(&other.place) || !all(self).is_disjoint(&all(other))
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(WORDS)
}

/// A word that tells one event from another.
fn tells(word: &str) -> bool {
    word.len() > 2 && !is_stop_word(word) && !word.bytes().all(|b| b.is_ascii_digit()) && !EMPTY.contains(&word)
}

/// The count of an event: "Modul 2", "19. Summit". A year says the same as the day.
fn is_number(word: &str) -> bool {
    word.len() < 4 && word.bytes().all(|b| b.is_ascii_digit())
}

fn weight(word: &str) -> f32 {
    if words::generic(word) || COMMON.contains(&word) {
        0.4
    } else if words::gathering(word) {
        0.8
    } else {
        1.0
    }
}

/// Both name some, and none in common.
fn apart(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    !one.is_empty() && !other.is_empty() && one.is_disjoint(other)
}

/// Words of invitations that are no part of a name.
const EMPTY: [&str; 22] = [
    "einladung",
    "save",
    "the",
    "date",
    "anmeldung",
    "anmelden",
    "jetzt",
    "laedt",
    "ein",
    "findet",
    "statt",
    "terminhinweis",
    "termin",
    "herzlich",
    "willkommen",
    "uhr",
    "plaetze",
    "frei",
    "abgesagt",
    "entfaellt",
    "faellt",
    "verschoben",
];

/// Houses that every town has.
const EVERYWHERE: [&str; 12] = [
    "rathaus",
    "stadthalle",
    "buergerhaus",
    "buergersaal",
    "kreishaus",
    "ratssaal",
    "sitzungssaal",
    "stadtbibliothek",
    "volkshochschule",
    "gemeindehaus",
    "stadtverwaltung",
    "kreisverwaltung",
];

/// Words that half of the field's events have in their names.
const COMMON: [&str; 14] = [
    "digital",
    "digitale",
    "digitalen",
    "digitaler",
    "digitales",
    "digitalisierung",
    "verwaltung",
    "oeffentliche",
    "oeffentlichen",
    "kommunen",
    "kommunale",
    "online",
    "land",
    "stadt",
];

#[cfg(test)]
mod tests;
