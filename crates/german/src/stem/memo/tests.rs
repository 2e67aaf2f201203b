//! A word is stemmed once, as long as it is remembered.

use super::stem;

#[test]
fn a_word_that_is_known_is_not_stemmed_again() {
    assert_eq!(stem("probeworten", || "probewort".to_owned()), "probewort");
    assert_eq!(stem("probeworten", || unreachable!("it is known")), "probewort");
}

#[test]
fn what_is_no_word_is_not_remembered() {
    let long = "x".repeat(49);
    assert_eq!(stem(&long, || "one".to_owned()), "one");
    assert_eq!(stem(&long, || "other".to_owned()), "other");
}

#[test]
fn any_number_of_words_finds_room() {
    for n in 0..100_000 {
        let word = format!("{n}wort");
        assert_eq!(stem(&word, || word.clone()), word);
    }
    let held = super::MEMO.len();
    assert!(held <= super::WORDS, "{held}");
}
