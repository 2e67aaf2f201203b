//! What a hub pushed goes the way of what was fetched: read, judged, kept.
//!
//! It is no visit: hubs may send only what is new, so it is not held against what the page promises, the validators of
//! the last visit stay, and so does the next one.

use std::time::Instant;

use anyhow::Context as _;
use model::{Document, Moment, Outcome, Visit};
use store::Lease;

use super::{Memory, Turn, Turned, desks, learn, log};
use crate::clock::now;

impl Turn {
    /// Keeps what was pushed for the source whose lease this is.
    ///
    /// # Errors
    /// A document that cannot be read; a store that cannot be written.
    pub(in crate::poll) async fn pushed(
        &self,
        lease: Lease,
        next_due: Moment,
        document: Document,
    ) -> anyhow::Result<Turned> {
        let source = self.catalogue.source(&lease.source).with_context(|| format!("no source {:?}", lease.source))?;
        let (started, clock, size) = (now(), Instant::now(), document.bytes.len());
        let mut memory = Memory::of(source, lease.memory.as_deref());
        let reads = source.clone();
        let reading = desks::work(move || formats::read(&document, &reads)).await?;
        if reading.format == "none" {
            let why = reading.complaints.into_iter().next();
            anyhow::bail!(why.map_or("not a feed".to_owned(), |complaint| complaint.text));
        }
        let complaints = reading.complaints.len();
        let batch = self.judge(source, reading.entries).await?;
        learn(&mut memory, &batch, started);
        let visit = Visit {
            source: source.id.clone(),
            epoch: lease.epoch,
            started,
            took_ms: i64::try_from(clock.elapsed().as_millis()).unwrap_or(i64::MAX),
            outcome: Outcome::Fresh,
            status: None,
            bytes: i64::try_from(size).unwrap_or(i64::MAX),
            validators: lease.validators,
            next_due,
            complaints: i64::try_from(complaints).unwrap_or(i64::MAX),
            memory: Some(memory.text()),
        };
        let kept = self.judge.keep(visit.clone(), batch, std::sync::Arc::clone(&self.rules)).await?;
        log(&visit, &kept, &memory);
        Ok(Turned { outcome: visit.outcome, kept })
    }
}
