//! Going through the items of a period, of a search or of a wide choice: counted piece by piece of the roll, two thousand
//! entries at a time, and those that fit gathered as long as they are few.
//!
//! Promises: half a million items take a few milliseconds, whatever is asked of them.

use super::question::{Asked, Matched};
use super::tally::{Counts, Tally};
use crate::roll::{Bits, Columns, Piece, Roll, leap};
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
    let mut sieve = Sieve::new(roll, choice, asked.stories);
    (sieve.leaves_aside, sieve.few) = (true, Some(Vec::new()));
    let mut must = matched.must.as_ref().map(|must| must.as_slice());
    let mut not = matched.not.as_ref().map(|not| not.as_slice());
    for piece in roll.all.pieces() {
        let mut among = match &mut must {
            Some(must) => named(piece, must),
            None => Bits::first(piece.entries.len()),
        };
        if let Some(not) = &mut not {
            among = among.without(&named(piece, not));
        }
        if among.is_none() {
            continue;
        }
        if asked.since.is_some() || asked.until.is_some() {
            among = among.and(&piece.columns(&roll.shelves).within(&piece.entries, asked.since, asked.until));
        }
        sieve.take(piece, &among);
    }
    sieve.end()
}

/// Counts what fits a choice, and nothing besides.
pub(super) fn count(roll: &Roll, choice: &Choice, stories: bool) -> Tally {
    let mut sieve = Sieve::new(roll, choice, stories);
    roll.all.pieces().iter().for_each(|piece| sieve.take(piece, &Bits::first(piece.entries.len())));
    sieve.end().tally
}

/// Those of a piece that stand at some places, which are in order. What is left are the places behind it.
fn named(piece: &Piece, seqs: &mut &[i64]) -> Bits {
    let mut bits = Bits::NONE;
    let Some(last) = piece.entries.last() else { return bits };
    let (here, behind) = seqs.split_at(seqs.partition_point(|seq| *seq <= last.seq));
    *seqs = behind;
    let mut at = 0;
    for seq in here {
        at += leap(&piece.entries[at..], *seq);
        if piece.entries[at].seq == *seq {
            bits.set(at);
        }
    }
    bits
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
    /// Of sources there are many: each story and each source that tells it.
    sources: Vec<(u32, u32)>,
}

struct Sieve<'a> {
    roll: &'a Roll,
    choice: &'a Choice,
    stories: bool,
    /// Each facet leaves its own part of the choice aside.
    leaves_aside: bool,
    counts: Counts,
    once: Once,
    /// By source, whether it is chosen, if any is.
    chosen: Option<Vec<bool>>,
    few: Option<Vec<i64>>,
}

impl<'a> Sieve<'a> {
    fn new(roll: &'a Roll, choice: &'a Choice, stories: bool) -> Self {
        let shelves = &roll.shelves;
        let stride = if stories { roll.stories.many().div_ceil(64) } else { 0 };
        let seen = vec![0; stride * (TOPICS + shelves.topics.len())];
        let chosen = choice.sources.as_ref().map(|sources| {
            let mut chosen = vec![false; shelves.sources.len()];
            sources.iter().for_each(|source| chosen[*source as usize] = true);
            chosen
        });
        let (counts, once) = (Counts::none(shelves), Once { seen, stride, sources: Vec::new() });
        Sieve { roll, choice, stories, leaves_aside: false, counts, once, chosen, few: None }
    }

    /// Takes those among a piece that fit, and for each facet those that would if its part of the choice were not.
    fn take(&mut self, piece: &Piece, among: &Bits) {
        let columns = piece.columns(&self.roll.shelves);
        let parts = self.parts(columns);
        let fitting = parts.iter().flatten().fold(*among, |fitting, (_, part)| fitting.and(part));
        let aside = |part: u8| {
            let others = parts.iter().flatten().filter(|(other, _)| *other != part);
            let is_chosen = self.leaves_aside && parts.iter().flatten().any(|(other, _)| *other == part);
            if is_chosen { others.fold(*among, |fitting, (_, part)| fitting.and(part)) } else { fitting }
        };
        let [state, topic, source, kind] = [STATE, TOPIC, SOURCE, KIND].map(aside);
        if [state, topic, source, kind].iter().all(Bits::is_none) {
            return;
        }
        self.counts.items += fitting.count();
        self.gather(piece, &fitting);
        let (counts, once) = (&mut self.counts, &mut self.once);
        let told = if self.stories { columns.told } else { Bits::NONE };
        let mut count =
            |bits: Bits, number: usize| bits.without(&told).count() + once.see(piece, bits.and(&told), number);
        counts.total += count(fitting, TOTAL);
        let [news, events] = &mut counts.kind;
        *news += count(kind.without(&columns.events), 1);
        *events += count(kind.and(&columns.events), 2);
        for ((number, n), of) in (STATES..).zip(&mut counts.state).zip(&columns.states) {
            *n += count(state.and(of), number);
        }
        for ((number, n), of) in (TOPICS..).zip(&mut counts.topic).zip(&columns.topics) {
            *n += count(topic.and(of), number);
        }
        source.without(&told).places().for_each(|at| counts.source[columns.sources[at] as usize] += 1);
        once.see_sources(piece, columns, source.and(&told));
    }

    /// The parts of the choice that say something, and what of a piece fits each.
    fn parts(&self, columns: &Columns) -> [Option<(u8, Bits)>; 4] {
        let any = |of: &mut dyn Iterator<Item = &Bits>| of.fold(Bits::NONE, Bits::or);
        let states = self.choice.states;
        let mut chosen = columns.states.iter().enumerate().filter(|(at, _)| states & 1 << at != 0).map(|(_, of)| of);
        let state = (states != 0).then(|| (STATE, any(&mut chosen)));
        let topics = self.choice.topics.as_ref();
        let topic = topics
            .map(|topics| (TOPIC, any(&mut topics.iter().filter_map(|topic| columns.topics.get(*topic as usize)))));
        let source = self.chosen.as_ref().map(|chosen| {
            let mut bits = Bits::NONE;
            let of = columns.sources.iter().enumerate().filter(|(_, source)| chosen[**source as usize]);
            of.for_each(|(at, _)| bits.set(at));
            (SOURCE, bits)
        });
        [state, topic, source, self.choice.kind.map(|kind| (KIND, columns.of_kind(kind)))]
    }

    fn gather(&mut self, piece: &Piece, fitting: &Bits) {
        if self.counts.items > GATHER as u64 {
            self.few = None;
        }
        if let Some(few) = &mut self.few {
            few.extend(fitting.places().map(|at| piece.entries[at].seq));
        }
    }

    fn end(mut self) -> Sifted {
        self.once.sources.sort_unstable();
        self.once.sources.dedup();
        self.once.sources.iter().for_each(|(_, source)| self.counts.source[*source as usize] += 1);
        Sifted { tally: self.counts.end(), few: self.few }
    }
}

impl Once {
    /// How many stories of some entries were not yet seen under this number.
    fn see(&mut self, piece: &Piece, told: Bits, number: usize) -> u64 {
        let seen = &mut self.seen[number * self.stride..(number + 1) * self.stride];
        let new = told.places().filter_map(|at| piece.entries[at].story()).filter(|story| {
            let (word, bit) = (&mut seen[story / 64], 1 << (story % 64));
            let new = *word & bit == 0;
            *word |= bit;
            new
        });
        new.count() as u64
    }

    fn see_sources(&mut self, piece: &Piece, columns: &Columns, told: Bits) {
        let by = told.places().filter_map(|at| Some((piece.entries[at].story()? as u32, columns.sources[at])));
        self.sources.extend(by);
    }
}
