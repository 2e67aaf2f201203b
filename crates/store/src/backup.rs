//! A store's file copied while others use it, and put back. Of a PostgreSQL database `pg_dump` does this.
//!
//! Promises: a copy is one state, whole or not there, and was looked through before it got its name; no file that is
//! there is written over. It is opened as it is: copying changes neither the store nor its layout.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use crate::error::{Sql, StoreError};
use crate::migrate::KNOWN;

/// Copies the store in a file to another file, as it is at this moment. Others may read and write it meanwhile.
///
/// # Errors
/// [`StoreError::Copy`] if there is no store, the other file is there already or cannot be written, or the copy is not
/// whole; then there is no copy.
pub async fn back_up(file: &Path, to: &Path) -> Result<(), StoreError> {
    free(to)?;
    let part = beside(to, "-part");
    let copied = async {
        let mut store = open(file).await?;
        let name = part.to_str().ok_or_else(|| format!("{}: the name is not in UTF-8", part.display()))?;
        let vacuum = sqlx::query("vacuum into ?").bind(name).execute(&mut store).await;
        vacuum.map_err(|error| format!("{}: {error}", file.display()))?;
        // What can go wrong now concerns the file that was read.
        let _ = store.close().await;
        settle(&part, to).await
    };
    finish(&part, copied.await)
}

/// Puts a copy where a store's file belongs, and creates its folder where there is none.
///
/// # Errors
/// [`StoreError::Copy`] if a store is there already, the copy is none or not whole, or of a later release, or it cannot
/// be written; then nothing changed.
pub async fn restore(from: &Path, file: &Path) -> Result<(), StoreError> {
    free(file)?;
    // What is left of another store would be taken for this one's latest changes.
    free(&beside(file, "-wal"))?;
    let part = beside(file, "-part");
    let copied = async {
        let told = |error: std::io::Error| format!("{}: {error}", from.display());
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        std::fs::copy(from, &part).map_err(told)?;
        settle(&part, file).await
    };
    finish(&part, copied.await)
}

/// Looks a copy through, sees to it that it is on the disk, and gives it its name.
async fn settle(part: &Path, to: &Path) -> Result<(), String> {
    check(part).await?;
    let written = || {
        File::open(part)?.sync_all()?;
        std::fs::rename(part, to)?;
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()
    };
    written().map_err(|error| format!("{}: {error}", to.display()))
}

/// A file of ours that is whole and that this release can open.
async fn check(file: &Path) -> Result<(), String> {
    let mut copy = open(file).await?;
    let told = |error: sqlx::Error| format!("this is no store of ours, or it is not whole: {error}");
    let layout: i64 = sqlx::query_scalar("select max(version) from layout").fetch_one(&mut copy).await.map_err(told)?;
    if layout > KNOWN {
        return Err(format!("it has layout {layout}, this release knows layouts up to {KNOWN}: use a later release"));
    }
    let found: Vec<String> = sqlx::query_scalar("pragma integrity_check").fetch_all(&mut copy).await.map_err(told)?;
    let _ = copy.close().await;
    match found.as_slice() {
        [word] if word == "ok" => Ok(()),
        [first, ..] => Err(format!("it is damaged: {first}")),
        [] => Err("it is damaged".to_owned()),
    }
}

async fn open(file: &Path) -> Result<SqliteConnection, String> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    // SQLite would say that it cannot open a file, and not that there is none.
    std::fs::metadata(file).map_err(|error| told(&error))?;
    let connected: Sql<SqliteConnection> = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .busy_timeout(Duration::from_secs(10))
        .connect()
        .await;
    connected.map_err(|error| told(&error))
}

fn free(file: &Path) -> Result<(), StoreError> {
    match file.try_exists() {
        Ok(false) => Ok(()),
        Ok(true) => {
            Err(StoreError::Copy { reason: format!("{} is there already, and is not written over", file.display()) })
        }
        Err(error) => Err(StoreError::Copy { reason: format!("{}: {error}", file.display()) }),
    }
}

fn finish(part: &Path, copied: Result<(), String>) -> Result<(), StoreError> {
    if copied.is_err() {
        for left in ["", "-journal", "-wal", "-shm"] {
            let _ = std::fs::remove_file(beside(part, left));
        }
    }
    copied.map_err(|reason| StoreError::Copy { reason })
}

/// The file of that name and an ending.
fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests;
