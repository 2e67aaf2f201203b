//! What is promised next door, held.

use super::*;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn months_read_write_and_follow_each_other() {
    for (text, before, after) in
        [("2026-11", "2026-10", "2026-12"), ("2026-01", "2025-12", "2026-02"), ("2024-12", "2024-11", "2025-01")]
    {
        let month = Month::parse(text).unwrap();
        assert_eq!([month.before().to_string(), month.to_string(), month.after().to_string()], [before, text, after]);
    }
    for wrong in ["2026-13", "2026-1", "2026-11-01", "26-11", "", "äöü-01"] {
        assert_eq!(Month::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn weeks_are_whole() {
    for (text, first, last, weeks) in [
        ("2026-11", "2026-10-26", "2026-12-06", 6),
        ("2027-02", "2027-02-01", "2027-02-28", 4),
        ("2024-02", "2024-01-29", "2024-03-03", 5),
    ] {
        let month = Month::parse(text).unwrap();
        assert_eq!(month.shown(), (day(first), day(last)), "{text}");
        assert_eq!(month.weeks().count(), weeks, "{text}");
        assert!(month.weeks().all(|monday| monday.weekday() == 0));
    }
}

#[test]
fn weeks_are_numbered_by_iso_8601() {
    for (monday, number) in
        [("2026-11-23", 48), ("2025-12-29", 1), ("2020-12-28", 53), ("2021-01-04", 1), ("2024-12-30", 1)]
    {
        assert_eq!(week(day(monday)), number, "{monday}");
    }
}

#[test]
fn the_ends_of_all_time_hold() {
    let (first, last) = (Month::parse("0001-01").unwrap(), Month::parse("9999-12").unwrap());
    assert_eq!((first.before(), last.after()), (first, last));
    assert!(first.weeks().count() > 0 && last.weeks().count() > 0);
}
