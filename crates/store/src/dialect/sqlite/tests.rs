//! Words become FTS5's language, and nothing a visitor types is read as that language.

use super::*;
use crate::dialect::PHRASES;

fn words(must: &[&[&str]], not: &[&[&str]]) -> Words {
    let list = |phrases: &[&[&str]]| {
        phrases.iter().map(|phrase| phrase.iter().map(|term| (*term).to_owned()).collect()).collect()
    };
    Words { must: list(must), not: list(not) }
}

#[test]
fn phrases_are_quoted_and_joined() {
    let both = words(&[&["register"], &["land", "berlin"]], &[&["ki"], &["cloud", "bund"]]);
    assert_eq!(Sqlite.must(&both).as_deref(), Some(r#"("register" AND "land berlin") NOT ("ki" OR "cloud bund")"#));
    assert_eq!(Sqlite.must(&words(&[&["register"]], &[])).as_deref(), Some(r#""register""#));
    assert_eq!(Sqlite.must(&words(&[], &[&["ki"]])), None);
    assert_eq!(Sqlite.must_not(&words(&[], &[&["ki"]])).as_deref(), Some(r#""ki""#));
}

#[test]
fn quotes_end_no_phrase_and_marks_make_none() {
    assert_eq!(Sqlite.must(&words(&[&["a\" OR \"b\0c"]], &[])).as_deref(), Some(r#""a"" OR ""b c""#));
    assert_eq!(Sqlite.must(&words(&[&["…"], &[]], &[&["\""]])), None);
    assert_eq!(Sqlite.must(&words(&[&["–", "eins"]], &[])).as_deref(), Some(r#""eins""#));
}

#[test]
fn phrases_beyond_the_limit_are_left_out() {
    let many: Vec<Vec<String>> = (0..2 * PHRASES).map(|n| vec![format!("wort{n}")]).collect();
    let not = Sqlite.must_not(&Words { must: Vec::new(), not: many.clone() }).unwrap();
    assert_eq!(not.matches(" OR ").count(), PHRASES - 1);
    assert!(not.ends_with(&format!("\"wort{}\"", PHRASES - 1)), "{not}");
    let must = Sqlite.must(&Words { must: many, not: Vec::new() }).unwrap();
    assert_eq!(must.matches(" AND ").count(), PHRASES - 1);
}
