//! What is read of what was written is what went in; and nothing that is written breaks a parser.

use model::{Date, Document, Entry, Event, Item, Kind, Moment, Reading, Source, SourceRef, State, Status, Story, When};
use proptest::prelude::*;

use super::{Header, atom, calendar, json_feed};

fn header(label: &dyn Fn(&str) -> String) -> Header<'_> {
    Header {
        title: "Neues aus der Verwaltung",
        subtitle: Some("Hamburg & Bund"),
        self_url: "https://ticker.example/feeds/atom.xml?state=HH&topic=noots",
        home_url: "https://ticker.example/",
        lang: "de",
        updated: Moment::parse("2026-03-02T10:00:00+01:00"),
        next: Some("https://ticker.example/feeds/atom.xml?cursor=x"),
        hub: None,
        label,
    }
}

fn label(code: &str) -> String {
    match code {
        "HH" => "Hamburg".into(),
        "noots" => "NOOTS, Registermodernisierung".into(),
        other => other.into(),
    }
}

fn item(id: &str, title: &str, summary: &str, event: Option<Event>) -> Item {
    Item {
        id: id.into(),
        kind: if event.is_some() { Kind::Event } else { Kind::News },
        url: format!("https://amt.example/{id}?a=1&b=2"),
        title: title.into(),
        kicker: None,
        summary: summary.into(),
        published: Moment::parse("2026-03-02T09:00:00+01:00"),
        updated: Moment::parse("2026-03-02T09:30:00+01:00"),
        lang: "de".into(),
        source: SourceRef {
            id: "amt-news".into(),
            name: "Amt für <Muster>".into(),
            url: "https://amt.example/".into(),
            licence: Some("DL-DE/BY-2.0".into()),
        },
        states: vec![State::Hh],
        topics: vec!["noots".into()],
        relevance: 1.0,
        story: Story { id: id.into(), size: 1, others: Vec::new() },
        image: None,
        event,
        why: Vec::new(),
    }
}

fn event(start: &str, end: Option<&str>, place: Option<&str>) -> Event {
    let start = When::parse(start).unwrap();
    Event {
        start,
        end: end.and_then(When::parse),
        all_day: matches!(start, When::Day(_)),
        place: place.map(Into::into),
        online: false,
        registration: None,
        organiser: Some("Amt für Muster".into()),
        status: Status::Confirmed,
    }
}

fn read(text: String) -> Reading {
    let url = "https://ticker.example/feeds/x".into();
    crate::read(&Document { bytes: text.into_bytes(), media_type: None, url }, &Source::default())
}

fn items() -> Vec<Item> {
    let mut hybrid =
        event("2026-05-04T09:30:00+02:00", Some("2026-05-04T16:00:00+02:00"), Some("Rathaus; Saal 1, Musterstadt"));
    hybrid.online = true;
    hybrid.registration = Some("anmeldung@amt.example".into());
    hybrid.status = Status::Cancelled;
    vec![
        item("a1", "Staatsvertrag & Register: 5 < 6", "Erste Zeile, zweite; dritte \\ Zeile", None),
        item("b2", "Fachtag „Digitalcheck“", "Mit Anmeldung", Some(hybrid)),
        item("c3", "Digitalwoche", "", Some(event("2026-06-08", Some("2026-06-12"), None))),
        item("d4", "Einzelner Tag", "x", Some(event("2026-06-15", None, None))),
    ]
}

fn check(item: &Item, entry: &Entry) {
    assert_eq!(entry.title.as_deref(), Some(item.title.as_str()));
    assert_eq!(entry.url.as_deref(), Some(item.url.as_str()));
    assert_eq!(entry.guid, Some(super::urn(&item.id)));
    assert_eq!(entry.summary.clone().unwrap_or_default(), item.summary);
}

#[test]
fn atom_comes_back() {
    let items = items();
    let reading = read(atom(&header(&label), &items));
    assert_eq!((reading.format.as_str(), reading.complaints.len()), ("atom", 0), "{:?}", reading.complaints);
    assert_eq!(reading.title.as_deref(), Some("Neues aus der Verwaltung"));
    assert_eq!(reading.hints.own_url.as_deref(), Some("https://ticker.example/feeds/atom.xml?state=HH&topic=noots"));
    assert_eq!(reading.entries.len(), items.len());
    for (item, entry) in items.iter().zip(&reading.entries) {
        check(item, entry);
        assert_eq!((entry.published, entry.updated), (item.published, item.updated));
        assert_eq!(entry.categories, ["Hamburg", "NOOTS, Registermodernisierung"]);
        assert_eq!(entry.authors, ["Amt für <Muster>"]);
        let when = |event: &Option<Event>| event.as_ref().map(|event| (event.start, event.end, event.place.clone()));
        assert_eq!(when(&entry.event), when(&item.event));
    }
}

#[test]
fn json_feed_comes_back() {
    let items = items();
    let reading = read(json_feed(&header(&label), &items));
    assert_eq!((reading.format.as_str(), reading.complaints.len()), ("json-feed", 0), "{:?}", reading.complaints);
    assert_eq!(reading.entries.len(), items.len());
    for (item, entry) in items.iter().zip(&reading.entries) {
        check(item, entry);
        assert_eq!((entry.published, entry.updated), (item.published, item.updated));
        assert_eq!(entry.event, item.event);
    }
}

#[test]
fn a_calendar_comes_back() {
    let items = items();
    let reading = read(calendar(&header(&label), &items));
    assert_eq!((reading.format.as_str(), reading.complaints.len()), ("ics", 0), "{:?}", reading.complaints);
    assert_eq!(reading.title.as_deref(), Some("Neues aus der Verwaltung"));
    assert_eq!(reading.hints.ttl_minutes, Some(240));
    let events: Vec<_> = items.iter().filter(|item| item.event.is_some()).collect();
    assert_eq!(reading.entries.len(), events.len());
    for (item, entry) in events.into_iter().zip(&reading.entries) {
        check(item, entry);
        assert_eq!(entry.event, item.event);
        assert_eq!(entry.categories, ["Hamburg", "NOOTS, Registermodernisierung"]);
    }
}

#[test]
fn one_entry_of_each() {
    let item = &items()[1..2];
    insta::assert_snapshot!("atom", atom(&header(&label), item).replace("><", ">\n<"));
    insta::assert_snapshot!("json_feed", json_feed(&header(&label), item).replace(",\"", ",\n\""));
    insta::assert_snapshot!("calendar", calendar(&header(&label), item).replace('\r', ""));
}

#[test]
fn an_empty_feed_is_a_feed() {
    assert_eq!(read(atom(&header(&label), &[])).format, "atom");
    assert_eq!(read(json_feed(&header(&label), &[])).format, "json-feed");
    assert_eq!(read(calendar(&header(&label), &items()[..1])).entries, []);
}

#[test]
fn what_has_no_date_is_as_old_as_the_feed() {
    let undated = Item { published: None, updated: None, ..item("u1", "Ohne Datum", "", None) };
    let xml = atom(&header(&label), std::slice::from_ref(&undated));
    assert_eq!(xml.matches("<updated>2026-03-02T10:00:00+01:00</updated>").count(), 3, "{xml}");
    let xml = atom(&Header { updated: None, ..header(&label) }, &[undated]);
    assert_eq!(xml.matches("<updated>1970-01-01T01:00:00+01:00</updated>").count(), 3, "{xml}");
}

#[test]
fn a_feed_is_the_same_on_every_host_and_page() {
    for (address, want) in [
        ("https://a.example/feeds/atom.xml", "feeds/atom.xml"),
        ("http://127.0.0.1:8080/feeds/atom.xml?cursor=abc", "feeds/atom.xml"),
        ("/feeds/atom.xml?state=HH&cursor=abc&topic=noots", "feeds/atom.xml:state=HH&topic=noots"),
        ("https://b.example/feeds/atom.xml?q=wer?&topic=noots", "feeds/atom.xml:q=wer%3F&topic=noots"),
        ("https://b.example/feeds/atom.xml?q=Stra\u{df}e%20x", "feeds/atom.xml:q=Stra%C3%9Fe%20x"),
    ] {
        assert_eq!(super::feed_urn(address), format!("urn:amtsticker:feed:{want}"));
    }
}

#[test]
fn start_and_end_are_of_one_kind() {
    for (start, end, want) in [
        ("2026-05-04T09:30:00+02:00", Some("2026-05-05"), "DTSTART;VALUE=DATE:20260504 DTEND;VALUE=DATE:20260506"),
        ("2026-05-04", Some("2026-05-04T16:00:00+02:00"), "DTSTART;VALUE=DATE:20260504 DTEND;VALUE=DATE:20260505"),
        ("2026-05-04", Some("2026-05-03T16:00:00+02:00"), "DTSTART;VALUE=DATE:20260504"),
        ("2026-05-04", Some("2026-05-05"), "DTSTART;VALUE=DATE:20260504 DTEND;VALUE=DATE:20260506"),
        ("2026-05-04", Some("2026-05-01"), "DTSTART;VALUE=DATE:20260504"),
        ("2026-05-04T09:30:00+02:00", Some("2026-05-04T09:30:00+02:00"), "DTSTART:20260504T073000Z"),
        ("2026-05-04T09:30:00+02:00", Some("2026-05-04T08:30:00+02:00"), "DTSTART:20260504T073000Z"),
        ("2026-05-04T09:30:00+02:00", None, "DTSTART:20260504T073000Z"),
    ] {
        let ics = calendar(&header(&label), &[item("e", "x", "", Some(event(start, end, None)))]);
        let lines: Vec<_> =
            ics.lines().filter(|line| line.starts_with("DTSTART") || line.starts_with("DTEND")).collect();
        assert_eq!(lines.join(" "), want);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_well_formed(title in any::<String>(), summary in "\\PC{0,200}|[\\x00-\\x20<&>\\]\";,\\\\äß]{0,60}", day in 0_i64..40_000) {
        let event = Event { start: When::Day(Date::from_days(day)), ..event("2026-01-01", None, Some(&summary)) };
        let items = [item("x", &title, &summary, Some(event.clone()))];

        let xml = atom(&header(&label), &items);
        let mut reader = quick_xml::Reader::from_str(&xml);
        reader.config_mut().check_end_names = true;
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
        prop_assert!(!xml.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r')));

        serde_json::from_str::<serde_json::Value>(&json_feed(&header(&label), &items)).unwrap();

        let ics = calendar(&header(&label), &items);
        for line in ics.strip_suffix("\r\n").unwrap().split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
        let reading = read(ics);
        prop_assert_eq!(reading.entries.len(), 1);
        prop_assert_eq!(reading.entries[0].event.as_ref().map(|event| event.start), Some(event.start));
    }
}
