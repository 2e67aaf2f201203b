//! The time of day after a day, and the zone it is told in.

use std::sync::LazyLock;

use jiff::civil::{self, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::Parsed;
use super::grammar::{Parser, is_word, not_zero, small};
use super::names;
use super::token::Token;

/// Looked up once: the look-up takes a lock.
static BERLIN: LazyLock<Option<TimeZone>> = LazyLock::new(|| TimeZone::get("Europe/Berlin").ok());

/// Furthest a zone is from Greenwich, in minutes: islands in the Pacific are 14 hours ahead.
const FURTHEST: u32 = 14 * 60;

/// A time of day, and the zone it is told in.
pub(super) struct Clock {
    pub(super) time: Time,
    /// 24:00, the end of the day.
    pub(super) midnight: bool,
    /// Minutes east of Greenwich; Berlin's wall clock where nothing is said.
    pub(super) offset: Option<i32>,
}

impl Parser<'_> {
    /// "14:30", "9:05:00.123", "14.30 Uhr", "14 Uhr", "143000", and the zone after it.
    pub(super) fn clock(&mut self) -> Option<Clock> {
        // Six digits in prose count something; after "T" they are a time.
        let compact = !self.prose || self.touches(0);
        let (mut hour, minute, second, rest) = match self.rest {
            [
                Token::Number(h, 1..=2),
                Token::Mark(':'),
                Token::Number(m, 1..=2),
                Token::Mark(':'),
                Token::Number(s, 1..=2),
                rest @ ..,
            ] => {
                let rest = match rest {
                    [Token::Mark('.' | ','), Token::Number(..) | Token::Mark('#'), rest @ ..] if !self.prose => rest,
                    _ => rest,
                };
                (*h, *m, Some(*s), rest)
            }
            [Token::Number(h, 1..=2), Token::Mark(':'), Token::Number(m, 2), rest @ ..] => (*h, *m, None, rest),
            [Token::Number(h, 1..=2), Token::Mark('.'), Token::Number(m, 2), rest @ ..] if is_word(rest, "uhr") => {
                (*h, *m, None, rest)
            }
            [Token::Number(h, 1..=2), rest @ ..] if is_word(rest, "uhr") => (*h, 0, None, rest),
            [Token::Number(all, 6), rest @ ..] if compact => (all / 10_000, all / 100 % 100, Some(all % 100), rest),
            _ => return None,
        };
        self.rest = rest;
        hour = self.half_of_day(hour);
        let offset = self.offset(second.is_some())?;
        let second = second.unwrap_or(0);
        let midnight = hour == 24 && minute == 0 && second == 0;
        // A leap second is the last second of its minute.
        let time =
            Time::new(if midnight { 0 } else { small(hour)? }, small(minute)?, small(second)?.min(59), 0).ok()?;
        (second <= 60).then_some(Clock { time, midnight, offset })
    }

    /// The hour by "am", "pm" or "Uhr" after it.
    fn half_of_day(&mut self, hour: u32) -> u32 {
        let [Token::Word(word), rest @ ..] = self.rest else { return hour };
        let told = match word.as_str() {
            // In prose "12:30 am 3. Mai" is no time of the night.
            "am" if self.prose => return hour,
            "am" if hour == 12 => 0,
            "pm" if hour < 12 => hour + 12,
            "am" | "pm" | "uhr" | "h" => hour,
            _ => return hour,
        };
        self.rest = rest;
        told
    }

    /// Nothing, "Z", "MEZ", "+0100", "+01:00", "GMT+1", "Europe/Berlin"; `None` if it is said and makes no sense.
    fn offset(&mut self, exact: bool) -> Option<Option<i32>> {
        if let [Token::Word(area), Token::Mark('/'), Token::Word(town), rest @ ..] = self.rest
            && area == "europe"
        {
            self.rest = rest;
            return matches!(town.as_str(), "berlin" | "busingen" | "vienna" | "zurich").then_some(None);
        }
        let mut named = None;
        if let [Token::Word(word), rest @ ..] = self.rest {
            // "14 Uhr, z. B. West": short words are zones in a date element only.
            let meant = !self.prose
                || matches!(word.as_str(), "gmt" | "utc" | "mez" | "mesz" | "cet" | "cest")
                || word == "z" && self.touches(0);
            named = names::zone(word).filter(|_| meant);
            match named {
                Some(_) => self.rest = rest,
                // asctime puts the year here, prose anything: not ours to judge.
                None => return Some(None),
            }
        }
        let sign = match self.rest {
            [Token::Mark('+'), Token::Number(..), ..] => 1,
            [Token::Mark('-'), Token::Number(_, digits), rest @ ..] => {
                let glued = self.touches(1);
                let zone = match rest {
                    [Token::Mark(':'), Token::Number(_, 2), ..] => glued && (exact || self.machine),
                    [Token::Mark('.'), ..] => false,
                    [Token::Word(word), ..] if word == "uhr" => false,
                    _ => *digits == 4 || named == Some(0) && glued,
                };
                // "14:30 - 16:00" is a span, not a zone.
                if !zone {
                    return Some(named);
                }
                -1
            }
            // "14:30:00 0100" forgot its plus; a year would be larger.
            [Token::Number(all @ 0..=1400, 4), rest @ ..] if exact && !self.prose => {
                self.rest = rest;
                return minutes(all / 100, all % 100).map(Some);
            }
            _ => return Some(named),
        };
        // "GMT+1" counts from Greenwich; "CET +0100" says the same twice, and the number is the machine's.
        Some(Some(sign * self.distance()?))
    }

    /// The number after the sign of a zone, in minutes.
    fn distance(&mut self) -> Option<i32> {
        let (minutes, rest) = match &self.rest[1..] {
            [Token::Number(h, 1..=2), Token::Mark(':'), Token::Number(m, 2), rest @ ..] => (minutes(*h, *m)?, rest),
            [Token::Number(all, 3..=4), rest @ ..] => (minutes(all / 100, all % 100)?, rest),
            [Token::Number(h, 1..=2), rest @ ..] => (minutes(*h, 0)?, rest),
            _ => return None,
        };
        self.rest = rest;
        Some(minutes)
    }
}

/// Minutes from Greenwich; "+9999" is nowhere.
fn minutes(hours: u32, minutes: u32) -> Option<i32> {
    let all = hours * 60 + minutes;
    (all <= FURTHEST).then(|| i32::try_from(all).ok()).flatten()
}

/// A day and its time as a date.
pub(super) fn together(day: civil::Date, clock: Option<Clock>) -> Option<Parsed> {
    let Some(clock) = clock else {
        return not_zero(day).map(Parsed::Day);
    };
    let day = if clock.midnight { day.tomorrow().ok()? } else { day };
    let wall: DateTime = day.to_datetime(clock.time);
    let zone = match clock.offset {
        Some(minutes) => TimeZone::fixed(Offset::from_seconds(minutes * 60).ok()?),
        None => BERLIN.clone()?,
    };
    // jiff's rule for the hours that summer time repeats or skips: the first, and the later clock.
    let at = zone.to_ambiguous_timestamp(wall).compatible().ok()?;
    // An empty field again, whatever zone it went through.
    (at.as_second().unsigned_abs() > 86_400).then_some(Parsed::At(at))
}
