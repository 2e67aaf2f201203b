//! One host's patience: so many requests at a time, and so much time between two of them.
//!
//! A busy host never holds up another: whoever waits here waits for its own host only.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

#[derive(Debug)]
pub(crate) struct Gates {
    gap: Duration,
    concurrency: usize,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

#[derive(Debug)]
struct Host {
    slots: Arc<Semaphore>,
    next: Mutex<Instant>,
}

impl Gates {
    pub(crate) fn new(gap: Duration, concurrency: usize) -> Self {
        Gates { gap, concurrency, hosts: Mutex::default() }
    }

    /// Waits until the host may be asked again. Its slot is free again when the permit is dropped.
    pub(crate) async fn enter(&self, host: &str) -> OwnedSemaphorePermit {
        let host = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            let fresh =
                || Arc::new(Host { slots: Arc::new(Semaphore::new(self.concurrency)), next: Instant::now().into() });
            Arc::clone(hosts.entry(host.to_owned()).or_insert_with(fresh))
        };
        let permit = Arc::clone(&host.slots).acquire_owned().await.expect("the semaphore is never closed");
        let turn = {
            let mut next = host.next.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = (*next).max(Instant::now());
            *next = turn + self.gap;
            turn
        };
        tokio::time::sleep_until(turn).await;
        permit
    }
}

#[cfg(test)]
mod tests;
