//! How SQLite says it: lists as JSON, terms in FTS5.

use model::{Phrase, Words};

use super::{Dialect, phrases, things};
use crate::migrate::Step;

/// SQLite 3 with FTS5 and JSON.
#[derive(Debug)]
pub(crate) struct Sqlite;

impl Dialect for Sqlite {
    fn step(&self, step: &Step) -> &'static str {
        step.sqlite
    }

    fn has_layout(&self) -> &'static str {
        "select count(*) from sqlite_master where type = 'table' and name = 'layout'"
    }

    fn in_list(&self, column: &str, argument: &str) -> String {
        format!("{column} in (select value from json_each({argument}))")
    }

    fn rows(&self, argument: &str) -> String {
        format!("json_each({argument})")
    }

    fn gathered(&self, columns: &[&str]) -> String {
        format!("json_group_array(json_array({}))", columns.join(", "))
    }

    /// Of those that have a name it looks each up among all before.
    fn argument(&self, _number: usize) -> String {
        "?".to_owned()
    }

    /// Who writes holds the only lock there is: nobody else chooses meanwhile.
    fn skip_taken(&self) -> &'static str {
        ""
    }

    fn terms(&self, terms: &str) -> String {
        terms.to_owned()
    }

    /// Each time the whole index is walked through.
    fn words(&self) -> (&'static str, i64) {
        ("select seq, at, term from (select doc as seq, offset as at, term from item_terms)", 50_000)
    }

    fn own_numbers(&self) -> &'static str {
        ""
    }

    /// It always does.
    fn number_on(&self, _table: &str) -> Option<String> {
        None
    }

    fn as_terms(&self, argument: &str) -> String {
        argument.to_owned()
    }

    /// At the beginning of each statement that inserts several rows, the index writes what it has gathered until then
    /// as a piece of its own, and many small pieces have to be joined again and again.
    fn index(&self) -> Option<&'static str> {
        Some("insert into item_words (rowid, terms) select cast(key as integer), value from json_each($1)")
    }

    fn matching(&self, argument: &str) -> String {
        format!("(select group_concat(rowid, ' ') from item_words where item_words match {argument})")
    }

    fn matching_behind(&self, last: &str, most: &str, argument: &str) -> Option<String> {
        Some(format!(
            "(select group_concat(rowid, ' ') from (select rowid from item_words where item_words match {argument} \
             and rowid > {last} order by rowid limit {most}))"
        ))
    }

    /// The index is entered at the first place and left behind the last, which takes as long as to ask for one.
    fn matching_between(&self, first: &str, last: &str, argument: &str) -> String {
        format!("select rowid from item_words where item_words match {argument} and rowid between {first} and {last}")
    }

    /// What must match as well, so that of a word in every other item only the matches are gathered.
    fn better(&self, must: &str, phrase: &Phrase) -> Option<String> {
        quoted(phrase).map(|phrase| format!("({must}) AND {phrase}"))
    }

    fn must(&self, words: &Words) -> Option<String> {
        let must = things(&words.must, (" AND ", " OR "), quoted);
        match (must.is_empty(), self.must_not(words)) {
            (true, _) => None,
            (false, None) => Some(must.join(" AND ")),
            (false, Some(not)) => Some(format!("({}) NOT ({not})", must.join(" AND "))),
        }
    }

    fn has_leaves(&self) -> bool {
        true
    }

    fn must_not(&self, words: &Words) -> Option<String> {
        let not = phrases(&words.not, quoted);
        (!not.is_empty()).then(|| not.join(" OR "))
    }
}

/// A phrase as a string of FTS5. A term without a letter or digit would be an empty phrase, which matches nothing.
fn quoted(phrase: &Phrase) -> Option<String> {
    let terms: Vec<_> = phrase.terms.iter().filter(|term| term.chars().any(char::is_alphanumeric)).cloned().collect();
    let open = if phrase.open { " *" } else { "" };
    // FTS5 ends a string at a NUL, and doubles a quote to mean one.
    (!terms.is_empty()).then(|| format!("\"{}\"{open}", terms.join(" ").replace('\0', " ").replace('"', "\"\"")))
}

#[cfg(test)]
mod tests;
