//! What one source knows of an event completes what another says, and contradicts nothing.

use super::*;

fn event(start: &str, end: Option<&str>, place: Option<&str>) -> Event {
    Event {
        start: When::parse(start).unwrap(),
        end: end.map(|end| When::parse(end).unwrap()),
        all_day: !start.contains('T'),
        place: place.map(str::to_owned),
        online: false,
        registration: None,
        organiser: None,
        status: Status::Confirmed,
    }
}

const DAY: &str = "2026-05-04";
const TEN: &str = "2026-05-04T10:00:00+02:00";
const FOUR: &str = "2026-05-04T16:00:00+02:00";

#[test]
fn hours_and_ends_are_filled_in() {
    for (own, other, expected) in [
        ((DAY, None), (TEN, Some(FOUR)), (TEN, Some(FOUR))),
        ((TEN, None), (TEN, Some(FOUR)), (TEN, Some(FOUR))),
        ((TEN, Some(FOUR)), (DAY, None), (TEN, Some(FOUR))),
        ((DAY, None), (DAY, Some("2026-05-05")), (DAY, Some("2026-05-05"))),
        // The first day's hour says nothing of the last day's.
        ((DAY, Some("2026-05-05")), (TEN, None), (DAY, Some("2026-05-05"))),
        // Over before it begins, by the other's clock.
        (("2026-05-04T17:00:00+02:00", None), (TEN, Some(FOUR)), ("2026-05-04T17:00:00+02:00", None)),
        ((DAY, None), ("2026-05-05T10:00:00+02:00", None), (DAY, None)),
    ] {
        let mut made = event(own.0, own.1, None);
        made.complete(&event(other.0, other.1, None));
        let expected = event(expected.0, expected.1, None);
        assert_eq!(made, expected, "{own:?} and {other:?}");
    }
}

#[test]
fn the_place_that_says_more_stays() {
    for (own, other, expected) in [
        (None, Some("Leipzig"), Some("Leipzig")),
        (Some("Leipzig"), Some("Alte Börse, Leipzig"), Some("Alte Börse, Leipzig")),
        (Some("Alte Börse, Leipzig"), Some("Leipzig"), Some("Alte Börse, Leipzig")),
        (Some("Rathaus"), Some("Bürgerhaus"), Some("Rathaus")),
        (Some("Rathaus"), None, Some("Rathaus")),
    ] {
        let mut made = event(DAY, None, own);
        made.complete(&event(DAY, None, other));
        assert_eq!(made.place.as_deref(), expected);
    }
}

#[test]
fn who_calls_it_off_is_believed_on_that_day_alone() {
    let off = |start| Event { status: Status::Cancelled, ..event(start, None, None) };
    let mut made = event(DAY, None, None);
    made.complete(&off("2026-05-05"));
    assert_eq!(made.status, Status::Confirmed);
    made.complete(&off(TEN));
    assert_eq!(made.status, Status::Cancelled);
}
