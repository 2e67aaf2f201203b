//! Where the words of texts and queries come apart, so that "projekt" finds "Demokratieprojekte".
//!
//! A word comes apart where both sides are words of the lexicon, else where one side is and the other could be one: no
//! list knows all that Germans join. The price are words that only look joined ("Kontakte" is no "Akte"): those stand
//! in `WHOLE`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lexicon::{MORE, SUFFIXES, WHOLE};
use super::term::term;
use crate::compound::LEXICON;

/// Shortest part, in bytes: shorter ones are found in everything.
const SHORTEST: usize = 4;
/// Longer words than this stay whole. They are no words, and taking them apart takes time.
const LONGEST: usize = 80;

/// The parts of a compound in order.
#[derive(Debug)]
pub(super) struct Parts<'a>(Vec<&'a str>);

impl Parts<'_> {
    /// Their terms; of an "E-Akte" that of the "Akte".
    pub(super) fn terms(&self) -> Vec<String> {
        self.0.iter().map(|part| term(electronic(part).unwrap_or(part))).collect()
    }

    /// Their terms with the e left where it stands, if one of several has one: the "E-Rechnung" in
    /// "E-Rechnungspflicht".
    pub(super) fn electronic(&self) -> Option<Vec<String>> {
        let has_one = self.0.len() > 1 && self.0.iter().any(|part| electronic(part).is_some());
        has_one.then(|| self.0.iter().map(|part| term(part)).collect())
    }
}

/// Takes a folded word apart: "Registermodernisierungsgesetz" into register, modernisierung, gesetz. `None` for a word
/// in one piece.
pub(super) fn parts(word: &str) -> Option<Parts<'_>> {
    if word.len() > LONGEST {
        return None;
    }
    let mut found = Vec::new();
    cut(word, &mut found);
    (found.len() > 1 || electronic(word).is_some()).then_some(Parts(found))
}

fn cut<'a>(word: &'a str, found: &mut Vec<&'a str>) {
    match split(word) {
        Some((left, right)) => {
            cut(left, found);
            cut(right, found);
        }
        None => found.push(word),
    }
}

/// What is behind the e of "eAkte" or "E-Rechnung", which is no part by itself.
fn electronic(word: &str) -> Option<&str> {
    word.strip_prefix('e').filter(|rest| FORMS.contains(*rest))
}

/// A word taken apart where both sides are known, else before its longest known end, else behind its longest known
/// beginning. A linking s ("Modernisierungs|gesetz") belongs to neither.
fn split(word: &str) -> Option<(&str, &str)> {
    if word.len() < 2 * SHORTEST || FORMS.contains(word) {
        return None;
    }
    let shut = shut(word);
    let open = |at: &usize| word.is_char_boundary(*at) && !shut.iter().any(|(start, end)| start < at && at < end);
    let cuts = || (SHORTEST..=word.len() - SHORTEST).filter(open).map(|at| word.split_at(at));
    let ends = || cuts().filter(|(_, right)| FORMS.contains(*right));
    let both = ends().find(|(left, _)| known(left));
    let end = both.or_else(|| ends().find(|(left, _)| left.bytes().any(|b| b"aeiouy".contains(&b))));
    if let Some((left, right)) = end {
        return Some((unlinked(left), right));
    }
    // The longest word it begins with counts even where too little is left: "Bundestag" is no "Bund-estag".
    let mut starts = (SHORTEST..word.len()).filter(|at| open(at) && STARTS.contains(&word[..*at]));
    let (left, right) = word.split_at(starts.next_back()?);
    let linked = |right: &&str| LINKED.iter().any(|end| left.ends_with(end)) || right.starts_with(CONSONANTS);
    let right = right.strip_prefix('s').filter(linked).unwrap_or(right);
    (right.len() >= SHORTEST && !SUFFIXES.iter().any(|suffix| right.starts_with(suffix))).then_some((left, right))
}

/// Whether a left side is made of known words.
fn known(left: &str) -> bool {
    FORMS.contains(left)
        || (SHORTEST..left.len().saturating_sub(SHORTEST - 1))
            .filter(|at| left.is_char_boundary(*at))
            .any(|at| FORMS.contains(&left[..at]) && FORMS.contains(&left[at..]))
}

/// Where a word may not come apart: inside of those that only look joined.
fn shut(word: &str) -> Vec<(usize, usize)> {
    let ranges = |whole: &'static str| word.match_indices(whole).map(move |(at, _)| (at, at + whole.len()));
    WHOLE.iter().flat_map(|whole| ranges(whole)).collect()
}

fn unlinked(left: &str) -> &str {
    let base = left.strip_suffix('s').unwrap_or(left);
    if LINKED.iter().any(|end| base.ends_with(end)) { base } else { left }
}

/// Endings after which German puts a linking s.
const LINKED: &[&str] = &["ung", "heit", "keit", "schaft", "taet", "ion", "tum"];

/// A word that seems to begin with an s and one of these begins behind the s ("Landtags|wahl").
const CONSONANTS: [char; 10] = ['b', 'd', 'f', 'g', 'h', 'j', 'r', 'v', 'w', 'z'];

/// What inflection adds to the last part of a compound, and joining to the others.
const ENDINGS: &[&str] = &["", "e", "en", "er", "ern", "es", "n", "s"];

/// The words of the lexicon, which a compound may begin with.
static STARTS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| LEXICON.iter().chain(MORE).copied().filter(|word| word.len() >= SHORTEST).collect());

/// The same in all their endings.
static FORMS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words = LEXICON.iter().chain(MORE).filter(|word| word.len() >= 3);
    words.flat_map(|word| ENDINGS.iter().map(move |ending| format!("{word}{ending}"))).collect()
});
