//! What the server holds and has done at one moment, by its own numbers.

use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use e2e::Serving;

use crate::Soak;

#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) at: Instant,
    pub(crate) rss: u64,
    pub(crate) files: u64,
    pub(crate) tasks: u64,
    pub(crate) visits: u64,
    failed: u64,
    connections: u64,
    streams: u64,
}

impl Sample {
    pub(crate) async fn of(server: &Serving) -> Self {
        let text = server.get("/metrics").await.body;
        let number = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            line.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{name} is missing: {text}"))
        };
        Sample {
            at: Instant::now(),
            rss: number("process_resident_memory_bytes"),
            files: number("process_open_fds"),
            tasks: number("amtsticker_tasks"),
            visits: number("amtsticker_visits_total"),
            failed: number("amtsticker_visits_failed_total"),
            connections: number("amtsticker_http_connections"),
            streams: number("amtsticker_streams"),
        }
    }

    pub(crate) fn head() {
        println!("  time  RSS MB  files  tasks  conn.  streams   visits   failed  answers   bad  opened  rude");
    }

    pub(crate) fn line(&self, passed: Duration, soak: &Soak) {
        let seconds = passed.as_secs();
        let Sample { rss, files, tasks, visits, failed, connections, streams, .. } = self;
        let counts = &soak.counts;
        println!(
            "{:>3}:{:02} {:>7.1} {files:>6} {tasks:>6} {connections:>6} {streams:>8} {visits:>8} {failed:>8} {:>8} {:>5} {:>7} {:>5}",
            seconds / 60,
            seconds % 60,
            *rss as f64 / f64::from(1 << 20),
            counts.answers.load(Relaxed),
            counts.bad.load(Relaxed),
            counts.streams.load(Relaxed),
            counts.rude.load(Relaxed),
        );
    }
}

/// How memory grows after the first third, in MB a minute (least squares).
pub(crate) fn slope(samples: &[Sample]) -> f64 {
    let later = &samples[samples.len() / 3..];
    let Some(first) = later.first() else { return 0.0 };
    let points: Vec<(f64, f64)> = later
        .iter()
        .map(|sample| ((sample.at - first.at).as_secs_f64() / 60.0, sample.rss as f64 / f64::from(1 << 20)))
        .collect();
    let n = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / n, y + point.1 / n));
    let above: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let below: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    if below > 0.0 { above / below } else { 0.0 }
}
