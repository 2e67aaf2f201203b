//! One source's turn: asked, read, judged, kept. A bad document or a panic in a parser costs this turn alone.
//!
//! Turns go on side by side until it comes to stories and keeping; there they meet, in `judge`.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use curate::identity;
use model::{
    Batch, Catalogue, Change, Entry, Hints, Kept, Moment, Outcome, Recent, Source, Trouble, Validators, Visit,
};
use store::{Lease, Store};

use super::contract;
use super::desks;
use super::fetch::{Asks, Denied, Fetched, Fresh, Links};
use super::gate::Admission;
use super::judge::Judge;
use super::memory::Memory;
use super::permission::{On, Permissions};
use super::places::Place;
use super::schedule::{Situation, next_visit};
use super::stages::STAGES;
use super::visitor::{Visited, Visitor};
use super::websub::Websub;
use crate::clock::now;
use crate::hash::digest64;
use crate::rulebook::Rulebook;

/// A host that says no more than that it is asked too much is left alone for this long, and never longer than a day.
const LIMITED: u64 = 15 * 60;
const DAY: u64 = 24 * 3600;

pub(super) struct Turn {
    pub(super) store: Store,
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) rules: Arc<Rulebook>,
    pub(super) visitor: Arc<Visitor>,
    pub(super) permissions: Arc<Permissions>,
    pub(super) judge: Arc<Judge>,
    /// The hubs that sources name, if they can reach us.
    pub(super) websub: Option<Arc<Websub>>,
}

mod pushed;

/// Why a document could not be judged.
#[derive(Debug)]
enum JudgeError {
    Store(store::StoreError),
    Panic(tokio::task::JoinError),
}

impl std::fmt::Display for JudgeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            JudgeError::Store(error) => error.fmt(f),
            JudgeError::Panic(panic) => write!(f, "judging panicked, which is a mistake of ours: {panic}"),
        }
    }
}

impl std::error::Error for JudgeError {}

/// How a turn ended.
#[derive(Debug)]
pub(super) struct Turned {
    pub(super) outcome: Outcome,
    pub(super) kept: Kept,
}

/// What a visit found, before it is judged and kept.
struct Found {
    started: Moment,
    took: Duration,
    outcome: Outcome,
    status: Option<u16>,
    bytes: usize,
    validators: Validators,
    asks: Asks,
    hints: Option<Hints>,
    complaints: usize,
    /// Where permanent redirects led.
    moved: Option<String>,
    /// The server sent the same validators with another document.
    validators_lie: bool,
}

impl Turn {
    /// The same with another catalogue.
    pub(super) fn with(&self, catalogue: Arc<Catalogue>, rules: Arc<Rulebook>) -> Self {
        let (visitor, permissions) = (Arc::clone(&self.visitor), Arc::clone(&self.permissions));
        let (judge, websub) = (Arc::clone(&self.judge), self.websub.clone());
        Turn { store: self.store.clone(), catalogue, rules, visitor, permissions, judge, websub }
    }

    /// Visits the source whose lease this is, and keeps what it brought. Its host can take another visit as soon as it
    /// has answered.
    ///
    /// # Errors
    /// A store that cannot be read or written. What the origin does is an outcome, not an error.
    pub(super) async fn take(&self, mut lease: Lease, place: Place) -> anyhow::Result<Turned> {
        let source = self.catalogue.source(&lease.source).with_context(|| format!("no source {:?}", lease.source))?;
        let _under_way = self.judge.begin();
        let memory = Memory::of(source, lease.memory.as_deref());
        if memory.validators_lie {
            (lease.validators.etag, lease.validators.last_modified) = (None, None);
        }
        let (found, reading) = self.find(source, &lease, memory.address(), place).await;
        STAGES.answered.one();
        let Some(entries) = reading else {
            return self.keep(source, &lease, memory, found, Batch::default()).await;
        };
        STAGES.entries.one();
        let judged = self.judge(source, entries).await;
        STAGES.judged.one();
        match judged {
            Ok(batch) => self.keep(source, &lease, memory, found, batch).await,
            Err(JudgeError::Store(error)) => Err(error.into()),
            Err(panic) => {
                let outcome = Outcome::Failed(panic.to_string());
                let found = Found { outcome, validators: lease.validators.clone(), ..found };
                self.keep(source, &lease, memory, found, Batch::default()).await
            }
        }
    }

    /// Judges what a document said, but for its stories: they are told when all that wait are known.
    async fn judge(&self, source: &Source, entries: Vec<Entry>) -> Result<Batch, JudgeError> {
        let known = self.store.known(&source.id).await.map_err(JudgeError::Store)?;
        let (whose, rules) = (source.clone(), Arc::clone(&self.rules));
        let (recent, now) = (Recent { known, ..Recent::default() }, now());
        let batch = desks::work(move || {
            let mut batch = curate::curate(entries, &whose, &rules, &recent, now);
            store::pack(&mut batch);
            batch
        });
        batch.await.map_err(JudgeError::Panic)
    }

    /// Whether a source's host can take a visit soon.
    ///
    /// # Errors
    /// How long to stay away.
    pub(super) fn admit(&self, source: &str) -> Result<Admission, Duration> {
        self.visitor.admit(self.catalogue.source(source).map_or("", |source| &source.url))
    }

    /// Asks for permission, asks, and reads what comes.
    async fn find(&self, source: &Source, lease: &Lease, address: &str, place: Place) -> (Found, Option<Vec<Entry>>) {
        if let Err(denied) = self.permissions.ask(&self.visitor, source, address).await {
            let outcome = match denied {
                Denied::Forbidden(why) => Outcome::Suspect(Trouble::Blocked, why),
                Denied::Unreachable(why) => Outcome::Failed(why),
            };
            return (Found { outcome, ..Found::unchanged(lease) }, None);
        }
        let on = On { permissions: &self.permissions, visitor: &self.visitor, source };
        let visited = self.visitor.visit(address, &lease.validators, &on).await;
        let Visited { started, took, fetched, moved, walled, forbidden } = visited;
        drop(place);
        let found = Found { started, took, moved, ..Found::unchanged(lease) };
        match fetched {
            Fetched::Fresh(fresh) => {
                STAGES.documents.one();
                let read = read(source, lease, fresh, found).await;
                STAGES.read.one();
                read
            }
            Fetched::NotModified(asks)
                if lease.validators.etag.is_none() && lease.validators.last_modified.is_none() =>
            {
                let outcome = Outcome::Failed("the server answered 304 to who had nothing".to_owned());
                (Found { outcome, status: Some(304), asks, ..found }, None)
            }
            Fetched::NotModified(asks) => (Found { status: Some(304), asks, ..found }, None),
            Fetched::Gone => (Found { outcome: Outcome::Gone, status: Some(410), ..found }, None),
            Fetched::Failed { status, reason, asks } => {
                if status == Some(429) || status == Some(503) && asks.retry_after.is_some() {
                    let wait = asks.retry_after.unwrap_or(LIMITED).min(DAY);
                    self.visitor.limited(address, Duration::from_secs(wait));
                }
                let blocked = || Outcome::Suspect(Trouble::Blocked, reason.clone());
                let outcome = if walled || forbidden { blocked() } else { Outcome::Failed(reason) };
                (Found { outcome, status, asks, ..found }, None)
            }
        }
    }

    async fn keep(
        &self,
        source: &Source,
        lease: &Lease,
        before: Memory,
        found: Found,
        batch: Batch,
    ) -> anyhow::Result<Turned> {
        let had_hub = before.hints.hub.is_some();
        let memory = remember(before, &found, &batch);
        let mut pushed = false;
        if let Some(websub) = self.websub.as_ref().filter(|_| had_hub || memory.hints.hub.is_some()) {
            if found.hints.is_some() {
                websub.note(&source.id, &memory.hints, memory.address(), now()).await;
            }
            pushed = websub.is_pushed(&source.id, now()).await;
        }
        let next_due = next_visit(&Situation {
            source: &source.id,
            every_seconds: source.every_seconds,
            outcome: &found.outcome,
            asks: found.asks,
            memory: &memory,
            pushed,
            fails: u32::try_from(lease.fails).unwrap_or(0),
            now: now(),
        });
        let visit = Visit {
            source: source.id.clone(),
            epoch: lease.epoch,
            started: found.started,
            took_ms: i64::try_from(found.took.as_millis()).unwrap_or(i64::MAX),
            outcome: found.outcome,
            status: found.status,
            bytes: i64::try_from(found.bytes).unwrap_or(i64::MAX),
            validators: found.validators,
            next_due,
            complaints: i64::try_from(found.complaints).unwrap_or(i64::MAX),
            memory: Some(memory.text()),
        };
        let kept = self.judge.keep(visit.clone(), batch, Arc::clone(&self.rules)).await?;
        STAGES.kept.one();
        log(&visit, &kept, &memory);
        Ok(Turned { outcome: visit.outcome, kept })
    }
}

/// What is known after the visit.
fn remember(mut memory: Memory, found: &Found, batch: &Batch) -> Memory {
    memory.note(&found.outcome, found.moved.clone(), found.status.is_some(), found.started);
    memory.validators_lie |= found.validators_lie;
    if let Some(hints) = &found.hints {
        memory.hints = hints.clone();
    }
    if found.outcome.went_well() {
        learn(&mut memory, batch, found.started);
    }
    memory
}

/// Notes what is new: when the source publishes.
fn learn(memory: &mut Memory, batch: &Batch, started: Moment) {
    let new = batch.changes.iter().filter_map(|change| match change {
        // What an article announces came with the article.
        Change::New(judged) => identity::article(&judged.item.id).is_none().then_some(judged.item.published),
        Change::Changed(_) | Change::Same(_) | Change::Gone(_) | Change::Rejected(_) => None,
    });
    let new: Vec<Option<Moment>> = new.collect();
    memory.rhythm.learn(&new, started);
    // A date in the future is announced, not published.
    let newest = new.iter().flatten().filter(|at| **at <= started).max().copied();
    memory.newest = memory.newest.max(newest);
}

/// One line per turn, and the only one about it: what went wrong is said here and nowhere above.
fn log(visit: &Visit, kept: &Kept, memory: &Memory) {
    let Visit { source, status, took_ms, bytes, complaints, next_due: next, .. } = visit;
    let Kept { new, changed, fenced } = *kept;
    let outcome = visit.outcome.word();
    let moved = memory.moved.as_ref().filter(|moved| moved.settled).map(|moved| moved.to.as_str());
    let said = match &visit.outcome {
        Outcome::Suspect(_, reason) | Outcome::Failed(reason) => Some(reason.as_str()),
        Outcome::Gone if memory.is_gone(visit.started) => {
            Some("gone for good: take it out of the catalogue, or mend its address")
        }
        Outcome::Fresh | Outcome::NotModified | Outcome::Gone => None,
    };
    match (said, moved) {
        (Some(said), _) => tracing::warn!(%source, outcome, status, took_ms, bytes, new, changed, %next, "{said}"),
        (None, Some(to)) => tracing::info!(
            %source, outcome, status, took_ms, bytes, complaints, new, changed, fenced, %next, to,
            "moved for good: change its address in the catalogue"
        ),
        (None, None) => tracing::info!(
            %source, outcome, status, took_ms, bytes, complaints, new, changed, fenced, %next, "visited"
        ),
    }
}

impl Found {
    fn unchanged(lease: &Lease) -> Self {
        Found {
            started: now(),
            took: Duration::ZERO,
            outcome: Outcome::NotModified,
            status: None,
            bytes: 0,
            validators: lease.validators.clone(),
            asks: Asks::default(),
            hints: None,
            complaints: 0,
            moved: None,
            validators_lie: false,
        }
    }
}

/// Whether a server sent another document under the validators of the one before: a 304 of such a server would hide
/// what is new. A weak tag promises less than the same bytes (RFC 9110, 8.8.1).
fn contradicts(before: &Validators, after: &Validators) -> bool {
    match (&before.etag, &after.etag) {
        (Some(old), Some(new)) => old == new && !new.starts_with(b"W/"),
        (None, None) => before.last_modified.is_some() && before.last_modified == after.last_modified,
        _ => false,
    }
}

/// What the headers say of a hub goes before what the document says (WebSub, 4).
fn with_links(hints: Hints, links: Links) -> Hints {
    match links.hub {
        Some(hub) => Hints { hub: Some(hub), own_url: links.own.or(hints.own_url), ..hints },
        None => hints,
    }
}

/// Reads a document. Entries only if there is something to judge: not if the bytes are those of the last visit.
async fn read(source: &Source, lease: &Lease, fresh: Fresh, found: Found) -> (Found, Option<Vec<Entry>>) {
    let body_hash = Some(digest64(&fresh.document.bytes).cast_signed());
    let found = Found { status: Some(fresh.status), bytes: fresh.document.bytes.len(), asks: fresh.asks, ..found };
    let mut validators = Validators { body_hash, ..fresh.validators };
    if body_hash == lease.validators.body_hash {
        return (Found { validators, ..found }, None);
    }
    let validators_lie = contradicts(&lease.validators, &validators);
    if validators_lie {
        (validators.etag, validators.last_modified) = (None, None);
    }
    let found = Found { validators_lie, ..found };
    let (reads, document, links) = (source.clone(), fresh.document, fresh.links);
    let reading = desks::work(move || formats::read(&document, &reads)).await;
    // Validators of a document that could not be read are not kept: after a repair on either side the next answer
    // must be the document again, not a 304.
    match reading {
        Err(panic) => {
            let outcome = Outcome::Failed(format!("reading panicked, which is a mistake of ours: {panic}"));
            (Found { outcome, ..found }, None)
        }
        Ok(reading) if reading.format == "none" && reading.trouble.is_none() => {
            let why = reading.complaints.into_iter().next();
            let outcome = Outcome::Failed(why.map_or("not a feed".to_owned(), |complaint| complaint.text));
            (Found { outcome, ..found }, None)
        }
        Ok(reading) => {
            let found = Found { complaints: reading.complaints.len(), ..found };
            match contract::broken(&reading, source.expect.as_ref(), now()) {
                None => {
                    let hints = with_links(reading.hints, links);
                    let found = Found { outcome: Outcome::Fresh, validators, hints: Some(hints), ..found };
                    (found, Some(reading.entries))
                }
                // Nor are those of a suspect document: a 304 would call it well. Old news is news all the same.
                Some((trouble, why)) => {
                    let entries = (trouble == Trouble::Stale).then_some(reading.entries);
                    (Found { outcome: Outcome::Suspect(trouble, why), ..found }, entries)
                }
            }
        }
    }
}
