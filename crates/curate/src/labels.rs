//! Is it about us, which states, which topics, what kind of text, and why. Sums weighted evidence; a label needs 1.
//!
//! Words in title and kicker count half as much again as words in the summary: what a text is about stands at its
//! head. Places are read in their context first (`context`): a dateline or a former office says nothing.
//! A source's states and topics are a prior, not a verdict.

use model::{Genre, Name, Source, State, Why};

use crate::field::{self, Field};
use crate::genre;
use crate::places::Named;
use crate::rules::{Hit, Label, Rules};
use crate::url;

mod context;
mod origin;
mod states;
mod sum;
mod topics;

use origin::Origin;
pub(crate) use sum::{Sum, strongest};

/// Relevance from which an item of an unknown source is about the digitalisation of public administration.
pub const THRESHOLD: f32 = 0.5;
/// What counts as enough for a label.
pub(crate) const ENOUGH: f32 = 1.0;
/// How much more a word of the title or kicker counts.
const HEAD: f32 = 1.5;
/// What a topic lends to the aspects of relevance that it speaks for.
const TOPIC: f32 = 1.0;
/// What a Land, a town or a body that the text is about lends to its being about administration …
const PLACE: f32 = 0.5;
/// … which is this aspect of the catalogue's relevance.
const ADMINISTRATION: &str = "verwaltung";

/// A text to be judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text<'a> {
    /// Without kicker.
    pub title: &'a str,
    /// What stood over the title.
    pub kicker: Option<&'a str>,
    /// What the reader sees below it.
    pub summary: &'a str,
    /// The item's own address.
    pub url: Option<&'a str>,
    /// Whether it says when it was published.
    pub dated: bool,
}

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

/// All that a judgement rests on.
pub(crate) struct Case<'a> {
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) source: Option<&'a Source>,
    /// The hosts it may come from, without `www.`: its own, its source's, its publisher's.
    pub(crate) hosts: Vec<String>,
    pub(crate) home: Option<Origin>,
    pub(crate) dated: bool,
    pub(crate) rules: &'a Rules,
}

/// A hit with the field it stands in and what it weighs there.
#[derive(Clone, Copy)]
pub(crate) struct Found {
    pub(crate) field: usize,
    pub(crate) hit: Hit,
    pub(crate) weight: f32,
    /// It is where a correspondent sits, or an agency's regional service: no subject, but it tells where "the city" is.
    pub(crate) stands_by: bool,
}

/// Judges one text.
#[must_use]
pub fn classify(text: &Text<'_>, source: Option<&Source>, rules: &Rules) -> Judgement {
    classify_naming(text, source, rules).0
}

/// Judges one text, and says which places it names.
pub(crate) fn classify_naming(text: &Text<'_>, source: Option<&Source>, rules: &Rules) -> (Judgement, Named) {
    let case = Case::new(text, source, rules);
    let (mut found, named) = case.found();
    context::weigh(&mut found, &case);
    let (states, mut why) = states::judge(&mut found, &case);
    let strongest = strongest(&found);
    let (genre, of_genre) = genre::judge(&found, &strongest, &case);
    let (topics, because) = topics::judge(&found, &strongest, genre, &case);
    why.extend(because);
    let (relevance, because) = relevance(&found, &strongest, !states.is_empty(), &topics, &case);
    why.extend(because);
    why.extend(of_genre);
    (Judgement { relevance, states, topics, genre, why }, named)
}

impl<'a> Case<'a> {
    fn new(text: &Text<'a>, source: Option<&'a Source>, rules: &'a Rules) -> Self {
        let mut fields = vec![Field::new("title", text.title, HEAD), Field::new(field::SUMMARY, text.summary, 1.0)];
        fields.extend(text.kicker.map(|kicker| Field::new(field::KICKER, kicker, HEAD)));
        fields.extend(text.url.map(|url| Field::new(field::ADDRESS, url, 1.0)));
        let of_source = source.map(|source| [source.url.as_str(), source.publisher.home.as_str()]);
        let addresses = text.url.into_iter().chain(of_source.into_iter().flatten());
        let mut hosts: Vec<String> = addresses.filter(|address| !address.is_empty()).filter_map(url::host).collect();
        hosts.dedup();
        let home = Origin::of(source, &hosts, rules);
        Case { fields, source, hosts, home, dated: text.dated, rules }
    }

    fn found(&self) -> (Vec<Found>, Named) {
        let (mut found, mut named) = (Vec::new(), Named::default());
        for (at, field) in self.fields.iter().enumerate() {
            let hits = self.rules.hits(field);
            named.add(field, &hits, self.rules, &mut |_, _| {});
            found.extend(hits.into_iter().map(|hit| Found {
                field: at,
                hit,
                weight: self.rules.rules[hit.rule].weight * field.factor,
                stands_by: false,
            }));
        }
        (found, named)
    }

    /// The state that a hit speaks for, if it is a place.
    pub(crate) fn state(&self, found: &Found) -> Option<State> {
        match self.rules.rules[found.hit.rule].label {
            Label::State(state) => Some(state),
            _ => None,
        }
    }

    /// A hit as evidence for a label, in the source's own words.
    pub(crate) fn because(&self, label: &Name, found: &Found) -> Why {
        let field = &self.fields[found.field];
        let range = field.range(found.hit.start..found.hit.end);
        Why {
            label: label.clone(),
            field: field.name.into(),
            text: field.text[range.clone()].to_owned(),
            start: range.start as u32,
            end: range.end as u32,
            rule: self.rules.rules[found.hit.rule].id.clone(),
            weight: found.weight,
        }
    }

    /// Evidence that stands in no field: what is known of the source.
    pub(crate) fn prior(&self, label: &Name, rule: impl Into<Name>, weight: f32) -> Why {
        Why {
            label: label.clone(),
            field: "source".into(),
            text: self.source.map(|source| source.id.clone()).unwrap_or_default(),
            start: 0,
            end: 0,
            rule: rule.into(),
            weight,
        }
    }
}

/// Twice enough is certain, enough is the line.
fn relevance(
    found: &[Found],
    strongest: &[(usize, f32)],
    placed: bool,
    topics: &[String],
    case: &Case<'_>,
) -> (f32, Vec<Why>) {
    let rules = &case.rules.rules;
    let mut sum = Sum::default();
    for &(rule, weight) in strongest.iter().filter(|(rule, _)| rules[*rule].label == Label::Relevance) {
        sum.add(rules[rule].aspect.as_deref(), weight);
    }
    let hits = found.iter().filter(|found| rules[found.hit.rule].label == Label::Relevance);
    let label = &case.rules.called.relevance;
    let mut why: Vec<Why> = hits.map(|found| case.because(label, found)).collect();
    let mut lent: Vec<(usize, &str)> = Vec::new();
    for topic in case.rules.topics.iter().filter(|topic| topics.contains(&topic.slug)) {
        for (at, (aspect, rule)) in topic.lends.iter().enumerate() {
            if !lent.contains(&(at, aspect)) {
                lent.push((at, aspect));
                sum.add(Some(aspect), TOPIC);
            }
            why.push(case.prior(label, rule.clone(), TOPIC));
        }
    }
    if placed {
        sum.add(Some(ADMINISTRATION), PLACE);
    }
    ((sum.total(case.rules.aspects(Label::Relevance)) / ENOUGH * THRESHOLD).clamp(0.0, 1.0), why)
}

#[cfg(test)]
mod labelled;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod traps;
