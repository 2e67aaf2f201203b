//! What an item costs in memory, where many sources bring some dozens each: the same in every run, since it is counted
//! from what was asked for.

use crate::roll::{Entry, Fresh, Roll, Touched};
use crate::shelf::Label;

const ITEMS: i64 = 40_000;
/// Of eight hundred sources each has some twenty shelves.
const SHELVES: i64 = 16_000;
/// Bytes for each item, its share of all that is made of many included.
const MOST: usize = 96;

fn shelf(number: i64) -> Label {
    let topic = |n: i64| ["ki", "ozg", "cloud", "noots", "recht"][n as usize % 5];
    Label {
        event: number % 12 == 0,
        source: format!("quelle-{}", number % 800),
        states: ["HH", "BY", "BUND", ""][number as usize / 800 % 4].to_owned(),
        topics: format!("{},{}", topic(number), topic(number / 5 + 1)),
    }
}

#[test]
fn an_item_takes_less_than_a_hundred_bytes() {
    let mut roll = Roll::empty();
    (0..SHELVES).for_each(|number| roll.shelves.add(number + 1, &shelf(number)));
    let all: Vec<i64> = (0..ITEMS).collect();
    for some in all.chunks(4_000) {
        let touched = some.iter().map(|n| {
            let seq = n << 30;
            let shelf = (n * 7_919 % SHELVES) as u32;
            let entry = Entry::new(seq, [*n, *n], 1, shelf);
            // A fifth of them tell in twos and threes.
            let story = (n % 10 < 2).then(|| format!("{:016x}", n / 15));
            Touched { seq, now: Some(Fresh { entry, story, leads: n % 10 == 0 }) }
        });
        roll.change(touched.collect());
    }
    roll.all.pieces().iter().for_each(|piece| _ = piece.columns(&roll.shelves, &roll.stories));
    let weights = roll.weights();
    let each = weights.iter().map(|(_, bytes)| bytes).sum::<usize>() / ITEMS as usize;
    assert!((48..=MOST).contains(&each), "{each} bytes for each item: {weights:?}");
}
