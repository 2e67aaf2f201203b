//! Going through the items of a period, of a search or of a wide choice: counted piece by piece of the roll, two thousand
//! entries at a time, and those that fit gathered as long as they are few.
//!
//! Promises: half a million items take a part of a millisecond, whatever is asked of them.

use super::once::Once;
use super::question::{Asked, Matched};
use super::tally::{Counts, Tally};
use super::want::{Fitting, Share, Want};
use crate::roll::{Columns, Piece, Roll, Sums};
use crate::shelf::{Choice, KIND, SOURCE, STATE, TOPIC};

/// Gathering this many and sorting them costs about as much as walking a list for as many.
pub(super) const GATHER: usize = 4_000;

/// What was gone through.
#[derive(Debug)]
pub(crate) struct Sifted {
    pub(super) tally: Tally,
    /// The places of those that fit, unless they are too many to be gathered.
    pub(super) few: Option<Vec<i64>>,
}

/// Counts what a query asks for. Each facet leaves its own part of the choice aside.
pub(super) fn sift(roll: &Roll, asked: &Asked<'_>, choice: &Choice, matched: &Matched) -> Sifted {
    let want = Want::asked(roll, choice, asked, matched);
    Sieve { leaves_aside: true, few: Some(Vec::new()), ..Sieve::new(roll, &want, asked.stories) }.through(roll)
}

/// Counts what fits a choice, and nothing besides.
pub(super) fn count(roll: &Roll, choice: &Choice, stories: bool) -> Tally {
    let want = Want::choice(roll, choice);
    Sieve::new(roll, &want, stories).through(roll).tally
}

struct Sieve<'a> {
    want: &'a Want<'a>,
    /// Stories are counted, if they are.
    stories: bool,
    /// Each facet leaves its own part of the choice aside.
    leaves_aside: bool,
    counts: Counts,
    once: Once,
    few: Option<Vec<i64>>,
}

impl<'a> Sieve<'a> {
    fn new(roll: &Roll, want: &'a Want<'a>, stories: bool) -> Self {
        let once = Once::new(roll);
        Sieve { want, stories, leaves_aside: false, counts: Counts::none(&roll.shelves), once, few: None }
    }

    fn through(mut self, roll: &Roll) -> Sifted {
        roll.all.pieces().iter().for_each(|piece| self.take(piece));
        self.once.end(&mut self.counts);
        Sifted { tally: self.counts.end(), few: self.few }
    }

    /// Takes those of a piece that fit, and for each facet those that would if its part of the choice were not.
    fn take(&mut self, piece: &Piece) {
        let Some(mut fitting) = self.want.fitting(piece, self.leaves_aside) else { return };
        let columns = self.want.columns(piece);
        self.counts.items += u64::from(fitting.all().bits.count());
        self.gather(piece, columns, &fitting);
        if self.stories {
            self.once.see(columns, &fitting, &mut self.counts);
            fitting.each().for_each(|share| columns.only_close(&mut share.bits));
        }
        self.count(columns, &fitting);
    }

    fn count(&mut self, columns: &Columns, fitting: &Fitting) {
        let (counts, stories) = (&mut self.counts, self.stories);
        let known = |share: &Share| -> Option<&Sums> { share.whole.map(|whole| columns.whole(whole, stories)) };
        let add = |counts: &mut [u64], which: usize, n: u32| counts[which] += u64::from(n);
        let all = fitting.all();
        let total = known(all).map_or_else(|| columns.count(&all.bits, stories), |sums| sums.total);
        counts.total += u64::from(total);
        let kind = fitting.aside(KIND);
        match known(kind) {
            Some(sums) => (0..).zip(sums.kinds).for_each(|(which, n)| add(&mut counts.kind, which, n)),
            None => columns.add_kinds(&kind.bits, stories, |which, n| add(&mut counts.kind, which, n)),
        }
        let state = fitting.aside(STATE);
        match known(state) {
            Some(sums) => (0..).zip(sums.states).for_each(|(which, n)| add(&mut counts.state, which, n)),
            None => columns.add_states(&state.bits, stories, |which, n| add(&mut counts.state, which, n)),
        }
        let topic = fitting.aside(TOPIC);
        match known(topic) {
            Some(sums) => (0..).zip(&sums.topics).for_each(|(which, n)| add(&mut counts.topic, which, *n)),
            None => columns.add_topics(&topic.bits, stories, |which, n| add(&mut counts.topic, which, n)),
        }
        let source = fitting.aside(SOURCE);
        match known(source) {
            Some(sums) => columns.add_sums(sums, |which, n| add(&mut counts.source, which, n)),
            None => columns.add_sources(&source.bits, stories, |which, n| add(&mut counts.source, which, n)),
        }
    }

    fn gather(&mut self, piece: &Piece, columns: &Columns, fitting: &Fitting) {
        if self.counts.items > GATHER as u64 {
            self.few = None;
        }
        if let Some(few) = &mut self.few {
            columns.numbers(&fitting.all().bits, |number| few.push(piece.entries[number].seq));
        }
    }
}
