//! Points in time and days, as German readers mean them: Europe/Berlin.
//!
//! A time zone database costs 168 KB in wasm, and the widget only ever shows Berlin time,
//! so the one rule needed stands here: since 1996 summer time runs from the last Sunday in
//! March to the last Sunday in October, 01:00 UTC (Directive 2000/84/EC); from 1981 to 1995
//! it ended in September. A test holds this against jiff's database for every day of 1981-2037.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const DAY_MS: i64 = 86_400_000;
const HOUR_MS: i64 = 3_600_000;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z. Written as RFC 3339 with Berlin's offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// A calendar day (proleptic Gregorian). Written as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

/// When something happens: on a day, or at a point in time. All-day events carry days (RFC 5545, `VALUE=DATE`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// A whole day in Berlin.
    Day(Date),
    /// A point in time.
    At(Moment),
}

impl Moment {
    /// From milliseconds since the Unix epoch.
    #[must_use]
    pub const fn from_ms(ms: i64) -> Self {
        Moment(ms)
    }

    /// Milliseconds since the Unix epoch.
    #[must_use]
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339 (`T`, `t` or a space between date and time; fractions are cut to milliseconds).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let date = Date::parse(text.get(..10)?)?;
        let rest = text.get(10..)?.strip_prefix(['T', 't', ' '])?;
        let (hour, minute) = (number(rest.get(0..2)?)?, number(rest.get(3..5)?)?);
        let second = number(rest.get(6..8)?)?;
        if rest.as_bytes()[2] != b':' || rest.as_bytes()[5] != b':' || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let mut tail = rest.get(8..)?;
        let mut millis = 0;
        if let Some(fraction) = tail.strip_prefix('.') {
            let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 {
                return None;
            }
            millis = number(fraction.get(..digits.min(3))?)? * 10_i64.pow(3 - digits.min(3) as u32);
            tail = fraction.get(digits..)?;
        }
        let offset_minutes = match tail {
            "Z" | "z" => 0,
            _ if tail.len() == 6 && tail.as_bytes()[3] == b':' => {
                let sign = match tail.as_bytes()[0] {
                    b'+' => 1,
                    b'-' => -1,
                    _ => return None,
                };
                sign * (number(tail.get(1..3)?)? * 60 + number(tail.get(4..6)?)?)
            }
            _ => return None,
        };
        let seconds = hour * 3600 + minute * 60 + second - offset_minutes * 60;
        Some(Moment(date.days() * DAY_MS + seconds * 1000 + millis))
    }

    /// Berlin's wall clock read as a point in time. In the hour that October repeats, the first of the two.
    #[must_use]
    pub fn from_berlin(date: Date, hour: u8, minute: u8) -> Self {
        let wall = date.days() * DAY_MS + i64::from(hour) * HOUR_MS + i64::from(minute) * 60_000;
        let summer = Moment(wall - 2 * HOUR_MS);
        if summer.offset_hours() == 2 { summer } else { Moment(wall - HOUR_MS) }
    }

    /// The day in Berlin.
    #[must_use]
    pub fn date(self) -> Date {
        Date::from_days((self.0 + self.offset_hours() * HOUR_MS).div_euclid(DAY_MS))
    }

    /// Hour and minute in Berlin.
    #[must_use]
    pub fn clock(self) -> (u8, u8) {
        let of_day = (self.0 + self.offset_hours() * HOUR_MS).rem_euclid(DAY_MS);
        ((of_day / HOUR_MS) as u8, (of_day % HOUR_MS / 60_000) as u8)
    }

    /// Berlin's offset from UTC at this moment, in hours: 1 or 2.
    #[must_use]
    pub fn offset_hours(self) -> i64 {
        let year = Date::from_days(self.0.div_euclid(DAY_MS)).year;
        if year < 1981 {
            return 1;
        }
        let last_month = if year < 1996 { 9 } else { 10 };
        let last_day = if year < 1996 { 30 } else { 31 };
        let from = Date { year, month: 3, day: 31 }.sunday_on_or_before() * DAY_MS + HOUR_MS;
        let to = Date { year, month: last_month, day: last_day }.sunday_on_or_before() * DAY_MS + HOUR_MS;
        if (from..to).contains(&self.0) { 2 } else { 1 }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, offset) = (self.date(), self.offset_hours());
        let (hour, minute) = self.clock();
        let second = self.0.rem_euclid(60_000) / 1000;
        write!(f, "{date}T{hour:02}:{minute:02}:{second:02}+{offset:02}:00")
    }
}

impl Date {
    /// The day, if the calendar has it.
    #[must_use]
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let date = Date { year, month, day };
        ((1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=date.days_in_month()).contains(&day))
            .then_some(date)
    }

    /// Reads `YYYY-MM-DD`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let part = |range| text.get(range).and_then(number);
        Date::new(part(0..4)? as i16, part(5..7)? as u8, part(8..10)? as u8)
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
    #[must_use]
    pub fn days(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day that many days after 1970-01-01; years outside 1 to 9999 are clamped.
    #[must_use]
    pub fn from_days(days: i64) -> Self {
        let days = days.clamp(-719_162, 2_932_896) + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let year = year + era * 400 + i64::from(month <= 2);
        Date { year: year as i16, month: month as u8, day: day as u8 }
    }

    /// The day so many days later, or earlier.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Date::from_days(self.days() + days)
    }

    /// Monday 0 to Sunday 6 (ISO 8601 counts them 1 to 7).
    #[must_use]
    pub fn weekday(self) -> u8 {
        (self.days() + 3).rem_euclid(7) as u8
    }

    /// Midnight in Berlin at which the day begins.
    #[must_use]
    pub fn start(self) -> Moment {
        Moment::from_berlin(self, 0, 0)
    }

    fn days_in_month(self) -> u8 {
        match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0) => 29,
            2 => 28,
            _ => 31,
        }
    }

    fn sunday_on_or_before(self) -> i64 {
        self.days() - i64::from((self.weekday() + 1) % 7)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl When {
    /// Reads a date or an RFC 3339 date-time.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Date::parse(text).map(When::Day).or_else(|| Moment::parse(text).map(When::At))
    }

    /// The first moment of it.
    #[must_use]
    pub fn start(self) -> Moment {
        match self {
            When::Day(date) => date.start(),
            When::At(moment) => moment,
        }
    }

    /// The first moment after it: for a day the next midnight, for a point itself.
    #[must_use]
    pub fn end(self) -> Moment {
        match self {
            When::Day(date) => date.plus_days(1).start(),
            When::At(moment) => moment,
        }
    }

    /// The day in Berlin.
    #[must_use]
    pub fn date(self) -> Date {
        match self {
            When::Day(date) => date,
            When::At(moment) => moment.date(),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Day(date) => date.fmt(f),
            When::At(moment) => moment.fmt(f),
        }
    }
}

fn number(digits: &str) -> Option<i64> {
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

macro_rules! as_text {
    ($($type:ident: $expected:literal),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                $type::parse(&text).ok_or_else(|| serde::de::Error::custom(concat!("expected ", $expected)))
            }
        }
    )*};
}

as_text!(Moment: "an RFC 3339 date-time", Date: "a date YYYY-MM-DD", When: "a date or an RFC 3339 date-time");

#[cfg(test)]
mod tests;
