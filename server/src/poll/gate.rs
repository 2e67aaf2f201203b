//! One host's patience: so many requests at a time, so much time between two of them, and none at all for a while if
//! it asked for that.
//!
//! A busy host never holds up another: whoever waits here waits for its own host only, and [`Gates::admit`] lets no
//! more visits in than the host can take soon; the others are to come back later.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// Longest gap that robots.txt can ask for. More would let a source's lease run out while it waits.
const LONGEST_GAP: Duration = Duration::from_secs(240);
/// Two refusals of one host within this mean the host, not the one feed.
const LIMITED: Duration = Duration::from_secs(600);
/// Whoever would wait longer than this for its turn comes back later.
const PATIENCE: Duration = Duration::from_secs(60);
/// Hosts that are remembered; beyond, those that nothing is known of are forgotten.
const HOSTS: usize = 50_000;

#[derive(Debug)]
pub(crate) struct Gates {
    gap: Duration,
    concurrency: usize,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

#[derive(Debug)]
struct Host {
    slots: Arc<Semaphore>,
    pace: Mutex<Pace>,
}

#[derive(Debug)]
struct Pace {
    /// The earliest moment of the next request.
    next: Instant,
    gap: Duration,
    /// Visits that were let in and have not ended.
    inside: usize,
    /// How far those that were sent away have been told to come back.
    tail: Instant,
    /// When it last said that it is asked too much.
    limited: Option<Instant>,
}

/// A visit that was let in.
#[derive(Debug)]
pub(crate) struct Admission(Arc<Host>);

impl Gates {
    pub(crate) fn new(gap: Duration, concurrency: usize) -> Self {
        Gates { gap, concurrency, hosts: Mutex::default() }
    }

    /// Waits until the host may be asked again. Its slot is free again when the permit is dropped.
    pub(crate) async fn enter(&self, host: &str) -> OwnedSemaphorePermit {
        let host = self.host(host);
        let permit = Arc::clone(&host.slots).acquire_owned().await.expect("the semaphore is never closed");
        loop {
            let turn = {
                let mut pace = host.pace();
                let now = Instant::now();
                if pace.next <= now {
                    pace.next = now + pace.gap;
                    return permit;
                }
                pace.next
            };
            tokio::time::sleep_until(turn).await;
        }
    }

    /// Lets a visit in if the host can take it soon.
    ///
    /// # Errors
    /// How long to stay away: those who are sent away are told one turn after the other.
    pub(crate) fn admit(&self, host: &str) -> Result<Admission, Duration> {
        let host = self.host(host);
        let mut pace = host.pace();
        let now = Instant::now();
        let next = pace.next.max(now) + pace.gap * u32::try_from(pace.inside).unwrap_or(u32::MAX);
        if pace.inside < 2 * self.concurrency && next - now <= PATIENCE {
            pace.inside += 1;
            drop(pace);
            return Ok(Admission(host));
        }
        pace.tail = pace.tail.max(next) + pace.gap.max(Duration::from_millis(100));
        Err(pace.tail - now)
    }

    /// Keeps a longer distance from a host than the settings say (`crawl-delay`); never a shorter one.
    pub(crate) fn slow(&self, host: &str, gap: Duration) {
        let host = self.host(host);
        let mut pace = host.pace();
        let gap = gap.clamp(self.gap, LONGEST_GAP.max(self.gap));
        if gap > pace.gap {
            let longer = gap - pace.gap;
            pace.next += longer;
        }
        pace.gap = gap;
    }

    /// A host said that it is asked too much (429, 503 with `Retry-After`). The first time that is about one feed;
    /// the second within ten minutes it is about the host, which then is left alone for as long as it said.
    pub(crate) fn limited(&self, host: &str, wait: Duration) {
        let host = self.host(host);
        let mut pace = host.pace();
        let now = Instant::now();
        if pace.limited.is_some_and(|last| now - last <= LIMITED) {
            pace.next = pace.next.max(now + wait);
        }
        pace.limited = Some(now);
    }

    fn host(&self, name: &str) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = hosts.get(name) {
            return Arc::clone(host);
        }
        let now = Instant::now();
        if hosts.len() >= HOSTS {
            // A redirect may lead anywhere, and a hostile one to a new name each time.
            hosts.retain(|_, host| Arc::strong_count(host) > 1 || host.pace().next > now);
        }
        let pace = Pace { next: now, gap: self.gap, inside: 0, tail: now, limited: None };
        let host = Arc::new(Host { slots: Arc::new(Semaphore::new(self.concurrency)), pace: pace.into() });
        hosts.insert(name.to_owned(), Arc::clone(&host));
        host
    }
}

impl Host {
    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        self.0.pace().inside -= 1;
    }
}

#[cfg(test)]
mod tests;
