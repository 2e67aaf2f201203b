//! How fast we read: `cargo run --release -p bench --bin bench-reading`, or `cargo xtask bench`. One run, the same 200 feeds of 30 items
//! each for all: what a poll does with a document (read and normalise), feed-rs alone, and Python's feedparser.
//!
//! The targets: at least 0.6 of the speed of feed-rs, which neither decodes nor mends nor makes plain text; at least 50
//! times feedparser. Refuses: to fail where a target is missed; a busy machine is no regression.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

mod events;
mod feeds;
mod python;

use std::hint::black_box;
use std::time::{Duration, Instant};

use curate::Rules;
use model::{Catalogue, Document, Moment, Source};

const FEEDS: usize = 200;
const ITEMS: usize = 30;
/// Rounds of each; the fastest counts, since nothing makes a program faster than it is.
const ROUNDS: usize = 5;
/// 2026-11-20, the day after the newest item.
const NOW: Moment = Moment::from_ms(1_795_132_800_000);

fn main() {
    let documents: Vec<Document> = (0..FEEDS)
        .map(|at| Document {
            bytes: feeds::feed(at, ITEMS).into_bytes(),
            media_type: None,
            url: format!("https://amt{at}.example/feed"),
        })
        .collect();
    let bytes: usize = documents.iter().map(|document| document.bytes.len()).sum();
    println!(
        "{FEEDS} clean feeds of {ITEMS} items, {:.1} MB, the fastest of {ROUNDS} rounds each:",
        bytes as f64 / 1e6
    );
    let rules = Rules::new(&Catalogue::default());
    let source = Source::default();
    let [ours, read, theirs] = fastest([
        &|| documents.iter().map(|document| read_and_normalise(document, &source, &rules)).sum(),
        &|| documents.iter().map(|document| formats::read(document, &source).entries.len()).sum(),
        &|| documents.iter().map(feed_rs).sum(),
    ]);
    line("ours, read + normalise", ours, bytes);
    line("ours, read alone", read, bytes);
    line("feed-rs alone", theirs, bytes);
    println!("ours / feed-rs: {:.2} (target 0.6)", theirs.as_secs_f64() / ours.as_secs_f64());
    match python::feedparser(&documents, FEEDS * ITEMS) {
        Ok(took) => {
            line("feedparser", took, bytes);
            println!("ours / feedparser: {:.0} (target 50)", took.as_secs_f64() / ours.as_secs_f64());
        }
        Err(reason) => println!("feedparser: not measured: {reason}"),
    }
    events::run();
}

/// What a poll does with a document, up to judging it.
fn read_and_normalise(document: &Document, source: &Source, rules: &Rules) -> usize {
    let reading = formats::read(document, source);
    let drafts = reading.entries.into_iter().map(|entry| curate::normalise::draft(entry, source, rules, NOW));
    drafts.filter(|draft| black_box(draft).is_ok()).count()
}

fn feed_rs(document: &Document) -> usize {
    feed_rs::parser::parse(&document.bytes[..]).map_or(0, |feed| black_box(feed).entries.len())
}

/// The time of the fastest round of each. Each must give every item: a reader that loses some is not fast.
/// They take turns, so that what else the machine does hits all of them.
fn fastest(contestants: [&dyn Fn() -> usize; 3]) -> [Duration; 3] {
    let mut best = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        for (round, best) in contestants.iter().zip(&mut best) {
            let start = Instant::now();
            let items = black_box(round());
            *best = start.elapsed().min(*best);
            assert_eq!(items, FEEDS * ITEMS, "items were lost");
        }
    }
    best
}

fn line(name: &str, took: Duration, bytes: usize) {
    let seconds = took.as_secs_f64();
    println!(
        "  {name:<24} {:>8.1} ms {:>8.1} MB/s {:>8.0} feeds/s",
        seconds * 1e3,
        bytes as f64 / 1e6 / seconds,
        FEEDS as f64 / seconds
    );
}
