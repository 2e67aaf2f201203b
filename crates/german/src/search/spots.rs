//! Where in a text the words stand that were searched for, by the rules by which they matched.
//!
//! A word is marked whole, whichever part of it matched; of a phrase all words, and only where they follow each other.

use std::collections::HashSet;
use std::ops::Range;

use super::index::{forms, runs};
use super::term::term;
use super::{Asked, Phrase};
use crate::fold::Folded;

/// What a query marks, made ready for many texts.
#[derive(Clone, Debug, Default)]
pub struct Spots {
    words: HashSet<String>,
    beginnings: Vec<String>,
    phrases: Vec<Phrase>,
}

/// A hyphenated word or a single one.
struct Run {
    range: Range<usize>,
    /// Where in the base sequence its terms begin.
    first: usize,
    /// Other forms and parts.
    others: Vec<Vec<String>>,
}

impl Spots {
    /// What this query marks. What must not be found marks nothing.
    #[must_use]
    pub fn of(asked: &Asked) -> Self {
        let mut spots = Spots::default();
        for phrase in asked.must.iter().flatten().flatten() {
            match (phrase.terms.as_slice(), phrase.open) {
                ([word], false) => _ = spots.words.insert(word.clone()),
                ([word], true) => spots.beginnings.push(word.clone()),
                _ => spots.phrases.push(phrase.clone()),
            }
        }
        spots
    }

    /// Whether nothing can be marked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.beginnings.is_empty() && self.phrases.is_empty()
    }

    /// The marked words in order, as bytes of the text on character bounds; none overlaps another.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<(usize, usize)> {
        if self.is_empty() {
            return Vec::new();
        }
        let folded = Folded::new(text);
        let (mut base, mut found): (Vec<String>, Vec<Run>) = (Vec::new(), Vec::new());
        for run in runs(&folded) {
            let (Some(one), Some(last)) = (run.first(), run.last()) else { continue };
            let range = folded.original(one.start..last.end);
            found.push(Run { range, first: base.len(), others: forms(&run) });
            base.extend(run.iter().map(|word| term(&word.text)).filter(|term| !term.is_empty()));
        }
        let mut marked: Vec<bool> = base.iter().map(|term| self.is_word(term)).collect();
        self.phrases.iter().for_each(|phrase| mark(phrase, &base, &mut marked));
        let mut spots: Vec<(usize, usize)> = Vec::new();
        for (nth, run) in found.iter().enumerate() {
            let end = found.get(nth + 1).map_or(base.len(), |next| next.first);
            let hit = marked[run.first..end].contains(&true) || run.others.iter().any(|form| self.is_in(form));
            if hit && spots.last().is_none_or(|(_, end)| *end <= run.range.start) {
                spots.push((run.range.start, run.range.end));
            }
        }
        spots
    }

    fn is_word(&self, term: &str) -> bool {
        self.words.contains(term) || self.beginnings.iter().any(|begun| term.starts_with(begun.as_str()))
    }

    /// Whether parts of one word hold what is marked.
    fn is_in(&self, form: &[String]) -> bool {
        let mut marked: Vec<bool> = form.iter().map(|term| self.is_word(term)).collect();
        self.phrases.iter().for_each(|phrase| mark(phrase, form, &mut marked));
        marked.contains(&true)
    }
}

/// Marks the terms of a phrase wherever they follow each other.
fn mark(phrase: &Phrase, terms: &[String], marked: &mut [bool]) {
    let Some((last, rest)) = phrase.terms.split_last() else { return };
    for at in 0..(terms.len() + 1).saturating_sub(phrase.terms.len()) {
        let end = at + rest.len();
        let ends = if phrase.open { terms[end].starts_with(last.as_str()) } else { terms[end] == *last };
        if ends && terms[at..end] == *rest {
            marked[at..=end].fill(true);
        }
    }
}

/// The same places counted in UTF-16 code units, as JavaScript, Java and .NET count: `text.slice(start, end)` gives the
/// word. Takes places in order, as [`Spots::find`] gives them.
#[must_use]
pub fn utf16(text: &str, spots: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let (mut bytes, mut units) = (0, 0);
    let mut count = |to: usize| {
        units += text.get(bytes..to).map_or(0, |part| part.encode_utf16().count());
        bytes = to;
        units
    };
    spots.iter().map(|(start, end)| (count(*start), count(*end))).collect()
}
