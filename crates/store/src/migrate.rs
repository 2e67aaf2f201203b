//! Brings a store to the layout of this release, step by step, each step whole or not at all.

use crate::error::{Doing, Sql, StoreError};
use crate::pools::{Pools, Tx};
use crate::sql::query;

/// One step from a layout to the next, as each database takes it.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

/// The file of this name in both folders: a step that one of the databases lacks does not compile.
macro_rules! step {
    ($file:literal) => {
        Step {
            sqlite: include_str!(concat!("../migrations/sqlite/", $file)),
            postgres: include_str!(concat!("../migrations/postgres/", $file)),
        }
    };
}

/// All layouts the store ever had, in order. Steps that were released never change; new ones come at the end.
pub(crate) const STEPS: &[Step] = &[
    step!("0001_house.sql"),
    step!("0002_sources.sql"),
    step!("0003_stories.sql"),
    step!("0004_push.sql"),
    step!("0005_events.sql"),
    step!("0006_hidden.sql"),
    step!("0007_touched.sql"),
    step!("0008_told.sql"),
    step!("0009_full.sql"),
    step!("0010_host_turn.sql"),
];

/// The layout of this release.
pub(crate) const KNOWN: i64 = STEPS.len() as i64;

/// Runs the steps that are missing. Of several processes that open one store at once, one takes each step.
pub(crate) async fn run(pools: &Pools) -> Result<(), StoreError> {
    // A store of this layout is not written to, so that a role without the right to create tables can open it.
    let found = async { layout(&mut pools.read().await?).await };
    match found.await.doing("read its layout")? {
        KNOWN => Ok(()),
        found if found > KNOWN => Err(StoreError::Newer { found, known: KNOWN }),
        _ => steps(pools).await.doing("bring itself to this release's layout"),
    }
}

/// The layout of the store, 0 of one that is still empty.
async fn layout(tx: &mut Tx) -> Sql<i64> {
    let tables: i64 = query(tx.dialect().has_layout()).fetch_one(tx).await?.try_get(0)?;
    if tables == 0 {
        return Ok(0);
    }
    query("select coalesce(max(version), 0) from layout").fetch_one(tx).await?.try_get(0)
}

async fn steps(pools: &Pools) -> Sql<()> {
    let mut tx = pools.rebuild().await?;
    query("create table if not exists layout (version bigint primary key)").execute(&mut tx).await?;
    let found = layout(&mut tx).await?;
    for (version, step) in (1_i64..).zip(STEPS).skip(found as usize) {
        let statements = tx.dialect().step(step);
        tx.run(statements).await?;
        query("insert into layout (version) values ($1)").bind(version).execute(&mut tx).await?;
    }
    tx.commit().await
}

#[cfg(test)]
mod tests;
