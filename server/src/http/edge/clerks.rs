//! Who answers: a thread for each core, at most eight, with connections of its own and a runtime of its own.
//!
//! Promises: what was answered before goes out from the thread that heard the question. No other thread is woken for
//! it, but to look whether there is something newer, and no long computation stands before it: whatever takes work is
//! done in the runtime of the process. Few connections keep one thread busy and leave the other cores to whoever works.
//! Refuses: to move a connection once a clerk has it.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread::{self, JoinHandle};

use anyhow::Context as _;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// Clerks at most: eight answer more than a network card carries away.
const MOST: usize = 8;
/// Connections that one clerk has before the next gets any. Half of them at each of two threads are woken twice as
/// often, for half as much to do each time, and take the cores from each other and from their clients: with 32
/// connections two clerks on two cores take three tenths more processor time for each answer than one.
const FEW: usize = 64;

pub(super) struct Clerks(Vec<Clerk>);

struct Clerk {
    runtime: Handle,
    /// Connections that it has.
    serves: Arc<AtomicUsize>,
    /// What ends it, and its thread.
    end: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

/// A connection that a clerk has, as long as it is open.
pub(super) struct Served(Arc<AtomicUsize>);

impl Clerks {
    /// One for each core, up to eight, who work until this value goes.
    ///
    /// # Errors
    /// The system has no thread or no descriptor left.
    pub(super) fn hire() -> anyhow::Result<Self> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let clerks = (0..cores.min(MOST)).map(Clerk::hire).collect::<anyhow::Result<Vec<_>>>();
        Ok(Clerks(clerks.context("nobody to answer requests")?))
    }

    /// The runtime of one of them.
    pub(super) fn first(&self) -> &Handle {
        &self.0.first().expect("there is at least one core").runtime
    }

    /// Leaves a connection to the first clerk who has few, else to the one who has fewest.
    pub(super) fn serve<F>(&self, connection: impl FnOnce(Served) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let Some(clerk) = self.0.get(next(self.0.iter().map(|clerk| clerk.serves.load(Relaxed)))) else { return };
        clerk.serves.fetch_add(1, Relaxed);
        clerk.runtime.spawn(connection(Served(Arc::clone(&clerk.serves))));
    }
}

/// Whose turn it is, when they have so many connections.
fn next(serve: impl Iterator<Item = usize> + Clone) -> usize {
    let few = serve.clone().position(|serves| serves < FEW);
    few.unwrap_or_else(|| serve.enumerate().min_by_key(|(_, serves)| *serves).map_or(0, |(clerk, _)| clerk))
}

impl Clerk {
    fn hire(number: usize) -> anyhow::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (end, ended) = oneshot::channel();
        let work = move || {
            // An error means that the sender is gone, which is an end, too.
            let _ = runtime.block_on(ended);
        };
        let thread = thread::Builder::new().name(format!("clerk-{number}")).spawn(work)?;
        Ok(Clerk { runtime: handle, serves: Arc::default(), end: Some((end, thread)) })
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        let Some((end, thread)) = self.end.take() else { return };
        drop(end);
        // Whoever is still connected is cut; from one of these threads itself nobody can wait for it.
        if thread.thread().id() != thread::current().id() {
            let _ = thread.join();
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

#[cfg(test)]
mod tests;
