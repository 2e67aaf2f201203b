//! What can go wrong with a store, without a word of the database's own types.

use std::error::Error;
use std::path::PathBuf;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be opened or created. Who opened it knows its name, and says it before this: to say it here
    /// as well would double the message.
    #[error("the file cannot be opened or created")]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The address of the database cannot be read.
    #[error("the address of the database cannot be read: {reason}; allowed is postgres://user:password@host/database")]
    BadUrl {
        /// What is wrong with it.
        reason: String,
    },
    /// A later release has been here. Going on would destroy what it knows.
    #[error("the store has layout {found}, this release knows layouts up to {known}: use a later release")]
    Newer {
        /// Layout of the store.
        found: i64,
        /// The last layout that this release knows.
        known: i64,
    },
    /// The cursor is not one of ours, or belongs to another order. HTTP answers 404: there is no such page.
    #[error("the cursor `{cursor}` is none that this query gave")]
    BadCursor {
        /// The cursor as it came.
        cursor: String,
    },
    /// Something is kept already where another store's rows were to go.
    #[error(
        "the store is not empty: it keeps {sources} sources and {items} items; only an empty one can take over another"
    )]
    NotEmpty {
        /// Sources in it.
        sources: i64,
        /// Items in it.
        items: i64,
    },
    /// A line is none of an export of this layout.
    #[error("line {line}: {reason}")]
    BadExport {
        /// Its number, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// The file could not be copied.
    #[error("{reason}")]
    Copy {
        /// What is wrong with which file.
        reason: String,
    },
    /// What was told could not be written down.
    #[error("what the store told could not be written")]
    Output {
        /// What the system said.
        source: std::io::Error,
    },
    /// The database failed.
    #[error("the store cannot {doing}")]
    Database {
        /// What it was asked to do.
        doing: &'static str,
        /// What the database said.
        source: Box<dyn Error + Send + Sync>,
    },
}

/// What the rooms of this crate hand to each other.
pub(crate) type Sql<T> = Result<T, sqlx::Error>;

/// Says what was being done when the database failed.
pub(crate) trait Doing<T> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Sql<T> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError> {
        self.map_err(|error| StoreError::Database { doing, source: said(error) })
    }
}

/// What the database said. The pool knows only that it waited in vain; whoever reads that wants to know for what.
fn said(error: sqlx::Error) -> Box<dyn Error + Send + Sync> {
    match error {
        sqlx::Error::PoolTimedOut => {
            "there was no connection in time: the database cannot be reached, or all connections are in use".into()
        }
        error => error.into(),
    }
}
