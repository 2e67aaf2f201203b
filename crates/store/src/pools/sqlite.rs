//! Connections to a file, in SQLite's WAL mode: one that writes, and some that read the last commit meanwhile.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, SqlitePool};

use crate::error::Sql;

/// A deferred transaction that reads and then writes fails at once with SQLITE_BUSY when another process wrote
/// in between, whatever the busy timeout; one that takes the write lock first waits its turn.
pub(super) const WRITING: &str = "begin immediate";

/// Readers do not wait for the writer: SQLite in WAL mode lets them see the last commit meanwhile.
const READERS: u32 = 4;

/// Memory for pages of the file, in the pragma's negative kilobytes: who writes touches the same inner pages of all
/// indexes again and again, who reads looks up rows by their keys, and finds their pages with the operating system.
const WRITER_CACHE: &str = "-4096";
const READER_CACHE: &str = "-512";

/// Pages of the log, before they are copied to the file: a page that several turns wrote meanwhile is copied once.
const CHECKPOINT: &str = "4000";

/// One connection that writes, and some that read. What a statement would take back if it failed half-way is remembered
/// in memory: SQLite would write each page that it touches to a file of its own first, in case.
pub(super) async fn connect(path: &Path) -> Sql<(SqlitePool, SqlitePool)> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(256)
        .optimize_on_close(true, 400);
    let writer = options.clone().pragma("cache_size", WRITER_CACHE).pragma("temp_store", "memory");
    let writer = patiently(writer.pragma("wal_autocheckpoint", CHECKPOINT)).await?;
    // Who may not write cannot optimise; the driver would give up closing there, and the file would be open for longer
    // than whoever closed it believes.
    let reader = options.pragma("cache_size", READER_CACHE).pragma("query_only", "on").optimize_on_close(false, None);
    let reader = of_one_mind(pool(READERS)).connect_lazy_with(reader);
    Ok((writer, reader))
}

/// Connects to write. Where two processes turn one new file to WAL, SQLite refuses the later one at once, whatever
/// the busy timeout: it would be a deadlock if both held a read lock. A moment later the file is turned.
async fn patiently(options: SqliteConnectOptions) -> Sql<SqlitePool> {
    let busy = |error: &sqlx::Error| {
        // SQLITE_BUSY, and with the reasons RECOVERY and SNAPSHOT.
        error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .is_some_and(|code| ["5", "261", "517"].contains(&&*code))
    };
    for _ in 0..100 {
        match of_one_mind(pool(1)).connect_with(options.clone()).await {
            Err(error) if busy(&error) => tokio::time::sleep(Duration::from_millis(50)).await,
            connected => return connected,
        }
    }
    of_one_mind(pool(1)).connect_with(options).await
}

/// Connections that know whether they are inside of a transaction. Where the disk is full or fails, SQLite itself ends
/// the one that it was in, and the driver does not learn of it: its own attempt to roll back fails, and from then on
/// it begins no transaction on this connection any more. Another connection takes its place.
fn of_one_mind(pool: SqlitePoolOptions) -> SqlitePoolOptions {
    pool.before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }))
}

/// A store that lives as long as its one connection does.
pub(super) async fn connect_memory() -> Sql<SqlitePool> {
    let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(true);
    pool(1).connect_with(options).await
}

fn pool(connections: u32) -> SqlitePoolOptions {
    // A file's connection does not age, and the memory store is gone with its connection.
    SqlitePoolOptions::new()
        .max_connections(connections)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .acquire_timeout(Duration::from_secs(30))
}

#[cfg(test)]
mod tests;
