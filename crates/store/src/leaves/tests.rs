//! That what is read from the leaves is what FTS5 finds, however the index came about; and that leaves of another form
//! are none.

use super::*;
use crate::Store;
use crate::dialect::{Dialect as _, Sqlite};
use crate::sql::Value;
use crate::testing::Dice;

/// Words of which some stand in most texts and some in few, some begin alike, and some stand often in one text.
fn text(dice: &mut Dice) -> String {
    let many = 1 + dice.roll(60);
    let mut words = Vec::new();
    for _ in 0..many {
        let bound = 1 + dice.roll(400);
        words.push(format!("wort{}", dice.roll(bound)));
    }
    let rest = ["amt ", "verwaltung ", ""][dice.roll(3) as usize].repeat(dice.roll(80) as usize);
    format!("{} {rest}", words.join(" "))
}

/// What FTS5 finds.
async fn matching(tx: &mut Tx, word: &str) -> Vec<i64> {
    let look = query(format!("select {}", Sqlite.matching("$1"))).bind(format!("\"{word}\""));
    let mut places = look.fetch_one(tx).await.unwrap().numbers(0).unwrap();
    places.sort_unstable();
    places
}

/// Says something to the index.
async fn say(store: &Store, what: &str, rank: Option<i64>) {
    let mut tx = store.write().await.unwrap();
    query("insert into item_words (item_words, rank) values ($1, $2)")
        .bind(what)
        .bind(rank)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn check(store: &Store, known: &Known, words: &[&str]) {
    for word in words {
        let mut tx = store.read().await.unwrap();
        let found = places(&mut tx, known, &[(*word).to_owned()]).await.unwrap();
        assert_eq!(found, Some(matching(&mut tx, word).await), "{word}");
    }
}

const WORDS: [&str; 12] =
    ["wort0", "wort1", "wort2", "wort10", "wort39", "wort100", "wort399", "amt", "verwaltung", "wor", "zuletzt", "a"];

/// An index that grows, is changed and is merged, with small pages: lists go on over many of them.
async fn grows(page: i64, place: fn(i64) -> i64) {
    let store = Store::memory().await.unwrap();
    let (known, mut dice) = (Known::default(), Dice(0x1eaf + page as u64));
    say(&store, "pgsz", Some(page)).await;
    // Of small indexes half may be gone before they are merged.
    say(&store, "deletemerge", Some(60)).await;
    check(&store, &known, &WORDS).await;
    let mut there: Vec<i64> = Vec::new();
    for round in 0..60 {
        let mut tx = store.write().await.unwrap();
        for _ in 0..dice.roll(40) {
            let at = place(dice.roll(1_000));
            if there.contains(&at) {
                query("delete from item_words where rowid = $1").bind(at).execute(&mut tx).await.unwrap();
                there.retain(|other| *other != at);
            }
            if dice.roll(3) > 0 {
                let insert = query("insert into item_words (rowid, terms) values ($1, $2)").bind(at);
                insert.bind(text(&mut dice)).execute(&mut tx).await.unwrap();
                there.push(at);
            }
        }
        tx.commit().await.unwrap();
        match round % 15 {
            7 => say(&store, "merge", Some(3)).await,
            14 => say(&store, "optimize", None).await,
            _ => {}
        }
        check(&store, &known, &WORDS).await;
    }
    let mut tx = store.read().await.unwrap();
    let several = places(&mut tx, &known, &["wort1", "amt", "wort2"].map(str::to_owned)).await.unwrap().unwrap();
    let mut all = Vec::new();
    for word in ["wort1", "amt", "wort2"] {
        all.extend(matching(&mut tx, word).await);
    }
    all.sort_unstable();
    all.dedup();
    assert_eq!(several, all);
    assert!(all.len() > 100, "{}", all.len());
}

#[tokio::test]
async fn leaves_say_what_the_index_finds() {
    grows(64, |n| n).await;
    grows(200, |n| n * 307_200_001 + (1 << 60)).await;
    grows(4_050, |n| n - 500).await;
}

/// An index of some small segments, of each of which something is gone.
async fn segments(dice: &mut Dice) -> Store {
    let store = Store::memory().await.unwrap();
    say(&store, "pgsz", Some(64)).await;
    for round in 0..3_i64 {
        let mut tx = store.write().await.unwrap();
        for at in 0..30 {
            let insert = query("insert into item_words (rowid, terms) values ($1, $2)").bind(round * 30 + at);
            insert.bind(text(dice)).execute(&mut tx).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    let mut tx = store.write().await.unwrap();
    query("delete from item_words where rowid % 7 = 0").execute(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    store
}

/// Whichever page of a list is missing, who has the word is not known: fewer would look like an answer.
#[tokio::test]
async fn a_page_that_is_missing_is_noticed() {
    let store = segments(&mut Dice(11)).await;
    let mut tx = store.write().await.unwrap();
    let (known, words) = (Known::default(), ["amt".to_owned()]);
    let all = places(&mut tx, &known, &words).await.unwrap();
    assert!(all.as_ref().is_some_and(|all| all.len() > 10), "{all:?}");
    let rows = query("select id, block from item_words_data where id > 10").fetch_all(&mut tx).await.unwrap();
    let mut noticed = [0, 0];
    for row in rows {
        let (id, block): (i64, Vec<u8>) = (row.try_get(0).unwrap(), row.try_get(1).unwrap());
        query("delete from item_words_data where id = $1").bind(id).execute(&mut tx).await.unwrap();
        match places(&mut tx, &known, &words).await.unwrap() {
            None => noticed[usize::from(id >= 1 << 53)] += 1,
            others => assert_eq!(others, all, "without page {id}"),
        }
        let back = query("insert into item_words_data (id, block) values ($1, $2)").bind(id);
        back.bind(Value::Bytes(Some(block))).execute(&mut tx).await.unwrap();
    }
    assert!(noticed[0] > 6 && noticed[1] > 2, "{noticed:?} of leaves and of what is gone");
    let read = |spans: &[i64], row: &str| Read {
        record: None,
        spans: Some(spans.to_vec()),
        rows: vec![row.as_bytes().to_vec()],
    };
    let row = format!("{:019}{:09}x", 4, 1);
    let none_asked = read(&[7, 2, 4, 4], &row);
    assert_eq!(none_asked.pages(), Some(vec![(4, &b"x"[..])]), "of the first none was asked for");
    assert_eq!(read(&[i64::MIN, i64::MAX, i64::MAX, i64::MIN], "").pages(), None);
    assert_eq!(read(&[4, 4], &row[..row.len() - 1]).pages(), None, "it is cut off");
    assert_eq!(read(&[4, 4], "x").pages(), None);
    // Beyond all pages there is none.
    query("update item_words_idx set pgno = $1").bind(i64::MAX).execute(&mut tx).await.unwrap();
    assert_eq!(places(&mut tx, &known, &words).await.unwrap(), None);
}

#[tokio::test]
async fn leaves_of_another_form_are_none() {
    let mut dice = Dice(7);
    let store = segments(&mut dice).await;
    let mut tx = store.read().await.unwrap();
    let rows = query("select id, block from item_words_data where id >= 10").fetch_all(&mut tx).await.unwrap();
    let all: Vec<(i64, Vec<u8>)> = rows.iter().map(|row| (row.try_get(0).unwrap(), row.try_get(1).unwrap())).collect();
    let segments = Segments::parse(&all[0].1).unwrap();
    for _ in 0..20_000 {
        let mut torn = all.clone();
        for _ in 0..1 + dice.roll(4) {
            let which = dice.roll(torn.len() as i64) as usize;
            let page = &mut torn[which].1;
            let at = dice.roll(page.len() as i64) as usize;
            match dice.roll(3) {
                0 => page.truncate(at.max(1)),
                _ => page[at] = [0, 1, 0x7f, 0x80, 0xff][dice.roll(5) as usize],
            }
        }
        let _ = Segments::parse(&torn[0].1);
        let pages: Vec<Page<'_>> = torn[1..].iter().map(|(id, page)| (*id, page.as_slice())).collect();
        // Whatever is found, it is found without a panic and soon.
        segments.each().for_each(|segment| _ = segment.add_places(&pages, b"0amt", &mut Vec::new()));
    }
    assert!(Segments::parse(&[]).is_none());
    assert!(Segments::parse(&[0, 0, 0, 0, 1, 1, 0]).is_none());
}
