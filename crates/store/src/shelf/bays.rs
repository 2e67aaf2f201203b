//! Bays: shelves that agree in kind, states and topics stand in one, whatever their source.
//!
//! Promises: a question about kind, states and topics looks at some thousand bays, where items stand on a quarter of a
//! million shelves. What is held of a bay is held once for all its shelves.

use std::collections::HashMap;
use std::sync::Arc;

use model::Kind;

use super::room_for_one;

/// In what the shelves of a bay agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bay {
    /// One bit per state, and [`EVENTS`](super::EVENTS).
    pub(super) what: u32,
    /// Number of the set of its topics.
    pub(super) topics: u32,
}

/// All bays, by number in the order in which they were first needed.
#[derive(Debug, Default)]
pub(super) struct Bays {
    pub(super) list: Vec<Bay>,
    numbers: HashMap<Bay, u32>,
    /// Which topics stand together: few sets do, on many shelves.
    pub(super) sets: Vec<Arc<[u32]>>,
    set_numbers: HashMap<Arc<[u32]>, u32>,
}

impl Bay {
    pub(super) fn kind(self) -> Kind {
        if self.what & super::EVENTS != 0 { Kind::Event } else { Kind::News }
    }

    /// One bit per state.
    pub(super) fn states(self) -> u32 {
        self.what & !super::EVENTS
    }
}

impl Bays {
    /// The number of the bay of shelves that agree in this.
    pub(super) fn number(&mut self, what: u32, topics: Arc<[u32]>) -> u32 {
        let bay = Bay { what, topics: self.set(topics) };
        let number = *self.numbers.entry(bay).or_insert(self.list.len() as u32);
        if number as usize == self.list.len() {
            room_for_one(&mut self.list);
            self.list.push(bay);
        }
        number
    }

    /// The number of a set of topics; each is held once.
    fn set(&mut self, topics: Arc<[u32]>) -> u32 {
        if let Some(number) = self.set_numbers.get(&topics) {
            return *number;
        }
        let number = self.sets.len() as u32;
        self.sets.push(Arc::clone(&topics));
        self.set_numbers.insert(topics, number);
        number
    }

    #[inline]
    pub(super) fn get(&self, number: u32) -> (Bay, &[u32]) {
        let bay = self.list[number as usize];
        (bay, &self.sets[bay.topics as usize])
    }

    /// Bytes that they take, more or less.
    pub(super) fn weight(&self) -> usize {
        let sets = self.sets.iter().map(|set| 2 * (size_of_val(set) + size_of_val(&**set)));
        (3 * size_of::<Bay>() + size_of::<u32>()) * self.list.capacity() + sets.sum::<usize>()
    }
}
