//! Keeping: twice is once, late is never, and what was kept comes back as it was.

use std::sync::Arc;

use model::{Change, Kept, Moment, Outcome};
use store::{Pick, Store, StoreError};

use crate::hand::*;
use crate::place::Place;

#[tokio::test]
async fn keeping_twice_changes_nothing() {
    let store = store().await;
    let epoch = epoch(&store, "nord").await;
    let batch = batch([Change::New(news("a", DAY)), Change::New(news("b", HOUR).about("HH", "noots"))]);
    let first = store.keep(&visit("nord", epoch), &batch, now()).await.unwrap();
    assert_eq!(first, Kept { new: 2, changed: 0, fenced: false });
    let before = (find(&store, "").await, store.sources().await.unwrap(), store.generation().await.unwrap());

    let later = Moment::from_ms(now().ms() + HOUR);
    let second = store.keep(&visit("nord", epoch), &batch, later).await.unwrap();
    assert_eq!(second, Kept::default());
    let after = (find(&store, "").await, store.sources().await.unwrap(), store.generation().await.unwrap());
    assert_eq!(before, after);

    let third = keep(&store, "nord", &batch).await;
    assert_eq!(third, Kept::default(), "a later visit that finds the same");
    assert_eq!(store.generation().await.unwrap(), before.2);
}

#[tokio::test]
async fn an_item_comes_back_as_it_was_kept() {
    let store = store().await;
    let mut one = event("a", "2026-06-01T09:00:00+02:00", Some("2026-06-02T17:30:00+02:00")).because("noots-1");
    one.item.states = vec!["SH".parse().unwrap(), "HH".parse().unwrap(), "HH".parse().unwrap()];
    one.item.topics = vec!["ozg".to_owned(), "noots".to_owned()];
    one.item.kicker = Some("Digitalrat".to_owned());
    one.item.updated = Some(ago(MINUTE));
    one.item.image = Some("https://amt.example/bild.jpg".to_owned());
    one.item.title = "Ümläute, „Anführung“ & 'Hochkomma' 👩‍💻".to_owned();
    new(&store, "nord", [one.clone()]).await;

    let back = store.item("a").await.unwrap().unwrap();
    assert_eq!(back.source.name, "Amt nord");
    assert_eq!(back.source.url, "https://nord.example/");
    assert_eq!(back.source.licence.as_deref(), Some("DL-DE/BY-2.0"));
    let mut expected = one.item;
    expected.source = back.source.clone();
    expected.states = vec!["HH".parse().unwrap(), "SH".parse().unwrap()];
    expected.topics = vec!["noots".to_owned(), "ozg".to_owned()];
    assert_eq!(back, expected);
    assert_eq!(store.item("b").await.unwrap(), None);
}

#[tokio::test]
async fn who_is_not_relevant_is_alone() {
    let store = store().await;
    new(&store, "nord", [news("a", HOUR).hidden(), news("b", DAY)]).await;
    for id in ["a", "b"] {
        let story = store.item(id).await.unwrap().unwrap().story;
        assert_eq!((story.size, story.others.len()), (1, 0), "{id}");
    }
}

#[tokio::test]
async fn a_nul_costs_no_turn() {
    let store = store().await;
    let mut odd = news("a", HOUR).terms("vor\0nach").because("r\0");
    odd.item.title = "Vor\0nach".to_owned();
    odd.item.kicker = Some("\0".to_owned());
    assert_eq!(new(&store, "nord", [odd, news("b", DAY)]).await.new, 2);
    assert_eq!(store.item("a").await.unwrap().unwrap().title.replace('\0', ""), "Vornach");
    assert_eq!(ids(&search(&store, "", "nach").await), "a");
}

#[tokio::test]
async fn a_change_is_counted_once_and_keeps_when_it_was_first_seen() {
    let store = store().await;
    let mut undated = news("a", 0);
    undated.item.published = None;
    new(&store, "nord", [undated.clone(), news("b", MINUTE), news("c", -MINUTE)]).await;
    assert_eq!(found(&store, "").await, "c a b");

    undated.item.title = "Neu gefasst".to_owned();
    undated.hash = 2;
    let epoch = epoch(&store, "nord").await;
    let late = Moment::from_ms(now().ms() + DAY);
    let change = batch([Change::Changed(undated.clone())]);
    let kept = store.keep(&visit("nord", epoch), &change, late).await.unwrap();
    assert_eq!(kept, Kept { new: 0, changed: 1, fenced: false });
    assert_eq!(found(&store, "").await, "c a b", "an undated item stays where it was first seen");
    assert_eq!(store.item("a").await.unwrap().unwrap().title, "Neu gefasst");
    assert_eq!(keep(&store, "nord", &change).await, Kept::default());

    undated.item.published = Some(ago(DAY));
    undated.hash = 3;
    keep(&store, "nord", &batch([Change::Changed(undated)])).await;
    assert_eq!(found(&store, "").await, "c b a", "a date that comes later moves it");
    assert_eq!(find(&store, "").await.total, 3);
}

#[tokio::test]
async fn a_wrong_guess_whether_it_is_new_is_put_right() {
    let store = store().await;
    let kept = keep(&store, "nord", &batch([Change::Changed(news("a", HOUR))])).await;
    assert_eq!(kept, Kept { new: 1, changed: 0, fenced: false });
    let kept = new(&store, "nord", [news("a", HOUR).hash(2), news("a", HOUR).hash(3)]).await;
    assert_eq!(kept, Kept { new: 0, changed: 1, fenced: false }, "of an id that comes twice the first counts");
    let kept = keep(&store, "nord", &batch([Change::Same("a".into()), Change::Rejected("no title".into())])).await;
    assert_eq!(kept, Kept::default());
}

#[tokio::test]
async fn judged_anew_an_item_moves_to_its_new_labels() {
    let store = store().await;
    new(&store, "nord", [news("a", HOUR).about("HH", "noots").terms("register").because("r1")]).await;
    let again = news("a", HOUR).about("SH", "ozg").terms("datenaustausch").because("r2");
    let kept = keep(&store, "nord", &batch([Change::Changed(again)])).await;
    assert_eq!(kept.changed, 1, "the source said the same, the judgement is another");

    assert_eq!(found(&store, "state=HH").await, "");
    assert_eq!(found(&store, "topic=noots").await, "");
    assert_eq!(found(&store, "state=SH&topic=ozg").await, "a");
    assert_eq!(ids(&search(&store, "", "register").await), "");
    assert_eq!(ids(&search(&store, "", "datenaustausch").await), "a");
    let page = find(&store, "explain=1").await;
    assert_eq!(page.items[0].why.len(), 1);
    assert_eq!(page.items[0].why[0].rule, "r2");

    keep(&store, "nord", &batch([Change::Changed(news("a", HOUR).hidden())])).await;
    let page = find(&store, "").await;
    assert_eq!((ids(&page).as_str(), page.total), ("", 0));
    assert!(store.item("a").await.unwrap().is_some(), "hidden is not gone");
}

#[tokio::test]
async fn a_late_writer_is_fenced() {
    let store = store().await;
    let old = epoch(&store, "nord").await;
    let current = epoch(&store, "nord").await;
    let batch = batch([Change::New(news("a", HOUR))]);
    let before = store.sources().await.unwrap();

    let kept = store.keep(&visit("nord", old), &batch, now()).await.unwrap();
    assert_eq!(kept, Kept { fenced: true, ..Kept::default() });
    assert_eq!(store.sources().await.unwrap(), before);
    assert_eq!(store.counts().await.unwrap().items, 0);
    assert!(store.keep(&visit("nowhere", 1), &batch, now()).await.unwrap().fenced);

    let kept = store.keep(&visit("nord", current), &batch, now()).await.unwrap();
    assert_eq!(kept, Kept { new: 1, changed: 0, fenced: false });
}

#[tokio::test]
async fn a_source_tells_how_its_visits_went() {
    let store = store().await;
    let state = |n: usize| {
        let store = store.clone();
        async move { store.sources().await.unwrap().remove(n) }
    };
    let epoch_1 = epoch(&store, "bund").await;
    store.keep(&visit("bund", epoch_1), &batch([Change::New(news("a", 0).hidden())]), now()).await.unwrap();
    let good = state(0).await;
    assert_eq!((good.id.as_str(), good.fails, good.items, good.last_status), ("bund", 0, 1, Some(200)));
    assert_eq!((good.last_good, good.last_outcome), (Some(now()), Some(Outcome::Fresh)));
    assert_eq!(good.next_due, visit("bund", 1).next_due);

    for fails in 1..=2 {
        let mut bad = visit("bund", epoch(&store, "bund").await);
        bad.started = Moment::from_ms(now().ms() + fails * HOUR);
        bad.outcome = Outcome::Failed("no answer within 10 s".to_owned());
        bad.status = None;
        for _kept_twice in 0..2 {
            store.keep(&bad, &batch([]), now()).await.unwrap();
        }
        let state = state(0).await;
        assert_eq!((state.fails, state.last_status, state.last_good), (fails, None, Some(now())));
        assert_eq!(state.last_visit, Some(bad.started));
        assert_eq!(state.last_outcome, Some(bad.outcome));
    }
    let lease = store.lease(Pick::Named(&["bund".to_owned()]), now(), 1, HOUR).await.unwrap().remove(0);
    assert_eq!((lease.fails, lease.validators), (2, visit("bund", 0).validators));
    let mut well = visit("bund", lease.epoch);
    well.outcome = Outcome::NotModified;
    store.keep(&well, &batch([]), now()).await.unwrap();
    assert_eq!(state(0).await.fails, 0);
}

#[tokio::test]
async fn the_catalogue_changes_and_what_was_learnt_stays() {
    let store = store().await;
    new(&store, "nord", [news("a", 0)]).await;
    let mut moved = source("nord");
    Arc::make_mut(&mut moved.publisher).name = "Amt Nord".to_owned();
    store.sync(&[moved.clone(), source("sued")], now()).await.unwrap();

    let states = store.sources().await.unwrap();
    let of = |id: &str| states.iter().find(|state| state.id == id).unwrap();
    assert!(!of("bund").enabled, "gone from the catalogue");
    assert!(of("nord").enabled && of("nord").last_good.is_some());
    assert_eq!(find(&store, "").await.items[0].source.name, "Amt Nord");
    let lease = |store: Store| async move {
        store.lease(Pick::Named(&["nord".to_owned()]), now(), 1, HOUR).await.unwrap().remove(0)
    };
    assert!(lease(store.clone()).await.validators.etag.is_some());

    let generation = store.generation().await.unwrap();
    store.sync(&[moved.clone(), source("sued")], now()).await.unwrap();
    assert_eq!(store.generation().await.unwrap(), generation, "the same catalogue changes nothing");

    moved.url = "https://nord.example/neu.xml".to_owned();
    store.sync(&[moved, source("sued"), source("bund")], now()).await.unwrap();
    let lease = lease(store.clone()).await;
    assert_eq!(lease.validators, model::Validators::default(), "validators belong to the address");
    assert!(lease.epoch > 1, "the lease count goes on");
    assert!(store.sources().await.unwrap().iter().all(|state| state.enabled), "back in the catalogue");

    store.sync(&[], now()).await.unwrap();
    assert!(!store.sources().await.unwrap().iter().any(|state| state.enabled), "an empty catalogue has none");
    assert_eq!(found(&store, "").await, "a", "its items stay");
}

#[tokio::test]
async fn a_store_is_opened_again_with_all_it_had() {
    let place = Place::new().await;
    let store = place.open().await;
    store.sync(&[source("nord")], now()).await.unwrap();
    new(&store, "nord", [news("a", HOUR).about("HH", "noots").terms("register")]).await;
    let before = (find(&store, "").await, store.sources().await.unwrap(), store.generation().await.unwrap());
    store.close().await;

    let store = place.open().await;
    assert_eq!((find(&store, "").await, store.sources().await.unwrap(), store.generation().await.unwrap()), before);
    assert_eq!(ids(&search(&store, "state=HH", "register").await), "a");
    new(&store, "nord", [news("b", MINUTE).about("HH", "noots")]).await;
    assert_eq!(found(&store, "state=HH").await, "b a");
}

#[tokio::test]
async fn a_file_that_is_no_store_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("brief.txt");
    std::fs::write(&path, "Sehr geehrte Damen und Herren, dies ist ein Brief und keine Datenbank.".repeat(99)).unwrap();
    let error = Store::open(&path).await.unwrap_err();
    assert!(matches!(&error, StoreError::Open { path: named, .. } if *named == path), "{error:?}");
    assert_eq!(error.to_string(), "the file cannot be opened or created", "its name is said by who opened it");
    let error = Store::open(folder.path()).await.unwrap_err();
    assert!(matches!(error, StoreError::Open { .. }), "a folder: {error:?}");
}
