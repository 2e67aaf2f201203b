//! In virtual time: the gap holds for one host, and another host does not notice.

use super::*;

#[tokio::test(start_paused = true)]
async fn the_gap_holds_per_host_and_hosts_do_not_wait_for_each_other() {
    let gates = Arc::new(Gates::new(Duration::from_secs(1), 2));
    let begun = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..6 {
        let gates = Arc::clone(&gates);
        let host = if n == 5 { "quiet.example" } else { "busy.example" };
        tasks.spawn(async move {
            let _permit = gates.enter(host).await;
            (host, begun.elapsed().as_secs())
        });
    }
    let mut busy: Vec<u64> = Vec::new();
    while let Some(done) = tasks.join_next().await {
        match done.unwrap() {
            ("quiet.example", at) => assert_eq!(at, 0),
            (_, at) => busy.push(at),
        }
    }
    busy.sort_unstable();
    assert_eq!(busy, [0, 1, 2, 3, 4]);
}

#[tokio::test(start_paused = true)]
async fn no_more_than_the_allowed_number_at_a_time() {
    let gates = Arc::new(Gates::new(Duration::ZERO, 2));
    let first = gates.enter("a.example").await;
    let _second = gates.enter("a.example").await;
    let third = tokio::time::timeout(Duration::from_secs(5), gates.enter("a.example")).await;
    assert!(third.is_err(), "the third had to wait");
    drop(first);
    let again = tokio::time::timeout(Duration::from_secs(5), gates.enter("a.example")).await;
    assert!(again.is_ok(), "a slot is free again");
}
