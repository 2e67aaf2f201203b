//! Dates and hours in running German text: "25.und 26. Juni", "2.-3.5.", "vom 22 - 24. März", "7. & 8. Mai 2026",
//! "Freitag, 30. September bis Sonntag, 2. Oktober 2022", "17-18:15 Uhr", "von 10 bis 15 Uhr".
//!
//! Promises: linear; what is no date by its form ("1.2.3", "Version 2.1.", "14.30 Uhr") is none. A year that is not
//! written stays open: [`resolve`] takes it from what else is known.

use model::Date;

use super::token::{Kind, Prose, Token};

/// A day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) day: u8,
    pub(super) month: u8,
    pub(super) year: Option<i16>,
}

/// A date in the text: tokens `from..to`. Days that a list names side by side share them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) start: Day,
    pub(super) end: Option<Day>,
    /// Monday 0, of the first day.
    pub(super) weekday: Option<u8>,
}

/// Hours in the text, in minutes after midnight: tokens `from..to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) start: u16,
    pub(super) end: Option<u16>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    /// All days from one to the other.
    Range,
    /// Both days.
    Both,
}

const MONTHS: [(&str, u8); 26] = [
    ("januar", 1),
    ("jaenner", 1),
    ("jan", 1),
    ("februar", 2),
    ("feb", 2),
    ("maerz", 3),
    ("mrz", 3),
    ("maer", 3),
    ("april", 4),
    ("apr", 4),
    ("mai", 5),
    ("juni", 6),
    ("jun", 6),
    ("juli", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("oktober", 10),
    ("okt", 10),
    ("november", 11),
    ("nov", 11),
    ("dezember", 12),
    ("dez", 12),
];

const WEEKDAYS: [(&str, u8); 8] = [
    ("montag", 0),
    ("dienstag", 1),
    ("mittwoch", 2),
    ("donnerstag", 3),
    ("freitag", 4),
    ("samstag", 5),
    ("sonnabend", 5),
    ("sonntag", 6),
];

/// Before a number with dots they say that it is no date.
const NUMBERED: [&str; 12] = [
    "version",
    "kapitel",
    "abschnitt",
    "nr",
    "nummer",
    "ziffer",
    "art",
    "artikel",
    "absatz",
    "seite",
    "teil",
    "release",
];

/// The month of a folded name.
pub(super) fn month(word: &str) -> Option<u8> {
    MONTHS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number)
}

/// Monday 0, of a folded name: "samstag", "samstagvormittag", "samstag-vormittag", "mo" before a mark.
pub(super) fn weekday(word: &str) -> Option<u8> {
    WEEKDAYS.iter().find_map(|(name, day)| {
        let rest = word.strip_prefix(name)?.trim_start_matches('-');
        let whole = matches!(rest, "" | "vormittag" | "nachmittag" | "abend" | "morgen" | "mittag");
        whole.then_some(*day)
    })
}

/// A weekday, whole or in two letters.
pub(super) fn is_weekday(word: &str) -> bool {
    weekday(word).or_else(|| short_weekday(word)).is_some()
}

fn short_weekday(word: &str) -> Option<u8> {
    ["mo", "di", "mi", "do", "fr", "sa", "so"].iter().position(|name| *name == word).map(|at| at as u8)
}

/// Reads dates in tokens `..end`.
struct Reader<'a> {
    prose: &'a Prose<'a>,
    end: usize,
}

impl<'a> Reader<'a> {
    fn at(&self, at: usize) -> Option<&'a Token> {
        self.prose.tokens.get(at).filter(|_| at < self.end)
    }

    fn mark(&self, at: usize, mark: char) -> bool {
        self.at(at).is_some_and(|token| token.is(mark))
    }

    fn word(&self, at: usize) -> Option<&'a str> {
        self.at(at).and_then(Token::word)
    }

    /// A weekday with what may stand behind it: "Samstag, den", "Mi.,", "Samstag-Vormittag (".
    fn weekday(&self, mut at: usize) -> Option<(u8, usize)> {
        let word = self.word(at)?;
        let day = weekday(word).or_else(|| {
            let marked = self.mark(at + 1, '.') || self.mark(at + 1, ',') || self.at(at + 1)?.number().is_some();
            short_weekday(word).filter(|_| marked && self.at(at).is_some_and(|token| token.capital))
        })?;
        at += 1;
        for mark in ['.', ',', '('] {
            at += usize::from(self.mark(at, mark));
        }
        at += usize::from(matches!(self.word(at), Some("den" | "dem" | "der")));
        Some((day, at))
    }

    /// "Dienstag und Mittwoch, dem 5. und 6. Mai": the first weekday is that of the first day.
    fn further_weekday(&self, at: usize) -> usize {
        let second = || self.weekday(self.link(at)?.1).map(|(_, after)| after);
        second().unwrap_or(at)
    }

    fn small(&self, at: usize, most: u32) -> Option<u8> {
        let token = self.at(at).filter(|token| token.digits() <= 2)?;
        token.number().filter(|value| (1..=most).contains(value)).map(|value| value as u8)
    }

    fn year(&self, at: usize) -> Option<i16> {
        let token = self.at(at).filter(|token| token.digits() == 4)?;
        token.number().filter(|value| (1900..=2099).contains(value)).map(|value| value as i16)
    }

    /// A day with its month, and its year if there is one.
    fn full(&self, at: usize) -> Option<(Day, usize)> {
        if let Some(found) = self.iso(at) {
            return Some(found);
        }
        let day = self.small(at, 31)?;
        let dot = self.mark(at + 1, '.');
        let next = at + 1 + usize::from(dot);
        if let Some(month) = self.word(next).and_then(month) {
            let name_end = next + 1 + usize::from(self.mark(next + 1, '.') && self.short_month(next));
            let year = self.year(name_end);
            return Some((Day { day, month, year }, name_end + usize::from(year.is_some())));
        }
        let month = self.small(next, 12).filter(|_| dot && self.mark(next + 1, '.'))?;
        let after = next + 2;
        if let Some(year) = self.year(after) {
            return Some((Day { day, month, year: Some(year) }, after + 1));
        }
        if !self.prose.joined(next) {
            return None;
        }
        match self.at(after).filter(|token| token.number().is_some() && self.prose.joined(after)) {
            None => Some((Day { day, month, year: None }, after)),
            // "26.01.23"; "1.2.345" and "1.2.3" are no dates.
            Some(token) if token.digits() == 2 => {
                let year = 2000 + token.number()? as i16;
                Some((Day { day, month, year: Some(year) }, after + 1))
            }
            Some(_) => None,
        }
    }

    /// The dot of "Okt. 2024" belongs to the month, that of "im Mai." ends the sentence.
    fn short_month(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.len() <= 4 && !matches!(word, "mai" | "juni" | "juli"))
    }

    fn iso(&self, at: usize) -> Option<(Day, usize)> {
        let year = self.year(at)?;
        let dashes = self.mark(at + 1, '-') && self.mark(at + 3, '-') && self.prose.joined(at + 1);
        let (month, day) = (self.small(at + 2, 12)?, self.small(at + 4, 31)?);
        (dashes && self.at(at + 2)?.digits() == 2).then_some((Day { day, month, year: Some(year) }, at + 5))
    }

    fn link(&self, at: usize) -> Option<(Link, usize)> {
        let token = self.at(at)?;
        if token.dash() || token.is('/') {
            return Some((Link::Range, at + 1));
        }
        if token.is(',') && self.word(at + 1) == Some("bis") {
            return self.link(at + 1);
        }
        if token.is('&') || token.is('+') || token.is(',') {
            return Some((Link::Both, at + 1));
        }
        match token.word()? {
            "bis" => {
                let more = usize::from(matches!(self.word(at + 1), Some("zum" | "einschliesslich" | "inklusive")));
                Some((Link::Range, at + 1 + more))
            }
            "und" | "u" | "sowie" => {
                let more = usize::from(matches!(self.word(at + 1), Some("am" | "der" | "den")));
                Some((Link::Both, at + 1 + more + usize::from(self.mark(at + 1, '.'))))
            }
            _ => None,
        }
    }

    /// The date that begins here, with all days that belong to it.
    fn mention(&self, from: usize) -> Option<(Vec<Mention>, usize)> {
        let (weekday, at) = self.weekday(from).map_or((None, from), |(day, at)| (Some(day), self.further_weekday(at)));
        if let Some((first, to)) = self.full(at) {
            return Some(self.beginning_with(from, weekday, first, to));
        }
        let mut days = vec![self.small(at, 31)?];
        let mut next = at + 1 + usize::from(self.mark(at + 1, '.'));
        let dotted = self.mark(at + 1, '.');
        let mut ranged = false;
        // "5., 12. und 19. Mai": no text needs more than a dozen.
        for _ in 0..12 {
            let (link, after) = self.link(next)?;
            if !dotted && link != Link::Range {
                return None;
            }
            ranged |= link == Link::Range;
            let after = self.weekday(after).map_or(after, |(_, after)| after);
            if let Some((last, to)) = self.full(after) {
                let to = to + self.weekday_behind(to).map_or(0, |_| 3);
                return Some((several(from, to, weekday, &days, last, ranged), to));
            }
            days.push(self.small(after, 31).filter(|_| self.mark(after + 1, '.'))?);
            next = after + 2;
        }
        None
    }

    fn beginning_with(&self, from: usize, weekday: Option<u8>, mut first: Day, to: usize) -> (Vec<Mention>, usize) {
        let behind = self.weekday_behind(to);
        let weekday = weekday.or(behind);
        let to = to + behind.map_or(0, |_| 3);
        let second = self.link(to).and_then(|(link, after)| {
            let after = self.weekday(after).map_or(after, |(_, after)| after);
            let comma = self.mark(to, ',');
            self.full(after).filter(|_| !comma).map(|(day, to)| (link, day, to))
        });
        let Some((link, last, end)) = second else {
            return (vec![Mention { from, to, start: first, end: None, weekday }], to);
        };
        first.year = first.year.or(last.year.map(|year| if first.month > last.month { year - 1 } else { year }));
        let days = if link == Link::Range || follows(first, last) {
            vec![Mention { from, to: end, start: first, end: Some(last), weekday }]
        } else {
            let one = |start, weekday| Mention { from, to: end, start, end: None, weekday };
            vec![one(first, weekday), one(last, None)]
        };
        (days, end)
    }

    /// "1. April (Samstag)".
    fn weekday_behind(&self, at: usize) -> Option<u8> {
        let day = self.word(at + 1).and_then(weekday)?;
        (self.mark(at, '(') && self.mark(at + 2, ')')).then_some(day)
    }

    fn minutes(&self, at: usize) -> Option<(u16, usize, bool)> {
        if let Some(hour) = self.word(at).and_then(|word| HOURS.iter().position(|name| *name == word)) {
            // "um elf Uhr"; "eins" and "zwei" are more than hours.
            return (self.word(at + 1) == Some("uhr")).then_some(((hour as u16 + 1) * 60, at + 1, false));
        }
        let hour = self.at(at).filter(|token| token.digits() <= 2)?.number().filter(|hour| *hour <= 24)? as u16;
        let mark = self.mark(at + 1, ':') || self.mark(at + 1, '.');
        let minute = self.at(at + 2).filter(|token| token.digits() == 2 && self.prose.joined(at + 2));
        match minute.and_then(Token::number).filter(|minute| mark && *minute < 60 && self.prose.joined(at + 1)) {
            Some(minute) => Some((hour * 60 + minute as u16, at + 3, self.mark(at + 1, ':'))),
            None => Some((hour * 60, at + 1, false)),
        }
    }

    fn clock(&self, from: usize) -> Option<(Clock, usize)> {
        let oclock = |at: usize| matches!(self.word(at), Some("uhr" | "h"));
        let (start, mut at, colon) = self.minutes(from)?;
        let mut said = oclock(at);
        at += usize::from(said);
        let between = from > 0 && self.word(from - 1) == Some("zwischen") && self.word(at) == Some("und");
        let joins = self.at(at).is_some_and(Token::dash) || self.word(at) == Some("bis") || between;
        let second = joins.then(|| self.minutes(at + 1)).flatten();
        let mut end = None;
        if let Some((until, after, until_colon)) = second {
            let said_again = oclock(after);
            if (said_again || until_colon) && until > start {
                end = Some(until);
                at = after + usize::from(said_again);
                said |= said_again;
            }
        }
        (said || colon)
            .then_some((Clock { from, to: at, start: start.min(1439), end: end.map(|end| end.min(1439)) }, at))
    }
}

/// Hours in words, from one o'clock on.
const HOURS: [&str; 12] =
    ["ein", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwoelf"];

fn several(from: usize, to: usize, weekday: Option<u8>, days: &[u8], last: Day, ranged: bool) -> Vec<Mention> {
    let first = days[0];
    let near = ranged || (days.len() == 1 && u16::from(first) + 1 == u16::from(last.day));
    if near && first < last.day {
        return vec![Mention { from, to, start: Day { day: first, ..last }, end: Some(last), weekday }];
    }
    let all = days.iter().copied().chain([last.day]);
    let weekday_of = |at: usize| if at == 0 { weekday } else { None };
    all.enumerate()
        .map(|(at, day)| Mention { from, to, start: Day { day, ..last }, end: None, weekday: weekday_of(at) })
        .collect()
}

/// Whether the second day is the one after the first.
fn follows(first: Day, last: Day) -> bool {
    let year = first.year.or(last.year);
    // Of an open year February may have 28 days or 29.
    let years = year.map_or([2023, 2024], |year| [year, year]);
    years.iter().any(|year| {
        let (one, two) = (date(first, *year), date(last, last.year.unwrap_or(*year)));
        matches!((one, two), (Some(one), Some(two)) if one.plus_days(1) == two)
    })
}

/// All dates of a line.
pub(super) fn mentions(prose: &Prose<'_>, from: usize, to: usize) -> Vec<Mention> {
    let reader = Reader { prose, end: to };
    let mut found = Vec::new();
    let mut at = from;
    while at < to {
        let token = &prose.tokens[at];
        let begins = token.number().is_some() || token.capital;
        // A number glued to what stands before it is a part of that: a version, a telephone number.
        let glued = token.number().is_some()
            && at > from
            && prose.joined(at)
            && !prose.tokens[at - 1].is('(')
            && !prose.tokens[at - 1].is('[');
        let numbered = at > from
            && (prose.tokens[at - 1].word().is_some_and(|word| NUMBERED.contains(&word))
                || (prose.tokens[at - 1].is('.')
                    && at > from + 1
                    && prose.tokens[at - 2].word().is_some_and(|word| NUMBERED.contains(&word))));
        match reader.mention(at).filter(|_| begins && !glued && !numbered) {
            Some((days, next)) => {
                found.extend(days);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// All hours of a line, those inside of dates left out.
pub(super) fn clocks(prose: &Prose<'_>, from: usize, to: usize, dated: &[bool]) -> Vec<Clock> {
    let reader = Reader { prose, end: to };
    let mut found = Vec::new();
    let mut at = from;
    while at < to {
        let glued = at > from && prose.joined(at) && !matches!(prose.tokens[at - 1].kind, Kind::Mark('(' | '[' | '/'));
        match reader.clock(at).filter(|_| !dated[at] && !glued) {
            Some((clock, next)) => {
                found.push(clock);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// The day in a year, if that year has it.
pub(super) fn date(day: Day, year: i16) -> Option<Date> {
    Date::new(day.year.unwrap_or(year), day.month, day.day)
}

/// Further ahead nobody writes a date without its year; what would be so far ahead was lately.
const AHEAD: i64 = 300;

/// The date of a day: its own year, else the year that the text is about, else by the day of writing: a weekday or
/// 29 February decides, then the tense, then the next such day.
pub(super) fn resolve(
    day: Day,
    weekday: Option<u8>,
    about: Option<i16>,
    context: Option<Date>,
    past: bool,
) -> Option<Date> {
    if let Some(year) = day.year {
        return date(day, year);
    }
    let fits = |date: &Date| weekday.is_none_or(|weekday| date.weekday() == weekday);
    if let Some(date) = about.and_then(|year| date(day, year)).filter(fits) {
        return Some(date);
    }
    let context = context?;
    let years = [0, 1, -1].map(|offset| context.year().saturating_add(offset));
    let all: Vec<Date> = years.iter().filter_map(|year| date(day, *year)).collect();
    let near = |date: &&Date| (date.days() - context.days()).abs();
    // A weekday that fits no year near by is a slip of the source, and the day is right.
    if weekday.is_some()
        && let Some(date) = all.iter().filter(|date| fits(date)).min_by_key(near)
    {
        return Some(*date);
    }
    let last = all.iter().filter(|date| **date <= context).max().copied();
    let next = all.iter().filter(|date| **date >= context).min().copied();
    let soon = next.filter(|next| !past && next.days() - context.days() <= AHEAD);
    soon.or(last).or(next)
}
