//! Fills a store and says how fast it keeps and finds: `cargo run --release -p bench --bin bench-fill -- [ITEMS] [PLACE]
//! [EVERY] [QUESTION…]`, where the place is a file or the address of an empty PostgreSQL database, every so many-th
//! item is relevant, and the questions are asked instead of those below.
//!
//! Prints a table; nothing is judged. `bench-growth` is what measures the answers of a server.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool at the workbench that prints what it measured")]

use std::time::Instant;

use bench::stock::{Stock, now};
use model::{Moment, Phrase, Query, Words};
use store::{Pick, Store};

/// Fills it up, and says what that took.
async fn fill(store: &Store, all: usize, every: usize) {
    let stock = Stock { sources: 300, every };
    let have = store.counts().await.unwrap().items as usize;
    let start = Instant::now();
    stock.fill(store, all).await.unwrap();
    let (new, took) = (all.saturating_sub(have), start.elapsed());
    if new == 0 {
        return;
    }
    println!("filled {new} items in {took:.1?}: {:.0} items/s", new as f64 / took.as_secs_f64());
    let start = Instant::now();
    for turn in 0..300 {
        let id = format!("quelle-{turn}");
        let lease = store.lease(Pick::Named(std::slice::from_ref(&id)), now(), 1, 60_000).await.unwrap().remove(0);
        store.keep(&stock.visit(&id, lease.epoch), &model::Batch::default(), now()).await.unwrap();
    }
    println!("300 unchanged turns (lease and keep): {:.2?} each", start.elapsed() / 300);
}

/// Measures one question; a word with a minus must not be.
async fn measure(store: &Store, asked: &str, words: &[&str], now: Moment) {
    let pairs = asked.split('&').filter_map(|pair| pair.split_once('='));
    let mut query = Query::from_pairs(pairs).unwrap();
    query.q = (!words.is_empty()).then(|| words.join(" "));
    let (not, must): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| word.starts_with('-'));
    let phrase = |word: &str, sign: &str| Phrase {
        terms: vec![format!("{sign}{}", word.trim_start_matches('-').trim_end_matches('*'))],
        open: word.ends_with('*'),
    };
    let better = must.iter().flat_map(|word| [(phrase(word, "x1x"), 12), (phrase(word, "x3x"), 3)]).collect();
    let must = must.iter().map(|word| vec![vec![phrase(word, "")]]).collect();
    let asked_words = Words { must, not: not.iter().map(|word| phrase(word, "")).collect(), better };
    let mut times = Vec::new();
    let mut total = 0;
    for _run in 0..15 {
        let start = Instant::now();
        let page = store.find(&query, &asked_words, now).await.unwrap();
        times.push(start.elapsed());
        total = page.total;
    }
    let first = times[0];
    times.sort();
    println!("{:>9.2?} {:>9.2?} {:>9.2?} {total:>8}  {asked} {}", first, times[7], times[14], words.join(" "));
}

async fn open(place: &str) -> Store {
    match place.starts_with("postgres://") {
        true => Store::connect(place, 10).await.unwrap(),
        false => Store::open(std::path::Path::new(place)).await.unwrap(),
    }
}

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let all: usize = args.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = std::env::temp_dir().join("amtsticker-fill");
    let place = args.next().unwrap_or_else(|| folder.join(format!("{all}.db")).display().to_string());
    let every = args.next().and_then(|n| n.parse().ok()).unwrap_or(2);
    let store = open(&place).await;
    fill(&store, all, every).await;
    store.close().await;

    let start = Instant::now();
    let store = open(&place).await;
    println!(
        "opened in {:.2?}, {:?}, {} MB",
        start.elapsed(),
        store.counts().await.unwrap(),
        std::fs::metadata(&place).map_or(0, |file| file.len() >> 20)
    );
    println!("{:>9} {:>9} {:>9} {:>8}", "first", "median", "worst", "total");
    let asked: Vec<String> = args.collect();
    for asked in &asked {
        measure(&store, asked, &[], now()).await;
    }
    if asked.is_empty() {
        usual(&store).await;
    }
    store.close().await;
}

/// Asks what is asked where no questions were named.
async fn usual(store: &Store) {
    for asked in [
        "",
        "stories=1",
        "kind=news&stories=1",
        "kind=event&since=0h&stories=1",
        "kind=event",
        "state=BW",
        "state=EU",
        "state=BW,HH&topic=noots",
        "state=EU&topic=recht&stories=1",
        "source=quelle-7&stories=1",
        "since=7d&stories=1",
        "since=365d&stories=1",
        "until=2026-01-01",
        "kind=news&since=30d&topic=ozg",
        "sort=soonest",
        "limit=200&stories=1",
        "explain=1",
    ] {
        measure(store, asked, &[], now()).await;
    }
    for (asked, words) in [
        ("stories=1", vec!["wort19000"]),
        ("", vec!["wort500"]),
        ("stories=1", vec!["wort1"]),
        ("", vec!["verwaltung"]),
        ("stories=1", vec!["verwaltung"]),
        ("sort=relevance", vec!["wort500"]),
        ("sort=relevance&stories=1", vec!["wort1", "wort2"]),
        ("sort=relevance", vec!["verwaltung"]),
        ("", vec!["wort190*"]),
        ("", vec!["wor*"]),
        ("state=BW&stories=1", vec!["wort50", "wort60"]),
    ] {
        measure(store, asked, &words, now()).await;
    }
    let many: Vec<String> = (0..38).map(|n| format!("-wort{}", 7 * n + 1)).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let most: Vec<&str> = many.iter().map(|word| &word[1..]).collect();
    for (asked, words) in [
        ("", vec!["-wort500"]),
        ("stories=1", vec!["-wort1"]),
        ("stories=1", vec!["-verwaltung"]),
        ("stories=1&sort=soonest", vec!["-wort500"]),
        ("stories=1", many.clone()),
        ("kind=event&since=0h&stories=1", many),
        ("stories=1&sort=soonest", vec!["verwaltung"]),
        ("stories=1&sort=soonest", vec!["verwaltung", "-wort1"]),
        ("stories=1", most),
    ] {
        measure(store, asked, &words, now()).await;
    }
}
