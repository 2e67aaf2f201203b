//! The stories that several items tell: who tells each, and on which shelves it stands.

use std::collections::HashMap;

/// All stories that several tell. Numbers of those that ended are given anew.
#[derive(Debug, Default)]
pub(crate) struct Stories {
    list: Vec<Story>,
    numbers: HashMap<Box<str>, u32>,
    free: Vec<u32>,
}

#[derive(Debug, Default)]
struct Story {
    id: Box<str>,
    /// The places of its items, in order.
    members: Vec<i64>,
    /// Where it is counted, each shelf once.
    shelves: Vec<u32>,
}

impl Stories {
    /// The number of a story, a new one if it has none.
    pub(super) fn number(&mut self, id: &str) -> usize {
        if let Some(number) = self.numbers.get(id) {
            return *number as usize;
        }
        let number = self.free.pop().unwrap_or_else(|| {
            self.list.push(Story::default());
            self.list.len() as u32 - 1
        });
        self.list[number as usize].id = id.into();
        self.numbers.insert(id.into(), number);
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
        let members = &mut self.list[story].members;
        if let Err(place) = members.binary_search(&seq) {
            members.insert(place, seq);
        }
    }

    pub(super) fn leave(&mut self, story: usize, seq: i64) {
        self.list[story].members.retain(|member| *member != seq);
    }

    /// Says on which shelves it stands from now on, and gives those on which it stood.
    pub(super) fn stand_on(&mut self, story: usize, shelves: Vec<u32>) -> Vec<u32> {
        std::mem::replace(&mut self.list[story].shelves, shelves)
    }

    /// Nobody tells it any more.
    pub(super) fn forget(&mut self, story: usize) {
        let id = std::mem::take(&mut self.list[story].id);
        if self.numbers.remove(&id).is_some() {
            self.list[story] = Story::default();
            self.free.push(story as u32);
        }
    }
}
