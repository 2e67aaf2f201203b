//! What a question wants of the roll, piece by piece: the choice, the period and the words as bits.

use super::question::{Asked, Matched};
use crate::roll::{Bits, Columns, Entry, Piece, Roll, leap};
use crate::shelf::{Choice, KIND, SOURCE, STATE, TOPIC};

/// What is wanted.
pub(super) struct Want<'a> {
    roll: &'a Roll,
    choice: &'a Choice,
    /// By source, whether it is chosen, if any is.
    chosen: Option<Vec<bool>>,
    since: Option<i64>,
    until: Option<i64>,
    must: Option<&'a [i64]>,
    not: Option<&'a [i64]>,
}

/// The parts of the choice that say something, and what of a piece fits each.
pub(super) type Parts = [Option<(u8, Bits)>; 4];

impl<'a> Want<'a> {
    /// Everything that fits a choice.
    pub(super) fn choice(roll: &'a Roll, choice: &'a Choice) -> Self {
        let chosen = choice.sources.as_ref().map(|sources| {
            let mut chosen = vec![false; roll.shelves.sources.len()];
            sources.iter().for_each(|source| chosen[*source as usize] = true);
            chosen
        });
        Want { roll, choice, chosen, since: None, until: None, must: None, not: None }
    }

    /// What is asked.
    pub(super) fn asked(roll: &'a Roll, choice: &'a Choice, asked: &Asked<'_>, matched: &'a Matched) -> Self {
        let slice = |places: &'a Option<std::sync::Arc<Vec<i64>>>| places.as_ref().map(|places| places.as_slice());
        let (must, not) = (slice(&matched.must), slice(&matched.not));
        Want { since: asked.since, until: asked.until, must, not, ..Want::choice(roll, choice) }
    }

    /// What of a piece is of the period and matches the words.
    pub(super) fn among(&self, piece: &Piece) -> Bits {
        let mut among = self.must.map_or_else(|| Bits::first(piece.entries.len()), |must| named(piece, must));
        if let Some(not) = self.not {
            among = among.without(&named(piece, not));
        }
        if (self.since.is_some() || self.until.is_some()) && !among.is_none() {
            among = among.and(&self.columns(piece).within(&piece.entries, self.since, self.until));
        }
        among
    }

    /// What of a piece fits each part of the choice.
    pub(super) fn parts(&self, columns: &Columns) -> Parts {
        let any = |of: &mut dyn Iterator<Item = &Bits>| of.fold(Bits::NONE, Bits::or);
        let states = self.choice.states;
        let mut chosen = columns.states.iter().enumerate().filter(|(at, _)| states & 1 << at != 0).map(|(_, of)| of);
        let state = (states != 0).then(|| (STATE, any(&mut chosen)));
        let topics = self.choice.topics.as_ref();
        let topic = topics.map(|topics| {
            // A topic may be younger than the piece.
            let mut chosen = topics.iter().filter_map(|topic| columns.topics.get(*topic as usize));
            (TOPIC, any(&mut chosen))
        });
        let source = self.chosen.as_ref().map(|chosen| {
            let mut bits = Bits::NONE;
            let of = columns.sources.iter().enumerate().filter(|(_, source)| chosen[**source as usize]);
            of.for_each(|(at, _)| bits.set(at));
            (SOURCE, bits)
        });
        [state, topic, source, self.choice.kind.map(|kind| (KIND, columns.of_kind(kind)))]
    }

    /// What is wanted of a piece, in order.
    pub(super) fn of<'p>(&self, piece: &'p Piece) -> Vec<&'p Entry> {
        let among = self.among(piece);
        let mut entries = Vec::new();
        if !among.is_none() {
            let parts = self.parts(self.columns(piece));
            let fitting = parts.iter().flatten().fold(among, |fitting, (_, part)| fitting.and(part));
            fitting.each(|at| entries.push(&piece.entries[at]));
        }
        entries
    }

    pub(super) fn columns<'p>(&self, piece: &'p Piece) -> &'p Columns {
        piece.columns(&self.roll.shelves)
    }
}

/// Those of a piece that stand at some places, which are in order.
fn named(piece: &Piece, seqs: &[i64]) -> Bits {
    let mut bits = Bits::NONE;
    let (Some(first), Some(last)) = (piece.entries.first(), piece.entries.last()) else { return bits };
    let seqs = &seqs[..seqs.partition_point(|seq| *seq <= last.seq)];
    let seqs = &seqs[seqs.partition_point(|seq| *seq < first.seq)..];
    let mut at = 0;
    for seq in seqs {
        at += leap(&piece.entries[at..], *seq);
        if piece.entries[at].seq == *seq {
            bits.set(at);
        }
    }
    bits
}
