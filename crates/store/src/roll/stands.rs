//! How much stands on each shelf, and in each bay of shelves.
//!
//! Promises: to go through the shelves of some bays is to go along a list. It is put in the order of bays anew when many
//! shelves have come; those that came since stand behind the others.

use crate::shelf::{Shelves, room_for_one};

/// How much stands somewhere.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stand {
    pub(crate) items: u32,
    /// How many stories stand on one shelf of it and on no other; who tells no story with others is one.
    pub(crate) stories: u32,
}

#[derive(Debug, Default)]
pub(crate) struct Stands {
    /// By the numbers of bays.
    bays: Vec<Stand>,
    /// What stands on each shelf, with the number of its source: those that are in order, and the others by number.
    list: Vec<(u32, Stand)>,
    /// By the numbers of shelves that are in order the place in the list.
    places: Vec<u32>,
    /// And by the numbers of bays where the first of theirs is; at last where they end.
    starts: Vec<u32>,
}

/// Before one in so many shelves is out of order, and some more, they are put in order.
const LATE: usize = 16;
const SOME: usize = 512;

impl Stands {
    /// Changes what is said of a shelf, and of its bay.
    pub(super) fn change(&mut self, shelves: &Shelves, shelf: u32, change: impl Fn(&mut Stand)) {
        self.make_room(shelves);
        let at = self.place(shelf);
        change(&mut self.list[at].1);
        change(&mut self.bays[shelves.bay(shelf) as usize]);
    }

    fn make_room(&mut self, shelves: &Shelves) {
        while self.bays.len() < shelves.bays() {
            room_for_one(&mut self.bays);
            self.bays.push(Stand::default());
        }
        for shelf in self.list.len() as u32..shelves.len() as u32 {
            room_for_one(&mut self.list);
            self.list.push((shelves.source(shelf), Stand::default()));
        }
        if self.list.len() - self.places.len() > self.places.len() / LATE + SOME {
            self.put_in_order(shelves);
        }
    }

    fn put_in_order(&mut self, shelves: &Shelves) {
        let numbers = 0..self.list.len() as u32;
        let mut starts = vec![0; self.bays.len() + 1];
        numbers.clone().for_each(|shelf| starts[shelves.bay(shelf) as usize + 1] += 1);
        (1..starts.len()).for_each(|bay| starts[bay] += starts[bay - 1]);
        let mut next = starts.clone();
        let places = numbers.clone().map(|shelf| {
            let next = &mut next[shelves.bay(shelf) as usize];
            *next += 1;
            *next - 1
        });
        let places: Vec<u32> = places.collect();
        let mut list = vec![(0, Stand::default()); self.list.len()];
        for (shelf, place) in numbers.zip(&places) {
            list[*place as usize] = self.list[self.place(shelf)];
        }
        (self.list, self.places, self.starts) = (list, places, starts);
    }

    fn place(&self, shelf: u32) -> usize {
        self.places.get(shelf as usize).map_or(shelf as usize, |place| *place as usize)
    }

    /// What stands on a shelf.
    pub(crate) fn on(&self, shelf: u32) -> Stand {
        self.list.get(self.place(shelf)).map_or_else(Stand::default, |(_, stand)| *stand)
    }

    /// What stands in each bay, by number; nothing in those behind the last.
    pub(crate) fn in_bays(&self) -> &[Stand] {
        &self.bays
    }

    /// Does something with the source of each shelf in some bays and with what stands there.
    pub(crate) fn each(&self, shelves: &Shelves, is_in: impl Fn(usize) -> bool, mut with: impl FnMut(u32, Stand)) {
        for bay in (0..self.starts.len().saturating_sub(1)).filter(|bay| is_in(*bay)) {
            let list = &self.list[self.starts[bay] as usize..self.starts[bay + 1] as usize];
            list.iter().for_each(|(source, stand)| with(*source, *stand));
        }
        for shelf in self.places.len()..self.list.len() {
            if is_in(shelves.bay(shelf as u32) as usize) {
                let (source, stand) = self.list[shelf];
                with(source, stand);
            }
        }
    }

    /// Bytes that it takes.
    pub(super) fn weight(&self) -> usize {
        self.bays.capacity() * size_of::<Stand>()
            + self.list.capacity() * size_of::<(u32, Stand)>()
            + (self.places.capacity() + self.starts.capacity()) * size_of::<u32>()
    }
}
