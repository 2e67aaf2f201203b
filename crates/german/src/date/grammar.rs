//! The forms of days, read token by token, each step taking what it knows and leaving the rest.

use jiff::civil;

use super::Parsed;
use super::clock::together;
use super::names;
use super::token::{Token, Tokens};

/// Reads tokens from the front.
pub(super) struct Parser<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) rest: &'a [Token],
    /// Anything may follow, so that less is taken for part of the date.
    pub(super) prose: bool,
    /// The year was written with two digits.
    pub(super) short_year: bool,
    /// The day was written as in RFC 3339, so that a zone is likely.
    pub(super) machine: bool,
}

impl<'a> Parser<'a> {
    /// At a piece of a text that is a date.
    pub(super) fn new(tokens: &'a Tokens, at: usize) -> Self {
        let rest = tokens.list.get(at..).unwrap_or_default();
        Parser { tokens, rest, prose: false, short_year: false, machine: false }
    }

    /// At a piece of a text that holds a date.
    pub(super) fn in_prose(tokens: &'a Tokens, at: usize) -> Self {
        Parser { prose: true, ..Parser::new(tokens, at) }
    }

    /// The number of the next piece.
    pub(super) fn position(&self) -> usize {
        self.tokens.list.len() - self.rest.len()
    }

    /// Whether the piece so many steps ahead touches the one before it.
    pub(super) fn touches(&self, ahead: usize) -> bool {
        self.tokens.touches(self.position() + ahead)
    }

    /// A date and nothing else.
    pub(super) fn whole(mut self) -> Option<Parsed> {
        self.skip_lead();
        let parsed = self.date()?;
        if matches!((parsed, self.rest), (Parsed::Day(_), [Token::Mark('+' | '-'), Token::Number(_, 4)])) {
            // "Thu, 15 Feb 2007 -0500": a zone, and no time in it.
            self.rest = &[];
        }
        while matches!(self.rest.first(), Some(Token::Mark('.' | ',' | ';' | ':' | '|' | '-' | '"'))) {
            self.rest = &self.rest[1..];
        }
        // "14:30 +0100 (CET)": the zone a second time.
        if matches!(self.rest, [Token::Word(word)] if names::zone(word).is_some() || names::is_weekday(word)) {
            self.rest = &[];
        }
        self.rest.is_empty().then_some(parsed)
    }

    /// What may stand before a date: one word ("Wen,", "Lübeck,"), labels ("Datum:", "vom"), stray marks.
    fn skip_lead(&mut self) {
        let mut words = 0;
        loop {
            match self.rest {
                [Token::Mark(',' | '.' | ':' | '-' | '|' | '>' | '"'), rest @ ..] => self.rest = rest,
                [Token::Word(word), rest @ ..] if matches!(word.as_str(), "vom" | "am" | "den" | "der" | "on") => {
                    self.rest = rest;
                }
                // "Mar, 04 Mar 2011": a month in the weekday's place.
                [Token::Word(_), Token::Mark(','), Token::Number(..), Token::Word(_), ..] if words == 0 => {
                    words += 1;
                    self.rest = &self.rest[2..];
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

    /// A date at the very front, whatever follows.
    pub(super) fn date(&mut self) -> Option<Parsed> {
        if let [Token::Word(word), ..] = self.rest
            && names::month(word).is_some()
        {
            return self.month_first();
        }
        if self.prose
            && let Some(first) = self.span()
        {
            return not_zero(first).map(Parsed::Day);
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

    /// The first day of "12. bis 14. Mai 2025", "28.02. - 02.03.2025", "30. Dezember bis 2. Januar 2026": the month
    /// and the year stand at the last.
    fn span(&mut self) -> Option<civil::Date> {
        let before = self.rest;
        let first = self.span_start().and_then(|(day, month)| {
            let last = self.calendar_day()?;
            let month = month.unwrap_or_else(|| last.month().unsigned_abs().into());
            let year = u32::from(last.year().unsigned_abs());
            date(year, month, day).filter(|first| *first <= last).or_else(|| date(year - 1, month, day))
        });
        if first.is_none() {
            self.rest = before;
        }
        first
    }

    /// The day before the joint of a span, and its month if it has one.
    fn span_start(&mut self) -> Option<(u32, Option<u32>)> {
        let [Token::Number(day, 1..=2), Token::Mark('.'), rest @ ..] = self.rest else { return None };
        let (month, rest) = match rest {
            [Token::Number(month @ 1..=12, _), Token::Mark('.'), rest @ ..] => (Some(*month), rest),
            [Token::Word(word), Token::Mark('.'), rest @ ..] | [Token::Word(word), rest @ ..] => {
                match names::month(word) {
                    Some(month) => (Some(u32::from(month)), rest),
                    None => (None, &self.rest[2..]),
                }
            }
            _ => (None, rest),
        };
        let mut rest = match rest {
            [Token::Mark('-' | '/'), rest @ ..] => rest,
            [Token::Word(word), rest @ ..] if matches!(word.as_str(), "bis" | "und") => rest,
            _ => return None,
        };
        if let [Token::Word(word), more @ ..] = rest
            && names::is_weekday(word)
        {
            rest = more;
            while let [Token::Mark('.' | ','), more @ ..] = rest {
                rest = more;
            }
        }
        self.rest = rest;
        Some((*day, month))
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
            ] if a == b => {
                self.machine = *a == '-';
                (date(*year, *month, *day)?, rest)
            }
            [
                Token::Number(year, 4),
                Token::Mark('-'),
                Token::Word(name),
                Token::Mark('-'),
                Token::Number(day, 1..=2),
                rest @ ..,
            ] => (date(*year, u32::from(names::month(name)?), *day)?, rest),
            [Token::Number(all, 8), rest @ ..] if !self.prose => {
                (date(all / 10_000, all / 100 % 100, all % 100)?, rest)
            }
            [
                Token::Number(day, 1..=2),
                Token::Mark('.'),
                Token::Number(month, 1..=2),
                Token::Mark('.'),
                Token::Number(y, digits),
                rest @ ..,
            ] => {
                self.short_year = *digits == 2;
                (date(year(*y, *digits)?, *month, *day)?, rest)
            }
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
                // "Raum 12, Mai 2024": a comma parts, but for a date element that is nothing else.
                Token::Mark(',') if self.prose => return None,
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
            // "3. Mai 20 Uhr", "3. Mai 14.30 Uhr", "3. Mai 24 Gäste".
            [Token::Number(_, 2), more @ ..] if self.prose || is_word(more, "uhr") => None,
            [Token::Number(_, 2), Token::Mark('.'), Token::Number(_, 2), more @ ..] if is_word(more, "uhr") => None,
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
}

pub(super) fn is_word(rest: &[Token], wanted: &str) -> bool {
    matches!(rest, [Token::Word(word), ..] if word == wanted)
}

/// A day of the years that news have.
pub(super) fn date(year: u32, month: u32, day: u32) -> Option<civil::Date> {
    if !(1900..=2199).contains(&year) {
        return None;
    }
    civil::Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()
}

/// The Unix epoch is a content system's empty field, not news of 1970.
pub(super) fn not_zero(day: civil::Date) -> Option<civil::Date> {
    (day != civil::date(1970, 1, 1)).then_some(day)
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

pub(super) fn small(value: u32) -> Option<i8> {
    i8::try_from(value).ok()
}
