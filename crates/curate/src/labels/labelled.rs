//! The project's own labelled set, `testdata/labelled.txt`: precision and recall per label, with floors that only rise.
//!
//! `cargo xtask eval` shows the table and the items that went wrong.

use std::collections::{BTreeMap, BTreeSet};

use model::Source;

use super::{Judgement, THRESHOLD, Text, classify};
use crate::testing::RULES;

/// What the set has reached. A change that falls below has to say why; one that rises above raises them.
const FLOORS: Floors = Floors { relevance: 0.97, states: 0.98, topics: 0.97, macro_topics: 0.97, kind: 0.93 };

struct Floors {
    relevance: f64,
    states: f64,
    topics: f64,
    macro_topics: f64,
    kind: f64,
}

/// One line of the set.
struct Item {
    line: usize,
    kind: String,
    relevant: bool,
    states: Wanted,
    topics: Wanted,
    source: String,
    title: String,
    teaser: String,
}

/// Labels that must be given, and labels that may be.
struct Wanted {
    must: BTreeSet<String>,
    may: BTreeSet<String>,
}

#[derive(Clone, Copy, Default)]
struct Count {
    hits: u32,
    wrong: u32,
    missed: u32,
}

impl Count {
    fn f1(self) -> f64 {
        let all = 2 * self.hits + self.wrong + self.missed;
        if all == 0 { 1.0 } else { f64::from(2 * self.hits) / f64::from(all) }
    }

    fn add(&mut self, other: Count) {
        self.hits += other.hits;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn items() -> Vec<Item> {
    let text = include_str!("../../testdata/labelled.txt");
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(at, line)| item(at + 1, line)).collect()
}

fn item(line: usize, text: &str) -> Item {
    let parts: Vec<&str> = text.splitn(6, " | ").collect();
    let [kind, states, topics, source, title, teaser] = parts[..] else {
        panic!("line {line}: six fields, not {text}")
    };
    let owned = |text: &str| text.to_owned();
    Item {
        line,
        kind: kind.trim_start_matches('-').to_owned(),
        relevant: !kind.starts_with('-'),
        states: wanted(states),
        topics: wanted(topics),
        source: owned(source),
        title: owned(title),
        teaser: owned(teaser),
    }
}

fn wanted(labels: &str) -> Wanted {
    let (may, must) = labels.split(' ').filter(|label| *label != "-").partition::<Vec<_>, _>(|l| l.starts_with('?'));
    Wanted {
        must: must.into_iter().map(str::to_owned).collect(),
        may: may.into_iter().map(|label| label[1..].to_owned()).collect(),
    }
}

fn judge(item: &Item) -> Judgement {
    let source = Source { id: item.source.clone(), url: format!("https://{}/", item.source), ..Source::default() };
    let (kicker, title) = crate::kicker::split(&item.title, &RULES);
    let dated = item.kind != "other";
    classify(&Text { title, kicker, summary: &item.teaser, url: Some(&source.url), dated }, Some(&source), &RULES)
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

fn table(name: &str, counts: &BTreeMap<String, Count>) -> (f64, f64) {
    let mut total = Count::default();
    for (label, count) in counts {
        eprintln!(
            "  {label:24} F1 {:.2}  {} right, {} wrong, {} missed",
            count.f1(),
            count.hits,
            count.wrong,
            count.missed
        );
        total.add(*count);
    }
    let often: Vec<f64> = counts.values().filter(|count| count.hits + count.missed >= 3).map(|c| c.f1()).collect();
    let mean = often.iter().sum::<f64>() / often.len() as f64;
    eprintln!("{name}: F1 {:.3}, macro {mean:.3}", total.f1());
    (total.f1(), mean)
}

#[test]
fn the_labelled_set_keeps_its_floors() {
    let items = items();
    assert!(items.len() >= 200, "{}", items.len());
    let (mut states, mut topics, mut relevance) = (BTreeMap::new(), BTreeMap::new(), Count::default());
    let mut kinds = 0_u32;
    for item in &items {
        let judged = judge(item);
        let kept = judged.relevance >= THRESHOLD;
        match (item.relevant, kept) {
            (true, true) => relevance.hits += 1,
            (true, false) => relevance.missed += 1,
            (false, true) => relevance.wrong += 1,
            (false, false) => {}
        }
        let right = judged.genre.word() == item.kind;
        kinds += u32::from(right);
        let mut wrong = Vec::new();
        if item.relevant != kept {
            wrong.push(format!("relevance {:.2}", judged.relevance));
        }
        if !right {
            wrong.push(format!("kind {} for {}", judged.genre.word(), item.kind));
        }
        if item.relevant && kept {
            let codes = judged.states.iter().map(|state| state.code().to_owned()).collect();
            wrong.extend(compare(&item.states, &codes, &mut states));
            let mut slugs: BTreeSet<String> = judged.topics.into_iter().collect();
            // These four are given beside others; they count where the set asks for them.
            slugs.retain(|slug| {
                item.topics.must.contains(slug)
                    || !["strategie", "ethik", "legal-tech", "messung"].contains(&slug.as_str())
            });
            wrong.extend(compare(&item.topics, &slugs, &mut topics));
        }
        if !wrong.is_empty() {
            eprintln!("line {}: {} | {}", item.line, item.title, wrong.join("; "));
        }
    }
    let (states, _) = table("states", &states);
    let (topics, macro_topics) = table("topics", &topics);
    let kind = f64::from(kinds) / items.len() as f64;
    eprintln!("relevance: F1 {:.3}; kind: {kind:.3}; {} items", relevance.f1(), items.len());
    for (name, reached, floor) in [
        ("relevance", relevance.f1(), FLOORS.relevance),
        ("states", states, FLOORS.states),
        ("topics", topics, FLOORS.topics),
        ("topics, macro", macro_topics, FLOORS.macro_topics),
        ("kind", kind, FLOORS.kind),
    ] {
        assert!(reached >= floor, "{name}: {reached:.3} is below its floor of {floor}");
    }
}
