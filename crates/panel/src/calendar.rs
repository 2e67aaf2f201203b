//! Months as a calendar shows them: whole weeks from Monday to Sunday, with the numbers of the weeks (ISO 8601).

use std::fmt;

use model::Date;
use serde::{Serialize, Serializer};

/// A month of a year, written as `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(Date);

impl Month {
    /// The month of this day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Month(day.plus_days(1 - i64::from(day.day())))
    }

    /// Reads `2026-11`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Date::parse(&format!("{}-01", text.get(..7).filter(|head| head.len() == text.len())?)).map(Month)
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.0
    }

    /// The month before. The first of all has none before it and gives itself.
    #[must_use]
    pub fn before(self) -> Self {
        Month::of(self.0.plus_days(-1))
    }

    /// The month after. The last of all gives itself.
    #[must_use]
    pub fn after(self) -> Self {
        Month::of(self.0.plus_days(31))
    }

    /// Whether the day is in it.
    #[must_use]
    pub fn has(self, day: Date) -> bool {
        Month::of(day) == self
    }

    /// First and last day of the weeks that it touches.
    #[must_use]
    pub fn shown(self) -> (Date, Date) {
        let last = self.after().0.plus_days(-1);
        let monday = |day: Date| day.plus_days(-i64::from(day.weekday()));
        (monday(self.0), monday(last).plus_days(6))
    }

    /// The Mondays of the weeks that it touches.
    pub fn weeks(self) -> impl Iterator<Item = Date> {
        let (first, last) = self.shown();
        (0..6).map(move |week| first.plus_days(7 * week)).filter(move |monday| *monday <= last)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// The number of the week that begins on this Monday: that of the year in which its Thursday lies.
#[must_use]
pub fn week(monday: Date) -> u8 {
    let thursday = monday.plus_days(3);
    let first = Date::new(thursday.year(), 1, 1).unwrap_or(thursday);
    ((thursday.days() - first.days()) / 7 + 1) as u8
}

#[cfg(test)]
mod tests;
