//! What SQLite says in its own way. Another database brings its own copy of this file and of the migrations;
//! every other statement is written so that both understand it.

use std::path::Path;
use std::time::Duration;

use model::Words;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

/// The database.
pub(crate) type Db = sqlx::Sqlite;
/// One connection to it.
pub(crate) type Connection = sqlx::SqliteConnection;
/// One row of an answer.
pub(crate) type Row = sqlx::sqlite::SqliteRow;

/// All layouts the store ever had, in order: the statements that lead from each to the next.
pub(crate) const MIGRATIONS: [&str; 5] = [
    include_str!("../migrations/sqlite/0001_house.sql"),
    include_str!("../migrations/sqlite/0002_sources.sql"),
    include_str!("../migrations/sqlite/0003_stories.sql"),
    include_str!("../migrations/sqlite/0004_push.sql"),
    include_str!("../migrations/sqlite/0005_events.sql"),
];

/// A deferred transaction that reads and then writes fails at once with SQLITE_BUSY when another process wrote
/// in between, whatever the busy timeout; one that takes the write lock first waits its turn.
pub(crate) const BEGIN_WRITING: &str = "begin immediate";

/// Readers do not wait for the writer: SQLite in WAL mode lets them see the last commit meanwhile.
const READERS: u32 = 4;

/// One connection that writes, and some that read.
pub(crate) async fn connect(path: &Path) -> Result<(sqlx::Pool<Db>, sqlx::Pool<Db>), sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(256)
        .optimize_on_close(true, 400);
    let writer = patiently(options.clone().pragma("cache_size", "-32768")).await?;
    let reader = pool(READERS).connect_lazy_with(options.pragma("cache_size", "-8192").pragma("query_only", "on"));
    Ok((writer, reader))
}

/// Connects to write. Where two processes turn one new file to WAL, SQLite refuses the later one at once, whatever
/// the busy timeout: it would be a deadlock if both held a read lock. A moment later the file is turned.
async fn patiently(options: SqliteConnectOptions) -> Result<sqlx::Pool<Db>, sqlx::Error> {
    let busy = |error: &sqlx::Error| {
        // SQLITE_BUSY, and with the reasons RECOVERY and SNAPSHOT.
        error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .is_some_and(|code| ["5", "261", "517"].contains(&&*code))
    };
    for _ in 0..100 {
        match pool(1).connect_with(options.clone()).await {
            Err(error) if busy(&error) => tokio::time::sleep(Duration::from_millis(50)).await,
            connected => return connected,
        }
    }
    pool(1).connect_with(options).await
}

/// A store that lives as long as its one connection does.
pub(crate) async fn connect_memory() -> Result<(sqlx::Pool<Db>, sqlx::Pool<Db>), sqlx::Error> {
    let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(true);
    let only = pool(1).connect_with(options).await?;
    Ok((only.clone(), only))
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

/// Rows of a list that came as one JSON argument: a list of any length is one statement, prepared once.
pub(crate) fn in_list(column: &str, argument: &str) -> String {
    format!("{column} in (select value from json_each({argument}))")
}

/// For each number of a JSON list: the number, and the last place taken in the window that begins there.
pub(crate) const LAST_IN_WINDOWS: &str = "select value, (select max(seq) from item where seq >= value \
     and seq < value + $2) from json_each($1)";

/// Takes the terms of rows away.
pub(crate) const FORGET_WORDS: &str = "delete from item_words where rowid in (select value from json_each($1))";

/// Columns of the table of terms.
pub(crate) const WORDS: &str = "item_words (rowid, terms)";

/// Which index to walk: the planner has no statistics in a young store, and the choice is made from exact counts.
pub(crate) fn by_index(index: &str) -> String {
    format!("indexed by {index}")
}

/// Makes the table of terms the outer loop.
pub(crate) const MATCHES: &str = "item_words w cross join item i indexed by item_list on i.seq = w.rowid";
/// The order in which the table of terms gives its matches without sorting.
pub(crate) const MATCHES_NEWEST: &str = "w.rowid desc";
/// How well a match of [`MATCHES`] fits; the least fits best.
pub(crate) const MATCH_SCORE: &str = "bm25(item_words)";

/// The match itself, inside [`MATCHES`].
pub(crate) fn matches(argument: &str) -> String {
    format!("item_words match {argument}")
}

/// Whether a row is among the matches. They are looked up once for the whole statement: asking the terms again for
/// each row made one search for `-digital` read them as often as there are items. The plus keeps the planner from
/// walking the matches where a narrower index was meant.
pub(crate) fn in_matches(seq: &str, argument: &str) -> String {
    format!("+{seq} in (select rowid from item_words where item_words match {argument})")
}

/// More phrases than this of either sort are not looked at: each costs a walk through the terms, and nobody who
/// searches by hand says so many.
pub(crate) const PHRASES: usize = 32;

/// What must match, in the language of FTS5, if anything must.
pub(crate) fn must(words: &Words) -> Option<String> {
    let must = phrases(&words.must);
    let not = must_not(words);
    match (must.is_empty(), not) {
        (true, _) => None,
        (false, None) => Some(must.join(" AND ")),
        (false, Some(not)) => Some(format!("({}) NOT ({not})", must.join(" AND "))),
    }
}

/// What must not match, in the language of FTS5, if there is such.
pub(crate) fn must_not(words: &Words) -> Option<String> {
    let not = phrases(&words.not);
    (!not.is_empty()).then(|| not.join(" OR "))
}

/// The first [`PHRASES`] phrases that say something, quoted.
fn phrases(phrases: &[Vec<String>]) -> Vec<String> {
    phrases.iter().filter_map(|phrase| quoted(phrase)).take(PHRASES).collect()
}

/// A phrase as a string of FTS5. A term without a letter or digit would be an empty phrase, which matches nothing.
fn quoted(phrase: &[String]) -> Option<String> {
    let terms: Vec<_> = phrase.iter().filter(|term| term.chars().any(char::is_alphanumeric)).cloned().collect();
    // FTS5 ends a string at a NUL, and doubles a quote to mean one.
    (!terms.is_empty()).then(|| format!("\"{}\"", terms.join(" ").replace('\0', " ").replace('"', "\"\"")))
}

#[cfg(test)]
mod tests;
