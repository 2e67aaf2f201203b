//! The terms under which a text is found, and a query taken apart into the same terms.
//!
//! Terms are ASCII letters and digits only, so that SQLite's `unicode61` and PostgreSQL's `simple` cut them alike.
//! What is written is first the base sequence, one stem per word in order: phrases match there. After it, each
//! behind a `GAP` so that no phrase runs into them, come the other forms: a hyphenated word in one piece
//! ("Register-Modernisierung" as one stem) and the parts of compounds, in order, so that the phrase
//! "register modernisierung" also finds "Registermodernisierung". A single letter before a hyphen is part of
//! the word after it: "E-Akte" and "eAkte" are one term.

use std::sync::LazyLock;

use crate::compound::LEXICON;
use crate::fold::{Folded, Word};
use crate::stem::{is_stop_word, stem};

/// Stands between the base sequence and what follows. No word of a text becomes this term: stems have no such form.
const GAP: &str = "x0x";

/// A query taken apart. The same analysis as [`terms`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Each must be found; more than one term is a phrase.
    pub must: Vec<Vec<String>>,
    /// None may be found.
    pub not: Vec<Vec<String>>,
}

/// The index terms of a text, separated by spaces.
#[must_use]
pub fn terms(text: &str) -> String {
    let folded = Folded::new(text);
    let mut base = Vec::new();
    let mut others: Vec<Vec<String>> = Vec::new();
    for run in runs(&folded) {
        base.extend(run.iter().map(|word| stem(word)));
        if run.len() > 1 {
            others.push(vec![stem(&run.concat())]);
        }
        for word in &run {
            if let Some(parts) = parts(word) {
                others.push(parts);
            }
        }
    }
    others.sort();
    others.dedup();
    let mut out = String::with_capacity(text.len() * 2);
    let mut put = |term: &str| {
        if !term.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(term);
        }
    };
    base.iter().for_each(|term| put(term));
    for group in &others {
        put(GAP);
        group.iter().for_each(|term| put(term));
    }
    out
}

/// Takes a query apart: words, `"phrases"`, `-not` before either. A hyphenated word is a phrase. A compound asks for
/// its parts, wherever they stand: "Registermodernisierungen" finds "Modernisierung der Register". Words too common
/// to be asked for count only inside a phrase. What has no letters or digits asks for nothing.
#[must_use]
pub fn ask(q: &str) -> Asked {
    let mut asked = Asked::default();
    for (part, phrase, not) in pieces(q) {
        let folded = Folded::new(part);
        let found: Vec<Vec<String>> = runs(&folded).collect();
        if phrase || not {
            let words: Vec<String> = found.iter().flatten().map(|word| stem(word)).collect();
            keep(if not { &mut asked.not } else { &mut asked.must }, words);
            continue;
        }
        for run in found {
            match run.as_slice() {
                [word] if is_stop_word(word) => {}
                [word] => match parts(word) {
                    Some(parts) => parts.into_iter().for_each(|part| keep(&mut asked.must, vec![part])),
                    None => keep(&mut asked.must, vec![stem(word)]),
                },
                run => keep(&mut asked.must, run.iter().map(|word| stem(word)).collect()),
            }
        }
    }
    asked
}

fn keep(list: &mut Vec<Vec<String>>, mut words: Vec<String>) {
    words.retain(|word| !word.is_empty());
    if !words.is_empty() && !list.contains(&words) {
        list.push(words);
    }
}

/// The pieces of a query: text, whether it was quoted, whether it is excluded. A quote left open ends with the query.
fn pieces(q: &str) -> Vec<(&str, bool, bool)> {
    const QUOTES: [char; 5] = ['"', '„', '“', '”', '\u{ab}'];
    let mut pieces = Vec::new();
    let mut rest = q.trim_start();
    while let Some(first) = rest.chars().next() {
        let not = matches!(first, '-' | '−' | '–');
        let body = if not { &rest[first.len_utf8()..] } else { rest };
        let quoted = body.starts_with(QUOTES);
        let (piece, after) = if quoted {
            let inner = body.trim_start_matches(QUOTES);
            inner.split_at(inner.find(['"', '“', '”', '\u{bb}']).unwrap_or(inner.len()))
        } else {
            body.split_at(body.find(char::is_whitespace).unwrap_or(body.len()))
        };
        pieces.push((piece, quoted, not));
        rest = after.trim_start_matches(['"', '“', '”', '\u{bb}']).trim_start();
    }
    pieces
}

/// The words of a text as runs of hyphenated parts; a single letter is drawn to the part after it.
fn runs(folded: &Folded) -> impl Iterator<Item = Vec<String>> {
    let mut words = folded.words().peekable();
    std::iter::from_fn(move || {
        let mut run = vec![words.next()?.text.to_owned()];
        while let Some(next) = words.next_if(|word: &Word<'_>| word.joined) {
            let last = run.last_mut().expect("a run begins with a word");
            if last.len() == 1 && last.as_bytes()[0].is_ascii_alphabetic() {
                last.push_str(next.text);
            } else {
                run.push(next.text.to_owned());
            }
        }
        Some(run)
    })
}

/// The stems of a compound's parts in order, if the lexicon knows one at either end and a word's worth of letters is
/// left: "Registermodernisierungsgesetz" gives register, modernisierung, gesetz. `None` for a word in one piece.
fn parts(word: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    cut(word, &mut found);
    (found.len() > 1 || word.starts_with('e') && found.first().is_some_and(|part| *part != stem(word))).then_some(found)
}

fn cut(word: &str, found: &mut Vec<String>) {
    match split(word) {
        Some((left, right)) => {
            if left != "e" {
                cut(left, found);
            }
            cut(right, found);
        }
        None => found.push(stem(word)),
    }
}

/// A word taken apart at its longest known end, else at its longest known beginning. The part that is left over has
/// at least four letters, but for the e of "eAkte". A linking s ("Modernisierungs|gesetz") belongs to neither.
fn split(word: &str) -> Option<(&str, &str)> {
    let whole = |at: usize| {
        let left = word.get(..at)?;
        let link = LINKED.iter().find(|link| left.ends_with(*link) || left.ends_with(&link[..link.len() - 1]));
        let left = if link.is_some_and(|link| left.ends_with(link)) { &left[..left.len() - 1] } else { left };
        let right = word.get(at..)?;
        let right = right.strip_prefix('s').filter(|_| link.is_some()).unwrap_or(right);
        ((left.len() >= 4 || left == "e") && right.len() >= 4 && right != "innen").then_some((left, right))
    };
    let by_end = ENDINGS.iter().filter_map(|ending| {
        let base = word.strip_suffix(ending)?;
        let known = BY_END.get(base.bytes().last()? as usize)?;
        known.iter().filter(|part| base.ends_with(**part)).map(|part| base.len() - part.len()).min()
    });
    if let Some(split) = by_end.min().filter(|at| *at > 0).and_then(whole) {
        return Some(split);
    }
    let known = BY_START.get(*word.as_bytes().first()? as usize)?;
    known.iter().filter(|part| word.starts_with(**part)).map(|part| part.len()).max().and_then(whole)
}

/// Endings after which German puts a linking s.
const LINKED: &[&str] = &["ungs", "heits", "keits", "schafts", "taets", "ions", "tums"];

/// What inflection adds to the last part of a compound.
const ENDINGS: &[&str] = &["", "e", "en", "es", "n", "s"];

static BY_END: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| buckets(|part| part.bytes().last()));
static BY_START: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| buckets(|part| part.bytes().next()));

/// The lexicon by one byte of each word, so that a text's word is compared with a handful.
fn buckets(byte: impl Fn(&str) -> Option<u8>) -> Vec<Vec<&'static str>> {
    let mut buckets = vec![Vec::new(); 128];
    for part in LEXICON {
        if let Some(bucket) = byte(part).and_then(|byte| buckets.get_mut(byte as usize)) {
            bucket.push(*part);
        }
    }
    buckets
}

#[cfg(test)]
mod tests;
