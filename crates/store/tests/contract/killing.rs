//! A turn is kept whole or not at all: when its task is dropped, and when the process is killed.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use model::{Change, Moment};
use store::{Pick, Store};

use crate::hand::*;
use crate::place::{self, Place};

const ITEMS: usize = 40;
const PLACE: &str = "STORE_TEST_PLACE";
const POLLERS_PLACE: &str = "STORE_TEST_POLLERS_PLACE";
/// Visits that are awaited, and how often one of the pollers is killed meanwhile.
const VISITS: usize = 10_000;
const KILLS: usize = 12;

/// Items of which every other joins the story of the one before.
fn turn(number: i64) -> model::Batch {
    let item = |n: usize| {
        let id = |n: usize| format!("t{number}-{n}");
        let judged = news(&id(n), n as i64 * MINUTE).about("HH", "noots").terms("register").because("r");
        Change::New(if n % 2 == 1 { judged.told_with(&id(n - 1)) } else { judged })
    };
    batch((0..ITEMS).map(item))
}

/// Every part of every turn is there, or none.
async fn whole(store: &Store) -> u64 {
    let page = search(store, "stories=1&state=HH&limit=1", "register").await;
    let counts = store.counts().await.unwrap();
    assert_eq!(counts.items % ITEMS as u64, 0, "half a turn was kept");
    assert_eq!(page.total, counts.items / 2, "items, words, shelves and stories agree");
    assert_eq!(counts.stories, counts.items / 2);
    assert_eq!(store.last_change().await.unwrap() as u64, counts.items, "and so does the outbox");
    counts.items
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_turn_leaves_nothing_behind() {
    let place = Place::new().await;
    let store = place.open().await;
    store.sync(&[source("nord")], now()).await.unwrap();
    let mut dropped = 0;
    for number in 0..40 {
        let (epoch, batch) = (epoch(&store, "nord").await, turn(number));
        let before = whole(&store).await;
        // Wherever the limit strikes, between two statements or inside one, the turn ends there.
        let limit = Duration::from_micros(number as u64 * 250);
        let kept = tokio::time::timeout(limit, store.keep(&visit("nord", epoch), &batch, now())).await;
        // A commit that was on its way when its task was dropped may still land: the next writer waits for it.
        assert!(store.lease(Pick::Named(&[]), now(), 1, 0).await.unwrap().is_empty());
        let after = whole(&store).await;
        dropped += u64::from(kept.is_err());
        assert!(kept.is_err() || after == before + ITEMS as u64);
        let again = store.keep(&visit("nord", epoch), &batch, now()).await.unwrap();
        assert_eq!(again.new, before + ITEMS as u64 - after, "the turn is taken again");
        assert_eq!(whole(&store).await, before + ITEMS as u64);
    }
    assert!(dropped > 0, "no turn was dropped");
}

/// How long a lease lasts where pollers are killed, in milliseconds.
const LEASE: i64 = 400;
const POLLERS: usize = 3;
const SOURCES: usize = 200;

fn clock() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Moment::from_ms(i64::try_from(since.as_millis()).unwrap())
}

/// Not a test of its own: one of the pollers that the next test kills. Without the place it has nothing to do.
#[tokio::test]
async fn polls_until_killed() {
    let Ok(name) = std::env::var(POLLERS_PLACE) else { return };
    let store = place::open(&name).await;
    loop {
        for lease in store.lease(Pick::Due, clock(), 5, LEASE).await.unwrap() {
            println!("took {} {}", lease.source, lease.epoch);
            let mut visit = visit(&lease.source, lease.epoch);
            visit.started = clock();
            visit.next_due = clock();
            let kept = store.keep(&visit, &batch([]), clock()).await.unwrap();
            println!("{} {} {}", if kept.fenced { "late" } else { "kept" }, lease.source, lease.epoch);
        }
    }
}

/// Every source to one poller at a time, whoever dies: no visit twice under one lease, none lost.
#[tokio::test]
async fn killed_pollers_lose_no_source_and_share_none() {
    let place = Place::new().await;
    let store = place.open().await;
    let ids: Vec<String> = (0..SOURCES).map(|n| format!("s{n:03}")).collect();
    store.sync(&ids.iter().map(|id| source(id)).collect::<Vec<_>>(), ago(0)).await.unwrap();
    let start = || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killing::polls_until_killed", "--nocapture"])
            .env(POLLERS_PLACE, place.name())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let (said, heard) = std::sync::mpsc::channel::<(usize, String)>();
    let listen = |number: usize, child: &mut std::process::Child| {
        let (lines, said) = (BufReader::new(child.stdout.take().unwrap()).lines(), said.clone());
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(said.send((number, line)))))
    };
    let mut pollers: Vec<_> = (0..POLLERS).map(|_| start()).collect();
    let mut listening: Vec<_> = pollers.iter_mut().enumerate().map(|(n, child)| listen(n, child)).collect();
    let (mut taken, mut kept, mut killed) = (HashMap::new(), HashSet::new(), 0);
    let mut visited: HashSet<String> = HashSet::new();
    let mut note = |number: usize, line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        // The test harness of the child writes its own words before the first line.
        let Some([what, source, epoch]) = words.last_chunk::<3>() else { return kept.len() };
        let lease = ((*source).to_owned(), (*epoch).to_owned());
        match *what {
            "took" => assert_eq!(taken.insert(lease.clone(), number), None, "{lease:?} was given twice"),
            "kept" => {
                visited.insert(lease.0.clone());
                assert!(kept.insert(lease.clone()), "{lease:?} was kept twice");
            }
            _ => {}
        }
        kept.len()
    };
    for round in 0.. {
        // So many visits, and one of the three is killed in the middle of whatever it does.
        let goal = (round + 1) * VISITS / KILLS;
        while let Ok((number, line)) = heard.recv_timeout(Duration::from_secs(60)) {
            if note(number, &line) >= goal {
                break;
            }
        }
        if round + 1 == KILLS {
            break;
        }
        let victim = round % POLLERS;
        pollers[victim].kill().unwrap();
        pollers[victim].wait().unwrap();
        killed += 1;
        pollers[victim] = start();
        listening.push(listen(POLLERS + round, &mut pollers[victim]));
    }
    for poller in &mut pollers {
        poller.kill().unwrap();
        poller.wait().unwrap();
    }
    listening.into_iter().for_each(|thread| thread.join().unwrap());
    while let Ok((number, line)) = heard.try_recv() {
        note(number, &line);
    }
    assert!(kept.len() >= VISITS && killed == KILLS - 1, "{} visits, {killed} killed", kept.len());
    assert_eq!(visited.len(), SOURCES, "every source was visited");
    // What the dead held comes back when their leases run out.
    let later = Moment::from_ms(clock().ms() + LEASE);
    let (mut due, begun) = (0, std::time::Instant::now());
    // A server may still be busy with what a dead poller asked of it, and passes by what that holds.
    while due < SOURCES && begun.elapsed() < Duration::from_secs(60) {
        due += store.lease(Pick::Due, later, 2 * SOURCES as u32, LEASE).await.unwrap().len();
    }
    assert_eq!(due, SOURCES, "none is lost");
}

/// Not a test of its own: the process that the next test kills. Without the place it has nothing to do.
#[tokio::test]
async fn keeps_until_killed() {
    let Ok(name) = std::env::var(PLACE) else { return };
    let store = place::open(&name).await;
    store.sync(&[source("nord")], now()).await.unwrap();
    for number in store.counts().await.unwrap().items as i64.. {
        let epoch = epoch(&store, "nord").await;
        store.keep(&visit("nord", epoch), &turn(number), now()).await.unwrap();
        println!("kept {number}");
    }
}

#[tokio::test]
async fn a_killed_process_leaves_whole_turns() {
    let place = Place::new().await;
    let mut items = 0;
    for life in 1..=5 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killing::keeps_until_killed", "--nocapture"])
            .env(PLACE, place.name())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let kept = lines.map_while(Result::ok).filter(|line| line.contains("kept ")).take(life * 2).count();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(kept, life * 2, "the process kept turns until it was killed");

        let store = place.open().await;
        // Who leases waits until a commit has landed that was still on its way.
        let epoch = epoch(&store, "nord").await;
        let found = whole(&store).await;
        assert!(found >= items + (kept * ITEMS) as u64, "what was said to be kept is kept");
        // The next one writes on at once, without repair and without waiting for a lock of the dead.
        assert_eq!(store.keep(&visit("nord", epoch), &turn(-(life as i64)), now()).await.unwrap().new, ITEMS as u64);
        items = whole(&store).await;
        assert_eq!(items, found + ITEMS as u64);
        store.close().await;
    }
}
