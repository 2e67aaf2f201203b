//! The words on screen, one file per language, and how they become sentences.
//!
//! The only place with wording: views, feeds and page titles ask here. What differs between languages
//! in more than words (prepositions, plurals, clock times) is a function in the language's file.

mod de;
mod en;
#[cfg(feature = "ssr")]
pub(crate) mod pages;
mod simple;

use model::{Bound, Date, Kind, Lang, Moment, Query, State};

use crate::Names;

/// All words of one language.
#[expect(missing_docs, reason = "each field is explained by its wording in de.rs and en.rs")]
pub struct Words {
    pub lang: Lang,
    pub heading: &'static str,
    pub subject: &'static str,
    pub sample: &'static str,
    pub views: &'static str,
    pub news: &'static str,
    pub events: &'static str,
    pub search: &'static str,
    pub submit: &'static str,
    pub facet_states: &'static str,
    pub facet_topics: &'static str,
    pub active: &'static str,
    pub remove: &'static str,
    pub reset: &'static str,
    pub period: &'static str,
    pub empty: &'static str,
    pub empty_hint: &'static str,
    /// Below it, where words were searched for.
    pub words_hint: &'static str,
    pub empty_feed: &'static str,
    pub failed: &'static str,
    pub offline: &'static str,
    pub slow: &'static str,
    /// How long ago: a minute and several, an hour and several, a day and several. The widget puts in `{n}`.
    pub ago: [&'static str; 6],
    pub retry: &'static str,
    pub skip: &'static str,
    pub facet_sources: &'static str,
    pub any_time: &'static str,
    pub own_period: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub apply: &'static str,
    pub wrong_period: &'static str,
    pub why: &'static str,
    pub why_about: &'static str,
    pub why_relevant: &'static str,
    pub why_event: &'static str,
    pub in_title: &'static str,
    pub in_text: &'static str,
    pub in_address: &'static str,
    pub in_source: &'static str,
    pub new: &'static str,
    pub new_window: &'static str,
    pub rss: &'static str,
    pub subscribe_hint: &'static str,
    pub outlook: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub share: &'static str,
    pub pass_on: &'static str,
    pub passed_on: &'static str,
    pub remember: &'static str,
    pub remember_hint: &'static str,
    pub since_visit: &'static str,
    pub pdf: &'static str,
    /// What texts may be written in, beside German: code and name.
    pub languages: [(&'static str, &'static str); 9],
    pub to_calendar: &'static str,
    pub as_list: &'static str,
    pub as_calendar: &'static str,
    pub previous_month: &'static str,
    pub next_month: &'static str,
    pub week: (&'static str, &'static str),
    pub whole_month: &'static str,
    pub more_news: &'static str,
    pub more: &'static str,
    pub next_page: &'static str,
    pub first_page: &'static str,
    pub subscribe: &'static str,
    pub atom: &'static str,
    pub json_feed: &'static str,
    pub webcal: &'static str,
    pub ics: &'static str,
    pub online: &'static str,
    pub register: &'static str,
    pub cancelled: &'static str,
    pub tentative: &'static str,
    pub published: &'static str,
    pub and: &'static str,
    pub months: [&'static str; 12],
    pub months_short: [&'static str; 12],
    pub weekdays_short: [&'static str; 7],
    pub weekdays: [&'static str; 7],
    /// By the order of [`State::ALL`].
    pub states: [&'static str; 18],
    /// What stands between the thousands of a number.
    pub thousands: char,
    /// "23 Meldungen".
    pub hits: fn(count: &str, one: bool, kind: Kind) -> String,
    /// "Alle 17 anzeigen".
    pub all: fn(count: usize) -> String,
    /// "Letzte 7 Tage".
    pub last_days: fn(days: u32) -> String,
    /// "ab 1. Nov. 2026", "bis 5. Nov. 2026", "1. Nov. 2026 bis 5. Nov. 2026".
    pub between: fn(from: Option<&str>, to: Option<&str>) -> String,
    /// "ohne „NOOTS“: mindestens 12 Meldungen".
    pub without: fn(part: &str, least: &str) -> String,
    /// "Stand: 21. November 2026, 8:10 Uhr".
    pub as_of: fn(date: &str, clock: &str) -> String,
    /// The same, where nothing newer can be had.
    pub stale: fn(as_of: &str) -> String,
    /// "November 2026".
    pub month_of: fn(Date) -> String,
    /// "Dienstag, 24. November, 3 Termine".
    pub day_with: fn(Date, count: &str) -> String,
    /// "Hamburg, weil im Titel „Senat“ steht".
    pub because: fn(label: &str, place: &str, quoted: &str) -> String,
    pub quoted: fn(&str) -> String,
    /// "40 davon geladen".
    pub loaded: fn(count: &str) -> String,
    /// "(41 Quellen)": never of one alone.
    pub tellers: fn(count: &str) -> String,
    /// "(2 gewählt)".
    pub chosen: fn(count: usize) -> String,
    /// "Auch berichtet von 3 weiteren Quellen".
    pub also_from: fn(sources: usize) -> String,
    /// "3 weitere Meldungen dazu", where all are of the same source.
    pub also: fn(items: usize) -> String,
    /// Preposition and name: about which state ("zu Bayern", "zum Saarland").
    pub about: fn(State) -> (&'static str, &'static str),
    /// The preposition for topics and sources, in the same place.
    pub about_thing: &'static str,
    /// A label inside a sentence, so that it need not be inflected: "zu „Künstliche Intelligenz“".
    pub label: fn(&str) -> String,
    /// Preposition and name: where ("in Bayern", "im Saarland").
    pub within: fn(State) -> (&'static str, &'static str),
    /// "von Bundesamt für Beispiele".
    pub by: fn(sources: &str) -> String,
    /// "mit „Registermodernisierung“".
    pub containing: fn(q: &str) -> String,
    /// "21. November 2026".
    pub long_date: fn(Date) -> String,
    /// "Di., 24. Nov. 2026"; month and year can be left to what follows ("24.–26. Nov. 2026").
    pub short_date: fn(Date, Shorten) -> String,
    /// "10–12 Uhr".
    pub clock: fn(from: Time, to: Option<Time>) -> String,
}

/// Hour and minute.
pub type Time = (u8, u8);

/// What a short date leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shorten {
    /// Nothing.
    Nothing,
    /// The weekday.
    Weekday,
    /// The weekday and the year.
    Year,
    /// The weekday, the year and the month.
    Month,
}

/// The words of this language.
#[must_use]
pub fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::De => &de::WORDS,
        Lang::En => &en::WORDS,
        Lang::Simple => &simple::WORDS,
    }
}

/// A title for this filter, for pages and feeds: "NOOTS in Hamburg".
#[must_use]
pub fn filter_title(query: &Query, names: &Names) -> String {
    let words = of(query.lang.unwrap_or_default());
    let topics: Vec<_> = query.topics.iter().map(|slug| ("", names.topic(slug))).collect();
    let states: Vec<_> = query.states.iter().map(|state| (words.within)(*state)).collect();
    let mut title = match (topics.is_empty(), states.is_empty()) {
        (false, _) => words.list(&topics),
        (true, false) => words.subject.to_owned(),
        (true, true) => words.heading.to_owned(),
    };
    if query.kind == Some(Kind::Event) {
        title = format!("{}: {title}", words.events);
    }
    if !states.is_empty() {
        title = format!("{title} {}", words.list(&states));
    }
    words.add_rest(title, query, names)
}

/// The date's month among these names.
fn month(names: &[&'static str; 12], date: Date) -> &'static str {
    names[usize::from(date.month()) - 1]
}

impl Words {
    /// Name of the state.
    #[must_use]
    pub fn state(&self, state: State) -> &'static str {
        self.states[state as usize]
    }

    /// "1.234".
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push(self.thousands);
            }
            out.push(digit);
        }
        out
    }

    /// "23 Meldungen".
    #[must_use]
    pub fn count(&self, count: u64, kind: Kind) -> String {
        (self.hits)(&self.number(count), count == 1, kind)
    }

    /// "23 Meldungen zu Bayern und NOOTS".
    #[must_use]
    pub fn status(&self, query: &Query, names: &Names, total: u64) -> String {
        let mut subjects: Vec<_> = query.states.iter().map(|state| (self.about)(*state)).collect();
        let topics: Vec<String> = query.topics.iter().map(|slug| (self.label)(names.topic(slug))).collect();
        subjects.extend(topics.iter().map(|label| (self.about_thing, label.as_str())));
        let mut line = self.count(total, query.kind.unwrap_or_default());
        if !subjects.is_empty() {
            line = format!("{line} {}", self.list(&subjects));
        }
        self.add_rest(line, query, names)
    }

    /// "21. November 2026, 8:10 Uhr".
    #[must_use]
    pub fn as_of(&self, moment: Moment) -> String {
        (self.as_of)(&(self.long_date)(moment.date()), &(self.clock)(moment.clock(), None))
    }

    /// The period of a filter: "Letzte 7 Tage", "ab 1. Nov. 2026".
    #[must_use]
    pub fn period(&self, query: &Query) -> String {
        let say = |bound: Bound| match bound {
            Bound::Day(day) => (self.short_date)(day, Shorten::Weekday),
            Bound::At(moment) => (self.short_date)(moment.date(), Shorten::Weekday),
            Bound::Hours(hours) => (self.last_days)(hours.div_ceil(24)),
            Bound::Days(days) => (self.last_days)(days),
        };
        match (query.since, query.until) {
            (Some(since @ (Bound::Days(_) | Bound::Hours(_))), None) => say(since),
            (since, until) => (self.between)(since.map(say).as_deref(), until.map(say).as_deref()),
        }
    }

    fn add_rest(&self, mut line: String, query: &Query, names: &Names) -> String {
        if !query.sources.is_empty() {
            let sources: Vec<_> = query.sources.iter().map(|id| ("", names.source(id))).collect();
            line = format!("{line} {}", (self.by)(&self.list(&sources)));
        }
        if let Some(q) = &query.q {
            line = format!("{line} {}", (self.containing)(q));
        }
        line
    }

    /// Joins names with their prepositions; one that repeats the one before it is left out:
    /// "in Bayern, Hessen und im Saarland".
    fn list(&self, names: &[(&str, &str)]) -> String {
        let mut out = String::new();
        let mut last = "";
        for (place, (preposition, name)) in names.iter().enumerate() {
            match place {
                0 => {}
                _ if place + 1 == names.len() => out.push_str(self.and),
                _ => out.push_str(", "),
            }
            if *preposition != last {
                out.push_str(preposition);
                out.push(' ');
                last = preposition;
            }
            out.push_str(name);
        }
        out
    }
}

#[cfg(test)]
mod tests;
