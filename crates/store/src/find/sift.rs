//! Going through the items of a period or of a search, with filters or without: counted piece by piece of the roll, two
//! thousand entries at a time, and the pieces noted where some fit.
//!
//! Promises: half a million items take a part of a millisecond, whatever is asked of them.

use super::once::Once;
use super::question::{Asked, Matched};
use super::singly;
use super::tally::{Counts, TOTAL, Tally};
use super::want::{Fitting, Share, Want};
use crate::roll::{Bits, Columns, Piece, Roll, Sums};
use crate::shelf::{Choice, KIND, SOURCE, STATE, Shelf, Shelves, TOPIC};

/// What was gone through.
#[derive(Debug)]
pub(crate) struct Sifted {
    pub(super) tally: Tally,
    /// The pieces that have some that fit, in order.
    pub(super) hits: Box<[u32]>,
}

impl Sifted {
    /// Bytes that it takes in memory, more or less.
    pub(crate) fn weight(&self) -> usize {
        self.tally.weight() + size_of_val(&*self.hits)
    }
}

/// Counts what a query asks for. Each facet leaves its own part of the choice aside.
pub(super) fn sift(roll: &Roll, asked: &Asked<'_>, choice: &Choice, matched: &Matched) -> Sifted {
    if let Some(sifted) = singly::count(roll, asked, choice, matched) {
        return sifted;
    }
    let want = Want::asked(roll, choice, asked, matched);
    Sieve::new(roll, &want, asked.stories).through(roll)
}

/// All that can be counted.
const EACH: u8 = STATE | TOPIC | SOURCE | KIND;

struct Sieve<'a> {
    want: &'a Want<'a>,
    shelves: &'a Shelves,
    /// Stories are counted, if they are.
    stories: bool,
    fitting: Fitting,
    counts: Counts,
    once: Once,
    hits: Vec<u32>,
}

impl<'a> Sieve<'a> {
    fn new(roll: &'a Roll, want: &'a Want<'a>, stories: bool) -> Self {
        let (fitting, counts, once) = (Fitting::new(want.says()), Counts::none(&roll.shelves), Once::new(roll));
        Sieve { want, shelves: &roll.shelves, stories, fitting, counts, once, hits: Vec::new() }
    }

    fn through(mut self, roll: &Roll) -> Sifted {
        roll.all.pieces().iter().zip(0..).for_each(|(piece, number)| self.take(piece, number));
        self.once.end(&mut self.counts);
        Sifted { tally: self.counts.end(), hits: self.hits.into() }
    }

    /// Takes those of a piece that fit, and for each facet those that would if its part of the choice were not.
    fn take(&mut self, piece: &Piece, number: u32) {
        if !self.want.fit((number, piece), &mut self.fitting) {
            return;
        }
        let columns = self.want.columns(piece);
        let fit = self.fitting.all().bits.count();
        if fit > 0 {
            self.hits.push(number);
        }
        self.counts.items += u64::from(fit);
        if self.stories {
            self.once.see(columns, &self.fitting, &mut self.counts);
            self.fitting.each().for_each(|share| columns.only_close(&mut share.bits));
        }
        let Sieve { fitting, counts, .. } = self;
        let few = if self.want.has_words() { FOUND } else { FEW };
        let of = Among { piece, columns, shelves: self.shelves, stories: self.stories, few };
        of.count(fitting.all(), EACH & !fitting.parts() | TOTAL, counts);
        for part in [STATE, TOPIC, SOURCE, KIND].into_iter().filter(|part| fitting.parts() & part != 0) {
            of.count(fitting.aside(part), part, counts);
        }
    }
}

/// Where is counted.
struct Among<'a> {
    piece: &'a Piece,
    columns: &'a Columns,
    shelves: &'a Shelves,
    stories: bool,
    /// Of so many it takes less to look up what each is than to count bits.
    few: u32,
}

/// To look one up is a walk to its entry, unless that was read just now because of its place.
const FEW: u32 = 8;
const FOUND: u32 = 64;

impl Among<'_> {
    /// Counts some by some parts.
    fn count(&self, share: &Share, parts: u8, counts: &mut Counts) {
        match share.whole.map(|whole| self.columns.whole(whole, self.stories)) {
            Some(sums) => self.add_sums(sums, parts, counts),
            None => {
                let each = |shelf: Shelf<'_>| counts.see(&shelf, parts);
                // Kinds are two, and who stands beside whom is of one source: to count these is no work.
                let few = if parts & (STATE | TOPIC) == 0 { 0 } else { self.few };
                let how = (self.stories, few);
                if !self.columns.shelves(&share.bits, how, &self.piece.entries, self.shelves, each) {
                    self.add_bits(&share.bits, parts, counts);
                }
            }
        }
    }

    /// Adds what is known.
    fn add_sums(&self, sums: &Sums, parts: u8, counts: &mut Counts) {
        let says = |part: u8| parts & part != 0;
        if says(TOTAL) {
            counts.total += u64::from(sums.total);
        }
        if says(KIND) {
            add(&mut counts.kind, &sums.kinds);
        }
        if says(STATE) {
            add(&mut counts.state, &sums.states);
        }
        if says(TOPIC) {
            add(&mut counts.topic, &sums.topics);
        }
        if says(SOURCE) {
            self.columns.add_sums(sums, |which, n| counts.source[which] += u64::from(n));
        }
    }

    fn add_bits(&self, bits: &Bits, parts: u8, counts: &mut Counts) {
        let (columns, stories) = (self.columns, self.stories);
        let says = |part: u8| parts & part != 0;
        if says(TOTAL) {
            counts.total += u64::from(columns.count(bits, stories));
        }
        if says(KIND) {
            columns.add_kinds(bits, stories, |which, n| counts.kind[which] += u64::from(n));
        }
        if says(STATE) {
            columns.add_states(bits, stories, |which, n| counts.state[which] += u64::from(n));
        }
        if says(TOPIC) {
            columns.add_topics(bits, stories, |which, n| counts.topic[which] += u64::from(n));
        }
        if says(SOURCE) {
            columns.add_sources(bits, stories, |which, n| counts.source[which] += u64::from(n));
        }
    }
}

fn add(counts: &mut [u64], some: &[u32]) {
    counts.iter_mut().zip(some).for_each(|(count, n)| *count += u64::from(*n));
}
