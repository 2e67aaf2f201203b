//! A table that others can read, and that no spreadsheet calculates.

use model::{Event, Item, Status, When};

use super::*;
use crate::write::tests::item;

#[track_caller]
fn check(item: &Item, line: &str) {
    assert_eq!(csv_line(item), line);
}

#[test]
fn a_line_has_a_cell_for_each_column() {
    assert!(csv_head().starts_with("id,kind,url,title,"));
    let news = item("a1", "NOOTS, \"live\"", "Zeile 1\nZeile 2", None);
    check(
        &news,
        "a1,news,https://amt.example/a1?a=1&b=2,\"NOOTS, \"\"live\"\"\",,\"Zeile 1\nZeile 2\",\
         2026-03-02T09:00:00+01:00,2026-03-02T09:30:00+01:00,de,amt-news,Amt für <Muster>,HH,noots,1,a1,,,,,,,,\r\n",
    );
    let event = Event {
        start: When::parse("2026-05-07").unwrap(),
        end: None,
        all_day: true,
        place: Some("Musterhalle; Saal 2".to_owned()),
        online: false,
        registration: None,
        organiser: Some("Amt".to_owned()),
        status: Status::Cancelled,
    };
    let line = csv_line(&item("e1", "Forum", "", Some(event)));
    assert!(line.ends_with(",e1,2026-05-07,,true,\"Musterhalle; Saal 2\",false,,Amt,cancelled\r\n"), "{line}");
    assert_eq!(csv_head().matches(',').count(), HEAD.len() - 1);
}

#[test]
fn a_source_writes_no_formula() {
    for (title, cell) in [
        ("=HYPERLINK(\"https://x.example\")", "\"'=HYPERLINK(\"\"https://x.example\"\")\""),
        ("+49 40 123", "'+49 40 123"),
        ("-Nein", "'-Nein"),
        ("@amt", "'@amt"),
        ("\u{0}=1+1", "'=1+1"),
        ("Ja = Nein", "Ja = Nein"),
    ] {
        let line = csv_line(&item("a", title, "", None));
        let rest = line.split_once("b=2,").unwrap().1;
        assert!(rest.starts_with(&format!("{cell},")), "{title}: {line}");
    }
}
