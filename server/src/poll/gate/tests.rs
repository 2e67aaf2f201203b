//! In virtual time: the gap holds for one host, and another host does not notice.

use super::*;

/// No other process is there.
struct Alone;

impl Turns for Alone {
    async fn turn(&self, _: &str, _: Duration) -> Result<Duration, Duration> {
        Ok(Duration::ZERO)
    }
}

#[tokio::test(start_paused = true)]
async fn the_gap_holds_per_host_and_hosts_do_not_wait_for_each_other() {
    let gates = Arc::new(Gates::new(Duration::from_secs(1), 2));
    let begun = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..6 {
        let gates = Arc::clone(&gates);
        let host = if n == 5 { "quiet.example" } else { "busy.example" };
        tasks.spawn(async move {
            let _permit = gates.enter(host, &Alone).await;
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
    let first = gates.enter("a.example", &Alone).await;
    let _second = gates.enter("a.example", &Alone).await;
    let third = tokio::time::timeout(Duration::from_secs(5), gates.enter("a.example", &Alone)).await;
    assert!(third.is_err(), "the third had to wait");
    drop(first);
    let again = tokio::time::timeout(Duration::from_secs(5), gates.enter("a.example", &Alone)).await;
    assert!(again.is_ok(), "a slot is free again");
}

#[tokio::test(start_paused = true)]
async fn a_crawl_delay_slows_its_host_down() {
    let gates = Gates::new(Duration::from_secs(1), 2);
    let begun = Instant::now();
    drop(gates.enter("slow.example", &Alone).await);
    gates.slow("slow.example", Duration::from_secs(30));
    drop(gates.enter("slow.example", &Alone).await);
    assert_eq!(begun.elapsed().as_secs(), 30);
    drop(gates.enter("slow.example", &Alone).await);
    assert_eq!(begun.elapsed().as_secs(), 60);
    gates.slow("slow.example", Duration::ZERO);
    drop(gates.enter("slow.example", &Alone).await);
    drop(gates.enter("slow.example", &Alone).await);
    assert_eq!(begun.elapsed().as_secs(), 91, "never faster than the settings say");
}

#[tokio::test(start_paused = true)]
async fn the_second_refusal_is_about_the_host() {
    let gates = Gates::new(Duration::from_secs(1), 2);
    let begun = Instant::now();
    gates.limited("a.example", Duration::from_secs(900));
    drop(gates.enter("a.example", &Alone).await);
    assert_eq!(begun.elapsed().as_secs(), 0, "the first is about one feed");
    tokio::time::advance(Duration::from_secs(700)).await;
    gates.limited("a.example", Duration::from_secs(900));
    drop(gates.enter("a.example", &Alone).await);
    assert_eq!(begun.elapsed().as_secs(), 700, "and forgotten after ten minutes");
    tokio::time::advance(Duration::from_secs(60)).await;
    gates.limited("a.example", Duration::from_secs(900));
    assert_eq!(
        gates.enter("a.example", &Alone).await.unwrap_err().as_secs(),
        900,
        "who is inside does not wait for that"
    );
    assert_eq!(gates.admit("a.example").unwrap_err().as_secs(), 901, "and nobody comes in");
    assert!(gates.enter("b.example", &Alone).await.is_ok(), "another host does not notice");
    assert_eq!(begun.elapsed().as_secs(), 760, "and nobody has waited");
    tokio::time::advance(Duration::from_secs(900)).await;
    assert!(gates.enter("a.example", &Alone).await.is_ok(), "then it is asked again");
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_turn_goes_away_when_the_host_closes() {
    let gates = Arc::new(Gates::new(Duration::from_secs(100), 2));
    drop(gates.enter("a.example", &Alone).await);
    let waiting = tokio::spawn({
        let gates = Arc::clone(&gates);
        async move { gates.enter("a.example", &Alone).await.map(drop) }
    });
    tokio::time::sleep(Duration::from_secs(10)).await;
    gates.limited("a.example", Duration::from_secs(86_400));
    gates.limited("a.example", Duration::from_secs(86_400));
    let begun = Instant::now();
    assert!(waiting.await.unwrap().is_err_and(|wait| wait.as_secs() > 86_000));
    assert_eq!(begun.elapsed().as_secs(), 90, "at its turn, not a day later");
}

#[tokio::test(start_paused = true)]
async fn a_host_lets_in_what_it_can_take_soon_and_sends_the_others_away_one_by_one() {
    let gates = Gates::new(Duration::from_secs(10), 1);
    let first = gates.admit("a.example").unwrap();
    let _second = gates.admit("a.example").unwrap();
    let away: Vec<u64> = (0..3).map(|_| gates.admit("a.example").unwrap_err().as_secs()).collect();
    assert_eq!(away, [30, 40, 50]);
    assert!(gates.admit("b.example").is_ok());
    drop(first);
    assert!(gates.admit("a.example").is_ok());
    let slow = Gates::new(Duration::from_secs(100), 8);
    drop(slow.enter("a.example", &Alone).await);
    assert!(slow.admit("a.example").is_err(), "nobody waits longer than a minute inside");
}

/// Another process took the turn before each of ours.
struct Shared(Mutex<Vec<(String, Duration)>>);

impl Turns for Shared {
    async fn turn(&self, host: &str, gap: Duration) -> Result<Duration, Duration> {
        let mut taken = self.0.lock().unwrap();
        taken.push((host.to_owned(), gap));
        if taken.len() < 3 { Ok(gap) } else { Err(gap) }
    }
}

#[tokio::test(start_paused = true)]
async fn the_turns_of_a_slow_host_are_shared_and_those_of_others_are_not() {
    let (gates, turns) = (Gates::new(Duration::from_secs(1), 2), Shared(Mutex::default()));
    let begun = Instant::now();
    drop(gates.enter("a.example", &turns).await);
    assert!(turns.0.lock().unwrap().is_empty(), "a second is no long distance");
    let gap = Duration::from_secs(30);
    gates.slow("slow.example", gap);
    tokio::time::advance(gap - begun.elapsed()).await;
    let entered = async || {
        let entered = gates.enter("slow.example", &turns).await;
        (entered.map(drop), begun.elapsed())
    };
    assert_eq!(entered().await, (Ok(()), gap * 2), "its own turn, and behind that of the other");
    assert_eq!(entered().await, (Ok(()), gap * 4));
    assert_eq!(entered().await.0, Err(gap), "too many are waiting");
    assert_eq!(turns.0.into_inner().unwrap(), vec![("slow.example".to_owned(), gap); 3]);
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_another_process_goes_away_when_the_host_closes() {
    let (gates, turns) = (Arc::new(Gates::new(Duration::from_secs(100), 2)), Shared(Mutex::default()));
    let waiting = tokio::spawn({
        let gates = Arc::clone(&gates);
        async move { gates.enter("a.example", &turns).await.map(drop) }
    });
    tokio::time::sleep(Duration::from_secs(10)).await;
    gates.limited("a.example", Duration::from_secs(86_400));
    gates.limited("a.example", Duration::from_secs(86_400));
    assert!(waiting.await.unwrap().is_err_and(|wait| wait.as_secs() > 86_000));
}

/// A store that takes its time.
struct Busy;

impl Turns for Busy {
    async fn turn(&self, _: &str, _: Duration) -> Result<Duration, Duration> {
        tokio::time::sleep(Duration::from_secs(8)).await;
        Ok(Duration::ZERO)
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_takes_its_time_brings_no_two_requests_together() {
    let gates = Arc::new(Gates::new(Duration::from_secs(5), 2));
    let begun = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let gates = Arc::clone(&gates);
        tasks.spawn(async move {
            let _permit = gates.enter("a.example", &Busy).await;
            begun.elapsed().as_secs()
        });
    }
    let mut asked = tasks.join_all().await;
    asked.sort_unstable();
    // Each turn had passed when it was given, so another was taken, and another.
    assert!(asked[0] == 32 && asked.windows(2).all(|two| two[1] - two[0] >= 5), "{asked:?}");
}
