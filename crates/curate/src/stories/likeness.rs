//! Whether two items say the same: significant stems of title and text, numbers and places that must not contradict.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use german::fold::Folded;
use german::stem::{is_stop_word, stem};
use model::Told;

use super::WINDOW_MS;
use crate::field::Field;
use crate::rules::{Label, Rules};

/// An item as far as likeness needs it: sorted, without repetition, stems as hashes.
pub(super) struct Print {
    /// Significant stems of the title.
    pub(super) title: Vec<u64>,
    /// Significant stems of the summary.
    body: Vec<u64>,
    /// Significant stems of title and summary.
    pub(super) all: Vec<u64>,
    title_numbers: Vec<u64>,
    all_numbers: Vec<u64>,
    /// Länder and towns named, by their rules: the kicker that told two towns apart is no longer in the title.
    places: Vec<usize>,
}

impl Print {
    pub(super) fn of(item: &Told, rules: &Rules) -> Self {
        let (title, title_numbers) = stems(&item.title);
        let (body, mut all_numbers) = stems(&item.summary);
        let all = body.iter().chain(&title).copied().collect();
        all_numbers.extend(&title_numbers);
        let places = [&item.title, &item.summary].into_iter().flat_map(|text| places(text, rules)).collect();
        Print {
            title: sorted(title),
            body: sorted(body),
            all: sorted(all),
            title_numbers: sorted(title_numbers),
            all_numbers: sorted(all_numbers),
            places: sorted(places),
        }
    }
}

fn places(text: &str, rules: &Rules) -> Vec<usize> {
    let named = rules.hits(&Field::new("title", text, 1.0)).into_iter().map(|hit| hit.rule);
    named
        .filter(|rule| {
            let rule = &rules.rules[*rule];
            matches!(rule.label, Label::State(_))
                && rule.role != Some(model::Role::Body)
                && !rule.cue
                && rule.weight > 0.0
        })
        .collect()
}

/// Words that tell one text from another, and numbers.
fn stems(text: &str) -> (Vec<u64>, Vec<u64>) {
    let folded = Folded::new(text);
    let (mut words, mut numbers) = (Vec::new(), Vec::new());
    for word in folded.words() {
        if word.text.bytes().all(|b| b.is_ascii_digit()) {
            // "07" and "7" are one number; a lone zero counts nothing.
            numbers.push(hash(word.text.trim_start_matches('0')));
        } else if word.text.len() >= 2 && !is_stop_word(word.text) {
            words.push(hash(&stem(word.text)));
        }
    }
    (words, numbers)
}

/// Whether two items tell the same.
pub(super) fn same((a, one): (&Told, &Print), (b, other): (&Told, &Print)) -> bool {
    let titles = jaccard(&one.title, &other.title);
    let near_titles = titles >= 0.75
        && one.title.len().min(other.title.len()) >= 3
        && one.title_numbers == other.title_numbers
        && !contradict(&one.places, &other.places);
    // One address is one thing, unless a source gives all its entries the same.
    if a.url == b.url && (a.source != b.source || titles >= 0.5) && a.event == b.event {
        return true;
    }
    if a.source == b.source {
        // One article under two addresses of one portal: an old and a new scheme, a print version.
        return near_titles && titles >= 0.9 && a.at.date() == b.at.date() && jaccard(&one.all, &other.all) >= 0.6;
    }
    if (a.at.ms() - b.at.ms()).abs() > WINDOW_MS {
        return false;
    }
    if near_titles {
        return true;
    }
    if a.event || b.event {
        return false;
    }
    let shared = common(&one.all, &other.all);
    let least = one.all.len().min(other.all.len());
    let alike = jaccard(&one.all, &other.all);
    // One text under two headlines, as houses with two portals and agencies deliver it.
    let verbatim = common(&one.body, &other.body) >= 6 && jaccard(&one.body, &other.body) >= 0.6;
    let rewritten = shared >= 6
        && common(&one.title, &other.title) >= 2
        && (alike >= 0.35 || (least >= 8 && shared * 10 >= least * 6));
    (verbatim || rewritten)
        && !contradict(&one.title_numbers, &other.title_numbers)
        && !contradict(&one.all_numbers, &other.all_numbers)
        && !contradict(&one.places, &other.places)
}

/// Both name some, and none in common.
fn contradict<T: Ord>(one: &[T], other: &[T]) -> bool {
    !one.is_empty() && !other.is_empty() && common(one, other) == 0
}

fn jaccard(one: &[u64], other: &[u64]) -> f32 {
    let shared = common(one, other);
    let all = one.len() + other.len() - shared;
    if all == 0 { 0.0 } else { shared as f32 / all as f32 }
}

/// How many elements two sorted lists share.
fn common<T: Ord>(one: &[T], other: &[T]) -> usize {
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
