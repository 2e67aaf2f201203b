//! Keeping one turn: the visit and all it changed in one transaction, or nothing of it.

mod items;
mod record;
mod story;

use model::{Batch, Kept, Moment, Visit};

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::sources::next_generation;

pub(crate) use items::place;

/// How many visits of a source are remembered.
const VISITS: i64 = 50;

impl Store {
    /// Keeps what a visit brought. Keeping the same again changes nothing: items are known by their ids, visits by
    /// source and epoch. An item that says what it said is not counted. One that changed keeps when it was first
    /// seen, and its story unless the batch names another.
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
        self.keep_whole(visit, batch, now).await.doing("keep what a visit brought")
    }

    async fn keep_whole(&self, visit: &Visit, batch: &Batch, now: Moment) -> Sql<Kept> {
        let mut tx = self.write().await?;
        if !record::source(&mut tx, visit).await? {
            return Ok(Kept { fenced: true, ..Kept::default() });
        }
        let born = sqlx::query_scalar::<_, i64>("select generation from state").fetch_one(&mut *tx).await? + 1;
        let written = items::write(self, &mut tx, &visit.source, batch, born, now).await?;
        let moved = story::settle(&mut tx, &written, &batch.stories).await?;
        record::visit(&mut tx, visit, &written).await?;
        if written.new + written.changed + moved > 0 {
            next_generation(&mut tx, Some(now)).await?;
        }
        tx.commit().await?;
        Ok(Kept { new: written.new, changed: written.changed, fenced: false })
    }
}
