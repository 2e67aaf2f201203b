//! Is it about us, which states, which topics, and why. Sums weighted evidence; a label needs 1.
//!
//! Words in title and kicker count half as much again as words in the summary: what a text is about stands at its
//! head. Places are read in their context first (`context`): a dateline or a former office says nothing.
//! A source's states and topics are a prior, not a verdict.

use std::collections::BTreeMap;

use model::{Source, State, Why};

use crate::field::Field;
use crate::genre::{self, Genre};
use crate::rules::{Hit, Label, Rules};
use crate::url;

mod context;
mod states;

/// Relevance from which an item of an unknown source is about the digitalisation of public administration.
pub const THRESHOLD: f32 = 0.5;
/// What counts as enough for a label.
const ENOUGH: f32 = 1.0;
/// How much more a word of the title or kicker counts.
const HEAD: f32 = 1.5;
/// What a Land, a town or a body that the text is about lends to its being about administration …
const PLACE: f32 = 0.5;
/// … which is this aspect of the catalogue's relevance.
const ADMINISTRATION: &str = "verwaltung";
/// What a source's prior adds to a topic: half of enough.
const PRIOR: f32 = 0.5;

/// What is thought of one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// 0 to 1; [`THRESHOLD`] is the line for sources that have none of their own.
    pub relevance: f32,
    /// In the order of [`State::ALL`].
    pub states: Vec<State>,
    /// Slugs, sorted.
    pub topics: Vec<String>,
    /// What kind of text it is.
    pub genre: Genre,
    /// The evidence behind each of these, and against.
    pub why: Vec<Why>,
}

/// A hit with the field it stands in and what it weighs there.
#[derive(Clone, Copy)]
pub(crate) struct Found {
    field: usize,
    hit: Hit,
    weight: f32,
}

/// Judges one text. `summary` is what the reader sees; the kicker stands apart from the title.
#[must_use]
pub fn classify(title: &str, kicker: Option<&str>, summary: &str, source: Option<&Source>, rules: &Rules) -> Judgement {
    let mut fields = vec![Field::new("title", title, HEAD), Field::new("summary", summary, 1.0)];
    if let Some(kicker) = kicker {
        fields.push(Field::new("kicker", kicker, HEAD));
    }
    let mut found: Vec<Found> = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        found.extend(rules.hits(field).into_iter().map(|hit| Found {
            field: at,
            hit,
            weight: rules.rules[hit.rule].weight * field.factor,
        }));
    }
    context::weigh(&mut found, &fields, rules);
    let (states, mut why) = states::judge(&found, &fields, source, rules);
    let (topics, because) = topics(&found, &fields, source, rules);
    why.extend(because);
    let (relevance, because) = relevance(&found, &fields, !states.is_empty(), rules);
    why.extend(because);
    Judgement { relevance, states, topics, genre: genre::find(&fields, source), why }
}

/// What speaks for one label. A rule counts once, where it counts most. Rules with aspects count together only as far
/// as the weakest aspect that the label's rules name.
#[derive(Default)]
struct Sum {
    plain: BTreeMap<usize, f32>,
    aspects: BTreeMap<String, BTreeMap<usize, f32>>,
}

impl Sum {
    fn add(&mut self, rule: usize, aspect: Option<&str>, weight: f32) {
        let list = match aspect {
            Some(aspect) => self.aspects.entry(aspect.to_owned()).or_default(),
            None => &mut self.plain,
        };
        let best = list.entry(rule).or_insert(weight);
        if weight.abs() > best.abs() {
            *best = weight;
        }
    }

    /// `aspects` is how many the catalogue's rules for the label name.
    fn total(&self, aspects: usize) -> f32 {
        let plain: f32 = self.plain.values().sum();
        let weakest = self.aspects.values().map(|list| list.values().sum::<f32>()).fold(f32::INFINITY, f32::min);
        if aspects > 0 && self.aspects.len() == aspects { plain + weakest } else { plain }
    }
}

fn topics(found: &[Found], fields: &[Field<'_>], source: Option<&Source>, rules: &Rules) -> (Vec<String>, Vec<Why>) {
    let mut sums: BTreeMap<usize, Sum> = BTreeMap::new();
    for found in found {
        let rule = &rules.rules[found.hit.rule];
        if let Label::Topic(topic) = rule.label {
            sums.entry(topic).or_default().add(found.hit.rule, rule.aspect.as_deref(), found.weight);
        }
    }
    let municipal = states::municipal(found, rules);
    let (mut slugs, mut why) = (Vec::new(), Vec::new());
    for (topic, rule) in rules.topics.iter().enumerate() {
        let mut total = sums.get(&topic).map_or(0.0, |sum| sum.total(rules.aspects(Label::Topic(topic))));
        let prior = source.is_some_and(|source| source.topics.contains(&rule.slug));
        if prior {
            total += PRIOR;
        }
        if rule.slug == states::MUNICIPAL {
            total += municipal;
        }
        if total < ENOUGH {
            continue;
        }
        let label = format!("topic:{}", rule.slug);
        let hits = found.iter().filter(|found| rules.rules[found.hit.rule].label == Label::Topic(topic));
        why.extend(hits.map(|found| because(&label, found, fields, rules)));
        if prior {
            why.push(prior_of(&label, source, "source/topics", PRIOR));
        }
        slugs.push(rule.slug.clone());
        for implied in &rule.implies {
            why.push(Why {
                rule: format!("{label}/implies"),
                ..prior_of(&format!("topic:{implied}"), None, "", ENOUGH)
            });
            slugs.push(implied.clone());
        }
    }
    slugs.sort();
    slugs.dedup();
    (slugs, why)
}

/// Twice enough is certain, enough is the line.
fn relevance(found: &[Found], fields: &[Field<'_>], placed: bool, rules: &Rules) -> (f32, Vec<Why>) {
    let mut sum = Sum::default();
    let mut why = Vec::new();
    for found in found {
        let rule = &rules.rules[found.hit.rule];
        if rule.label == Label::Relevance {
            sum.add(found.hit.rule, rule.aspect.as_deref(), found.weight);
            why.push(because("relevance", found, fields, rules));
        }
    }
    if placed {
        sum.add(usize::MAX, Some(ADMINISTRATION), PLACE);
    }
    ((sum.total(rules.aspects(Label::Relevance)) / ENOUGH * THRESHOLD).clamp(0.0, 1.0), why)
}

fn because(label: &str, found: &Found, fields: &[Field<'_>], rules: &Rules) -> Why {
    let field = &fields[found.field];
    let range = field.range(found.hit.start..found.hit.end);
    Why {
        label: label.to_owned(),
        field: field.name.to_owned(),
        text: field.text[range.clone()].to_owned(),
        start: range.start as u32,
        end: range.end as u32,
        rule: rules.rules[found.hit.rule].id.clone(),
        weight: found.weight,
    }
}

/// Evidence that stands in no field: what is known of the source.
fn prior_of(label: &str, source: Option<&Source>, rule: &str, weight: f32) -> Why {
    Why {
        label: label.to_owned(),
        field: "source".to_owned(),
        text: source.map(|source| source.id.clone()).unwrap_or_default(),
        start: 0,
        end: 0,
        rule: rule.to_owned(),
        weight,
    }
}

/// The host a source is read from, without `www.`: the endpoint's, else the publisher's home.
fn host_of(source: &Source) -> Option<String> {
    url::host(&source.url).or_else(|| url::host(&source.publisher.home))
}

#[cfg(test)]
mod tests;
