//! That bits are those of the entries, that a period holds what it should at its edges, and that stories are counted
//! once whoever tells them.

use std::collections::BTreeSet;

use model::{Kind, State};

use super::super::list::{EVENT, Entry, List, Order};
use super::super::stories::Stories;
use super::{Bits, Columns, Whole};
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

/// The numbers of those that stand somewhere.
fn numbers(columns: &Columns, bits: &Bits) -> Vec<usize> {
    let mut numbers = Vec::new();
    columns.numbers(bits, |number| numbers.push(number));
    numbers
}

/// On the second shelf.
fn event(seq: i64, span: [i64; 2]) -> Entry {
    let mut event = Entry::new(seq, span, 1, 1);
    event.told = EVENT;
    event
}

/// Every third is an event of one hour, a day ahead.
fn entries(many: i64) -> Vec<Entry> {
    let entry = |n: i64| match n % 3 {
        0 => event(n, [n + 1_000, n + 1_100]),
        _ => Entry::new(n, [n, n], 1, 0),
    };
    (0..many).map(entry).collect()
}

/// Lets some of them tell a story.
fn tell(entries: &mut [Entry], stories: &mut Stories, seqs: &[i64]) {
    let number = stories.number(&format!("{seqs:?}"));
    for seq in seqs {
        stories.join(number, *seq);
        if let Ok(at) = entries.binary_search_by_key(seq, |entry| entry.seq) {
            entries[at].told |= number as u32 + 1;
        }
    }
}

#[test]
fn columns_say_what_shelves_say() {
    let (mut entries, shelves, mut stories) = (entries(1_000), shelves(), Stories::default());
    [&[7, 8][..], &[9, 500, 999], &[1, 2, 3, 4, 5, 6], &[20, 5_000]]
        .into_iter()
        .for_each(|told| tell(&mut entries, &mut stories, told));
    let columns = Columns::of(&entries, &shelves, &stories);
    let (events, news): (Vec<_>, Vec<_>) = (0..1_000).partition(|at| at % 3 == 0);
    let numbers = |bits: &Bits| numbers(&columns, bits);
    assert_eq!(numbers(&columns.all), (0..1_000).collect::<Vec<_>>());
    assert_eq!(numbers(columns.of_kind(Kind::Event)), events);
    assert_eq!(numbers(columns.of_kind(Kind::News)), news);
    let mut room = Bits::NONE;
    assert_eq!(numbers(columns.of_states(1 << State::Hh as u32 | 1 << State::Bw as u32, &mut room)), news);
    assert_eq!(numbers(columns.of_topics(&[1, 7], &mut room)), events);
    assert_eq!(numbers(columns.of_sources(&[1, 9], &mut room)), events);
    assert_eq!(numbers(columns.of_sources(&[0, 1], &mut room)).len(), 1_000);
    assert!(numbers(columns.of_sources(&[], &mut room)).is_empty());
    let mut list = List::new(Order::Place);
    entries.iter().for_each(|entry| list.insert(*entry));
    let at = |seqs: &[i64]| numbers(&columns.at(&list.pieces()[0], seqs));
    assert_eq!(at(&[-7, 3, 999, 1_000]), [3, 999]);
    assert!(at(&[]).is_empty());
    // From few that have a word to all but few, with some who stand elsewhere.
    for left_out in 1..50 {
        for has in [true, false] {
            let is = |seq: &i64| (seq % left_out == 0) == has;
            let seqs: Vec<i64> = (-10..2_000).filter(is).collect();
            let should: Vec<usize> = (0..1_000).filter(|number| is(&(*number as i64))).collect();
            assert_eq!(at(&seqs), should, "{left_out} {has}");
        }
    }
}

#[test]
fn a_period_holds_what_has_not_ended_and_has_begun() {
    let (entries, shelves) = (entries(600), shelves());
    let columns = Columns::of(&entries, &shelves, &Stories::default());
    for since in
        [None, Some(-1), Some(0), Some(1), Some(300), Some(599), Some(600), Some(1_100), Some(1_700), Some(9_999)]
    {
        for until in [None, Some(-1), Some(0), Some(1), Some(300), Some(600), Some(1_000), Some(1_001), Some(9_999)] {
            let within = |entry: &Entry| {
                since.is_none_or(|since| entry.ends() >= since) && until.is_none_or(|until| entry.begins() < until)
            };
            let should: Vec<usize> = (0..entries.len()).filter(|at| within(&entries[*at])).collect();
            let (bits, whole) = columns.within(&entries, since, until);
            assert_eq!(numbers(&columns, &bits), should, "{since:?} {until:?}");
            match whole {
                Some(Whole::All) => assert_eq!(bits, columns.all),
                Some(Whole::Of(kind)) => assert_eq!(bits, *columns.of_kind(kind)),
                None => {}
            }
        }
    }
    let whole = |since, until| columns.within(&entries, since, until).1;
    assert_eq!(whole(Some(0), None), Some(Whole::All));
    assert_eq!(whole(Some(700), None), Some(Whole::Of(Kind::Event)));
    assert_eq!(whole(None, Some(1_000)), Some(Whole::Of(Kind::News)));
    assert_eq!(whole(Some(300), None), None);
}

#[test]
fn a_story_counts_once_whoever_tells_it() {
    let (mut entries, shelves, mut stories) = (entries(2_048), shelves(), Stories::default());
    let mut told: Vec<Vec<i64>> = vec![vec![30, 31], vec![33, 36, 39], vec![40, 41, 42, 43], vec![2_000, 2_047]];
    told.extend((100..1_000).step_by(3).map(|n| vec![n, n + 1]));
    told.iter().for_each(|told| tell(&mut entries, &mut stories, told));
    // Told by too many, and elsewhere as well: those are not counted here.
    let loose = [vec![0, 1, 2, 3, 4], vec![50, 3_000]];
    loose.iter().for_each(|told| tell(&mut entries, &mut stories, told));
    let columns = Columns::of(&entries, &shelves, &stories);
    let mut list = List::new(Order::Place);
    entries.iter().for_each(|entry| list.insert(*entry));
    let id =
        |number: &usize| told.iter().position(|told| told.contains(&(*number as i64))).map_or(*number, |at| at + 9_999);
    let distinct = |numbers: &[usize]| numbers.iter().map(id).collect::<BTreeSet<_>>().len() as u32;
    for step in [1, 2, 3, 5, 7, 100, 999] {
        let mut bits = columns.at(&list.pieces()[0], &(0..2_048).step_by(step).collect::<Vec<i64>>());
        assert_eq!(columns.count(&bits, false), bits.count());
        columns.only_close(&mut bits);
        let there = numbers(&columns, &bits);
        assert!(there.iter().all(|number| !loose.concat().contains(&(*number as i64))), "{step}");
        assert_eq!(columns.count(&bits, true), distinct(&there), "{step}");
        let (events, news): (Vec<_>, Vec<_>) = there.iter().partition(|number| **number % 3 == 0);
        let mut counted = [[0; 2]; 3];
        columns.add_kinds(&bits, true, |which, n| counted[0][which] += n);
        columns.add_sources(&bits, true, |which, n| counted[1][which] += n);
        columns.add_states(&bits, true, |which, n| counted[2][usize::from(which != State::Hh as usize)] += n);
        let [news, events] = [news, events].map(|some| distinct(&some));
        // News are of the states BW and HH.
        assert_eq!(counted, [[news, events], [news, events], [news, news]], "{step}");
    }
}

#[test]
fn a_piece_that_changes_is_looked_at_anew() {
    let (mut list, shelves, stories) = (List::new(Order::Place), shelves(), Stories::default());
    entries(10).into_iter().for_each(|entry| list.insert(entry));
    let events = |list: &List| list.pieces()[0].columns(&shelves, &stories).of_kind(Kind::Event).count();
    assert_eq!(events(&list), 4);
    list.remove((3, 0));
    assert_eq!(events(&list), 3);
    list.insert(event(11, [0, 0]));
    assert_eq!(events(&list), 4);
}
