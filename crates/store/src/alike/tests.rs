//! Looking for what may tell the same walks an index, however many items there are.

use model::Moment;

use super::{Reach, Teller, look};
use crate::Store;

#[tokio::test]
async fn each_mark_is_one_walk_along_the_index() {
    let store = Store::memory().await.unwrap();
    let mut tx = store.read().await.unwrap();
    let marks: Vec<i64> = (0..24).collect();
    let teller = Teller { at: Moment::from_ms(0), marks: &marks };
    let plan = look(&teller, Reach { window_ms: 1_000, nearest: 64, shared: 2 }).explained("explain query plan ");
    let plan: Vec<String> = plan.fetch_all(&mut tx).await.unwrap().iter().map(|row| row.try_get(3).unwrap()).collect();
    let walks = plan.iter().filter(|step| step.contains("SEARCH mark USING PRIMARY KEY (mark=? AND at")).count();
    assert_eq!(walks, 48, "{plan:#?}");
    let sorted = plan.iter().filter(|step| step.contains("TEMP B-TREE")).count();
    assert!(sorted <= 2, "only what was found is grouped and ordered: {plan:#?}");
}
