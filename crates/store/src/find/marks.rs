//! For what the items of a bay count: a mark with one bit for each thing, as many words as it takes.
//!
//! An item that fits counts for all that it is, and one that but one part of a choice keeps out for what that part is
//! about: each facet leaves its own part of the choice aside. Refuses: to know sources; of these is a bay never.

use model::Kind;

use super::tally::{BELOW_TOPICS, OF_KINDS, OF_STATES};
use crate::roll::{KINDS, STATES, TOPICS};
use crate::shelf::{Choice, KIND, STATE, Shelves, TOPIC};

/// The bit of the first word that says that an item fits.
pub(super) const FITS: u64 = 1;

/// One of the words that say for what the items of a bay count.
pub(super) struct Marks<'a> {
    shelves: &'a Shelves,
    first: bool,
    /// By the numbers of sets of topics the part of the choice that they fail, and their bits.
    sets: Vec<(u8, u64)>,
    /// The same of kinds.
    kinds: [(u8, u64); 2],
    states: u32,
    /// The part that those fail who have none of these states.
    stateless: u8,
    /// What is left of a word, by the parts that keep an item out.
    left: [u64; 1 << 4],
}

/// Words that say for what an item counts.
pub(super) fn words(shelves: &Shelves) -> usize {
    (TOPICS + shelves.topics.len()).div_ceil(64)
}

impl<'a> Marks<'a> {
    pub(super) fn new(shelves: &'a Shelves, choice: &Choice, word: usize) -> Self {
        let out = |is: bool, part: u8| [0, part][usize::from(is)];
        let first = |below_topics: u64| [0, below_topics][usize::from(word == 0)];
        let asked =
            |set: &[u32]| choice.topics.as_ref().is_none_or(|asked| set.iter().any(|topic| asked.contains(topic)));
        let bits = |set: &[u32]| {
            let bits = set.iter().map(|topic| TOPICS + *topic as usize).filter(|bit| bit / 64 == word);
            bits.fold(0, |all, bit| all | 1 << (bit % 64))
        };
        let mut left = [0; 1 << 4];
        left[0] = u64::MAX;
        left[usize::from(STATE)] = first(OF_STATES);
        left[usize::from(TOPIC)] = if word == 0 { !BELOW_TOPICS } else { u64::MAX };
        left[usize::from(KIND)] = first(OF_KINDS);
        let kind = |kind: Kind| {
            (out(choice.kind.is_some_and(|asked| asked != kind), KIND), first(FITS | 1 << (KINDS + kind as usize)))
        };
        Marks {
            shelves,
            first: word == 0,
            sets: shelves.sets().map(|set| (out(!asked(set), TOPIC), bits(set))).collect(),
            kinds: [kind(Kind::News), kind(Kind::Event)],
            states: choice.states,
            stateless: out(choice.states != 0, STATE),
            left,
        }
    }

    /// The mark of a bay.
    #[inline]
    pub(super) fn of(&self, bay: u32) -> u64 {
        self.mark(self.shelves.in_bay(bay))
    }

    /// Those of all bays, by number.
    pub(super) fn all(&self) -> Vec<u64> {
        self.shelves.each_bay().map(|bay| self.mark(bay)).collect()
    }

    #[inline]
    fn mark(&self, (kind, states, set): (Kind, u32, u32)) -> u64 {
        let ((out_by_topics, topics), (out_by_kind, kind)) = (self.sets[set as usize], self.kinds[kind as usize]);
        let out_by_states = [self.stateless, 0][usize::from(self.states & states != 0)];
        let states = [0, u64::from(states) << STATES][usize::from(self.first)];
        (topics | kind | states) & self.left[usize::from(out_by_topics | out_by_kind | out_by_states)]
    }
}
