//! What the entries of one piece are, turned on its side: for each thing that can be asked for one bit per entry.
//!
//! Promises: a question about two thousand entries is answered by some words of bits, and not by two thousand looks at
//! their shelves. Made when first asked for, and made anew once the piece changes. Some 16 bytes for each entry.

use model::{Kind, State};

use super::list::{Entry, MOST};
use crate::shelf::Shelves;

const WORDS: usize = MOST / 64;

/// One bit for each entry of a piece, by where it stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bits([u64; WORDS]);

/// The entries of one piece by what they are.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) all: Bits,
    pub(crate) events: Bits,
    /// Those whose story several tell.
    pub(crate) told: Bits,
    pub(crate) states: [Bits; State::ALL.len()],
    /// By number. Topics that came later have no entry here.
    pub(crate) topics: Vec<Bits>,
    /// The number of each entry's source.
    pub(crate) sources: Vec<u32>,
    /// And of its story, where several tell it.
    pub(crate) stories: Vec<u32>,
    /// Of news and of events.
    spans: [Span; 2],
}

/// Between which moments some entries begin, and between which they end.
#[derive(Clone, Copy, Debug)]
struct Span {
    begins: (i64, i64),
    ends: (i64, i64),
}

impl Bits {
    pub(crate) const NONE: Bits = Bits([0; WORDS]);

    /// The first so many.
    pub(crate) fn first(many: usize) -> Self {
        let mut bits = Bits::NONE;
        for (at, word) in bits.0.iter_mut().enumerate() {
            *word = match many.saturating_sub(at * 64) {
                0 => 0,
                rest @ 1..64 => (1 << rest) - 1,
                _ => u64::MAX,
            };
        }
        bits
    }

    pub(crate) fn set(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    pub(crate) fn and(mut self, other: &Bits) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word &= other);
        self
    }

    pub(crate) fn or(mut self, other: &Bits) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word |= other);
        self
    }

    pub(crate) fn without(mut self, other: &Bits) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word &= !other);
        self
    }

    pub(crate) fn is_none(&self) -> bool {
        self.0.iter().fold(0, |any, word| any | word) == 0
    }

    pub(crate) fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// Does something for each place where a bit stands, from the first to the last. An iterator over them would take
    /// twice as long.
    #[inline]
    pub(crate) fn each(&self, mut with: impl FnMut(usize)) {
        for (at, word) in self.0.iter().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                with(at * 64 + rest.trailing_zeros() as usize);
                rest &= rest - 1;
            }
        }
    }
}

impl Span {
    const NEVER: Span = Span { begins: (i64::MAX, i64::MIN), ends: (i64::MAX, i64::MIN) };

    fn see(&mut self, entry: &Entry) {
        let widen = |span: &mut (i64, i64), at: i64| *span = (span.0.min(at), span.1.max(at));
        widen(&mut self.begins, entry.begins);
        widen(&mut self.ends, entry.ends);
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
    pub(super) fn of(entries: &[Entry], shelves: &Shelves) -> Self {
        let mut columns = Columns {
            all: Bits::first(entries.len()),
            events: Bits::NONE,
            told: Bits::NONE,
            states: [Bits::NONE; State::ALL.len()],
            topics: vec![Bits::NONE; shelves.topics.len()],
            sources: Vec::with_capacity(entries.len()),
            stories: Vec::with_capacity(entries.len()),
            spans: [Span::NEVER; 2],
        };
        for (at, entry) in entries.iter().enumerate() {
            let shelf = &shelves.list[entry.shelf as usize];
            columns.spans[usize::from(entry.is_event())].see(entry);
            if entry.is_event() {
                columns.events.set(at);
            }
            let story = entry.story();
            if story.is_some() {
                columns.told.set(at);
            }
            columns.stories.push(story.unwrap_or_default() as u32);
            let mut states = shelf.states;
            while states != 0 {
                columns.states[states.trailing_zeros() as usize].set(at);
                states &= states - 1;
            }
            shelf.topics.iter().for_each(|topic| columns.topics[*topic as usize].set(at));
            columns.sources.push(shelf.source);
        }
        columns
    }

    /// Those of a kind.
    pub(crate) fn of_kind(&self, kind: Kind) -> Bits {
        match kind {
            Kind::News => self.all.without(&self.events),
            Kind::Event => self.events,
        }
    }

    /// Those that have not ended at one moment and begin before another. What it looks at is mostly their first and
    /// last moments: news stand in the order of theirs, and events not far from it.
    pub(crate) fn within(&self, entries: &[Entry], since: Option<i64>, until: Option<i64>) -> Bits {
        let since = since.unwrap_or(i64::MIN);
        let mut within = Bits::NONE;
        for (span, kind) in self.spans.iter().zip([Kind::News, Kind::Event]) {
            let of_kind = self.of_kind(kind);
            match span.are_within(since, until) {
                Some(true) => within = within.or(&of_kind),
                Some(false) => {}
                None => of_kind.each(|at| {
                    let entry = &entries[at];
                    if entry.ends >= since && until.is_none_or(|until| entry.begins < until) {
                        within.set(at);
                    }
                }),
            }
        }
        within
    }
}

#[cfg(test)]
mod tests;
