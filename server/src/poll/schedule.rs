//! When to come again. Pure: the outcome of a visit in, a moment out.
//!
//! The wish is the source's `every` hint, stretched by what the server and the feed ask for (`max-age`, `ttl`,
//! `Retry-After`); failures back off by doubling, to a day at most and never for good. The jitter is drawn from the
//! source's id, so it is the same in every run, and the sources of one catalogue do not fall into step.

use model::{Hints, Moment, Outcome};

use super::fetch::Asks;
use crate::hash::digest64;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const DEFAULT_EVERY: u64 = HOUR;
const SHORTEST: u64 = 5 * MINUTE;

/// What is known after a visit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Situation<'a> {
    pub(crate) source: &'a str,
    pub(crate) every_seconds: Option<u64>,
    pub(crate) outcome: &'a Outcome,
    pub(crate) asks: Asks,
    pub(crate) hints: &'a Hints,
    /// Failures in a row before this visit.
    pub(crate) fails: u32,
    pub(crate) now: Moment,
}

/// The moment of the next visit.
pub(crate) fn next_visit(situation: &Situation<'_>) -> Moment {
    let every = situation.every_seconds.unwrap_or(DEFAULT_EVERY).max(SHORTEST);
    let asked =
        situation.asks.max_age.unwrap_or(0).max(situation.hints.ttl_minutes.map_or(0, |ttl| u64::from(ttl) * MINUTE));
    let wait = match situation.outcome {
        Outcome::Gone => DAY,
        outcome if outcome.went_well() => every.max(asked).min(DAY),
        _ => every.saturating_mul(1 << situation.fails.min(10)).min(DAY),
    };
    let wait = jittered(wait, situation.source).max(situation.asks.retry_after.unwrap_or(0).min(DAY));
    Moment::from_ms(situation.now.ms() + i64::try_from(wait * 1000).unwrap_or(i64::MAX))
}

/// Between 90 and 110 percent, drawn from the source's id.
fn jittered(seconds: u64, source: &str) -> u64 {
    seconds * (900 + digest64(source.as_bytes()) % 201) / 1000
}

#[cfg(test)]
mod tests;
