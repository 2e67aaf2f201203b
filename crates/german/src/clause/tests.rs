//! Bounds, negations and quotations, as folded text has them.

use super::*;

fn of(range: Range<usize>, text: &str) -> &str {
    text[range].trim()
}

#[test]
fn sentences_end_at_stops_that_end_them() {
    for (text, at, expected) in [
        ("eins ist da. zwei kommt. drei", "zwei", "zwei kommt"),
        ("am 2. oktober kam dr. muster. dann ging er", "kam", "am 2. oktober kam dr. muster"),
        ("das kostet ca. 3 mio. euro. punkt", "euro", "das kostet ca. 3 mio. euro"),
        ("portal.example.de ist da! gut", "ist", "portal.example.de ist da"),
        ("im jahr 2024. danach", "jahr", "im jahr 2024"),
        ("wort", "wort", "wort"),
    ] {
        assert_eq!(of(sentence(text, text.find(at).unwrap()), text), expected, "{text}");
    }
}

#[test]
fn clauses_end_at_commas_and_dashes() {
    for (text, at, expected) in [
        ("das land, das baden-muster heisst, zahlt", "heisst", "das baden-muster heisst"),
        ("berlin – der verband fordert", "verband", "der verband fordert"),
        ("sie sagte: alles gut (heute)", "gut", "alles gut"),
    ] {
        assert_eq!(of(clause(text, text.find(at).unwrap()), text), expected, "{text}");
    }
}

#[test]
fn negations_reach_three_words() {
    for (text, at, expected) in [
        ("alle laender ausser bayern machen mit", "bayern", true),
        ("nicht nur in bayern", "bayern", false),
        ("nicht in bayern", "bayern", true),
        ("das gilt nicht, in bayern schon", "bayern", false),
        ("kein wort fiel ueber das neue portal", "portal", false),
    ] {
        assert_eq!(negated(text, text.find(at).unwrap()), expected, "{text}");
    }
}

#[test]
fn quotations_in_all_their_marks() {
    for (text, at, expected) in [
        ("„bei uns in muster“, sagte sie", "muster", Some("bei uns in muster")),
        ("»bei uns in muster«, sagte sie", "muster", Some("bei uns in muster")),
        ("«bei uns in muster», sagte sie", "muster", Some("bei uns in muster")),
        ("“at home in muster”, she said", "muster", Some("at home in muster")),
        ("sie sagte: \"bei uns in muster\"", "muster", Some("bei uns in muster")),
        ("das „amt“ in muster und das \"portal\"", "muster", None),
        ("„das „amt“ in muster“, sagte sie", "muster", Some("das „amt“ in muster")),
        ("„bei uns in muster ist", "muster", Some("bei uns in muster ist")),
        ("in muster ist alles gut“", "muster", None),
        ("ein 19\" bildschirm in muster", "muster", None),
    ] {
        let found = quoted(text, text.find(at).unwrap());
        assert_eq!(found.map(|range| &text[range]), expected, "{text}");
    }
}

#[test]
fn any_place_in_any_text_is_allowed() {
    let text = "„äöü…“ ".repeat(200);
    for at in 0..text.len() + 3 {
        let (sentence, clause) = (sentence(&text, at), clause(&text, at));
        assert!(text.get(sentence).is_some() && text.get(clause).is_some());
        assert!(quoted(&text, at).is_none_or(|range| text.get(range).is_some()));
    }
}
