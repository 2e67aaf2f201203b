//! When a source publishes: how much a week, on which days, at which hours of Berlin. Pure.
//!
//! Ministries publish from Monday to Friday between eight and six, portals around the clock, councils on the evening
//! before. What was published lately counts more: after eight weeks a day weighs a third. A source of which little is
//! known is taken for a ministry.

use model::Moment;
use serde::{Deserialize, Serialize};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const WEEK_MS: f64 = 7.0 * 24.0 * 3_600_000.0;
/// After so many weeks what was counted weighs 1/e.
const MEMORY_WEEKS: f64 = 8.0;
/// So many items are needed until days and hours are the source's own rather than any ministry's.
const PRIOR: f64 = 8.0;
/// Shares of a week's items on a working day and on a day of the weekend, in an office hour and in another.
const DAYS: [f64; 2] = [0.19, 0.025];
const HOURS: [f64; 2] = [0.075, 0.1 / 12.0];

/// Counts by day of the week and by hour of the day; the two are taken to be independent, so that few items say much.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rhythm {
    /// The moment up to which the counts have faded.
    at: Option<Moment>,
    /// For how many weeks it has been watched, faded like the counts.
    weeks: f64,
    days: [f64; 7],
    hours: Vec<f64>,
}

impl Rhythm {
    /// Counts what a visit brought. On the first visit that is the source's past, as far as its dates tell.
    /// Says whether there was anything to learn: a visit that brought nothing counts once a day only.
    pub(crate) fn learn(&mut self, published: &[Option<Moment>], now: Moment) -> bool {
        let first = self.at.is_none();
        if published.is_empty() && self.at.is_some_and(|at| now.ms() - at.ms() < DAY_MS) {
            return false;
        }
        if first {
            let oldest = published.iter().flatten().map(|at| at.ms()).min().unwrap_or(now.ms());
            // Of a feed with articles of ten years the last weeks are of interest.
            self.fade(Moment::from_ms(oldest.clamp(now.ms() - 12 * WEEK_MS as i64, now.ms())));
        }
        self.fade(now);
        for at in published {
            // An item without a date came when it was found; the first visit finds a past that has no hours.
            let Some(at) = at.or_else(|| (!first).then_some(now)) else { continue };
            let age = (now.ms() - at.ms()) as f64 / WEEK_MS;
            if (0.0..12.0).contains(&age) {
                self.count(at, (-age / MEMORY_WEEKS).exp());
            }
        }
        // Four digits are plenty, and this is kept with every visit.
        let counts = self.days.iter_mut().chain(&mut self.hours).chain(std::iter::once(&mut self.weeks));
        counts.for_each(|count| *count = (*count * 1e4).round() / 1e4);
        true
    }

    /// How much time is to pass until `share` of an item is expected, if the source publishes `usual` items a week as
    /// long as nothing is known; at most `most` hours.
    pub(crate) fn expect(&self, share: f64, usual: f64, now: Moment, most: u32) -> i64 {
        let total = self.total();
        let trust = (total / PRIOR).min(1.0);
        let learned = if self.weeks > 0.0 { total / self.weeks.max(0.5) } else { 0.0 };
        let rate = trust * learned + (1.0 - trust) * usual;
        // Of a week's items a day has its share, and of the day's an hour: both of what was counted and of the prior.
        let share_of_half_hour = rate / (total + PRIOR).powi(2) / 2.0;
        let mut missing = share;
        let mut at = now.ms();
        let offset = |at: i64| Moment::from_ms(at).offset_hours() * HOUR_MS;
        let (first, last) = (offset(at), offset(at + i64::from(most) * HOUR_MS));
        for _ in 0..most * 2 {
            // Berlin's offset changes twice a year; on all other days it need not be looked up for each half hour.
            let wall = at + if first == last { first } else { offset(at) };
            let (day, hour) = (wall.div_euclid(DAY_MS), wall.rem_euclid(DAY_MS) / HOUR_MS);
            // The first day of all was a Thursday.
            let weekday = (day + 3).rem_euclid(7) as usize;
            let half_hour = share_of_half_hour * self.day(weekday) * self.hour(hour as usize);
            if half_hour >= missing {
                return at + (missing / half_hour * (HOUR_MS / 2) as f64) as i64 - now.ms();
            }
            missing -= half_hour;
            at += HOUR_MS / 2;
        }
        at - now.ms()
    }

    /// Items a week, if enough is known to say.
    pub(crate) fn per_week(&self) -> Option<f64> {
        let total = self.total();
        (total >= 2.0 && self.weeks >= 0.5).then(|| total / self.weeks)
    }

    fn total(&self) -> f64 {
        self.days.iter().sum()
    }

    /// What was counted of a day of the week, Monday being 0, and the prior.
    fn day(&self, day: usize) -> f64 {
        self.days[day] + PRIOR * DAYS[usize::from(day >= 5)]
    }

    fn hour(&self, hour: usize) -> f64 {
        let prior = HOURS[usize::from(!(7..19).contains(&hour))];
        self.hours.get(hour).copied().unwrap_or(0.0) + PRIOR * prior
    }

    fn fade(&mut self, now: Moment) {
        let Some(at) = self.at.replace(now) else { return };
        let passed = ((now.ms() - at.ms()) as f64 / WEEK_MS).max(0.0);
        let left = (-passed / MEMORY_WEEKS).exp();
        self.weeks = self.weeks * left + MEMORY_WEEKS * (1.0 - left);
        self.days.iter_mut().chain(&mut self.hours).for_each(|count| *count *= left);
    }

    fn count(&mut self, at: Moment, weight: f64) {
        self.hours.resize(24, 0.0);
        self.days[usize::from(at.date().weekday())] += weight;
        self.hours[usize::from(at.clock().0)] += weight;
    }
}

#[cfg(test)]
mod tests;
