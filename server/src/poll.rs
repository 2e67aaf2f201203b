//! Visits sources: once, or for as long as the process lives.
//!
//! ```text
//! store.lease(due) | each: gate(host) | fetch | read | curate | all that wait: stories | keep(visits, batches)
//! ```
//! The pump decides nothing: whether an entry is an item is judged in `curate`, when to return in `schedule`.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use anyhow::bail;
use model::{Catalogue, Document, Moment, Outcome};
use serde::Serialize;
use store::{Lease, Pick, Store, StoreError};
use tokio::task::{JoinError, JoinSet};

use crate::clock::now;
use crate::config::FetchConfig;
use crate::rulebook::{Rulebook, rulebook};

pub(crate) mod contract;
mod desks;
mod fetch;
mod gate;
mod guard;
pub(crate) mod health;
mod judge;
mod memory;
mod once;
mod outage;
mod permission;
mod places;
mod rhythm;
mod robots;
mod schedule;
mod stages;
mod summary;
mod survey;
mod turn;
mod visitor;
mod watch;
pub(crate) mod websub;

pub(crate) use fetch::{Fetched, Reply, Sending, check};
use gate::Admission;
use judge::Judge;
use outage::Outage;
pub(crate) use permission::{On, Permissions};
use places::Places;
use schedule::{LEASE_MS, OVERDUE_MS, SPREAD_MS};
pub(crate) use stages::{STAGES, Stages};
pub(crate) use survey::{each_source, survey};
use turn::{Turn, Turned};
pub(crate) use visitor::Visitor;
use watch::{Jump, Watch};
use websub::Websub;

/// How often the store is asked for due sources while nothing ends.
const TICK: Duration = Duration::from_secs(1);
/// How long a source is left to others that is in the store's catalogue and not in ours.
const NOT_OURS: Duration = Duration::from_secs(3);
/// How long visits under way may take after the end was asked for.
const LAST_VISITS: Duration = Duration::from_secs(8);
/// How long the store may then take for what it was asked last.
const LAST_LOOK: Duration = Duration::from_secs(1);

/// So often the store is asked for more at a time, if all it gave had to be given back.
const LOOKS: usize = 64;
/// So often it is tried to keep what was pushed, when a visit takes the lease away meanwhile.
const PUSHES: usize = 3;

/// Turns under way, and by which lease.
type Running = JoinSet<(Lease, anyhow::Result<Turned>)>;

/// Everything a visit needs; cheap to clone.
#[derive(Clone)]
pub(crate) struct Poller {
    store: Store,
    /// As the catalogue is now; turns under way end with the one they began with.
    turn: Arc<RwLock<Arc<Turn>>>,
    places: Places,
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

/// What this process has done since it began, for who watches it.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) visits: AtomicU64,
    pub(crate) failed: AtomicU64,
    pub(crate) new: AtomicU64,
    pub(crate) changed: AtomicU64,
}

/// The counters are the process's, as metrics are.
pub(crate) static COUNTERS: Counters = Counters {
    visits: AtomicU64::new(0),
    failed: AtomicU64::new(0),
    new: AtomicU64::new(0),
    changed: AtomicU64::new(0),
};

impl Poller {
    /// Builds the client. The catalogue's rules are compiled when the first document is judged.
    ///
    /// # Errors
    /// A setting that cannot be used.
    pub(crate) fn new(store: Store, catalogue: Arc<Catalogue>, config: &FetchConfig) -> anyhow::Result<Self> {
        let places = Places::new(config.concurrency);
        let turn = Turn {
            store: store.clone(),
            rules: rulebook(&catalogue),
            catalogue,
            visitor: Arc::new(Visitor::new(config)?),
            permissions: Arc::new(Permissions::new(store.clone())),
            judge: Arc::new(Judge::new(store.clone(), places.clone())),
            websub: None,
        };
        Ok(Poller { store, turn: Arc::new(RwLock::new(Arc::new(turn))), places })
    }

    /// The catalogue's rules, for who explains what was judged by them.
    pub(crate) fn rules(&self) -> Arc<Rulebook> {
        Arc::clone(&self.turn().rules)
    }

    /// The client, for what is to be sent elsewhere.
    pub(crate) fn visitor(&self) -> Arc<Visitor> {
        Arc::clone(&self.turn().visitor)
    }

    /// Asks hubs to push to callbacks below this address.
    pub(crate) fn listening(self, base: &str) -> Self {
        let old = self.turn();
        let websub = Websub::new(self.store.clone(), Arc::clone(&old.visitor), base);
        let turn =
            Turn { websub: Some(Arc::new(websub)), ..old.with(Arc::clone(&old.catalogue), Arc::clone(&old.rules)) };
        *self.turn.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(turn);
        self
    }

    /// Our subscriptions at hubs, if they can reach us.
    pub(crate) fn websub(&self) -> Option<Arc<Websub>> {
        self.turn().websub.clone()
    }

    /// Keeps what a hub pushed for a source; false if the source is not visited.
    ///
    /// # Errors
    /// A document that cannot be read; a store that cannot be read or written.
    pub(crate) async fn pushed(&self, source: &str, document: Document) -> anyhow::Result<bool> {
        for _ in 0..PUSHES {
            let turn = self.turn();
            let Some((lease, due)) = self.store.lease_pushed(source).await? else { return Ok(false) };
            let turned = turn.pushed(lease, due, document.clone()).await?;
            if !turned.kept.fenced {
                COUNTERS.new.fetch_add(turned.kept.new, Relaxed);
                COUNTERS.changed.fetch_add(turned.kept.changed, Relaxed);
                return Ok(true);
            }
        }
        bail!("visits came in between {PUSHES} times")
    }

    /// Goes on with another catalogue. Hosts keep their pace, sources their sessions, and turns under way end first.
    pub(crate) fn reload(&self, catalogue: Arc<Catalogue>) {
        let rules = rulebook(&catalogue);
        let turn = Arc::new(self.turn().with(catalogue, rules));
        *self.turn.write().unwrap_or_else(PoisonError::into_inner) = turn;
    }

    fn turn(&self) -> Arc<Turn> {
        Arc::clone(&self.turn.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Visits what is due until `shutdown`; visits under way are finished first, if they do not take long. What all of
    /// it came to.
    pub(crate) async fn forever(&self, shutdown: impl Future<Output = ()>) -> Summary {
        let (mut running, mut summary) = (JoinSet::new(), Summary::default());
        let (mut watch, mut outage) = (Watch::new(now()), Outage::default());
        tokio::pin!(shutdown);
        loop {
            let ended = {
                let begun = self.begin(&mut running, &mut watch, &mut outage);
                tokio::pin!(begun);
                tokio::select! {
                    biased;
                    () = &mut begun => false,
                    () = &mut shutdown => {
                        // What is leased just now should begin; a store that does not answer is not waited for.
                        let _ = tokio::time::timeout(LAST_LOOK, begun).await;
                        true
                    }
                }
            };
            if ended {
                break;
            }
            tokio::select! {
                () = &mut shutdown => break,
                Some(done) = running.join_next() => summary.note(done, &mut outage),
                () = self.places.freed() => {}
                () = tokio::time::sleep(TICK) => {}
            }
        }
        let ending = async {
            while let Some(done) = running.join_next().await {
                summary.note(done, &mut outage);
            }
        };
        if tokio::time::timeout(LAST_VISITS, ending).await.is_err() {
            // Nothing is lost: what was not kept is visited again when its lease runs out.
            tracing::warn!("some visits did not end in time and are cut");
        }
        summary
    }

    /// Begins what can begin now: when what the clock or the store has spoilt is put right.
    async fn begin(&self, running: &mut Running, watch: &mut Watch, outage: &mut Outage) {
        outage.give_back(&self.store, now()).await;
        let free = outage.places(self.places.left(running.len()), running.len());
        let jump = watch.look(now());
        // Their leases may have run out by the new clock, and nobody is to be visited twice at a time.
        let ends_first = jump.is_some() && !running.is_empty();
        if free == 0 || ends_first {
            return;
        }
        let begun = async {
            if let Some(jump) = jump {
                self.plan_anew(jump).await?;
                watch.settled();
            }
            self.start_due(running, free).await
        };
        if let Err(error) = begun.await {
            outage.failed(&error.into(), None);
        }
    }

    /// Mends what another clock has planned, and spreads what is long overdue by this one.
    async fn plan_anew(&self, jump: Jump) -> Result<(), StoreError> {
        let mended = self.store.mend(now(), jump == Jump::Back).await?;
        if mended > 0 {
            tracing::info!(mended, "sources were planned by a clock that was ahead, and are due by this one now");
        }
        let overdue = self.store.spread(now(), OVERDUE_MS, SPREAD_MS).await?;
        if overdue > 0 {
            tracing::info!(overdue, "sources are long overdue and are spread over the next minutes");
        }
        Ok(())
    }

    /// Starts what is due; what its host cannot take soon is given back until it can, and others are looked for: a
    /// thousand overdue sources of one host keep nobody waiting.
    async fn start_due(&self, running: &mut Running, mut free: usize) -> Result<(), StoreError> {
        for _ in 0..LOOKS {
            let leases = self.store.lease(Pick::Due, now(), u32::try_from(free).unwrap_or(u32::MAX), LEASE_MS).await?;
            let all = leases.len() < free;
            for lease in leases {
                let turn = self.turn();
                // The store may have heard of another catalogue before us; we shall hear of it, or another node has.
                let ours = turn.catalogue.source(&lease.source).ok_or(NOT_OURS);
                match ours.and_then(|_| turn.admit(&lease.source)) {
                    Ok(admission) => {
                        STAGES.begun.more(1);
                        self.start(running, lease, admission);
                        free -= 1;
                    }
                    Err(wait) => {
                        let wait = i64::try_from(wait.as_millis()).unwrap_or(LEASE_MS);
                        self.store.defer(&lease, Moment::from_ms(now().ms() + wait)).await?;
                    }
                }
            }
            if all || free == 0 {
                break;
            }
        }
        Ok(())
    }

    fn start(&self, running: &mut Running, lease: Lease, admission: Admission) {
        let (turn, place) = (self.turn(), self.places.take(admission));
        running.spawn(async move {
            let turned = turn.take(lease.clone(), place).await;
            (lease, turned)
        });
    }
}

impl Summary {
    fn add(&mut self, turned: anyhow::Result<Turned>) {
        self.visited += 1;
        COUNTERS.visits.fetch_add(1, Relaxed);
        match turned {
            Ok(turned) => {
                COUNTERS.new.fetch_add(turned.kept.new, Relaxed);
                COUNTERS.changed.fetch_add(turned.kept.changed, Relaxed);
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
            Err(_) => self.fail("the visit could not be kept"),
        }
    }

    /// Counts a visit, and minds whether the store kept it.
    fn note(&mut self, done: Result<(Lease, anyhow::Result<Turned>), JoinError>, outage: &mut Outage) {
        let turned = match done {
            Ok((_, Ok(turned))) => {
                outage.worked();
                Ok(turned)
            }
            Ok((lease, Err(error))) => {
                outage.failed(&error, Some(lease));
                Err(error)
            }
            Err(panic) => {
                tracing::error!(%panic, "a visit panicked, which is a mistake of ours");
                Err(panic.into())
            }
        };
        self.add(turned);
    }

    fn fail(&mut self, reason: &str) {
        self.failed += 1;
        COUNTERS.failed.fetch_add(1, Relaxed);
        *self.reasons.entry(reason.to_owned()).or_default() += 1;
    }
}

#[cfg(test)]
mod tests;
