//! What SQLite does to a transaction when it fails is not what the driver believes.

use model::{Moment, Source};

use crate::pools::Pools;
use crate::{Store, StoreError};

fn source(n: usize) -> Source {
    // Long enough that some of them need pages of their own.
    let url = format!("https://amt.example/{n}/{}", "x".repeat(1000));
    Source { id: format!("s{n}"), url, enabled: true, ..Source::default() }
}

fn now() -> Moment {
    Moment::from_ms(1_790_000_000_000)
}

async fn sync(store: &Store, n: usize) -> Result<usize, StoreError> {
    let sources: Vec<Source> = (0..n).map(source).collect();
    store.sync(&sources, now()).await?;
    Ok(store.sources().await?.len())
}

/// Says a word to the connection that writes.
async fn tell(store: &Store, word: &'static str) {
    let Pools::Sqlite { writer, .. } = &store.pools else { unreachable!("a file") };
    sqlx::raw_sql(word).execute(writer).await.unwrap();
}

fn says(error: &StoreError, what: &str) {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    let causes: Vec<String> = causes.map(ToString::to_string).collect();
    assert!(causes.iter().any(|cause| cause.contains(what)), "{error}: {causes:?}");
}

#[tokio::test]
async fn a_full_disk_stops_writers_only_and_only_as_long_as_it_is_full() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("store.db")).await.unwrap();
    assert_eq!(sync(&store, 3).await.unwrap(), 3);
    for _ in 0..3 {
        // As many pages as there are, and not one more. Whoever writes after a failure may be another connection.
        tell(&store, "pragma max_page_count = 1").await;
        says(&sync(&store, 400).await.unwrap_err(), "database or disk is full");
        assert_eq!(store.sources().await.unwrap().len(), 3, "reads go on, and nothing was kept by half");
    }
    tell(&store, "pragma max_page_count = 4294967294").await;
    assert_eq!(sync(&store, 400).await.unwrap(), 400);
    store.close().await;
    let again = Store::open(&folder.path().join("store.db")).await.unwrap();
    assert_eq!(again.sources().await.unwrap().len(), 400);
}

#[tokio::test]
async fn a_store_that_may_only_be_read_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("store.db")).await.unwrap();
    assert_eq!(sync(&store, 3).await.unwrap(), 3);
    tell(&store, "pragma query_only = on").await;
    for _ in 0..3 {
        says(&sync(&store, 4).await.unwrap_err(), "attempt to write a readonly database");
        assert_eq!(store.sources().await.unwrap().len(), 3);
    }
    tell(&store, "pragma query_only = off").await;
    assert_eq!(sync(&store, 4).await.unwrap(), 4);
}

/// A disk that fails in the middle of a read ends the transaction, too.
#[tokio::test]
async fn a_transaction_that_ended_by_itself_leaves_its_connection_usable() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("store.db")).await.unwrap();
    for n in 1..6 {
        for mut tx in [store.read().await.unwrap(), store.write().await.unwrap()] {
            tx.run("rollback").await.unwrap();
        }
        assert_eq!(sync(&store, n).await.unwrap(), n, "what is kept later is seen");
    }
}
