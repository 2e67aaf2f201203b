//! What is written into the index: the terms of an item, separated by spaces.
//!
//! Terms are ASCII letters and digits only, so that SQLite's `unicode61` and PostgreSQL's `simple` cut them alike.
//! What is written is first, field by field, the base sequence, one stem per word in order: phrases match there. After
//! it come the other forms: a hyphenated word in one piece ("Register-Modernisierung" as one stem) and the parts of
//! compounds, in order, so that the phrase "register modernisierung" also finds "Registermodernisierung". Then what
//! stands in the title or the kicker once more, each behind a sign of its own, and what is said more than once: by
//! these a match is weighed. A `GAP` stands between all of it, so that no phrase runs from one into the other. A
//! single letter before a hyphen is part of the word after it: "E-Akte" and "eAkte" are one term.

use std::collections::BTreeMap;

use super::memo::taken;
use super::term::term;
use crate::fold::{Folded, Word};

/// Stands between what does not follow each other. No word becomes this term: stems have no such form.
const GAP: &str = "x0x";
/// Before a term of the title, of the kicker, and before one that is said more than once.
pub(super) const IN_TITLE: &str = "x1x";
pub(super) const IN_KICKER: &str = "x2x";
pub(super) const AGAIN: &str = "x3x";

/// One field taken apart.
struct Field {
    base: Vec<String>,
    /// The same without what is too common to be counted.
    said: Vec<String>,
    /// Hyphenated words in one piece, and the parts of compounds.
    others: Vec<Vec<String>>,
}

/// The index terms of an item, separated by spaces. What is empty has none.
#[must_use]
pub fn terms(title: &str, kicker: &str, summary: &str) -> String {
    let fields = [title, kicker, summary].map(Field::of);
    let mut out = Writer { out: String::with_capacity(2 * (title.len() + kicker.len() + summary.len())) };
    for field in &fields {
        out.group("", &field.base);
    }
    let mut others: Vec<&Vec<String>> = fields.iter().flat_map(|field| &field.others).collect();
    others.sort();
    others.dedup();
    others.iter().for_each(|group| out.group("", group));
    for (field, sign) in fields.iter().zip([IN_TITLE, IN_KICKER]) {
        out.group(sign, &field.base);
        field.others.iter().for_each(|group| out.group(sign, group));
    }
    for term in again(&fields) {
        out.group(AGAIN, &[term]);
    }
    out.out
}

/// What is said more than once, whole or as a part of a compound.
fn again<'a>(fields: &'a [Field; 3]) -> Vec<&'a str> {
    let mut counts: BTreeMap<&'a str, u32> = BTreeMap::new();
    for field in fields {
        for term in field.said.iter().chain(field.others.iter().flatten()) {
            *counts.entry(term).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(term, _)| term).collect()
}

impl Field {
    fn of(text: &str) -> Self {
        let folded = Folded::new(text);
        let mut field = Field { base: Vec::new(), said: Vec::new(), others: Vec::new() };
        for run in runs(&folded) {
            for word in &run {
                let taken = taken(&word.text);
                if !taken.term.is_empty() {
                    field.said.extend((!taken.common).then(|| taken.term.clone()));
                    field.base.push(taken.term.clone());
                }
            }
            field.others.extend(forms(&run));
        }
        field
    }
}

/// The other forms of a run: in one piece, and the parts of each of its words.
pub(super) fn forms(run: &[Piece]) -> Vec<Vec<String>> {
    let mut forms: Vec<Vec<String>> = run.iter().flat_map(|word| taken(&word.text).others.clone()).collect();
    if run.len() > 1 {
        let whole: String = run.iter().map(|word| word.text.as_str()).collect();
        forms.extend(Some(term(&whole)).filter(|term| !term.is_empty()).map(|term| vec![term]));
    }
    forms
}

struct Writer {
    out: String,
}

impl Writer {
    /// Writes terms that follow each other, each behind a sign, and apart from what was written before.
    fn group<T: AsRef<str>>(&mut self, sign: &str, terms: &[T]) {
        if terms.is_empty() {
            return;
        }
        if !self.out.is_empty() {
            self.out.push(' ');
            self.out.push_str(GAP);
        }
        for term in terms {
            if !self.out.is_empty() {
                self.out.push(' ');
            }
            self.out.push_str(sign);
            self.out.push_str(term.as_ref());
        }
    }
}

/// A word of a run, with its place in the folded text.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The words of a text as runs of hyphenated parts; a single letter is drawn to the part after it.
pub(super) fn runs(folded: &Folded) -> impl Iterator<Item = Vec<Piece>> {
    let piece = |word: &Word<'_>| Piece { text: word.text.to_owned(), start: word.start, end: word.end };
    let mut words = folded.words().peekable();
    std::iter::from_fn(move || {
        let mut run = vec![piece(&words.next()?)];
        while let Some(next) = words.next_if(|word| word.joined) {
            let last = run.last_mut().expect("a run begins with a word");
            if last.text.len() == 1 && last.text.as_bytes()[0].is_ascii_alphabetic() {
                last.text.push_str(next.text);
                last.end = next.end;
            } else {
                run.push(piece(&next));
            }
        }
        Some(run)
    })
}
