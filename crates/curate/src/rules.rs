//! The catalogue's words, compiled once into a single automaton: topics, relevance, places.
//!
//! A text is read once, whatever the number of rules. A match counts only on word bounds, as its
//! [`Form`] says: "helfen" contains "elfe", and says nothing about ELFE.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use aho_corasick::{AhoCorasick, MatchKind};
use german::compound::Lexicon;
use model::{Catalogue, Form, Genre, Name, Role, State, Within};
use sha2::{Digest as _, Sha256};

use crate::field::Field;
use crate::stories::Faces;

use build::{Build, flat};
pub(crate) use hosts::Home;
use hosts::Hosts;
use owners::Owners;

mod bounds;
mod build;
mod hosts;
mod owners;

/// What a rule speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Label {
    State(State),
    /// By index in [`Rules::topics`].
    Topic(usize),
    Kind(Genre),
    Relevance,
}

/// One rule, ready to be checked against a match of its words.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) label: Label,
    pub(crate) form: Form,
    pub(crate) weight: f32,
    pub(crate) aspect: Option<String>,
    /// The only part of an item where it counts.
    pub(crate) within: Option<Within>,
    pub(crate) role: Option<Role>,
    /// A place that counts only beside a word that shows it is one.
    pub(crate) cue: bool,
    /// As the catalogue writes it.
    pub(crate) text: String,
    /// `topic:noots/once-only`, `state:HH/hamburg`, `relevance/verwaltung`.
    pub(crate) id: Name,
}

impl Rule {
    /// Whether its words may stand behind others in one word.
    fn begins_inside(&self) -> bool {
        matches!(self.form, Form::End | Form::Part) || !self.text.starts_with(char::is_alphanumeric)
    }
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
    /// What it is called in evidence.
    pub(crate) label: Name,
    /// Everything it implies, at any distance, by label and slug, and the rule that says so.
    pub(crate) implies: Vec<(Name, String)>,
    pub(crate) by: Name,
    /// Aspects of relevance that it speaks for, each with the rule that says so.
    pub(crate) lends: Vec<(String, Name)>,
}

/// What labels other than topics are called in evidence.
#[derive(Debug)]
pub(crate) struct Called {
    pub(crate) relevance: Name,
    states: [Name; State::ALL.len()],
}

impl Called {
    fn new() -> Self {
        Called { relevance: "relevance".into(), states: State::ALL.map(|state| format!("state:{state}").into()) }
    }

    pub(crate) fn state(&self, state: State) -> &Name {
        &self.states[state as usize]
    }
}

/// The compiled catalogue. Build it once; it is shared between threads.
#[derive(Debug)]
pub struct Rules {
    automaton: Option<AhoCorasick>,
    /// For each pattern of the automaton, the rules it belongs to.
    owners: Owners,
    /// For each, whether it may begin inside a word.
    inside: Vec<bool>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) topics: Vec<TopicRule>,
    pub(crate) called: Called,
    /// Slugs of topics that a kind of text implies.
    implied: Vec<(Genre, String)>,
    /// How many aspects the rules for a label name.
    aspects: HashMap<Label, usize>,
    /// What may stand before a title as a kicker: names of places and bodies, words of topics. Folded, flat.
    known: HashSet<String>,
    /// Names of Länder and towns alone, for kickers of several words ("Digitales Bayern").
    places: HashSet<String>,
    /// Rubrics that stand over headlines. Folded, flat.
    kickers: HashSet<String>,
    hosts: Hosts,
    /// The words that compounds are made of, learned from the catalogue.
    lexicon: Lexicon,
    fingerprint: u16,
    /// What items look like by these rules, as far as they were looked at lately.
    pub(crate) faces: Faces,
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
        let (mut kickers, mut implied) = (HashSet::new(), Vec::new());
        for kind in &catalogue.kinds {
            for evidence in &kind.evidence {
                build.evidence(Label::Kind(kind.kind), &format!("kind:{}", kind.kind.word()), evidence);
            }
            kickers.extend(kind.kickers.iter().map(|words| flat(words)));
            // An operator's own topics need not hold those that our kinds of text imply.
            let known = kind.implies.iter().filter(|slug| catalogue.topic(slug).is_some());
            implied.extend(known.map(|slug| (kind.kind, slug.clone())));
            build.hosts.voice(kind);
        }
        for place in &catalogue.places {
            build.place(place);
        }
        // By which a pattern was found again takes as much as all patterns, and the automaton's making takes more.
        drop(std::mem::take(&mut build.index));
        // An automaton over a few thousand short patterns cannot exceed the crate's limits (2^31 states).
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&build.patterns).ok();
        Rules {
            automaton,
            inside: build
                .owners
                .iter()
                .map(|owners| owners.iter().any(|at| build.rules[*at].begins_inside()))
                .collect(),
            owners: Owners::new(&build.owners),
            aspects: aspects(&build.rules),
            rules: build.rules,
            topics: topics(catalogue),
            called: Called::new(),
            implied,
            known: build.known,
            places: build.places,
            kickers,
            hosts: build.hosts,
            lexicon: Lexicon::learn(build.words.iter().map(String::as_str)),
            fingerprint: fingerprint(catalogue),
            faces: Faces::default(),
        }
    }

    /// All rules that match in a field, in order of their place in it. Of two rules for one label the one whose words
    /// hold the other's wins, whatever their weights; all places compete as one: Sachsen is not found in
    /// Sachsen-Anhalt.
    pub(crate) fn hits(&self, field: &Field<'_>) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut hits = Vec::with_capacity(field.flat().len() / 8);
        let bytes = field.flat().as_bytes();
        for found in automaton.find_overlapping_iter(field.flat()) {
            let pattern = found.pattern().as_usize();
            // Most of what is found are short names inside longer words: "au" in "Bau".
            if !self.inside[pattern] && found.start().checked_sub(1).is_some_and(|at| bytes[at].is_ascii_alphanumeric())
            {
                continue;
            }
            for rule in self.owners.of(pattern) {
                if field.holds(self.rules[rule].within)
                    && let Some((start, end)) =
                        bounds::check(&self.rules[rule], field, (found.start(), found.end()), &self.lexicon)
                {
                    hits.push(Hit { rule, start, end });
                }
            }
        }
        self.longest(hits)
    }

    fn longest(&self, hits: Vec<Hit>) -> Vec<Hit> {
        // As one number each: there are hundreds in a text full of our words.
        let group = |hit: &Hit| match self.rules[hit.rule].label {
            Label::State(_) => 0,
            Label::Relevance => 1,
            Label::Kind(genre) => 2 + genre as u32,
            Label::Topic(topic) => 1_000 + topic as u32,
        };
        let number = |hit: Hit| {
            let (start, end) = (hit.start as u32, hit.end as u32);
            u128::from(group(&hit)) << 96 | u128::from(start) << 64 | u128::from(!end) << 32 | hit.rule as u128
        };
        let mut numbers: Vec<u128> = hits.into_iter().map(number).collect();
        numbers.sort_unstable();
        let mut kept: Vec<Hit> = Vec::with_capacity(numbers.len());
        let mut last_group = None;
        for number in numbers {
            let part = |at: u32| (number >> at) as u32;
            let (group, start, end, rule) = (part(96), part(64) as usize, !part(32) as usize, part(0) as usize);
            let hit = Hit { rule, start, end };
            // Sorted by start: whoever holds this hit came before, and the one that reaches furthest came last.
            match kept.last() {
                Some(last) if last_group == Some(group) && hit.end <= last.end => {
                    if (hit.start, hit.end) == (last.start, last.end) {
                        self.beside(&mut kept, hit);
                    }
                }
                _ => kept.push(hit),
            }
            last_group = Some(group);
        }
        kept.sort_unstable_by_key(|hit| (hit.start as u128) << 96 | (hit.end as u128) << 64 | hit.rule as u128);
        kept
    }

    /// A hit on the very words of the last one: of two rules that say the same of the same words the heavier counts.
    /// Rules for several states or aspects stand beside each other.
    fn beside(&self, kept: &mut Vec<Hit>, hit: Hit) {
        let rule = &self.rules[hit.rule];
        let words = |other: &&mut Hit| (other.start, other.end) == (hit.start, hit.end);
        let twin = kept.iter_mut().rev().take_while(words).find(|other| {
            let other = &self.rules[other.rule];
            (other.label, &other.aspect) == (rule.label, &rule.aspect)
        });
        match twin {
            Some(twin) if rule.weight.abs() > self.rules[twin.rule].weight.abs() => *twin = hit,
            Some(_) => {}
            None => kept.push(hit),
        }
    }

    /// How many aspects the rules for a label name.
    pub(crate) fn aspects(&self, label: Label) -> usize {
        self.aspects.get(&label).copied().unwrap_or_default()
    }

    /// Topics, by slug, that every text of a kind is about.
    pub(crate) fn implied_by(&self, genre: Genre) -> impl Iterator<Item = &str> {
        self.implied.iter().filter(move |(kind, _)| *kind == genre).map(|(_, slug)| slug.as_str())
    }

    /// Whether these words are the name of a place, a body or a topic.
    pub(crate) fn knows(&self, words: &str) -> bool {
        self.known.contains(&flat(words))
    }

    /// Whether these words are the name of a Land or a town.
    pub(crate) fn knows_place(&self, words: &str) -> bool {
        self.places.contains(&flat(words))
    }

    /// Tells one catalogue, and one way of judging, from another: what is stored remembers by which it was judged.
    pub(crate) fn fingerprint(&self) -> u16 {
        self.fingerprint
    }

    /// Whether these words are a rubric.
    pub(crate) fn is_rubric(&self, words: &str) -> bool {
        self.kickers.contains(&flat(words))
    }

    /// Whose place a host name is: `sozialministerium.baden-wuerttemberg.de` is Baden-Württemberg's.
    pub(crate) fn home_of(&self, host: &str) -> Option<Home<'_>> {
        self.hosts.home(host)
    }

    /// What kind of text a host publishes, unless a text shows otherwise.
    pub(crate) fn voice_of(&self, host: &str) -> Option<(Genre, &str)> {
        self.hosts.voice_of(host)
    }
}

/// Raised when the code judges otherwise by the same catalogue.
const JUDGEMENT: u32 = 3;

/// Two bytes of a hash over all that judging reads. Sources are left out: a new one changes no other's labels.
fn fingerprint(catalogue: &Catalogue) -> u16 {
    let read = (JUDGEMENT, &catalogue.topics, &catalogue.places, &catalogue.relevance, &catalogue.kinds);
    let mut hashed = Hashed(Sha256::new());
    // A hash takes whatever it is told.
    let _ = write!(hashed, "{read:?}");
    let digest = hashed.0.finalize();
    u16::from_le_bytes([digest[0], digest[1]])
}

/// A text that is hashed as it is written: of the whole catalogue it would be megabytes.
struct Hashed(Sha256);

impl std::fmt::Write for Hashed {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.update(text);
        Ok(())
    }
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
    let label = |slug: &str| Name::from(format!("topic:{slug}"));
    let topic = |topic: &model::Topic| {
        let own = label(&topic.slug);
        let lends = |aspect: &String| (aspect.clone(), format!("{own}/lends/{aspect}").into());
        let implied = |slug: String| (label(&slug), slug);
        TopicRule {
            slug: topic.slug.clone(),
            implies: closure(&topic.slug).into_iter().map(implied).collect(),
            by: format!("{own}/implies").into(),
            lends: topic.lends.iter().map(lends).collect(),
            label: own,
        }
    };
    catalogue.topics.iter().map(topic).collect()
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

#[cfg(test)]
mod tests;
