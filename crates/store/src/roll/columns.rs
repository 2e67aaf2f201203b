//! What the entries of one piece are, turned on its side: for each thing that can be asked for one bit per entry.
//!
//! Promises: a question about two thousand entries is answered by some words of bits, and not by two thousand looks at
//! their shelves; one about all of them, or all news, is answered once. Made when first asked for, and made anew once
//! the piece changes. Some 13 bytes for each entry.

use std::sync::OnceLock;

use model::{Kind, State};

use super::bits::{Bits, each_bit};
use super::layout::Layout;
use super::list::{Entry, Piece};
use super::stories::Stories;
use crate::shelf::Shelves;

mod count;

pub(crate) use count::{KINDS, STATES, Sums, TOPICS};

/// The entries of one piece by what they are.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) all: Bits,
    kinds: [Bits; 2],
    states: [Bits; State::ALL.len()],
    /// By number. Topics that came later have no entry here.
    topics: Box<[Bits]>,
    /// Who tells a story that is counted one by one.
    loose: Bits,
    /// Of each of these for what it counts.
    marks: Box<[u64]>,
    layout: Layout,
    /// Of news and of events.
    spans: [Span; 2],
    /// How many there are of all, of news and of events, by items and by stories.
    wholes: [OnceLock<Box<Sums>>; 6],
}

/// What a piece has all of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    All,
    Of(Kind),
}

/// Between which moments some entries begin, and between which they end.
#[derive(Clone, Copy, Debug)]
struct Span {
    begins: (i64, i64),
    ends: (i64, i64),
}

impl Span {
    const NEVER: Span = Span { begins: (i64::MAX, i64::MIN), ends: (i64::MAX, i64::MIN) };

    fn see(&mut self, entry: &Entry) {
        let widen = |span: &mut (i64, i64), at: i64| *span = (span.0.min(at), span.1.max(at));
        widen(&mut self.begins, entry.begins());
        widen(&mut self.ends, entry.ends());
    }

    /// Whether all of them or none are of a period; nothing if some are, perhaps.
    fn are_within(&self, since: i64, until: Option<i64>) -> Option<bool> {
        let before = |at: i64| until.is_none_or(|until| at < until);
        if self.ends.0 >= since && before(self.begins.1) {
            return Some(true);
        }
        (self.ends.1 < since || !before(self.begins.0)).then_some(false)
    }
}

impl Columns {
    pub(super) fn of(entries: &[Entry], shelves: &Shelves, stories: &Stories) -> Self {
        let layout = Layout::of(entries, shelves, stories);
        let mut loose = Bits::NONE;
        loose.fill(layout.loose.clone());
        let mut columns = Columns {
            all: Bits::NONE,
            kinds: [Bits::NONE; 2],
            states: [Bits::NONE; State::ALL.len()],
            topics: vec![Bits::NONE; shelves.topics.len()].into(),
            loose,
            marks: Box::default(),
            spans: [Span::NEVER; 2],
            wholes: [const { OnceLock::new() }; 6],
            layout,
        };
        for (entry, place) in entries.iter().zip(&columns.layout.places) {
            let (shelf, at) = (shelves.at(entry.shelf), usize::from(*place));
            let kind = usize::from(entry.is_event());
            columns.spans[kind].see(entry);
            columns.kinds[kind].set(at);
            columns.all.set(at);
            each_bit(shelf.states, |state| columns.states[state].set(at));
            shelf.topics.iter().for_each(|topic| columns.topics[*topic as usize].set(at));
        }
        columns.marks = columns.mark();
        columns
    }

    /// Those of a kind.
    pub(crate) fn of_kind(&self, kind: Kind) -> &Bits {
        &self.kinds[kind as usize]
    }

    /// Those of any of some states, one bit for each; put together where there are several.
    pub(crate) fn of_states<'b>(&'b self, states: u32, room: &'b mut Bits) -> &'b Bits {
        let mut of = self.states.iter().enumerate().filter(|(at, _)| states & 1 << at != 0).map(|(_, of)| of);
        any(&mut of, room)
    }

    /// Those with any of some topics, which may be younger than the piece.
    pub(crate) fn of_topics<'b>(&'b self, topics: &[u32], room: &'b mut Bits) -> &'b Bits {
        any(&mut topics.iter().filter_map(|topic| self.topics.get(*topic as usize)), room)
    }

    /// Those of some sources.
    pub(crate) fn of_sources<'b>(&'b self, sources: &[u32], room: &'b mut Bits) -> &'b Bits {
        let layout = &self.layout;
        let which = sources.iter().filter_map(|source| layout.names.binary_search(source).ok());
        // The sources of a piece are no more than its entries, and so has each a bit.
        let mut chosen = Bits::NONE;
        *room = Bits::NONE;
        for which in which {
            room.fill(usize::from(layout.runs[which])..usize::from(layout.runs[which + 1]));
            chosen.set(which);
        }
        if !chosen.is_none() {
            for tellers in layout.tellers() {
                let of = tellers.clone().zip(&layout.sources[tellers]);
                of.filter(|(_, which)| chosen.has(usize::from(**which))).for_each(|(at, _)| room.set(at));
            }
            // What is between two layers is nobody's.
            room.narrow(&self.all);
        }
        room
    }

    /// Whether there are some of these sources.
    pub(crate) fn has_sources(&self, sources: &[u32]) -> bool {
        sources.iter().any(|source| self.layout.names.binary_search(source).is_ok())
    }

    /// Those that stand at some places, which are in order, of the piece that this is of.
    pub(crate) fn at(&self, piece: &Piece, seqs: &[i64]) -> Bits {
        let place = |number: usize| usize::from(self.layout.places[number]);
        let mut bits = Bits::NONE;
        let seqs = piece.between(seqs);
        if seqs.len() > piece.entries.len() / 2 {
            // Fewer are missing.
            bits.clone_from(&self.all);
            piece.each_missing(seqs, |number| bits.unset(place(number)));
        } else {
            piece.each_at(seqs, |number| bits.set(place(number)));
        }
        bits
    }

    /// The numbers in the piece of those that stand somewhere, in order.
    pub(crate) fn numbers(&self, bits: &Bits, with: impl FnMut(usize)) {
        let mut numbers = Bits::NONE;
        bits.each(|at| numbers.set(usize::from(self.layout.order[at])));
        numbers.each(with);
    }

    /// Those that have not ended at one moment and begin before another, and whether that is all of something. What it
    /// looks at is mostly their first and last moments: news stand in the order of theirs, and events not far from it.
    pub(crate) fn within(&self, entries: &[Entry], since: Option<i64>, until: Option<i64>) -> (Bits, Option<Whole>) {
        let since = since.unwrap_or(i64::MIN);
        let are = self.spans.map(|span| span.are_within(since, until));
        let mut within = Bits::NONE;
        for (kind, are) in self.kinds.iter().zip(are) {
            match are {
                Some(true) => within.widen(kind),
                Some(false) => {}
                None => kind.each(|at| {
                    let entry = &entries[usize::from(self.layout.order[at])];
                    if entry.ends() >= since && until.is_none_or(|until| entry.begins() < until) {
                        within.set(at);
                    }
                }),
            }
        }
        let whole = match are {
            [Some(true), Some(true)] => Some(Whole::All),
            [Some(true), Some(false)] => Some(Whole::Of(Kind::News)),
            [Some(false), Some(true)] => Some(Whole::Of(Kind::Event)),
            _ => None,
        };
        (within, whole)
    }

    /// Bytes that they take, more or less.
    pub(super) fn weight(&self) -> usize {
        let Layout { order, places, told, names, sources, runs, .. } = &self.layout;
        let layout = [order, places, sources, runs].map(|list| size_of_val(&**list)).iter().sum::<usize>()
            + size_of_val(&**told)
            + size_of_val(&**names);
        let wholes = self.wholes.iter().filter_map(OnceLock::get).map(|sums| sums.weight());
        size_of::<Self>() + size_of_val(&*self.topics) + size_of_val(&*self.marks) + layout + wholes.sum::<usize>()
    }

    /// The number of the source of who stands at a place.
    pub(crate) fn source(&self, at: usize) -> u32 {
        self.layout.names[usize::from(self.layout.sources[at])]
    }
}

fn any<'b>(of: &mut dyn Iterator<Item = &'b Bits>, room: &'b mut Bits) -> &'b Bits {
    let (first, second) = (of.next(), of.next());
    let (Some(first), Some(second)) = (first, second) else { return first.unwrap_or(const { &Bits::NONE }) };
    room.clone_from(first);
    room.widen(second);
    of.for_each(|more| room.widen(more));
    room
}

#[cfg(test)]
mod tests;
