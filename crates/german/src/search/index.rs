//! What is written into the index: the terms of an item, separated by spaces.
//!
//! Terms are ASCII letters and digits only, so that SQLite's `unicode61` and PostgreSQL's `simple` cut them alike.
//! What is written is first, field by field, the base sequence, one stem per word in order: phrases match there. After
//! it come the other forms: a hyphenated word in one piece ("Register-Modernisierung" as one stem) and the parts of
//! compounds, in order, so that the phrase "register modernisierung" also finds "Registermodernisierung". Then what
//! stands in the title or the kicker once more, each behind a sign of its own, and what is said more than once: by
//! these a match is weighed. A `GAP` stands between all of it, so that no phrase runs from one into the other. A
//! single letter before a hyphen is part of the word after it: "E-Akte" and "eAkte" are one term.

use std::borrow::Cow;
use std::sync::Arc;

use super::memo::{Taken, taken};
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
    /// Its words in order.
    words: Vec<Arc<Taken>>,
    /// Hyphenated words in one piece, each behind so many words.
    wholes: Vec<(usize, String)>,
}

/// The index terms of an item, separated by spaces. What is empty has none.
#[must_use]
pub fn terms(title: &str, kicker: &str, summary: &str) -> String {
    let fields = [title, kicker, summary].map(Field::of);
    let forms = fields.each_ref().map(Field::others);
    let mut out = Writer { out: String::with_capacity(3 * (title.len() + kicker.len() + summary.len())) };
    for field in &fields {
        out.group("", field.base());
    }
    let mut others: Vec<&[String]> = forms.concat();
    others.sort_unstable();
    others.dedup();
    others.iter().for_each(|group| out.group("", texts(group)));
    for ((field, forms), sign) in fields.iter().zip(&forms).zip([IN_TITLE, IN_KICKER]) {
        out.group(sign, field.base());
        forms.iter().for_each(|group| out.group(sign, texts(group)));
    }
    for term in again(&fields, &forms) {
        out.group(AGAIN, [term].into_iter());
    }
    out.out
}

/// What is said more than once, whole or as a part of a compound, in the order of the alphabet.
fn again<'a>(fields: &'a [Field; 3], forms: &[Vec<&'a [String]>; 3]) -> Vec<&'a str> {
    let said = fields.iter().flat_map(Field::said).chain(forms.iter().flatten().flat_map(|group| texts(group)));
    let mut said: Vec<(u64, &str)> = said.map(|term| (beginning(term), term)).collect();
    said.sort_unstable();
    let several = said.chunk_by(|one, other| one == other).filter(|same| same.len() > 1);
    several.filter_map(|same| Some(same.first()?.1)).collect()
}

/// The first letters as a number of the same order: most terms are told apart by it.
fn beginning(term: &str) -> u64 {
    let mut first = [0; 8];
    let length = term.len().min(8);
    first[..length].copy_from_slice(&term.as_bytes()[..length]);
    u64::from_be_bytes(first)
}

fn texts(group: &[String]) -> impl Iterator<Item = &str> {
    group.iter().map(String::as_str)
}

impl Field {
    fn of(text: &str) -> Self {
        let folded = Folded::new(text);
        let mut field = Field { words: Vec::with_capacity(text.len() / 6), wholes: Vec::new() };
        for run in runs(&folded) {
            field.words.extend(run.iter().map(|word| taken(&word.text)));
            field.wholes.extend(whole(&run).map(|whole| (field.words.len(), whole)));
        }
        field
    }

    /// One term per word, where it has one.
    fn base(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.term.as_str()).filter(|term| !term.is_empty())
    }

    /// The same without what is too common to be counted.
    fn said(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|word| !word.common && !word.term.is_empty()).map(|word| word.term.as_str())
    }

    /// Hyphenated words in one piece, and the parts of compounds, in order.
    fn others(&self) -> Vec<&[String]> {
        let mut others: Vec<&[String]> = Vec::new();
        let mut wholes = self.wholes.iter().peekable();
        for (nth, word) in self.words.iter().enumerate() {
            others.extend(word.others.iter().map(Vec::as_slice));
            others
                .extend(wholes.next_if(|(behind, _)| *behind == nth + 1).map(|(_, whole)| std::slice::from_ref(whole)));
        }
        others
    }
}

/// The other forms of a run: the parts of each of its words, and in one piece.
pub(super) fn forms(run: &[Piece<'_>]) -> Vec<Vec<String>> {
    let parts = run.iter().flat_map(|word| taken(&word.text).others.clone());
    parts.chain(whole(run).map(|whole| vec![whole])).collect()
}

/// A hyphenated word in one piece.
fn whole(run: &[Piece<'_>]) -> Option<String> {
    let in_one_piece = || term(&run.iter().map(|word| &*word.text).collect::<String>());
    (run.len() > 1).then(in_one_piece).filter(|term| !term.is_empty())
}

struct Writer {
    out: String,
}

impl Writer {
    /// Writes terms that follow each other, each behind a sign, and apart from what was written before.
    fn group<'a>(&mut self, sign: &str, terms: impl Iterator<Item = &'a str>) {
        let mut terms = terms.peekable();
        if terms.peek().is_none() {
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
            self.out.push_str(term);
        }
    }
}

/// A word of a run, with its place in the folded text.
#[derive(Clone, Debug)]
pub(super) struct Piece<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The words of a text as runs of hyphenated parts; a single letter is drawn to the part after it.
pub(super) fn runs(folded: &Folded) -> impl Iterator<Item = Vec<Piece<'_>>> {
    fn piece<'a>(word: &Word<'a>) -> Piece<'a> {
        Piece { text: Cow::Borrowed(word.text), start: word.start, end: word.end }
    }
    let mut words = folded.words().peekable();
    std::iter::from_fn(move || {
        let mut run = vec![piece(&words.next()?)];
        while let Some(next) = words.next_if(|word| word.joined) {
            let last = run.last_mut().expect("a run begins with a word");
            if last.text.len() == 1 && last.text.as_bytes()[0].is_ascii_alphabetic() {
                last.text.to_mut().push_str(next.text);
                last.end = next.end;
            } else {
                run.push(piece(&next));
            }
        }
        Some(run)
    })
}
