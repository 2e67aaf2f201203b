//! What is asked again and again is coded once more, as small as it gets, beside those who answer.
//!
//! The smallest coding of a panel of 46 KB takes 50 ms and more, one that is a twelfth larger takes 1 ms. Who asks first gets
//! the quick one; an answer that still holds after a moment and is asked for again is worth the work.
//! Promises: one at a time, and nobody waits for it. What others keep by its former tag still counts as known.

use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

use moka::future::Cache;
use moka::ops::compute::Op;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use super::Kept;
use crate::http::coding::Coding;

/// An answer that holds for less is not worth it: while much arrives, there is a newer one each second.
const CALM: Duration = Duration::from_secs(2);

#[derive(Debug)]
pub(super) struct Smaller {
    turn: Arc<Semaphore>,
    calm: Duration,
    /// Where it is done: not on the thread that answers.
    runtime: Handle,
}

impl Default for Smaller {
    fn default() -> Self {
        Smaller { turn: Arc::new(Semaphore::new(1)), calm: CALM, runtime: Handle::current() }
    }
}

/// Whether an answer was coded once more, or cannot be.
#[derive(Debug, Default)]
pub(super) struct Tried(AtomicBool);

impl Smaller {
    /// With another time that an answer must have held.
    #[cfg(test)]
    pub(super) fn after(calm: Duration) -> Self {
        Smaller { calm, ..Smaller::default() }
    }

    /// An answer was given again. What it is kept under names its coding.
    pub(super) fn given(&self, cache: &Cache<String, Arc<Kept>>, name: &str, kept: &Arc<Kept>, now: Instant) {
        if !name.strip_prefix(Coding::Brotli.word()).is_some_and(|ask| ask.starts_with(' ')) {
            return;
        }
        if kept.tried.0.load(Relaxed) || kept.until.is_some() || now.saturating_duration_since(kept.made) < self.calm {
            return;
        }
        let Ok(turn) = Arc::clone(&self.turn).try_acquire_owned() else { return };
        if kept.tried.0.swap(true, Relaxed) {
            return;
        }
        let (cache, name, kept) = (cache.clone(), name.to_owned(), Arc::clone(kept));
        self.runtime.spawn(async move {
            if let Some(sealed) = kept.sealed.smaller().await {
                let fresh =
                    Arc::new(Kept { sealed, made: kept.made, tried: Tried(AtomicBool::new(true)), until: None });
                // Whatever was made meanwhile is newer.
                let put = |before: Option<moka::Entry<String, Arc<Kept>>>| {
                    ready(match before.is_some_and(|before| Arc::ptr_eq(before.value(), &kept)) {
                        true => Op::Put(fresh),
                        false => Op::Nop,
                    })
                };
                cache.entry(name).and_compute_with(put).await;
            }
            drop(turn);
        });
    }
}
