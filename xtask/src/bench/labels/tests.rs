//! What goes into `amtsticker classify` is JSON Lines, of the length that is measured.

use super::*;

#[test]
fn a_long_text_is_one_line_of_its_length() {
    let text = long_text("Ä \"b\"\n", 1_001);
    assert!(text.starts_with("{\"id\":\"long\"") && text.ends_with("\"}\n"));
    assert_eq!(text.lines().count(), 1);
    let teaser = text.split("\"teaser\":\"").nth(1).expect("it has a teaser");
    assert!((1_000..=1_001).contains(&teaser.trim_end_matches("\"}\n").len()), "cut on a bound of characters");
    assert_eq!(quoted("a \"b\" \\"), r#""a \"b\" \\""#);
}

#[test]
fn the_own_set_becomes_json_lines() {
    let items = own().expect("the set is there");
    assert!(items.lines().count() >= 200);
    assert!(items.lines().all(|line| line.starts_with("{\"id\":\"") && line.matches("\"url\":").count() == 1));
}
