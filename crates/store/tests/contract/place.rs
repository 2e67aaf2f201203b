//! Where a test keeps its store: a folder of its own, or a schema of its own in a PostgreSQL database.
//!
//! Every test runs on SQLite. `postgres.rs` runs them all a second time, in a process of its own in which [`ON`] names
//! a database. No test knows where it is.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use store::Store;

/// Names the PostgreSQL database that tests are to use, `postgres://…/database`.
pub(crate) const ON: &str = "STORE_TEST_ON";

/// Connections of one store: the tests run side by side, and some open several stores.
const CONNECTIONS: u32 = 5;

/// A place for a store, empty at first.
pub(crate) enum Place {
    Folder(tempfile::TempDir),
    /// The address of a schema.
    Schema(String),
}

impl Place {
    pub(crate) async fn new() -> Self {
        let Some(database) = database() else { return Place::Folder(tempfile::tempdir().unwrap()) };
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let schema = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Relaxed));
        run(&database, &format!("create schema {schema}")).await;
        Place::Schema(format!("{database}?options[search_path]={schema}"))
    }

    /// What [`open`] in another process needs to know.
    pub(crate) fn name(&self) -> String {
        match self {
            Place::Folder(folder) => folder.path().join("neu/angelegt/store.db").to_str().unwrap().to_owned(),
            Place::Schema(url) => url.clone(),
        }
    }

    /// Opens the store; each time with connections of its own, as separate processes have them.
    pub(crate) async fn open(&self) -> Store {
        open(&self.name()).await
    }
}

/// Opens the store at a place of that name.
pub(crate) async fn open(name: &str) -> Store {
    match name.starts_with("postgres://") {
        true => Store::connect(name, CONNECTIONS).await.unwrap(),
        false => Store::open(std::path::Path::new(name)).await.unwrap(),
    }
}

/// The database that the tests of this process use, if it is one of PostgreSQL.
pub(crate) fn database() -> Option<String> {
    std::env::var(ON).ok()
}

/// Runs a statement that no store has: making databases, ending connections.
pub(crate) async fn run(url: &str, statement: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    connection.execute(AssertSqlSafe(statement.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}
