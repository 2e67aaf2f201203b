//! Events: told by several, moved, called off by another, taken back.

use model::{Ahead, Batch, Change, Event, Item, Judged, Status};
use store::Store;

use crate::hand::*;

const TEN: &str = "2026-06-10T10:00:00+02:00";

/// An event that takes place, at this place or none.
fn at(id: &str, start: &str, place: Option<&str>) -> Judged {
    let mut judged = event(id, start, None);
    let event = judged.item.event.as_mut().unwrap();
    (event.place, event.status) = (place.map(str::to_owned), Status::Confirmed);
    judged
}

async fn shown(store: &Store, text: &str) -> Vec<Item> {
    find(store, text).await.items
}

/// `id revision start status` of the events, one per story.
async fn told(store: &Store) -> String {
    let word = |event: &Event| if event.status == Status::Cancelled { "off" } else { "on" };
    let one = |item: &Item| {
        let event = item.event.as_ref().unwrap();
        format!("{} {} {} {}", item.id, item.story.revision, event.start.date(), word(event))
    };
    shown(store, "kind=event&stories=1").await.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn off(ids: &[&str]) -> Batch {
    Batch { cancelled: ids.iter().map(|id| (*id).to_owned()).collect(), ..Batch::default() }
}

#[tokio::test]
async fn the_lead_stands_for_an_event_and_knows_what_all_know() {
    let store = store().await;
    let lead = at("b", TEN, None);
    let other = at("a", "2026-06-10", Some("Alte Börse, Leipzig")).told_with("b");
    new(&store, "nord", [lead]).await;
    new(&store, "sued", [other, news("n", HOUR)]).await;
    let [item] = &shown(&store, "kind=event&stories=1").await[..] else { panic!("one entry") };
    let event = item.event.as_ref().unwrap();
    assert_eq!((item.id.as_str(), item.story.size, item.story.revision), ("b", 2, 1));
    assert_eq!((event.place.as_deref(), event.all_day), (Some("Alte Börse, Leipzig"), false));
    let each = shown(&store, "kind=event").await;
    assert_eq!(each.len(), 2);
    let place = |id: &str| each.iter().find(|item| item.id == id).unwrap().event.clone().unwrap().place;
    assert_eq!((place("b"), place("a")), (None, Some("Alte Börse, Leipzig".to_owned())), "each as its source says");
}

#[tokio::test]
async fn a_revision_is_a_change_of_what_a_calendar_shows() {
    let store = store().await;
    new(&store, "nord", [at("a", TEN, None)]).await;
    assert_eq!(told(&store).await, "a 0 2026-06-10 on");
    let mut words = at("a", TEN, None).hash(2);
    words.item.summary = "Mit Programm.".to_owned();
    keep(&store, "nord", &batch([Change::Changed(words)])).await;
    assert_eq!(told(&store).await, "a 0 2026-06-10 on");
    keep(&store, "nord", &batch([Change::Changed(at("a", "2026-06-17", None).hash(3))])).await;
    assert_eq!(told(&store).await, "a 1 2026-06-17 on");
    keep(&store, "nord", &batch([Change::Changed(at("a", "2026-06-17", Some("Leipzig")).hash(4))])).await;
    assert_eq!(told(&store).await, "a 2 2026-06-17 on");
}

#[tokio::test]
async fn who_corrected_itself_is_believed() {
    let store = store().await;
    new(&store, "nord", [at("a", TEN, None)]).await;
    new(&store, "sued", [at("b", TEN, None).told_with("a")]).await;
    keep(&store, "sued", &batch([Change::Changed(at("b", "2026-06-17", None).hash(2))])).await;
    assert_eq!(told(&store).await, "a 2 2026-06-17 on", "one entry, on the day of the latest word");
}

#[tokio::test]
async fn called_off_by_another_until_it_is_on_another_day() {
    let store = store().await;
    new(&store, "nord", [at("a", TEN, None), news("n", HOUR)]).await;
    let generation = store.generation().await.unwrap();
    keep(&store, "sued", &off(&["a", "n", "nirgends"])).await;
    assert_eq!(told(&store).await, "a 1 2026-06-10 off");
    assert_eq!(store.generation().await.unwrap(), generation + 1);
    keep(&store, "sued", &off(&["a"])).await;
    assert_eq!(store.generation().await.unwrap(), generation + 1, "said again it changes nothing");
    keep(&store, "nord", &batch([Change::Changed(at("a", TEN, Some("Leipzig")).hash(2))])).await;
    assert_eq!(told(&store).await, "a 2 2026-06-10 off", "who mends the place has not heard of it");
    keep(&store, "nord", &batch([Change::Changed(at("a", "2026-06-17", None).hash(3))])).await;
    assert_eq!(told(&store).await, "a 3 2026-06-17 on");
}

#[tokio::test]
async fn what_is_taken_back_is_found_no_more_until_it_is_said_again() {
    let store = store().await;
    new(&store, "nord", [at("a", TEN, None).terms("fachtag"), at("b", TEN, None).told_with("a")]).await;
    let gone = || batch([Change::Gone("b".to_owned()), Change::Gone("nirgends".to_owned())]);
    keep(&store, "sued", &gone()).await;
    assert_eq!(store.counts().await.unwrap().relevant, 2, "another source has no say");
    keep(&store, "nord", &gone()).await;
    assert_eq!(shown(&store, "kind=event").await.len(), 1);
    let generation = store.generation().await.unwrap();
    keep(&store, "nord", &gone()).await;
    assert_eq!(store.generation().await.unwrap(), generation, "gone is gone");
    keep(&store, "nord", &batch([Change::Gone("a".to_owned())])).await;
    assert_eq!(search(&store, "", "fachtag").await.total, 0);
    keep(&store, "nord", &batch([Change::Changed(at("b", TEN, None).hash(1))])).await;
    assert_eq!(found(&store, "kind=event").await, "b", "said again in the same words");
}

#[tokio::test]
async fn the_events_ahead_are_lent() {
    let store = store().await;
    let mut undated = news("u", HOUR);
    undated.item.kind = model::Kind::Event;
    let past = at("p", "2026-05-01", None);
    new(&store, "nord", [at("b", "2026-06-11", None), at("a", TEN, None), past, news("n", HOUR), undated]).await;
    new(&store, "sued", [at("h", TEN, None).hidden()]).await;
    keep(&store, "sued", &off(&["b"])).await;
    let ahead: Vec<Ahead> = store.ahead(now()).await.unwrap();
    let short: Vec<_> = ahead.iter().map(|one| (one.id.as_str(), one.source.as_str(), one.event.status)).collect();
    assert_eq!(short, [("a", "nord", Status::Confirmed), ("b", "nord", Status::Cancelled)]);
    assert_eq!((ahead[0].story.as_str(), ahead[0].title.as_str()), ("a", "Meldung a"));
}
