//! How a source fares, judged by what it brings and not by its status codes. Pure.
//!
//! A feed that answers 200 for a year and says nothing new is no healthier than one that answers 500; only nobody
//! notices. What is silent is held against the source's own rhythm: a council may rest all summer, an agency may not.

use std::collections::BTreeMap;

use model::{Moment, Outcome, Source, Trouble};
use serde::Serialize;
use store::SourceState;

use super::memory::Memory;

const DAY_MS: f64 = 24.0 * 3_600_000.0;
/// Of a source without a known rhythm so much silence is nothing strange.
const UNKNOWN_DAYS: f64 = 90.0;
/// So long nobody needs to be told, and so long nothing explains.
const STALE_DAYS: std::ops::RangeInclusive<f64> = 14.0..=180.0;
/// In so many expected items that did not come, chance is no explanation: one in a thousand if they came evenly, and
/// twice that, since they come in bunches.
const MISSED: f64 = 2.0 * 6.9;

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    /// It answers, and has brought something lately.
    Fresh,
    /// It answers, and is no more silent than it has been.
    Quiet,
    /// It answers, and has been silent longer than its rhythm explains.
    Stale,
    /// It does not answer, or not with a document that can be read.
    Failing,
    /// A bot wall or robots.txt keeps us out.
    Blocked,
    /// Its page is there and does not show what it is known to show.
    LayoutChanged,
    /// It said that it will not come back.
    Gone,
    /// It has not been visited yet.
    New,
    /// It is not visited: the catalogue says so.
    Off,
}

/// A source's state, since when, and what to do about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Health {
    pub(crate) state: State,
    /// Since when it is so, as far as that is known.
    pub(crate) since: Option<Moment>,
    /// What the last visit said, where it did not go well.
    pub(crate) why: Option<String>,
    /// What the operator can do, in one sentence; nothing where nothing is to be done.
    pub(crate) advice: Option<String>,
    /// When it last published something, as far as that is known.
    pub(crate) last_item: Option<Moment>,
    /// Items a week, of late.
    pub(crate) per_week: Option<f64>,
    /// Where it has moved for good.
    pub(crate) moved_to: Option<String>,
}

impl State {
    pub(crate) const ALL: [State; 9] = [
        State::Fresh,
        State::Quiet,
        State::Stale,
        State::Failing,
        State::Blocked,
        State::LayoutChanged,
        State::Gone,
        State::New,
        State::Off,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            State::Fresh => "fresh",
            State::Quiet => "quiet",
            State::Stale => "stale",
            State::Failing => "failing",
            State::Blocked => "blocked",
            State::LayoutChanged => "layout-changed",
            State::Gone => "gone",
            State::New => "new",
            State::Off => "off",
        }
    }

    /// Whether it brings nothing as it is. A stale source may merely have nothing to say.
    pub(crate) fn is_bad(self) -> bool {
        matches!(self, State::Failing | State::Blocked | State::LayoutChanged | State::Gone)
    }
}

/// Judges a source by what the store knows of it.
pub(crate) fn diagnose(source: &Source, kept: Option<&SourceState>, now: Moment) -> Health {
    let Some(kept) = kept else { return Health::of(if source.enabled { State::New } else { State::Off }) };
    let memory = Memory::of(source, kept.memory.as_deref());
    let moved = memory.moved.as_ref().filter(|moved| moved.settled).map(|moved| moved.to.clone());
    let rhythm = memory.rhythm.per_week().map(|items| (items * 10.0).round() / 10.0);
    let known = |state| Health {
        last_item: memory.newest.or(kept.last_new),
        per_week: rhythm,
        moved_to: moved.clone(),
        since: kept.outcome_since,
        ..Health::of(state)
    };
    let with = |state, why: &str, advice: &str| Health {
        why: Some(why.to_owned()),
        advice: Some(advice.to_owned()),
        ..known(state)
    };
    let mut health = match &kept.last_outcome {
        _ if !source.enabled => return Health { since: None, ..known(State::Off) },
        None => return Health::of(State::New),
        Some(Outcome::Gone) => with(
            State::Gone,
            "the server answered 410 Gone",
            "look for a new address on the publisher's pages (amtsticker probe), or switch the source off",
        ),
        Some(Outcome::Failed(why)) => with(State::Failing, why, failing_advice(kept.last_status, kept.fails)),
        Some(Outcome::Suspect(Trouble::Blocked, why)) if why.contains("robots.txt") => with(
            State::Blocked,
            why,
            "ask the publisher, or, for a feed that is published to be polled, set robots = \"feed\" and say why in the entry",
        ),
        Some(Outcome::Suspect(Trouble::Blocked, why)) => with(
            State::Blocked,
            why,
            "write to the publisher: name fetch.contact and the User-Agent, and ask to be let in; or use another address",
        ),
        Some(Outcome::Suspect(Trouble::LayoutChanged, why)) => {
            with(State::LayoutChanged, why, "look at the page and mend select or expect (amtsticker probe helps)")
        }
        Some(Outcome::Suspect(Trouble::ErrorPage, why)) => {
            with(State::Failing, why, "the address answers with an error page: look for a new one")
        }
        Some(Outcome::Suspect(Trouble::Empty, why)) => {
            with(State::Quiet, why, "nothing, if the list is empty for a reader as well")
        }
        Some(Outcome::Suspect(Trouble::Stale, why)) => {
            with(State::Stale, why, "look whether the publisher has moved on to another page")
        }
        Some(Outcome::Fresh | Outcome::NotModified) => silence(&known(State::Fresh), kept, now),
    };
    if let (None, Some(to)) = (&health.advice, &health.moved_to) {
        health.advice = Some(format!("change the address in the catalogue to {to}"));
    }
    health
}

fn failing_advice(status: Option<u16>, fails: i64) -> &'static str {
    match status {
        Some(404) => "look for a new address on the publisher's pages (amtsticker probe)",
        Some(401) => "the address wants a password: look for a public one",
        Some(429) => "nothing at first: it is left alone for as long as it asks; then set a longer every",
        _ if fails <= 3 => "nothing yet: it is tried again, less and less often",
        _ => "look at the address in a browser; it is tried once a day",
    }
}

/// Fresh, quiet or stale, by how long nothing has come.
fn silence(known: &Health, kept: &SourceState, now: Moment) -> Health {
    let last = known.last_item.or(kept.first_visit).unwrap_or(now);
    let days = (now.ms() - last.ms()) as f64 / DAY_MS;
    let per_day = known.per_week.filter(|items| *items > 0.0).map(|items| items / 7.0);
    let stale = per_day.map_or(UNKNOWN_DAYS, |items| (MISSED / items).clamp(*STALE_DAYS.start(), *STALE_DAYS.end()));
    let usual = per_day.map_or(7.0, |items| (2.0 / items).clamp(2.0, stale));
    let since = |days: f64| Some(Moment::from_ms(last.ms() + (days * DAY_MS) as i64));
    if days <= usual {
        Health { since: Some(last), ..known.clone() }
    } else if days <= stale {
        Health { state: State::Quiet, since: since(usual), ..known.clone() }
    } else {
        let why = Some(format!("nothing new for {} days", days as i64));
        let advice = Some("look whether the publisher has moved on to another address".to_owned());
        Health { state: State::Stale, since: since(stale), why, advice, ..known.clone() }
    }
}

/// How many sources are in each state, all states named.
pub(crate) fn count(all: impl Iterator<Item = State>) -> BTreeMap<State, u64> {
    let mut counts: BTreeMap<State, u64> = State::ALL.into_iter().map(|state| (state, 0)).collect();
    all.for_each(|state| *counts.entry(state).or_default() += 1);
    counts
}

impl Health {
    fn of(state: State) -> Self {
        let (since, why, advice, last_item, per_week, moved_to) = (None, None, None, None, None, None);
        Health { state, since, why, advice, last_item, per_week, moved_to }
    }
}

#[cfg(test)]
mod tests;
