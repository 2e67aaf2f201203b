//! What each format says of a few items, line by line; `round_trips.rs` says it of any.

mod round_trips;

use std::sync::Arc;

use model::{
    Document, Entry, Event, Format, Item, Kind, Moment, Publisher, Reading, Source, SourceRef, State, Status, Story,
    When,
};

use super::{Header, atom, calendar, json_feed, opml, rss};

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

pub(super) fn item(id: &str, title: &str, summary: &str, event: Option<Event>) -> Item {
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
        story: Story { id: id.into(), size: 1, ..Story::default() },
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
fn rss_comes_back() {
    let items = items();
    let reading = read(rss(&header(&label), &items));
    assert_eq!((reading.format.as_str(), reading.complaints.len()), ("rss2", 0), "{:?}", reading.complaints);
    assert_eq!(reading.title.as_deref(), Some("Neues aus der Verwaltung"));
    assert_eq!(reading.hints.own_url.as_deref(), Some("https://ticker.example/feeds/atom.xml?state=HH&topic=noots"));
    assert_eq!((reading.hints.ttl_minutes, reading.hints.hub), (Some(60), None));
    assert_eq!(reading.entries.len(), items.len());
    for (item, entry) in items.iter().zip(&reading.entries) {
        check(item, entry);
        assert_eq!((entry.published, entry.updated), (item.published, item.updated));
        assert_eq!(entry.categories, ["Hamburg", "NOOTS, Registermodernisierung"]);
        assert_eq!((&entry.authors[..], entry.lang.as_deref()), (&["Amt für <Muster>".to_owned()][..], Some("de")));
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
fn a_kicker_stands_before_the_title_everywhere_and_comes_back_apart_where_it_is_marked() {
    let item = Item { kicker: Some("NOOTS".into()), ..item("a", "Register angebunden", "", None) };
    let written = json_feed(&header(&label), std::slice::from_ref(&item));
    assert!(written.contains("\"title\":\"NOOTS: Register angebunden\""), "{written}");
    let entry = read(written).entries.remove(0);
    assert_eq!((entry.kicker, entry.title), (item.kicker.clone(), Some(item.title.clone())));
    for text in [atom(&header(&label), std::slice::from_ref(&item)), rss(&header(&label), &[item])] {
        assert_eq!(read(text).entries[0].title.as_deref(), Some("NOOTS: Register angebunden"));
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
        assert_eq!((entry.published, entry.updated), (item.published, item.updated));
        assert_eq!(entry.categories, ["Hamburg", "NOOTS, Registermodernisierung"]);
    }
}

#[test]
fn one_entry_of_each() {
    let item = &items()[1..2];
    insta::assert_snapshot!("atom", atom(&header(&label), item).replace("><", ">\n<"));
    insta::assert_snapshot!("rss", rss(&header(&label), item).replace("><", ">\n<"));
    insta::assert_snapshot!("json_feed", json_feed(&header(&label), item).replace(",\"", ",\n\""));
    insta::assert_snapshot!("calendar", calendar(&header(&label), item).replace('\r', ""));
}

#[test]
fn an_empty_feed_is_a_feed() {
    assert_eq!(read(atom(&header(&label), &[])).format, "atom");
    assert_eq!(read(rss(&header(&label), &[])).format, "rss2");
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

/// The lines of the first event, without those of the time zone before it.
fn own_lines(ics: &str) -> impl Iterator<Item = &str> {
    ics.lines().skip_while(|line| *line != "BEGIN:VEVENT")
}

#[test]
fn start_and_end_are_of_one_kind() {
    for (start, end, want) in [
        ("2026-05-04T09:30:00+02:00", Some("2026-05-05"), "DTSTART;VALUE=DATE:20260504 DTEND;VALUE=DATE:20260506"),
        ("2026-05-04", Some("2026-05-04T16:00:00+02:00"), "DTSTART;VALUE=DATE:20260504 DTEND;VALUE=DATE:20260505"),
        ("2026-05-04", Some("2026-05-03T16:00:00+02:00"), "DTSTART;VALUE=DATE:20260504"),
        ("2026-05-04", Some("2026-05-05"), "DTSTART;VALUE=DATE:20260504 DTEND;VALUE=DATE:20260506"),
        ("2026-05-04", Some("2026-05-01"), "DTSTART;VALUE=DATE:20260504"),
        ("2026-05-04T09:30:00+02:00", Some("2026-05-04T09:30:00+02:00"), "DTSTART;TZID=Europe/Berlin:20260504T093000"),
        ("2026-05-04T09:30:00+02:00", Some("2026-05-04T08:30:00+02:00"), "DTSTART;TZID=Europe/Berlin:20260504T093000"),
        ("2026-05-04T09:30:00+02:00", None, "DTSTART;TZID=Europe/Berlin:20260504T093000"),
    ] {
        let ics = calendar(&header(&label), &[item("e", "x", "", Some(event(start, end, None)))]);
        let lines: Vec<_> =
            own_lines(&ics).filter(|line| line.starts_with("DTSTART") || line.starts_with("DTEND")).collect();
        assert_eq!(lines.join(" "), want);
    }
}

#[test]
fn berlins_clock_is_written_where_it_says_which_moment_is_meant() {
    for (start, want) in [
        ("2026-01-15T09:30:00+01:00", "DTSTART;TZID=Europe/Berlin:20260115T093000"),
        ("2026-07-15T09:30:15+02:00", "DTSTART;TZID=Europe/Berlin:20260715T093015"),
        // The last minute before summer time, and the first of it.
        ("2026-03-29T01:59:00+01:00", "DTSTART;TZID=Europe/Berlin:20260329T015900"),
        ("2026-03-29T03:00:00+02:00", "DTSTART;TZID=Europe/Berlin:20260329T030000"),
        // In October an hour comes twice.
        ("2026-10-25T02:30:00+02:00", "DTSTART;TZID=Europe/Berlin:20261025T023000"),
        ("2026-10-25T02:30:00+01:00", "DTSTART:20261025T013000Z"),
        ("1996-07-15T09:30:00+02:00", "DTSTART:19960715T073000Z"),
    ] {
        let one = event(start, None, None);
        let ics = calendar(&header(&label), &[item("e", "x", "", Some(one.clone()))]);
        assert_eq!(own_lines(&ics).find(|line| line.starts_with("DTSTART")), Some(want));
        assert_eq!(read(ics).entries[0].event.as_ref().map(|event| event.start), Some(one.start));
    }
}

#[test]
fn the_sequence_counts_corrections() {
    let planned = item("e", "x", "", Some(event("2026-05-04", None, None)));
    let sequence = |item: &Item| -> u32 {
        let ics = calendar(&header(&label), std::slice::from_ref(item));
        own_lines(&ics).find_map(|line| line.strip_prefix("SEQUENCE:")).unwrap().parse().unwrap()
    };
    let mut moved = planned.clone();
    moved.story.revision = 2;
    assert_eq!([&planned, &moved].map(sequence), [0, 2], "as its story counts them");
}

fn source(id: &str, publisher: &str, format: Format) -> Source {
    Source {
        id: id.into(),
        url: format!("https://amt.example/{id}?a=1&b=2"),
        publisher: Arc::new(Publisher {
            id: publisher.into(),
            name: format!("Amt für „{publisher}“ & <Co>"),
            home: format!("https://{publisher}.example/"),
            licence: None,
        }),
        format,
        states: vec![State::Hh, State::Bund],
        topics: vec!["noots".into()],
        ..Source::default()
    }
}

#[test]
fn a_list_of_sources_is_a_list_of_subscriptions() {
    let sources = [
        source("a-news", "a", Format::Auto),
        source("a-termine", "a", Format::Ics),
        source("b-seite", "b", Format::Html),
        Source { states: Vec::new(), topics: Vec::new(), ..source("c-news", "c", Format::Feed) },
    ];
    insta::assert_snapshot!("opml", opml(&header(&label), &sources).replace("><", ">\n<"));
    assert!(roxmltree::Document::parse(&opml(&header(&label), &[])).is_ok());
}

#[test]
fn only_addresses_of_the_web_leave() {
    for (address, want) in [
        ("https://amt.example/a?b=1&c=2#d", Some("https://amt.example/a?b=1&c=2#d")),
        ("HTTP://AMT.example", Some("HTTP://AMT.example")),
        ("https://amt.example/Stra\u{df}e \"x\" <b>", Some("https://amt.example/Stra%C3%9Fe%20%22x%22%20%3Cb%3E")),
        ("https://m\u{fc}ll.example/", Some("https://xn--mll-hoa.example/")),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,<script>", None),
        ("file:///etc/passwd", None),
        ("vbscript:x", None),
        ("//amt.example/x", None),
        ("/x", None),
        ("http://", None),
        ("", None),
    ] {
        assert_eq!(super::web(address).as_deref(), want, "{address}");
    }
    for (address, leaves) in [
        ("anmeldung@amt.example", true),
        ("mailto:anmeldung@amt.example?subject=Forum", true),
        ("https://amt.example/@forum", true),
        ("javascript:alert('@')", false),
        ("data:text/html,@", false),
        ("telefonisch", false),
    ] {
        assert_eq!(super::reach(address).is_some(), leaves, "{address}");
    }
}

#[test]
fn an_item_that_leads_nowhere_is_still_one() {
    let mut lost = item("x1", "Ohne Adresse", "Worum es geht", Some(event("2026-05-04", None, None)));
    lost.url = "javascript:alert(1)".into();
    lost.source.url = "data:text/html,x".into();
    lost.image = Some("file:///x.png".into());
    lost.event.as_mut().unwrap().registration = Some("javascript:alert(2)".into());
    let lost = [lost];
    for text in [
        atom(&header(&label), &lost),
        rss(&header(&label), &lost),
        json_feed(&header(&label), &lost),
        calendar(&header(&label), &lost),
    ] {
        for scheme in ["javascript:", "data:", "file:"] {
            assert!(!text.contains(scheme), "{scheme} in {text}");
        }
        let reading = read(text);
        assert_eq!(reading.entries.len(), 1, "{:?}", reading.complaints);
        assert_eq!(reading.entries[0].title.as_deref(), Some("Ohne Adresse"));
    }
    assert!(atom(&header(&label), &lost).contains("<content>Worum es geht</content>"), "RFC 4287, 4.1.2");
}
