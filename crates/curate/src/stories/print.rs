//! What an item is recognised by: its stems with their weights, the names, numbers and days it gives, the places.
//!
//! All of it as sorted hashes without repetition, bounded by the length of title and summary. [`Print::marks`] are the
//! few that candidates are looked up by, so that a store can index them.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use german::fold::{Folded, fold};
use german::stem::{is_stop_word, stem};
use model::{Role, State, Told};

use crate::field::Field;
use crate::rules::{Label, Rules};

/// So many marks of an item are looked up.
const MARKS: usize = 32;
/// What a word of the whole field counts; a rare one counts 1.
const FIELD: f32 = 0.25;

/// An item as far as likeness needs it.
pub(super) struct Print {
    /// Significant stems of the title.
    pub(super) title: Vec<u64>,
    /// Significant stems of the summary.
    pub(super) body: Vec<u64>,
    /// Significant stems of title and summary.
    pub(super) all: Vec<u64>,
    /// The same with their weights.
    pub(super) stems: Vec<(u64, f32)>,
    pub(super) title_stems: Vec<(u64, f32)>,
    pub(super) weight: f32,
    pub(super) title_weight: f32,
    /// Two capitalised words side by side: persons, programmes, institutions.
    pub(super) names: Vec<u64>,
    /// Numbers of the title.
    pub(super) title_numbers: Vec<u64>,
    /// Numbers of three digits and more that are no years.
    pub(super) numbers: Vec<u64>,
    /// Days with their months: "16. Dezember".
    pub(super) days: Vec<u64>,
    /// Länder named, by themselves or by a town.
    pub(super) states: Vec<State>,
    /// Towns named, by the beginnings of their names.
    pub(super) towns: Vec<u64>,
}

/// One field taken apart.
#[derive(Default)]
struct Parts {
    stems: Vec<(u64, f32)>,
    names: Vec<u64>,
    small: Vec<u64>,
    numbers: Vec<u64>,
    days: Vec<u64>,
}

impl Print {
    pub(super) fn of(item: &Told, rules: &Rules) -> Self {
        let kicker = item.kicker.as_deref().unwrap_or_default();
        let (title, mut body) = (parts(&item.title), parts(&item.summary));
        let over = parts(kicker).stems;
        body.stems.extend(&over);
        let (mut states, mut towns) = (Vec::new(), Vec::new());
        for text in [&item.title, kicker, &item.summary] {
            places(text, rules, &mut states, &mut towns);
        }
        let title_plain = weighed(title.stems.clone());
        // "E-Akte: Stadt wird digital": the kicker is half of the title.
        let title_stems = weighed([title.stems, over].concat());
        let body_stems = weighed(body.stems);
        let stems = weighed(title_stems.iter().chain(&body_stems).copied().collect());
        let plain = |stems: &[(u64, f32)]| stems.iter().map(|(stem, _)| *stem).collect::<Vec<u64>>();
        let sum = |stems: &[(u64, f32)]| stems.iter().map(|(_, weight)| weight).sum();
        Print {
            title: plain(&title_plain),
            body: plain(&body_stems),
            all: plain(&stems),
            weight: sum(&stems),
            title_weight: sum(&title_stems),
            stems,
            title_stems,
            names: sorted([title.names, body.names].concat()),
            title_numbers: sorted([&title.small[..], &title.numbers[..]].concat()),
            numbers: sorted([title.numbers, body.numbers].concat()),
            days: sorted([title.days, body.days].concat()),
            states: sorted(states),
            towns: sorted(towns),
        }
    }

    /// What candidates are looked up by, at most [`MARKS`]: numbers, days, names, rare stems, and the stems of the
    /// title. Items that share two of them may tell the same.
    pub(super) fn marks(&self) -> Vec<u64> {
        let rare = self.stems.iter().filter(|(_, weight)| *weight >= 1.0).map(|(stem, _)| *stem);
        let exact = self.numbers.iter().chain(&self.days).chain(&self.names).chain(&self.title).copied();
        let mut marks = Vec::with_capacity(MARKS);
        for mark in exact.chain(rare) {
            if marks.len() == MARKS {
                break;
            }
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
        marks
    }
}

/// The Länder and towns that a text names. Bodies are left out: everybody quotes the same ones; so are the federation
/// and the Union, which half of all items name beside a Land.
fn places(text: &str, rules: &Rules, states: &mut Vec<State>, towns: &mut Vec<u64>) {
    for hit in rules.hits(&Field::new("title", text, 1.0)) {
        let rule = &rules.rules[hit.rule];
        let Label::State(state) = rule.label else { continue };
        if rule.role == Some(Role::Body) || rule.cue || rule.weight <= 0.0 || matches!(state, State::Bund | State::Eu) {
            continue;
        }
        states.push(state);
        if rule.role == Some(Role::Town) {
            // "München" and "Münchner" are two rules of one town.
            let name = fold(&rule.text);
            towns.push(hash(name.get(..5).unwrap_or(&name)));
        }
    }
}

fn parts(text: &str) -> Parts {
    let folded = Folded::new(text);
    let mut parts = Parts::default();
    // The capitalised word before, and where it ended; a number before a month.
    let mut before: Option<(String, usize, bool)> = None;
    let mut number: Option<(String, usize)> = None;
    let bytes = folded.as_str().as_bytes();
    for word in folded.words() {
        if word.text.bytes().all(|b| b.is_ascii_digit()) {
            let glued = number.take().filter(|(_, end)| end + 1 == word.start && matches!(bytes[*end], b'.' | b','));
            let joined = glued.map_or(word.text.to_owned(), |(head, _)| head + word.text);
            number = Some((joined, word.end));
            before = None;
            continue;
        }
        if let Some((digits, end)) = number.take() {
            let month = word.start - end <= 2 && bytes[end] == b'.' && MONTHS.contains(&word.text);
            parts.number(&digits, month.then_some(word.text));
        }
        let significant = word.text.len() >= 2
            && !is_stop_word(word.text)
            && !NO_MATTER.contains(&word.text)
            && !MONTHS.contains(&word.text);
        let capital = text[folded.original(word.start..word.end)].starts_with(char::is_uppercase);
        let root = stem(word.text);
        let field = of_field(&root);
        if significant {
            parts.stems.push((hash(&root), if field { FIELD } else { 1.0 }));
        }
        if let Some((head, end, common)) = before.take()
            && significant
            && capital
            && end + 1 == word.start
            && bytes[end] == b' '
            && !(common && field)
        {
            parts.names.push(hash(&format!("{head} {root}")));
        }
        before = (significant && capital).then_some((root, word.end, field));
    }
    if let Some((digits, _)) = number {
        parts.number(&digits, None);
    }
    parts
}

impl Parts {
    fn number(&mut self, digits: &str, month: Option<&str>) {
        let value = digits.trim_start_matches('0');
        let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        // "15.07.2025" is the day of publication more often than not.
        let stamp = digits.len() >= 6 && digits[digits.len() - 4..].starts_with("20") && digits.len() <= 8;
        match month {
            Some(month) => self.days.push(hash(&format!("{value} {month}"))),
            None if value.len() >= 3 && !year && !stamp => self.numbers.push(hash(value)),
            None if !stamp => self.small.push(hash(value)),
            None => {}
        }
    }
}

/// Whether the whole field speaks of it: such a word tells no two items apart.
fn of_field(stem: &str) -> bool {
    ["digital", "verwalt"].iter().any(|start| stem.starts_with(start)) || WORDS.with(|words| words.contains(stem))
}

thread_local! {
    static WORDS: std::collections::HashSet<String> = OF_FIELD.iter().map(|word| stem(&fold(word))).collect();
}

/// Words that most items of the field have, whatever they tell.
const OF_FIELD: [&str; 84] = [
    "Land",
    "Stadt",
    "Behörde",
    "Bund",
    "Länder",
    "Minister",
    "Ministerin",
    "Ministerium",
    "Staat",
    "IT",
    "online",
    "Dienst",
    "Service",
    "Portal",
    "Gesetz",
    "Bürger",
    "Bürgerinnen",
    "Kommune",
    "kommunal",
    "Leistung",
    "Projekt",
    "Strategie",
    "System",
    "Plattform",
    "Einführung",
    "einführen",
    "Start",
    "starten",
    "Prozess",
    "modern",
    "Modernisierung",
    "Daten",
    "neu",
    "deutsch",
    "Deutschland",
    "Landkreis",
    "Gemeinde",
    "Kreis",
    "öffentlich",
    "Unternehmen",
    "Thema",
    "Bereich",
    "Ziel",
    "Stelle",
    "Aufgabe",
    "Presse",
    "Mitteilung",
    "Pressemitteilung",
    "Register",
    "Registermodernisierung",
    "OZG",
    "Onlinezugangsgesetz",
    "CIO",
    "CDO",
    "Chief",
    "Digital",
    "Officer",
    "Information",
    "KI",
    "E-Government",
    "eGovernment",
    "Akte",
    "Kabinett",
    "Landesregierung",
    "Regierung",
    "Bundesregierung",
    "Digitalminister",
    "Staatssekretär",
    "Staatssekretärin",
    "IT-Planungsrat",
    "Planungsrat",
    "Beauftragter",
    "Beschäftigte",
    "Angebot",
    "Nutzung",
    "Umsetzung",
    "Zukunft",
    "Zusammenarbeit",
    "Nummer",
    "Antrag",
    "Anträge",
    "elektronisch",
    "Cloud",
    "Präsident",
];

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "maerz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
];

/// Words beside the stop words and the months that say nothing of the matter: of speech, of time, of order.
const NO_MATTER: [&str; 39] = [
    "sagt",
    "sagte",
    "erklaert",
    "nennt",
    "laut",
    "erste",
    "ersten",
    "erster",
    "erstes",
    "zweite",
    "drei",
    "zwei",
    "vier",
    "darunter",
    "heute",
    "ende",
    "anfang",
    "mitte",
    "jahr",
    "jahre",
    "jahren",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "steht",
    "stehen",
    "geht",
    "gehen",
    "kommt",
    "kommen",
    "macht",
    "gilt",
    "eigene",
    "uhr",
    "prozent",
];

/// Sorted by stem, each once.
fn weighed(mut stems: Vec<(u64, f32)>) -> Vec<(u64, f32)> {
    stems.sort_unstable_by_key(|(stem, _)| *stem);
    stems.dedup_by_key(|(stem, _)| *stem);
    stems
}

/// How many elements two sorted lists share.
pub(super) fn common<T: Ord>(one: &[T], other: &[T]) -> usize {
    let (mut a, mut b, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (one.get(a), other.get(b)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => (a, b, shared) = (a + 1, b + 1, shared + 1),
        }
    }
    shared
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
