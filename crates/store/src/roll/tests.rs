//! That the list is in order whatever comes and goes, and goes on from any key in both directions; and that words which
//! are asked for stay known, whatever else is.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::list::{Entry, List, Order};
use super::load::story;
use super::words::PLACES;
use super::{EVERYWHERE, Roll};

fn entry(seq: i64) -> Entry {
    Entry::new(seq, [seq % 7, 0], 0, 0)
}

/// As a balanced tree would do it, which is slower and larger.
fn check(order: Order, steps: impl Iterator<Item = (i64, bool)>) {
    let (mut list, mut tree) = (List::new(order), BTreeMap::new());
    let mut last = 0;
    for (seq, comes) in steps {
        last = seq;
        let entry = entry(seq);
        let key = order.key(&entry);
        if comes && tree.insert(key, entry).is_none() {
            list.insert(entry);
        } else if !comes {
            assert_eq!(list.remove(key), tree.remove(&key));
        }
    }
    for seq in [i64::MIN, 0, 1, last - 1, last, last + 1, 5_000, i64::MAX] {
        let key = order.key(&entry(seq));
        assert_eq!(list.get(key), tree.get(&key), "{order:?} {seq}");
        let on: Vec<_> = list.from(key).collect();
        assert!(on.iter().copied().eq(tree.range(key..).map(|(_, entry)| entry)), "{order:?} from {seq}");
        let back: Vec<_> = list.below(key).collect();
        assert!(back.iter().copied().eq(tree.range(..key).rev().map(|(_, entry)| entry)), "{order:?} below {seq}");
    }
}

#[test]
fn entries_stay_in_order() {
    for order in [Order::Place, Order::Beginning] {
        check(order, std::iter::empty());
        check(order, (0..10_000).map(|seq| (seq, true)));
        check(order, (0..10_000).rev().map(|seq| (seq, true)));
        check(order, (0..10_000).map(|seq| (seq * 7_919 % 10_007, true)));
        // Full pieces, and what comes between them from behind.
        check(
            order,
            (0..4_096).map(|n| n * 10).chain((0..4_095).rev().map(|n| 20_470 + n % 10)).map(|seq| (seq, true)),
        );
        let gone = (0..10_000).map(|seq| (seq * 31 % 10_000, false));
        check(order, (0..10_000).map(|seq| (seq, true)).chain(gone.filter(|(seq, _)| seq % 3 > 0)));
        check(order, (0..5_000).map(|seq| (seq, true)).chain((0..5_000).map(|seq| (seq, false))));
    }
}

#[test]
fn words_that_are_asked_for_stay_known() {
    let roll = Roll { generation: Some(1), ..Roll::empty() };
    let ask = |words: &str, many: usize| {
        let found = roll.places(words, 1).map(|found| found.places);
        if found.is_none() {
            roll.remember_places(words, 1, &Arc::new((0..many as i64).collect()));
        }
        found.is_some_and(|places| places.len() == many)
    };
    assert!(!ask("verwaltung", PLACES / 2));
    for n in 0..40 {
        assert!(!ask(&format!("seltener {n}"), PLACES / 10), "{n}");
        assert!(ask("verwaltung", PLACES / 2), "{n}");
    }
    let held = roll.found().weight();
    assert!(held <= PLACES * size_of::<i64>(), "{held}");
    assert!(ask("seltener 39", PLACES / 10) && !ask("seltener 0", PLACES / 10));
    // What few have is soon asked again, and of more than all there is no room.
    for (words, many) in [("selten", EVERYWHERE - 1), ("alle", PLACES + 1)] {
        assert!(!ask(words, many) && !ask(words, many), "{words}");
    }
    assert!(roll.places("verwaltung", 2).is_none(), "of another generation");
}

#[test]
fn stories_are_read_whatever_their_names() {
    let mut text = "5 a b\nc 7 9 8\n2 ü - 3";
    let led = vec![(7, true), (8, false), (9, false)];
    assert_eq!(story(&mut text), Some(("a b\nc", led)));
    assert_eq!(story(&mut text), Some(("ü", vec![(3, false)])), "its lead is gone");
    assert_eq!(text, "");
    for other in ["", "x", "1 x", "9 x 1 2", "1 ü 1 2", "1 x 1", "1 x a 2", "1 x - a", "1 x -  2"] {
        assert_eq!(story(&mut &*other), None, "{other:?}");
    }
}

/// What is packed into an entry is what was told, from the first Kalends to a calendar without an end.
#[test]
fn an_entry_says_what_it_was_told() {
    let ends = [-62_135_596_800_000, -1, 0, 1, 1_795_000_000_123, 253_402_300_799_999];
    for (begins, ends) in ends.iter().zip(ends.iter().rev()) {
        for born in [0, 1, 16_383, 16_384, 1 << 20, (1 << 28) - 1] {
            let entry = Entry::new(7, [*begins, *ends], born, 9);
            assert_eq!((entry.begins(), entry.ends(), entry.born()), (*begins, *ends, born));
        }
    }
    let beyond = Entry::new(i64::MIN, [i64::MIN, i64::MAX], i64::MAX, u32::MAX);
    assert!(beyond.begins() < -62_135_596_800_000 && beyond.ends() > 253_402_300_799_999);
    assert_eq!((beyond.seq, beyond.born(), beyond.shelf, beyond.story()), (i64::MIN, (1 << 28) - 1, u32::MAX, None));
}
