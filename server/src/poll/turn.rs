//! One source's turn: asked, read, judged, kept. A bad document or a panic in a parser costs this turn alone.
//!
//! Sources are asked and read side by side, but judged and kept one after the other: who judges must know what the
//! turn before has kept, or two copies of one release that arrive together become two stories.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use curate::Rules;
use model::{Batch, Catalogue, Entry, Hints, Kept, Moment, Outcome, Source, Trouble, Validators, Visit};
use store::{Lease, Store};

use super::contract;
use super::fetch::{Asks, Fetched, Fresh};
use super::schedule::{Situation, next_visit};
use super::visitor::Visitor;
use crate::clock::now;
use crate::hash::digest64;

/// How far back items may belong to a story that is still told.
const STORY_WINDOW_MS: i64 = 7 * 24 * 3600 * 1000;

pub(super) struct Turn {
    pub(super) store: Store,
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) rules: Arc<Rules>,
    pub(super) visitor: Visitor,
    /// Held while a turn is judged and kept.
    pub(super) judging: tokio::sync::Mutex<()>,
}

/// How a turn ended.
#[derive(Debug)]
pub(super) struct Turned {
    pub(super) outcome: Outcome,
    pub(super) kept: Kept,
}

/// What a visit found, before it is judged and kept.
struct Found {
    outcome: Outcome,
    status: Option<u16>,
    bytes: usize,
    validators: Validators,
    asks: Asks,
    hints: Hints,
    complaints: usize,
}

impl Turn {
    /// Visits the source whose lease this is, and keeps what it brought.
    ///
    /// # Errors
    /// A store that cannot be read or written. What the origin does is an outcome, not an error.
    pub(super) async fn take(&self, lease: Lease) -> anyhow::Result<Turned> {
        let source = self.catalogue.source(&lease.source).with_context(|| format!("no source {:?}", lease.source))?;
        let visited = self.visitor.visit(&source.url, &lease.validators).await;
        let (started, clock) = (visited.started, Instant::now() - visited.took);
        let (found, reading) = match visited.fetched {
            Fetched::Fresh(fresh) => read(source, &lease, fresh).await,
            Fetched::NotModified(asks) => (Found { status: Some(304), asks, ..Found::unchanged(&lease) }, None),
            Fetched::Gone => (Found { outcome: Outcome::Gone, status: Some(410), ..Found::unchanged(&lease) }, None),
            Fetched::Failed { status, reason, asks } => {
                (Found { outcome: Outcome::Failed(reason), status, asks, ..Found::unchanged(&lease) }, None)
            }
        };
        let Some(entries) = reading else {
            return self.keep(source, &lease, started, clock, found, &Batch::default()).await;
        };
        let _turn = self.judging.lock().await;
        let recent = self.store.recent(&source.id, Moment::from_ms(now().ms() - STORY_WINDOW_MS)).await?;
        let (judged, rules) = (source.clone(), Arc::clone(&self.rules));
        let batch = tokio::task::spawn_blocking(move || curate::curate(entries, &judged, &rules, &recent, now()));
        match batch.await {
            Ok(batch) => self.keep(source, &lease, started, clock, found, &batch).await,
            Err(panic) => {
                let outcome = Outcome::Failed(format!("judging panicked, which is a mistake of ours: {panic}"));
                let found = Found { outcome, validators: lease.validators.clone(), ..found };
                self.keep(source, &lease, started, clock, found, &Batch::default()).await
            }
        }
    }

    async fn keep(
        &self,
        source: &Source,
        lease: &Lease,
        started: Moment,
        clock: Instant,
        found: Found,
        batch: &Batch,
    ) -> anyhow::Result<Turned> {
        let next_due = next_visit(&Situation {
            source: &source.id,
            every_seconds: source.every_seconds,
            outcome: &found.outcome,
            asks: found.asks,
            hints: &found.hints,
            fails: u32::try_from(lease.fails).unwrap_or(0),
            now: now(),
        });
        let visit = Visit {
            source: source.id.clone(),
            epoch: lease.epoch,
            started,
            took_ms: i64::try_from(clock.elapsed().as_millis()).unwrap_or(i64::MAX),
            outcome: found.outcome.clone(),
            status: found.status,
            bytes: i64::try_from(found.bytes).unwrap_or(i64::MAX),
            validators: found.validators,
            next_due,
            complaints: i64::try_from(found.complaints).unwrap_or(i64::MAX),
        };
        let kept = self.store.keep(&visit, batch, now()).await?;
        let (took_ms, bytes, complaints) = (visit.took_ms, visit.bytes, visit.complaints);
        match &visit.outcome {
            Outcome::Suspect(_, reason) | Outcome::Failed(reason) => {
                tracing::warn!(source = %source.id, status = visit.status, took_ms, next = %next_due, "{reason}");
            }
            outcome => tracing::info!(
                source = %source.id, status = visit.status, took_ms, bytes, complaints, new = kept.new,
                changed = kept.changed, fenced = kept.fenced, next = %next_due, "{outcome:?}"
            ),
        }
        Ok(Turned { outcome: visit.outcome, kept })
    }
}

impl Found {
    fn unchanged(lease: &Lease) -> Self {
        Found {
            outcome: Outcome::NotModified,
            status: None,
            bytes: 0,
            validators: lease.validators.clone(),
            asks: Asks::default(),
            hints: Hints::default(),
            complaints: 0,
        }
    }
}

/// Reads a document. Entries only if there is something to judge: not if the bytes are those of the last visit.
async fn read(source: &Source, lease: &Lease, fresh: Fresh) -> (Found, Option<Vec<Entry>>) {
    let body_hash = Some(digest64(&fresh.document.bytes).cast_signed());
    let found = Found {
        status: Some(fresh.status),
        bytes: fresh.document.bytes.len(),
        asks: fresh.asks,
        ..Found::unchanged(lease)
    };
    let validators = Validators { body_hash, ..fresh.validators };
    if body_hash == lease.validators.body_hash {
        return (Found { validators, ..found }, None);
    }
    let (reads, document) = (source.clone(), fresh.document);
    let reading = tokio::task::spawn_blocking(move || formats::read(&document, &reads)).await;
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
                    let found = Found { outcome: Outcome::Fresh, validators, hints: reading.hints, ..found };
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
