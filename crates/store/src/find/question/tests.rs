//! That what was touched is asked for again in as few looks as it needs; that nothing stays of what was asked while
//! something changed; and that who is not read from the leaves is found all the same.

use std::sync::Arc;

use super::*;
use crate::Store;
use crate::find::pick::pick;
use crate::roll::state;
use crate::sql::query;
use crate::testing::{put_item, put_up_one_shelf};

#[test]
fn touched_places_go_together_where_little_lies_between() {
    let check = |touched: &[i64], wanted: Option<&[(i64, i64)]>| {
        let places = Arc::new((0..1_000_000).step_by(10).collect());
        let found = spans(&Found { places, touched: touched.to_vec() });
        assert_eq!(found.as_deref(), wanted, "{touched:?}");
    };
    check(&[], Some(&[]));
    check(&[7], Some(&[(7, 7)]));
    check(&[2_000_000, 1_000_001, 999_000], Some(&[(999_000, 2_000_000)]));
    check(&[500_000, 0, 5_000, 500_000, 0], Some(&[(0, 5_000), (500_000, 500_000)]));
    check(&[0, 5_010], Some(&[(0, 0), (5_010, 5_010)]));
    let scattered: Vec<i64> = (0..150).map(|n| n * 6_000).collect();
    check(&scattered, None);
}

const MANY: i64 = EVERYWHERE as i64 + 200;

/// So many items, all of which have one word.
async fn keep_many(store: &Store) {
    let mut tx = store.write().await.unwrap();
    put_up_one_shelf(&mut tx).await;
    for seq in 1..=MANY {
        put_item(&mut tx, seq, &format!("i{seq}"), seq).await;
        let words = query("insert into item_words (rowid, terms) values ($1, 'amt register')");
        words.bind(seq).execute(&mut tx).await.unwrap();
    }
    changed(tx).await;
}

async fn changed(mut tx: Tx) {
    query("update state set generation = generation + 1").execute(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// What all of them have, newest first; and words that ask for it.
fn asking() -> (Query, Words) {
    let phrase = Phrase { terms: vec!["amt".to_owned()], open: false };
    let words = Words { must: vec![vec![vec![phrase]]], ..Words::default() };
    (Query::from_pairs([("q", "amt"), ("sort", "newest")]).unwrap(), words)
}

/// Between the first statement of a look and its last something is kept: what it found is of a later state than the roll
/// and no page, and nobody who still sees the state before counts by it.
#[tokio::test]
async fn a_look_that_was_overtaken_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("a.db")).await.unwrap();
    keep_many(&store).await;
    let ((asks, words), now) = (asking(), Moment::from_ms(0));
    let all = store.find(&Query::default(), &Words::default(), now).await.unwrap();
    assert_eq!(all.total, MANY as u64);
    let asked = Asked::new(store.dialect(), &asks, &words, now).unwrap();
    assert!(asked.is_quick());
    let mut earlier = store.read().await.unwrap();
    let generation = state(&mut earlier).await.unwrap().0;

    let mut tx = store.write().await.unwrap();
    for text in ["update item set hash = 0 where seq = 7", "delete from item_words where rowid = 7"] {
        query(text).execute(&mut tx).await.unwrap();
    }
    changed(tx).await;
    let mut look = store.look().await.unwrap();
    let matched = asked.matched(&mut look, generation, &store.roll).await.unwrap();
    assert_eq!(matched.must.as_ref().map(|places| places.len() as i64), Some(MANY - 1), "is of the later state");
    let picked = pick(&store.roll.read(), &asked, &matched);
    assert!(picked.read_at_once(&mut look, &asked, generation).await.unwrap().is_none());

    for _ in 0..2 {
        let mut matched = asked.matched(&mut earlier, generation, &store.roll).await.unwrap();
        matched.remember(&store.roll.read(), generation);
        let picked = pick(&store.roll.read(), &asked, &matched);
        let page = picked.read(&mut earlier, &asked).await.unwrap();
        assert_eq!((page.total, page.facets.source["s"]), (MANY as u64, MANY as u64), "as it was before");
    }
    let page = store.find(&asks, &words, now).await.unwrap();
    assert_eq!((page.total, page.facets.source["s"]), (MANY as u64 - 1, MANY as u64 - 1));
}

/// An index of another form, here one from which nothing can be taken out, is asked and not read.
#[tokio::test]
async fn what_the_leaves_do_not_tell_the_index_is_asked_for() {
    let store = Store::memory().await.unwrap();
    let mut tx = store.write().await.unwrap();
    tx.run("drop table item_words; create virtual table item_words using fts5 (terms, content = '', prefix = 3)")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    keep_many(&store).await;
    let mut tx = store.read().await.unwrap();
    assert_eq!(leaves::places(&mut tx, &store.roll.leaves, &["amt".to_owned()]).await.unwrap(), None);
    drop(tx);
    let (query, words) = asking();
    for _ in 0..2 {
        let page = store.find(&query, &words, Moment::from_ms(0)).await.unwrap();
        assert_eq!((page.total, page.items[0].id.as_str()), (MANY as u64, format!("i{MANY}").as_str()));
    }
}

/// Some at a time are all, however many that is.
#[tokio::test]
async fn a_phrase_is_walked_along_to_its_end() {
    let store = Store::memory().await.unwrap();
    keep_many(&store).await;
    let (asks, words) = asking();
    let asked = Asked::new(store.dialect(), &asks, &words, Moment::from_ms(0)).unwrap();
    let mut tx = store.read().await.unwrap();
    let all: Vec<i64> = (1..=MANY).collect();
    for at_a_time in [100, 700, MANY - 1, MANY, MANY + 1] {
        assert_eq!(asked.walk(&mut tx, "\"amt register\"", at_a_time).await.unwrap(), all, "{at_a_time}");
    }
    assert!(asked.walk(&mut tx, "\"register amt\"", 100).await.unwrap().is_empty());
}
