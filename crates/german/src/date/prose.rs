//! The first date in a line of prose, where versions, paragraphs, addresses and telephone numbers are written
//! in the same digits.
//!
//! Promises: a date stands free of other digits, and no word before it says that it is a number of something.
//! A year of two digits counts only where a word or the form says that it is a date.

use super::Parsed;
use super::grammar::Parser;
use super::names;
use super::token::{Token, Tokens};

/// After these comes a number of something else.
const NUMBERED: [&str; 27] = [
    "version",
    "v",
    "ver",
    "release",
    "revision",
    "rev",
    "kapitel",
    "kap",
    "abschnitt",
    "abschn",
    "ziffer",
    "ziff",
    "nr",
    "nummer",
    "no",
    "artikel",
    "art",
    "absatz",
    "abs",
    "az",
    "aktenzeichen",
    "tel",
    "telefon",
    "fax",
    "mobil",
    "ip",
    "punkt",
];

/// After these comes a day.
const DATED: [&str; 14] =
    ["am", "vom", "von", "den", "dem", "der", "ab", "bis", "seit", "datum", "stand", "erstellt", "on", "zum"];

/// The first date.
pub(super) fn first(tokens: &Tokens) -> Option<Parsed> {
    (0..tokens.list.len()).find_map(|at| candidate(tokens, at))
}

fn candidate(tokens: &Tokens, at: usize) -> Option<Parsed> {
    let numeric = match &tokens.list[at] {
        Token::Number(..) => true,
        Token::Word(word) if names::month(word).is_some() => false,
        _ => return None,
    };
    if numeric && !begins_free(tokens, at) {
        return None;
    }
    let mut parser = Parser::in_prose(tokens, at);
    let parsed = parser.date()?;
    if !ends_free(tokens, parser.position()) {
        return None;
    }
    (!parser.short_year || is_told(tokens, at)).then_some(parsed)
}

/// Nothing before it makes it part of a longer number.
fn begins_free(tokens: &Tokens, at: usize) -> bool {
    let before = |steps: usize| at.checked_sub(steps).map(|at| &tokens.list[at]);
    let number_before_mark = tokens.touches(at) && matches!(before(2), Some(Token::Number(..)));
    let joined = match before(1) {
        // "1.2.3.2024", "3-12.5.2025"; a mark of its own ("-12.5.2025", "Datum:1.2.2024") joins nothing.
        Some(Token::Mark('.' | '-' | '/' | '_')) => number_before_mark && tokens.touches(at - 1),
        Some(Token::Mark('+' | '§' | '#' | '€' | '$')) => return false,
        Some(Token::Mark(',')) => number_before_mark,
        Some(Token::Number(..)) => tokens.touches(at),
        // A label whose markup is gone stands like this: "Datum28.01.2022". "B12.3.2024" is a number of its own.
        Some(Token::Word(word)) => tokens.touches(at) && word.chars().count() < 3,
        Some(Token::Mark(_)) | None => false,
    };
    let numbered = tokens.list[..at]
        .iter()
        .rev()
        .find(|token| !matches!(token, Token::Mark('.' | ':' | '-')))
        .is_some_and(|token| matches!(token, Token::Word(word) if NUMBERED.contains(&word.as_str())));
    !joined && !numbered
}

/// Nothing after it goes on in digits: "10.11.12.13", "1.2.2024-45".
fn ends_free(tokens: &Tokens, end: usize) -> bool {
    if matches!(tokens.list.get(end), Some(Token::Mark('€' | '$' | '%'))) {
        return false;
    }
    let next = |steps: usize| tokens.list.get(end + steps).filter(|_| tokens.touches(end + steps));
    match next(0) {
        Some(Token::Number(..)) => false,
        Some(Token::Mark('.' | '_')) => !matches!(next(1), Some(Token::Number(..))),
        Some(Token::Mark('-' | '/' | ',')) => {
            // "12.05.2025-14.05.2025" is a span: its first day is a date for all that.
            !matches!(next(1), Some(Token::Number(..))) || matches!(next(2), Some(Token::Mark('.' | ':')))
        }
        _ => true,
    }
}

/// A year of two digits: "vom 2.3.24", "Mo, 2.3.24", "02.03.24" at the beginning or after a mark.
fn is_told(tokens: &Tokens, at: usize) -> bool {
    let told = tokens.list[..at].iter().rev().find(|token| !matches!(token, Token::Mark('.' | ':' | ',')));
    let padded =
        matches!(tokens.list.get(at..at + 3), Some([Token::Number(_, 2), Token::Mark('.'), Token::Number(_, 2)]));
    match told {
        Some(Token::Word(word)) => DATED.contains(&word.as_str()) || names::is_weekday(word) || padded,
        Some(Token::Number(..)) => false,
        Some(Token::Mark(_)) | None => padded,
    }
}
