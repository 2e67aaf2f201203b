//! Counting: the total and all four facets of a query at once, by item or by story.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Facets, Kind, State};

use super::sift;
use crate::names::Names;
use crate::roll::{KINDS, Roll, STATES, Stand, TOPICS, each_bit};
use crate::shelf::{Choice, KIND, SOURCE, STATE, Shelf, Shelves, TOPIC};

/// Counts, by the numbers of [`Shelves`]. Of sources and topics those that count something: most choices hold few.
#[derive(Debug)]
pub(crate) struct Tally {
    /// All items, though stories be counted.
    pub(super) items: u64,
    pub(super) total: u64,
    state: [u64; State::ALL.len()],
    topic: Box<[(u32, u32)]>,
    source: Box<[(u32, u32)]>,
    kind: [u64; 2],
}

/// How many there are at all, beside the parts of a choice.
pub(super) const TOTAL: u8 = 16;

/// Counts in the making, of every state, topic and source.
pub(super) struct Counts {
    pub(super) items: u64,
    pub(super) total: u64,
    pub(super) state: [u64; State::ALL.len()],
    pub(super) topic: Vec<u64>,
    pub(super) source: Vec<u64>,
    pub(super) kind: [u64; 2],
}

/// Choices that hold more shelves and stories than this are counted along the roll.
const WIDE: usize = 1_000;

/// What the items of one story that fit count for, each thing once.
#[derive(Default)]
struct Seen {
    total: bool,
    states: u32,
    topics: Vec<u32>,
    sources: Vec<u32>,
    kinds: [bool; 2],
}

/// How much fits a choice of shelves, whenever it was. Each facet leaves its own part of the choice aside, and
/// what is left is a choice that other queries share: it is counted once.
pub(super) struct Counted {
    base: Arc<Tally>,
    own: [(u8, Option<Arc<Tally>>); 4],
}

impl Counted {
    pub(super) fn of(roll: &Roll, choice: &Choice, stories: bool) -> Self {
        let tally =
            |choice: Choice| roll.tally((choice, stories, sift::EACH), |choice| Tally::open(roll, choice, stories));
        let base = tally(choice.clone());
        let own = [STATE, TOPIC, SOURCE, KIND].map(|part| {
            let without = choice.without(part);
            (part, (without != *choice).then(|| tally(without)))
        });
        Counted { base, own }
    }

    pub(super) fn total(&self) -> u64 {
        self.base.total
    }

    pub(super) fn items(&self) -> u64 {
        self.base.items
    }

    pub(super) fn facets(&self, shelves: &Shelves) -> Facets {
        let part = |part: u8| {
            let own = self.own.iter().find(|(of, _)| *of == part).and_then(|(_, tally)| tally.as_ref());
            own.unwrap_or(&self.base)
        };
        facets(shelves, &part(STATE).state, &part(TOPIC).topic, &part(SOURCE).source, part(KIND).kind)
    }
}

impl Tally {
    /// Counts what stands on the shelves that fit.
    fn open(roll: &Roll, choice: &Choice, stories: bool) -> Self {
        if roll.shelves.looked_at(choice) > WIDE {
            return sift::count(roll, choice, stories, sift::EACH);
        }
        let fitting = roll.shelves.fitting(choice);
        let spread = fitting.iter().filter(|_| stories).flat_map(|shelf| roll.spread_on(*shelf));
        let mut spread: Vec<u32> = spread.take(WIDE + 1).collect();
        if fitting.len() + spread.len() > WIDE {
            return sift::count(roll, choice, stories, sift::EACH);
        }
        let (mut counts, mut seen) = (Counts::none(&roll.shelves), Seen::default());
        for number in fitting {
            let Some(Stand { items, stories: alone }) = roll.stands.get(number as usize) else { continue };
            counts.items += u64::from(*items);
            seen.see(&roll.shelves.at(number));
            counts.add(&mut seen, u64::from(*if stories { alone } else { items }));
        }
        spread.sort_unstable();
        spread.dedup();
        for story in spread {
            let shelves = roll.stories.shelves(story as usize).iter().map(|shelf| roll.shelves.at(*shelf));
            shelves.filter(|shelf| choice.fails(shelf) == 0).for_each(|shelf| seen.see(&shelf));
            counts.add(&mut seen, 1);
        }
        counts.end()
    }

    /// Takes over what another counted by one part.
    pub(super) fn take(&mut self, part: u8, other: &Tally) {
        match part {
            STATE => self.state = other.state,
            TOPIC => self.topic.clone_from(&other.topic),
            SOURCE => self.source.clone_from(&other.source),
            _ => self.kind = other.kind,
        }
    }

    /// Bytes that it takes in memory, more or less.
    pub(crate) fn weight(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.topic) + size_of_val(&*self.source)
    }

    pub(super) fn facets(&self, shelves: &Shelves) -> Facets {
        facets(shelves, &self.state, &self.topic, &self.source, self.kind)
    }
}

impl Counts {
    pub(super) fn none(shelves: &Shelves) -> Self {
        Counts {
            items: 0,
            total: 0,
            state: [0; State::ALL.len()],
            topic: vec![0; shelves.topics.len()],
            source: vec![0; shelves.sources.len()],
            kind: [0; 2],
        }
    }

    /// Adds what was seen, so many times, and makes ready to see the next.
    fn add(&mut self, seen: &mut Seen, n: u64) {
        self.total += u64::from(seen.total) * n;
        each_bit(std::mem::take(&mut seen.states), |state| self.state[state] += n);
        seen.topics.drain(..).for_each(|topic| self.topic[topic as usize] += n);
        seen.sources.drain(..).for_each(|source| self.source[source as usize] += n);
        for (count, is) in self.kind.iter_mut().zip(std::mem::take(&mut seen.kinds)) {
            *count += u64::from(is) * n;
        }
        seen.total = false;
    }

    /// Counts one that stands on a shelf, by some parts.
    pub(super) fn see(&mut self, shelf: &Shelf<'_>, parts: u8) {
        if parts & TOTAL != 0 {
            self.total += 1;
        }
        if parts & KIND != 0 {
            self.kind[shelf.kind as usize] += 1;
        }
        if parts & STATE != 0 {
            each_bit(shelf.states, |state| self.state[state] += 1);
        }
        if parts & TOPIC != 0 {
            shelf.topics.iter().for_each(|topic| self.topic[*topic as usize] += 1);
        }
        if parts & SOURCE != 0 {
            self.source[shelf.source as usize] += 1;
        }
    }

    /// Adds one of what has this number.
    pub(super) fn add_one(&mut self, number: usize) {
        match number {
            0 => self.total += 1,
            KINDS..STATES => self.kind[number - KINDS] += 1,
            STATES..TOPICS => self.state[number - STATES] += 1,
            _ => self.topic[number - TOPICS] += 1,
        }
    }

    pub(super) fn end(self) -> Tally {
        let short = |n: &u64| u32::try_from(*n).unwrap_or(u32::MAX);
        let counted =
            |counts: &[u64]| (0..).zip(counts).filter(|(_, n)| **n > 0).map(|(number, n)| (number, short(n))).collect();
        let Counts { items, total, state, kind, .. } = self;
        Tally { items, total, state, topic: counted(&self.topic), source: counted(&self.source), kind }
    }
}

impl Seen {
    /// Sees one more item of the story, by its shelf.
    fn see(&mut self, shelf: &Shelf<'_>) {
        self.total = true;
        self.states |= shelf.states;
        for topic in shelf.topics {
            if !self.topics.contains(topic) {
                self.topics.push(*topic);
            }
        }
        if !self.sources.contains(&shelf.source) {
            self.sources.push(shelf.source);
        }
        self.kinds[shelf.kind as usize] = true;
    }
}

fn facets(shelves: &Shelves, state: &[u64], topic: &[(u32, u32)], source: &[(u32, u32)], kind: [u64; 2]) -> Facets {
    let named = |names: &Names, counts: &[(u32, u32)]| -> BTreeMap<String, u64> {
        counts.iter().map(|(number, n)| (names.name(*number as usize).to_owned(), u64::from(*n))).collect()
    };
    let states = State::ALL.into_iter().zip(state).filter(|(_, n)| **n > 0);
    let kinds = [Kind::News, Kind::Event].into_iter().zip(kind).filter(|(_, n)| *n > 0);
    Facets {
        state: states.map(|(state, n)| (state.code().to_owned(), *n)).collect(),
        topic: named(&shelves.topics, topic),
        source: named(&shelves.sources, source),
        kind: kinds.map(|(kind, n)| (kind.word().to_owned(), n)).collect(),
    }
}
