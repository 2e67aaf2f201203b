//! Visits sources: once, or for as long as the process lives.
//!
//! ```text
//! store.lease(due) | each: gate(host) | fetch | read | one by one: recent | curate | keep(visit, batch)
//! ```
//! The pump decides nothing: whether an entry is an item is judged in `curate`, when to return in `schedule`.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use anyhow::bail;
use curate::Rules;
use model::{Catalogue, Outcome};
use serde::Serialize;
use store::{Lease, Pick, Store};
use tokio::task::JoinSet;

use crate::clock::now;
use crate::config::FetchConfig;

mod contract;
mod fetch;
mod gate;
mod guard;
mod schedule;
mod turn;
mod visitor;

pub(crate) use fetch::Fetched;
use turn::{Turn, Turned};
pub(crate) use visitor::Visitor;

/// How long a source stays ours while we visit it: longer than any visit may take.
const LEASE_MS: i64 = 10 * 60 * 1000;
/// How often the store is asked for due sources while nothing ends.
const TICK: Duration = Duration::from_secs(1);

/// Everything a visit needs; cheap to clone.
#[derive(Clone)]
pub(crate) struct Poller {
    store: Store,
    turn: Arc<Turn>,
    concurrency: usize,
}

/// What one round of visits came to: the last line of `poll --json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Summary {
    /// Sources visited.
    pub(crate) visited: u64,
    /// Visits that changed nothing.
    pub(crate) unchanged: u64,
    /// Items kept for the first time, relevant or not.
    pub(crate) new: u64,
    /// Items that say something else now.
    pub(crate) changed: u64,
    /// Visits that brought no document that could be read.
    pub(crate) failed: u64,
    /// How often each reason was given.
    #[serde(skip)]
    pub(crate) reasons: BTreeMap<String, u64>,
}

impl Poller {
    /// Builds the client and compiles the catalogue's rules.
    ///
    /// # Errors
    /// A setting that cannot be used.
    pub(crate) fn new(store: Store, catalogue: Arc<Catalogue>, config: &FetchConfig) -> anyhow::Result<Self> {
        let turn = Turn {
            store: store.clone(),
            rules: Arc::new(Rules::new(&catalogue)),
            catalogue,
            visitor: Visitor::new(config)?,
            judging: tokio::sync::Mutex::default(),
        };
        Ok(Poller { store, turn: Arc::new(turn), concurrency: config.concurrency })
    }

    /// Visits each named source once, or each enabled one if none is named, due or not.
    ///
    /// # Errors
    /// An id that the catalogue does not have; a store that cannot be read.
    pub(crate) async fn once(&self, named: &[String]) -> anyhow::Result<Summary> {
        let catalogue = &self.turn.catalogue;
        if let Some(unknown) = named.iter().find(|id| catalogue.source(id).is_none()) {
            let known: Vec<&str> = catalogue.sources.iter().map(|source| source.id.as_str()).collect();
            bail!("no source {unknown:?} in the catalogue; there are {}", known.join(", "));
        }
        let enabled = catalogue.sources.iter().filter(|source| source.enabled).map(|source| source.id.clone());
        let mut waiting = if named.is_empty() { enabled.collect::<Vec<_>>() } else { named.to_vec() };
        waiting.sort_unstable();
        waiting.dedup();
        // Sources of one host stand together in the catalogue; taken in turns they do not fill all slots with one host.
        waiting.sort_by_key(|id| std::cmp::Reverse(crate::hash::digest64(id.as_bytes())));
        let mut summary = Summary::default();
        let mut running = JoinSet::new();
        loop {
            while running.len() < self.concurrency {
                let Some(id) = waiting.pop() else { break };
                let leased = self.store.lease(Pick::Named(&[id]), now(), 1, LEASE_MS).await?;
                leased.into_iter().for_each(|lease| self.start(&mut running, lease));
            }
            match running.join_next().await {
                Some(done) => summary.add(done.unwrap_or_else(|error| Err(anyhow::anyhow!(error)))),
                None => return Ok(summary),
            }
        }
    }

    /// Visits what is due until `shutdown`; visits under way are finished first.
    pub(crate) async fn forever(&self, shutdown: impl Future<Output = ()>) {
        let mut running = JoinSet::new();
        let mut summary = Summary::default();
        tokio::pin!(shutdown);
        loop {
            let free = self.concurrency.saturating_sub(running.len());
            if free > 0 {
                match self.store.lease(Pick::Due, now(), u32::try_from(free).unwrap_or(u32::MAX), LEASE_MS).await {
                    Ok(leases) => leases.into_iter().for_each(|lease| self.start(&mut running, lease)),
                    Err(error) => tracing::error!(%error, "cannot ask the store what is due"),
                }
            }
            tokio::select! {
                () = &mut shutdown => break,
                Some(done) = running.join_next() => summary.add(done.unwrap_or_else(|error| Err(anyhow::anyhow!(error)))),
                () = tokio::time::sleep(TICK) => {}
            }
        }
        while running.join_next().await.is_some() {}
    }

    fn start(&self, running: &mut JoinSet<anyhow::Result<Turned>>, lease: Lease) {
        let turn = Arc::clone(&self.turn);
        running.spawn(async move { turn.take(lease).await });
    }
}

impl Summary {
    fn add(&mut self, turned: anyhow::Result<Turned>) {
        self.visited += 1;
        match turned {
            Ok(turned) => {
                self.new += turned.kept.new;
                self.changed += turned.kept.changed;
                match turned.outcome {
                    Outcome::Gone => self.fail("gone"),
                    Outcome::Suspect(_, ref reason) | Outcome::Failed(ref reason) if !turned.outcome.went_well() => {
                        self.fail(reason);
                    }
                    _ => self.unchanged += u64::from(turned.kept.new + turned.kept.changed == 0),
                }
            }
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "a visit could not be kept");
                self.fail("the visit could not be kept");
            }
        }
    }

    fn fail(&mut self, reason: &str) {
        self.failed += 1;
        *self.reasons.entry(reason.to_owned()).or_default() += 1;
    }
}
