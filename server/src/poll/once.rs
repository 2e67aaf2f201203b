//! One round: each source that is named is visited once, due or not.
//!
//! Leases are taken ahead, many at a time and beside all else: each is a write, and waits until what others keep is kept.

use std::collections::VecDeque;
use std::time::Duration;

use anyhow::bail;
use store::{Lease, Pick, StoreError};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::schedule::LEASE_MS;
use super::{Poller, Running, STAGES, Summary, TICK};
use crate::clock::now;

/// So many leases are taken at a time, and more as soon as half of them are left.
const AHEAD: usize = 128;
/// What was leased so long ago is leased again before it is visited: the visit must end before the lease does.
const FRESH: Duration = Duration::from_millis(LEASE_MS.unsigned_abs() / 2);

/// The sources of a round that are still to be visited.
#[derive(Default)]
struct Ahead {
    /// In the order in which they are to be leased.
    waiting: VecDeque<String>,
    leased: VecDeque<(Lease, Instant)>,
    /// What was asked for and has not come yet.
    asked: JoinSet<Result<Vec<Lease>, StoreError>>,
}

impl Poller {
    /// Visits each named source once, or each enabled one if none is named, due or not.
    ///
    /// # Errors
    /// An id that the catalogue does not have; a store that cannot be read.
    pub(crate) async fn once(&self, named: &[String]) -> anyhow::Result<Summary> {
        let (mut ahead, mut summary, mut running) = (self.named(named)?, Summary::default(), Running::new());
        STAGES.begun.more(ahead.waiting.len());
        loop {
            self.start_leased(&mut ahead, &mut running);
            self.lease_ahead(&mut ahead);
            let held_up = !ahead.leased.is_empty();
            tokio::select! {
                Some(done) = running.join_next() => {
                    let turned = done.map_or_else(|panic| Err(panic.into()), |(_, turned)| turned);
                    if let Err(error) = &turned {
                        tracing::error!("a visit could not be kept: {error:#}");
                    }
                    summary.add(turned);
                }
                Some(leased) = ahead.asked.join_next() => {
                    let at = Instant::now();
                    ahead.leased.extend(leased??.into_iter().map(|lease| (lease, at)));
                }
                () = self.places.freed(), if held_up => {}
                () = tokio::time::sleep(TICK), if held_up => {}
                else => return Ok(summary),
            }
        }
    }

    /// The sources to visit, in an order that mixes their hosts.
    fn named(&self, named: &[String]) -> anyhow::Result<Ahead> {
        let catalogue = &self.turn().catalogue;
        if let Some(unknown) = named.iter().find(|id| catalogue.source(id).is_none()) {
            let known: Vec<&str> = catalogue.sources.iter().map(|source| source.id.as_str()).collect();
            bail!("no source {unknown:?} in the catalogue; there are {}", known.join(", "));
        }
        let enabled = catalogue.sources.iter().filter(|source| source.enabled).map(|source| source.id.clone());
        let mut waiting = if named.is_empty() { enabled.collect::<Vec<_>>() } else { named.to_vec() };
        waiting.sort_unstable();
        waiting.dedup();
        // Sources of one host stand together in the catalogue; taken in turns they do not fill all slots with one host.
        waiting.sort_by_key(|id| crate::hash::digest64(id.as_bytes()));
        Ok(Ahead { waiting: waiting.into(), ..Ahead::default() })
    }

    /// Begins as many visits as there are places. Each that is leased is looked at once; those whose host has enough to
    /// do wait on.
    fn start_leased(&self, ahead: &mut Ahead, running: &mut Running) {
        for _ in 0..ahead.leased.len() {
            if self.places.left(running.len()) == 0 {
                break;
            }
            let Some((lease, at)) = ahead.leased.pop_front() else { break };
            if at.elapsed() > FRESH {
                ahead.waiting.push_back(lease.source);
                continue;
            }
            match self.turn().admit(&lease.source) {
                Ok(admission) => self.start(running, lease, admission),
                Err(_) => ahead.leased.push_back((lease, at)),
            }
        }
    }

    /// Asks for more leases, if few are left.
    fn lease_ahead(&self, ahead: &mut Ahead) {
        if ahead.waiting.is_empty() || !ahead.asked.is_empty() || ahead.leased.len() > AHEAD / 2 {
            return;
        }
        let some = ahead.waiting.len().min(AHEAD);
        let (ids, store): (Vec<String>, _) = (ahead.waiting.drain(..some).collect(), self.store.clone());
        let n = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        ahead.asked.spawn(async move { store.lease(Pick::Named(&ids), now(), n, LEASE_MS).await });
    }
}
