//! The catalogue's lines as rules: each with the spellings under which the automaton looks for it.

use std::collections::{HashMap, HashSet};

use german::fold::fold;
use model::{Evidence, Form, Place, Role};

use super::hosts::Hosts;
use super::{Label, Rule};

#[derive(Default)]
pub(super) struct Build {
    pub(super) patterns: Vec<String>,
    pub(super) owners: Vec<Vec<usize>>,
    pub(super) index: HashMap<String, usize>,
    /// Single words of evidence, for the lexicon of compounds.
    pub(super) words: HashSet<String>,
    pub(super) rules: Vec<Rule>,
    pub(super) known: HashSet<String>,
    pub(super) places: HashSet<String>,
    pub(super) hosts: Hosts,
}

impl Build {
    pub(super) fn evidence(&mut self, label: Label, prefix: &str, evidence: &Evidence) {
        self.words.extend(flat(&evidence.text).split(' ').map(str::to_owned));
        self.rule(Rule {
            label,
            form: evidence.form,
            weight: evidence.weight,
            aspect: evidence.aspect.clone(),
            within: evidence.within,
            role: None,
            cue: false,
            text: evidence.text.trim().to_owned(),
            id: format!("{prefix}/{}", slug(&evidence.text)).into(),
        });
    }

    pub(super) fn place(&mut self, place: &Place) {
        let name = place.name.trim();
        if is_host(name) {
            self.hosts.name(name, place);
            return;
        }
        if place.weight > 0.0 {
            self.known.insert(flat(name));
            if matches!(place.role, Role::Land | Role::Town) {
                self.places.insert(flat(name));
                self.hosts.place(&flat(name), place);
            }
        }
        // "NRW", "BMI", "EU": as written only. "RHEINLAND-PFALZ" in capitals still folds to its name.
        let shout = name.chars().count() <= 7 && !name.chars().any(char::is_lowercase);
        self.rule(Rule {
            label: Label::State(place.state),
            form: if shout { Form::Exact } else { Form::Word },
            weight: place.weight,
            aspect: None,
            within: None,
            role: Some(place.role),
            cue: place.cue,
            text: name.to_owned(),
            id: format!("state:{}/{}", place.state, slug(name)).into(),
        });
    }

    fn rule(&mut self, rule: Rule) {
        let words = flat(&rule.text);
        if words.is_empty() {
            return;
        }
        let mut variants = if rule.form == Form::Exact { vec![words] } else { inflected(&rule.text, &words) };
        // "Praxis- und Digitalcheck": in a text, hyphen and blank are two blanks.
        if rule.text.contains("- ") {
            variants.push(fold(&rule.text).replace('-', " "));
        }
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

/// Folded, hyphens as spaces, one space between words.
pub(super) fn flat(text: &str) -> String {
    fold(text).replace('-', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A place that is written as the ending of a host name: `bremen.de`.
fn is_host(name: &str) -> bool {
    const TOP: &[&str] = &[
        "bayern", "berlin", "com", "de", "eu", "hamburg", "info", "is", "net", "nrw", "one", "org", "ruhr", "saarland",
        "tv",
    ];
    let small = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-".contains(&b);
    name.rsplit_once('.').is_some_and(|(rest, top)| TOP.contains(&top) && !rest.is_empty()) && name.bytes().all(small)
}

fn slug(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}
