//! Counting: the total and all four facets of a query at once, by item or by story.

use std::collections::BTreeMap;

use model::{Facets, Kind, State};

use crate::names::Names;
use crate::roll::{KINDS, STATES, TOPICS, each_bit};
use crate::shelf::{KIND, SOURCE, STATE, Shelf, Shelves, TOPIC};

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

/// For what an item or a story counts by the total, the kinds and the states, as bits of the first of the words that say
/// so; behind these are the topics.
pub(super) const OF_TOTAL: u64 = (1 << KINDS) - 1;
pub(super) const OF_KINDS: u64 = (1 << STATES) - (1 << KINDS);
pub(super) const OF_STATES: u64 = (1 << TOPICS) - (1 << STATES);
pub(super) const BELOW_TOPICS: u64 = (1 << TOPICS) - 1;

impl Tally {
    /// Bytes that it takes in memory, more or less.
    pub(crate) fn weight(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.topic) + size_of_val(&*self.source)
    }

    pub(super) fn facets(&self, shelves: &Shelves) -> Facets {
        let named = |names: &Names, counts: &[(u32, u32)]| -> BTreeMap<String, u64> {
            counts.iter().map(|(number, n)| (names.name(*number as usize).to_owned(), u64::from(*n))).collect()
        };
        let states = State::ALL.into_iter().zip(self.state).filter(|(_, n)| *n > 0);
        let kinds = [Kind::News, Kind::Event].into_iter().zip(self.kind).filter(|(_, n)| *n > 0);
        Facets {
            state: states.map(|(state, n)| (state.code().to_owned(), n)).collect(),
            topic: named(&shelves.topics, &self.topic),
            source: named(&shelves.sources, &self.source),
            kind: kinds.map(|(kind, n)| (kind.word().to_owned(), n)).collect(),
        }
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

    /// Adds so many of what has this number.
    pub(super) fn add(&mut self, number: usize, n: u64) {
        match number {
            0 => self.total += n,
            KINDS..STATES => self.kind[number - KINDS] += n,
            STATES..TOPICS => self.state[number - STATES] += n,
            _ => self.topic[number - TOPICS] += n,
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
