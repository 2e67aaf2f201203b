//! What the store lends to the judge: what the source said before, and what the last days told.

use std::collections::HashMap;

use model::{Moment, Recent, Told};

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::keep::place;
use crate::pools::Tx;
use crate::sql::{Row, query};

/// Items of the source that are lent: more than any document lists. An older one that shows up again is known
/// by its id all the same when it is kept.
const KNOWN: i64 = 5_000;

/// Items of all sources that are lent, however much was told since.
const TOLD: i64 = 3_000;

impl Store {
    /// What judging a document of `source` needs: [`Store::known`] and [`Store::told`], of one moment.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn recent(&self, source: &str, since: Moment) -> Result<Recent, StoreError> {
        let recent = async {
            let mut tx = self.read().await?;
            Ok(Recent { known: known(&mut tx, source).await?, told: told(&mut tx, since).await? })
        };
        recent.await.doing("lend the last days' items")
    }

    /// The items of a source, id to hash, to tell new from known.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn known(&self, source: &str) -> Result<HashMap<String, i64>, StoreError> {
        let known = async { known(&mut self.read().await?, source).await };
        known.await.doing("lend a source's items")
    }

    /// The relevant items of all sources since a moment, newest first, at most 3,000, to tell stories. It is the
    /// same for all sources, and larger than what one document brings: many turns may share it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn told(&self, since: Moment) -> Result<Vec<Told>, StoreError> {
        let told = async { told(&mut self.read().await?, since).await };
        told.await.doing("lend what was told")
    }
}

async fn known(tx: &mut Tx, source: &str) -> Sql<HashMap<String, i64>> {
    let rows = query("select id, hash from item where source = $1 order by seq desc limit $2")
        .bind(source)
        .bind(KNOWN)
        .fetch_all(tx)
        .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

async fn told(tx: &mut Tx, since: Moment) -> Sql<Vec<Told>> {
    let rows = query(
        "select id, story, source, url, title, summary, at, event, kicker from item \
         where relevant = 1 and seq >= $1 and at >= $2 order by seq desc limit $3",
    )
    .bind(place(since.ms()))
    .bind(since.ms())
    .bind(TOLD)
    .fetch_all(tx)
    .await?;
    rows.iter().map(one).collect()
}

fn one(row: &Row) -> Sql<Told> {
    Ok(Told {
        id: row.try_get(0)?,
        story: row.try_get(1)?,
        source: row.try_get(2)?,
        url: row.try_get(3)?,
        title: row.try_get(4)?,
        summary: row.try_get(5)?,
        at: Moment::from_ms(row.try_get(6)?),
        event: row.try_get::<i64>(7)? != 0,
        kicker: row.try_get(8)?,
    })
}
