//! Hiding: what the operator takes out of sight is nowhere, whatever its source says, and comes back whole.

use model::{Batch, Change, Judged};
use store::Store;

use crate::hand::*;

async fn all(store: &Store) -> String {
    let mut found: Vec<_> = find(store, "limit=200").await.items.into_iter().map(|item| item.id).collect();
    found.sort();
    found.join(" ")
}

async fn told(store: &Store, after: i64) -> Vec<String> {
    let changes = store.changes(after, 100).await.unwrap();
    changes
        .items
        .into_iter()
        .map(|changed| format!("{}{}", changed.item.id, if changed.new { "+" } else { "" }))
        .collect()
}

async fn three() -> Store {
    let store = store().await;
    let (a, b) = (news("a", 3 * HOUR).about("HH", "noots").terms("register amt"), news("b", 2 * HOUR).told_with("a"));
    let b = b.about("SH", "ozg").terms("register");
    new(&store, "nord", [a, b, event("e", "2026-05-06", None).about("HH", "noots").terms("register fach")]).await;
    store
}

#[tokio::test]
async fn a_hidden_item_is_nowhere_and_comes_back_whole() {
    let store = three().await;
    let before = (find(&store, "explain=1").await, search(&store, "", "amt").await, store.item("a").await.unwrap());
    let (generation, last) = (store.generation().await.unwrap(), store.last_change().await.unwrap());

    assert!(store.hide("a", Some("auf Verlangen"), now()).await.unwrap());
    assert_eq!(all(&store).await, "b e");
    assert_eq!(ids(&search(&store, "", "amt").await), "");
    assert_eq!(ids(&search(&store, "", "register").await), "e b");
    assert_eq!(ids(&search(&store, "", "-fach").await), "b");
    assert_eq!(store.item("a").await.unwrap(), None);
    let page = find(&store, "stories=1").await;
    assert_eq!((page.total, counts(&page.facets.state).as_str()), (2, "HH:1 SH:1"));
    assert_eq!(page.items.iter().find(|item| item.id == "b").unwrap().story.size, 1, "its story is told by the other");
    assert_eq!(store.counts().await.unwrap().relevant, 2);
    assert_eq!(told(&store, 0).await, ["b+", "e+"], "who asks for what it missed is not told of it");
    assert!(store.generation().await.unwrap() > generation, "answers are made anew");
    let list = store.hidden().await.unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].item.as_str(), list[0].reason.as_deref(), list[0].at), ("a", Some("auf Verlangen"), now()));
    assert_eq!((list[0].title.as_str(), list[0].url.as_str()), ("Meldung a", "https://amt.example/a"));

    assert!(store.unhide("a", now()).await.unwrap());
    let after = (find(&store, "explain=1").await, search(&store, "", "amt").await, store.item("a").await.unwrap());
    assert_eq!((&after.0.items, &after.0.facets), (&before.0.items, &before.0.facets));
    assert_eq!((after.1.items, after.2), (before.1.items, before.2));
    assert_eq!(told(&store, last).await, ["a"], "and it is told once more");
    assert!(store.hidden().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_event_leaves_the_calendar() {
    let store = three().await;
    assert!(store.hide("e", None, now()).await.unwrap());
    assert_eq!(found(&store, "kind=event").await, "");
    assert!(store.ahead(now()).await.unwrap().is_empty());
    assert!(store.unhide("e", now()).await.unwrap());
    assert_eq!(found(&store, "kind=event&since=0h").await, "e");
}

#[tokio::test]
async fn hiding_twice_is_once_and_what_is_not_there_cannot_be_hidden() {
    let store = three().await;
    assert!(!store.hide("nichts", None, now()).await.unwrap());
    assert!(!store.unhide("a", now()).await.unwrap());
    assert!(store.hide("a", Some("erst"), ago(HOUR)).await.unwrap());
    assert!(store.hide("a", None, now()).await.unwrap());
    let list = store.hidden().await.unwrap();
    assert_eq!((list[0].reason.as_deref(), list[0].at), (Some("erst"), ago(HOUR)));
    assert!(store.hide("a", Some("dann"), now()).await.unwrap());
    assert_eq!(store.hidden().await.unwrap()[0].reason.as_deref(), Some("dann"));
    assert!(store.unhide("a", now()).await.unwrap());
    assert_eq!(all(&store).await, "a b e");
}

#[tokio::test]
async fn what_its_source_says_meanwhile_does_not_bring_it_back() {
    let store = three().await;
    store.hide("a", None, now()).await.unwrap();
    let last = store.last_change().await.unwrap();
    let again = |hash: i64| news("a", 3 * HOUR).about("BY", "cdo").terms("neu amt").hash(hash);
    keep(&store, "nord", &batch([Change::New(again(1))])).await;
    assert_eq!(all(&store).await, "b e", "the same");
    keep(&store, "nord", &batch([Change::Changed(again(2))])).await;
    assert_eq!(all(&store).await, "b e", "something else");
    keep(&store, "nord", &batch([Change::Changed(Judged { hash: 3, ..news("a", HOUR).terms("neu amt") })])).await;
    assert_eq!(all(&store).await, "b e", "on another day");
    assert_eq!(told(&store, last).await, [""; 0], "and nobody is told");
    assert_eq!(find(&store, "source=nord").await.items.iter().map(|item| item.story.size).max(), Some(1));

    store.unhide("a", now()).await.unwrap();
    assert_eq!(all(&store).await, "a b e");
    assert_eq!(ids(&search(&store, "", "neu").await), "a", "found by what it says now");
    assert_eq!(ids(&search(&store, "", "register").await), "e b");
    assert_eq!(store.item("a").await.unwrap().unwrap().story.size, 2);
}

#[tokio::test]
async fn it_comes_back_as_it_would_be() {
    let store = three().await;
    for id in ["a", "b", "e"] {
        store.hide(id, None, now()).await.unwrap();
    }
    assert_eq!(all(&store).await, "");
    // Judged anew, one is none of our business, and one its source took back.
    let gone = Batch { changes: vec![Change::Gone("e".to_owned())], ..Batch::default() };
    keep(&store, "nord", &batch([Change::Changed(news("a", 3 * HOUR).hidden().hash(2))])).await;
    keep(&store, "nord", &gone).await;
    for id in ["a", "b", "e"] {
        store.unhide(id, now()).await.unwrap();
    }
    assert_eq!(all(&store).await, "b");
    assert_eq!(find(&store, "").await.items[0].story.size, 1);
    // What is said again is there again.
    keep(&store, "nord", &batch([Change::New(event("e", "2026-05-06", None).terms("fach"))])).await;
    assert_eq!((all(&store).await.as_str(), ids(&search(&store, "", "fach").await).as_str()), ("b e", "e"));
}
