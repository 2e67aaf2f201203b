//! Held against the store: whatever a query finds there fits here, and nothing else.

use model::{Event, State, Status};
use store::Store;

use super::*;
use crate::http::words;
use crate::push::testing;

fn now() -> Moment {
    Moment::parse("2026-05-04T12:00:00+02:00").unwrap()
}

fn item(id: &str, title: &str, hours: i64) -> Item {
    Item {
        kicker: id.starts_with('k').then(|| "Registermodernisierung".to_owned()),
        published: Some(Moment::from_ms(now().ms() - hours * 3_600_000)),
        ..testing::item(id, title, &[])
    }
}

fn items() -> Vec<Item> {
    let event = |id: &str, title: &str, start: &str, end: Option<&str>| {
        let mut event = item(id, title, 1);
        event.kind = Kind::Event;
        let (start, end) = (When::parse(start).unwrap(), end.map(|end| When::parse(end).unwrap()));
        let (place, registration, organiser) = (None, None, None);
        let status = Status::Confirmed;
        event.event = Some(Event { start, end, all_day: true, place, online: false, registration, organiser, status });
        event
    };
    let mut items = vec![
        item("a", "Land beschließt Gesetz zur Modernisierung der Register", 1),
        item("b", "Neue Förderung für Demokratieprojekte in Thüringen", 30),
        item("k", "Die E-Akte kommt", 200),
        item("d", "Nichts von alledem, nur ein Projekt", 24),
        event("e", "Forum Digitale Verwaltung", "2026-05-04", None),
        event("f", "Registertag", "2026-04-01", Some("2026-05-03")),
        event("g", "Kongress", "2026-06-01T09:00:00+02:00", Some("2026-06-02T17:00:00+02:00")),
    ];
    items[0].states = vec![State::Hh];
    items[0].topics = vec!["noots".to_owned(), "register".to_owned()];
    items[1].states = vec![State::Th, State::Bund];
    items[3].topics = vec!["register".to_owned()];
    items[3].story.id = "a".to_owned();
    items[5].states = vec![State::Hh];
    items
}

async fn store(items: Vec<Item>) -> Store {
    let store = testing::store(now()).await;
    testing::publish(&store, items, now()).await;
    store
}

#[tokio::test]
async fn what_fits_is_what_the_store_finds() {
    let store = store(items()).await;
    let told: Vec<Told> = store.changes(0, 100).await.unwrap().items.into_iter().map(Told::new).collect();
    assert_eq!(told.len(), 7);
    let mut found = 0;
    for text in [
        "",
        "state=HH",
        "state=HH,BUND",
        "state=SH",
        "topic=register",
        "topic=register&state=HH",
        "kind=event",
        "kind=news",
        "source=probe",
        "source=andere",
        "q=Registermodernisierungen",
        "q=\"register modernisierung\"",
        "q=\"modernisierung der register\"",
        "q=projekt",
        "q=projekt -demokratie",
        "q=-projekt",
        "q=thueringen",
        "q=eAkte",
        "q=der",
        "q=-",
        "q=\"geht die\"",
        "since=7d",
        "since=24h",
        "since=24h&kind=news",
        "until=24h",
        "since=2026-05-03&until=2026-05-03",
        "since=2026-05-04",
        "until=2026-05-03",
        "since=2026-06-02T18:00:00+02:00",
        "q=forum&state=HH",
    ] {
        let query = Query::from_pairs(url::form_urlencoded::parse(text.as_bytes())).unwrap();
        let fits = Fits::new(&query);
        let mut here: Vec<&str> =
            told.iter().filter(|told| fits.fits(told, now())).map(|told| told.changed.item.id.as_str()).collect();
        let page = store.find(&query, &words(&query), now()).await.unwrap();
        let mut there: Vec<&str> = page.items.iter().map(|item| item.id.as_str()).collect();
        here.sort_unstable();
        there.sort_unstable();
        assert_eq!(here, there, "{text}");
        found += here.len();
    }
    assert!(found > 40, "{found}: the questions are about something");
}

#[tokio::test]
async fn of_a_story_its_lead_is_told() {
    let store = store(items()).await;
    let told = store.changes(0, 100).await.unwrap().items.into_iter().map(Told::new);
    let fits = Fits::new(&Query { stories: Some(true), topics: vec!["register".to_owned()], ..Query::default() });
    let ids: Vec<String> = told.filter(|told| fits.fits(told, now())).map(|told| told.changed.item.id).collect();
    assert_eq!(ids, ["a"]);
}
