//! How many of some entries of a piece are what: by items, or by the stories that they tell.
//!
//! Promises: what it costs to count does not depend on how many fit. Refuses: stories that are told in other pieces as
//! well; of these is said for what each who tells them counts, and who counts remembers for what they were counted.

use model::State;

use super::{Bits, Columns, Entry, Whole};
use crate::shelf::{Shelf, Shelves};

/// How many of some entries, or of their stories, are what. Of sources by their order in the piece.
#[derive(Debug)]
pub(crate) struct Sums {
    pub(crate) total: u32,
    pub(crate) kinds: [u32; 2],
    pub(crate) states: [u32; State::ALL.len()],
    pub(crate) topics: Box<[u32]>,
    sources: Box<[u32]>,
}

/// For what an item counts, as the numbers of bits: that it is there, its kind, its states, and from here its topics.
pub(crate) const TOPICS: usize = STATES + State::ALL.len();
pub(crate) const KINDS: usize = 1;
pub(crate) const STATES: usize = 3;

/// To count a run of places costs so many walked ones.
const RUN: u32 = 2;

impl Sums {
    /// Bytes that they take.
    pub(super) fn weight(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.topics) + size_of_val(&*self.sources)
    }
}

impl Columns {
    /// How many there are of all of something; counted once.
    pub(crate) fn whole(&self, whole: Whole, stories: bool) -> &Sums {
        let (which, bits) = match whole {
            Whole::All => (0, &self.all),
            Whole::Of(kind) => (1 + kind as usize, self.of_kind(kind)),
        };
        self.wholes[which * 2 + usize::from(stories)].get_or_init(|| Box::new(self.sums(bits, stories)))
    }

    fn sums(&self, bits: &Bits, stories: bool) -> Sums {
        let mut bits = bits.clone();
        if stories {
            self.only_close(&mut bits);
        }
        let bits = &bits;
        let mut sums = Sums {
            total: self.count(bits, stories),
            kinds: [0; 2],
            states: [0; State::ALL.len()],
            topics: vec![0; self.topics.len()].into(),
            sources: vec![0; self.layout.names.len()].into(),
        };
        let mut sources = vec![0; self.layout.names.len()];
        self.add_kinds(bits, stories, |kind, n| sums.kinds[kind] += n);
        self.add_states(bits, stories, |state, n| sums.states[state] += n);
        self.add_topics(bits, stories, |topic, n| sums.topics[topic] += n);
        self.count_sources(bits, stories, |which, n| sources[which] += n);
        Sums { sources: sources.into(), ..sums }
    }

    /// Leaves those out whose story is not counted by bits.
    pub(crate) fn only_close(&self, bits: &mut Bits) {
        bits.lessen(&self.loose);
    }

    /// How many there are.
    pub(crate) fn count(&self, bits: &Bits, stories: bool) -> u32 {
        if !stories || self.is_flat(bits) {
            return bits.count();
        }
        self.layout.stories(bits, bits)
    }

    /// The shelves of those that stand somewhere, if each counts for itself and they are no more than so many: then they
    /// need not be counted by bits. A shelf comes as often as there are some of it.
    pub(crate) fn shelves<'a>(
        &self,
        bits: &Bits,
        (stories, most): (bool, u32),
        entries: &[Entry],
        shelves: &'a Shelves,
        mut with: impl FnMut(Shelf<'a>),
    ) -> bool {
        let few = bits.count() <= most && (!stories || self.is_flat(bits));
        if few {
            let entry = |at: usize| &entries[usize::from(self.layout.order[at])];
            bits.each(|at| with(shelves.at(entry(at).shelf)));
        }
        few
    }

    /// Adds for each kind how many there are of it.
    pub(crate) fn add_kinds(&self, bits: &Bits, stories: bool, add: impl FnMut(usize, u32)) {
        self.add(&self.kinds, bits, stories, add);
    }

    /// Adds for each state how many there are of it.
    pub(crate) fn add_states(&self, bits: &Bits, stories: bool, add: impl FnMut(usize, u32)) {
        self.add(&self.states, bits, stories, add);
    }

    /// Adds for each topic how many there are of it.
    pub(crate) fn add_topics(&self, bits: &Bits, stories: bool, add: impl FnMut(usize, u32)) {
        self.add(&self.topics, bits, stories, add);
    }

    fn add(&self, of: &[Bits], bits: &Bits, stories: bool, mut add: impl FnMut(usize, u32)) {
        let flat = !stories || self.is_flat(bits);
        of.iter().enumerate().for_each(|(which, of)| {
            add(which, if flat { of.common(bits) } else { self.layout.stories(of, bits) });
        });
    }

    /// Whether nobody behind the first layer is among them.
    fn is_flat(&self, bits: &Bits) -> bool {
        bits.is_none_from(self.layout.starts[1])
    }

    /// Adds for each source, by its number, how many there are of it.
    pub(crate) fn add_sources(&self, bits: &Bits, stories: bool, mut add: impl FnMut(usize, u32)) {
        self.count_sources(bits, stories, |which, n| add(self.layout.names[which] as usize, n));
    }

    /// The same of what was counted before.
    pub(crate) fn add_sums(&self, sums: &Sums, mut add: impl FnMut(usize, u32)) {
        self.layout.names.iter().zip(&sums.sources).for_each(|(name, n)| add(*name as usize, *n));
    }

    /// Counts by source, of which each piece knows those that it has.
    fn count_sources(&self, bits: &Bits, stories: bool, mut add: impl FnMut(usize, u32)) {
        let layout = &self.layout;
        let alone = layout.loose.end..layout.runs.last().map_or(0, |end| usize::from(*end));
        let which = |at: usize| usize::from(layout.sources[at]);
        if bits.count_in(alone.clone()) > layout.names.len() as u32 * RUN {
            for (which, run) in layout.runs.windows(2).enumerate() {
                add(which, bits.count_in(usize::from(run[0])..usize::from(run[1])));
            }
        } else {
            bits.each_in(alone, |at| add(which(at), 1));
        }
        self.each_teller(bits, |at| {
            let said = |other: usize| bits.has(other) && which(other) == which(at);
            // A source that tells its own story again counts once.
            if !(stories && layout.is_told(at) && layout.before(at).any(said)) {
                add(which(at), 1);
            }
        });
    }

    /// Those of some who tell stories.
    fn each_teller(&self, bits: &Bits, mut with: impl FnMut(usize)) {
        self.layout.tellers().into_iter().for_each(|tellers| bits.each_in(tellers, &mut with));
    }

    /// Of those who tell a story that is not counted by bits: where they stand, which story, and for what each counts,
    /// one bit for each of the numbers above.
    pub(crate) fn each_loose(&self, mut with: impl FnMut(usize, u32, &[u64])) {
        let marks = self.marks.chunks_exact(self.width());
        for ((at, story), marks) in self.layout.loose.clone().zip(&self.layout.told).zip(marks) {
            with(at, *story, marks);
        }
    }

    /// For what each of the loose counts.
    pub(super) fn mark(&self) -> Box<[u64]> {
        let wide = self.width();
        let mut marks = vec![0; self.layout.loose.len() * wide];
        let of = [&self.all].into_iter().chain(&self.kinds).chain(&self.states).chain(&self.topics);
        for (number, of) in of.enumerate() {
            of.each_in(self.layout.loose.clone(), |at| {
                marks[(at - self.layout.loose.start) * wide + number / 64] |= 1 << (number % 64);
            });
        }
        marks.into()
    }

    /// Words that say for what one counts.
    fn width(&self) -> usize {
        (TOPICS + self.topics.len()).div_ceil(64)
    }
}
