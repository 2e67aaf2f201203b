//! What is wrong with a publisher's file, and where.

use super::check_files;

const GOOD: &str = r#"id = "beispielamt"
name = "Landesbeispielamt"
home = "https://www.beispielamt.example/"
states = ["HH"]
topics = []
licence = "DL-DE/BY-2.0"

[[source]]
id = "beispielamt-news"
url = "https://www.beispielamt.example/news.xml"
format = "feed"
enabled = true
status = "V"
evidence = "2026-09-24, content checked"
robots = "honour"
every = "1h"
"#;

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let found: Vec<String> = check_files(files).iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "{found} does not contain {expected}");
    }
}

#[test]
fn a_whole_description_passes() {
    check(&[("catalogue/sources/beispielamt.toml", GOOD)], &[]);
}

#[test]
fn the_file_is_called_like_the_publisher() {
    check(&[("catalogue/sources/amt.toml", GOOD)], &["amt.toml:1: id should be `amt`"]);
}

#[test]
fn what_is_missing_is_named() {
    let bad = GOOD.replace("evidence = \"2026-09-24, content checked\"\n", "");
    check(
        &[("catalogue/sources/beispielamt.toml", &bad)],
        &["beispielamt.toml:8: source `beispielamt-news` has no `evidence`"],
    );
}

#[test]
fn evidence_has_its_day() {
    let bad = GOOD.replace("2026-09-24, content", "20 items, content");
    check(
        &[("catalogue/sources/beispielamt.toml", &bad)],
        &["beispielamt.toml:14: source `beispielamt-news` does not say when"],
    );
}

#[test]
fn only_what_is_known_is_visited() {
    let guess = GOOD.replace("\"V\"", "\"G\"");
    check(
        &[("catalogue/sources/beispielamt.toml", &guess)],
        &["beispielamt.toml:12: source `beispielamt-news` is enabled"],
    );
    check(&[("catalogue/sources/beispielamt.toml", &guess.replace("true", "false"))], &[]);
}

#[test]
fn nothing_is_visited_twice() {
    let other = GOOD.replace("beispielamt\"", "zweitamt\"").replace("beispielamt-news", "zweitamt-news");
    let files = [("catalogue/sources/beispielamt.toml", GOOD), ("catalogue/sources/zweitamt.toml", &other)];
    check(
        &files,
        &[
            "zweitamt.toml:10: url `https://www.beispielamt.example/news.xml` stands in catalogue/sources/beispielamt.toml:10",
        ],
    );
}
