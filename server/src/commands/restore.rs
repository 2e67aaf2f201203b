//! `restore FILE`: a copy becomes the store of a data folder that has none.

use std::path::Path;

use super::file;
use crate::config::Config;

/// Puts a copy in its place. Gives a sentence about it.
///
/// # Errors
/// Why everything is as before: a store is there already, or the copy is not one that can be used.
pub(crate) async fn restore(config: &Config, from: &Path) -> anyhow::Result<String> {
    let to = file(config, "pg_restore")?;
    store::restore(from, &to).await?;
    Ok(format!("{} is restored from {}", to.display(), from.display()))
}
