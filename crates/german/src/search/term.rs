//! The term of one word: its stem, but where the stemmer would make another word of it.
//!
//! It takes "Sicherheit" for a form of "sich", "Seite" of "seit" and "Bürger" of "Burg". The first two would be found
//! in every text.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::stem::{STOP_WORDS, is_stop_word, stem};

/// Words by how they begin, whose stem is that of others; their own term instead.
const OWN: &[(&str, &str)] =
    &[("sicherheit", "sicherheit"), ("sicher", "sicher"), ("buerger", "burger"), ("burger", "burger")];

/// The stems of words that are too common to be asked for.
static COMMON: LazyLock<HashSet<String>> = LazyLock::new(|| STOP_WORDS.iter().map(|word| stem(word)).collect());

/// The term of a folded word, in ASCII letters and digits; nothing if it has none.
pub(super) fn term(word: &str) -> String {
    let stem = stem(word);
    let is_own = stem == "burg" || !is_stop_word(word) && COMMON.contains(&stem);
    if !is_own {
        return stem;
    }
    if let Some((_, own)) = OWN.iter().find(|(begins, _)| word.starts_with(begins)) {
        return (*own).to_owned();
    }
    if stem == "burg" {
        return stem;
    }
    beginning(word.strip_suffix(['n', 's']).unwrap_or(word))
}

/// How the stem of a word begins that begins like this: as the stemmer writes umlauts.
pub(super) fn beginning(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut before = None;
    let mut chars = word.chars().peekable();
    // A number keeps its letters: see `stem`.
    let number = word.bytes().any(|b| b.is_ascii_digit());
    while let Some(c) = chars.next() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        }
        // "aue", "eue": the u belongs to the vowel before it; "que" is no umlaut either.
        let umlaut = matches!(c, 'a' | 'o') || c == 'u' && !before.is_some_and(|b| "aeiouyq".contains(b));
        before = Some(c);
        if umlaut && !number && chars.peek() == Some(&'e') {
            chars.next();
            before = Some('e');
        }
    }
    out
}
