//! What is lent to the judge.

use crate::hand::*;

#[tokio::test]
async fn lends_what_the_source_said_and_what_all_told() {
    let store = store().await;
    new(&store, "nord", [news("a", HOUR).hash(11), news("old", 40 * DAY).hash(12), news("b", DAY).hidden().hash(13)])
        .await;
    new(&store, "sued", [news("c", MINUTE).told_with("a").hash(14)]).await;
    new(&store, "bund", [event("d", "2026-09-01", None).hash(15)]).await;

    let recent = store.recent("nord", ago(10 * DAY)).await.unwrap();
    let mut known: Vec<_> = recent.known.iter().map(|(id, hash)| format!("{id}={hash}")).collect();
    known.sort();
    assert_eq!(known, ["a=11", "b=13", "old=12"], "relevant or not, however old");
    let told: Vec<_> = recent.told.iter().map(|told| (told.id.as_str(), told.story.as_str(), told.event)).collect();
    assert_eq!(told, [("c", "a", false), ("d", "d", true), ("a", "a", false)], "newest first, only relevant");
    let c = &recent.told[0];
    assert_eq!((c.source.as_str(), c.url.as_str(), c.at), ("sued", "https://amt.example/c", ago(MINUTE)));
    assert_eq!((c.title.as_str(), c.summary.as_str()), ("Meldung c", "Worum es in c geht."));

    let exact = store.recent("nirgends", ago(MINUTE)).await.unwrap();
    assert!(exact.known.is_empty());
    assert_eq!(exact.told.len(), 1, "the moment itself belongs to the window");
}

#[tokio::test]
async fn what_is_lent_is_bounded() {
    let store = store().await;
    new(&store, "nord", (0..3_500).map(|n| news(&format!("n{n}"), n * MINUTE))).await;
    let recent = store.recent("nord", ago(365 * DAY)).await.unwrap();
    assert_eq!(recent.known.len(), 3_500);
    assert!((2_000..=3_000).contains(&recent.told.len()), "{}", recent.told.len());
    assert_eq!(recent.told[0].id, "n0", "the newest are lent");
}
