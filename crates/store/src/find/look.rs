//! Looking at one item, and at the store as a whole.

use model::{Item, Moment};

use super::rows;
use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::roll::state;
use crate::row::Counts;
use crate::sql::query;

impl Store {
    /// The item with this id, relevant or not unless the operator has hidden it, with the others of its story and its evidence.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn item(&self, id: &str) -> Result<Option<Item>, StoreError> {
        let item = async {
            let mut tx = self.read().await?;
            let look = "select seq from item where id = $1 and not exists (select 1 from hidden where item = id)";
            let seq = query(look).bind(id).fetch_optional(&mut tx).await?;
            let keys = seq.iter().map(|row| row.try_get(0)).collect::<Sql<Vec<i64>>>()?;
            let mut items = rows::read(&mut tx, &keys, Some(true)).await?;
            rows::evidence(&mut tx, &keys, &mut items).await?;
            Ok(items.pop())
        };
        item.await.doing("look up an item")
    }

    /// How many items there are, relevant or not.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn items(&self) -> Result<u64, StoreError> {
        let items = async {
            let row = query("select count(*) from item").fetch_one(&mut self.read().await?).await?;
            row.try_get::<i64>(0).map(i64::cast_unsigned)
        };
        items.await.doing("count its items")
    }

    /// How much there is, counted one by one.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let counts = async {
            let mut tx = self.read().await?;
            let row = query(
                "select (select count(*) from source), (select count(*) from source where enabled = 1), \
                 (select count(*) from item), (select count(*) from item where relevant = 1), \
                 (select count(*) from item where relevant = 1) \
                 - (select count(*) from item where relevant = 1 and story <> id) \
                 + (select count(*) from (select distinct story as lead from item where relevant = 1 and story <> id) \
                 as told where not exists (select 1 from item where id = told.lead and relevant = 1))",
            )
            .fetch_one(&mut tx)
            .await?;
            let n = |column: usize| row.try_get::<i64>(column).map(|n| n as u64);
            Ok(Counts { sources: n(0)?, enabled: n(1)?, items: n(2)?, relevant: n(3)?, stories: n(4)? })
        };
        counts.await.doing("count what it holds")
    }

    /// When items last changed, if there ever were any.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn updated(&self) -> Result<Option<Moment>, StoreError> {
        let updated = async { state(&mut self.read().await?).await.map(|(_, updated)| updated) };
        updated.await.doing("tell when it last changed")
    }

    /// Grows with everything that can change an answer: two equal generations give two equal answers.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn generation(&self) -> Result<i64, StoreError> {
        let generation = async { state(&mut self.look().await?).await.map(|(generation, _)| generation) };
        generation.await.doing("tell its generation")
    }
}
