//! Going through the items of a period, of a search or of a wide choice: counted piece by piece of the roll, two thousand
//! entries at a time, and the pieces noted where some fit.
//!
//! Promises: half a million items take a part of a millisecond, whatever is asked of them.

use super::once::Once;
use super::question::{Asked, Matched};
use super::tally::{Counts, Tally};
use super::want::{Fitting, Share, Want};
use crate::roll::{Columns, Piece, Roll, Sums};
use crate::shelf::{Choice, KIND, SOURCE, STATE, TOPIC};

/// What was gone through.
#[derive(Debug)]
pub(crate) struct Sifted {
    pub(super) tally: Tally,
    /// The pieces that have some that fit, in order.
    pub(super) hits: Vec<u32>,
}

/// Counts what a query asks for. Each facet leaves its own part of the choice aside. What is left of it without its
/// states, or without its topics, other questions leave as well: that is counted once for all of them, unless a source
/// was chosen, of which there are many.
pub(super) fn sift(roll: &Roll, asked: &Asked<'_>, choice: &Choice, matched: &Matched) -> Sifted {
    let want = Want::asked(roll, choice, asked, matched);
    let all = asked.is_open() && matched.must.is_none() && matched.not.is_none();
    let shares = all && choice.sources.is_none();
    let counted = if shares { EACH & !(STATE | TOPIC) } else { EACH };
    let mut sifted = Sieve::new(roll, &want, asked.stories, counted, want.says() & counted).through(roll);
    for part in [STATE, TOPIC].into_iter().filter(|_| shares) {
        let rest = choice.without(part);
        let tally = roll.tally((rest, asked.stories, part), |rest| count(roll, rest, asked.stories, part));
        sifted.tally.take(part, &tally);
    }
    sifted
}

/// Counts what fits a choice by some of its parts, and nothing besides.
pub(super) fn count(roll: &Roll, choice: &Choice, stories: bool, counted: u8) -> Tally {
    let want = Want::choice(roll, choice);
    Sieve::new(roll, &want, stories, counted, 0).through(roll).tally
}

/// All that can be counted.
pub(super) const EACH: u8 = STATE | TOPIC | SOURCE | KIND;

struct Sieve<'a> {
    want: &'a Want<'a>,
    /// Stories are counted, if they are.
    stories: bool,
    /// By which parts is counted.
    counted: u8,
    fitting: Fitting,
    counts: Counts,
    once: Once,
    hits: Vec<u32>,
}

impl<'a> Sieve<'a> {
    /// By the parts that are counted; those that are left aside are among them.
    fn new(roll: &Roll, want: &'a Want<'a>, stories: bool, counted: u8, aside: u8) -> Self {
        let (fitting, counts, once) = (Fitting::new(aside), Counts::none(&roll.shelves), Once::new(roll));
        Sieve { want, stories, counted, fitting, counts, once, hits: Vec::new() }
    }

    fn through(mut self, roll: &Roll) -> Sifted {
        roll.all.pieces().iter().zip(0..).for_each(|(piece, number)| self.take(piece, number));
        self.once.end(&mut self.counts);
        Sifted { tally: self.counts.end(), hits: self.hits }
    }

    /// Takes those of a piece that fit, and for each facet those that would if its part of the choice were not.
    fn take(&mut self, piece: &Piece, number: u32) {
        if !self.want.fit(piece, &mut self.fitting) {
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
        self.count(columns);
    }

    fn count(&mut self, columns: &Columns) {
        let (counts, stories, fitting) = (&mut self.counts, self.stories, &self.fitting);
        let known = |share: &Share| -> Option<&Sums> { share.whole.map(|whole| columns.whole(whole, stories)) };
        let by = |part: u8| (self.counted & part != 0).then(|| (fitting.aside(part), known(fitting.aside(part))));
        let add = |counts: &mut [u64], which: usize, n: u32| counts[which] += u64::from(n);
        let all = fitting.all();
        let total = known(all).map_or_else(|| columns.count(&all.bits, stories), |sums| sums.total);
        counts.total += u64::from(total);
        match by(KIND) {
            Some((_, Some(sums))) => (0..).zip(sums.kinds).for_each(|(which, n)| add(&mut counts.kind, which, n)),
            Some((of, _)) => columns.add_kinds(&of.bits, stories, |which, n| add(&mut counts.kind, which, n)),
            None => {}
        }
        match by(STATE) {
            Some((_, Some(sums))) => (0..).zip(sums.states).for_each(|(which, n)| add(&mut counts.state, which, n)),
            Some((of, _)) => columns.add_states(&of.bits, stories, |which, n| add(&mut counts.state, which, n)),
            None => {}
        }
        match by(TOPIC) {
            Some((_, Some(sums))) => (0..).zip(&sums.topics).for_each(|(which, n)| add(&mut counts.topic, which, *n)),
            Some((of, _)) => columns.add_topics(&of.bits, stories, |which, n| add(&mut counts.topic, which, n)),
            None => {}
        }
        match by(SOURCE) {
            Some((_, Some(sums))) => columns.add_sums(sums, |which, n| add(&mut counts.source, which, n)),
            Some((of, _)) => columns.add_sources(&of.bits, stories, |which, n| add(&mut counts.source, which, n)),
            None => {}
        }
    }
}
