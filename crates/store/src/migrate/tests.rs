//! An old store is brought forward, a newer one is left alone.

use super::STEPS;
use crate::sql::query;
use crate::{Store, StoreError};

#[tokio::test]
async fn a_store_of_a_later_release_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = Store::open(&path).await.unwrap();
    let mut tx = store.write().await.unwrap();
    let later = STEPS.len() as i64 + 1;
    query("insert into layout (version) values ($1)").bind(later).execute(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    let error = Store::open(&path).await.unwrap_err();
    assert!(matches!(error, StoreError::Newer { found, known } if found == later && known == later - 1), "{error}");
    assert!(error.to_string().contains("later release"), "{error}");
}

#[tokio::test]
async fn every_step_is_taken_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    for _opening in 0..2 {
        let store = Store::open(&path).await.unwrap();
        let mut tx = store.read().await.unwrap();
        let rows = query("select version from layout order by version").fetch_all(&mut tx).await.unwrap();
        let steps: Vec<i64> = rows.iter().map(|row| row.try_get(0).unwrap()).collect();
        assert_eq!(steps, (1..=STEPS.len() as i64).collect::<Vec<_>>());
        drop(tx);
        store.close().await;
    }
}

/// A file that nobody runs would be missed only by who uses what it makes.
#[test]
fn every_file_is_a_step() {
    for folder in ["migrations/sqlite", "migrations/postgres"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        let steps: Vec<String> = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
        let run = STEPS.iter().map(|step| if folder.ends_with("sqlite") { step.sqlite } else { step.postgres });
        assert!(run.eq(steps.iter().map(String::as_str)), "{}: the steps are the files, in order", folder.display());
    }
}
