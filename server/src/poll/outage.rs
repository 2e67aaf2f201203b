//! What the poller does while the store keeps nothing: because its server is away, or the disk is full.
//!
//! Nobody is visited for what cannot be kept, but for one source now and then, to see whether it can. Whoever was being
//! visited is given back, so that it comes round soon and not when its lease runs out. It is said once that the store
//! fails, and once that it does no more.

use std::time::Duration;

use model::Moment;
use store::{Lease, Store};
use tokio::time::Instant;

use crate::hash::digest64;

/// The first pause between two tries, and the longest.
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);
/// A source whose visit was not kept is visited again after this at the earliest, and within this more: it has just
/// answered, and what it said is not gone so soon.
const AGAIN_MS: u64 = 60_000;
const WITHIN_MS: u64 = 4 * 60_000;

#[derive(Debug, Default)]
pub(super) struct Outage {
    /// When it began; nothing while all is well.
    since: Option<Instant>,
    /// How often it was tried since then, and when it is tried next.
    tries: u32,
    again: Option<Instant>,
    /// Visits that were made and not kept.
    owed: Vec<Lease>,
}

impl Outage {
    /// How many visits may begin, of so many that there is room for.
    pub(super) fn places(&self, free: usize, under_way: usize) -> usize {
        match self.since {
            None => free,
            Some(_) if under_way == 0 && self.is_time() => free.min(1),
            Some(_) => 0,
        }
    }

    /// The store failed; the lease is of a visit that was lost by that.
    pub(super) fn failed(&mut self, error: &anyhow::Error, lost: Option<Lease>) {
        self.owed.extend(lost);
        if self.since.is_none() {
            tracing::error!("the store fails, visits rest until it does not: {error:#}");
            self.since = Some(Instant::now());
            self.tries = 0;
        } else {
            tracing::debug!("the store still fails: {error:#}");
        }
        // Visits that end together are one try.
        if self.is_time() {
            let pause = FIRST.saturating_mul(1 << self.tries.min(16)).min(LONGEST);
            self.again = Some(Instant::now() + pause);
            self.tries += 1;
        }
    }

    /// A visit was kept.
    pub(super) fn worked(&mut self) {
        if let Some(since) = self.since.take() {
            self.again = None;
            tracing::info!(seconds = since.elapsed().as_secs(), "the store works again");
        }
    }

    /// Gives back what was visited in vain, if the store takes it.
    pub(super) async fn give_back(&mut self, store: &Store, now: Moment) {
        if self.since.is_some() && !self.is_time() {
            return;
        }
        while let Some(lease) = self.owed.pop() {
            let wait = AGAIN_MS + digest64(lease.source.as_bytes()) % WITHIN_MS;
            let due = Moment::from_ms(now.ms() + i64::try_from(wait).unwrap_or(0));
            if let Err(error) = store.defer(&lease, due).await {
                self.failed(&error.into(), Some(lease));
                return;
            }
        }
    }

    fn is_time(&self) -> bool {
        self.again.is_none_or(|again| again <= Instant::now())
    }
}

#[cfg(test)]
mod tests;
