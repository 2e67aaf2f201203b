//! The stories that stand on several shelves: one list, so that all of them are gone through in a part of a millisecond.
//! Some twenty bytes for each.

use super::stories::Stories;
use crate::shelf::Shelves;

/// Of one story after the other on which shelves it stands. Those on few come first: where each ends can be foreseen then,
/// and a processor that guesses wrong takes longer than for all else.
#[derive(Debug)]
pub(crate) struct Told(Box<[On]>);

/// That a story stands on a shelf.
#[derive(Clone, Copy, Debug)]
struct On {
    bay: u32,
    /// The number of the source, with [`LAST`] and [`AGAIN`].
    source: u32,
}

/// The bit that says that what follows is another story, and the one that another shelf before is of the same source.
const LAST: u32 = 1 << 31;
const AGAIN: u32 = 1 << 30;

impl Told {
    pub(super) fn of(stories: &Stories, shelves: &Shelves) -> Self {
        let shelves_of = |story: &usize| stories.shelves(*story);
        let mut several: Vec<usize> = (0..stories.many()).filter(|story| shelves_of(story).len() > 1).collect();
        several.sort_by_key(|story| shelves_of(story).len());
        let mut all: Vec<On> = Vec::with_capacity(several.iter().map(|story| shelves_of(story).len()).sum());
        for on in several.iter().map(shelves_of) {
            let begin = all.len();
            for shelf in on {
                let (bay, source) = (shelves.bay(*shelf), shelves.source(*shelf));
                // Most are told by two or three.
                let again = all[begin..].iter().any(|on| on.source & !AGAIN == source);
                all.push(On { bay, source: source | if again { AGAIN } else { 0 } });
            }
            all.last_mut().into_iter().for_each(|on| on.source |= LAST);
        }
        Told(all.into())
    }

    /// Tells of each story, the marked and the others, all marks of the bays in which it stands by a chosen source
    /// together; and of each shelf in a bay whose mark has the first bit its source, chosen or not, of each story once.
    pub(crate) fn each(
        &self,
        marks: &[u64],
        is_chosen: impl Fn(u32) -> bool,
        mut with: impl FnMut(u64),
        mut with_source: impl FnMut(u32),
    ) {
        let (mut begin, mut all) = (0, 0);
        for (at, On { bay, source }) in self.0.iter().enumerate() {
            let (mark, number) = (marks[*bay as usize], source & !(LAST | AGAIN));
            if is_chosen(number) {
                all |= mark;
            }
            if mark & 1 != 0 {
                let told = |on: &On| on.source & !AGAIN == number && marks[on.bay as usize] & 1 != 0;
                if source & AGAIN == 0 || !self.0[begin..at].iter().any(told) {
                    with_source(number);
                }
            }
            if source & LAST != 0 {
                with(all);
                (begin, all) = (at + 1, 0);
            }
        }
    }

    /// Bytes that it takes.
    pub(super) fn weight(&self) -> usize {
        size_of_val(&*self.0)
    }
}
