//! `soak [MINUTES]`: one server among hundreds of sources that misbehave in every way we know, while it is read,
//! streamed, abused and told to read its catalogue again. Prints every half minute what it holds, and fails if at the
//! end memory still grows, a descriptor is open or a task alive that was not at the beginning.
//!
//! `AMTSTICKER_BIN` names the binary to test.

#![expect(clippy::print_stdout, reason = "a tool that prints what it measured")]

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use e2e::{House, Serving};
use origin::Origin;
use tokio::task::JoinSet;

mod clients;
mod sample;
mod sources;

use sample::Sample;

/// Between two lines.
const STEP: Duration = Duration::from_secs(30);
/// How long the server may take, once it is left alone, to let go of what others held: the longest of its time limits
/// for connections, of the pause after which idle ones to origins are closed, and some more.
const REST: Duration = Duration::from_secs(75);
/// What may be open at the end beyond what was at the beginning: connections to the database are opened when they are
/// needed first, four that read with three files each.
const MORE_FILES: u64 = 16;
const MORE_TASKS: u64 = 8;
/// How much more memory the last third may hold than the second, in percent.
const MORE_MEMORY: u64 = 5;

/// What is going on.
struct Soak {
    origin: Origin,
    address: String,
    /// Ids of the sources whose visits are asked for; the others come due by themselves.
    ids: Vec<String>,
    over: AtomicBool,
    counts: Counts,
}

/// What the clients have done.
#[derive(Default)]
struct Counts {
    visits: AtomicU64,
    answers: AtomicU64,
    /// Answers with 5xx, broken off, or none at all.
    bad: AtomicU64,
    streams: AtomicU64,
    rude: AtomicU64,
}

#[tokio::main]
async fn main() -> ExitCode {
    let minutes = std::env::args().nth(1).map_or(Ok(15), |minutes| minutes.parse::<u64>());
    let Ok(minutes @ 1..) = minutes else {
        eprintln!("usage: soak [MINUTES], with 1 or more; without it 15");
        return ExitCode::from(2);
    };
    let trouble = soak(Duration::from_secs(minutes * 60)).await;
    trouble.iter().for_each(|trouble| eprintln!("soak: {trouble}"));
    if trouble.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs it, and says what should not be.
async fn soak(time: Duration) -> Vec<String> {
    let origin = Origin::start().await;
    let house = House::new(sources::CONFIG);
    let ids = sources::publish(&house, &origin);
    let server = house.serve_after("AMTSTICKER_LOG=off; export AMTSTICKER_LOG").await;
    let (address, counts) = (server.address.clone(), Counts::default());
    let soak = Arc::new(Soak { origin, address, ids, over: AtomicBool::new(false), counts });
    let before = Sample::of(&server).await;
    Sample::head();
    before.line(Duration::ZERO, &soak);
    let mut clients = clients::start(&soak);
    let (samples, begun) = (watch(&server, &soak, time).await, Instant::now());
    soak.over.store(true, Relaxed);
    while let Some(ended) = clients.join_next().await {
        ended.expect("a client does not panic");
    }
    let after = rest(&server, &before).await;
    after.line(time + begun.elapsed(), &soak);
    judge(server, &soak, &before, &samples, &after).await
}

/// Looks every half minute, and changes what good sources publish.
async fn watch(server: &Serving, soak: &Arc<Soak>, time: Duration) -> Vec<Sample> {
    let begun = Instant::now();
    let mut samples = Vec::new();
    let mut steps = tokio::time::interval(STEP.min(time / 8));
    steps.tick().await;
    while begun.elapsed() < time {
        steps.tick().await;
        let sample = Sample::of(server).await;
        sample.line(begun.elapsed(), soak);
        samples.push(sample);
        soak.origin.forget_requests();
        sources::change(&soak.origin, samples.len());
        if samples.len().is_multiple_of(2) {
            server.hang_up().await;
        }
    }
    samples
}

/// Waits until the server has let go of everything, or should have.
async fn rest(server: &Serving, before: &Sample) -> Sample {
    let begun = Instant::now();
    let mut looks = tokio::time::interval(Duration::from_secs(1));
    loop {
        looks.tick().await;
        let now = Sample::of(server).await;
        let let_go = now.files <= before.files + MORE_FILES && now.tasks <= before.tasks + MORE_TASKS;
        if let_go || begun.elapsed() > REST {
            return now;
        }
    }
}

/// What is not as it should be.
async fn judge(server: Serving, soak: &Soak, before: &Sample, samples: &[Sample], after: &Sample) -> Vec<String> {
    let mut trouble = Vec::new();
    let third = |nth: usize| {
        let some = samples.chunks(samples.len().div_ceil(3).max(1)).nth(nth).unwrap_or_default();
        let mut third: Vec<u64> = some.iter().map(|sample| sample.rss).collect();
        third.sort_unstable();
        third.get(third.len() / 2).copied().unwrap_or(0)
    };
    let (second, last) = (third(1), third(2));
    println!(
        "memory: {} MB in the second third, {} MB in the last (medians), {:+.2} MB a minute",
        second >> 20,
        last >> 20,
        sample::slope(samples)
    );
    if last > second + second * MORE_MEMORY / 100 {
        trouble.push(format!("memory grows: {second} bytes in the second third, {last} in the last"));
    }
    if after.files > before.files + MORE_FILES {
        trouble.push(format!("descriptors: {} at the beginning, {} at the end", before.files, after.files));
    }
    if after.tasks > before.tasks + MORE_TASKS {
        trouble.push(format!("tasks: {} at the beginning, {} at the end", before.tasks, after.tasks));
    }
    let bad = soak.counts.bad.load(Relaxed);
    if bad > 0 {
        trouble.push(format!("{bad} answers were none, broken off, or 5xx"));
    }
    if after.visits == 0 || soak.counts.answers.load(Relaxed) == 0 || soak.counts.streams.load(Relaxed) == 0 {
        trouble.push("nothing was visited, read or streamed".to_owned());
    }
    if !server.stop().await {
        trouble.push("the server did not end in peace".to_owned());
    }
    trouble
}

/// All who ask.
type Clients = JoinSet<()>;
