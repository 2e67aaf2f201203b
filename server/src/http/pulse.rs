//! What tells a kept answer that it is out of date: the store's generation, looked at now and then, and the clock.
//!
//! Promises: whoever asks sees what was kept up to a twentieth of a second ago, by whichever process; under load
//! the store is asked sixty times a second and not once per request, and nobody waits for what it says; a store that
//! does not answer leaves everything as it was, so that what is known can still be read.

use std::sync::atomic::{
    AtomicBool, AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use store::Store;
use tokio::runtime::Handle;

/// How long the generation is taken for granted. Shorter than a reader notices, longer than a thousand requests.
const LOOK: Duration = Duration::from_millis(50);
/// From when on somebody looks again ahead of that: what is left is the time to make answers anew that nobody waits for.
const AHEAD: Duration = LOOK.checked_div(3).expect("three is not nothing");
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

impl Lasts {
    /// Which minute or second it is, so long after the start, where that matters.
    fn bucket(self, since: Duration) -> u64 {
        match self {
            Lasts::Process | Lasts::Generation => 0,
            Lasts::Minute => since.as_secs() / 60,
            Lasts::Second => since.as_secs(),
        }
    }
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

/// How an answer that is there stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Holds,
    /// There is something newer, kept less than a twentieth of a second ago: it may be given while it is made anew.
    Passes,
    /// It does not hold, or nobody knows.
    Fails,
}

#[derive(Debug)]
pub(super) struct Pulse {
    store: Store,
    /// Where the store is asked: whoever answers requests has no time for it.
    runtime: Handle,
    began: Instant,
    seen: Mutex<Seen>,
    /// When somebody last began to look, in microseconds since the start; 0 if nobody has.
    looked: AtomicU64,
    /// As in [`Seen`], to be read without its lock.
    changes: AtomicU64,
    /// Until when the generation before may be shown, in microseconds since the start.
    passes: AtomicU64,
    /// Somebody looks ahead and has no answer yet.
    asking: AtomicBool,
    /// The store did not answer the last time.
    silent: AtomicBool,
}

/// The generation as last seen.
#[derive(Clone, Copy, Debug)]
struct Seen {
    generation: Option<i64>,
    /// How many generations there have been since the start.
    changes: u64,
    since: u64,
    /// When somebody last looked and it was this one.
    looked: Duration,
    /// When the store answered last.
    heard: Option<Instant>,
}

impl Pulse {
    /// Of this store, looked at in the runtime in which this is called.
    pub(super) fn new(store: Store) -> Self {
        let (since, looked) = (unix_seconds(), Duration::ZERO);
        let seen = Seen { generation: None, changes: 0, since, looked, heard: None };
        let [looked, changes, passes] = [(); 3].map(|()| AtomicU64::new(0));
        let [asking, silent] = [(); 2].map(|()| AtomicBool::new(false));
        let (runtime, began, seen) = (Handle::current(), Instant::now(), Mutex::new(seen));
        Pulse { store, runtime, began, seen, looked, changes, passes, asking, silent }
    }

    /// How an answer with this stamp stands, as far as is known; nobody knows if the last look was too long ago. Under
    /// load somebody always looks ahead of that.
    pub(super) fn standing(self: &Arc<Self>, stamp: Stamp, lasts: Lasts, now: Instant) -> Standing {
        let now = now.saturating_duration_since(self.began);
        if stamp.bucket < lasts.bucket(now) {
            return Standing::Fails;
        }
        if matches!(lasts, Lasts::Process | Lasts::Second) {
            return Standing::Holds;
        }
        let looked = self.looked.load(Relaxed);
        let age = now.saturating_sub(Duration::from_micros(looked));
        if looked == 0 || age >= LOOK {
            return Standing::Fails;
        }
        // A store that is slow is not asked again before it has answered.
        if age >= AHEAD && !self.asking.load(Relaxed) && self.takes_turn(looked, now) {
            self.asking.store(true, Relaxed);
            let pulse = Arc::clone(self);
            self.runtime.spawn(async move {
                pulse.ask(now).await;
                pulse.asking.store(false, Relaxed);
            });
        }
        let changes = self.changes.load(Acquire);
        if stamp.generation >= changes {
            Standing::Holds
        } else if stamp.generation + 1 == changes && now < Duration::from_micros(self.passes.load(Relaxed)) {
            Standing::Passes
        } else {
            Standing::Fails
        }
    }

    /// The stamp that an answer made now would carry.
    pub(super) async fn stamp(&self, lasts: Lasts) -> Stamp {
        let bucket = lasts.bucket(self.began.elapsed());
        match lasts {
            Lasts::Process | Lasts::Second => Stamp { generation: 0, bucket, since: None },
            Lasts::Generation => {
                let seen = self.look().await;
                Stamp { generation: seen.changes, bucket, since: Some(seen.since) }
            }
            Lasts::Minute => Stamp { generation: self.look().await.changes, bucket, since: None },
        }
    }

    /// The generation, of which the store is asked if the last look was a while ago. One request does; those beside it
    /// go on with what is known, except at the very start, when nothing is.
    async fn look(&self) -> Seen {
        let (looked, now) = (self.looked.load(Relaxed), self.began.elapsed());
        let recent = looked > 0 && now.saturating_sub(Duration::from_micros(looked)) < LOOK;
        let (mine, seen) = (!recent && self.takes_turn(looked, now), *self.seen());
        if seen.generation.is_some() && !mine {
            return seen;
        }
        self.ask(now).await
    }

    /// To look is the turn of who is the first to say so.
    fn takes_turn(&self, looked: u64, now: Duration) -> bool {
        self.looked.compare_exchange(looked, micros(now).max(1), Relaxed, Relaxed).is_ok()
    }

    /// What the store says to who looks now, so long after the start, if it says anything in time.
    async fn ask(&self, now: Duration) -> Seen {
        // In a box of its own: every request carries room for what it may have to wait for.
        let trouble = match tokio::time::timeout(PATIENCE, Box::pin(self.store.generation())).await {
            Ok(Ok(generation)) => {
                self.silent.store(false, Relaxed);
                return self.see(generation, now);
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

    fn see(&self, generation: i64, looked: Duration) -> Seen {
        let mut seen = self.seen();
        if seen.generation.is_some_and(|before| before != generation) {
            (seen.changes, seen.since) = (seen.changes + 1, unix_seconds());
            // Nothing newer was kept when somebody looked and it was the one before.
            self.passes.store(micros(seen.looked + LOOK), Relaxed);
        }
        seen.looked = looked;
        (seen.generation, seen.heard) = (Some(generation), Some(Instant::now()));
        self.changes.store(seen.changes, Release);
        *seen
    }

    /// How many pages the store has given from memory while its database was away.
    pub(super) fn remembered(&self) -> u64 {
        self.store.remembered()
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
        self.looked.store(0, Relaxed);
    }

    /// As if somebody had just looked, for good.
    #[cfg(test)]
    pub(super) fn hold(&self) {
        self.looked.store(u64::MAX, Relaxed);
    }

    /// Whether the generation before may still be shown, for good.
    #[cfg(test)]
    pub(super) fn pass(&self, still: bool) {
        self.passes.store(if still { u64::MAX } else { 0 }, Relaxed);
    }

    /// As if the generation were so many seconds old.
    #[cfg(test)]
    pub(super) fn age(&self, seconds: u64) {
        self.seen().since -= seconds;
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// Seconds since 1970, as dates in headers count.
pub(super) fn unix_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

#[cfg(test)]
mod tests;
