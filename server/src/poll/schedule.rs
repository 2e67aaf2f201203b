//! When to come again. Pure: the outcome of a visit in, a moment out.
//!
//! A source is visited when about half an item is to be expected by its own rhythm, within a quarter and four times
//! of its `every` hint. What the server and the feed ask for stretches that (`max-age`, `Expires`, `ttl`, `sy:*`,
//! `Retry-After`), to a day at most, and hours and days to be skipped are skipped. Failures back off with full jitter
//! below a bound that doubles, to a day at most and never for good. All jitter is drawn from the source's id: the same in every run,
//! and the sources of one catalogue do not fall into step.

use model::{Hints, Moment, Outcome};

use super::memory::Memory;
use crate::hash::digest64;

/// How long a source stays ours while we visit it: longer than any visit may take, waiting for a slow host included.
pub(crate) const LEASE_MS: i64 = 30 * 60 * 1000;
/// Who is overdue by more than this after a rest is spread over this window: no host shall have to bear all at once.
pub(crate) const OVERDUE_MS: i64 = 2 * 60 * 1000;
pub(crate) const SPREAD_MS: i64 = 15 * 60 * 1000;
const SECOND_MS: i64 = 1000;
const HOUR_MS: i64 = 3600 * SECOND_MS;
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const DEFAULT_EVERY: u64 = HOUR;
const SHORTEST: u64 = 5 * MINUTE;
/// The first wait after a failure.
const BACK_OFF: u64 = 15 * MINUTE;
/// A source that is gone for good is asked once a month: archives come back, too.
const GONE: u64 = 30 * DAY;
/// So many times longer a source is left alone whose hub pushes.
const PUSHED: u64 = 4;
/// How much of an item is to be expected for a visit.
const SHARE: f64 = 0.5;
/// An office hour's share of a week, by which an `every` hint becomes a number of items a week.
const OFFICE_HOUR: f64 = 0.19 * 0.075;

/// What an answer's headers ask of those who come again, in seconds from now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asks {
    /// How long the answer stays fresh: `max-age` less `Age`, else `Expires`; nothing if it must be asked for anew
    /// each time (`no-cache`, `no-store`).
    pub(crate) max_age: Option<u64>,
    /// `Retry-After`.
    pub(crate) retry_after: Option<u64>,
}

/// What is known after a visit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Situation<'a> {
    pub(crate) source: &'a str,
    pub(crate) every_seconds: Option<u64>,
    pub(crate) outcome: &'a Outcome,
    pub(crate) asks: Asks,
    pub(crate) memory: &'a Memory,
    /// A hub has promised to push what is new.
    pub(crate) pushed: bool,
    /// Failures in a row before this visit.
    pub(crate) fails: u32,
    pub(crate) now: Moment,
}

/// The moment of the next visit.
pub(crate) fn next_visit(situation: &Situation<'_>) -> Moment {
    let Situation { source, asks, memory, now, .. } = *situation;
    let wait = match situation.outcome {
        Outcome::Gone if memory.is_gone(now) => jittered(GONE, source),
        // Said twice a day apart it counts: the second question comes no sooner.
        Outcome::Gone => DAY + digest64(source.as_bytes()) % HOUR,
        outcome if outcome.went_well() => {
            let ttl = memory.hints.ttl_minutes.map_or(0, |ttl| u64::from(ttl) * MINUTE);
            let asked = asks.max_age.unwrap_or(0).max(ttl);
            // A hub may forget us: what it missed is found all the same, only later.
            let patience = if situation.pushed { PUSHED } else { 1 };
            let wait = jittered((wished(situation) * patience).max(asked).min(DAY), source);
            // Who asks for ten hours is not asked after nine: what would come too early comes as much too late.
            wait.max((2 * asked.min(DAY)).saturating_sub(wait))
        }
        _ => {
            let most = BACK_OFF.saturating_mul(1 << situation.fails.min(10)).min(DAY);
            let fraction = digest64(format!("{source} {}", situation.fails).as_bytes()) % 1001;
            // Full jitter: who failed together does not come back together.
            let wait = SHORTEST + (most - SHORTEST) * fraction / 1000;
            wait.max(asks.retry_after.unwrap_or(0).min(DAY))
        }
    };
    let next = now.ms() + i64::try_from(wait).unwrap_or(i64::MAX / SECOND_MS).saturating_mul(SECOND_MS);
    // Whoever fails is not to be asked at hours that it wants skipped, either.
    awake(Moment::from_ms(next), &memory.hints)
}

/// What the source's rhythm and its hint come to, in seconds.
fn wished(situation: &Situation<'_>) -> u64 {
    let every = situation.every_seconds.unwrap_or(DEFAULT_EVERY).clamp(SHORTEST, DAY);
    let usual = SHARE / (every as f64 / HOUR as f64) / OFFICE_HOUR;
    let wait = situation.memory.rhythm.expect(SHARE, usual, situation.now, 24) / SECOND_MS;
    u64::try_from(wait).unwrap_or(0).clamp((every / 4).max(SHORTEST), (every * 4).min(DAY))
}

/// Between 90 and 110 percent, drawn from the source's id.
fn jittered(seconds: u64, source: &str) -> u64 {
    seconds * (900 + digest64(source.as_bytes()) % 201) / 1000
}

/// The first moment from `next` on that is not to be skipped (RSS 2.0 `skipHours` and `skipDays`, in GMT). Who wants
/// to be skipped always is not taken at his word.
fn awake(next: Moment, hints: &Hints) -> Moment {
    if hints.skip_hours.is_empty() && hints.skip_days.is_empty() {
        return next;
    }
    let skipped = |hour: i64| {
        let day = (hour.div_euclid(24) + 3).rem_euclid(7) as u8;
        hints.skip_hours.contains(&(hour.rem_euclid(24) as u8)) || hints.skip_days.contains(&day)
    };
    let hour = next.ms().div_euclid(HOUR_MS);
    match (hour..=hour + 7 * 24).find(|hour| !skipped(*hour)) {
        None => next,
        Some(first) if first == hour => next,
        // The minutes keep the sources apart that all wake up at once.
        Some(first) => Moment::from_ms(first * HOUR_MS + next.ms().rem_euclid(HOUR_MS)),
    }
}

#[cfg(test)]
mod tests;
