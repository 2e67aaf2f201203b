//! Leases: each source to one caller at a time, in one process or several.

use std::collections::HashSet;

use model::{Moment, Outcome};
use store::{Pick, Store};

use crate::hand::*;

#[tokio::test]
async fn due_sources_are_leased_oldest_first_and_come_back() {
    let store = Store::memory().await.unwrap();
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
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let sources: Vec<_> = (0..60).map(|n| source(&format!("s{n:02}"))).collect();
    Store::open(&path).await.unwrap().sync(&sources, ago(0)).await.unwrap();

    let mut pollers = Vec::new();
    for _poller in 0..6 {
        // Each its own connections, as separate processes have them.
        let path = path.clone();
        pollers.push(tokio::spawn(async move {
            let store = Store::open(&path).await.unwrap();
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
    let store = Store::open(&path).await.unwrap();
    assert!(store.sources().await.unwrap().iter().all(|state| state.last_outcome == Some(Outcome::Fresh)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_store_is_opened_by_several_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let opening: Vec<_> = (0..8)
        .map(|_| {
            let path = path.clone();
            tokio::spawn(async move { Store::open(&path).await.unwrap().counts().await.unwrap() })
        })
        .collect();
    for open in opening {
        assert_eq!(open.await.unwrap(), store::Counts::default());
    }
}
