//! Inflected forms meet, different words do not, and the pinned algorithm is the one the index was built with.

use super::*;
use crate::fold::fold;

#[test]
fn inflected_forms_meet() {
    for forms in [
        &["Land", "Landes", "Länder", "Ländern", "laender"][..],
        &["Projekt", "Projekte", "Projekten", "Projekts"],
        &["Register", "Registern", "Registers"],
        &["Modernisierung", "Modernisierungen"],
        &["Verwaltung", "Verwaltungen"],
        &["Behörde", "Behörden", "BEHOERDE"],
    ] {
        for form in forms {
            assert_eq!(stem(&fold(form)), stem(&fold(forms[0])), "{form}");
        }
    }
}

#[test]
fn different_words_stay_apart() {
    for (one, other) in [("Akte", "Akteur"), ("Bund", "Bündnis"), ("2024", "2025"), ("Stadt", "Staat")] {
        assert_ne!(stem(&fold(one)), stem(&fold(other)), "{one} {other}");
    }
}

#[test]
fn the_pinned_stems_have_not_moved() {
    let stems: Vec<_> = ["verwaltungsdigitalisierung", "gesetze", "thueringer", "2024"].into_iter().map(stem).collect();
    assert_eq!(stems, ["verwaltungsdigitalisier", "gesetz", "thuring", "2024"]);
}

#[test]
fn stop_words_are_sorted_and_folded() {
    assert!(STOP_WORDS.is_sorted());
    assert!(STOP_WORDS.iter().all(|word| fold(word) == *word));
    assert!(is_stop_word("fuer") && !is_stop_word("register"));
}
