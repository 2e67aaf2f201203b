//! Dates and times in every form that German sources write: RFC 822 and 3339 in mangled forms,
//! "Freitag, 20. März 2020 - 14:30", "06.06.2012 13:05", "[20.12.2024]", "So, 05 Sept. 2010".
//!
//! Promises: a time without a zone is Berlin's; what is not understood whole gives `None`,
//! never a guess. Weekdays are read over, since sources get them wrong and the day right.
//! Refuses: month before day in bare numbers (03/04/2012 is two days), months without a day, relative words.

mod grammar;
mod names;
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
    let tokens = token::split(text.get(..LONGEST).unwrap_or(text));
    Parser::new(&tokens).whole()
}

/// The first date in a line of prose: "Pressemitteilung vom 25. Januar 2022 | Berlin".
#[must_use]
pub fn find(text: &str) -> Option<Parsed> {
    let end = (0..=LONGEST.min(text.len())).rev().find(|&at| text.is_char_boundary(at))?;
    let tokens = token::split(&text[..end]);
    (0..tokens.len()).find_map(|at| Parser::new(tokens.get(at..)?).first())
}

#[cfg(test)]
mod tests;
