//! What needs a day to be believed: moves and farewells.

use super::*;
use crate::clock::testing;
use crate::poll::health::{State, diagnose};

const HOUR: i64 = 60 * MINUTE;

#[tokio::test]
async fn a_permanent_redirect_is_believed_after_three_visits_over_a_day() {
    let origin = Origin::start().await;
    origin.at("/alt.xml").then(Answer::moved("/neu.xml"));
    origin.at("/neu.xml").then(feed());
    let (poller, store) = poller(vec![source("a", origin.url("/alt.xml"))], &config()).await;
    let mut asked = Vec::new();
    for hours in [0, 12, 24, 25, 26] {
        testing::set(hours * HOUR);
        poller.once(&[]).await.unwrap();
        asked.push((origin.requests("/alt.xml").len(), origin.requests("/neu.xml").len()));
    }
    assert_eq!(asked, [(1, 1), (2, 2), (3, 3), (3, 4), (3, 5)]);
    // A temporary one never is, and the catalogue is told of the other.
    let state = state(&store, "a").await;
    let health = diagnose(&source("a", origin.url("/alt.xml")), Some(&state), now());
    assert_eq!(health.moved_to, Some(origin.url("/neu.xml")));
    origin.at("/alt.xml").then(Answer::redirect("/neu.xml"));
    let (poller, _) = super::poller(vec![source("a", origin.url("/alt.xml"))], &config()).await;
    origin.forget_requests();
    for hours in [30, 42, 54, 66] {
        testing::set(hours * HOUR);
        poller.once(&[]).await.unwrap();
    }
    assert_eq!(origin.requests("/alt.xml").len(), 4);
    testing::set(0);
}

#[tokio::test]
async fn gone_twice_a_day_apart_is_asked_once_a_month_and_forgiven() {
    let origin = Origin::start().await;
    origin.at("/a.xml").then(410).then(410).then(410).then(feed());
    let (poller, store) = poller(vec![source("a", origin.url("/a.xml"))], &config()).await;
    let mut waits = Vec::new();
    for hours in [0, 25, 25 + 31 * 24, 26 + 31 * 24] {
        testing::set(hours * HOUR);
        poller.once(&[]).await.unwrap();
        let state = state(&store, "a").await;
        let health = diagnose(&source("a", origin.url("/a.xml")), Some(&state), now());
        waits.push((health.state == State::Gone, (state.next_due.ms() - now().ms()) / (24 * HOUR)));
    }
    assert!(matches!(waits[..], [(true, 1), (true, 27..=33), (true, 27..=33), (false, 0..=1)]), "{waits:?}");
    testing::set(0);
}
