//! The roll: of every relevant item its place, its time, its shelf and its story, in memory, and the newest items whole.
//!
//! Promises: what is on it is one generation of the store, the last that somebody asked for. Questions about kind,
//! source, state, topic and time are counted and put in order here, so that a page costs the database one read of its
//! rows by their keys, however many items are kept. Some 80 bytes for each item.
//!
//! A new generation is read as what the last ones touched (`load`), and changed in place under a lock that nobody holds
//! for longer than some microseconds per item. Refuses: to know texts and words; those are the database's.

mod bits;
mod columns;
mod everywhere;
mod few;
mod guide;
mod layout;
mod list;
mod load;
mod memo;
mod stands;
mod stories;
mod told;
mod weight;
mod words;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use model::{Kind, Moment};

use crate::find::{Raw, Sifted, Tally};
use crate::leaves::Known as Leaves;
use crate::shelf::{Choice, Shelves};
pub(crate) use bits::{Bits, each_bit};
pub(crate) use columns::{Columns, KINDS, STATES, Sums, TOPICS, Whole};
pub(crate) use everywhere::Everywhere;
use few::Few;
use list::{EVENT, FOLLOWS, Order};
pub(crate) use list::{Entry, List, Piece};
pub(crate) use load::{forget_touched, state};
use memo::Memo;
pub(crate) use stands::{Stand, Stands};
use stories::Stories;
use told::Told;
pub(crate) use words::EVERYWHERE;
pub use words::PLACES;
use words::Words;

/// The newest items are held whole, and the events that begin last: what is left to show when the database is away.
const NEWEST: usize = 2_000;
const LAST: usize = 500;
/// Bytes of counts of filters that are remembered until something changes. Of ten thousand sources each may count.
const TALLIES: usize = 4 << 20;
/// The same of words that are everywhere, each with the pieces that have some that fit.
const SIFTED: usize = 4 << 20;
/// Bytes of bits for those that were asked for again since something changed.
const SPOTS: usize = 1 << 19;
/// Where something was touched since is asked for again. So many touched places are known.
const AGAIN: usize = 10_000;

/// The roll of a store, shared by all its handles.
#[derive(Debug)]
pub(crate) struct Shared {
    roll: RwLock<Roll>,
    /// Held by who brings it up to date.
    pub(crate) turn: tokio::sync::Mutex<()>,
    /// The database was away, and until when it is not asked again.
    pub(crate) away_until: std::sync::atomic::AtomicI64,
    /// How many pages were given without it.
    pub(crate) remembered: std::sync::atomic::AtomicU64,
    /// What the index of words consists of.
    pub(crate) leaves: Leaves,
}

#[derive(Debug)]
pub(crate) struct Roll {
    /// Of which generation it is; nothing before it was first read.
    pub(crate) generation: Option<i64>,
    /// When items last changed.
    pub(crate) updated: Option<Moment>,
    pub(crate) shelves: Shelves,
    /// What stands on each shelf and in each bay.
    pub(crate) stands: Stands,
    pub(crate) all: List,
    pub(crate) events: List,
    pub(crate) stories: Stories,
    told: OnceLock<Told>,
    /// The newest items whole, by place.
    pub(crate) whole: BTreeMap<i64, Arc<Raw>>,
    tallies: Memo<Counting, Tally>,
    sifted: Memo<Asking, Sifted>,
    found: Mutex<Words>,
    everywhere: Memo<String, Everywhere>,
    touched: Log,
}

/// What is asked of words that are everywhere: the choice, in stories or not, what must be and what must not.
pub(crate) type Asking = (Choice, bool, [String; 2]);

/// What is counted: a choice, in stories or not.
pub(crate) type Counting = (Choice, bool);

/// The places of all that match something, as they were before some places were touched.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) places: Arc<Vec<i64>>,
    /// Of these it has to be asked again.
    pub(crate) touched: Vec<i64>,
}

/// The places that were touched last.
#[derive(Debug, Default)]
struct Log {
    last: VecDeque<i64>,
    /// How many were touched at all.
    count: u64,
}

/// What became of one place.
#[derive(Debug)]
pub(crate) struct Touched {
    pub(crate) seq: i64,
    /// What stands there now, if something relevant does.
    pub(crate) now: Option<Fresh>,
}

/// An entry, and the story that it tells with others.
#[derive(Debug)]
pub(crate) struct Fresh {
    pub(crate) entry: Entry,
    pub(crate) story: Option<String>,
    pub(crate) leads: bool,
}

impl Default for Shared {
    fn default() -> Self {
        Shared {
            roll: RwLock::new(Roll::empty()),
            turn: tokio::sync::Mutex::default(),
            away_until: i64::MIN.into(),
            remembered: 0.into(),
            leaves: Leaves::default(),
        }
    }
}

impl Shared {
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Roll> {
        self.roll.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, Roll> {
        self.roll.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Roll {
    fn empty() -> Self {
        Roll {
            generation: None,
            updated: None,
            shelves: Shelves::default(),
            stands: Stands::default(),
            all: List::new(Order::Place),
            events: List::new(Order::Beginning),
            stories: Stories::default(),
            told: OnceLock::new(),
            whole: BTreeMap::new(),
            tallies: Memo::of(TALLIES),
            sifted: Memo::of(SIFTED),
            found: Mutex::default(),
            everywhere: Memo::of(SPOTS),
            touched: Log::default(),
        }
    }

    /// The entry at a place.
    pub(crate) fn entry(&self, seq: i64) -> Option<&Entry> {
        self.all.get((seq, 0))
    }

    /// Counts that are remembered; made now if they are not.
    pub(crate) fn tally(&self, key: Counting, make: impl FnOnce(&Choice) -> Tally) -> Arc<Tally> {
        self.tallies.get(key, |(choice, _)| make(choice), Tally::weight)
    }

    /// What was counted and gathered, remembered where it is worth a key; made now if it is not.
    pub(crate) fn sifted(&self, key: Option<Asking>, make: impl FnOnce() -> Sifted) -> Arc<Sifted> {
        match key {
            Some(key) => self.sifted.get(key, |_| make(), Sifted::weight),
            None => Arc::new(make()),
        }
    }

    /// The places of all that match, if they are remembered and this is the generation.
    pub(crate) fn places(&self, expression: &str, generation: i64) -> Option<Found> {
        let known = self.found().find(expression);
        let (places, upto) = known.filter(|_| self.generation == Some(generation))?;
        Some(Found { touched: self.touched.since(upto)?, places: places.list() })
    }

    /// Remembers them, if there are many. Words that were not asked for the longest make room.
    pub(crate) fn remember_places(&self, expression: &str, generation: i64, places: &Arc<Vec<i64>>) {
        if self.generation == Some(generation) {
            self.found().remember(expression, places, self.touched.count);
        }
    }

    /// The same as bits of each piece, where that is worth it: of words and their places in this generation.
    pub(crate) fn everywhere(&self, words: &str, places: &[i64]) -> Option<Arc<Everywhere>> {
        let make = |_: &String| Everywhere::of(self, places);
        Everywhere::is_worth(self, places).then(|| self.everywhere.get(words.to_owned(), make, Everywhere::weight))
    }

    fn found(&self) -> MutexGuard<'_, Words> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Some who are there, in the order of places, tell a story that is told for the first time, or lead it.
    fn tell(&mut self, story: &str, tellers: &[(i64, bool)]) {
        let number = self.stories.number(story);
        for (seq, leads) in tellers {
            let Some(entry) = self.all.get_mut((*seq, 0)) else { continue };
            entry.told |= (number as u32 + 1) | if *leads { 0 } else { FOLLOWS };
            let entry = *entry;
            if let Some(event) = self.events.get_mut((entry.begins(), entry.seq)).filter(|_| entry.is_event()) {
                *event = entry;
            }
            self.stands.change(&self.shelves, entry.shelf, |stand| stand.stories -= 1);
            self.stories.join(number, entry.seq);
        }
        self.put_story(number);
    }

    /// Takes over what became of places.
    pub(crate) fn change(&mut self, touched: Vec<Touched>) {
        let mut told: Vec<usize> = Vec::new();
        for place in &touched {
            told.extend(self.entry(place.seq).and_then(Entry::story));
            let story = place.now.as_ref().and_then(|fresh| fresh.story.as_deref());
            told.extend(story.map(|story| self.stories.number(story)));
        }
        told.sort_unstable();
        told.dedup();
        self.touched.add(touched.iter().map(|place| place.seq));
        self.found().forget(|upto| self.touched.knows(upto));
        let apart: Vec<bool> = told.iter().map(|story| self.is_apart(*story)).collect();
        told.iter().for_each(|story| self.take_story(*story));
        for place in touched {
            self.take(place.seq);
            if let Some(fresh) = place.now {
                self.put(fresh);
            }
        }
        told.iter().for_each(|story| self.put_story(*story));
        if !told.is_empty() {
            self.told.take();
        }
        for (story, apart) in told.into_iter().zip(apart) {
            if self.is_apart(story) != apart {
                // Pieces that did not change are told by others now, or no longer.
                self.stories.members(story).iter().for_each(|seq| self.all.doubt((*seq, 0)));
            }
        }
        (self.tallies, self.sifted) = (Memo::of(TALLIES), Memo::of(SIFTED));
        self.everywhere = Memo::of(SPOTS);
    }

    /// Whether those who tell a story stand in several pieces.
    fn is_apart(&self, story: usize) -> bool {
        match self.stories.members(story) {
            [first, .., last] => self.all.piece_of((*first, 0)) != self.all.piece_of((*last, 0)),
            _ => false,
        }
    }

    fn take(&mut self, seq: i64) {
        self.whole.remove(&seq);
        let Some(entry) = self.all.remove((seq, 0)) else { return };
        if entry.is_event() {
            self.events.remove((entry.begins(), entry.seq));
        }
        self.stands.change(&self.shelves, entry.shelf, |stand| stand.items -= 1);
        match entry.story() {
            Some(story) => self.stories.leave(story, seq),
            None => self.stands.change(&self.shelves, entry.shelf, |stand| stand.stories -= 1),
        }
    }

    fn put(&mut self, Fresh { mut entry, story, leads }: Fresh) {
        let Some(shelf) = self.shelves.get(entry.shelf) else { return };
        entry.told = if shelf.kind == Kind::Event { EVENT } else { 0 };
        match story {
            Some(story) => {
                let number = self.stories.number(&story);
                self.stories.join(number, entry.seq);
                entry.told |= (number as u32 + 1) | if leads { 0 } else { FOLLOWS };
            }
            None => self.stands.change(&self.shelves, entry.shelf, |stand| stand.stories += 1),
        }
        self.stands.change(&self.shelves, entry.shelf, |stand| stand.items += 1);
        if entry.is_event() {
            self.events.insert(entry);
        }
        self.all.insert(entry);
    }

    /// Takes a story from the shelves where it is counted.
    fn take_story(&mut self, story: usize) {
        let shelves = self.stories.stand_on(story, Few::None);
        if let [only] = shelves[..] {
            self.stands.change(&self.shelves, only, |stand| stand.stories -= 1);
        }
    }

    /// Counts a story on the shelves where its items stand now.
    fn put_story(&mut self, story: usize) {
        let on = |seq: &i64| self.entry(*seq).map(|entry| entry.shelf);
        let mut shelves: Vec<u32> = self.stories.members(story).iter().filter_map(on).collect();
        shelves.sort_unstable();
        shelves.dedup();
        match shelves[..] {
            [] => self.stories.forget(story),
            [only] => self.stands.change(&self.shelves, only, |stand| stand.stories += 1),
            // Those on several are gone through one by one.
            _ => {}
        }
        self.stories.stand_on(story, Few::from(shelves));
    }

    /// The stories that stand on several shelves, by their bays; put together when first asked for.
    pub(crate) fn told(&self) -> &Told {
        self.told.get_or_init(|| Told::of(&self.stories, &self.shelves))
    }

    /// The places whose items are held whole.
    fn worth_holding(&self) -> Vec<i64> {
        let last = |list: &List, most: usize| -> Vec<i64> {
            list.below((i64::MAX, i64::MAX)).take(most).map(|entry| entry.seq).collect()
        };
        let mut places = [last(&self.all, NEWEST), last(&self.events, LAST)].concat();
        places.sort_unstable();
        places.dedup();
        places
    }
}

impl Log {
    fn add(&mut self, places: impl Iterator<Item = i64>) {
        for place in places {
            self.last.push_back(place);
            self.count += 1;
            if self.last.len() > AGAIN {
                self.last.pop_front();
            }
        }
    }

    /// Whether all that were touched since so many are known.
    fn knows(&self, upto: u64) -> bool {
        self.count - upto <= self.last.len() as u64
    }

    fn since(&self, upto: u64) -> Option<Vec<i64>> {
        let behind = (self.count - upto) as usize;
        self.knows(upto).then(|| self.last.range(self.last.len() - behind..).copied().collect())
    }
}

#[cfg(test)]
mod tests;
