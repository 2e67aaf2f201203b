//! The forms of dates, read token by token, each step taking what it knows and leaving the rest.

use jiff::civil::{self, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::Parsed;
use super::names;
use super::token::Token;

/// Reads tokens from the front.
pub(super) struct Parser<'a> {
    rest: &'a [Token],
}

/// A time of day, and the zone it is told in.
struct Clock {
    time: Time,
    /// 24:00, the end of the day.
    midnight: bool,
    /// Minutes east of Greenwich; Berlin's wall clock where nothing is said.
    offset: Option<i32>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(rest: &'a [Token]) -> Self {
        Parser { rest }
    }

    /// A date and nothing else.
    pub(super) fn whole(mut self) -> Option<Parsed> {
        self.skip_lead();
        let parsed = self.date()?;
        while matches!(self.rest.first(), Some(Token::Mark('.' | ',' | ';' | ':' | '|' | '-'))) {
            self.rest = &self.rest[1..];
        }
        // "14:30 +0100 (CET)": the zone a second time.
        if matches!(self.rest, [Token::Word(word)] if names::zone(word).is_some() || names::is_weekday(word)) {
            self.rest = &[];
        }
        self.rest.is_empty().then_some(parsed)
    }

    /// A date at the very front, whatever follows.
    pub(super) fn first(mut self) -> Option<Parsed> {
        self.date()
    }

    /// What may stand before a date: one word ("Wen,", "Lübeck,"), labels ("Datum:", "vom"), stray marks.
    fn skip_lead(&mut self) {
        let mut words = 0;
        loop {
            match self.rest {
                [Token::Mark(',' | '.' | ':' | '-' | '|'), rest @ ..] => self.rest = rest,
                [Token::Word(word), rest @ ..] if matches!(word.as_str(), "vom" | "am" | "den" | "der" | "on") => {
                    self.rest = rest;
                }
                [Token::Word(word), rest @ ..] if words == 0 && names::month(word).is_none() => {
                    let labelled = matches!(rest.first(), Some(Token::Mark(',' | ':' | '.')));
                    if !labelled && !names::is_weekday(word) && !matches!(word.as_str(), "stand" | "datum") {
                        return;
                    }
                    words += 1;
                    self.rest = rest;
                }
                _ => return,
            }
        }
    }

    fn date(&mut self) -> Option<Parsed> {
        if let [Token::Word(word), ..] = self.rest
            && names::month(word).is_some()
        {
            return self.month_first();
        }
        let day = self.calendar_day()?;
        let before = self.rest;
        self.skip_joint();
        let clock = self.clock();
        if clock.is_none() {
            self.rest = before;
        }
        together(day, clock)
    }

    /// "2012-06-07", "20120607", "07.06.2012", "7. Juni 2012", "07-Jun-12", "25/12/2012".
    fn calendar_day(&mut self) -> Option<civil::Date> {
        let (day, rest) = match self.rest {
            [
                Token::Number(year, 4),
                Token::Mark(a @ ('-' | '/' | '.')),
                Token::Number(month, 1..=2),
                Token::Mark(b),
                Token::Number(day, 1..=2),
                rest @ ..,
            ] if a == b => (date(*year, *month, *day)?, rest),
            [
                Token::Number(year, 4),
                Token::Mark('-'),
                Token::Word(name),
                Token::Mark('-'),
                Token::Number(day, 1..=2),
                rest @ ..,
            ] => (date(*year, u32::from(names::month(name)?), *day)?, rest),
            [Token::Number(all, 8), rest @ ..] => (date(all / 10_000, all / 100 % 100, all % 100)?, rest),
            [
                Token::Number(day, 1..=2),
                Token::Mark('.'),
                Token::Number(month, 1..=2),
                Token::Mark('.'),
                Token::Number(y, digits),
                rest @ ..,
            ] => (date(year(*y, *digits)?, *month, *day)?, rest),
            [
                Token::Number(a, 1..=2),
                Token::Mark(m @ ('/' | '-')),
                Token::Number(b, 1..=2),
                Token::Mark(n),
                Token::Number(year, 4),
                rest @ ..,
            ] if m == n => (unambiguous(*a, *b, *year)?, rest),
            [Token::Number(day, 1..=2), rest @ ..] => self.named_month(*day, rest)?,
            _ => return None,
        };
        self.rest = rest;
        Some(day)
    }

    fn named_month(&self, day: u32, mut rest: &'a [Token]) -> Option<(civil::Date, &'a [Token])> {
        while let [first, more @ ..] = rest {
            match first {
                Token::Mark('.' | '-' | ',' | '/') => rest = more,
                Token::Word(word) if matches!(word.as_str(), "st" | "nd" | "rd" | "th" | "of") => rest = more,
                _ => break,
            }
        }
        let [Token::Word(word), more @ ..] = rest else { return None };
        let month = names::month(word)?;
        rest = more;
        while let [Token::Mark('.' | '-' | ',' | '/' | '\''), more @ ..] = rest {
            rest = more;
        }
        match rest {
            // "07 Mar 18:00:00" has no year; 18 is an hour.
            [Token::Number(_, 2), Token::Mark(':'), ..] => None,
            [Token::Number(y, digits @ (2 | 4)), more @ ..] => {
                Some((date(year(*y, *digits)?, u32::from(month), day)?, more))
            }
            _ => None,
        }
    }

    /// "January 5, 2012 10:00" and asctime's "Oct 11 14:57:21 CEST 2021".
    fn month_first(&mut self) -> Option<Parsed> {
        let [Token::Word(word), rest @ ..] = self.rest else { return None };
        let month = u32::from(names::month(word)?);
        self.rest = rest;
        self.skip_mark('.');
        let [Token::Number(day, 1..=2), rest @ ..] = self.rest else { return None };
        self.rest = rest;
        if matches!(self.rest, [Token::Word(word), ..] if matches!(word.as_str(), "st" | "nd" | "rd" | "th")) {
            self.rest = &self.rest[1..];
        }
        self.skip_mark(',');
        let mut clock = None;
        if matches!(self.rest, [Token::Number(..), Token::Mark(':'), ..]) {
            clock = Some(self.clock()?);
        }
        let [Token::Number(year, 4), rest @ ..] = self.rest else { return None };
        self.rest = rest;
        let day = date(*year, month, *day)?;
        if clock.is_none() {
            let before = self.rest;
            self.skip_joint();
            clock = self.clock();
            if clock.is_none() {
                self.rest = before;
            }
        }
        together(day, clock)
    }

    /// What stands between day and time.
    fn skip_joint(&mut self) {
        loop {
            match self.rest {
                [Token::Mark(',' | '-' | '|' | ';' | '/' | '.' | ':' | '·' | '@'), rest @ ..] => self.rest = rest,
                [Token::Word(word), rest @ ..] if matches!(word.as_str(), "t" | "um" | "at" | "ab") => self.rest = rest,
                _ => return,
            }
        }
    }

    fn skip_mark(&mut self, mark: char) {
        if self.rest.first() == Some(&Token::Mark(mark)) {
            self.rest = &self.rest[1..];
        }
    }

    /// "14:30", "9:05:00.123", "14.30 Uhr", "14 Uhr", "143000", and the zone after it.
    fn clock(&mut self) -> Option<Clock> {
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
                    [Token::Mark('.' | ','), Token::Number(..) | Token::Mark('#'), rest @ ..] => rest,
                    _ => rest,
                };
                (*h, *m, *s, rest)
            }
            [Token::Number(h, 1..=2), Token::Mark(':'), Token::Number(m, 2), rest @ ..] => (*h, *m, 0, rest),
            [Token::Number(h, 1..=2), Token::Mark('.'), Token::Number(m, 2), rest @ ..] if is_word(rest, "uhr") => {
                (*h, *m, 0, rest)
            }
            [Token::Number(h, 1..=2), rest @ ..] if is_word(rest, "uhr") => (*h, 0, 0, rest),
            [Token::Number(all, 6), rest @ ..] => (all / 10_000, all / 100 % 100, all % 100, rest),
            _ => return None,
        };
        self.rest = rest;
        if let [Token::Word(word), rest @ ..] = self.rest {
            match word.as_str() {
                "am" if hour == 12 => hour = 0,
                "pm" if hour < 12 => hour += 12,
                _ => {}
            }
            if matches!(word.as_str(), "am" | "pm" | "uhr" | "h") {
                self.rest = rest;
            }
        }
        let offset = self.offset()?;
        let midnight = hour == 24 && minute == 0 && second == 0;
        // A leap second is the last second of its minute.
        let time =
            Time::new(if midnight { 0 } else { small(hour)? }, small(minute)?, small(second)?.min(59), 0).ok()?;
        (second <= 60).then_some(Clock { time, midnight, offset })
    }

    /// Nothing, "Z", "MEZ", "+0100", "+01:00", "GMT+1", "Europe/Berlin"; `None` if it is said and makes no sense.
    fn offset(&mut self) -> Option<Option<i32>> {
        let mut named = None;
        if let [Token::Word(area), Token::Mark('/'), Token::Word(_), ..] = self.rest
            && area == "europe"
        {
            let [_, _, Token::Word(town), rest @ ..] = self.rest else { return None };
            self.rest = rest;
            return matches!(town.as_str(), "berlin" | "busingen" | "vienna" | "zurich").then_some(None);
        }
        if let [Token::Word(word), rest @ ..] = self.rest {
            named = names::zone(word);
            match named {
                Some(_) => self.rest = rest,
                // asctime puts the year here, prose anything: not ours to judge.
                None => return Some(None),
            }
        }
        let sign = match self.rest {
            [Token::Mark('+'), Token::Number(..), ..] => 1,
            [Token::Mark('-'), Token::Number(_, digits), rest @ ..] => match rest {
                // "14:30 - 16:00" is a span, not a zone.
                [Token::Mark(':'), Token::Number(m, 2), ..] if !matches!(m, 0 | 30 | 45) || *digits != 2 => {
                    return Some(named);
                }
                [Token::Mark('.'), ..] | [Token::Word(_), ..] => return Some(named),
                _ if *digits != 4 && !matches!(rest.first(), Some(Token::Mark(':'))) => return Some(named),
                _ => -1,
            },
            // "14:30:00 0100" forgot its plus; a year would be larger.
            [Token::Number(all @ 0..=1400, 4), rest @ ..] => {
                self.rest = rest;
                return Some(Some(i32::try_from(all / 100 * 60 + all % 100).unwrap_or(0)));
            }
            _ => return Some(named),
        };
        let (minutes, rest) = match &self.rest[1..] {
            [Token::Number(h, 1..=2), Token::Mark(':'), Token::Number(m, 2), rest @ ..] => (h * 60 + m, rest),
            [Token::Number(all, 3..=4), rest @ ..] => (all / 100 * 60 + all % 100, rest),
            [Token::Number(h, 1..=2), rest @ ..] => (h * 60, rest),
            _ => return None,
        };
        self.rest = rest;
        // Islands in the Pacific are 14 hours ahead; "+9999" is nowhere.
        (minutes <= 14 * 60).then(|| Some(sign * i32::try_from(minutes).unwrap_or(0) + named.unwrap_or(0)))
    }
}

fn is_word(rest: &[Token], wanted: &str) -> bool {
    matches!(rest, [Token::Word(word), ..] if word == wanted)
}

fn together(day: civil::Date, clock: Option<Clock>) -> Option<Parsed> {
    let Some(clock) = clock else {
        return not_zero(day).map(Parsed::Day);
    };
    let day = if clock.midnight { day.tomorrow().ok()? } else { day };
    let wall: DateTime = day.to_datetime(clock.time);
    let zone = match clock.offset {
        Some(minutes) => TimeZone::fixed(Offset::from_seconds(minutes * 60).ok()?),
        None => TimeZone::get("Europe/Berlin").ok()?,
    };
    // jiff's rule for the hours that summer time repeats or skips: the first, and the later clock.
    let at = zone.to_ambiguous_timestamp(wall).compatible().ok()?;
    // The Unix epoch is a content system's empty field, not news of 1970.
    (at.as_second().unsigned_abs() > 86_400).then_some(Parsed::At(at))
}

fn not_zero(day: civil::Date) -> Option<civil::Date> {
    (day != civil::date(1970, 1, 1)).then_some(day)
}

fn date(year: u32, month: u32, day: u32) -> Option<civil::Date> {
    if !(1900..=2199).contains(&year) {
        return None;
    }
    civil::Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()
}

/// 25/12/2012 and 12/25/2012 can mean one day only; 03/04/2012 cannot be told, and is not guessed.
fn unambiguous(a: u32, b: u32, year: u32) -> Option<civil::Date> {
    match (a > 12, b > 12) {
        (true, false) => date(year, b, a),
        (false, true) => date(year, a, b),
        _ if a == b => date(year, a, b),
        _ => None,
    }
}

/// Two digits are of the years 1970 to 2069.
fn year(value: u32, digits: u8) -> Option<u32> {
    match digits {
        4 => Some(value),
        2 if value < 70 => Some(2000 + value),
        2 => Some(1900 + value),
        _ => None,
    }
}

fn small(value: u32) -> Option<i8> {
    i8::try_from(value).ok()
}
