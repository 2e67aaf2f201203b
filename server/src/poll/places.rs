//! How many visits go on at a time: so many ask an origin, and some more are judged and kept meanwhile.
//!
//! Whoever has its answer makes room for the next that asks, so that origins are waited for while the store writes; and
//! those that are being kept make room for others to be judged meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use super::gate::Admission;

/// For each that asks, so many may be in the house altogether: what they brought is in memory until it is kept.
const IN_THE_HOUSE: usize = 2;

#[derive(Clone, Debug)]
pub(super) struct Places {
    asking: usize,
    free: Arc<Semaphore>,
    /// Those in the house that are being kept just now.
    keeping: Arc<AtomicUsize>,
    freed: Arc<Notify>,
}

/// The right to ask a host, and the place that it takes. Both are free again when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    admission: Option<Admission>,
    permit: Option<OwnedSemaphorePermit>,
    freed: Arc<Notify>,
}

/// Visits that are being kept until this is dropped.
#[derive(Debug)]
pub(super) struct Keeping {
    many: usize,
    keeping: Arc<AtomicUsize>,
}

impl Places {
    /// Room for so many that ask at a time.
    pub(super) fn new(asking: usize) -> Self {
        Places { asking, free: Arc::new(Semaphore::new(asking)), keeping: Arc::default(), freed: Arc::default() }
    }

    /// How many more may begin, when so many are in the house.
    pub(super) fn left(&self, inside: usize) -> usize {
        let room = IN_THE_HOUSE * self.asking + self.keeping.load(Relaxed);
        self.free.available_permits().min(room.saturating_sub(inside))
    }

    /// Takes a place. Who looked at [`Places::left`] finds one: nobody else takes them.
    pub(super) fn take(&self, admission: Admission) -> Place {
        let permit = Arc::clone(&self.free).try_acquire_owned().ok();
        Place { admission: Some(admission), permit, freed: Arc::clone(&self.freed) }
    }

    /// Makes room for as many as are being kept now. Whoever keeps does so one time after the other, so there is an end
    /// to what is in memory.
    pub(super) fn keep(&self, many: usize) -> Keeping {
        self.keeping.fetch_add(many, Relaxed);
        self.freed.notify_one();
        Keeping { many, keeping: Arc::clone(&self.keeping) }
    }

    /// Waits until a place is free again.
    pub(super) async fn freed(&self) {
        self.freed.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop((self.admission.take(), self.permit.take()));
        self.freed.notify_one();
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        self.keeping.fetch_sub(self.many, Relaxed);
    }
}

#[cfg(test)]
mod tests;
