//! What is remembered is what would be found.

use super::*;

#[test]
fn a_remembered_word_is_the_same() {
    for word in ["registermodernisierung", "und", "eakte", "erechnungspflicht", "haus", "", "2026"] {
        let first = taken(word);
        assert_eq!(*first, Taken::of(word));
        assert!(Arc::ptr_eq(&first, &taken(word)), "{word}");
    }
    assert_eq!(taken("registermodernisierung").others, [["regist", "modernisier"]]);
    assert!(taken("und").common && !taken("haus").common);
}

#[test]
fn there_is_room_for_any_number_and_any_length() {
    for n in 0..40_000 {
        assert_eq!(taken(&format!("{n}wort")).term, format!("{n}wort"));
    }
    assert!(MEMO.len() <= WORDS, "{}", MEMO.len());
    let long = "x".repeat(LONGEST + 1);
    assert!(!Arc::ptr_eq(&taken(&long), &taken(&long)));
}
