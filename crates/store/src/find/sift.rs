//! Going through the items of a period or of a search: counted, and those that fit gathered as long as they are few.

use super::question::{Asked, Matched};
use super::tally::{Once, Tally};
use crate::keep::place;
use crate::roll::{Entry, Roll};
use crate::shelf::Choice;

/// Gathering this many and sorting them costs about as much as walking a list for as many.
pub(super) const GATHER: usize = 4_000;
/// Items that claim one millisecond take the places of the next ones when there are too many; so many milliseconds
/// further there is none of them, or there were sixty million.
const DRIFT: i64 = 60_000;

/// What was gone through.
#[derive(Debug)]
pub(crate) struct Sifted {
    pub(super) tally: Tally,
    /// The places of those that fit, unless they are too many to be gathered.
    pub(super) few: Option<Vec<i64>>,
}

pub(super) fn sift(roll: &Roll, asked: &Asked<'_>, choice: &Choice, matched: &Matched) -> Sifted {
    let mut sieve = Sieve {
        roll,
        choice,
        stories: asked.stories,
        tally: Tally::none(&roll.shelves),
        shelves: vec![(0, UNKNOWN); roll.shelves.list.len()],
        seen: Vec::new(),
        told: Vec::new(),
        few: Some(Vec::new()),
    };
    let fits = |entry: &&Entry| {
        asked.is_within(entry) && matched.not.as_ref().is_none_or(|not| not.binary_search(&entry.seq).is_err())
    };
    match &matched.must {
        Some(must) => roll.all.among(must).filter(fits).for_each(|entry| sieve.take(entry)),
        None => {
            // News begin and end with their publication, by which they stand in order. Events do not.
            let from = asked.since.map_or(i64::MIN, place);
            let until = asked.until.map_or(i64::MAX, |until| place(until.saturating_add(DRIFT)));
            let period = roll.all.from((from, 0)).take_while(|entry| entry.seq < until);
            period.filter(|entry| !entry.is_event()).filter(fits).for_each(|entry| sieve.take(entry));
            roll.events.from((i64::MIN, 0)).filter(fits).for_each(|entry| sieve.take(entry));
        }
    }
    sieve.end()
}

struct Sieve<'a> {
    roll: &'a Roll,
    choice: &'a Choice,
    stories: bool,
    tally: Tally,
    /// By shelf how many items were taken that count alone, and which parts of the choice it fails.
    shelves: Vec<(u32, u8)>,
    /// The shelves of which something was taken.
    seen: Vec<u32>,
    /// Stories that several tell, and the shelf of each who does.
    told: Vec<(usize, u32)>,
    few: Option<Vec<i64>>,
}

/// What a shelf fails is looked up when its first item comes, and is kept with this bit set. Nought, because memory
/// that is all nought costs nothing until it is used.
const UNKNOWN: u8 = 0;
const LOOKED_UP: u8 = 1 << 7;

impl Sieve<'_> {
    fn take(&mut self, entry: &Entry) {
        let (count, fails) = &mut self.shelves[entry.shelf as usize];
        if *fails == UNKNOWN {
            *fails = self.choice.fails(&self.roll.shelves.list[entry.shelf as usize]) | LOOKED_UP;
            self.seen.push(entry.shelf);
        }
        let fails = *fails & !LOOKED_UP;
        // Who fails two parts counts for no facet.
        if fails != 0 && !fails.is_power_of_two() {
            return;
        }
        if fails == 0 {
            self.tally.items += 1;
            if let Some(few) = &mut self.few {
                few.push(entry.seq);
            }
            if self.few.as_ref().is_some_and(|few| few.len() > GATHER) {
                self.few = None;
            }
        }
        match entry.story().filter(|_| self.stories) {
            Some(story) => self.told.push((story, entry.shelf)),
            None => *count += 1,
        }
    }

    fn end(mut self) -> Sifted {
        let mut once = Once::default();
        let see = |once: &mut Once, shelf: u32| {
            once.see(&self.roll.shelves.list[shelf as usize], self.shelves[shelf as usize].1 & !LOOKED_UP);
        };
        for shelf in &self.seen {
            see(&mut once, *shelf);
            self.tally.add(&mut once, self.shelves[*shelf as usize].0.into());
        }
        self.told.sort_unstable();
        for story in self.told.chunk_by(|one, next| one.0 == next.0) {
            story.iter().for_each(|(_, shelf)| see(&mut once, *shelf));
            self.tally.add(&mut once, 1);
        }
        if let Some(few) = &mut self.few {
            few.sort_unstable();
        }
        Sifted { tally: self.tally, few: self.few }
    }
}
