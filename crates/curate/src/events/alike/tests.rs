//! Pairs in one line each: `source hour title @ place`, all on one day.

use model::{Status, When};

use super::*;
use crate::testing::RULES;

/// `a 10:00 Fachtag Netze @ Rathaus`; no hour is `-`.
fn event(text: &str) -> (String, String, Event) {
    let mut words = text.splitn(3, ' ');
    let (source, hour, rest) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
    let (title, place) = rest.split_once(" @ ").map_or((rest, None), |(title, place)| (title, Some(place.to_owned())));
    let start = if hour == "-" { "2026-06-19".to_owned() } else { format!("2026-06-19T{hour}:00+02:00") };
    let start = When::parse(&start).unwrap();
    let event = Event {
        start,
        end: None,
        all_day: hour == "-",
        place,
        online: false,
        registration: None,
        organiser: None,
        status: Status::Confirmed,
    };
    (source.to_owned(), title.to_owned(), event)
}

#[track_caller]
fn check(one: &str, other: &str, expected: bool) {
    let ((a, title_a, event_a), (b, title_b, event_b)) = (event(one), event(other));
    let one_face = Face::of(&a, "https://a.example/", &title_a, &event_a, &RULES);
    let other_face = Face::of(&b, "https://b.example/", &title_b, &event_b, &RULES);
    assert_eq!(one_face.alike(&other_face).is_some(), expected, "{one} | {other}");
    assert_eq!(other_face.alike(&one_face).is_some(), expected, "{other} | {one}");
}

#[test]
fn one_event_in_two_houses_words() {
    for (one, other) in [
        ("a 10:00 Fachtag Registerdaten @ Haus der Begegnung, Leipzig", "b - Fachtag Registerdaten"),
        ("a 10:00 Fachtag Registerdaten", "b 09:30 Einladung zum Fachtag Registerdaten 2026"),
        ("a - Zukunftskongress Staat & Verwaltung @ Berlin", "b - 12. Zukunftskongress @ WECC, Berlin"),
        ("a 18:00 Digitalstammtisch @ Kulturhof, Leipzig", "b 18:00 Digitalstammtisch im Kulturhof @ Kulturhof"),
        ("a - Forum Netze der Länder", "b - Forum „Netze der Länder“: Programm steht"),
        ("a - Fachtag Netze @ Leipzig", "a - Fachtag Netze @ Leipzig"),
    ] {
        check(one, other, true);
    }
}

#[test]
fn what_only_looks_alike() {
    for (one, other) in [
        // Each town holds its own.
        ("a - Digitaltag @ Rathaus Leipzig", "b - Digitaltag @ Rathaus Hannover"),
        ("a - Digitaltag", "b - Digitaltag"),
        ("a - Digitaltag 2026 in Hamburg", "b - Digitaltag 2026 in Bremen"),
        ("a 10:00 Sprechstunde @ Rathaus", "b 10:00 Sprechstunde @ Rathaus"),
        // In the morning and in the afternoon.
        ("a 10:00 Führung durch das Rechenzentrum @ Leipzig", "b 14:00 Führung durch das Rechenzentrum @ Leipzig"),
        ("a 10:00 Fachtag Netze @ Leipzig", "a 10:30 Fachtag Netze @ Leipzig"),
        ("a - Schulung E-Akte Modul 1 @ Leipzig", "b - Schulung E-Akte Modul 2 @ Leipzig"),
        // On one day in one town.
        ("a - Workshop Cloud @ Leipzig", "b - Workshop Register @ Leipzig"),
        ("a - Veranstaltung @ Leipzig", "b - Workshop @ Leipzig"),
    ] {
        check(one, other, false);
    }
}

#[test]
fn another_day_is_another_event() {
    let (_, title, first) = event("a - Fachtag Netze @ Leipzig");
    let next = Event { start: When::parse("2026-06-20").unwrap(), ..first.clone() };
    let face = |event| Face::of("a", "", &title, event, &RULES);
    assert!(face(&first).alike(&face(&next)).is_none() && !face(&first).contradicts(&face(&next)));
}

#[test]
fn one_page_of_two_sources_counts_as_one_place() {
    let (_, title, event) = event("a - Digitaltag");
    let face = |source, url| Face::of(source, url, &title, &event, &RULES);
    assert!(face("a", "https://x.example/1").alike(&face("b", "https://x.example/1")).is_some());
}
