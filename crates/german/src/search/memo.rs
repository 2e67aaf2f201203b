//! Words that were taken apart lately. Few words make up most of any text, and to find where one comes apart takes far
//! longer than to look it up.
//!
//! Bounded in words and in their length, shared by all threads. What is forgotten is taken apart again, and the same.

use std::sync::{Arc, LazyLock};

use quick_cache::sync::Cache;

use super::parts::parts;
use super::term::term;
use crate::stem::is_stop_word;

/// Words at most.
const WORDS: usize = 16_384;
/// Longer words are seldom words, and not remembered.
const LONGEST: usize = 48;

static MEMO: LazyLock<Cache<Box<str>, Arc<Taken>>> = LazyLock::new(|| Cache::new(WORDS));

/// A word as the index takes it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// Its term; nothing if it has none.
    pub(super) term: String,
    /// It is too common to be counted.
    pub(super) common: bool,
    /// The terms of its parts, if it is a compound: in each way that it comes apart.
    pub(super) others: Vec<Vec<String>>,
}

/// Takes a folded word apart, or remembers what came of it.
pub(super) fn taken(word: &str) -> Arc<Taken> {
    if word.len() > LONGEST {
        return Arc::new(Taken::of(word));
    }
    if let Some(taken) = MEMO.get(word) {
        return taken;
    }
    let taken = Arc::new(Taken::of(word));
    MEMO.insert(word.into(), Arc::clone(&taken));
    taken
}

/// The terms of what a folded word is made of, in order; none for a word in one piece.
pub fn each_part(word: &str, each: &mut dyn FnMut(&str)) {
    taken(word).others.first().into_iter().flatten().for_each(|part| each(part));
}

impl Taken {
    fn of(word: &str) -> Self {
        let mut others: Vec<Vec<String>> = Vec::new();
        if let Some(parts) = parts(word) {
            others.push(parts.terms());
            others.extend(parts.electronic());
        }
        others.iter_mut().for_each(|terms| terms.retain(|term| !term.is_empty()));
        others.retain(|terms| !terms.is_empty());
        Taken { term: term(word), common: is_stop_word(word), others }
    }
}

#[cfg(test)]
mod tests;
