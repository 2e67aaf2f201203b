//! The marks of the newest items in memory: what comes now is mostly about what came in the last weeks, and the words of
//! a busy day lead to hundreds of items each.
//!
//! It follows the outbox, so it sees what other nodes keep as well. What was changed without a word there, because an
//! item can no longer be found, leads to candidates that are found to be gone when they are lent. Refuses: to answer for
//! a window that begins before the oldest item it holds.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{MOST, Near, Reach, Teller, best, near_in, window};
use crate::error::Sql;
use crate::pools::Tx;
use crate::sql::{Row, query};

/// So many items are held, and a quarter more before the oldest are let go.
const HELD: usize = 8_192;

/// The newest items by their marks.
#[derive(Debug)]
pub(crate) struct Newest {
    held: usize,
    /// The number in the outbox that it has come to, once it was read.
    upto: Option<i64>,
    /// The place from which on it holds all.
    since: i64,
    /// By mark those that have it.
    marks: HashMap<i64, Bearers>,
    slots: Vec<Option<Slot>>,
    free: Vec<u32>,
    by_id: HashMap<String, u32>,
    /// How many marks each slot shares with the teller at hand.
    shared: Vec<u16>,
}

#[derive(Debug)]
struct Slot {
    item: Arc<Near>,
    marks: Box<[i64]>,
}

/// The places and slots of those that have a mark, in order. Most marks are had by one, and need no list.
#[derive(Debug)]
enum Bearers {
    One((i64, u32)),
    Several(Vec<(i64, u32)>),
}

impl Bearers {
    fn list(&self) -> &[(i64, u32)] {
        match self {
            Bearers::One(one) => std::slice::from_ref(one),
            Bearers::Several(list) => list,
        }
    }

    fn add(&mut self, new: (i64, u32)) {
        match self {
            Bearers::One(one) if *one == new => {}
            Bearers::One(one) => *self = Bearers::Several(vec![new.min(*one), new.max(*one)]),
            // What comes is newer than what is there, but for what comes late.
            Bearers::Several(list) if list.last().is_none_or(|last| *last < new) => list.push(new),
            Bearers::Several(list) => {
                if let Err(at) = list.binary_search(&new) {
                    list.insert(at, new);
                }
            }
        }
    }

    /// Takes all others away; whether none is left.
    fn keep(&mut self, stays: impl Fn(u32) -> bool) -> bool {
        match self {
            Bearers::One((_, slot)) => !stays(*slot),
            Bearers::Several(list) => {
                list.retain(|(_, slot)| stays(*slot));
                list.is_empty()
            }
        }
    }

    /// Takes one away; whether none is left.
    fn take(&mut self, old: (i64, u32)) -> bool {
        match self {
            Bearers::One(one) => *one == old,
            Bearers::Several(list) => {
                if let Ok(at) = list.binary_search(&old) {
                    list.remove(at);
                }
                list.is_empty()
            }
        }
    }
}

impl Default for Newest {
    fn default() -> Self {
        Self::holding(HELD)
    }
}

impl Newest {
    pub(super) fn holding(held: usize) -> Self {
        Newest {
            held,
            upto: None,
            since: i64::MAX,
            marks: HashMap::new(),
            slots: Vec::new(),
            free: Vec::new(),
            by_id: HashMap::new(),
            shared: Vec::new(),
        }
    }

    /// Reads what changed since it last did.
    pub(super) async fn follow(&mut self, tx: &mut Tx) -> Sql<()> {
        let state = query("select last, pruned from outbox").fetch_one(tx).await?;
        let (last, pruned): (i64, i64) = (state.try_get(0)?, state.try_get(1)?);
        match self.upto {
            Some(upto) if upto == last => return Ok(()),
            Some(upto) if pruned <= upto && upto < last && last - upto <= 2 * self.held as i64 => {
                // Unless all of it is read it is read again.
                self.upto = None;
                let changed = query(
                    "select i.id, i.hash, i.at, t.seq, t.marks from change c join item i on i.id = c.subject \
                     join telling t on t.seq = i.seq where c.seq > $1 order by c.seq",
                );
                for row in changed.bind(upto).fetch_all(tx).await? {
                    self.put(&row)?;
                }
            }
            _ => self.read(tx).await?,
        }
        self.upto = Some(last);
        if self.by_id.len() > self.held + self.held / 4 {
            self.let_go();
        }
        Ok(())
    }

    /// Reads the newest items anew.
    async fn read(&mut self, tx: &mut Tx) -> Sql<()> {
        *self = Newest::holding(self.held);
        // The oldest first: each goes to the end of its marks' lists. One row after the other: all of them would take ten
        // times the room of what is kept of them.
        let rows = query(
            "select i.id, i.hash, i.at, t.seq, t.marks from (select seq, marks from telling where marks <> '[]' \
             order by seq desc limit $1) t join item i on i.seq = t.seq order by t.seq",
        );
        let rows = rows.bind(self.held as i64);
        let (mut many, mut oldest) = (0, i64::MIN);
        self.since = i64::MIN;
        let take = |row: &Row| {
            if many == 0 {
                oldest = row.try_get(3)?;
            }
            many += 1;
            self.put(row)
        };
        rows.each(tx, take).await?;
        if many == self.held {
            self.since = oldest;
        }
        Ok(())
    }

    /// Takes up a row of `id, hash, at, seq, marks`.
    fn put(&mut self, row: &Row) -> Sql<()> {
        let item = near_in(row)?;
        if let Some(slot) = self.by_id.get(&item.id).copied() {
            self.take(slot);
        }
        let (place, marks): (i64, &str) = (item.place, row.try_get(4)?);
        let marks: Vec<i64> = serde_json::from_str(marks).unwrap_or_default();
        if place < self.since || marks.is_empty() {
            return Ok(());
        }
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            self.shared.push(0);
            u32::try_from(self.slots.len() - 1).expect("a few thousand are held")
        });
        for mark in &marks {
            let only = || Bearers::One((place, slot));
            self.marks.entry(*mark).and_modify(|bearers| bearers.add((place, slot))).or_insert_with(only);
        }
        self.by_id.insert(item.id.clone(), slot);
        self.slots[slot as usize] = Some(Slot { item: Arc::new(item), marks: marks.into() });
        Ok(())
    }

    fn take(&mut self, slot: u32) {
        if let Some(Slot { item, marks }) = self.slots[slot as usize].take() {
            for mark in marks {
                if self.marks.get_mut(&mark).is_some_and(|bearers| bearers.take((item.place, slot))) {
                    self.marks.remove(&mark);
                }
            }
            self.by_id.remove(&item.id);
            self.free.push(slot);
        }
    }

    /// Lets the oldest go.
    fn let_go(&mut self) {
        let mut places: Vec<(i64, u32)> =
            (0..).zip(&self.slots).filter_map(|(at, slot)| Some((slot.as_ref()?.item.place, at))).collect();
        places.sort_unstable();
        let kept = places.split_off(places.len().saturating_sub(self.held));
        self.since = kept.first().map_or(self.since, |(place, _)| *place);
        places.into_iter().for_each(|(_, slot)| self.take(slot));
    }

    /// Bytes that it takes in memory, more or less; what was made of its items is not its own.
    pub(crate) fn weight(&self) -> usize {
        let lists = self.marks.values().map(|bearers| match bearers {
            Bearers::One(_) => 0,
            Bearers::Several(list) => size_of::<(i64, u32)>() * list.capacity(),
        });
        let slots = self.slots.iter().flatten().map(|slot| size_of_val(&*slot.marks) + size_of::<Near>());
        // A map has room for a third more at least, and for three times as many at most.
        2 * self.marks.len() * size_of::<(i64, Bearers)>()
            + lists.sum::<usize>()
            + slots.sum::<usize>()
            + self.slots.capacity() * size_of::<Option<Slot>>()
            + 3 * self.by_id.len() * size_of::<(String, u32)>()
    }

    /// Lets go of those at these places: nobody joins them any more. Who is said anew comes back.
    pub(crate) fn pass_over(&mut self, places: &HashSet<i64>) {
        let mut marks: Vec<i64> = Vec::new();
        for (nth, slot) in (0..).zip(&mut self.slots) {
            if let Some(Slot { item, marks: its }) = slot.take_if(|slot| places.contains(&slot.item.place)) {
                marks.extend(its);
                self.by_id.remove(&item.id);
                self.free.push(nth);
            }
        }
        // They share their marks, of each of which there is a long list: each list is gone through once.
        marks.sort_unstable();
        marks.dedup();
        for mark in marks {
            if self.marks.get_mut(&mark).is_some_and(|bearers| bearers.keep(|slot| self.slots[slot as usize].is_some()))
            {
                self.marks.remove(&mark);
            }
        }
    }

    /// Whether all that it holds, once it was read, came later than these may reach.
    pub(super) fn is_later(&self, tellers: &[Teller<'_>], reach: Reach) -> bool {
        self.upto.is_some() && tellers.iter().all(|teller| window(teller, reach)[0] < self.since)
    }

    /// The items that share enough marks with one, those that share the most first; nothing if it does not hold all of
    /// its window.
    pub(super) fn near(&mut self, teller: &Teller<'_>, reach: Reach) -> Option<Vec<Arc<Near>>> {
        let [from, at, until] = window(teller, reach);
        if from < self.since {
            return None;
        }
        let Newest { marks, slots, shared, .. } = self;
        let mut met: Vec<u32> = Vec::new();
        for list in teller.marks.iter().filter_map(|mark| marks.get(mark)).map(Bearers::list) {
            let now = list.partition_point(|(place, _)| *place < at);
            let before = list[..now].iter().rev().take(reach.nearest).take_while(|(place, _)| *place >= from);
            let after = list[now..].iter().take(reach.nearest).take_while(|(place, _)| *place < until);
            for &(_, slot) in before.chain(after) {
                let count = &mut shared[slot as usize];
                if *count == 0 {
                    met.push(slot);
                }
                *count += 1;
            }
        }
        let counted = met.into_iter().map(|slot| (usize::from(std::mem::take(&mut shared[slot as usize])), slot));
        let enough = counted.filter(|(count, _)| *count >= reach.shared);
        let met = enough.filter_map(|(count, slot)| Some((count, slots[slot as usize].as_ref()?)));
        // In a list of their own: collected in place they would hold the room of all that were met.
        let mut near = Vec::with_capacity(MOST);
        near.extend(best(met, reach, |slot| slot.item.place).map(|slot| Arc::clone(&slot.item)));
        near.shrink_to_fit();
        Some(near)
    }
}

#[cfg(test)]
mod tests;
