//! The stories that several items tell: who tells each, and on which shelves it stands.
//!
//! A story is known by a hash of its lead's id, with a key of this process: of a million stories two would be taken for
//! one in one process out of forty million, and nobody outside can make that so.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use super::few::Few;
use crate::shelf::room_for_one;

/// All stories that several tell. Numbers of those that ended are given anew.
#[derive(Debug, Default)]
pub(crate) struct Stories {
    list: Vec<Story>,
    numbers: HashMap<u64, u32>,
    free: Vec<u32>,
    names: RandomState,
}

#[derive(Debug, Default)]
struct Story {
    name: u64,
    /// The places of its items, in order.
    members: Few<i64>,
    /// Where it is counted, each shelf once.
    shelves: Few<u32>,
}

impl Stories {
    /// The number of a story, a new one if it has none.
    pub(super) fn number(&mut self, id: &str) -> usize {
        let name = self.names.hash_one(id);
        if let Some(number) = self.numbers.get(&name) {
            return *number as usize;
        }
        let number = self.free.pop().unwrap_or_else(|| {
            room_for_one(&mut self.list);
            self.list.push(Story::default());
            self.list.len() as u32 - 1
        });
        self.list[number as usize].name = name;
        self.numbers.insert(name, number);
        number as usize
    }

    /// All numbers are below this.
    pub(crate) fn many(&self) -> usize {
        self.list.len()
    }

    /// Who tells it, in the order of places.
    pub(crate) fn members(&self, story: usize) -> &[i64] {
        self.list.get(story).map_or(&[], |story| &story.members)
    }

    /// The shelves on which it stands, each once.
    pub(crate) fn shelves(&self, story: usize) -> &[u32] {
        self.list.get(story).map_or(&[], |story| &story.shelves)
    }

    pub(super) fn join(&mut self, story: usize, seq: i64) {
        self.list[story].members.insert(seq);
    }

    pub(super) fn leave(&mut self, story: usize, seq: i64) {
        self.list[story].members.remove(seq);
    }

    /// Says on which shelves it stands from now on, and gives those on which it stood.
    pub(super) fn stand_on(&mut self, story: usize, shelves: Few<u32>) -> Few<u32> {
        std::mem::replace(&mut self.list[story].shelves, shelves)
    }

    /// Nobody tells it any more.
    pub(super) fn forget(&mut self, story: usize) {
        let name = self.list[story].name;
        if self.numbers.get(&name) == Some(&(story as u32)) {
            self.numbers.remove(&name);
            self.list[story] = Story::default();
            self.free.push(story as u32);
        }
    }

    /// Bytes that they take, more or less.
    pub(super) fn weight(&self) -> usize {
        let lists = self.list.iter().map(|story| story.members.weight() + story.shelves.weight());
        size_of::<Story>() * self.list.capacity()
            + 2 * size_of::<(u64, u32)>() * self.numbers.len()
            + lists.sum::<usize>()
    }
}
