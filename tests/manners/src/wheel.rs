//! What is to happen, in order: a ring of seconds, since a heap of a million events costs more than all that happens.
//!
//! Promises: events come out by time, then by what they are. What lies beyond the ring waits on its last second.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Seconds on the ring: longer than any schedule looks ahead.
const RING: usize = 32 * 3600;
const SECOND: i64 = 1000;

pub(crate) struct Wheel<T> {
    /// The second that `near` holds, from the beginning.
    second: i64,
    near: BinaryHeap<Reverse<(i64, T)>>,
    ring: Vec<Vec<(i64, T)>>,
    waiting: usize,
}

impl<T: Copy + Ord> Wheel<T> {
    pub(crate) fn new(begin: i64) -> Self {
        let ring = std::iter::repeat_with(Vec::new).take(RING).collect();
        Wheel { second: begin.div_euclid(SECOND), near: BinaryHeap::new(), ring, waiting: 0 }
    }

    /// What is past already happens next.
    pub(crate) fn push(&mut self, at: i64, what: T) {
        let second = at.div_euclid(SECOND);
        self.waiting += 1;
        if second <= self.second {
            self.near.push(Reverse((at, what)));
        } else {
            let slot = second.min(self.second + RING as i64 - 1);
            self.ring[slot.rem_euclid(RING as i64) as usize].push((at, what));
        }
    }

    /// The next event up to a moment.
    pub(crate) fn pop(&mut self, until: i64) -> Option<(i64, T)> {
        loop {
            if let Some(Reverse((at, _))) = self.near.peek() {
                if *at > until {
                    return None;
                }
                self.waiting -= 1;
                return self.near.pop().map(|Reverse(event)| event);
            }
            if self.waiting == 0 || self.second >= until.div_euclid(SECOND) {
                return None;
            }
            self.second += 1;
            let slot = self.second.rem_euclid(RING as i64) as usize;
            let mut due = std::mem::take(&mut self.ring[slot]);
            for (at, what) in due.drain(..) {
                self.waiting -= 1;
                self.push(at, what);
            }
            // Its memory serves the next round.
            self.ring[slot] = due;
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.near.clear();
        self.ring.iter_mut().for_each(Vec::clear);
        self.waiting = 0;
    }
}
