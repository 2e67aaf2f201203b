//! Going through the items of a period, of a search or of a wide choice: counted piece by piece of the roll, two thousand
//! entries at a time, and those that fit gathered as long as they are few.
//!
//! Promises: half a million items take a few milliseconds, whatever is asked of them.

use super::question::{Asked, Matched};
use super::tally::{Counts, Tally};
use super::want::Want;
use crate::roll::{Bits, Columns, Piece, Roll};
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
    let mut sieve = Sieve { leaves_aside: true, few: Some(Vec::new()), ..Sieve::new(roll, &want, asked.stories) };
    roll.all.pieces().iter().for_each(|piece| sieve.take(piece));
    sieve.end()
}

/// Counts what fits a choice, and nothing besides.
pub(super) fn count(roll: &Roll, choice: &Choice, stories: bool) -> Tally {
    let want = Want::choice(roll, choice);
    let mut sieve = Sieve::new(roll, &want, stories);
    roll.all.pieces().iter().for_each(|piece| sieve.take(piece));
    sieve.end().tally
}

/// By what a story is told from those that were counted: first these three, then states, then topics.
const TOTAL: usize = 0;
const STATES: usize = 3;
const TOPICS: usize = STATES + model::State::ALL.len();

/// Of stories that several tell, which were counted for what.
struct Once {
    /// One bit per story for each thing that is counted.
    seen: Vec<u64>,
    stride: usize,
    /// By story the source that was seen first. Most stories are told by few sources.
    first: Vec<u32>,
    /// Each story and each other source that tells it.
    others: Vec<(u32, u32)>,
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
        let many = if stories { roll.stories.many() } else { 0 };
        let stride = many.div_ceil(64);
        let once = Once {
            seen: vec![0; stride * (TOPICS + roll.shelves.topics.len())],
            stride,
            first: vec![u32::MAX; many],
            others: Vec::new(),
        };
        Sieve { want, stories, leaves_aside: false, counts: Counts::none(&roll.shelves), once, few: None }
    }

    /// Takes those of a piece that fit, and for each facet those that would if its part of the choice were not.
    fn take(&mut self, piece: &Piece) {
        let among = self.want.among(piece);
        if among.is_none() {
            return;
        }
        let columns = self.want.columns(piece);
        let parts = self.want.parts(columns);
        let fitting = parts.iter().flatten().fold(among, |fitting, (_, part)| fitting.and(part));
        let aside = |part: u8| {
            let others = parts.iter().flatten().filter(|(other, _)| *other != part);
            let is_chosen = self.leaves_aside && parts.iter().flatten().any(|(other, _)| *other == part);
            if is_chosen { others.fold(among, |fitting, (_, part)| fitting.and(part)) } else { fitting }
        };
        let [state, topic, source, kind] = [STATE, TOPIC, SOURCE, KIND].map(aside);
        if [state, topic, source, kind].iter().all(Bits::is_none) {
            return;
        }
        self.counts.items += fitting.count();
        self.gather(piece, &fitting);
        let (counts, once) = (&mut self.counts, &mut self.once);
        let told = if self.stories { columns.told } else { Bits::NONE };
        let mut count = |bits: Bits, number: usize| match bits.is_none() {
            true => 0,
            false => bits.without(&told).count() + once.see(columns, &bits.and(&told), number),
        };
        counts.total += count(fitting, TOTAL);
        let [news, events] = &mut counts.kind;
        *news += count(kind.without(&columns.events), 1);
        *events += count(kind.and(&columns.events), 2);
        if !state.is_none() {
            for ((number, n), of) in (STATES..).zip(&mut counts.state).zip(&columns.states) {
                *n += count(state.and(of), number);
            }
        }
        if !topic.is_none() {
            for ((number, n), of) in (TOPICS..).zip(&mut counts.topic).zip(&columns.topics) {
                *n += count(topic.and(of), number);
            }
        }
        source.without(&told).each(|at| counts.source[columns.sources[at] as usize] += 1);
        once.see_sources(columns, &source.and(&told), &mut counts.source);
    }

    fn gather(&mut self, piece: &Piece, fitting: &Bits) {
        if self.counts.items > GATHER as u64 {
            self.few = None;
        }
        if let Some(few) = &mut self.few {
            fitting.each(|at| few.push(piece.entries[at].seq));
        }
    }

    fn end(mut self) -> Sifted {
        let others = &mut self.once.others;
        others.sort_unstable();
        others.dedup();
        others.iter().for_each(|(_, source)| self.counts.source[*source as usize] += 1);
        Sifted { tally: self.counts.end(), few: self.few }
    }
}

impl Once {
    /// How many stories of some entries were not yet seen under this number.
    fn see(&mut self, columns: &Columns, told: &Bits, number: usize) -> u64 {
        let seen = &mut self.seen[number * self.stride..(number + 1) * self.stride];
        let mut new = 0;
        told.each(|at| {
            let story = columns.stories[at] as usize;
            let (word, bit) = (&mut seen[story / 64], 1 << (story % 64));
            new += u64::from(*word & bit == 0);
            *word |= bit;
        });
        new
    }

    fn see_sources(&mut self, columns: &Columns, told: &Bits, counts: &mut [u64]) {
        told.each(|at| {
            let (story, source) = (columns.stories[at], columns.sources[at]);
            match &mut self.first[story as usize] {
                first @ &mut u32::MAX => {
                    *first = source;
                    counts[source as usize] += 1;
                }
                first if *first == source => {}
                _ => self.others.push((story, source)),
            }
        });
    }
}
