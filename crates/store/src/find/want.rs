//! What a question wants of the roll, piece by piece: the choice, the period and the words as bits.

use std::sync::Arc;

use super::question::{Asked, Matched};
use crate::roll::{Bits, Columns, Entry, Everywhere, Piece, Roll, Whole};
use crate::shelf::{Choice, KIND, SOURCE, STATE, TOPIC};

/// What is wanted.
pub(super) struct Want<'a> {
    roll: &'a Roll,
    choice: &'a Choice,
    since: Option<i64>,
    until: Option<i64>,
    must: Option<Spots<'a>>,
    not: Option<Spots<'a>>,
}

/// Where those stand that have some words.
struct Spots<'a> {
    places: &'a [i64],
    /// The same as bits, of words that are everywhere.
    bits: Option<Arc<Everywhere>>,
}

/// A piece of the roll by its number.
pub(super) type Numbered<'p> = (u32, &'p Piece);

impl Spots<'_> {
    fn are_none_in(&self, (number, piece): Numbered<'_>) -> bool {
        match &self.bits {
            Some(bits) => bits.of_piece(number).is_none(),
            None => piece.between(self.places).is_empty(),
        }
    }

    /// Does something with those of a piece.
    fn with(&self, (number, piece): Numbered<'_>, columns: &Columns, with: impl FnOnce(&Bits)) {
        match &self.bits {
            Some(bits) => with(bits.of_piece(number)),
            None => with(&columns.at(piece, self.places)),
        }
    }
}

/// Some entries of a piece.
#[derive(Debug)]
pub(super) struct Share {
    pub(super) bits: Bits,
    /// Of what they are all, if they are.
    pub(super) whole: Option<Whole>,
}

/// What of a piece fits; and for each part of a choice what would if that said nothing, where it says something and is
/// asked for. Written anew for each piece, in its place.
pub(super) struct Fitting {
    all: Share,
    aside: [Share; PARTS.len()],
    /// The parts that are left aside.
    parts: u8,
    room: [Bits; 4],
}

/// The parts of a choice, in the order of [`Fitting::aside`].
const PARTS: [u8; 4] = [STATE, TOPIC, SOURCE, KIND];

impl<'a> Want<'a> {
    /// What is asked.
    pub(super) fn asked(roll: &'a Roll, choice: &'a Choice, asked: &Asked<'_>, matched: &'a Matched) -> Self {
        let spots = |places: &'a Option<Arc<Vec<i64>>>, words: Option<&str>| {
            let places = places.as_deref()?;
            // What was found just now may be of a later generation.
            let words = words.filter(|_| matched.fresh.is_empty());
            Some(Spots { places, bits: words.and_then(|words| roll.everywhere(words, places)) })
        };
        let [must, not] = asked.words();
        let (must, not) = (spots(&matched.must, must), spots(&matched.not, not));
        Want { roll, choice, since: asked.since, until: asked.until, must, not }
    }

    /// The parts of the choice that say something.
    pub(super) fn says(&self) -> u8 {
        let Choice { kind, states, topics, sources } = self.choice;
        let says = [*states != 0, topics.is_some(), sources.is_some(), kind.is_some()];
        PARTS.into_iter().zip(says).filter(|(_, says)| *says).fold(0, |all, (part, _)| all | part)
    }

    /// Whether only what has some words is wanted.
    pub(super) fn has_words(&self) -> bool {
        self.must.is_some()
    }

    /// What of a piece is of the period and matches the words.
    fn among(&self, numbered: Numbered<'_>, columns: &Columns, among: &mut Bits) -> Option<Whole> {
        let (_, piece) = numbered;
        let mut whole = Some(Whole::All);
        if self.since.is_none() && self.until.is_none() {
            among.clone_from(&columns.all);
        } else {
            (*among, whole) = columns.within(&piece.entries, self.since, self.until);
        }
        if let Some(must) = &self.must {
            must.with(numbered, columns, |must| among.narrow(must));
            whole = None;
        }
        if let Some(not) = &self.not {
            not.with(numbered, columns, |not| among.lessen(not));
            whole = None;
        }
        whole
    }

    /// Says what of a piece is wanted, and what would be with each part of the choice left aside for which that is
    /// asked; and whether there is any of it.
    pub(super) fn fit(&self, numbered: Numbered<'_>, fitting: &mut Fitting) -> bool {
        if self.must.as_ref().is_some_and(|must| must.are_none_in(numbered)) {
            return false;
        }
        let columns = self.columns(numbered.1);
        let [among, state, topic, source] = &mut fitting.room;
        let whole = self.among(numbered, columns, among);
        if among.is_none() {
            return false;
        }
        let Choice { kind, states, topics, sources } = self.choice;
        let of = [
            (*states != 0).then(|| columns.of_states(*states, state)),
            topics.as_ref().map(|topics| columns.of_topics(topics, topic)),
            sources.as_ref().map(|sources| columns.of_sources(sources, source)),
            kind.map(|kind| columns.of_kind(kind)),
        ];
        let fill = |share: &mut Share, aside: u8| {
            let of = || PARTS.into_iter().zip(of).filter(|(part, _)| *part != aside);
            let some = Some(&*among).filter(|_| whole != Some(Whole::All));
            share.bits.all_of(some.into_iter().chain(of().filter_map(|(_, of)| of)), among);
            let is_kind = of().all(|(part, of)| part == KIND || of.is_none());
            let kind = kind.filter(|_| aside != KIND).map(Whole::Of);
            share.whole = match (whole.filter(|_| is_kind), kind) {
                (Some(Whole::All), kind) => kind.or(whole),
                (whole, kind) => whole.filter(|_| kind.is_none() || kind == whole),
            };
            !share.bits.is_none()
        };
        let mut any = fill(&mut fitting.all, 0);
        for (part, share) in PARTS.into_iter().zip(&mut fitting.aside) {
            if fitting.parts & part != 0 {
                any |= fill(share, part);
            }
        }
        any
    }

    /// What is wanted of a piece, in order.
    pub(super) fn of<'p>(&self, (number, piece): Numbered<'p>) -> Vec<&'p Entry> {
        let (mut entries, mut fitting) = (Vec::new(), Fitting::new(0));
        if self.may_fit(piece) && self.fit((number, piece), &mut fitting) {
            self.columns(piece).numbers(&fitting.all.bits, |number| entries.push(&piece.entries[number]));
        }
        entries
    }

    /// Whether some of a piece are of the sources that are chosen, if some are: most pieces have none of one source.
    fn may_fit(&self, piece: &Piece) -> bool {
        self.choice.sources.as_ref().is_none_or(|sources| self.columns(piece).has_sources(sources))
    }

    pub(super) fn columns<'p>(&self, piece: &'p Piece) -> &'p Columns {
        piece.columns(&self.roll.shelves, &self.roll.stories)
    }
}

impl Fitting {
    /// Leaves each of these parts aside, all of which say something.
    pub(super) fn new(parts: u8) -> Self {
        let none = || Share { bits: Bits::NONE, whole: None };
        Fitting { all: none(), aside: PARTS.map(|_| none()), parts, room: [const { Bits::NONE }; 4] }
    }

    /// The parts that are left aside.
    pub(super) fn parts(&self) -> u8 {
        self.parts
    }

    /// What fits.
    pub(super) fn all(&self) -> &Share {
        &self.all
    }

    /// What would if this part of the choice said nothing.
    pub(super) fn aside(&self, part: u8) -> &Share {
        if self.parts & part != 0 { &self.aside[part.trailing_zeros() as usize] } else { &self.all }
    }

    /// Each of them once.
    pub(super) fn each(&mut self) -> impl Iterator<Item = &mut Share> {
        let aside = PARTS.into_iter().zip(&mut self.aside).filter(|(part, _)| self.parts & part != 0);
        std::iter::once(&mut self.all).chain(aside.map(|(_, share)| share))
    }
}
