//! Opening a store: where it is, its layout, and the connections.

use std::path::Path;
use std::sync::Arc;

use sqlx::postgres::PgConnectOptions;

use crate::alike::Newest;
use crate::dialect::Dialect;
use crate::error::{Doing, Sql, StoreError};
use crate::migrate;
use crate::pools::{Pools, Prepares, Tx};
use crate::roll;

/// Everything that is kept. Clones are handles on the same store.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) pools: Pools,
    /// What is known without asking the database.
    pub(crate) roll: Arc<roll::Shared>,
    /// The newest items by what they are found by when another tells the same.
    pub(crate) newest: Arc<tokio::sync::Mutex<Newest>>,
}

impl Store {
    /// Opens a store in a file, and creates folder and file where there is none. A store of an earlier release is
    /// brought to this one's layout.
    ///
    /// # Errors
    /// [`StoreError::Open`] if the file cannot be read and written; [`StoreError::Newer`] if a later release
    /// has changed its layout.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let failed =
            |error: Box<dyn std::error::Error + Send + Sync>| StoreError::Open { path: path.into(), source: error };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| failed(error.into()))?;
        }
        Self::over(Pools::file(path).await.map_err(|error| failed(error.into()))?).await
    }

    /// Opens a store in a database of a PostgreSQL server, 15 or later, that many nodes may share. The database is
    /// there; tables are made where there are none, and brought to this release's layout. Afterwards the server may
    /// go away and come back: what is asked meanwhile fails, what is asked later does not.
    ///
    /// `url` is `postgres://user:password@host:port/database`, with `?sslmode=verify-full` and the other parameters
    /// that PostgreSQL's own programs know. With `statement-cache-capacity=0` among them nothing stays prepared, as a
    /// pooler between transactions demands. No more than `connections` are opened, at least 3.
    ///
    /// # Errors
    /// [`StoreError::BadUrl`] if the address cannot be read; [`StoreError::Database`] if the server cannot be reached
    /// or refuses; [`StoreError::Newer`] if a later release has changed the layout.
    pub async fn connect(url: &str, connections: u32) -> Result<Self, StoreError> {
        // sqlx then keeps no statements, but prepares them under a name all the same.
        let prepares = match url.contains("statement-cache-capacity=0") {
            true => Prepares::EachTime,
            false => Prepares::Once,
        };
        Self::over(Pools::server(options(url)?, connections.max(3), prepares)).await
    }

    /// A store in memory, empty, gone with its last handle.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub async fn memory() -> Result<Self, StoreError> {
        Self::over(Pools::memory().await.doing("make room in memory")?).await
    }

    async fn over(pools: Pools) -> Result<Self, StoreError> {
        migrate::run(&pools).await?;
        Ok(Store { pools, roll: Arc::default(), newest: Arc::default() })
    }

    /// Waits for what is under way, and closes the files and connections. Dropping the last handle does so without
    /// waiting.
    pub async fn close(&self) {
        self.pools.close().await;
    }

    /// How its database says it.
    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        self.pools.dialect()
    }

    /// Begins to read: every statement sees the same state.
    pub(crate) async fn read(&self) -> Sql<Tx> {
        self.reached(self.pools.read().await)
    }

    /// Reads by one statement, or by several each of which sees its own state.
    pub(crate) async fn look(&self) -> Sql<Tx> {
        self.reached(self.pools.look().await)
    }

    /// Begins to read along indexes only, many small statements of the same texts.
    pub(crate) async fn lend(&self) -> Sql<Tx> {
        self.reached(self.pools.lend().await)
    }

    /// Begins to write, when all that write before have ended. Nothing is kept unless it is committed.
    pub(crate) async fn write(&self) -> Sql<Tx> {
        self.reached(self.pools.write().await)
    }

    /// A database that answers is away no more.
    fn reached(&self, begun: Sql<Tx>) -> Sql<Tx> {
        if begun.is_ok() {
            self.roll.away_until.store(i64::MIN, std::sync::atomic::Ordering::Relaxed);
        }
        begun
    }

    /// Begins to write rows that others may write meanwhile, each row by one at a time.
    pub(crate) async fn write_beside(&self) -> Sql<Tx> {
        self.pools.write_beside().await
    }
}

/// The parts of an address. What is said of a bad one does not repeat it: it may hold a password.
fn options(url: &str) -> Result<PgConnectOptions, StoreError> {
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(StoreError::BadUrl { reason: "it has to begin with postgres://".to_owned() });
    }
    let bad = |error: sqlx::Error| error.to_string().trim_start_matches("error with configuration: ").to_owned();
    url.parse().map_err(|error| StoreError::BadUrl { reason: bad(error) })
}
