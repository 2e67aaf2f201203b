//! The clock is set, a day ahead and back: no storm of visits, nobody forgotten, nothing that happens in the future.

use super::*;
use crate::clock::testing;
use crate::poll::health::diagnose;

const DAY: i64 = 24 * 3600 * 1000;
const SOURCES: usize = 30;

/// A poller whose loop goes round by hand.
struct Hand {
    poller: Poller,
    running: Running,
    watch: Watch,
    outage: Outage,
}

impl Hand {
    /// Goes round once, and says how many visits were made by that.
    async fn round(&mut self) -> usize {
        self.poller.begin(&mut self.running, &mut self.watch, &mut self.outage).await;
        let (mut visits, mut summary) = (0, Summary::default());
        while let Some(done) = self.running.join_next().await {
            summary.note(done, &mut self.outage);
            visits += 1;
        }
        visits
    }

    /// Lets the clock go on by minutes, and says how many visits each of them saw.
    async fn pass(&mut self, from: i64, minutes: i64) -> Vec<usize> {
        let mut visits = Vec::new();
        for minute in 1..=minutes {
            testing::set(from + minute * MINUTE);
            visits.push(self.round().await);
        }
        visits
    }
}

async fn states(store: &Store) -> Vec<SourceState> {
    store.sources().await.unwrap()
}

#[tokio::test]
async fn a_clock_that_jumps_a_day_brings_no_storm_and_forgets_nobody() {
    let origin = Origin::start().await;
    (0..SOURCES).for_each(|n| drop(origin.at(&format!("/{n}.xml")).then(feed())));
    let sources: Vec<Source> =
        (0..SOURCES).map(|n| source(&format!("s{n:02}"), origin.url(&format!("/{n}.xml")))).collect();
    let (poller, store) = poller(sources.clone(), &config()).await;
    let (running, watch, outage) = (JoinSet::new(), Watch::new(now()), Outage::default());
    let mut hand = Hand { poller, running, watch, outage };
    assert_eq!(hand.round().await, SOURCES, "what was never visited is due at once");
    assert_eq!(hand.round().await, 0);

    testing::set(DAY);
    assert!(hand.round().await <= 1, "all are overdue, and not all at once");
    let visits = hand.pass(DAY, 16).await;
    assert!(visits.iter().all(|visits| *visits <= SOURCES / 10), "{visits:?}");
    let all = states(&store).await;
    assert!(
        all.iter().all(|state| state.last_visit.is_some_and(|at| at.ms() > now().ms() - 17 * MINUTE)),
        "{visits:?}"
    );

    // And back: what it says now is before all of this.
    testing::set(0);
    assert_eq!(hand.round().await, 0);
    for state in states(&store).await {
        let wait = state.next_due.ms() - now().ms();
        assert!((0..8 * 60 * MINUTE).contains(&wait), "{} is due in {} min", state.id, wait / MINUTE);
        let happened = [state.last_visit, state.last_good, state.outcome_since, state.first_visit];
        assert!(happened.iter().flatten().all(|at| *at <= now()), "{state:?}");
        let source = sources.iter().find(|source| source.id == state.id).unwrap();
        let health = diagnose(source, Some(&state), now());
        assert!(health.since.is_none_or(|since| since <= now()), "{health:?}");
    }
    let before = states(&store).await;
    let visits = hand.pass(0, 8 * 60).await;
    assert!(visits.iter().all(|visits| *visits <= SOURCES / 2), "{visits:?}");
    for (before, after) in before.iter().zip(states(&store).await) {
        assert!(after.last_visit > before.last_visit, "{} was forgotten", after.id);
    }
    testing::set(0);
}

#[tokio::test]
async fn a_visit_under_way_while_the_clock_jumps_is_not_made_twice_and_is_kept() {
    for jump in [DAY, -DAY] {
        let origin = Origin::start().await;
        origin.at("/a.xml").then(feed().slow(FEED.len() / 2, Duration::from_millis(200)));
        let (poller, store) = poller(vec![source("a", origin.url("/a.xml"))], &config()).await;
        let (running, watch, outage) = (JoinSet::new(), Watch::new(now()), Outage::default());
        let mut hand = Hand { poller, running, watch, outage };
        hand.poller.begin(&mut hand.running, &mut hand.watch, &mut hand.outage).await;
        origin.asked("/a.xml", 1).await;
        testing::set(jump);
        assert_eq!(hand.round().await, 1, "the one that was under way");
        assert_eq!(origin.requests("/a.xml").len(), 1);
        let state = state(&store, "a").await;
        assert_eq!(said(&state), "fresh");
        let wait = (state.next_due.ms() - now().ms()) / MINUTE;
        assert!((15..24 * 60).contains(&wait), "{wait} min");
        testing::set(0);
    }
}
