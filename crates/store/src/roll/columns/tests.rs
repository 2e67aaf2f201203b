//! That bits are those of the entries, and that a period holds what it should at its edges.

use super::super::list::{Entry, List, Order};
use super::{Bits, Columns};
use crate::roll::list::EVENT;
use crate::shelf::{Label, Shelves};

fn shelves() -> Shelves {
    let mut shelves = Shelves::default();
    let label = |event, states: &str, topics: &str| Label {
        event,
        source: if event { "termine" } else { "presse" }.to_owned(),
        states: states.to_owned(),
        topics: topics.to_owned(),
    };
    shelves.add(1, &label(false, "BW,HH", "ozg"));
    shelves.add(2, &label(true, "", "ki,ozg"));
    shelves
}

fn places(bits: &Bits) -> Vec<usize> {
    let mut places = Vec::new();
    bits.each(|at| places.push(at));
    places
}

/// Every third is an event of one hour, a day ahead.
fn entries(many: i64) -> Vec<Entry> {
    let entry = |n: i64| match n % 3 {
        0 => Entry { seq: n, begins: n + 1_000, ends: n + 1_100, born: 1, shelf: 1, told: EVENT | 1 },
        _ => Entry { seq: n, begins: n, ends: n, born: 1, shelf: 0, told: 0 },
    };
    (0..many).map(entry).collect()
}

#[test]
fn bits_stand_where_they_were_set() {
    for many in [0, 1, 63, 64, 65, 2_047, 2_048] {
        let bits = Bits::first(many);
        assert_eq!((bits.count() as usize, bits.is_none()), (many, many == 0));
        assert!(places(&bits).into_iter().eq(0..many), "{many}");
    }
    let mut some = Bits::NONE;
    [5, 64, 2_047].into_iter().for_each(|at| some.set(at));
    assert_eq!(places(&some), [5, 64, 2_047]);
    assert_eq!(places(&some.and(&Bits::first(64))), [5]);
    assert_eq!(places(&some.without(&Bits::first(64))), [64, 2_047]);
    assert_eq!(some.or(&Bits::first(2)).count(), 5);
}

#[test]
fn columns_say_what_shelves_say() {
    let (entries, shelves) = (entries(1_000), shelves());
    let columns = Columns::of(&entries, &shelves);
    let (events, news): (Vec<_>, Vec<_>) = (0..1_000).partition(|at| at % 3 == 0);
    assert_eq!([&columns.events, &columns.told].map(places), [events.clone(), events.clone()]);
    assert_eq!(places(&columns.of_kind(model::Kind::News)), news);
    assert_eq!(places(&columns.states[model::State::Hh as usize]), news);
    let topics: Vec<_> = columns.topics.iter().map(places).collect();
    assert_eq!(topics, [(0..1_000).collect(), events]);
    assert_eq!(columns.sources.iter().filter(|source| **source == 1).count(), 334);
}

#[test]
fn a_period_holds_what_has_not_ended_and_has_begun() {
    let (entries, shelves) = (entries(600), shelves());
    let columns = Columns::of(&entries, &shelves);
    for since in
        [None, Some(-1), Some(0), Some(1), Some(300), Some(599), Some(600), Some(1_100), Some(1_700), Some(9_999)]
    {
        for until in [None, Some(-1), Some(0), Some(1), Some(300), Some(600), Some(1_000), Some(1_001), Some(9_999)] {
            let within = |entry: &Entry| {
                since.is_none_or(|since| entry.ends >= since) && until.is_none_or(|until| entry.begins < until)
            };
            let should: Vec<usize> = (0..entries.len()).filter(|at| within(&entries[*at])).collect();
            assert_eq!(places(&columns.within(&entries, since, until)), should, "{since:?} {until:?}");
        }
    }
}

#[test]
fn a_piece_that_changes_is_looked_at_anew() {
    let (mut list, shelves) = (List::new(Order::Place), shelves());
    entries(10).into_iter().for_each(|entry| list.insert(entry));
    let events = |list: &List| list.pieces()[0].columns(&shelves).events.count();
    assert_eq!(events(&list), 4);
    list.remove((3, 0));
    assert_eq!(events(&list), 3);
    list.insert(Entry { seq: 11, begins: 0, ends: 0, born: 1, shelf: 1, told: EVENT });
    assert_eq!(events(&list), 4);
}
