//! Labelled items: the project's own, one per line of `testdata/labelled.txt`, and those of any folder that holds an
//! `items.jsonl`, one object per line as `amtsticker classify` takes them, with `labels` beside.

use std::collections::BTreeSet;

use model::Source;
use serde::Deserialize;

use crate::labels::{Judgement, Text, classify};
use crate::testing::RULES;

/// An item and what it should be.
#[derive(Debug)]
pub(super) struct Item {
    /// Where it stands: `line 12`, or its id.
    pub(super) name: String,
    pub(super) title: String,
    pub(super) relevant: bool,
    /// Any of these is right.
    pub(super) kinds: Vec<String>,
    pub(super) states: Wanted,
    pub(super) topics: Wanted,
    teaser: String,
    source: String,
    url: Option<String>,
    dated: bool,
}

/// Labels that must be given, and labels that may be.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) must: BTreeSet<String>,
    pub(super) may: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    title: String,
    teaser: Option<String>,
    source: Option<String>,
    url: Option<String>,
    published: Option<String>,
    labels: Labels,
}

#[derive(Deserialize)]
struct Labels {
    relevant: bool,
    /// Those who labelled it did not agree: it is not scored.
    #[serde(default)]
    relevant_open: bool,
    kind: String,
    kind_also: Option<String>,
    states: Vec<String>,
    topics: Vec<String>,
    states_optional: Option<Vec<String>>,
    topics_optional: Option<Vec<String>>,
}

impl Item {
    /// Judges it as `amtsticker classify` does.
    pub(super) fn judge(&self) -> Judgement {
        let home = if self.source.contains('.') { format!("https://{}/", self.source) } else { String::new() };
        let source = Source { id: self.source.clone(), url: home, ..Source::default() };
        let (kicker, title) = crate::kicker::split(&self.title, &RULES);
        let text = Text { title, kicker, summary: &self.teaser, url: self.url.as_deref(), dated: self.dated };
        classify(&text, Some(&source), &RULES)
    }
}

/// The project's own set.
pub(super) fn own() -> Vec<Item> {
    let text = include_str!("../../../testdata/labelled.txt");
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(at, line)| item(at + 1, line)).collect()
}

fn item(line: usize, text: &str) -> Item {
    let parts: Vec<&str> = text.splitn(6, " | ").collect();
    let [kind, states, topics, address, title, teaser] = parts[..] else {
        panic!("line {line}: six fields, not {text}")
    };
    Item {
        name: format!("line {line}"),
        title: title.to_owned(),
        relevant: !kind.starts_with('-'),
        kinds: vec![kind.trim_start_matches('-').trim_end_matches('~').to_owned()],
        states: wanted(states),
        topics: wanted(topics),
        teaser: teaser.to_owned(),
        source: address.split('/').next().unwrap_or(address).to_owned(),
        url: Some(format!("https://{address}/")),
        dated: !kind.ends_with('~'),
    }
}

fn wanted(labels: &str) -> Wanted {
    let (may, must) = labels.split(' ').filter(|label| *label != "-").partition::<Vec<_>, _>(|l| l.starts_with('?'));
    Wanted {
        must: must.into_iter().map(str::to_owned).collect(),
        may: may.into_iter().map(|label| label[1..].to_owned()).collect(),
    }
}

/// The items of JSON Lines, but for those on whose relevance nobody agrees.
pub(super) fn json_lines(text: &str) -> Vec<Item> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(at, line)| -> Line {
        serde_json::from_str(line).unwrap_or_else(|error| panic!("items.jsonl, line {}: {error}", at + 1))
    };
    lines.map(read).filter(|line| !line.labels.relevant_open).map(Item::from).collect()
}

impl From<Line> for Item {
    fn from(line: Line) -> Self {
        let labels = line.labels;
        let wanted = |must: Vec<String>, may: Option<Vec<String>>| Wanted {
            must: must.into_iter().collect(),
            may: may.unwrap_or_default().into_iter().collect(),
        };
        Item {
            name: line.id,
            title: line.title,
            relevant: labels.relevant,
            kinds: std::iter::once(labels.kind).chain(labels.kind_also).collect(),
            states: wanted(labels.states, labels.states_optional),
            topics: wanted(labels.topics, labels.topics_optional),
            teaser: line.teaser.unwrap_or_default(),
            source: line.source.unwrap_or_default(),
            url: line.url,
            dated: line.published.is_some(),
        }
    }
}
