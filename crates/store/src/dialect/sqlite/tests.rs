//! Words become FTS5's language, and nothing a visitor types is read as that language.

use super::*;
use crate::dialect::PHRASES;

fn words(must: &[&[&str]], not: &[&[&str]]) -> Words {
    let list = |phrases: &[&[&str]]| -> Vec<Phrase> { phrases.iter().map(|terms| phrase(terms, false)).collect() };
    let must = list(must).into_iter().map(|phrase| vec![vec![phrase]]).collect();
    Words { must, not: list(not), better: Vec::new() }
}

fn phrase(terms: &[&str], open: bool) -> Phrase {
    Phrase { terms: terms.iter().map(|term| (*term).to_owned()).collect(), open }
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
    let many: Vec<Phrase> = (0..2 * PHRASES).map(|n| phrase(&[&format!("wort{n}")], false)).collect();
    let not = Sqlite.must_not(&Words { not: many.clone(), ..Words::default() }).unwrap();
    assert_eq!(not.matches(" OR ").count(), PHRASES - 1);
    assert!(not.ends_with(&format!("\"wort{}\"", PHRASES - 1)), "{not}");
    let must = many.into_iter().map(|phrase| vec![vec![phrase]]).collect();
    let must = Sqlite.must(&Words { must, ..Words::default() }).unwrap();
    assert_eq!(must.matches(" AND ").count(), PHRASES - 1);
}

#[test]
fn ways_and_beginnings() {
    let ways = vec![vec![phrase(&["regmo"], true)], vec![phrase(&["regist"], false), phrase(&["modernisier"], false)]];
    let both = Words { must: vec![ways, vec![vec![phrase(&["land"], false)]]], ..Words::default() };
    let expected = r#"(("regmo" *) OR ("regist" AND "modernisier")) AND "land""#;
    assert_eq!(Sqlite.must(&both).as_deref(), Some(expected));
    assert_eq!(Sqlite.better("\"a\"", &phrase(&["b", "c"], true)).as_deref(), Some(r#"("a") AND "b c" *"#));
    let nothing = Words { must: vec![vec![vec![phrase(&["…"], true)], vec![]], vec![]], ..Words::default() };
    assert_eq!(Sqlite.must(&nothing), None);
}
