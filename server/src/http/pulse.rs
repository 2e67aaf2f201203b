//! What tells a kept answer that it is out of date: the store's generation, looked at now and then, and the clock.
//!
//! Promises: whoever asks sees what was kept up to a twentieth of a second ago, by whichever process; under load
//! the store is asked twenty times a second and not once per request; a store that does not answer leaves everything
//! as it was, so that what is known can still be read.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use store::Store;

/// How long the generation is taken for granted. Shorter than a reader notices, longer than a thousand requests.
const LOOK: Duration = Duration::from_millis(50);
/// The longest that a request waits for the generation. A store under repair shall not hold up what is known.
const PATIENCE: Duration = Duration::from_millis(200);

/// How long an answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lasts {
    /// As long as this process: it is made of nothing but the binary and the catalogue.
    Process,
    /// Until something that is kept changes.
    Generation,
    /// And no longer than a minute. Who asks for the last seven days, or for what is not over, asks for something else
    /// a moment later; a minute is what others may keep the answer, too (`max-age`), and one rendering a minute costs
    /// nothing.
    Minute,
    /// A second: how sources fare changes with each visit, and visits make no generation.
    Second,
}

/// When an answer was made, as far as that decides whether it still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Which of the generations seen from here, and which minute or second since the start: both only ever grow,
    /// though the store may be restored from a backup and the clock may be set.
    generation: u64,
    bucket: u64,
    /// Since when it has been this generation, in seconds since 1970; nothing if the answer changes with the clock.
    pub(super) since: Option<u64>,
}

impl Stamp {
    /// An answer with this stamp may be given where one with the other is due.
    pub(super) fn holds(self, due: Stamp) -> bool {
        self.generation >= due.generation && self.bucket >= due.bucket
    }
}

#[derive(Debug)]
pub(super) struct Pulse {
    store: Store,
    began: Instant,
    seen: Mutex<Seen>,
    /// The store did not answer the last time.
    silent: AtomicBool,
}

/// The generation as last seen.
#[derive(Clone, Copy, Debug)]
struct Seen {
    generation: Option<i64>,
    changes: u64,
    since: u64,
    looked: Option<Instant>,
    /// When the store answered last.
    heard: Option<Instant>,
}

impl Pulse {
    pub(super) fn new(store: Store) -> Self {
        let seen = Seen { generation: None, changes: 0, since: unix_seconds(), looked: None, heard: None };
        Pulse { store, began: Instant::now(), seen: Mutex::new(seen), silent: AtomicBool::new(false) }
    }

    /// The stamp that an answer made now would carry.
    pub(super) async fn stamp(&self, lasts: Lasts) -> Stamp {
        let seconds = self.began.elapsed().as_secs();
        match lasts {
            Lasts::Process => Stamp { generation: 0, bucket: 0, since: None },
            Lasts::Generation => {
                let seen = self.look().await;
                Stamp { generation: seen.changes, bucket: 0, since: Some(seen.since) }
            }
            Lasts::Minute => Stamp { generation: self.look().await.changes, bucket: seconds / 60, since: None },
            Lasts::Second => Stamp { generation: 0, bucket: seconds, since: None },
        }
    }

    /// Asks the store for its generation if the last look was a while ago. One request does; those beside it go on
    /// with what is known, except at the very start, when nothing is.
    async fn look(&self) -> Seen {
        {
            let mut seen = self.seen();
            let recent = seen.looked.is_some_and(|looked| looked.elapsed() < LOOK);
            if recent && seen.generation.is_some() {
                return *seen;
            }
            seen.looked = Some(Instant::now());
        }
        // In a box of its own: every request carries room for what it may have to wait for.
        let trouble = match tokio::time::timeout(PATIENCE, Box::pin(self.store.generation())).await {
            Ok(Ok(generation)) => {
                self.silent.store(false, Relaxed);
                return self.see(generation);
            }
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("no answer within {} ms", PATIENCE.as_millis()),
        };
        // Said once, not twenty times a second.
        if !self.silent.swap(true, Relaxed) {
            tracing::warn!(trouble, "the store does not say its generation: what is known is served");
        }
        *self.seen()
    }

    fn see(&self, generation: i64) -> Seen {
        let mut seen = self.seen();
        if seen.generation.is_some_and(|before| before != generation) {
            (seen.changes, seen.since) = (seen.changes + 1, unix_seconds());
        }
        (seen.generation, seen.heard) = (Some(generation), Some(Instant::now()));
        *seen
    }

    /// For how long the store has not said its generation, if it did not the last time.
    pub(super) fn silent_for(&self) -> Option<Duration> {
        let silent = self.silent.load(Relaxed);
        silent.then(|| self.seen().heard.unwrap_or(self.began).elapsed())
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As if the last look were long ago: tests do not wait.
    #[cfg(test)]
    pub(super) fn forget(&self) {
        self.seen().looked = None;
    }

    /// As if the generation were so many seconds old.
    #[cfg(test)]
    pub(super) fn age(&self, seconds: u64) {
        self.seen().since -= seconds;
    }
}

/// Seconds since 1970, as dates in headers count.
pub(super) fn unix_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
