//! Brings a store to the layout of this release, step by step, each step whole or not at all.

use sqlx::{AssertSqlSafe, Pool};

use crate::dialect::{BEGIN_WRITING, Db, MIGRATIONS};
use crate::error::{Doing, Sql, StoreError};

const KNOWN: i64 = MIGRATIONS.len() as i64;

/// Runs the steps that are missing. Of several processes that open one store at once, one takes each step.
pub(crate) async fn run(writer: &Pool<Db>) -> Result<(), StoreError> {
    let found = layout(writer).await.doing("read its layout")?;
    match found {
        KNOWN => Ok(()),
        found if found > KNOWN => Err(StoreError::Newer { found, known: KNOWN }),
        _ => step(writer).await.doing("bring itself to this release's layout"),
    }
}

async fn layout(writer: &Pool<Db>) -> Sql<i64> {
    // Creating a table that exists writes nothing, so opening a store of this layout takes no lock.
    sqlx::query("create table if not exists layout (version bigint primary key)").execute(writer).await?;
    sqlx::query_scalar("select coalesce(max(version), 0) from layout").fetch_one(writer).await
}

async fn step(writer: &Pool<Db>) -> Sql<()> {
    let mut tx = writer.begin_with(BEGIN_WRITING).await?;
    let found: i64 = sqlx::query_scalar("select coalesce(max(version), 0) from layout").fetch_one(&mut *tx).await?;
    for (version, statements) in (1..).zip(MIGRATIONS).skip(found as usize) {
        sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut *tx).await?;
        sqlx::query("insert into layout (version) values ($1)").bind(version as i64).execute(&mut *tx).await?;
    }
    tx.commit().await
}

#[cfg(test)]
mod tests;
