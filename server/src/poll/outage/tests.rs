//! In virtual time: who is visited while nothing can be kept, and who comes round again.

use model::Source;
use store::Pick;

use super::*;
use crate::clock::now;

const ROOM: usize = 16;

fn trouble() -> anyhow::Error {
    anyhow::anyhow!("the disk is full")
}

#[tokio::test(start_paused = true)]
async fn one_visit_at_a_time_tries_whether_the_store_works() {
    let mut outage = Outage::default();
    assert_eq!(outage.places(ROOM, 3), ROOM);
    // Sixteen that were under way fail together: that is one try.
    (0..16).for_each(|_| outage.failed(&trouble(), None));
    let mut pauses = Vec::new();
    for _ in 0..8 {
        let begun = Instant::now();
        assert_eq!(outage.places(ROOM, 0), 0);
        while outage.places(ROOM, 0) == 0 {
            tokio::time::advance(Duration::from_millis(500)).await;
        }
        pauses.push(begun.elapsed().as_secs());
        assert_eq!((outage.places(ROOM, 0), outage.places(ROOM, 1)), (1, 0));
        outage.failed(&trouble(), None);
    }
    assert_eq!(pauses, [1, 2, 4, 8, 16, 30, 30, 30]);
    outage.worked();
    assert_eq!(outage.places(ROOM, 0), ROOM);
    outage.failed(&trouble(), None);
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(outage.places(ROOM, 0), 1, "another outage begins anew");
}

#[tokio::test]
async fn what_was_visited_in_vain_comes_round_soon() {
    let store = Store::memory().await.unwrap();
    let source = |n: usize| Source { id: format!("s{n}"), enabled: true, ..Source::default() };
    store.sync(&(0..40).map(source).collect::<Vec<_>>(), now()).await.unwrap();
    let leases = store.lease(Pick::Due, now(), 40, 30 * 60_000).await.unwrap();
    let mut outage = Outage::default();
    leases.into_iter().for_each(|lease| outage.failed(&trouble(), Some(lease)));
    outage.give_back(&store, now()).await;
    assert_eq!(outage.owed.len(), 40, "not while it is no use to try");
    outage.worked();
    outage.give_back(&store, now()).await;
    assert!(outage.owed.is_empty());
    let waits = store.sources().await.unwrap().into_iter().map(|state| (state.next_due.ms() - now().ms()) / 1000);
    let waits: std::collections::BTreeSet<i64> = waits.collect();
    assert!(waits.iter().all(|wait| (59..=300).contains(wait)) && waits.len() > 20, "{waits:?}");
}

#[tokio::test]
async fn what_cannot_be_given_back_is_owed_still() {
    let store = Store::memory().await.unwrap();
    store.sync(&[Source { id: "amt".to_owned(), enabled: true, ..Source::default() }], now()).await.unwrap();
    let owed = store.lease(Pick::Due, now(), 1, 30 * 60_000).await.unwrap();
    let mut outage = Outage { owed, ..Outage::default() };
    store.close().await;
    outage.give_back(&store, now()).await;
    assert_eq!((outage.owed.len(), outage.places(ROOM, 0)), (1, 0));
}
