//! Opening a store: the file, its layout, and the connections.

use std::path::Path;
use std::sync::{Arc, Mutex};

use sqlx::{Pool, Transaction};

use crate::dialect::{self, Db};
use crate::error::{Doing, Sql, StoreError};
use crate::find::Counted;
use crate::migrate;
use crate::shelf::Shelves;

/// Everything that is kept. Clones are handles on the same store.
#[derive(Clone, Debug)]
pub struct Store {
    writer: Pool<Db>,
    reader: Pool<Db>,
    /// The shelves as last read. They are only ever added to.
    pub(crate) shelves: Arc<Mutex<Arc<Shelves>>>,
    /// The counts of everything, of the generation last asked for.
    pub(crate) tally: Counted,
}

impl Store {
    /// Opens a store, and creates folder and file where there is none. A store of an earlier release is brought
    /// to this one's layout.
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
        let (writer, reader) = dialect::connect(path).await.map_err(|error| failed(error.into()))?;
        Self::over(writer, reader).await
    }

    /// A store in memory, empty, gone with its last handle.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub async fn memory() -> Result<Self, StoreError> {
        let (writer, reader) = dialect::connect_memory().await.doing("make room in memory")?;
        Self::over(writer, reader).await
    }

    async fn over(writer: Pool<Db>, reader: Pool<Db>) -> Result<Self, StoreError> {
        migrate::run(&writer).await?;
        Ok(Store { writer, reader, shelves: Arc::default(), tally: Arc::default() })
    }

    /// Waits for what is under way, and closes the files. Dropping the last handle does so without waiting.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }

    /// Begins to write. Nothing is kept unless it is committed.
    pub(crate) async fn write(&self) -> Sql<Transaction<'static, Db>> {
        self.writer.begin_with(dialect::BEGIN_WRITING).await
    }

    /// Begins to read: every statement sees the same state.
    pub(crate) async fn read(&self) -> Sql<Transaction<'static, Db>> {
        self.reader.begin().await
    }
}
