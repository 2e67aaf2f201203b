//! What was counted of a month: how late visits were, and whether manners were kept.

use std::fmt;

/// Lateness up to here is counted to the millisecond; beyond, in steps of a thirty-second.
const EXACT: u64 = 1024;
const STEPS: u64 = 32;

/// How late visits were, in milliseconds.
#[derive(Debug, Clone, Default)]
pub struct Lateness {
    counts: Vec<u64>,
    all: u64,
}

impl Lateness {
    pub(crate) fn add(&mut self, ms: i64) {
        let bucket = bucket(ms.max(0).unsigned_abs());
        if self.counts.len() <= bucket {
            self.counts.resize(bucket + 1, 0);
        }
        self.counts[bucket] += 1;
        self.all += 1;
    }

    /// The lateness that so many of a thousand visits do not exceed.
    #[must_use]
    pub fn of_thousand(&self, share: u64) -> u64 {
        let mut left = (self.all * share).div_ceil(1000);
        let met = self.counts.iter().position(|count| {
            left = left.saturating_sub(*count);
            left == 0
        });
        met.map_or(0, lower_bound)
    }

    /// How many were counted.
    #[must_use]
    pub fn visits(&self) -> u64 {
        self.all
    }
}

fn bucket(ms: u64) -> usize {
    if ms < EXACT {
        return ms as usize;
    }
    let octave = u64::from(ms.ilog2() - EXACT.ilog2());
    let step = (ms >> octave) * STEPS / EXACT - STEPS;
    (EXACT + octave * STEPS + step) as usize
}

fn lower_bound(bucket: usize) -> u64 {
    let bucket = bucket as u64;
    if bucket < EXACT {
        return bucket;
    }
    let (octave, step) = ((bucket - EXACT) / STEPS, (bucket - EXACT) % STEPS);
    ((EXACT + step * EXACT / STEPS) << octave).max(EXACT)
}

/// What was counted.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// Of sources on hosts with the gap of the settings.
    pub lateness: Lateness,
    /// Of sources on hosts that are slow by their robots.txt, some of them with hundreds of sources.
    pub slow: Lateness,
    /// Of sources on the one host that cannot.
    pub crowded: Lateness,
    /// Visits that were put off because their host had enough to do.
    pub deferred: u64,
    /// Answers that asked us to stay away.
    pub refusals: u64,
    /// Requests to a host sooner after the one before than its gap allows.
    pub too_soon: u64,
    /// Requests to a host that had asked to be left alone.
    pub intruded: u64,
    /// Visits of a source before it allowed to come again.
    pub impatient: u64,
    /// Most requests to one host at a time.
    pub at_once: usize,
    /// The least that any source was visited; on the crowded host, and what is visited there in the middle.
    pub least_visits: u32,
    pub crowded_least: u32,
    pub crowded_middle: u32,
    /// The longest time, in hours, for which a source was not asked although its host let us: on hosts that can bear all
    /// of theirs.
    pub longest_silence_hours: i64,
}

impl Counted {
    /// All of them.
    #[must_use]
    pub fn visits(&self) -> u64 {
        self.lateness.visits() + self.slow.visits() + self.crowded.visits()
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = |lateness: &Lateness, share| lateness.of_thousand(share) as f64 / 1000.0;
        let late = |lateness: &Lateness| {
            let [p50, p99, p999] = [500, 990, 999].map(|share| seconds(lateness, share));
            format!("p50 {p50:.1} s, p99 {p99:.1} s, p99.9 {p999:.1} s")
        };
        writeln!(f, "{} visits, {} put off, {} refusals", self.visits(), self.deferred, self.refusals)?;
        writeln!(f, "lateness: {}", late(&self.lateness))?;
        writeln!(f, "lateness on hosts slow by robots.txt: {}", late(&self.slow))?;
        writeln!(
            f,
            "against manners: {} too soon, {} intruded, {} impatient; at most {} at once",
            self.too_soon, self.intruded, self.impatient, self.at_once
        )?;
        writeln!(
            f,
            "no source visited less than {} times, none left alone for more than {} hours",
            self.least_visits, self.longest_silence_hours
        )?;
        write!(
            f,
            "the host that cannot bear all of its sources: {} visits, each at least {} times, in the middle {}; {}",
            self.crowded.visits(),
            self.crowded_least,
            self.crowded_middle,
            late(&self.crowded)
        )
    }
}
