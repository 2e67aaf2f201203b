//! Requests, counted and timed by route, for `/metrics`. The routes are few and fixed; addresses are never counted.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};
use std::time::Duration;

/// Upper bounds of the buckets, in microseconds: a 304 takes some tens, a kept answer some hundreds at the most, one
/// that has to be made some thousands.
pub(super) const BOUNDS_US: [u64; 12] =
    [50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 1_000_000, 10_000_000];

/// The meters are the process's, as metrics are.
pub(super) static METERS: LazyLock<Meters> = LazyLock::new(Meters::default);

#[derive(Default)]
pub(super) struct Meters {
    routes: RwLock<BTreeMap<String, Arc<Meter>>>,
    open: AtomicU64,
}

/// What was asked of one route.
#[derive(Debug, Default)]
pub(super) struct Meter {
    /// By the first digit of the status, from 1.
    pub(super) statuses: [AtomicU64; 5],
    /// By [`BOUNDS_US`], each without those below; the last for all above.
    pub(super) buckets: [AtomicU64; BOUNDS_US.len() + 1],
    pub(super) micros: AtomicU64,
}

/// A connection, as long as it is open.
pub(super) struct Open;

impl Meters {
    /// The meter of a route.
    pub(super) fn of(&self, route: &str) -> Arc<Meter> {
        let known = self.routes.read().unwrap_or_else(PoisonError::into_inner).get(route).map(Arc::clone);
        known.unwrap_or_else(|| {
            let mut routes = self.routes.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(routes.entry(route.to_owned()).or_default())
        })
    }

    pub(super) fn routes(&self) -> Vec<(String, Arc<Meter>)> {
        let routes = self.routes.read().unwrap_or_else(PoisonError::into_inner);
        routes.iter().map(|(route, meter)| (route.clone(), Arc::clone(meter))).collect()
    }

    pub(super) fn open(&self) -> Open {
        self.open.fetch_add(1, Relaxed);
        Open
    }

    pub(super) fn connections(&self) -> u64 {
        self.open.load(Relaxed)
    }
}

impl Meter {
    /// Counts an answer with this status.
    pub(super) fn count(&self, status: u16, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS_US.iter().position(|bound| micros <= *bound).unwrap_or(BOUNDS_US.len());
        self.statuses[usize::from((status / 100).clamp(1, 5)) - 1].fetch_add(1, Relaxed);
        self.buckets[bucket].fetch_add(1, Relaxed);
        self.micros.fetch_add(micros, Relaxed);
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        METERS.open.fetch_sub(1, Relaxed);
    }
}
