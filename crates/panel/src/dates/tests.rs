//! What is promised next door, held.

use model::{Lang, Status};

use super::*;
use crate::words;

fn when(start: &str, end: &str, lang: Lang) -> String {
    let start = When::parse(start).unwrap();
    let all_day = matches!(start, When::Day(_));
    let end = When::parse(end);
    let event = Event {
        start,
        end,
        all_day,
        place: None,
        online: false,
        registration: None,
        organiser: None,
        status: Status::Confirmed,
    };
    super::event(&event, words::of(lang))
}

#[test]
fn events_in_german() {
    for (start, end, expected) in [
        ("2026-11-24T10:00:00+01:00", "2026-11-24T12:00:00+01:00", "Di., 24.\u{a0}Nov. 2026, 10–\u{2060}12\u{a0}Uhr"),
        (
            "2026-11-24T09:30:00+01:00",
            "2026-11-24T12:00:00+01:00",
            "Di., 24.\u{a0}Nov. 2026, 9:30–\u{2060}12:00\u{a0}Uhr",
        ),
        ("2026-07-01T08:00:00Z", "", "Mi., 1.\u{a0}Juli 2026, 10\u{a0}Uhr"),
        ("2026-03-06T18:15:00+01:00", "2026-03-06T18:15:00+01:00", "Fr., 6.\u{a0}März 2026, 18:15\u{a0}Uhr"),
        ("2026-11-24", "", "Di., 24.\u{a0}Nov. 2026"),
        ("2026-11-24", "2026-11-24", "Di., 24.\u{a0}Nov. 2026"),
        ("2026-11-24", "2026-11-26", "24.–26.\u{a0}Nov. 2026"),
        ("2026-11-30", "2026-12-02", "30.\u{a0}Nov. – 2.\u{a0}Dez. 2026"),
        ("2026-12-30", "2027-01-02", "30.\u{a0}Dez. 2026 – 2.\u{a0}Jan. 2027"),
        ("2026-11-24T10:00:00+01:00", "2026-11-26T16:00:00+01:00", "24.–26.\u{a0}Nov. 2026"),
        // A reception until one at night is still that evening's.
        ("2026-11-24T19:00:00+01:00", "2026-11-25T01:00:00+01:00", "Di., 24.\u{a0}Nov. 2026, 19–\u{2060}1\u{a0}Uhr"),
        // A source that swaps both ends still has a first day.
        ("2026-11-24", "2026-11-20", "Di., 24.\u{a0}Nov. 2026"),
    ] {
        assert_eq!(when(start, end, Lang::De), expected);
    }
}

#[test]
fn events_in_english() {
    for (start, end, expected) in [
        ("2026-11-24T10:00:00+01:00", "2026-11-24T12:00:00+01:00", "Tue, 24 Nov 2026, 10:00–\u{2060}12:00"),
        ("2026-11-24", "2026-11-26", "24–26 Nov 2026"),
        ("2026-12-30", "2027-01-02", "30 Dec 2026 – 2 Jan 2027"),
    ] {
        assert_eq!(when(start, end, Lang::En), expected);
    }
}

#[test]
fn days_are_berlins() {
    let late = Moment::parse("2026-11-21T23:30:00Z").unwrap();
    assert_eq!(long(late, words::of(Lang::De)), "22.\u{a0}November 2026");
    assert_eq!(long(late, words::of(Lang::En)), "22 November 2026");
}
