//! What the store lends to the judge of a document: what its source said before.

use std::collections::HashMap;

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::sql::query;

/// Items of the source that are lent: more than any document lists. An older one that shows up again is known
/// by its id all the same when it is kept.
const KNOWN: i64 = 5_000;

impl Store {
    /// The items of a source, id to hash, to tell new from known.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn known(&self, source: &str) -> Result<HashMap<String, i64>, StoreError> {
        let known = async {
            let mut tx = self.look().await?;
            let rows = query(format!("select id, hash from item where source = $1 order by seq desc limit {KNOWN}"))
                .bind(source)
                .fetch_all(&mut tx)
                .await?;
            rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<Sql<_>>()
        };
        known.await.doing("lend a source's items")
    }
}
