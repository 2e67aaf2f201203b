//! What a question wants of the roll, piece by piece: the choice, the period and the words as bits.

use super::question::{Asked, Matched};
use crate::roll::{Bits, Columns, Entry, Piece, Roll, Whole, leap};
use crate::shelf::{Choice, KIND, SOURCE, STATE, TOPIC};

/// What is wanted.
pub(super) struct Want<'a> {
    roll: &'a Roll,
    choice: &'a Choice,
    since: Option<i64>,
    until: Option<i64>,
    must: Option<&'a [i64]>,
    not: Option<&'a [i64]>,
}

/// Some entries of a piece.
#[derive(Clone, Debug)]
pub(super) struct Share {
    pub(super) bits: Bits,
    /// Of what they are all, if they are.
    pub(super) whole: Option<Whole>,
}

/// What of a piece fits; and for each part of a choice what would if that said nothing, where it says something.
pub(super) struct Fitting {
    all: Share,
    aside: [Option<Share>; 4],
}

/// The parts of a choice, in the order of [`Fitting::aside`].
const PARTS: [u8; 4] = [STATE, TOPIC, SOURCE, KIND];

impl<'a> Want<'a> {
    /// Everything that fits a choice.
    pub(super) fn choice(roll: &'a Roll, choice: &'a Choice) -> Self {
        Want { roll, choice, since: None, until: None, must: None, not: None }
    }

    /// What is asked.
    pub(super) fn asked(roll: &'a Roll, choice: &'a Choice, asked: &Asked<'_>, matched: &'a Matched) -> Self {
        let slice = |places: &'a Option<std::sync::Arc<Vec<i64>>>| places.as_ref().map(|places| places.as_slice());
        let (must, not) = (slice(&matched.must), slice(&matched.not));
        Want { since: asked.since, until: asked.until, must, not, ..Want::choice(roll, choice) }
    }

    /// What of a piece is of the period and matches the words.
    fn among(&self, piece: &Piece, columns: &Columns) -> Share {
        let mut among = match (self.since, self.until) {
            (None, None) => Share { bits: columns.all.clone(), whole: Some(Whole::All) },
            (since, until) => {
                let (bits, whole) = columns.within(&piece.entries, since, until);
                Share { bits, whole }
            }
        };
        if let Some(must) = self.must {
            among.narrow(&columns.numbered(|set| named(piece, must, set)));
        }
        if let Some(not) = self.not {
            among.bits.lessen(&columns.numbered(|set| named(piece, not, set)));
            among.whole = None;
        }
        among
    }

    /// What of a piece fits each part of the choice but its kind.
    fn parts(&self, columns: &Columns) -> [Option<Bits>; 3] {
        let Choice { states, topics, sources, .. } = self.choice;
        [
            (*states != 0).then(|| columns.of_states(*states)),
            topics.as_ref().map(|topics| columns.of_topics(topics)),
            sources.as_ref().map(|sources| columns.of_sources(sources)),
        ]
    }

    /// What of a piece is wanted, and what would be with one part of the choice left aside, if that is asked for;
    /// nothing where all of that is nothing.
    pub(super) fn fitting(&self, piece: &Piece, leaves_aside: bool) -> Option<Fitting> {
        if self.must.is_some_and(|must| between(piece, must).is_empty()) {
            return None;
        }
        let columns = self.columns(piece);
        let among = self.among(piece, columns);
        if among.bits.is_none() {
            return None;
        }
        let parts = self.parts(columns);
        let without = |aside: u8| {
            let mut left = among.clone();
            for (part, of) in PARTS.iter().zip(&parts) {
                if let Some(of) = of.as_ref().filter(|_| *part != aside) {
                    left.narrow(of);
                }
            }
            if let Some(kind) = self.choice.kind.filter(|_| aside != KIND) {
                left.narrow_to(kind, columns);
            }
            left
        };
        let says = |part: u8| {
            if part == KIND { self.choice.kind.is_some() } else { parts[part.trailing_zeros() as usize].is_some() }
        };
        let aside = PARTS.map(|part| (leaves_aside && says(part)).then(|| without(part)));
        let fitting = Fitting { all: without(0), aside };
        let is_none = |share: &Share| share.bits.is_none();
        (!is_none(&fitting.all) || fitting.aside.iter().flatten().any(|share| !is_none(share))).then_some(fitting)
    }

    /// What is wanted of a piece, in order.
    pub(super) fn of<'p>(&self, piece: &'p Piece) -> Vec<&'p Entry> {
        let mut entries = Vec::new();
        if let Some(fitting) = self.fitting(piece, false) {
            self.columns(piece).numbers(&fitting.all.bits, |number| entries.push(&piece.entries[number]));
        }
        entries
    }

    pub(super) fn columns<'p>(&self, piece: &'p Piece) -> &'p Columns {
        piece.columns(&self.roll.shelves, &self.roll.stories)
    }
}

impl Share {
    fn narrow(&mut self, to: &Bits) {
        self.bits.narrow(to);
        self.whole = None;
    }

    fn narrow_to(&mut self, kind: model::Kind, columns: &Columns) {
        self.bits.narrow(columns.of_kind(kind));
        self.whole = match self.whole {
            Some(Whole::All) => Some(Whole::Of(kind)),
            whole => whole.filter(|whole| *whole == Whole::Of(kind)),
        };
    }
}

impl Fitting {
    /// What fits.
    pub(super) fn all(&self) -> &Share {
        &self.all
    }

    /// What would if this part of the choice said nothing.
    pub(super) fn aside(&self, part: u8) -> &Share {
        self.aside[part.trailing_zeros() as usize].as_ref().unwrap_or(&self.all)
    }

    /// Each of them once.
    pub(super) fn each(&mut self) -> impl Iterator<Item = &mut Share> {
        std::iter::once(&mut self.all).chain(self.aside.iter_mut().flatten())
    }
}

/// Of some places, which are in order, those that may stand in a piece.
fn between<'s>(piece: &Piece, seqs: &'s [i64]) -> &'s [i64] {
    let (Some(first), Some(last)) = (piece.entries.first(), piece.entries.last()) else { return &[] };
    let seqs = &seqs[..seqs.partition_point(|seq| *seq <= last.seq)];
    &seqs[seqs.partition_point(|seq| *seq < first.seq)..]
}

/// The numbers in a piece of those that stand at some places, which are in order.
fn named(piece: &Piece, seqs: &[i64], set: &mut dyn FnMut(usize)) {
    let mut at = 0;
    for seq in between(piece, seqs) {
        at += leap(&piece.entries[at..], *seq);
        if piece.entries[at].seq == *seq {
            set(at);
        }
    }
}
