//! What is promised next door, held.

use super::*;

#[test]
fn teasers_end_after_a_word() {
    assert_eq!(teaser_end("Kurz."), 5);
    let long = "Verwaltung, die ".repeat(20);
    let cut = &long[..teaser_end(&long)];
    assert!(cut.chars().count() <= TEASER, "{cut}");
    assert!(cut.ends_with("Verwaltung") || cut.ends_with("die"), "{cut}");
    // One word without an end is cut where it must be, between characters.
    let word = "ü".repeat(300);
    assert_eq!(teaser_end(&word), 2 * TEASER);
}

#[test]
fn marks_that_do_not_fit_the_text_are_none() {
    let html = |text: &str, marks: &[(usize, usize)]| marked(still("p"), text, marks).to_html();
    assert_eq!(html("Über Ämter", &[(0, 5), (6, 12)]), "<p><mark>Über</mark> <mark>Ämter</mark></p>");
    assert_eq!(html("Über Ämter", &[(1, 3), (6, 99), (7, 2)]), "<p>Über Ämter</p>");
    assert_eq!(html("a < b", &[(2, 3)]), "<p>a <mark>&lt;</mark> b</p>");
}

#[test]
fn addresses_in_a_text_are_named_by_their_host() {
    for (text, shown) in [
        ("Anmeldung: https://termine.example/a/b?c=1#d.", "Anmeldung: termine.example/…."),
        ("(siehe http://a.example/x) und https://b.example/", "(siehe a.example/…) und b.example"),
        ("https://a.example", "a.example"),
        ("ohne Adresse: a://", "ohne Adresse: "),
        ("://", ""),
        ("ü://ü/ü", "üü/…"),
        ("Zeit 10:00 // Raum 2", "Zeit 10:00 // Raum 2"),
    ] {
        assert_eq!(by_host(text), shown, "{text}");
    }
}
