//! Leases: each source to one caller at a time, in one process or several.

use std::collections::HashSet;

use model::{Moment, Outcome};
use store::Pick;

use crate::hand::*;
use crate::place::Place;

#[tokio::test]
async fn due_sources_are_leased_oldest_first_and_come_back() {
    let store = empty().await;
    for (n, id) in ["c", "a", "b"].into_iter().enumerate() {
        let all: Vec<_> = ["c", "a", "b"].into_iter().take(n + 1).map(source).collect();
        store.sync(&all, ago(HOUR - n as i64 * MINUTE)).await.unwrap();
        assert!(store.sources().await.unwrap().iter().any(|state| state.id == id));
    }
    let lease = |now: Moment, n: u32| {
        let store = store.clone();
        async move {
            let leases = store.lease(Pick::Due, now, n, MINUTE).await.unwrap();
            let mut ids: Vec<_> = leases.into_iter().map(|lease| (lease.source, lease.epoch)).collect();
            ids.sort();
            ids.into_iter().map(|(id, epoch)| format!("{id}{epoch}")).collect::<Vec<_>>().join(" ")
        }
    };
    assert_eq!(lease(ago(2 * HOUR), 9).await, "", "none is due yet");
    assert_eq!(lease(now(), 2).await, "a1 c1", "the two that waited longest");
    assert_eq!(lease(now(), 2).await, "b1");
    assert_eq!(lease(now(), 2).await, "", "all are taken");
    assert_eq!(lease(Moment::from_ms(now().ms() + MINUTE), 9).await, "a2 b2 c2", "nothing was kept in time");
}

#[tokio::test]
async fn named_sources_are_leased_due_or_not_enabled_or_not() {
    let store = store().await;
    let mut off = source("bund");
    off.enabled = false;
    store.sync(&[source("nord"), source("sued"), off], now()).await.unwrap();
    assert_eq!(store.lease(Pick::Due, now(), 9, HOUR).await.unwrap().len(), 2);
    let named = ["bund".to_owned(), "nord".to_owned(), "unbekannt".to_owned()];
    let leases = store.lease(Pick::Named(&named), now(), 9, HOUR).await.unwrap();
    let epochs: HashSet<_> = leases.iter().map(|lease| (lease.source.as_str(), lease.epoch)).collect();
    assert_eq!(epochs, HashSet::from([("bund", 1), ("nord", 2)]));
    assert!(store.lease(Pick::Named(&[]), now(), 9, HOUR).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_pollers_never_share_a_lease() {
    let place = std::sync::Arc::new(Place::new().await);
    let sources: Vec<_> = (0..60).map(|n| source(&format!("s{n:02}"))).collect();
    place.open().await.sync(&sources, ago(0)).await.unwrap();

    let mut pollers = Vec::new();
    for _poller in 0..6 {
        // Each its own connections, as separate processes have them.
        let place = std::sync::Arc::clone(&place);
        pollers.push(tokio::spawn(async move {
            let store = place.open().await;
            let mut turns = Vec::new();
            for round in 0..4 {
                let now = Moment::from_ms(now().ms() + round * DAY);
                while let Some(lease) = store.lease(Pick::Due, now, 1, DAY).await.unwrap().pop() {
                    let mut visit = visit(&lease.source, lease.epoch);
                    visit.next_due = Moment::from_ms(now.ms() + DAY);
                    let kept = store.keep(&visit, &batch([]), now).await.unwrap();
                    turns.push((lease.source, lease.epoch, kept.fenced));
                }
            }
            store.close().await;
            turns
        }));
    }
    let mut all = Vec::new();
    for poller in pollers {
        all.extend(poller.await.unwrap());
    }
    let distinct: HashSet<_> = all.iter().map(|(source, epoch, _)| (source, epoch)).collect();
    assert_eq!(distinct.len(), all.len(), "no lease was given twice");
    assert_eq!(all.len(), 60 * 4, "every source was visited in every round");
    let store = place.open().await;
    assert!(store.sources().await.unwrap().iter().all(|state| state.last_outcome == Some(Outcome::Fresh)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_store_is_opened_by_several_at_once() {
    let place = std::sync::Arc::new(Place::new().await);
    let opening: Vec<_> = (0..8)
        .map(|_| {
            let place = std::sync::Arc::clone(&place);
            tokio::spawn(async move { place.open().await.counts().await.unwrap() })
        })
        .collect();
    for open in opening {
        assert_eq!(open.await.unwrap(), store::Counts::default());
    }
}

#[tokio::test]
async fn a_lease_that_is_given_back_comes_back_when_it_is_said() {
    let store = store().await;
    let lease = store.lease(Pick::Named(&["nord".to_owned()]), now(), 1, DAY).await.unwrap().remove(0);
    let later = Moment::from_ms(now().ms() + MINUTE);
    store.defer(&lease, later).await.unwrap();
    let due = |at| {
        let store = store.clone();
        async move { store.lease(Pick::Due, at, 9, HOUR).await.unwrap().iter().any(|lease| lease.source == "nord") }
    };
    assert!(!due(now()).await);
    assert!(due(later).await);
    // Another holds it by now.
    store.defer(&lease, now()).await.unwrap();
    assert!(!due(later).await, "a lease of the past moves nothing");
}

#[tokio::test]
async fn what_is_overdue_is_spread_and_what_is_new_is_not() {
    let store = empty().await;
    let ids: Vec<String> = (0..10).map(|n| format!("s{n}")).collect();
    let sources: Vec<_> = ids.iter().map(|id| source(id)).collect();
    store.sync(&sources, ago(DAY)).await.unwrap();
    for id in &ids[..8] {
        let mut visit = visit(id, epoch(&store, id).await);
        visit.next_due = ago(HOUR);
        store.keep(&visit, &batch([]), ago(DAY)).await.unwrap();
    }
    assert_eq!(store.spread(now(), MINUTE, 8 * MINUTE).await.unwrap(), 8);
    let due: Vec<i64> = store.sources().await.unwrap().iter().map(|state| state.next_due.ms() - now().ms()).collect();
    let minutes: Vec<i64> = due.iter().take(8).map(|ms| ms / MINUTE).collect();
    assert_eq!(minutes, [0, 1, 2, 3, 4, 5, 6, 7]);
    assert!(due[8..].iter().all(|ms| *ms <= 0), "never visited, due at once");
    assert_eq!(store.spread(now(), MINUTE, 8 * MINUTE).await.unwrap(), 0, "spread once is enough");
}

#[tokio::test]
async fn visits_leave_what_health_is_judged_by() {
    let store = store().await;
    let at = |ms: i64| Moment::from_ms(now().ms() + ms);
    let state = || async { store.sources().await.unwrap().into_iter().find(|state| state.id == "nord").unwrap() };
    assert_eq!((state().await.first_visit, state().await.outcome_since), (None, None));
    let failed = |why: &str| Outcome::Failed(why.to_owned());
    let turns = [
        (Outcome::Fresh, true, 0),
        (Outcome::NotModified, false, 0),
        (failed("500"), false, 2),
        (failed("timeout"), false, 2),
        (Outcome::Gone, false, 4),
        (Outcome::NotModified, false, 5),
        (Outcome::Fresh, false, 5),
    ];
    for (n, (outcome, brings, since)) in turns.into_iter().enumerate() {
        let mut visit = visit("nord", epoch(&store, "nord").await);
        visit.started = at(n as i64 * HOUR);
        visit.outcome = outcome.clone();
        visit.memory = Some(format!("turn {n}"));
        visit.validators.url = Some("https://nord.example/neu.xml".to_owned());
        let changes = brings.then(|| model::Change::New(news("a", HOUR)));
        store.keep(&visit, &batch(changes), now()).await.unwrap();
        let state = state().await;
        assert_eq!(state.outcome_since, Some(at(since * HOUR)), "{n}: {outcome:?}");
        assert_eq!((state.first_visit, state.last_new), (Some(at(0)), Some(at(0))));
        assert_eq!(state.memory, Some(format!("turn {n}")));
    }
    let lease = store.lease(Pick::Named(&["nord".to_owned()]), now(), 1, DAY).await.unwrap().remove(0);
    assert_eq!(lease.memory.as_deref(), Some("turn 6"));
    assert_eq!(lease.validators.url.as_deref(), Some("https://nord.example/neu.xml"));
    let moved = model::Source { url: "https://nord.example/anders.xml".to_owned(), ..source("nord") };
    store.sync(&[moved], now()).await.unwrap();
    let lease = store.lease(Pick::Named(&["nord".to_owned()]), now(), 1, DAY).await.unwrap().remove(0);
    assert_eq!(lease.validators, model::Validators::default(), "validators belong to an address");
}

#[tokio::test]
async fn robots_are_remembered() {
    let store = store().await;
    assert_eq!(store.robots("https://nord.example").await.unwrap(), None);
    store.keep_robots("https://nord.example", ago(HOUR), Some("User-agent: *")).await.unwrap();
    assert_eq!(store.robots("https://nord.example").await.unwrap(), Some((ago(HOUR), Some("User-agent: *".into()))));
    store.keep_robots("https://nord.example", now(), None).await.unwrap();
    assert_eq!(store.robots("https://nord.example").await.unwrap(), Some((now(), None)));
}

#[tokio::test]
async fn a_host_is_given_one_turn_after_the_other() {
    let store = store().await;
    let take = async |host: &str, at: Moment| store.host_turn(host, at, 30_000, 60_000).await.unwrap();
    let later = |ms: i64| Moment::from_ms(now().ms() + ms);
    assert_eq!(take("a.example", now()).await, Some(now()), "nobody was there before");
    assert_eq!(take("b.example", now()).await, Some(now()), "another host has its own");
    let three = tokio::join!(take("a.example", now()), take("a.example", now()), take("a.example", now()));
    let mut turns = [three.0, three.1, three.2];
    turns.sort_unstable();
    assert_eq!(turns, [None, Some(later(30_000)), Some(later(60_000))], "and who would wait too long has none");
    assert_eq!(take("a.example", later(45_000)).await, Some(later(90_000)));
    assert_eq!(take("a.example", later(400_000)).await, Some(later(400_000)), "a turn that nobody took is gone");
    // By a clock that went ahead.
    assert_eq!(take("a.example", later(DAY)).await, Some(later(DAY)));
    assert_eq!(take("a.example", later(500_000)).await, None);
    store.mend(later(500_000), true).await.unwrap();
    assert_eq!(take("a.example", later(500_000)).await, Some(later(500_000)));
}

#[tokio::test]
async fn a_clock_that_was_set_back_leaves_no_source_unvisited() {
    let store = store().await;
    let ahead = |ms: i64| Moment::from_ms(now().ms() + ms);
    let visited = async |id: &str, started: Moment, next_due: Moment| {
        let epoch = epoch(&store, id).await;
        let visit = model::Visit { started, next_due, ..visit(id, epoch) };
        store.keep(&visit, &batch([]), started).await.unwrap();
    };
    // One was visited under a clock that was a day ahead, one before that, and one was taken in the year 2036.
    visited("nord", ahead(DAY), ahead(DAY + 3 * HOUR)).await;
    visited("sued", ago(HOUR), ahead(2 * HOUR)).await;
    store.lease(Pick::Named(&["bund".to_owned()]), ahead(3650 * DAY), 1, HOUR).await.unwrap();
    assert_eq!(store.mend(now(), true).await.unwrap(), 2);
    let states = store.sources().await.unwrap();
    let due = |id: &str| states.iter().find(|state| state.id == id).unwrap().next_due.ms() - now().ms();
    assert_eq!((due("nord"), due("sued"), due("bund")), (3 * HOUR, 2 * HOUR, 0));
    let nord = states.iter().find(|state| state.id == "nord").unwrap();
    for happened in [nord.last_visit, nord.last_good, nord.outcome_since, nord.first_visit] {
        assert!(happened.is_some_and(|at| at <= now()), "{nord:?}");
    }
    assert_eq!(store.mend(ahead(HOUR), true).await.unwrap(), 0, "once is enough");
    let later = store.sources().await.unwrap();
    assert_eq!(later.iter().map(|state| state.next_due).max(), Some(ahead(3 * HOUR)));
    // The visit that was under way keeps its lease, and says when to come again.
    assert!(!store.keep(&visit("bund", 1), &batch([]), now()).await.unwrap().fenced);
}
