//! What databases say each in its own way: lists, search for terms, locks. All other statements are written so that
//! SQLite and PostgreSQL both understand them, and stand once.
//!
//! Both match the same items: terms come folded and stemmed, ASCII letters and digits only, so that there is nothing
//! left to do but split, and of a query the same phrases count. How well a match fits is a sum of whole numbers that the
//! query brings along, so both put them in the same order.

mod postgres;
mod sqlite;

use model::{Phrase, Words};

pub(crate) use postgres::Postgres;
pub(crate) use sqlite::Sqlite;

use crate::migrate::Step;

/// How one database says what the other says otherwise.
pub(crate) trait Dialect: std::fmt::Debug + Sync {
    /// The statements of a step from one layout to the next.
    fn step(&self, step: &Step) -> &'static str;

    /// Asks how many tables named `layout` there are.
    fn has_layout(&self) -> &'static str;

    /// A condition: the column is in a list that came as one argument. A list of any length is one statement,
    /// prepared once.
    fn in_list(&self, column: &str, argument: &str) -> String;

    /// A list that came as one argument as rows of one column, `value`.
    fn rows(&self, argument: &str) -> String;

    /// These columns of all rows as one JSON array of arrays, or nothing where there is no row.
    fn gathered(&self, columns: &[&str]) -> String;

    /// An argument where all come in their order, and each once.
    fn argument(&self, number: usize) -> String;

    /// Appended to a choice of rows that are about to be changed: others that choose at the same time pass by.
    fn skip_taken(&self) -> &'static str;

    /// The terms of an item as they are handed over to be indexed.
    fn terms(&self, terms: &str) -> String;

    /// Asks for `seq`, `at` and `term` of all that is indexed, in no order, to be narrowed by a condition on `seq`; and of
    /// how many items at a time.
    fn words(&self) -> (&'static str, i64);

    /// Said behind the columns of an insertion that brings keys along which the database gives out itself.
    fn own_numbers(&self) -> &'static str;

    /// Has a table go on behind the largest key, after [`Dialect::own_numbers`].
    fn number_on(&self, table: &str) -> Option<String>;

    /// An argument that holds [`Dialect::terms`], as a value of the column.
    fn as_terms(&self, argument: &str) -> String;

    /// Indexes the terms of many items that came as one argument, a JSON object of terms by places; nothing where they
    /// are inserted as other rows are.
    fn index(&self) -> Option<&'static str>;

    /// The places of all items that match an argument, as one text with a space between two: a row for each would take
    /// ten times as long.
    fn matching(&self, argument: &str) -> String;

    /// The same of those behind a place, at most so many of them, in order; nothing if the database finds all first.
    fn matching_behind(&self, _last: &str, _most: &str, _argument: &str) -> Option<String> {
        None
    }

    /// Asks which places from one to another match an argument.
    fn matching_between(&self, first: &str, last: &str, argument: &str) -> String;

    /// A phrase beside what must match anyway, in the database's language.
    fn better(&self, must: &str, phrase: &Phrase) -> Option<String>;

    /// What must match, in the database's language, if anything must.
    fn must(&self, words: &Words) -> Option<String>;

    /// Whether a word can be read straight from the leaves of the index, as [`crate::leaves`] does.
    fn has_leaves(&self) -> bool {
        false
    }

    /// What must not match, in the database's language, if there is such.
    fn must_not(&self, words: &Words) -> Option<String>;
}

/// More things than this of either sort are not looked at: each costs a walk through the terms, and nobody who
/// searches by hand says so many.
const PHRASES: usize = 32;

/// Of more single words than this it is not worth while to read each for itself.
const SINGLE: usize = 8;

/// The words of which any must match, if no more is asked: no phrase, no beginning, nothing that must match beside it.
pub(crate) fn any_of(must: &[Vec<Vec<Phrase>>]) -> Option<Vec<String>> {
    let [ways] = must else { return None };
    let ways: Option<Vec<&Phrase>> =
        ways.iter().map(|way| if let [one] = &way[..] { Some(one) } else { None }).collect();
    single(&ways?)
}

/// The words of which none may match, if there are no others.
pub(crate) fn none_of(not: &[Phrase]) -> Option<Vec<String>> {
    single(&not.iter().collect::<Vec<_>>())
}

/// Some single words as they stand in the index, which leaves letters and digits of ASCII as they are.
fn single(phrases: &[&Phrase]) -> Option<Vec<String>> {
    let word = |phrase: &&Phrase| match &phrase.terms[..] {
        [word] if !phrase.open && is_plain(word) => Some(word.clone()),
        _ => None,
    };
    phrases.iter().map(word).collect::<Option<Vec<_>>>().filter(|words| (1..=SINGLE).contains(&words.len()))
}

fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// The first [`PHRASES`] phrases that say something, in the database's language.
fn phrases(phrases: &[Phrase], say: impl Fn(&Phrase) -> Option<String>) -> Vec<String> {
    phrases.iter().filter_map(say).take(PHRASES).collect()
}

/// The first [`PHRASES`] things that must match, each in the database's language: any of its ways, of a way all.
fn things(
    must: &[Vec<Vec<Phrase>>],
    (and, or): (&str, &str),
    say: impl Fn(&Phrase) -> Option<String> + Copy,
) -> Vec<String> {
    let way = |way: &Vec<Phrase>| {
        let said = phrases(way, say);
        (!said.is_empty()).then(|| said.join(and))
    };
    let several = |mut said: Vec<String>| match said.len() {
        0 => None,
        1 => said.pop(),
        _ => Some(format!("({})", said.iter().map(|way| format!("({way})")).collect::<Vec<_>>().join(or))),
    };
    let thing = |ways: &Vec<Vec<Phrase>>| several(ways.iter().filter_map(way).take(PHRASES).collect());
    must.iter().filter_map(thing).take(PHRASES).collect()
}
