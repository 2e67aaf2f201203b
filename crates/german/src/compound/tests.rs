//! Compounds come apart where both sides are words, and nowhere else.

use super::*;

/// Whether `part` stands in `word` as a part of it.
fn holds(lexicon: &Lexicon, word: &str, part: &str) -> bool {
    word.match_indices(part).any(|(at, _)| lexicon.is_head(&word[..at]) && lexicon.is_tail(&word[at + part.len()..]))
}

#[test]
fn parts_stand_on_the_bounds_of_words() {
    let lexicon = Lexicon::learn(["melde", "wesen", "kosten"]);
    for (word, part, expected) in [
        ("kommunalverwaltungsreform", "verwaltung", true),
        ("registermodernisierungsgesetz", "modernisierung", true),
        ("onlinezugangsgesetzes", "zugang", true),
        ("meldewesenkosten", "wesen", true),
        ("behoerdenakten", "akte", true),
        ("kontakte", "akte", false),
        ("helfen", "elfe", false),
        ("erkranken", "krank", false),
        ("personengesellschaftsrechtsmodernisierung", "modernisierung", false),
    ] {
        assert_eq!(holds(&lexicon, word, part), expected, "{part} in {word}");
    }
}

#[test]
fn learning_makes_a_difference() {
    assert!(!holds(&Lexicon::default(), "gewerbeakte", "akte"));
    assert!(holds(&Lexicon::learn(["gewerbe"]), "gewerbeakte", "akte"));
}

#[test]
fn any_text_is_allowed() {
    let lexicon = Lexicon::default();
    for text in ["", "ä", "s", "es", &"amt".repeat(500), "🦀🦀🦀"] {
        let _ = (lexicon.is_head(text), lexicon.is_tail(text));
    }
}
