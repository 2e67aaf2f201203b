//! What sources send, and what is made of it.

use proptest::prelude::*;

use super::*;
use crate::testing::{RULES, at, entry, source};

const NOW: &str = "2026-03-02T12:00:00Z";

fn made(entry: Entry) -> Draft {
    draft(entry, &source("probe"), &RULES, at(NOW)).unwrap()
}

#[test]
fn text_becomes_one_plain_line() {
    let draft = made(Entry {
        summary: Some("  Die  Ver\u{ad}wal\u{ad}tung\n\tdes Landes\u{a0}Muster\u{200b}.\u{7} ".to_owned()),
        ..entry(" Neues\r\n Portal\u{feff} ", "https://probe.example/1")
    });
    assert_eq!((draft.title.as_str(), draft.summary.as_str()), ("Neues Portal", "Die Verwaltung des Landes Muster."));
}

#[test]
fn nothing_begins_a_tag() {
    for (text, expected) in [
        ("5 < 6 und 7 > 6, <3", "5 < 6 und 7 > 6, <3"),
        ("Vec<T> und a -> b", "Vec‹T› und a -> b"),
        ("<img src=x onerror=f()>", "‹img src=x onerror=f()›"),
        ("</p><!--x--><?x?>", "‹/p›‹!--x--›‹?x?›"),
        ("<\u{ad}img src=x>", "‹img src=x›"),
        ("<\u{0}img src=x>", "< img src=x>"),
        ("Ende <", "Ende <"),
    ] {
        assert_eq!(plain(text), expected);
        assert_eq!(plain(expected), expected, "done twice it is done once");
    }
}

#[test]
fn long_texts_are_cut_at_a_word() {
    let draft = made(Entry { text: Some("Wort für Wort ".repeat(200)), ..entry("Lang", "https://probe.example/1") });
    assert!(draft.summary.chars().count() <= SUMMARY + 1, "{}", draft.summary.len());
    assert!(draft.summary.ends_with("Wort…") || draft.summary.ends_with("für…"), "{}", draft.summary);
    assert_eq!(cut("ÄÖÜ".repeat(40).as_str(), 10), "ÄÖÜÄÖÜÄÖÜÄ…", "a word without end is cut through");
    assert_eq!(cut("kurz", 10), "kurz");
}

#[test]
fn the_summary_does_not_repeat_the_title() {
    for (summary, expected) in [
        ("Portal ist online", ""),
        ("Portal ist online. Das Land Muster freut sich.", "Das Land Muster freut sich."),
        ("Portal ist online – Bürger können beantragen.", "Bürger können beantragen."),
        ("Portal ist online seit Montag.", "Portal ist online seit Montag."),
    ] {
        let draft =
            made(Entry { summary: Some(summary.to_owned()), ..entry("Portal ist online", "https://probe.example/1") });
        assert_eq!(draft.summary, expected);
    }
}

#[test]
fn titles_are_found_and_cleaned() {
    let text = "Das Amt für Muster hat heute mitgeteilt, dass ab sofort alle Anträge in der ganzen Stadt online gestellt werden können.";
    let draft = made(Entry { text: Some(text.to_owned()), ..Entry::default() });
    assert_eq!(
        draft.title,
        "Das Amt für Muster hat heute mitgeteilt, dass ab sofort alle Anträge in der ganzen Stadt…"
    );
    assert_eq!(made(entry("Neues Portal | Landesamt für Muster", "https://probe.example/1")).title, "Neues Portal");
    assert_eq!(
        made(entry("Neues Portal | Beispielstadt", "https://probe.example/1")).title,
        "Neues Portal | Beispielstadt"
    );
    let marked = made(Entry {
        kicker: Some("Musterstadt".to_owned()),
        ..entry("Musterstadt: Portal ist da", "https://probe.example/1")
    });
    assert_eq!((marked.kicker.as_deref(), marked.title.as_str()), (Some("Musterstadt"), "Portal ist da"));
    let alike = made(Entry {
        kicker: Some("Gewerbe".to_owned()),
        ..entry("Gewerbeanmeldung per Wallet", "https://probe.example/2")
    });
    assert_eq!((alike.kicker.as_deref(), alike.title.as_str()), (Some("Gewerbe"), "Gewerbeanmeldung per Wallet"));
}

#[test]
fn nothing_is_rejected_with_a_reason() {
    let empty = Entry {
        title: Some(" \u{ad}\n".to_owned()),
        url: Some("https://probe.example/1".to_owned()),
        ..Entry::default()
    };
    let reason = draft(empty, &source("probe"), &RULES, at(NOW)).unwrap_err();
    assert_eq!(reason, "the entry has neither title nor summary nor text");
}

#[test]
fn times_that_cannot_be_true_are_not_believed() {
    for (published, kept) in [
        ("2026-03-01T08:00:00Z", true),
        ("2026-03-03T11:00:00Z", true),
        ("2026-03-04T08:00:00Z", false),
        ("2036-01-01T00:00:00Z", false),
        ("1970-01-01T00:00:00Z", false),
        ("1999-05-01T00:00:00Z", true),
    ] {
        let draft = made(Entry { published: Some(at(published)), ..entry("Titel", "https://probe.example/1") });
        assert_eq!(draft.published.is_some(), kept, "{published}");
    }
    let both = |published: &str, updated: &str| {
        made(Entry {
            published: Some(at(published)),
            updated: Some(at(updated)),
            ..entry("T", "https://probe.example/1")
        })
        .updated
    };
    assert_eq!(both("2026-03-01T08:00:00Z", "2026-03-01T08:00:00Z"), None, "an update is later");
    assert!(both("2026-03-01T08:00:00Z", "2026-03-01T09:00:00Z").is_some());
}

/// What `plain` is to do, one character at a time.
fn plainly(text: &str) -> String {
    let dropped = |c: &char| "\u{ad}\u{2060}\u{feff}".contains(*c) || ('\u{200b}'..='\u{200f}').contains(c);
    let turned = |c: char| if c.is_whitespace() || c.is_control() { ' ' } else { c };
    let words: String = text.chars().filter(|c| !dropped(c)).map(turned).collect();
    words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn stretches_are_taken_over_as_single_characters_would_be(
        text in "[a ÄßÿÀ\u{80}\u{85}\u{a0}\u{ad}„–\u{2003}\u{200b}\u{7ff}\u{800}😀\u{7f}\t]{0,40}", most in 0..50_usize
    ) {
        prop_assert_eq!(plain(&text), plainly(&text));
        prop_assert_eq!(offset(&text, most), text.char_indices().nth(most).map(|(at, _)| at));
    }
}
