//! The catalogue's words, compiled once into a single automaton: topics, relevance, places.
//!
//! A text is read once, whatever the number of rules. A match counts only on word bounds, as its
//! [`Form`] says: "helfen" contains "elfe", and says nothing about ELFE.

use std::collections::{HashMap, HashSet};

use aho_corasick::{AhoCorasick, MatchKind};
use german::fold::fold;
use model::{Catalogue, Evidence, Form, Place, Role, State};

use crate::field::Field;

mod bounds;

/// What a rule speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Label {
    State(State),
    /// By index in [`Rules::topics`].
    Topic(usize),
    Relevance,
}

/// One rule, ready to be checked against a match of its words.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) label: Label,
    pub(crate) form: Form,
    pub(crate) weight: f32,
    pub(crate) aspect: Option<String>,
    pub(crate) role: Option<Role>,
    /// As the catalogue writes it.
    pub(crate) text: String,
    /// `topic:noots/once-only`, `state:HH/hamburg`, `relevance/verwaltung`.
    pub(crate) id: String,
}

/// A rule that matched, on byte offsets of the field's folded form, inflection included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) rule: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A topic, as far as judging needs it.
#[derive(Debug)]
pub(crate) struct TopicRule {
    pub(crate) slug: String,
    /// Everything it implies, at any distance.
    pub(crate) implies: Vec<String>,
}

/// The compiled catalogue. Build it once; it is shared between threads.
#[derive(Debug)]
pub struct Rules {
    automaton: Option<AhoCorasick>,
    /// For each pattern of the automaton, the rules it belongs to.
    owners: Vec<Vec<usize>>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) topics: Vec<TopicRule>,
    /// How many aspects the rules for a label name.
    aspects: HashMap<Label, usize>,
    /// What may stand before a title as a kicker: names of places and bodies, words of topics. Folded, flat.
    known: HashSet<String>,
    /// Names of Länder and towns alone, for kickers of several words ("Digitales Bayern").
    places: HashSet<String>,
    /// Endings of host names that speak for a state.
    hosts: HashMap<String, State>,
}

impl Rules {
    /// Compiles the catalogue. Words that fold to nothing are left out.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut build = Build::default();
        for (index, topic) in catalogue.topics.iter().enumerate() {
            build.known.insert(flat(&topic.de));
            for evidence in &topic.evidence {
                build.evidence(Label::Topic(index), &format!("topic:{}", topic.slug), evidence);
                if evidence.weight > 0.0 {
                    build.known.insert(flat(&evidence.text));
                }
            }
        }
        for evidence in &catalogue.relevance {
            build.evidence(Label::Relevance, "relevance", evidence);
        }
        for place in &catalogue.places {
            build.place(place);
        }
        // An automaton over a few thousand short patterns cannot exceed the crate's limits (2^31 states).
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&build.patterns).ok();
        Rules {
            automaton,
            owners: build.owners,
            aspects: aspects(&build.rules),
            rules: build.rules,
            topics: topics(catalogue),
            known: build.known,
            places: build.places,
            hosts: build.hosts,
        }
    }

    /// All rules that match in a field, in order of their place in it. Of two rules for one label the one whose words
    /// hold the other's wins, whatever their weights; all places compete as one: Sachsen is not found in
    /// Sachsen-Anhalt.
    pub(crate) fn hits(&self, field: &Field<'_>) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut hits = Vec::new();
        for found in automaton.find_overlapping_iter(field.flat()) {
            for &rule in &self.owners[found.pattern().as_usize()] {
                if let Some((start, end)) = bounds::check(&self.rules[rule], field, found.start(), found.end()) {
                    hits.push(Hit { rule, start, end });
                }
            }
        }
        self.longest(hits)
    }

    fn longest(&self, mut hits: Vec<Hit>) -> Vec<Hit> {
        let group = |hit: &Hit| match self.rules[hit.rule].label {
            Label::State(_) => Label::State(State::Bund),
            label => label,
        };
        hits.sort_by_key(|hit| (group(hit), hit.start, std::cmp::Reverse(hit.end), hit.rule));
        let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
        for hit in hits {
            // Sorted by start: whoever holds this hit came before, and the one that reaches furthest came last.
            let held = kept.last().is_some_and(|last| {
                group(last) == group(&hit) && hit.end <= last.end && (hit.start, hit.end) != (last.start, last.end)
            });
            if !held {
                kept.push(hit);
            }
        }
        kept.sort_by_key(|hit| (hit.start, hit.end, hit.rule));
        kept
    }

    /// How many aspects the rules for a label name.
    pub(crate) fn aspects(&self, label: Label) -> usize {
        self.aspects.get(&label).copied().unwrap_or_default()
    }

    /// Whether these words are the name of a place, a body or a topic.
    pub(crate) fn knows(&self, words: &str) -> bool {
        self.known.contains(&flat(words))
    }

    /// Whether these words are the name of a Land or a town.
    pub(crate) fn knows_place(&self, words: &str) -> bool {
        self.places.contains(&flat(words))
    }

    /// The state that a host name speaks for: `sozialministerium.baden-wuerttemberg.de` for BW.
    pub(crate) fn state_of_host(&self, host: &str) -> Option<(State, &str)> {
        let mut rest = host;
        loop {
            if let Some((name, state)) = self.hosts.get_key_value(rest) {
                return Some((*state, name));
            }
            rest = rest.split_once('.')?.1;
        }
    }
}

#[derive(Default)]
struct Build {
    patterns: Vec<String>,
    owners: Vec<Vec<usize>>,
    index: HashMap<String, usize>,
    rules: Vec<Rule>,
    known: HashSet<String>,
    places: HashSet<String>,
    hosts: HashMap<String, State>,
}

impl Build {
    fn evidence(&mut self, label: Label, prefix: &str, evidence: &Evidence) {
        self.rule(Rule {
            label,
            form: evidence.form,
            weight: evidence.weight,
            aspect: evidence.aspect.clone(),
            role: None,
            text: evidence.text.trim().to_owned(),
            id: format!("{prefix}/{}", slug(&evidence.text)),
        });
    }

    fn place(&mut self, place: &Place) {
        let name = place.name.trim();
        if is_host(name) {
            self.hosts.insert(name.to_lowercase(), place.state);
            return;
        }
        if place.weight > 0.0 {
            self.known.insert(flat(name));
            if matches!(place.role, Role::Land | Role::Town) {
                self.places.insert(flat(name));
            }
        }
        // "NRW", "BMI", "EU": as written only. "RHEINLAND-PFALZ" in capitals still folds to its name.
        let shout = name.chars().count() <= 7 && !name.chars().any(char::is_lowercase);
        self.rule(Rule {
            label: Label::State(place.state),
            form: if shout { Form::Exact } else { Form::Word },
            weight: place.weight,
            aspect: None,
            role: Some(place.role),
            text: name.to_owned(),
            id: format!("state:{}/{}", place.state, slug(name)),
        });
    }

    fn rule(&mut self, rule: Rule) {
        let words = flat(&rule.text);
        if words.is_empty() {
            return;
        }
        let variants = if rule.form == Form::Exact { vec![words] } else { inflected(&rule.text, &words) };
        let number = self.rules.len();
        self.rules.push(rule);
        for variant in variants {
            let pattern = *self.index.entry(variant.clone()).or_insert_with(|| {
                self.patterns.push(variant);
                self.owners.push(Vec::new());
                self.owners.len() - 1
            });
            self.owners[pattern].push(number);
        }
    }
}

/// The words of a rule with the endings that German gives an adjective before its noun: "digitale Verwaltung" is also
/// "digitaler Verwaltung". Only words in lower case that end in e are taken for adjectives, and never the last word.
fn inflected(text: &str, flat: &str) -> Vec<String> {
    let is_adjective: Vec<bool> = text
        .split([' ', '-'])
        .filter(|word| !word.is_empty())
        .map(|word| word.len() > 4 && word.ends_with('e') && word.chars().next().is_some_and(char::is_lowercase))
        .collect();
    let words: Vec<&str> = flat.split(' ').collect();
    let mut variants = vec![String::new()];
    for (at, word) in words.iter().enumerate() {
        let endings: &[&str] = match is_adjective.get(at) {
            Some(true) if at + 1 < words.len() => &["", "n", "r", "s", "m"],
            _ => &[""],
        };
        variants = variants
            .iter()
            .flat_map(|before| {
                let space = if at == 0 { "" } else { " " };
                endings.iter().map(move |ending| format!("{before}{space}{word}{ending}"))
            })
            .collect();
    }
    variants
}

fn topics(catalogue: &Catalogue) -> Vec<TopicRule> {
    let closure = |slug: &str| {
        let mut all: Vec<String> = Vec::new();
        let mut open = vec![slug.to_owned()];
        while let Some(next) = open.pop() {
            for implied in catalogue.topic(&next).map_or(&[][..], |topic| &topic.implies) {
                if implied != slug && !all.contains(implied) {
                    all.push(implied.clone());
                    open.push(implied.clone());
                }
            }
        }
        all
    };
    catalogue.topics.iter().map(|topic| TopicRule { slug: topic.slug.clone(), implies: closure(&topic.slug) }).collect()
}

fn aspects(rules: &[Rule]) -> HashMap<Label, usize> {
    let named: HashSet<(Label, &str)> =
        rules.iter().filter_map(|rule| Some((rule.label, rule.aspect.as_deref()?))).collect();
    let mut counts = HashMap::new();
    for (label, _) in named {
        *counts.entry(label).or_default() += 1;
    }
    counts
}

/// Folded, hyphens as spaces, one space between words.
fn flat(text: &str) -> String {
    fold(text).replace('-', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A place that is written as the ending of a host name: `bremen.de`.
fn is_host(name: &str) -> bool {
    ["de", "eu", "hamburg", "saarland", "berlin", "bayern", "nrw", "ruhr"].iter().any(|end| {
        name.strip_suffix(end).and_then(|rest| rest.strip_suffix('.')).is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-".contains(&b))
        })
    })
}

fn slug(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests;
