//! The project's own labelled set, `testdata/labelled.txt`: precision and recall per label, with floors that only rise.
//!
//! `cargo xtask eval` shows the table, how far the fifths of the set lie apart, and the items that went wrong;
//! `cargo xtask eval FOLDER` does so for the `items.jsonl` of a folder as well.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::THRESHOLD;
use crate::testing::labelled_elsewhere;
use set::{Item, Wanted};

mod set;

/// What the set has reached. A change that falls below has to say why; one that rises above raises them.
const FLOORS: Floors = Floors { relevance: 0.98, states: 0.98, topics: 0.97, macro_topics: 0.965, kind: 0.95 };

/// Given beside others, and scored only where the set asks for them.
const BESIDE: [&str; 4] = ["strategie", "ethik", "legal-tech", "messung"];

/// Into how many parts a set is cut to see how far they lie apart.
const PARTS: u8 = 5;

struct Floors {
    relevance: f64,
    states: f64,
    topics: f64,
    macro_topics: f64,
    kind: f64,
}

#[derive(Clone, Copy, Default)]
struct Count {
    hits: u32,
    wrong: u32,
    missed: u32,
}

impl Count {
    fn precision(self) -> f64 {
        share(self.hits, self.hits + self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.hits, self.hits + self.missed)
    }

    fn f1(self) -> f64 {
        share(2 * self.hits, 2 * self.hits + self.wrong + self.missed)
    }
}

fn share(part: u32, all: u32) -> f64 {
    if all == 0 { 1.0 } else { f64::from(part) / f64::from(all) }
}

/// How well a set was judged.
#[derive(Default)]
struct Scores {
    relevance: Count,
    states: BTreeMap<String, Count>,
    topics: BTreeMap<String, Count>,
    /// Items of the right kind; none is missed without another being wrong.
    kinds: BTreeMap<String, Count>,
    /// What went wrong, by item.
    errors: Vec<String>,
}

impl Scores {
    /// Topics that are not `named` are not scored: one that somebody adds is no error of items labelled before.
    fn of<'a>(items: impl IntoIterator<Item = &'a Item>, named: &BTreeSet<String>) -> Self {
        let mut scores = Scores::default();
        items.into_iter().for_each(|item| scores.add(item, named));
        scores
    }

    fn add(&mut self, item: &Item, named: &BTreeSet<String>) {
        let judged = item.judge();
        let kept = judged.relevance >= THRESHOLD;
        let mut wrong = Vec::new();
        let relevant = Wanted { must: labels(item.relevant, ["relevant"]), ..Wanted::default() };
        let mut relevance = BTreeMap::from([("relevant".to_owned(), self.relevance)]);
        if compare(&relevant, &labels(kept, ["relevant"]), &mut relevance).is_some() {
            wrong.push(format!("relevance {:.2}", judged.relevance));
        }
        self.relevance = relevance["relevant"];
        let kind = judged.genre.word().to_owned();
        let right = if item.kinds.contains(&kind) { &kind } else { &item.kinds[0] };
        let of_kind = Wanted { must: BTreeSet::from([right.clone()]), ..Wanted::default() };
        wrong.extend(compare(&of_kind, &BTreeSet::from([kind]), &mut self.kinds));
        // Of an irrelevant item that is kept every label is a false alarm, of a relevant one that is not each is missed.
        let nothing = Wanted::default();
        let wanted = |wanted| if item.relevant { wanted } else { &nothing };
        let states = labels(kept, judged.states.iter().map(|state| state.code()));
        wrong.extend(compare(wanted(&item.states), &states, &mut self.states));
        let scored = |slug: &&str| item.topics.must.contains(*slug) || named.contains(*slug) && !BESIDE.contains(slug);
        let topics = labels(kept, judged.topics.iter().map(String::as_str).filter(scored));
        wrong.extend(compare(wanted(&item.topics), &topics, &mut self.topics));
        if !wrong.is_empty() {
            self.errors.push(format!("{}: {} | {}", item.name, item.title, wrong.join("; ")));
        }
    }

    /// Relevance, states, topics, kind.
    fn main(&self) -> [f64; 4] {
        [self.relevance.f1(), total(&self.states).f1(), total(&self.topics).f1(), total(&self.kinds).f1()]
    }
}

fn labels<'a>(given: bool, all: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    all.into_iter().filter(|_| given).map(str::to_owned).collect()
}

/// Counts one item's labels, and says what was wrong.
fn compare(wanted: &Wanted, got: &BTreeSet<String>, counts: &mut BTreeMap<String, Count>) -> Option<String> {
    let missed: Vec<&String> = wanted.must.difference(got).collect();
    let wrong: Vec<&String> = got.difference(&wanted.must).filter(|label| !wanted.may.contains(*label)).collect();
    for label in wanted.must.intersection(got) {
        counts.entry(label.clone()).or_default().hits += 1;
    }
    missed.iter().for_each(|label| counts.entry((*label).clone()).or_default().missed += 1);
    wrong.iter().for_each(|label| counts.entry((*label).clone()).or_default().wrong += 1);
    (!missed.is_empty() || !wrong.is_empty()).then(|| format!("missing {missed:?}, too many {wrong:?}"))
}

fn total(counts: &BTreeMap<String, Count>) -> Count {
    counts.values().fold(Count::default(), |all, one| Count {
        hits: all.hits + one.hits,
        wrong: all.wrong + one.wrong,
        missed: all.missed + one.missed,
    })
}

/// The mean over labels that stand in the set three times or more.
fn mean(counts: &BTreeMap<String, Count>) -> f64 {
    let often: Vec<f64> = counts.values().filter(|count| count.hits + count.missed >= 3).map(|c| c.f1()).collect();
    if often.is_empty() { 1.0 } else { often.iter().sum::<f64>() / often.len() as f64 }
}

/// Scores a set and prints what there is to see.
fn report(name: &str, items: &[Item]) -> Scores {
    let named = named(items);
    let scores = Scores::of(items, &named);
    eprintln!("\n{name}: {} items, {} with an error", items.len(), scores.errors.len());
    scores.errors.iter().for_each(|error| eprintln!("  {error}"));
    let relevance = BTreeMap::from([("relevant".to_owned(), scores.relevance)]);
    for (what, counts) in
        [("relevance", &relevance), ("states", &scores.states), ("topics", &scores.topics), ("kinds", &scores.kinds)]
    {
        eprintln!("{what:<26}    P    R   F1  right wrong missed");
        let all = [("all", total(counts))];
        for (label, count) in counts.iter().map(|(label, count)| (label.as_str(), *count)).chain(all) {
            eprintln!(
                "  {label:<24} {:>4.2} {:>4.2} {:>4.2}  {:>5} {:>5} {:>6}",
                count.precision(),
                count.recall(),
                count.f1(),
                count.hits,
                count.wrong,
                count.missed
            );
        }
    }
    let of_part = |at| Scores::of(items.iter().filter(|item| part(item) == at), &named).main();
    let parts: Vec<[f64; 4]> = (0..PARTS).map(of_part).collect();
    for (at, what) in ["relevance", "states", "topics", "kind"].into_iter().enumerate() {
        let (least, most) = parts.iter().fold((1.0_f64, 0.0_f64), |(a, b), part| (a.min(part[at]), b.max(part[at])));
        let mean = parts.iter().map(|part| part[at]).sum::<f64>() / f64::from(PARTS);
        eprintln!("{what:<10} {:.3}; over {PARTS} parts {least:.3} to {most:.3}, mean {mean:.3}", scores.main()[at]);
    }
    eprintln!("macro      states {:.3}, topics {:.3}", mean(&scores.states), mean(&scores.topics));
    scores
}

/// The topics that any item of a set must or may have.
fn named(items: &[Item]) -> BTreeSet<String> {
    items.iter().flat_map(|item| item.topics.must.union(&item.topics.may)).cloned().collect()
}

/// Which part of its set an item is in: by its title, so that it stays there when others come.
fn part(item: &Item) -> u8 {
    Sha256::digest(&item.title)[0] % PARTS
}

#[test]
fn the_labelled_set_keeps_its_floors() {
    let items = set::own();
    assert!(items.len() >= 300, "{}", items.len());
    let scores = report("testdata/labelled.txt", &items);
    let [relevance, states, topics, kind] = scores.main();
    for (name, reached, floor) in [
        ("relevance", relevance, FLOORS.relevance),
        ("states", states, FLOORS.states),
        ("topics", topics, FLOORS.topics),
        ("topics, macro", mean(&scores.topics), FLOORS.macro_topics),
        ("kind", kind, FLOORS.kind),
    ] {
        assert!(reached >= floor, "{name}: {reached:.3} is below its floor of {floor}");
    }
}

#[test]
fn items_of_json_lines_are_scored_as_labelled() {
    let text = r#"{"id":"a","title":"Bremen führt E-Akte ein","teaser":null,"source":"muster.de","url":null,"published":"2026","labels":{"relevant":true,"kind":"press","kind_also":"news","states":["HB"],"topics":["eakte"]}}
{"id":"b","title":"Bremen führt E-Akte ein","published":null,"labels":{"relevant":true,"kind":"news","states":["HH"],"topics":[],"topics_optional":["eakte"]}}
{"id":"c","title":"Niemand ist sich einig","labels":{"relevant":false,"relevant_open":true,"kind":"news","states":[],"topics":[]}}
"#;
    let items = set::json_lines(text);
    assert_eq!(items.len(), 2, "what is open is left out");
    let scores = Scores::of(&items, &named(&items));
    assert_eq!(scores.main(), [1.0, 0.5, 1.0, 1.0]);
    assert_eq!(scores.errors, [r#"b: Bremen führt E-Akte ein | missing ["HH"], too many ["HB"]"#]);
}

#[test]
fn a_folder_is_scored_on_request() {
    let Some((name, text)) = labelled_elsewhere() else {
        eprintln!("skipped: AMTSTICKER_LABELLED names no folder");
        return;
    };
    let items = set::json_lines(&text);
    let scores = report(&name, &items);
    assert_eq!(total(&scores.kinds).hits + total(&scores.kinds).missed, items.len() as u32, "every item is scored");
}
