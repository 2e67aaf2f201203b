//! What the contract cannot see: that a page's rows are read by their keys alone.

use crate::Store;

#[tokio::test]
async fn rows_are_read_by_their_keys() {
    let store = Store::memory().await.unwrap();
    let mut tx = store.read().await.unwrap();
    let statement = super::rows::statement(&tx, &[1, 2, 3]);
    let rows = statement.explained("explain query plan ").fetch_all(&mut tx).await.unwrap();
    let plan: Vec<String> = rows.iter().map(|row| row.try_get(3).unwrap()).collect();
    assert!(plan.iter().all(|step| !step.starts_with("SCAN ") || step.contains("json_each")), "{plan:?}");
    assert!(plan.contains(&"SEARCH i USING INTEGER PRIMARY KEY (rowid=?)".to_owned()), "{plan:?}");
}
