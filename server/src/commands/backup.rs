//! `backup FILE`: a copy of the store while a server works with it.

use std::path::Path;

use super::file;
use crate::config::Config;

/// Copies the store to a file that is not there yet. Gives a sentence about it.
///
/// # Errors
/// Why there is no copy.
pub(crate) async fn backup(config: &Config, to: &Path) -> anyhow::Result<String> {
    let from = file(config, "pg_dump")?;
    store::back_up(&from, to).await?;
    let bytes = std::fs::metadata(to).map_or(0, |data| data.len());
    Ok(format!("{} is backed up to {}, {bytes} bytes", from.display(), to.display()))
}
