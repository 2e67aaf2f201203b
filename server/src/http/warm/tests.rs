//! Which words are asked ahead.

use super::super::tests::item;
use super::common;

#[test]
fn common_words_are_those_of_many_items() {
    let titled = |title: &str, summary: &str| model::Item { summary: summary.to_owned(), ..item("a", title, &[], &[]) };
    let items = [
        titled("Die Verwaltung wird digital", "Digital, und noch einmal digital: die Akte."),
        titled("Neue Register für die Verwaltung", "Die Länder stimmen zu."),
        titled("VERWALTUNG und Über-Register", "Was nun gilt."),
        titled("Bericht über die Länder", "Die Verwaltung und ihre Register."),
    ];
    // Neither little words nor one that a single item repeats; folded, and the most common first.
    assert_eq!(common(&items), ["verwaltung", "register", "laender"]);
    assert!(common(&[]).is_empty());
}
