//! A host: its pace as the server keeps it, and beside it a book of what it was really asked, kept by other means.

use std::collections::VecDeque;

use super::gate::pace::Pace;
use super::world::{CONCURRENCY, GAP};

/// Two refusals within this are about the host.
const SOON: i64 = 600_000;

pub(super) struct Host {
    pub(super) pace: Pace,
    /// Kept between two requests, by the settings or by its robots.txt.
    pub(super) gap: i64,
    /// When the next turn is free, as the store keeps it for hosts that are slow.
    free_at: i64,
    /// Who holds a slot, and who waits for one.
    pub(super) inside: usize,
    pub(super) queue: VecDeque<u32>,
    book: Book,
}

/// What the host would say of us.
#[derive(Default)]
struct Book {
    asked: Option<i64>,
    refused: Option<i64>,
    /// From when to when it wanted to be left alone, in order and apart.
    closed: Vec<(i64, i64)>,
}

impl Host {
    pub(super) fn new(gap: i64) -> Self {
        Host { pace: paced(gap), gap, free_at: 0, inside: 0, queue: VecDeque::new(), book: Book::default() }
    }

    /// Whether a slot was free; else it is waited for.
    pub(super) fn enter(&mut self, source: u32) -> bool {
        if self.inside < CONCURRENCY {
            self.inside += 1;
            return true;
        }
        self.queue.push_back(source);
        false
    }

    /// Takes a turn of those that the store keeps, if it does; when that is.
    pub(super) fn share(&mut self, now: i64) -> i64 {
        let Some(gap) = self.pace.shared_gap() else { return now };
        let turn = self.free_at.max(now);
        self.free_at = turn + gap;
        self.pace.postpone(turn);
        turn
    }

    /// Gives a slot back; who gets it.
    pub(super) fn leave(&mut self) -> Option<u32> {
        self.pace.leave();
        self.inside -= 1;
        let next = self.queue.pop_front();
        self.inside += usize::from(next.is_some());
        next
    }

    /// It is asked now: whether too soon after the request before, and whether it had asked to be left alone.
    pub(super) fn asked(&mut self, now: i64) -> (bool, bool) {
        let before = self.book.asked.replace(now);
        let closed = self.book.closed.last().is_some_and(|(_, until)| now < *until);
        (before.is_some_and(|before| now - before < self.gap), closed)
    }

    /// It refuses and asks to be left alone for so long.
    pub(super) fn refuses(&mut self, now: i64, wait: i64) {
        self.pace.limited(now, wait);
        if self.book.refused.replace(now).is_some_and(|before| now - before <= SOON) {
            match self.book.closed.last_mut() {
                Some((_, until)) if *until >= now => *until = (*until).max(now + wait),
                _ => self.book.closed.push((now, now + wait)),
            }
        }
    }

    /// For how much of this time it wanted to be left alone.
    pub(super) fn closed_between(&self, from: i64, to: i64) -> i64 {
        let lately = self.book.closed.iter().rev().take_while(|(_, until)| *until > from);
        lately.map(|(since, until)| (to.min(*until) - from.max(*since)).max(0)).sum()
    }

    /// A new process knows nothing of it but the settings, and what the store keeps: robots.txt, and turns if it is slow.
    /// What it refused is forgotten, too.
    pub(super) fn forget(&mut self) {
        let book = std::mem::take(&mut self.book);
        let book = Book { refused: None, closed: Vec::new(), ..book };
        *self = Host { book, free_at: self.free_at, ..Host::new(self.gap) };
    }
}

fn paced(gap: i64) -> Pace {
    let mut pace = Pace::new(GAP);
    pace.slow(gap, GAP);
    pace
}
