//! What is lent to the judge.

use std::collections::BTreeMap;

use model::{Batch, Change, Judged};
use store::{Lending, Moves, Reach, Store, Teller};

use crate::hand::*;

#[tokio::test]
async fn lends_what_the_source_said() {
    let store = store().await;
    new(&store, "nord", [news("a", HOUR).hash(11), news("old", 40 * DAY).hash(12), news("b", DAY).hidden().hash(13)])
        .await;
    new(&store, "sued", [news("c", MINUTE).hash(14)]).await;
    let known = store.known("nord").await.unwrap();
    let mut known: Vec<_> = known.iter().map(|(id, hash)| format!("{id}={hash}")).collect();
    known.sort();
    assert_eq!(known, ["a=11", "b=13", "old=12"], "relevant or not, however old");
    assert!(store.known("nirgends").await.unwrap().is_empty());
}

fn marked(mut judged: Judged, marks: &[i64]) -> Judged {
    judged.marks = marks.to_vec();
    judged
}

const REACH: Reach = Reach { window_ms: 10 * DAY, nearest: 3, shared: 2 };

/// The matters of what may tell the same as an item of that id, age and marks: `id<story/matter`.
async fn alike(store: &Store, id: &str, age_ms: i64, marks: &[i64]) -> String {
    let held = async { hung(store.lending().await.unwrap(), id, age_ms, marks).await };
    // Who looks while another does goes along the index, unless the other is done already.
    let (held, indexed) = tokio::join!(held, async { hung(store.lending().await.unwrap(), id, age_ms, marks).await });
    assert_eq!(held, indexed, "memory and index find the same: {marks:?}");
    held
}

async fn hung(mut lending: Lending<'_>, id: &str, age_ms: i64, marks: &[i64]) -> String {
    let near = lending.near(&[Teller { at: ago(age_ms), marks }], REACH).await.unwrap().remove(0);
    let hung = lending.matters(near.iter().map(|near| near.id.as_str()), [id], 4).await.unwrap();
    let mut hung: Vec<_> = hung.iter().map(|hung| format!("{}<{}/{}", hung.item.id, hung.story, hung.matter)).collect();
    hung.sort();
    hung.join(" ")
}

fn matters(of: &[(&str, &str)], changes: Vec<Change>) -> Batch {
    let matters: BTreeMap<_, _> = of.iter().map(|(id, matter)| ((*id).to_owned(), (*matter).to_owned())).collect();
    Batch { changes, matters, ..Batch::default() }
}

#[tokio::test]
async fn what_shares_marks_is_lent() {
    let store = store().await;
    let items = [
        marked(news("a", HOUR), &[1, 2, 3]),
        marked(news("b", 2 * HOUR), &[3, 4]),
        marked(news("c", 9 * DAY), &[-1, 1, 2]),
        marked(news("d", 11 * DAY), &[1, 2]),
        marked(news("e", HOUR).hidden(), &[1, 2]),
        marked(event("f", "2026-09-01", None), &[1, 2]),
    ];
    new(&store, "nord", items).await;
    assert_eq!(alike(&store, "x", 0, &[1, 2, 3]).await, "a<a/a c<c/c f<f/f", "two marks in common, in the window");
    assert_eq!(alike(&store, "x", 20 * DAY, &[1, 2]).await, "d<d/d", "before and after its day");
    assert_eq!(alike(&store, "x", 0, &[3]).await, "", "one mark is none");
    assert_eq!(alike(&store, "x", 0, &[]).await, "");
    assert_eq!(alike(&store, "b", 0, &[]).await, "b<b/b", "one that is kept finds itself");
    let mut lending = store.lending().await.unwrap();
    let (hash, a) = &lending.told(["a", "nirgends"]).await.unwrap()[0];
    assert_eq!((a.source.as_str(), a.url.as_str(), a.at, a.event), ("nord", "https://amt.example/a", ago(HOUR), false));
    assert_eq!((a.title.as_str(), a.summary.as_str()), ("Meldung a", "Worum es in a geht."));
    let near = lending.near(&[Teller { at: ago(HOUR), marks: &[1, 2, 3] }], REACH).await.unwrap();
    assert_eq!((near[0][0].id.as_str(), near[0][0].at, near[0][0].hash), ("a", ago(HOUR), *hash), "the best first");
}

#[tokio::test]
async fn what_others_keep_is_found_at_once() {
    let store = store().await;
    for n in 0..4 {
        let (id, found) = (format!("a{n}"), format!("a{n}<a{n}/a{n}"));
        let changed = |judged: Judged| batch([Change::Changed(judged)]);
        new(&store, "nord", [marked(news(&id, HOUR + n), &[n, 77])]).await;
        assert_eq!(alike(&store, "x", 0, &[n, 77]).await, found, "new");
        keep(&store, "nord", &changed(marked(news(&id, 2 * HOUR + n).hash(2), &[-n, -77 - n]))).await;
        assert_eq!(alike(&store, "x", 0, &[n, 77]).await, "", "it says something else now");
        assert_eq!(alike(&store, "x", 0, &[-n, -77 - n]).await, found);
        keep(&store, "nord", &changed(news(&id, 2 * HOUR + n).hash(3).hidden())).await;
        assert_eq!(alike(&store, "x", 0, &[-n, -77 - n]).await, "", "it cannot be found any more");
    }
}

#[tokio::test]
async fn a_matter_that_is_full_takes_nobody() {
    let store = store().await;
    let items = (0..4).map(|n| marked(news(&format!("n{n}"), n * HOUR), &[1, 2]));
    let changes = items.map(Change::New).collect();
    keep(&store, "nord", &matters(&[("n1", "n0"), ("n2", "n0"), ("n3", "n0")], changes)).await;
    assert_eq!(alike(&store, "x", 0, &[1, 2]).await, "");
    assert_eq!(alike(&store, "n2", 0, &[1, 2]).await, "n0<n0/n0 n1<n1/n0 n2<n2/n0 n3<n3/n0", "unless it is one's own");
}

#[tokio::test]
async fn what_is_full_is_passed_over() {
    let store = store().await;
    // Seven copies, the nearest four of one matter that is full, and one that shares less.
    let items = (0..7).map(|n| marked(news(&format!("n{n}"), n * HOUR), &[1, 2, 3]));
    let changes = items.chain([marked(news("far", 8 * HOUR), &[1, 2])]).map(Change::New).collect();
    keep(&store, "nord", &matters(&[("n1", "n0"), ("n2", "n0"), ("n3", "n0"), ("n5", "n4")], changes)).await;
    let teller = [Teller { at: ago(0), marks: &[1, 2, 3] }];
    let ids = |near: &[std::sync::Arc<store::Near>]| near.iter().map(|near| near.id.clone()).collect::<String>();
    let places = |near: &[std::sync::Arc<store::Near>]| near.iter().map(|near| near.place).collect::<Vec<_>>();
    let mut lending = store.lending().await.unwrap();
    let before = lending.near(&teller, REACH).await.unwrap().remove(0);
    let passed = lending.pass_over(places(&before), 4).await.unwrap();
    let after = lending.near(&teller, REACH).await.unwrap().remove(0);
    assert_eq!((ids(&before), passed.len(), ids(&after)), ("n0n1n2".to_owned(), 4, "n4n5n6".to_owned()));
    assert!(lending.pass_over(places(&before), 4).await.unwrap().is_empty(), "they were passed over before");
    assert!(lending.pass_over(places(&after), 4).await.unwrap().is_empty(), "two are not full");
    drop(lending);
    // Who looks next begins with what is not full, and finds the others if one of them is its own.
    assert_eq!(alike(&store, "n2", 0, &[]).await, "n0<n0/n0 n1<n1/n0 n2<n2/n0 n3<n3/n0");
}

#[tokio::test]
async fn who_is_of_a_closed_matter_is_found_by_nobody_until_it_leaves() {
    let store = store().await;
    let full = |batch: Batch| {
        let (store, moves) = (store.clone(), Moves { full: Some(3), ..Moves::default() });
        async move {
            let visit = visit("nord", epoch(&store, "nord").await);
            store.keep_all(&[(&visit, &batch)], &moves, now()).await.unwrap();
        }
    };
    // The first is kept before the matter is full, and memory has it.
    new(&store, "nord", [marked(news("n0", HOUR), &[1, 2])]).await;
    assert_eq!(alike(&store, "x", 0, &[1, 2]).await, "n0<n0/n0");
    let changes = (1..3).map(|n| Change::New(marked(news(&format!("n{n}"), n * HOUR), &[1, 2]))).collect();
    full(matters(&[("n1", "n0"), ("n2", "n0")], changes)).await;
    assert_eq!(alike(&store, "x", 0, &[1, 2]).await, "");
    assert_eq!(alike(&store, "n2", 0, &[1, 2]).await, "n0<n0/n0 n1<n1/n0 n2<n2/n0", "unless it is its own");
    new(&store, "nord", [marked(news("far", 9 * HOUR), &[1, 2])]).await;
    assert_eq!(alike(&store, "x", 0, &[1, 2]).await, "far<far/far", "whoever is no part of it");
    let changed = |id: &str| Change::Changed(marked(news(id, 2 * HOUR).hash(2), &[1, 2]));
    full(matters(&[], vec![changed("n1")])).await;
    assert_eq!(alike(&store, "x", 0, &[1, 2]).await, "far<far/far", "what changes stays");
    full(matters(&[("n2", "n2")], vec![changed("n2")])).await;
    assert_eq!(alike(&store, "x", 0, &[1, 2]).await, "far<far/far n2<n2/n2", "and is found where it goes");
}

#[tokio::test]
async fn what_everybody_speaks_of_finds_the_nearest_in_time() {
    let store = store().await;
    new(&store, "nord", (0..9).map(|n| marked(news(&format!("n{n}"), n * HOUR), &[1, 2]))).await;
    assert_eq!(alike(&store, "x", 4 * HOUR, &[1, 2]).await, "n1<n1/n1 n2<n2/n2 n3<n3/n3 n4<n4/n4 n5<n5/n5 n6<n6/n6");
}

#[tokio::test]
async fn matters_are_lent_whole_and_follow_their_items() {
    let store = store().await;
    let items = [marked(news("a", HOUR), &[1, 2]), marked(news("b", HOUR), &[3]), marked(news("c", HOUR), &[4])];
    let changes = items.into_iter().map(Change::New).collect();
    keep(&store, "nord", &matters(&[("b", "a"), ("c", "a"), ("nirgends", "a")], changes)).await;
    let all = "a<a/a b<b/a c<c/a";
    assert_eq!(alike(&store, "x", 0, &[1, 2]).await, all, "those that share no mark with it as well");
    assert_eq!(alike(&store, "b", 0, &[9]).await, all, "and those that an item belonged to");
    // An item that changes keeps its matter and loses its marks, wherever its new day puts it.
    let changed = marked(news("a", 3 * HOUR).hash(2), &[5, 6]);
    keep(&store, "nord", &batch([Change::Changed(changed)])).await;
    assert_eq!(alike(&store, "x", 0, &[1, 2]).await, "");
    assert_eq!(alike(&store, "x", 0, &[5, 6]).await, all);
    keep(&store, "nord", &matters(&[("a", "a"), ("b", "b"), ("c", "b")], vec![])).await;
    assert_eq!(alike(&store, "x", 0, &[5, 6]).await, "a<a/a");
    // Who is not relevant any more belongs to none.
    keep(&store, "nord", &batch([Change::Changed(news("b", HOUR).hash(3).hidden())])).await;
    assert_eq!(alike(&store, "c", 0, &[]).await, "c<c/b");
}

#[tokio::test]
async fn a_story_is_lent_to_be_explained() {
    let store = store().await;
    new(&store, "nord", [news("a", 5 * HOUR), news("b", 4 * HOUR).told_with("a"), news("x", DAY)]).await;
    new(&store, "sued", [news("c", HOUR).told_with("a"), news("d", HOUR).told_with("a").hidden()]).await;
    let ids = async |most: u32| {
        let told = store.story("a", most).await.unwrap();
        told.into_iter().map(|told| told.id).collect::<Vec<_>>().join(" ")
    };
    assert_eq!((ids(9).await.as_str(), ids(2).await.as_str()), ("c b a", "c b"));
}
