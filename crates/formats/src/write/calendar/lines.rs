//! Content lines (RFC 5545, 3.1): names, values, folding.
//!
//! Promises: no line longer than 75 octets, none cut inside a character, each ended by CR LF, whatever comes in.

use model::{Date, Moment, When};

use crate::write::clean;

/// Longest line in octets, without its end.
const LONGEST: usize = 75;

/// 1997-01-01T00:00 in Berlin: from here on the zone that the calendar defines is Berlin's.
const ZONED_FROM: Moment = Moment::from_ms(852_073_200_000);

/// Content lines under construction.
#[derive(Default)]
pub(super) struct Lines {
    text: String,
}

impl Lines {
    /// A value that holds no text: a date, an address, a word of the standard.
    pub(super) fn plain(&mut self, name: &str, value: &str) {
        let value: String = clean(value).chars().filter(|c| *c != '\n').collect();
        self.fold(&format!("{name}:{value}"));
    }

    /// An address. A backslash is none in it (RFC 3986), and readers would take it for the beginning of an escape.
    pub(super) fn address(&mut self, name: &str, value: &str) {
        self.plain(name, &value.replace('\\', "%5C"));
    }

    /// Text.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", escaped(value)));
    }

    /// A day, or a time by Berlin's clock.
    pub(super) fn when(&mut self, name: &str, when: When) {
        match when {
            When::Day(day) => self.plain(&format!("{name};VALUE=DATE"), &digits(day)),
            When::At(at) => match wall(at) {
                Some(wall) => self.plain(&format!("{name};TZID=Europe/Berlin"), &wall),
                None => self.plain(name, &utc(at)),
            },
        }
    }

    /// Lines that are written already, with their ends.
    pub(super) fn verbatim(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// All lines.
    pub(super) fn done(self) -> String {
        self.text
    }

    fn fold(&mut self, line: &str) {
        let mut room = LONGEST;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = LONGEST - 1;
            }
            self.text.push(c);
            room -= c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// TEXT of RFC 5545, 3.3.11.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
    out
}

/// `20260504T070000Z`.
pub(super) fn utc(at: Moment) -> String {
    // A day in Berlin is up to two hours ahead; whole seconds since the epoch give the UTC day.
    let seconds = at.ms().div_euclid(1000);
    let of_day = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{}T{hour:02}{minute:02}{second:02}Z", digits(Date::from_days(seconds.div_euclid(86_400))))
}

/// `20260504T090000` by Berlin's clock; `None` where the clock alone does not say which moment is meant: in the second
/// of the two hours that October repeats, and before the zone that the calendar defines.
fn wall(at: Moment) -> Option<String> {
    let (date, (hour, minute)) = (at.date(), at.clock());
    let second = at.ms().div_euclid(1000).rem_euclid(60);
    let read = Moment::from_berlin(date, hour, minute).ms() + second * 1000;
    let same = at >= ZONED_FROM && read == at.ms().div_euclid(1000) * 1000;
    same.then(|| format!("{}T{hour:02}{minute:02}{second:02}", digits(date)))
}

fn digits(day: Date) -> String {
    day.to_string().replace('-', "")
}
