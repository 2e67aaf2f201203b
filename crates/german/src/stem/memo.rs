//! Stems that were found lately. Few words make up most of any text, and each text is stemmed for its search terms, its
//! story and its events; looking a stem up costs a tenth of finding it.
//!
//! Bounded in words and in their length, shared by all threads. What is forgotten is found again and comes out the same.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{LazyLock, Mutex, PoisonError};

/// Parts that are locked by themselves, lest threads wait for each other.
const PARTS: usize = 16;
/// Words in each; a full part is emptied.
const WORDS: usize = 2_048;
/// Longer words are no German words, and not remembered.
const LONGEST: usize = 48;

type Part = Mutex<HashMap<Box<str>, Box<str>>>;

/// Seeded anew in each process: nobody can write a text whose words all stand in one place.
static MEMO: LazyLock<(RandomState, [Part; PARTS])> = LazyLock::new(Default::default);

/// The stem of a word, found now if it is not remembered.
pub(super) fn stem(word: &str, find: impl FnOnce() -> String) -> String {
    if word.len() > LONGEST {
        return find();
    }
    let (state, parts) = &*MEMO;
    let part = &parts[state.hash_one(word) as usize % PARTS];
    if let Some(stem) = part.lock().unwrap_or_else(PoisonError::into_inner).get(word) {
        return stem.to_string();
    }
    let stem = find();
    let mut part = part.lock().unwrap_or_else(PoisonError::into_inner);
    if part.len() >= WORDS {
        part.clear();
    }
    part.insert(word.into(), stem.as_str().into());
    stem
}

#[cfg(test)]
mod tests;
