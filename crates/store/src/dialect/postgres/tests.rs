//! Words become PostgreSQL's language, and nothing a visitor types is read as that language.

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
fn phrases_are_joined() {
    let both = words(&[&["register"], &["land", "berlin"]], &[&["ki"], &["cloud", "bund"]]);
    let expected = "('register') & ('land' <-> 'berlin') & !(('ki') | ('cloud' <-> 'bund'))";
    assert_eq!(Postgres.must(&both).as_deref(), Some(expected));
    assert_eq!(Postgres.must(&words(&[], &[&["ki"]])), None);
    assert_eq!(Postgres.must_not(&words(&[], &[&["ki"]])).as_deref(), Some("('ki')"));
}

#[test]
fn marks_are_no_language() {
    assert_eq!(Postgres.must(&words(&[&["a' | 'b\0c\\"]], &[])).as_deref(), Some("('a' <-> 'b' <-> 'c')"));
    assert_eq!(Postgres.must(&words(&[&["e-rechnung"]], &[])).as_deref(), Some("('e' <-> 'rechnung')"));
    assert_eq!(Postgres.must(&words(&[&["…"], &[]], &[&["':*"]])), None);
}

#[test]
fn phrases_beyond_the_limit_are_left_out() {
    let many: Vec<Phrase> = (0..2 * PHRASES).map(|n| phrase(&[&format!("wort{n}")], false)).collect();
    let not = Postgres.must_not(&Words { not: many, ..Words::default() }).unwrap();
    assert_eq!(not.matches(" | ").count(), PHRASES - 1);
}

#[test]
fn terms_carry_their_places() {
    assert_eq!(Postgres.terms("register e-rechnung register"), "'e':2 'rechnung':3 'register':1,4 ");
    assert_eq!(Postgres.terms("… '"), "");
}

#[test]
fn what_the_database_would_refuse_is_cut() {
    let often = "wort ".repeat(PLACES + 10);
    assert_eq!(Postgres.terms(&often).matches(',').count(), PLACES - 1);
    let many: String = (0..LAST_PLACE + 5).map(|n| format!("w{n} ")).collect();
    let terms = Postgres.terms(&many);
    assert!(terms.contains(&format!(":{LAST_PLACE} ")) && !terms.contains(&format!(":{}", LAST_PLACE + 1)));
    assert!(terms.contains(&format!("'w{LAST_PLACE}' ")), "found, but in no phrase");
    let long = "ä".repeat(LONGEST);
    assert_eq!(Postgres.terms(&long), format!("'{}':1 ", "ä".repeat(LONGEST / 2)));
    let huge: String = (0..100_000).map(|n| format!("wort{n} ")).collect();
    assert!(Postgres.terms(&huge).len() < 2 * ALL);
}

#[test]
fn ways_and_beginnings() {
    let ways = vec![vec![phrase(&["regmo"], true)], vec![phrase(&["regist"], false), phrase(&["modernisier"], false)]];
    let both = Words { must: vec![ways, vec![vec![phrase(&["land"], false)]]], ..Words::default() };
    let expected = "((('regmo':*)) | (('regist') & ('modernisier'))) & ('land')";
    assert_eq!(Postgres.must(&both).as_deref(), Some(expected));
    assert_eq!(Postgres.better("('a')", &phrase(&["b", "c"], true)).as_deref(), Some("(('a')) & ('b' <-> 'c':*)"));
}
