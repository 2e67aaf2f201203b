//! One host's patience: so many requests at a time, so much time between two of them, and none at all for a while if
//! it asked for that.
//!
//! A host that wants a long distance is asked by nobody else meanwhile: its turns are taken from [`Turns`], which other
//! processes take theirs from, too, and this one's successor.
//!
//! A busy host never holds up another: whoever waits here waits for its own host only, and [`Gates::admit`] lets no
//! more visits in than the host can take soon; the others are to come back later.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// Hosts that are remembered; beyond, those that nothing is known of are forgotten.
const HOSTS: usize = 50_000;
/// A shared turn that was taken later than this part of the distance is given up for another, so often.
const LATE: i64 = 8;
const TRIES: usize = 4;

pub(super) mod pace;

use pace::{NotYet, Pace};

#[derive(Debug)]
pub(crate) struct Gates {
    gap_ms: i64,
    concurrency: usize,
    /// Pace counts milliseconds from here.
    begun: Instant,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

#[derive(Debug)]
struct Host {
    slots: Arc<Semaphore>,
    /// Held by who waits for its turn: the next counts from when this one asks.
    turn: tokio::sync::Mutex<()>,
    pace: Mutex<Pace>,
}

/// The turns of slow hosts, kept where all processes see them.
pub(crate) trait Turns: Sync {
    /// Takes a host's next turn, which is `gap` after the one before; how long until it comes.
    ///
    /// # Errors
    /// How long to stay away: too many wait.
    fn turn(&self, host: &str, gap: Duration) -> impl Future<Output = Result<Duration, Duration>> + Send;
}

/// A visit that was let in.
#[derive(Debug)]
pub(crate) struct Admission(Arc<Host>);

impl Gates {
    pub(crate) fn new(gap: Duration, concurrency: usize) -> Self {
        Gates { gap_ms: ms(gap), concurrency, begun: Instant::now(), hosts: Mutex::default() }
    }

    /// Waits until the host may be asked again. Its slot is free again when the permit is dropped.
    ///
    /// # Errors
    /// For how long the host wants to be left alone. That may be a day: whoever waited for it here would keep a place
    /// from the sources of all other hosts, and lose its lease meanwhile.
    pub(crate) async fn enter(&self, name: &str, turns: &impl Turns) -> Result<OwnedSemaphorePermit, Duration> {
        let host = self.host(name);
        let permit = Arc::clone(&host.slots).acquire_owned().await.expect("the semaphore is never closed");
        let _turn = host.turn.lock().await;
        loop {
            let now = self.now();
            let turn = host.pace().take_turn(now);
            match turn {
                Ok(()) => break,
                Err(NotYet::Closed(until)) => return Err(duration(until - now)),
                Err(NotYet::Turn(at)) => tokio::time::sleep_until(self.begun + duration(at)).await,
            }
        }
        self.share(name, &host, turns).await?;
        Ok(permit)
    }

    /// Waits for the processes that were before us at a slow host. A turn that has passed while it was taken is no turn:
    /// the next is the other's.
    async fn share(&self, name: &str, host: &Host, turns: &impl Turns) -> Result<(), Duration> {
        for _ in 0..TRIES {
            let Some(gap) = host.pace().shared_gap() else { return Ok(()) };
            let begun = Instant::now();
            let turn = begun + turns.turn(name, duration(gap)).await?;
            tokio::time::sleep_until(turn).await;
            let now = self.now();
            {
                let mut pace = host.pace();
                pace.postpone(now);
                pace.closed(now).map_or(Ok(()), |until| Err(duration(until - now)))?;
            }
            if turn.elapsed() <= duration(gap / LATE) {
                break;
            }
        }
        Ok(())
    }

    /// Lets a visit in if the host can take it soon.
    ///
    /// # Errors
    /// How long to stay away: those who are sent away are told one turn after the other.
    pub(crate) fn admit(&self, host: &str) -> Result<Admission, Duration> {
        let host = self.host(host);
        let now = self.now();
        let admitted = host.pace().admit(now, self.concurrency);
        admitted.map_err(|back| duration(back - now))?;
        Ok(Admission(host))
    }

    /// Keeps a longer distance from a host than the settings say (`crawl-delay`); never a shorter one. Says whether its
    /// turns are shared.
    pub(crate) fn slow(&self, host: &str, gap: Duration) -> bool {
        let host = self.host(host);
        let mut pace = host.pace();
        pace.slow(ms(gap), self.gap_ms);
        pace.shared_gap().is_some()
    }

    /// A host said that it is asked too much (429, 503 with `Retry-After`).
    pub(crate) fn limited(&self, host: &str, wait: Duration) {
        self.host(host).pace().limited(self.now(), ms(wait));
    }

    fn now(&self) -> i64 {
        ms(self.begun.elapsed())
    }

    fn host(&self, name: &str) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = hosts.get(name) {
            return Arc::clone(host);
        }
        if hosts.len() >= HOSTS {
            // A redirect may lead anywhere, and a hostile one to a new name each time.
            let now = self.now();
            hosts.retain(|_, host| Arc::strong_count(host) > 1 || host.pace().is_held(now));
        }
        let pace = Pace::new(self.gap_ms);
        let host = Arc::new(Host {
            slots: Arc::new(Semaphore::new(self.concurrency)),
            turn: Default::default(),
            pace: pace.into(),
        });
        hosts.insert(name.to_owned(), Arc::clone(&host));
        host
    }
}

impl Host {
    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX / 4)
}

fn duration(ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(ms).unwrap_or(0))
}

impl Drop for Admission {
    fn drop(&mut self) {
        self.0.pace().leave();
    }
}

#[cfg(test)]
mod tests;
