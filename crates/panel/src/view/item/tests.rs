//! What is promised next door, held.

use super::*;

#[test]
fn teasers_end_after_a_word() {
    assert_eq!(teaser("Kurz."), "Kurz.");
    let long = "Verwaltung, die ".repeat(20);
    let cut = teaser(&long);
    assert!(cut.chars().count() <= TEASER + 2, "{cut}");
    assert!(cut.ends_with("Verwaltung …") || cut.ends_with("die …"), "{cut}");
    // One word without an end is cut where it must be, between characters.
    let word = "ü".repeat(300);
    assert_eq!(teaser(&word), format!("{} …", "ü".repeat(TEASER)));
}
