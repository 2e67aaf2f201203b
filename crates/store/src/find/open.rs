//! Counting what fits a choice, whenever it was and whatever it says: by bays and shelves, and not by items.
//!
//! Promises: what it takes grows with the bays, with the shelves that fit, and with the stories that stand on several,
//! so that half a million items take a part of a millisecond. For what an item counts depends on its bay alone but for
//! its source: of each bay a mark says that, one bit for each thing, and of a story the marks of its bays together.

use super::marks::{FITS, Marks, words};
use super::planes::Planes;
use super::tally::{Counts, Tally};
use crate::roll::{Roll, Stand, each_bit};
use crate::shelf::Choice;

/// Counts what fits a choice, by items or by stories; for each facet without its own part of the choice.
pub(super) fn count(roll: &Roll, choice: &Choice, stories: bool) -> Tally {
    let mut counts = Counts::none(&roll.shelves);
    for word in 0..words(&roll.shelves) {
        let marks = &Marks::new(&roll.shelves, choice, word).all();
        let of = Of { roll, stories, marks, word };
        match &choice.sources {
            None => of.count_bays(&mut counts),
            Some(sources) => of.count_shelves(sources, &mut counts),
        }
        if word == 0 {
            of.count_sources(&mut counts);
        }
        if stories {
            match choice.sources.as_ref().map(|sources| chosen(roll, sources)) {
                None => of.count_told(|_| true, &mut counts),
                Some(chosen) => of.count_told(|source| chosen[source as usize], &mut counts),
            }
        }
    }
    counts.end()
}

/// Of each source by number whether it is one of these.
fn chosen(roll: &Roll, sources: &[u32]) -> Vec<bool> {
    let mut chosen = vec![false; roll.shelves.sources.len()];
    sources.iter().for_each(|source| chosen[*source as usize] = true);
    chosen
}

/// One of the words of the marks.
struct Of<'a> {
    roll: &'a Roll,
    stories: bool,
    /// By the numbers of bays.
    marks: &'a [u64],
    word: usize,
}

impl Of<'_> {
    /// Counts bay by bay, whatever the source.
    fn count_bays(&self, counts: &mut Counts) {
        let mut sums = [0; 64];
        for (mark, stand) in self.marks.iter().zip(self.roll.stands.in_bays()).filter(|(mark, _)| **mark != 0) {
            let n = self.many(*stand);
            each_bit(*mark, |bit| sums[bit] += n);
            if self.word == 0 && mark & FITS != 0 {
                counts.items += u64::from(stand.items);
            }
        }
        sums.into_iter().enumerate().filter(|(_, n)| *n > 0).for_each(|(bit, n)| counts.add(self.word * 64 + bit, n));
    }

    /// Counts stories that stand on several shelves: for what they count by who is chosen, and by source what fits.
    fn count_told(&self, is_chosen: impl Fn(u32) -> bool, counts: &mut Counts) {
        let mut planes = Planes::default();
        let with_source = |source: u32| counts.source[source as usize] += u64::from(self.word == 0);
        self.roll.told().each(self.marks, is_chosen, |mark| planes.add(mark), with_source);
        planes.end(|bit, n| counts.add(self.word * 64 + bit, n));
    }

    /// Counts by source what fits, whatever the source.
    fn count_sources(&self, counts: &mut Counts) {
        let fits = |bay: usize| self.marks.get(bay).is_some_and(|mark| mark & FITS != 0);
        let add = |source: u32, stand: Stand| counts.source[source as usize] += self.many(stand);
        self.roll.stands.each(&self.roll.shelves, fits, add);
    }

    /// Counts shelf by shelf what some sources have.
    fn count_shelves(&self, sources: &[u32], counts: &mut Counts) {
        let Roll { shelves, stands, .. } = self.roll;
        for shelf in sources.iter().flat_map(|source| shelves.of_source(*source)) {
            self.add(self.mark(*shelf), stands.on(*shelf), counts);
        }
    }

    /// Adds what stands on a shelf, for all that is marked.
    fn add(&self, mark: u64, stand: Stand, counts: &mut Counts) {
        if self.word == 0 && mark & FITS != 0 {
            counts.items += u64::from(stand.items);
        }
        let n = self.many(stand);
        if n > 0 {
            each_bit(mark, |bit| counts.add(self.word * 64 + bit, n));
        }
    }

    /// Of what stands somewhere as many as are counted.
    fn many(&self, stand: Stand) -> u64 {
        u64::from(if self.stories { stand.stories } else { stand.items })
    }

    /// For what a shelf counts.
    fn mark(&self, shelf: u32) -> u64 {
        self.marks[self.roll.shelves.bay(shelf) as usize]
    }
}
