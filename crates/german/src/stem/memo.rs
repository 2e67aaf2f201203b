//! Stems that were found lately. Few words make up most of any text, and each text is stemmed for its search terms, its
//! story and its events.
//!
//! Bounded in words and in their length, shared by all threads. What is forgotten is found again and comes out the same.

use std::sync::LazyLock;

use quick_cache::sync::Cache;

/// Words at most.
const WORDS: usize = 32_768;
/// Longer words are no German words, and not remembered.
const LONGEST: usize = 48;

static MEMO: LazyLock<Cache<Box<str>, Box<str>>> = LazyLock::new(|| Cache::new(WORDS));

/// The stem of a word, found now if it is not remembered.
pub(super) fn stem(word: &str, find: impl FnOnce() -> String) -> String {
    if word.len() > LONGEST {
        return find();
    }
    if let Some(stem) = MEMO.get(word) {
        return stem.into();
    }
    let stem = find();
    MEMO.insert(word.into(), stem.as_str().into());
    stem
}

#[cfg(test)]
mod tests;
