//! Structure is taken over and made consistent; prose makes an event where it is the item's subject.

use model::{Entry, Status};

use super::*;
use crate::normalise::draft;
use crate::testing::{RULES, at, entry, source};

fn event(start: &str, end: Option<&str>) -> Event {
    Event {
        start: When::parse(start).unwrap(),
        end: end.map(|end| When::parse(end).unwrap()),
        all_day: false,
        place: Some(" Rathaus  Musterstadt ".to_owned()),
        online: false,
        registration: Some(String::new()),
        organiser: None,
        status: Status::Confirmed,
    }
}

fn found(entry: Entry, source: &Source) -> (Kind, Option<Event>) {
    let now = at("2026-03-02");
    let draft = announce(draft(entry, source, &RULES, now).unwrap(), source, &RULES);
    find(&draft, source, &RULES, now)
}

#[test]
fn structure_is_taken_over() {
    let entry = |event| Entry { event: Some(event), ..entry("Fachtag", "https://probe.example/1") };
    let (kind, event_found) = found(entry(event("2026-05-04", Some("2026-05-05"))), &source("probe"));
    let event_found = event_found.unwrap();
    assert_eq!(kind, Kind::Event);
    assert!(event_found.all_day, "days are whole days");
    assert_eq!(event_found.place.as_deref(), Some("Rathaus Musterstadt"));
    assert_eq!(event_found.registration, None);
    let backwards = found(entry(event("2026-05-04T10:00:00+02:00", Some("2026-05-03"))), &source("probe")).1.unwrap();
    assert_eq!((backwards.end, backwards.all_day), (None, false), "no end before the start");
}

#[test]
fn start_and_end_are_of_one_kind() {
    let morning = "2026-05-04T10:00:00+02:00";
    for (start, end, expected) in [
        (morning, Some("2026-05-05"), ("2026-05-04", Some("2026-05-05"))),
        (morning, Some("2026-05-04"), ("2026-05-04", Some("2026-05-04"))),
        ("2026-05-04", Some("2026-05-05T17:00:00+02:00"), ("2026-05-04", Some("2026-05-05"))),
        // Until midnight is not on the next day.
        ("2026-05-04", Some("2026-05-06T00:00:00+02:00"), ("2026-05-04", Some("2026-05-05"))),
        ("2026-05-04", Some("2026-05-04"), ("2026-05-04", Some("2026-05-04"))),
        ("2026-05-04", Some("2026-05-03"), ("2026-05-04", None)),
        ("2026-05-04", Some("2026-05-03T12:00:00+02:00"), ("2026-05-04", None)),
        (morning, Some("2026-05-04T12:00:00+02:00"), (morning, Some("2026-05-04T12:00:00+02:00"))),
        (morning, Some(morning), (morning, None)),
        (morning, Some("2026-05-04T09:00:00+02:00"), (morning, None)),
        (morning, None, (morning, None)),
    ] {
        let made = consistent(event(start, end));
        let when = |text: &str| When::parse(text).unwrap();
        assert_eq!((made.start, made.end), (when(expected.0), expected.1.map(when)), "{start} to {end:?}");
        assert_eq!(made.all_day, matches!(made.start, When::Day(_)), "{start} to {end:?}");
    }
}

#[test]
fn words_are_bounded() {
    let made = |place: &str| {
        let words = Some(place.to_owned());
        consistent(Event { place: words.clone(), organiser: words, ..event("2026-05-04", None) })
    };
    let long = made(&"Saal ".repeat(1_000));
    for words in [long.place, long.organiser] {
        let words = words.unwrap();
        assert!(words.chars().count() <= WORDS && words.ends_with('…'), "{words}");
    }
    let whole = "ä".repeat(WORDS);
    assert_eq!(made(&whole).place, Some(whole));
}

#[test]
fn one_registers_at_an_address() {
    let made = |address: &str| {
        consistent(Event { registration: Some(address.to_owned()), ..event("2026-05-04", None) }).registration
    };
    for good in [
        "https://amt.example/anmeldung?tag=1#formular",
        "http://amt.example/",
        "mailto:anmeldung@amt.example?subject=Fachtag",
        "fach.tag+1@digital-amt.example",
    ] {
        assert_eq!(made(&format!(" {good}\n")).as_deref(), Some(good));
    }
    let long = format!("https://amt.example/{}", "a".repeat(REGISTRATION));
    for bad in [
        "javascript:alert(1)",
        "javascript:alert(1)@amt.example",
        "data:text/html,x",
        "ftp://amt.example/x",
        "/anmeldung",
        "telefonisch unter 030 1234",
        "https://amt.example/ oder telefonisch",
        "mailto:",
        "mailto:amt.example",
        "a@b@amt.example",
        "@amt.example",
        "anmeldung@amt",
        "anmeldung@amt..example",
        "https://amt.example/\"onmouseover=f()",
        "https://amt.example/<b>",
        &long,
    ] {
        assert_eq!(made(bad), None, "{bad}");
    }
}

#[test]
fn a_source_of_events_brings_events() {
    let events = Source { events: true, ..source("probe") };
    assert_eq!(found(entry("Fachtag", "https://probe.example/1"), &events), (Kind::Event, None));
    assert_eq!(found(entry("Fachtag", "https://probe.example/1"), &source("probe")), (Kind::News, None));
}

#[test]
fn what_an_item_announces_is_its_event() {
    let announcement = |title: &str, text: &str| Entry {
        text: Some(text.to_owned()),
        published: Some(at("2026-02-10")),
        ..entry(title, "https://probe.example/1")
    };
    let text = "Das Landesamt lädt am 17. März von 9:30 bis 16 Uhr zum Fachtag Registerdaten ins Rathaus Musterstadt \
                ein.\n\nAnmeldung: https://probe.example/fachtag";
    let (kind, event) = found(announcement("Fachtag Registerdaten", text), &source("probe"));
    let event = event.unwrap();
    assert_eq!((kind, event.start.date().to_string().as_str()), (Kind::Event, "2026-03-17"));
    assert_eq!(event.place.as_deref(), Some("Rathaus Musterstadt"));
    assert_eq!(event.registration.as_deref(), Some("https://probe.example/fachtag"));
    // News that only names a congress stays news.
    let text = "Die Software ist fertig. Gezeigt wird sie auf dem Zukunftskongress (22. bis 24. Juni 2026 in Berlin).";
    let (kind, event) = found(announcement("Neue Software für Standesämter", text), &source("probe"));
    assert_eq!((kind, event), (Kind::News, None));
}
