//! Who has its answer makes room, at the host and in the house, but not without end.

use std::time::Duration;

use super::super::gate::Gates;
use super::*;

#[tokio::test(start_paused = true)]
async fn who_has_its_answer_makes_room_for_the_next() {
    let (places, gates) = (Places::new(2), Gates::new(Duration::ZERO, 1));
    let admit = || gates.admit("a.example");
    assert_eq!(places.left(0), 2);
    let first = places.take(admit().unwrap());
    let second = places.take(admit().unwrap());
    assert_eq!(places.left(2), 0);
    assert!(admit().is_err(), "the host has as many as it can take soon");
    let freed = tokio::time::timeout(Duration::from_secs(5), places.freed()).await;
    assert!(freed.is_err(), "nobody has its answer");
    drop(first);
    places.freed().await;
    assert_eq!(places.left(2), 1, "what is judged and kept takes no place of one that asks");
    assert_eq!((places.left(3), places.left(4), places.left(5)), (1, 0, 0), "what is in memory has an end");
    assert!(admit().is_ok());
    drop(second);
    assert_eq!(places.left(3), 1);
    assert_eq!(places.left(2), 2);
    let keeping = places.keep(6);
    places.freed().await;
    assert_eq!((places.left(4), places.left(9), places.left(10)), (2, 1, 0), "who is being kept makes room");
    drop(keeping);
    assert_eq!(places.left(4), 0);
}
