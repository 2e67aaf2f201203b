//! Stories: whole whatever a batch says, counted as they are, and one entry each if asked.

use std::collections::BTreeMap;

use model::{Batch, Change, Judged};
use store::Store;

use crate::hand::*;

/// Every item with its lead, its story's size and the others, as the store tells them: `b<a 2[a]`.
async fn told(store: &Store) -> String {
    let mut out = Vec::new();
    for item in find(store, "limit=200").await.items {
        let mut others: Vec<_> = item.story.others.iter().map(|other| other.id.as_str()).collect();
        others.sort_unstable();
        out.push(format!("{}<{} {}[{}]", item.id, item.story.id, item.story.size, others.join(" ")));
    }
    out.sort();
    out.join(", ")
}

fn moves(moves: &[(&str, &str)], changes: Vec<Change>) -> Batch {
    let stories: BTreeMap<_, _> = moves.iter().map(|(id, lead)| ((*id).to_owned(), (*lead).to_owned())).collect();
    Batch { changes, stories, ..Batch::default() }
}

#[tokio::test]
async fn items_join_stories_and_change_them() {
    let store = store().await;
    new(&store, "nord", [news("a", 5 * HOUR), news("b", 4 * HOUR).told_with("a"), news("x", DAY)]).await;
    assert_eq!(told(&store).await, "a<a 2[b], b<a 2[a], x<x 1[]");
    let generation = store.generation().await.unwrap();

    new(&store, "sued", [news("c", HOUR).told_with("a")]).await;
    assert_eq!(told(&store).await, "a<a 3[b c], b<a 3[a c], c<a 3[a b], x<x 1[]");
    keep(&store, "sued", &moves(&[("c", "c")], vec![])).await;
    assert_eq!(told(&store).await, "a<a 2[b], b<a 2[a], c<c 1[], x<x 1[]");
    assert_eq!(store.generation().await.unwrap(), generation + 2, "a move alone is a change");

    let c = store.item("b").await.unwrap().unwrap();
    let other = &c.story.others[0];
    assert_eq!((other.id.as_str(), other.title.as_str(), other.source.as_str()), ("a", "Meldung a", "Amt nord"));
    assert_eq!((other.url.as_str(), other.published), ("https://amt.example/a", Some(ago(5 * HOUR))));
}

#[tokio::test]
async fn followers_go_with_their_lead() {
    let store = store().await;
    new(&store, "nord", [news("a", 5 * HOUR), news("b", 4 * HOUR).told_with("a")]).await;
    let n = Change::New(news("n", HOUR));
    keep(&store, "sued", &moves(&[("a", "n")], vec![n])).await;
    assert_eq!(told(&store).await, "a<n 3[b n], b<n 3[a n], n<n 3[a b]");
    new(&store, "bund", [news("d", MINUTE).told_with("b")]).await;
    assert_eq!(told(&store).await, "a<n 4[b d n], b<n 4[a d n], d<n 4[a b n], n<n 4[a b d]", "a follower is no lead");
}

#[tokio::test]
async fn of_many_who_tell_a_story_all_count_and_the_newest_are_named() {
    let store = store().await;
    let copies = (1..=50).map(|n| news(&format!("b{n}"), n * HOUR).told_with("a"));
    new(&store, "nord", std::iter::once(news("a", MINUTE)).chain(copies)).await;
    let lead = store.item("a").await.unwrap().unwrap();
    assert_eq!((lead.story.size, lead.story.others.len()), (51, 30));
    assert!(lead.story.others.iter().is_sorted_by(|before, after| before.published >= after.published));
    assert_eq!(find(&store, "limit=200").await.items.iter().filter(|item| item.story.size == 51).count(), 51);
}

#[tokio::test]
async fn a_lead_that_does_not_exist_is_none() {
    let store = store().await;
    new(&store, "nord", [news("a", HOUR).told_with("nirgends"), news("b", DAY)]).await;
    keep(&store, "nord", &moves(&[("b", "nirgends"), ("nirgends", "a")], vec![])).await;
    assert_eq!(told(&store).await, "a<a 1[], b<b 1[]");
    keep(&store, "nord", &moves(&[("a", "b"), ("b", "a")], vec![])).await;
    assert_eq!(told(&store).await, "a<a 2[b], b<a 2[a]", "two that name each other tell one story");
}

#[tokio::test]
async fn a_changed_item_stays_in_its_story_unless_told_otherwise() {
    let store = store().await;
    new(&store, "nord", [news("a", 5 * HOUR), news("b", 4 * HOUR).told_with("a"), news("x", DAY)]).await;
    let changed = |judged: Judged| batch([Change::Changed(judged)]);
    keep(&store, "nord", &changed(news("b", HOUR).hash(2))).await;
    assert_eq!(told(&store).await, "a<a 2[b], b<a 2[a], x<x 1[]");
    keep(&store, "nord", &changed(news("a", HOUR).hash(2))).await;
    assert_eq!(told(&store).await, "a<a 2[b], b<a 2[a], x<x 1[]", "the lead too");
    keep(&store, "nord", &changed(news("b", HOUR).hash(3).told_with("x"))).await;
    assert_eq!(told(&store).await, "a<a 1[], b<x 2[x], x<x 2[b]");
    keep(&store, "nord", &changed(news("x", HOUR).hash(4).hidden())).await;
    assert_eq!(told(&store).await, "a<a 1[], b<x 1[]", "who is hidden does not count");
    let hidden = store.item("x").await.unwrap().unwrap();
    assert_eq!(hidden.story.id, "x");
}

#[tokio::test]
async fn one_entry_per_story_is_the_best_that_fits() {
    let store = store().await;
    let tell = |id: &str, age: i64, states: &str| news(id, age).about(states, "noots").told_with("a");
    new(&store, "nord", [tell("a", 5 * HOUR, "HH"), tell("b", 3 * HOUR, "SH"), news("x", 4 * HOUR).about("HH", "ozg")])
        .await;
    new(&store, "sued", [tell("c", HOUR, "SH BY")]).await;
    assert_eq!(found(&store, "").await, "c b x a");
    assert_eq!(found(&store, "stories=1").await, "c x");
    assert_eq!(found(&store, "stories=1&state=HH").await, "x a", "the newest that fits stands for the story");
    assert_eq!(found(&store, "stories=1&source=nord").await, "b x");
    assert_eq!(found(&store, "stories=1&until=2026-05-04T08:00:00+02:00").await, "x a");
    let page = find(&store, "stories=1&state=HH").await;
    assert_eq!((page.total, page.items[1].story.size, page.items[1].story.others.len()), (2, 3, 2));
    assert_eq!(store.counts().await.unwrap().stories, 2);
}

#[tokio::test]
async fn facets_count_stories_once() {
    let store = store().await;
    let tell = |id: &str, age: i64, states: &str| news(id, age).about(states, "noots").told_with("a");
    new(&store, "nord", [tell("a", 5 * HOUR, "HH"), tell("b", 3 * HOUR, "SH"), news("x", 4 * HOUR).about("HH", "ozg")])
        .await;
    new(&store, "sued", [tell("c", HOUR, "SH BY"), news("y", DAY)]).await;
    let page = find(&store, "stories=1").await;
    assert_eq!(page.total, 3);
    assert_eq!(counts(&page.facets.state), "BY:1 HH:2 SH:1");
    assert_eq!(counts(&page.facets.topic), "noots:1 ozg:1");
    assert_eq!(counts(&page.facets.source), "nord:2 sued:2");
    assert_eq!(counts(&page.facets.kind), "news:3");
    let page = find(&store, "stories=1&state=SH").await;
    assert_eq!(page.total, 1);
    assert_eq!(counts(&page.facets.state), "BY:1 HH:2 SH:1", "its own choice does not count");
    assert_eq!(counts(&page.facets.topic), "noots:1");
    assert_eq!(counts(&page.facets.source), "nord:1 sued:1");
    let page = find(&store, "stories=1&since=4h").await;
    assert_eq!(
        (page.total, counts(&page.facets.state).as_str()),
        (2, "BY:1 HH:1 SH:1"),
        "a bound counts from the items in it"
    );
    assert_eq!(find(&store, "stories=0").await.total, 5);
}
