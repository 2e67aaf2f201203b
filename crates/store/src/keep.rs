//! Keeping one turn: the visit and all it changed in one transaction, or nothing of it.

mod items;
mod marks;
mod occasion;
mod record;
mod story;

use model::{Batch, Kept, Moment, Visit};

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::outbox;
use crate::pools::{Tx, is_lost};
use crate::sources::next_generation;
use crate::sql::query;

pub(crate) use items::{many, place};
pub(crate) use story::count as count_stories;

/// How many visits of a source are remembered.
const VISITS: i64 = 50;

impl Store {
    /// Keeps what a visit brought. Keeping the same again changes nothing: items are known by their ids, visits by
    /// source and epoch. An item that says what it said is not counted. One that changed keeps when it was first
    /// seen, and its story unless the batch names another. What is gone is kept as well, and found
    /// no more until its source says it again.
    ///
    /// Stories stay whole whatever the batch says: a lead exists and leads itself, and who followed an item that
    /// now follows another goes with it.
    ///
    /// Nothing is kept if the visit's epoch is no longer that of the source's lease, or the source is unknown;
    /// [`Kept::fenced`] says so.
    ///
    /// # Errors
    /// If the database fails; then nothing was kept.
    pub async fn keep(&self, visit: &Visit, batch: &Batch, now: Moment) -> Result<Kept, StoreError> {
        let kept = self.keep_surely(&[(visit, batch)], now).await.doing("keep what a visit brought")?;
        Ok(kept.into_iter().next().unwrap_or_default())
    }

    /// Keeps what several visits brought in one transaction, in this order: all of them, or none. A visit whose lease
    /// is another's by now is left out, and only that one. Items of a later batch may follow those of an earlier one.
    ///
    /// # Errors
    /// If the database fails; then nothing was kept.
    pub async fn keep_all(&self, turns: &[(&Visit, &Batch)], now: Moment) -> Result<Vec<Kept>, StoreError> {
        self.keep_surely(turns, now).await.doing("keep what visits brought")
    }

    /// Keeps once more what a connection took with it, because its server was started anew. It may have been kept,
    /// and only the word of it lost; keeping twice changes nothing.
    async fn keep_surely(&self, turns: &[(&Visit, &Batch)], now: Moment) -> Sql<Vec<Kept>> {
        match self.keep_together(turns, now).await {
            Err(error) if is_lost(&error) => self.keep_together(turns, now).await,
            kept => kept,
        }
    }

    async fn keep_together(&self, turns: &[(&Visit, &Batch)], now: Moment) -> Sql<Vec<Kept>> {
        let mut tx = self.write().await?;
        let mut kept = Vec::with_capacity(turns.len());
        let mut grew = false;
        for (visit, batch) in turns {
            let (one, changed) = self.keep_one(&mut tx, visit, batch, now).await?;
            kept.push(one);
            grew |= changed;
        }
        // What one transaction changed counts once.
        if grew {
            next_generation(&mut tx, Some(now)).await?;
        }
        tx.commit().await?;
        Ok(kept)
    }

    /// Keeps one turn, and says whether items or stories changed.
    async fn keep_one(&self, tx: &mut Tx, visit: &Visit, batch: &Batch, now: Moment) -> Sql<(Kept, bool)> {
        if !record::source(tx, visit).await? {
            return Ok((Kept { fenced: true, ..Kept::default() }, false));
        }
        let (mut new, mut changed, mut moved) = (0, 0, 0);
        if batch.changes.is_empty()
            && batch.stories.is_empty()
            && batch.matters.is_empty()
            && batch.cancelled.is_empty()
        {
            record::visit(tx, visit, (0, 0)).await?;
        } else {
            let born = query("select generation from state").fetch_one(tx).await?.try_get::<i64>(0)? + 1;
            let mut written = items::write(self, tx, &visit.source, batch, born, now).await?;
            let gone = occasion::take_back(tx, &visit.source, batch, &mut written.touched).await?;
            let off = occasion::call_off(tx, &batch.cancelled).await?;
            marks::settle(tx, &batch.matters).await?;
            moved = story::settle(tx, &written, &batch.stories).await? + gone + off;
            outbox::note(tx, &written.news, now).await?;
            (new, changed) = (written.new, written.changed);
            record::visit(tx, visit, (new, changed)).await?;
        }
        Ok((Kept { new, changed, fenced: false }, new + changed + moved > 0))
    }
}
