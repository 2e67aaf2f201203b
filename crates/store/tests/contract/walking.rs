//! Paging as a property: whatever list is walked through in whatever steps, while whatever arrives, is said anew or is
//! taken away, nothing that was there from beginning to end is left out, and nothing comes twice.

use std::collections::BTreeSet;

use model::{Change, Judged, Page, Sort};
use store::Store;

use crate::hand::*;

/// Numbers that look like chance and are the same each time (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len() as u64) as usize]
    }
}

const STATES: [&str; 5] = ["HH", "SH BY", "BUND", "HH BUND", ""];
const TOPICS: [&str; 4] = ["noots", "ozg noots", "cdo", ""];
const SOURCES: [&str; 3] = ["nord", "sued", "bund"];

/// News or an event with any labels, of few moments, so that many share one; it may tell what another told.
fn any(dice: &mut Dice, id: &str, known: &[String]) -> Judged {
    let judged = match dice.roll(4) {
        0 => event(id, &format!("2026-05-{:02}", 5 + dice.roll(9)), None),
        _ => news(id, dice.roll(12) as i64 * HOUR),
    };
    let judged = judged.about(dice.one(&STATES), dice.one(&TOPICS)).terms(dice.one(&["register amt", "amt", "akte"]));
    match known.len() as u64 {
        0 => judged,
        many if dice.roll(4) == 0 => judged.told_with(&known[dice.roll(many) as usize]),
        _ => judged,
    }
}

async fn page(store: &Store, asked: &str, q: &str, cursor: Option<String>) -> Page {
    let mut query = query(asked);
    query.q = (!q.is_empty()).then(|| q.to_owned());
    query.cursor = cursor;
    store.find(&query, &words(q), now()).await.unwrap()
}

/// Something happens: items arrive, one says something else at the same moment, one is taken away for good.
async fn happen(store: &Store, dice: &mut Dice, known: &mut Vec<String>, may_go: bool) -> Option<String> {
    for _ in 0..dice.roll(4) {
        let id = format!("n{:03}", known.len());
        let judged = any(dice, &id, known);
        new(store, dice.one(&SOURCES), [judged]).await;
        known.push(id);
    }
    let some = known[dice.roll(known.len() as u64) as usize].clone();
    let item = store.item(&some).await.unwrap()?;
    match dice.roll(3) {
        0 => {
            let source = item.source.id.clone();
            let said = Judged {
                hash: 1_000 + dice.roll(1_000_000) as i64,
                item: model::Item { title: format!("Neuer Titel von {some}"), ..item },
                terms: "register amt akte".to_owned(),
                marks: Vec::new(),
                evidence: String::new(),
                relevant: true,
            };
            keep(store, &source, &batch([Change::Changed(said)])).await;
            None
        }
        1 if may_go => {
            store.hide(&some, None, now()).await.unwrap();
            Some(some)
        }
        _ => None,
    }
}

async fn walk(seed: u64) {
    let mut dice = Dice(seed);
    let store = store().await;
    let mut known = Vec::new();
    for source in SOURCES {
        let mut items = Vec::new();
        for _ in 0..5 + dice.roll(25) {
            let id = format!("a{:03}", known.len());
            items.push(any(&mut dice, &id, &known));
            known.push(id);
        }
        new(&store, source, items).await;
    }
    let stories = dice.roll(2) == 0;
    let filter =
        dice.one(&["", "&state=HH", "&topic=noots", "&kind=news", "&kind=event", "&since=8h", "&source=nord,sued"]);
    let (sort, limit) = (dice.one(&["", "&sort=newest", "&sort=soonest"]), 1 + dice.roll(9));
    let asked = format!("stories={}{filter}{sort}", u8::from(stories));
    let q = dice.one(&["", "", "amt", "-akte"]);
    let about = format!("seed {seed}: {asked}&limit={limit} {q}");
    assert_ne!(query(&asked).order(), Sort::Relevance);

    let whole = page(&store, &format!("{asked}&limit=200"), q, None).await;
    let whole: Vec<String> = whole.items.into_iter().map(|item| item.id).collect();
    let (mut seen, mut gone, mut cursor) = (Vec::new(), BTreeSet::new(), None);
    loop {
        let page = page(&store, &format!("{asked}&limit={limit}"), q, cursor).await;
        assert!(page.items.len() as u64 <= limit, "{about}");
        seen.extend(page.items.into_iter().map(|item| item.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
        assert!(seen.len() <= whole.len(), "{about}: it has no end");
        // Where one stands for its story, another that was there before takes the place of one that goes; and words
        // that are said anew may be words that were asked for.
        let may_go = !stories && q.is_empty();
        gone.extend(happen(&store, &mut dice, &mut known, may_go).await);
    }
    let expected: Vec<&String> = whole.iter().filter(|id| !gone.contains(*id) || seen.contains(id)).collect();
    if q.is_empty() {
        assert_eq!(seen.iter().collect::<Vec<_>>(), expected, "{about}");
    } else {
        let once: BTreeSet<_> = seen.iter().collect();
        assert_eq!(once.len(), seen.len(), "{about}: nothing comes twice");
    }
}

#[tokio::test]
async fn whatever_happens_a_list_is_walked_through_once_and_whole() {
    for seed in 0..60 {
        walk(seed).await;
    }
}
