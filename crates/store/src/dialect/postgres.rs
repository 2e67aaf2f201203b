//! How PostgreSQL says it: lists as arrays, terms in a `tsvector` under a GIN index, locks by row.
//!
//! The terms are cut here and handed over with their places, which is what the configuration `simple` would do with
//! them if its parser did not read `e-rechnung`, addresses and numbers in ways of its own.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use model::{Phrase, Words};

use super::{Dialect, phrases, things};
use crate::migrate::Step;

/// PostgreSQL 15 and later.
#[derive(Debug)]
pub(crate) struct Postgres;

/// The last place in a `tsvector`, and the most places of one lexeme: what stands later is found, but not in phrases.
const LAST_PLACE: usize = 16_383;
const PLACES: usize = 255;
/// The longest lexeme in bytes, and the most of all that are kept of one item: the database refuses twice as much.
const LONGEST: usize = 2_000;
const ALL: usize = 1 << 19;

impl Dialect for Postgres {
    fn step(&self, step: &Step) -> &'static str {
        step.postgres
    }

    fn has_layout(&self) -> &'static str {
        "select count(*) from pg_class where oid = to_regclass('layout')"
    }

    fn in_list(&self, column: &str, argument: &str) -> String {
        format!("{column} = any({argument})")
    }

    fn rows(&self, argument: &str) -> String {
        format!("unnest({argument}) as list (value)")
    }

    fn gathered(&self, columns: &[&str]) -> String {
        format!("cast(json_agg(json_build_array({})) as text)", columns.join(", "))
    }

    fn argument(&self, number: usize) -> String {
        format!("${number}")
    }

    fn skip_taken(&self) -> &'static str {
        "for update skip locked"
    }

    fn terms(&self, terms: &str) -> String {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut bytes = 0;
        for (place, term) in lexemes(terms).enumerate() {
            bytes += term.len() + 8;
            if bytes > ALL {
                break;
            }
            let places = places.entry(term).or_default();
            if place < LAST_PLACE && places.len() < PLACES {
                places.push(place + 1);
            }
        }
        let mut out = String::with_capacity(bytes);
        for (term, places) in places {
            // Writing to a string cannot fail. Lexemes are letters and digits, so a quote around them is enough.
            let _ = write!(out, "'{term}'");
            for (nth, place) in places.iter().enumerate() {
                let _ = write!(out, "{}{place}", if nth == 0 { ':' } else { ',' });
            }
            out.push(' ');
        }
        out
    }

    fn words(&self) -> (&'static str, i64) {
        let words = "select seq, at, term from (select w.rowid as seq, cast(place as bigint) as at, lexeme as term \
             from item_words w cross join unnest(w.terms) as word (lexeme, places, weights) \
             cross join unnest(places) as place) as words";
        (words, 1_000)
    }

    fn own_numbers(&self) -> &'static str {
        " overriding system value"
    }

    fn number_on(&self, table: &str) -> Option<String> {
        Some(format!(
            "select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table})) from {table} limit 1"
        ))
    }

    fn as_terms(&self, argument: &str) -> String {
        format!("cast({argument} as tsvector)")
    }

    fn index(&self) -> Option<&'static str> {
        None
    }

    fn matching(&self, argument: &str) -> String {
        format!(
            "(select string_agg(cast(rowid as text), ' ') from item_words where terms @@ cast({argument} as tsquery))"
        )
    }

    fn matching_between(&self, first: &str, last: &str, argument: &str) -> String {
        format!(
            "select rowid from item_words where rowid between {first} and {last} \
             and terms @@ cast({argument} as tsquery)"
        )
    }

    fn better(&self, must: &str, phrase: &Phrase) -> Option<String> {
        followed(phrase).map(|phrase| format!("({must}) & {phrase}"))
    }

    fn must(&self, words: &Words) -> Option<String> {
        let must = things(&words.must, (" & ", " | "), followed);
        match (must.is_empty(), self.must_not(words)) {
            (true, _) => None,
            (false, None) => Some(must.join(" & ")),
            (false, Some(not)) => Some(format!("{} & !({not})", must.join(" & "))),
        }
    }

    fn must_not(&self, words: &Words) -> Option<String> {
        let not = phrases(&words.not, followed);
        (!not.is_empty()).then(|| not.join(" | "))
    }
}

/// The lexemes of a text: runs of letters and digits, lower case, as FTS5's `unicode61` cuts what we hand to it.
fn lexemes(text: &str) -> impl Iterator<Item = &str> {
    let runs = text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty());
    runs.map(|run| &run[..run.floor_char_boundary(LONGEST)])
}

/// A phrase as lexemes that follow each other.
fn followed(phrase: &Phrase) -> Option<String> {
    let quoted: Vec<String> =
        phrase.terms.iter().flat_map(|term| lexemes(term)).map(|lexeme| format!("'{lexeme}'")).collect();
    let open = if phrase.open { ":*" } else { "" };
    (!quoted.is_empty()).then(|| format!("({}{open})", quoted.join(" <-> ")))
}

#[cfg(test)]
mod tests;
