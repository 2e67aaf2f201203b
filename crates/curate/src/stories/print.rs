//! What an item is recognised by: its stems with their weights, the names, numbers and days it gives, the places.
//!
//! All of it as sorted hashes without repetition, bounded by the length of title and summary. [`Print::marks`] are the
//! few that candidates are looked up by; a store keeps them beside the item.

use std::collections::HashMap;

use model::{State, Told};

use super::meaning::Sort;
use super::parts::{Stem, hash, parts, spread};
use super::words::{ATTACKED, HELD_UP};
use crate::places::{self, Named};
use crate::rules::Rules;

/// So many marks of an item are looked up, those that stand for its address and its whole title aside.
const MARKS: usize = 16;
/// So many of each sort, lest a table of numbers leaves no room for what it is about.
const EACH: usize = 4;

/// An item as far as likeness needs it.
#[derive(Debug)]
pub(super) struct Print {
    /// What the address comes to, whichever way it is written; nothing if it says nothing, as a home page's.
    pub(super) address: Option<u64>,
    /// Significant stems of the title.
    pub(super) title: Box<[Stem]>,
    /// Significant stems of the summary and of what stands over the title.
    pub(super) body: Box<[Stem]>,
    /// Significant stems of all.
    pub(super) stems: Box<[Stem]>,
    /// Significant stems of the title and of what stands over it.
    pub(super) title_stems: Box<[Stem]>,
    pub(super) title_weight: f32,
    /// Two capitalised words side by side.
    pub(super) names: Box<[u64]>,
    /// Numbers of the title.
    pub(super) title_numbers: Box<[u64]>,
    /// Numbers of three digits and more that are no years.
    pub(super) numbers: Box<[u64]>,
    /// What there are so many of, and how many.
    pub(super) counts: Box<[(u64, f64)]>,
    /// Days with their months: "16. Dezember".
    pub(super) days: Box<[u64]>,
    /// Länder named, by themselves or by a town.
    pub(super) states: Box<[State]>,
    /// Towns named, by the beginnings of their names.
    pub(super) towns: Box<[u64]>,
    /// The same of the title and what stands over it.
    pub(super) head: Places,
    /// Stations of a law in title and kicker, and in all.
    pub(super) title_stations: u8,
    pub(super) stations: u8,
    /// What compounds are made of.
    pub(super) parts: Box<[Stem]>,
    /// What is done, one bit each.
    pub(super) acts: u16,
    /// What it is done with, one bit each.
    pub(super) subjects: u64,
    /// Numbers of one or two digits, one bit each.
    pub(super) few: u128,
    pub(super) years: Box<[i16]>,
}

/// Where something is.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) states: Box<[State]>,
    pub(super) towns: Box<[u64]>,
}

/// The words that a print is taken of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'a> {
    pub(super) title: &'a str,
    pub(super) kicker: &'a str,
    pub(super) summary: &'a str,
    pub(super) url: &'a str,
}

impl<'a> From<&'a Told> for Words<'a> {
    fn from(told: &'a Told) -> Self {
        let kicker = told.kicker.as_deref().unwrap_or_default();
        Words { title: &told.title, kicker, summary: &told.summary, url: &told.url }
    }
}

impl Print {
    pub(super) fn of(item: Words<'_>, rules: &Rules) -> Self {
        let named = Named::of(item.title, item.kicker, item.summary, rules, &mut |_, _| {});
        Self::naming(item, &named)
    }

    /// The print of an item of which it is known what it names.
    pub(super) fn naming(item: Words<'_>, named: &Named) -> Self {
        Self::noting(item, named, &mut |_, _| {})
    }

    /// What each hash stands for, in the item's own words.
    pub(super) fn words(item: Words<'_>, rules: &Rules) -> HashMap<u64, String> {
        let mut words = HashMap::new();
        let mut note = |hash: u64, said: &str| {
            words.entry(hash).or_insert_with(|| said.to_owned());
        };
        let named = Named::of(item.title, item.kicker, item.summary, rules, &mut |town, said| note(hash(town), said));
        Self::noting(item, &named, &mut note);
        words
    }

    fn noting(item: Words<'_>, named: &Named, note: &mut dyn FnMut(u64, &str)) -> Self {
        let Words { title, kicker, summary, url } = item;
        let whole = Places::of(&[&named.head, &named.body]);
        let (title, mut body, over) = (parts(title, note), parts(summary, note), parts(kicker, note));
        body.stems.extend(&over.stems);
        let title_alone = sorted(title.stems.clone());
        // "E-Akte: Stadt wird digital": the kicker is half of the title.
        let title_stems = sorted([title.stems, over.stems].concat());
        let body_stems = sorted(body.stems);
        let stems = sorted([&title_stems[..], &body_stems[..]].concat());
        let head = title.stations | over.stations;
        // "Nach Hackerangriff: Kreis arbeitet im Notbetrieb" is the day after.
        let past = if head & HELD_UP == 0 { 0 } else { ATTACKED };
        let sum = |stems: &[Stem]| stems.iter().map(|stem| stem.weight()).sum();
        Print {
            address: crate::url::key(url).map(|key| hash(&key)),
            title: title_alone,
            body: body_stems,
            title_weight: sum(&title_stems),
            stems,
            title_stems,
            names: sorted([title.names, body.names].concat()),
            title_numbers: sorted([&title.small[..], &title.numbers[..]].concat()),
            numbers: sorted([title.numbers, body.numbers].concat()),
            counts: [title.counts, body.counts].concat().into(),
            days: sorted([title.days, body.days].concat()),
            states: whole.states,
            towns: whole.towns,
            head: Places::of(&[&named.head]),
            title_stations: head & !past,
            stations: (head | body.stations) & !past,
            parts: sorted([title.parts, over.parts, body.parts].concat()),
            acts: title.acts | over.acts | body.acts,
            subjects: title.subjects | over.subjects | body.subjects,
            few: title.few | over.few | body.few,
            years: sorted([title.years, over.years, body.years].concat()),
        }
    }

    /// What candidates are looked up by: the rare stems of the title, numbers, names, days, then the rare stems of all,
    /// the longest first. Items that share [`super::SHARED`] of them may tell the same. Address and whole title are
    /// marks that do it alone, so each stands there twice.
    pub(super) fn marks(&self) -> Vec<i64> {
        let mut marks: Vec<u64> = Vec::with_capacity(MARKS + 4);
        let exact = [&self.numbers, &self.names, &self.days].into_iter().flat_map(|list| list.iter().take(EACH));
        for mark in rarest(&self.title_stems).take(EACH).chain(exact.copied()).chain(rarest(&self.stems)) {
            if marks.len() == MARKS {
                break;
            }
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
        let title = (self.title.len() >= 3).then(|| self.title.iter().fold(0, |all, stem| spread(all ^ stem.hash())));
        marks.extend([self.address, title].into_iter().flatten().flat_map(|hash| [spread(hash), spread(!hash)]));
        marks.into_iter().map(u64::cast_signed).collect()
    }
}

/// Stems that most items do not have, the longest first: the same order for all items, so that two that share some
/// have them among their first.
fn rarest(stems: &[Stem]) -> impl Iterator<Item = u64> + use<> {
    let mut rare: Vec<Stem> = stems.iter().copied().filter(|stem| stem.sort() != Sort::Field).collect();
    rare.sort_unstable_by_key(|stem| (std::cmp::Reverse(stem.length()), stem.hash()));
    rare.into_iter().map(Stem::hash)
}

impl Places {
    /// Places by the hashes of their names, each once.
    fn of(named: &[&places::Places]) -> Self {
        Places {
            states: sorted(named.iter().flat_map(|places| &places.states).copied().collect()),
            towns: sorted(named.iter().flat_map(|places| &places.towns).map(|town| hash(town)).collect()),
        }
    }
}

/// What two sorted lists share.
pub(super) fn shared<'a, T: Ord>(one: &'a [T], other: &'a [T]) -> impl Iterator<Item = &'a T> {
    let (mut a, mut b) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(x), Some(y)) = (one.get(a), other.get(b)) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => a += 1,
                std::cmp::Ordering::Greater => b += 1,
                std::cmp::Ordering::Equal => {
                    (a, b) = (a + 1, b + 1);
                    return Some(x);
                }
            }
        }
        None
    })
}

/// How many elements two sorted lists share.
pub(super) fn common<T: Ord>(one: &[T], other: &[T]) -> usize {
    shared(one, other).count()
}

/// In order, each once, and in no more memory than that takes: thousands of prints are remembered.
fn sorted<T: Ord>(mut list: Vec<T>) -> Box<[T]> {
    list.sort_unstable();
    list.dedup();
    list.into()
}
