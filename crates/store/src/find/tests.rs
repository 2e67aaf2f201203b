//! What the contract cannot see: that a page's rows are read by their keys alone, and that counting by bits is
//! counting.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::{Facets, Moment, Phrase, Query, Words};

use super::question::{Asked, Matched};
use super::{open, sift, want};
use crate::Store;
use crate::dialect::Sqlite;
use crate::roll::{Entry, Everywhere, Fresh, Roll, Shared, Touched};
use crate::shelf::{Choice, KIND, Label, SOURCE, STATE, TOPIC};

#[tokio::test]
async fn rows_are_read_by_their_keys() {
    let store = Store::memory().await.unwrap();
    let mut tx = store.read().await.unwrap();
    let statement = super::rows::statement(&tx, &[1, 2, 3]);
    let rows = statement.explained("explain query plan ").fetch_all(&mut tx).await.unwrap();
    let plan: Vec<String> = rows.iter().map(|row| row.try_get(3).unwrap()).collect();
    assert!(plan.iter().all(|step| !step.starts_with("SCAN ") || step.contains("json_each")), "{plan:?}");
    assert!(plan.contains(&"SEARCH i USING INTEGER PRIMARY KEY (rowid=?)".to_owned()), "{plan:?}");
}

/// A made-up number below another, the same in each run.
fn roll_dice(n: i64, salt: u64, below: u64) -> u64 {
    let mixed = (n as u64 ^ salt.wrapping_mul(0xd134_2543_de82_ef95)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 29)) % below
}

/// Five thousand entries on sixty shelves, a third of them in stories, some of which a dozen tell.
fn fill(roll: &mut Roll) {
    // More topics than one word has bits.
    roll.shelves.topics.number("ki");
    (0..60).for_each(|n| _ = roll.shelves.topics.number(&format!("thema-{n}")));
    for id in 0..60 {
        let some = |names: &[&str], salt| {
            let chosen = names.iter().enumerate().filter(|(at, _)| roll_dice(id, salt + *at as u64, 4) == 0);
            chosen.map(|(_, name)| *name).collect::<Vec<_>>().join(",")
        };
        let label = Label {
            event: id % 5 == 0,
            source: format!("quelle-{}", id % 7),
            states: some(&["BW", "BY", "HH", "NW", "BUND"], 10),
            topics: some(&["ki", "ozg", "cloud", "noots"], 20),
        };
        roll.shelves.add(id + 1, &label);
    }
    let touched = (0..5_000).map(|n| {
        let begins = if roll_dice(n, 1, 3) == 0 { n * 10 + roll_dice(n, 2, 20_000) as i64 } else { n * 10 };
        let shelf = roll_dice(n, 3, 60) as u32;
        let entry = Entry::new(n * 10, [begins, begins + roll_dice(n, 4, 50) as i64], 1, shelf);
        let story = (roll_dice(n, 5, 3) == 0).then(|| format!("s{}", n / 40 * 40 + roll_dice(n, 6, 4) as i64));
        Touched { seq: entry.seq, now: Some(Fresh { entry, leads: n % 40 == 0, story }) }
    });
    roll.change(touched.collect());
}

/// The same as the roll counts, one entry after the other.
fn counted(roll: &Roll, asked: &Asked<'_>, choice: &Choice, matched: &Matched) -> (u64, u64, Facets) {
    let mut told: [BTreeMap<String, BTreeSet<i64>>; 6] = Default::default();
    let mut items = 0;
    let among = |list: &Option<Arc<Vec<i64>>>, seq: i64| list.as_ref().map(|list| list.binary_search(&seq).is_ok());
    for entry in roll.all.from((i64::MIN, 0)).filter(|entry| asked.is_within(entry)) {
        if among(&matched.must, entry.seq) == Some(false) || among(&matched.not, entry.seq) == Some(true) {
            continue;
        }
        let shelf = &roll.shelves.at(entry.shelf);
        let id = entry.story().filter(|_| asked.stories).map_or(-entry.seq - 1, |story| story as i64);
        let fails = choice.fails(shelf);
        let mut see = |facet: usize, part: u8, name: String| {
            if fails & !part == 0 {
                told[facet].entry(name).or_default().insert(id);
            }
        };
        items += u64::from(fails == 0);
        see(4, 0, String::new());
        let states = model::State::ALL.into_iter().filter(|state| shelf.states & 1 << *state as u32 != 0);
        states.for_each(|state| see(0, STATE, state.code().to_owned()));
        shelf.topics.iter().for_each(|topic| see(1, TOPIC, roll.shelves.topics.name(*topic as usize).to_owned()));
        see(2, SOURCE, roll.shelves.sources.name(shelf.source as usize).to_owned());
        see(3, KIND, shelf.kind.word().to_owned());
    }
    let [state, topic, source, kind, total, _] = told.map(|facet| {
        facet.into_iter().map(|(name, told)| (name, told.len() as u64)).collect::<BTreeMap<String, u64>>()
    });
    (items, total.get("").copied().unwrap_or_default(), Facets { state, topic, source, kind })
}

fn check(roll: &Roll, pairs: &str, matched: &Matched) {
    let query = Query::from_pairs(pairs.split('&').filter_map(|pair| pair.split_once('='))).unwrap();
    // Places that are remembered are as those of a word, by which they are known.
    let known = |places: &Option<Arc<Vec<i64>>>| places.as_ref().map(|places| format!("wort{}", places.len()));
    let phrase = |word: String| Phrase { terms: vec![word], open: false };
    let words = Words {
        must: known(&matched.must).into_iter().map(|word| vec![vec![phrase(word)]]).collect(),
        not: known(&matched.not).into_iter().map(phrase).collect(),
        better: Vec::new(),
    };
    let mut asked = Asked::new(&Sqlite, &query, &words, Moment::from_ms(0)).unwrap();
    // Moments of this roll are small numbers.
    let bound =
        |name: &str| pairs.split('&').find_map(|pair| pair.strip_prefix(name)).map(|at| at.parse::<i64>().unwrap());
    (asked.since, asked.until) = (bound("#since:"), bound("#until:"));
    let choice = roll.shelves.choice(&query);
    let (items, total, facets) = counted(roll, &asked, &choice, matched);
    let sifted = sift::sift(roll, &asked, &choice, matched);
    assert_eq!((sifted.tally.items, sifted.tally.total), (items, total), "{pairs}");
    assert_eq!(sifted.tally.facets(&roll.shelves), facets, "{pairs}");
    let want = want::Want::asked(roll, &choice, &asked, matched);
    let pieces = || (0..).zip(roll.all.pieces());
    let hits: Vec<u32> = pieces().filter(|piece| !want.of(*piece).is_empty()).map(|(number, _)| number).collect();
    assert_eq!(*sifted.hits, *hits, "{pairs}");
    let wanted: Vec<&Entry> = pieces().flat_map(|piece| want.of(piece)).collect();
    assert!(wanted.len() as u64 == items && wanted.is_sorted_by_key(|entry| entry.seq), "{pairs}");
    if asked.is_open() && matched.must.is_none() && matched.not.is_none() {
        let open = open::count(roll, &choice, asked.stories);
        assert_eq!((open.items, open.total, open.facets(&roll.shelves)), (items, total, facets), "{pairs}");
    }
}

/// All sorts of questions, or every so many-th of them from one on.
fn check_all(roll: &Roll, from: usize, every: usize) {
    let some = |step: usize| Some(Arc::new((0..100_000).step_by(step).collect::<Vec<i64>>()));
    let words = [
        Matched::default(),
        Matched { must: some(30), ..Matched::default() },
        Matched { must: some(10), not: some(70), ..Matched::default() },
        Matched { must: some(9_170), ..Matched::default() },
        // Few enough to be looked up one by one.
        Matched { must: some(250), not: some(70), ..Matched::default() },
        Matched { not: some(20), ..Matched::default() },
    ];
    let choices = [
        "",
        "state=HH",
        "state=HH,BUND&topic=ki",
        "topic=ozg,cloud&kind=event",
        "source=quelle-3",
        "source=quelle-5,quelle-3,quelle-5&state=HH",
        "kind=news",
        "state=BY&topic=noots&source=quelle-1,quelle-2&kind=news",
        "source=niemand",
        "state=TH",
    ];
    let periods = ["", "&#since:20000", "&#until:30005", "&#since:10000&#until:40000", "&#since:999999"];
    let mut questions = Vec::new();
    for matched in &words {
        for choice in choices {
            for period in periods {
                questions.extend(
                    ["stories=0&", "stories=1&"].map(|stories| (format!("{stories}{choice}{period}"), matched)),
                );
            }
        }
    }
    questions.iter().skip(from).step_by(every).for_each(|(pairs, matched)| check(roll, pairs, matched));
}

#[test]
fn counting_by_bits_is_counting() {
    let shared = Shared::default();
    let mut roll = shared.write();
    fill(&mut roll);
    assert!(roll.all.pieces().len() > 2);
    check_all(&roll, 0, 1);
}

/// Stories are told in other pieces than before, and no longer there: whatever was counted until then is counted anew.
#[test]
fn counting_goes_on_when_stories_change() {
    let shared = Shared::default();
    let mut roll = shared.write();
    fill(&mut roll);
    for round in 0..6 {
        check_all(&roll, round as usize, 17);
        let touched = (0..40).map(|n| {
            let seq = roll_dice(n, 100 + round, 5_500) as i64 * 10;
            let entry = Entry::new(seq, [seq, seq], 2, roll_dice(n, 7, 60) as u32);
            let story = format!("s{}", roll_dice(n, 200 + round, 30) as i64 * 160);
            let now = (round % 3 < 2 || n % 2 == 0).then_some(Fresh { entry, story: Some(story), leads: false });
            Touched { seq, now }
        });
        let touched: Vec<Touched> = touched.collect();
        roll.change(touched);
    }
    check_all(&roll, 0, 17);
}

/// A piece that did not change counts a story by bits as long as nobody tells it elsewhere, and then again.
#[test]
fn counting_goes_on_when_a_story_is_told_elsewhere() {
    let shared = Shared::default();
    let mut roll = shared.write();
    fill(&mut roll);
    for number in 0..8 {
        check_all(&roll, number, 41);
        let seq = 60_000 + number as i64;
        let entry = Entry::new(seq, [seq, seq], 2, 7);
        let fresh = Fresh { entry, story: Some(format!("s{}", number * 120)), leads: false };
        roll.change(vec![Touched { seq, now: Some(fresh) }]);
    }
    for number in 0..8 {
        check_all(&roll, number, 41);
        roll.change(vec![Touched { seq: 60_000 + number as i64, now: None }]);
    }
    check_all(&roll, 0, 17);
}

/// Who asks for the same word with another filter does not seek its places again, until something changes.
#[test]
fn places_of_a_word_that_is_everywhere_are_sought_once() {
    let shared = Shared::default();
    let mut roll = shared.write();
    fill(&mut roll);
    let many: Vec<i64> = (0..50_000).step_by(20).collect();
    let first = roll.everywhere("amt", &many).unwrap();
    assert!(Arc::ptr_eq(&first, &roll.everywhere("amt", &many).unwrap()));
    let of = |first: &Everywhere| (0..3).map(|piece| first.of_piece(piece).count()).sum::<u32>();
    assert_eq!((of(&first), of(&roll.everywhere("selten", &many[7..]).unwrap())), (2_500, 2_493));
    assert!(roll.everywhere("sehr selten", &many[..50]).is_none(), "too few to be worth it");
    roll.change(vec![Touched { seq: 20, now: None }]);
    assert_eq!(of(&roll.everywhere("amt", &many).unwrap()), 2_499);
}
