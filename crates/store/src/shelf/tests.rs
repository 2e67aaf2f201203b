//! That shelves are read as they were kept, however many there are.

use model::{Moment, Source};

use super::*;

#[tokio::test]
async fn shelves_are_read_as_they_were_kept() {
    let store = Store::memory().await.unwrap();
    let odd = "eine\nandere";
    let source = |id: String| Source { id, ..Source::default() };
    let sources: Vec<Source> =
        (0..100).map(|n| source(format!("quelle-{n}"))).chain([source(odd.to_owned())]).collect();
    store.sync(&sources, Moment::from_ms(0)).await.unwrap();
    let label = |n: i64| Label {
        event: n % 3 == 0,
        source: format!("quelle-{}", n / 101),
        states: ["", "HH", "BUND,BY"][n as usize % 3].to_owned(),
        topics: ["", "ki,", "cloud,ozg,"][n as usize % 7 % 3].to_owned() + &"x".repeat(n as usize % 101),
    };
    let mut tx = store.write().await.unwrap();
    let labels: Vec<Label> = (0..2 * AT_A_TIME + 5).map(label).collect();
    let ids = store.put_up(&mut tx, &labels).await.unwrap();
    let read = async |tx: &mut Tx, last: i64| {
        let mut all = Vec::new();
        behind(tx, last, |id, label| all.push((id, label))).await.unwrap();
        all
    };
    let all = read(&mut tx, 0).await;
    assert!(all.iter().all(|(id, label)| ids[label] == *id), "each under its number");
    assert!(all.len() == labels.len() && all.is_sorted_by_key(|(id, _)| *id));
    let (last, _) = all[all.len() - 2];
    assert_eq!(read(&mut tx, last).await, all[all.len() - 1..]);
    assert!(read(&mut tx, i64::MAX).await.is_empty());
    // Whatever an import brought, the others can be read.
    let odd = Label { source: odd.to_owned(), ..label(1) };
    store.put_up(&mut tx, &[odd, label(9_999)]).await.unwrap();
    let names: Vec<String> =
        read(&mut tx, all[all.len() - 1].0).await.into_iter().map(|(_, label)| label.source).collect();
    assert_eq!(names, ["eine andere", "quelle-99"]);
}
