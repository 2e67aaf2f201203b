//! Every spelling of one word folds to one text, and the way back lands on the source's own words.

use super::*;

#[test]
fn spellings_of_one_word_are_equal() {
    for spellings in [
        &["Thüringen", "thueringen", "THÜRINGEN", "Thu\u{308}ringen", "Thü\u{ad}ringen"][..],
        &["Straße", "STRASSE", "straẞe"],
        &["E-Akte", "E\u{2011}Akte", "e\u{2010}akte"],
        &["Café", "cafe\u{301}", "CAFE"],
        &["Ämter", "A\u{308}mter", "aemter"],
        &["Stand\u{a0}jetzt", "stand jetzt", "Stand\u{2009}jetzt"],
    ] {
        for other in spellings {
            assert_eq!(fold(other), fold(spellings[0]), "{other}");
        }
    }
    assert_eq!(fold("Citroën"), "citroen", "a diaeresis is no umlaut");
}

#[test]
fn offsets_lead_back() {
    for (text, word, source) in [
        ("Die Länder prüfen", "laender", "Länder"),
        ("Gru\u{308}ße aus Gießen", "gruesse", "Gru\u{308}ße"),
        ("das Thü\u{ad}ringer Land", "thueringer", "Thü\u{ad}ringer"),
        ("„Straße“", "strasse", "Straße"),
    ] {
        let folded = Folded::new(text);
        let at = folded.as_str().find(word).expect("the word is there");
        assert_eq!(&text[folded.original(at..at + word.len())], source);
    }
    let folded = Folded::new("aß");
    assert_eq!(folded.original(1..2), 1..3, "half of an ß is the whole ß");
    assert_eq!(folded.original(3..3), 3..3);
}

#[test]
fn words_know_their_hyphens() {
    let folded = Folded::new("E-Akte – die Once-Only-Lösung, Bund- und Land");
    let words: Vec<_> = folded.words().map(|word| (word.text, word.joined)).collect();
    assert_eq!(
        words,
        [
            ("e", false),
            ("akte", true),
            ("die", false),
            ("once", false),
            ("only", true),
            ("loesung", true),
            ("bund", false),
            ("und", false),
            ("land", false)
        ]
    );
}
