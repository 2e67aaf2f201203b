//! What an operator does with everything that is kept: copy it, put it back, move it, give it away.
//!
//! One file for each command. None of them visits anything or takes over a catalogue: what is kept stays as it is.

mod backup;
mod export;
mod import;
mod restore;

use std::path::PathBuf;

pub(crate) use backup::backup;
pub(crate) use export::{Form, export};
pub(crate) use import::import;
pub(crate) use restore::restore;

use crate::config::{self, Config};

/// The file of a store that is one.
///
/// # Errors
/// If everything is kept in a database: whose own tools are meant for that.
fn file(config: &Config, tool: &str) -> anyhow::Result<PathBuf> {
    match &config.database_url {
        None => Ok(config.store_file()),
        Some(url) => anyhow::bail!(
            "everything is kept in the database {}: use {tool}, as docs/operating.md says under Several nodes",
            config::without_secrets(url)
        ),
    }
}
