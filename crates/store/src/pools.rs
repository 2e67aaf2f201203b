//! The connections of a store, some that write and some that read, and the transactions on them.
//!
//! A writer sees all that was kept before it, and nobody else keeps anything meanwhile, in this process or another;
//! only leases may be taken beside it. A reader sees one state from its first statement to its last, and waits for no
//! writer.

mod postgres;
mod sqlite;

use std::path::Path;

use sqlx::pool::PoolConnection;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, PgConnection, PgPool, SqliteConnection, SqlitePool, Transaction};

use crate::dialect::{self, Dialect};
use crate::error::Sql;
use crate::sql::query;

/// The connections of a store.
#[derive(Clone, Debug)]
pub(crate) enum Pools {
    Sqlite { writer: SqlitePool, reader: SqlitePool },
    Postgres { writer: PgPool, reader: PgPool, prepares: Prepares },
}

/// A transaction. Nothing of it is kept unless it is committed.
#[derive(Debug)]
pub(crate) enum Tx {
    Sqlite(Transaction<'static, sqlx::Sqlite>),
    Postgres(Transaction<'static, sqlx::Postgres>, Prepares),
    /// Statements that need none: a single one, or some of which the last says whether what is kept is still what it was
    /// before the first. SQLite then is spoken to less often.
    Look(PoolConnection<sqlx::Sqlite>),
}

/// Where the statements of a transaction run.
pub(crate) enum Runs<'t> {
    Sqlite(&'t mut SqliteConnection),
    Postgres(&'t mut PgConnection, Prepares),
}

/// Whether a connection may keep the statements that were prepared on it. Behind a pooler the next transaction may
/// find another connection, which knows nothing of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prepares {
    Once,
    EachTime,
}

impl Pools {
    /// A file, created where there is none.
    pub(crate) async fn file(path: &Path) -> Sql<Self> {
        let (writer, reader) = sqlite::connect(path).await?;
        Ok(Pools::Sqlite { writer, reader })
    }

    /// A store that lives as long as its one connection does.
    pub(crate) async fn memory() -> Sql<Self> {
        let only = sqlite::connect_memory().await?;
        Ok(Pools::Sqlite { writer: only.clone(), reader: only })
    }

    /// A database of a server. At most `connections` are opened, and none before it is needed.
    pub(crate) fn server(options: PgConnectOptions, connections: u32, prepares: Prepares) -> Self {
        let (writer, reader) = postgres::pools(options, connections);
        Pools::Postgres { writer, reader, prepares }
    }

    /// Waits for what is under way, and closes all connections.
    pub(crate) async fn close(&self) {
        match self {
            Pools::Sqlite { writer, reader } => {
                reader.close().await;
                writer.close().await;
            }
            Pools::Postgres { writer, reader, .. } => {
                reader.close().await;
                writer.close().await;
            }
        }
    }

    /// How this database says it.
    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        match self {
            Pools::Sqlite { .. } => &dialect::Sqlite,
            Pools::Postgres { .. } => &dialect::Postgres,
        }
    }

    /// Begins to read: every statement sees the same state.
    pub(crate) async fn read(&self) -> Sql<Tx> {
        self.read_after(postgres::READING).await
    }

    /// Reads by one statement, or by several each of which sees its own state.
    pub(crate) async fn look(&self) -> Sql<Tx> {
        match self {
            Pools::Sqlite { reader, .. } => Ok(Tx::Look(reader.acquire().await?)),
            Pools::Postgres { .. } => self.read().await,
        }
    }

    /// The same for statements that only follow indexes.
    pub(crate) async fn lend(&self) -> Sql<Tx> {
        self.read_after(postgres::LENDING).await
    }

    async fn read_after(&self, begin: &'static str) -> Sql<Tx> {
        match self {
            Pools::Sqlite { reader, .. } => Ok(Tx::Sqlite(reader.begin().await?)),
            Pools::Postgres { reader, prepares, .. } => {
                Ok(Tx::Postgres(postgres::begin(reader, begin).await?, *prepares))
            }
        }
    }

    /// Begins to write, when all that write before have ended.
    pub(crate) async fn write(&self) -> Sql<Tx> {
        let mut tx = self.write_beside().await?;
        if let Tx::Postgres(..) = tx {
            query(postgres::TURN).execute(&mut tx).await?;
        }
        Ok(tx)
    }

    /// Begins to write rows that others may write beside us, each of them one at a time. SQLite has one lock for all.
    pub(crate) async fn write_beside(&self) -> Sql<Tx> {
        match self {
            Pools::Sqlite { writer, .. } => Ok(Tx::Sqlite(writer.begin_with(sqlite::WRITING).await?)),
            Pools::Postgres { writer, prepares, .. } => {
                Ok(Tx::Postgres(postgres::begin(writer, postgres::WRITING).await?, *prepares))
            }
        }
    }

    /// Begins to change the layout, for as long as that takes: there may be no table yet whose lock could be taken.
    pub(crate) async fn rebuild(&self) -> Sql<Tx> {
        match self {
            Pools::Sqlite { .. } => self.write().await,
            Pools::Postgres { writer, prepares, .. } => {
                Ok(Tx::Postgres(postgres::begin(writer, postgres::REBUILDING).await?, *prepares))
            }
        }
    }
}

impl Tx {
    /// How this database says it.
    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        match self {
            Tx::Sqlite(_) | Tx::Look(_) => &dialect::Sqlite,
            Tx::Postgres(..) => &dialect::Postgres,
        }
    }

    /// Where its statements run.
    pub(crate) fn runs(&mut self) -> Runs<'_> {
        match self {
            Tx::Sqlite(tx) => Runs::Sqlite(tx),
            Tx::Look(connection) => Runs::Sqlite(connection),
            Tx::Postgres(tx, prepares) => Runs::Postgres(tx, *prepares),
        }
    }

    /// Runs several statements of this crate's own, without values.
    pub(crate) async fn run(&mut self, statements: &'static str) -> Sql<()> {
        let statements = sqlx::raw_sql(AssertSqlSafe(statements));
        match self.runs() {
            Runs::Sqlite(sqlite) => _ = statements.execute(sqlite).await?,
            Runs::Postgres(postgres, _) => _ = statements.execute(postgres).await?,
        }
        Ok(())
    }

    /// Keeps what was written.
    pub(crate) async fn commit(self) -> Sql<()> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await,
            Tx::Postgres(tx, _) => tx.commit().await,
            Tx::Look(_) => Ok(()),
        }
    }
}

/// Whether the database cannot be reached, or has no connection to spare.
pub(crate) fn is_away(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::PoolTimedOut) || is_lost(error)
}

/// Whether the connection is gone, and not only the statement. A file's never is.
pub(crate) fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        // Class 08 is about the connection; 57P01 to 57P03 say that the server goes down or comes up, and 57P05 and
        // 25P03 that it was idle for too long.
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            code.starts_with("08") || ["57P01", "57P02", "57P03", "57P05", "25P03"].contains(&&*code)
        }),
        _ => false,
    }
}
