//! Dates and times in every form that German sources write: RFC 822 and 3339 in mangled forms,
//! "Freitag, 20. März 2020 - 14:30", "06.06.2012 13:05", "[20.12.2024]", "So, 05 Sept. 2010".
//!
//! Promises: a time without a zone is Berlin's; what is not understood whole gives `None`, never a guess.
//! Weekdays are read over, since sources get them wrong and the day right. Years are 1900 to 2199: whatever
//! lies outside is a typing error ("1022", "0001"), and 1 January 1970 is an empty field.
//! Refuses: month before day in bare numbers (03/04/2012 is two days), months without a day, relative words.

mod clock;
mod grammar;
mod names;
mod plain;
mod prose;
mod token;

use jiff::{Timestamp, civil};

use grammar::Parser;

/// What a date text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// A day without a time of day.
    Day(civil::Date),
    /// A point in time.
    At(Timestamp),
}

/// Longest text that is looked at, in bytes: a date element that is longer holds prose.
const LONGEST: usize = 400;

/// Reads a text that is a date and nothing else, but for a word in front as in "Lübeck, 31. März 2003".
#[must_use]
pub fn parse(text: &str) -> Option<Parsed> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    plain::read(text).or_else(|| whole(text)).or_else(|| {
        // RFC 822 allows a comment at the end: "14:57:21 GMT+0200 (Mitteleuropäische Sommerzeit)".
        let (before, _) = text.strip_suffix(')')?.rsplit_once('(')?;
        whole(before)
    })
}

fn whole(text: &str) -> Option<Parsed> {
    Parser::new(&token::split(text), 0).whole()
}

/// The first date in a line of prose: "Pressemitteilung vom 25. Januar 2022 | Berlin".
///
/// Of a span it is the first day: "12. bis 14. Mai 2025". Versions, paragraphs, addresses and telephone numbers
/// look like dates and are none: "Version 2.3.24", "§ 3.4.20", "10.11.12.13".
#[must_use]
pub fn find(text: &str) -> Option<Parsed> {
    let end = (0..=LONGEST.min(text.len())).rev().find(|&at| text.is_char_boundary(at))?;
    prose::first(&token::split(&text[..end]))
}

#[cfg(test)]
mod tests;
