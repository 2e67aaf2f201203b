//! What is promised next door, held.

use model::{Date, Lang, State, Why};

use super::*;

fn item(n: u8) -> Item {
    let at = Moment::from_berlin(Date::new(2026, 11, n).unwrap(), 8, 30);
    Item {
        id: format!("id{n}"),
        kind: if n.is_multiple_of(2) { Kind::Event } else { Kind::News },
        url: "https://www.beispiel.example/a?b=1&c=2".to_owned(),
        title: "Über „Register“ & <Grenzen>".to_owned(),
        kicker: (n == 1).then(|| "Pressemitteilung".to_owned()),
        summary: "Erste Zeile\nzweite".to_owned(),
        published: Some(at),
        updated: (n == 2).then_some(at),
        lang: "de".to_owned(),
        source: SourceRef {
            id: "bsp".to_owned(),
            name: "Bundesamt für Beispiele".to_owned(),
            url: "https://www.beispiel.example/".to_owned(),
            licence: Some("DL-DE/BY-2.0".to_owned()),
        },
        states: vec![State::Hh, State::Bund],
        topics: vec!["noots".to_owned()],
        relevance: 0.0,
        story: Story {
            id: "id1".to_owned(),
            size: 2,
            others: vec![Other {
                id: "x".to_owned(),
                url: "https://presse.example/x".to_owned(),
                title: "Dasselbe".to_owned(),
                source: "Musterblatt".to_owned(),
                published: None,
            }],
            ..Story::default()
        },
        image: None,
        event: n.is_multiple_of(2).then(|| Event {
            start: if n == 2 { When::At(at) } else { When::Day(at.date()) },
            end: (n == 2).then_some(When::At(at)),
            all_day: n != 2,
            place: Some("Musterstadt".to_owned()),
            online: true,
            registration: Some("anmeldung@beispiel.example".to_owned()),
            organiser: None,
            status: if n == 2 { Status::Cancelled } else { Status::Tentative },
        }),
        why: Vec::new(),
    }
}

fn sample() -> PanelData {
    let counts = BTreeMap::from([("HH".to_owned(), 3), ("BUND".to_owned(), 40)]);
    PanelData {
        query: Query::from_pairs([
            ("state", "HH,BUND"),
            ("q", "Bürger & \"Amt\" +1%"),
            ("since", "7d"),
            ("lang", "en"),
        ])
        .unwrap()
        .for_panel(),
        page: Page {
            items: vec![item(1), item(2), item(4)],
            total: 43,
            next: Some("abc+/=".to_owned()),
            facets: Facets { state: counts.clone(), topic: counts.clone(), source: BTreeMap::new(), kind: counts },
            updated: Some(Moment::from_ms(1_700_000_000_000)),
        },
        names: Names { topics: vec![("noots".to_owned(), "NOOTS".to_owned())], sources: Vec::new() },
        origin: "https://ticker.example".to_owned(),
        look: Look {
            heading: Some("Neues".to_owned()),
            hide_heading: true,
            label: Some("Nur Hamburg".to_owned()),
            heading_level: 3,
            theme: Theme::Dark,
            lock: vec![Lock::Topic, Lock::Kind],
            standalone: true,
            view: View::Calendar,
            month: Month::parse("2026-11"),
            day: Date::new(2026, 11, 24),
            all_sources: true,
            new_window: true,
            remember: true,
            share: true,
            folded: false,
        },
        sample: true,
        now: Some(Moment::from_ms(1_700_000_300_000)),
        tellers: 17,
        marks: BTreeMap::from([("id1".to_owned(), Marks { title: vec![(0, 4), (9, 17)], summary: vec![(6, 11)] })]),
    }
}

#[test]
fn both_ends_of_the_wire_agree() {
    for data in [sample(), PanelData::default()] {
        let text = serde_json::to_string(&data).unwrap();
        assert_eq!(super::data(&text), Some(data.clone()));
    }
}

#[test]
fn what_the_panel_never_shows_does_not_hinder() {
    let mut with = item(1);
    (with.relevance, with.image) = (0.75, Some("https://bild.example/x.png".to_owned()));
    with.why.push(Why {
        label: "topic:noots".into(),
        field: "title".into(),
        text: "NOOTS".to_owned(),
        start: 1,
        end: 5,
        rule: "noots-1".into(),
        weight: -0.5,
    });
    let said = PanelData { page: Page { items: vec![with], ..Page::default() }, ..PanelData::default() };
    let read = super::data(&serde_json::to_string(&said).unwrap()).unwrap();
    let shown = &read.page.items[0].why[0];
    assert_eq!([&*shown.label, &shown.field, &shown.text], ["topic:noots", "title", "NOOTS"]);
    assert_eq!(Item { why: Vec::new(), ..read.page.items[0].clone() }, item(1));
}

#[test]
fn an_error_page_is_no_page() {
    assert_eq!(data("<!DOCTYPE html><title>502</title>"), None);
    assert_eq!(data(r#"{"query":"","look":{"heading_level":2},"page":{"items":[{"title":"ohne id"}]}}"#), None);
    assert_eq!(data(r#"{"query":"state=XX"}"#), None);
}

#[test]
fn a_query_in_another_language_of_wording() {
    assert_eq!(sample().query.lang, Some(Lang::En));
    assert_eq!(query_from(&sample().query.to_query_string()), Some(sample().query));
}
