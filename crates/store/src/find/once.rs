//! Stories that are told in several pieces of the roll, or by many: counted once for each thing.
//!
//! Promises: room for these only where one of them fits; what it takes grows with those that do.

use super::marks::words;
use super::tally::{BELOW_TOPICS, Counts, OF_KINDS, OF_STATES, OF_TOTAL};
use super::want::Fitting;
use crate::roll::{Columns, Roll, each_bit};
use crate::shelf::{KIND, SOURCE, STATE, TOPIC};

/// Of stories for what they were counted.
pub(super) struct Once {
    /// For each story some words that say for what it was counted, and one for the source that was seen first, from 1:
    /// most stories are told by few sources.
    seen: Vec<u64>,
    stories: usize,
    wide: usize,
    /// Each story and each other source that tells it.
    others: Vec<(u32, u32)>,
}

impl Once {
    pub(super) fn new(roll: &Roll) -> Self {
        Once { seen: Vec::new(), stories: roll.stories.many(), wide: words(&roll.shelves), others: Vec::new() }
    }

    /// Counts those of a piece.
    pub(super) fn see(&mut self, columns: &Columns, fitting: &Fitting, counts: &mut Counts) {
        let [state, topic, source, kind] = [STATE, TOPIC, SOURCE, KIND].map(|part| &fitting.aside(part).bits);
        let all = &fitting.all().bits;
        let stride = self.wide + 1;
        columns.each_loose(|at, story, marks| {
            let mut counted = [0, u64::MAX][usize::from(topic.has(at))] & !BELOW_TOPICS;
            for (fits, of) in [(all, OF_TOTAL), (kind, OF_KINDS), (state, OF_STATES)] {
                counted |= [0, of][usize::from(fits.has(at))];
            }
            let by_source = source.has(at);
            if counted == 0 && !by_source {
                return;
            }
            if self.seen.is_empty() {
                self.seen = vec![0; self.stories * stride];
            }
            let Some(seen) = self.seen.get_mut(story as usize * stride..(story as usize + 1) * stride) else { return };
            for (nth, (mark, seen)) in marks.iter().zip(&mut *seen).enumerate() {
                // The words behind the first are of topics.
                let counted = if nth == 0 { counted } else { [0, u64::MAX][usize::from(topic.has(at))] };
                let new = mark & counted & !*seen;
                *seen |= new;
                each_bit(new, |bit| counts.add(nth * 64 + bit, 1));
            }
            if by_source {
                let (of, first) = (columns.source(at), &mut seen[stride - 1]);
                match *first {
                    0 => {
                        *first = u64::from(of) + 1;
                        counts.source[of as usize] += 1;
                    }
                    first if first == u64::from(of) + 1 => {}
                    _ => self.others.push((story, of)),
                }
            }
        });
    }

    pub(super) fn end(mut self, counts: &mut Counts) {
        self.others.sort_unstable();
        self.others.dedup();
        self.others.iter().for_each(|(_, source)| counts.source[*source as usize] += 1);
    }
}
