//! Looking for what may tell the same walks an index, however many items there are.

use model::Moment;

use super::index::walks;
use super::{Reach, Teller};
use crate::Store;

#[tokio::test]
async fn each_mark_is_one_walk_along_the_index_to_either_side() {
    let store = Store::memory().await.unwrap();
    let mut tx = store.read().await.unwrap();
    let marks: Vec<i64> = (0..24).collect();
    let teller = Teller { at: Moment::from_ms(0), marks: &marks };
    let walks = walks(tx.dialect(), &teller, Reach { window_ms: 1_000, nearest: 64, shared: 2 });
    let plan = walks.explained("explain query plan ").fetch_all(&mut tx).await.unwrap();
    let plan: Vec<String> = plan.iter().map(|row| row.try_get(3).unwrap()).collect();
    let walks = plan.iter().filter(|step| step.contains("SEARCH mark USING PRIMARY KEY (mark=? AND at")).count();
    assert_eq!(walks, 2, "{plan:#?}");
    assert!(plan.iter().all(|step| !step.contains("TEMP B-TREE")), "nothing is sorted: {plan:#?}");
}
