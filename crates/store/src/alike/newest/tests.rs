//! What is held in memory says what the index says, however it came there.

use model::Moment;

use super::*;
use crate::Store;
use crate::alike::index;
use crate::sql::{json, query};
use crate::testing::{Dice, put_item, put_up_one_shelf};

const REACH: Reach = Reach { window_ms: 200, nearest: 3, shared: 2 };

fn some_marks(dice: &mut Dice) -> Vec<i64> {
    let mut marks: Vec<i64> = (0..4).map(|_| dice.roll(12)).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// Puts an item where it belongs, as far as looking for it goes, and notes it in the outbox.
async fn put(tx: &mut Tx, n: i64, at: i64, marks: &[i64]) {
    let seq = crate::keep::place(at) + n % 1024;
    for text in
        ["delete from mark where seq = $1", "delete from telling where seq = $1", "delete from item where seq = $1"]
    {
        let old = format!("{text} or seq in (select seq from item where id = $2)");
        query(old).bind(seq).bind(format!("i{n}")).execute(tx).await.unwrap();
    }
    put_item(tx, seq, &format!("i{n}"), at).await;
    let telling = query("insert into telling (seq, matter, marks) values ($1, $2, $3)");
    telling.bind(seq).bind(format!("i{n}")).bind(json(&marks)).execute(tx).await.unwrap();
    for mark in marks {
        let row = query("insert into mark (mark, at, seq) values ($1, $2, $3)").bind(*mark).bind(at).bind(seq);
        row.execute(tx).await.unwrap();
    }
    query("update outbox set last = last + 1").execute(tx).await.unwrap();
    let change = query("insert into change (seq, what, subject, at) select last, 'new', $1, 0 from outbox");
    change.bind(format!("i{n}")).execute(tx).await.unwrap();
}

/// Asks both, and says whether memory had an answer.
async fn check(newest: &mut Newest, tx: &mut Tx, dice: &mut Dice) -> bool {
    newest.follow(tx).await.unwrap();
    let (marks, at) = (some_marks(dice), Moment::from_ms(10_000 + dice.roll(2_000)));
    let teller = Teller { at, marks: &marks };
    let places = index::look(tx, &teller, REACH).await.unwrap();
    let found = index::at(tx, places.clone()).await.unwrap();
    let said = |near: &Near| (near.id.clone(), near.hash, near.at);
    let indexed: Vec<_> = places.iter().map(|place| said(&found[place])).collect();
    let Some(held) = newest.near(&teller, REACH) else { return false };
    assert_eq!(held.iter().map(|near| said(near)).collect::<Vec<_>>(), indexed, "{teller:?}");
    // Nobody can join some of those that were found from now on.
    if dice.roll(4) == 0 {
        for text in ["delete from mark where", "update telling set marks = '[]' where"] {
            let close = format!("{text} {}", tx.dialect().in_list("seq", "$1"));
            query(close).bind(places.clone()).execute(tx).await.unwrap();
        }
        newest.pass_over(&places.into_iter().collect());
    }
    true
}

#[tokio::test]
async fn memory_and_index_find_the_same() {
    let store = Store::memory().await.unwrap();
    let mut tx = store.write().await.unwrap();
    put_up_one_shelf(&mut tx).await;
    let (mut newest, mut dice, mut held) = (Newest::holding(64), Dice(0x5eed), 0);
    for round in 0..600 {
        // Some are said anew, on another day.
        let n = if dice.roll(5) == 0 { dice.roll(round + 1) } else { round };
        let (at, marks) = (10_000 + dice.roll(1_000) + round, some_marks(&mut dice));
        put(&mut tx, n, at, &marks).await;
        if round == 400 {
            // What is no longer in the outbox cannot be followed.
            query("update outbox set pruned = last").execute(&mut tx).await.unwrap();
            newest.upto = Some(3);
        }
        held += i32::from(check(&mut newest, &mut tx, &mut dice).await);
        assert!(newest.by_id.len() <= 128 && newest.slots.len() <= 130, "{} are held", newest.by_id.len());
    }
    assert!((100..600).contains(&held), "{held} of 600 were asked for what is held");
    let marks: usize = newest.slots.iter().flatten().map(|slot| slot.marks.len()).sum();
    assert_eq!(
        marks,
        newest.marks.values().map(|bearers| bearers.list().len()).sum::<usize>(),
        "nothing is left of what was let go"
    );
}
