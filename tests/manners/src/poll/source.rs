//! A source: what it publishes and when, and what is remembered of it.

use model::{Moment, Outcome};

use super::memory::Memory;
use super::schedule::{Asks, Situation, next_visit};
use super::world::{DAY, HOUR};

/// Hints in the proportions of the catalogue: half of all sources hourly, a quarter several times a day, a quarter daily.
const EVERY_HOURS: [u64; 8] = [1, 1, 1, 1, 3, 6, 6, 24];

pub(super) struct Source {
    number: u32,
    id: String,
    pub(super) host: u32,
    every: u64,
    /// Publishes on working days at these hours of Berlin.
    hours: [u8; 2],
    memory: Memory,
    fails: u32,
    /// When it was last seen whole.
    seen: i64,
    /// When it is due, and when the store would give it out: later, if its host has enough to do.
    pub(super) due: i64,
    pub(super) next: i64,
    pub(super) leased: bool,
    pub(super) asked: i64,
    /// It said not to come before.
    pub(super) not_before: i64,
    pub(super) visits: u32,
    pub(super) longest_silence: i64,
}

impl Source {
    pub(super) fn new(number: u32, host: u32, start: i64) -> Self {
        let draw = draw(u64::from(number));
        let hours = [8 + (draw >> 20) as u8 % 9, 8 + (draw >> 30) as u8 % 9];
        let url = format!("https://host-{host}.example/{number}");
        Source {
            number,
            id: format!("quelle-{number}"),
            host,
            every: EVERY_HOURS[(draw >> 40) as usize % EVERY_HOURS.len()] * 3600,
            hours,
            memory: Memory { url, ..Memory::default() },
            fails: 0,
            seen: start,
            due: start,
            next: start,
            leased: false,
            asked: start,
            not_before: start,
            visits: 0,
            longest_silence: 0,
        }
    }

    /// It is asked now, and its host was closed for a part of the time since; whether sooner than it said.
    pub(super) fn is_asked(&mut self, now: i64, closed: i64) -> bool {
        self.longest_silence = self.longest_silence.max(now - self.asked - closed);
        self.visits += 1;
        self.asked = now;
        now < self.not_before
    }

    /// A number of this visit's own.
    pub(super) fn draw(&self) -> u64 {
        draw((u64::from(self.visits) << 32) | u64::from(self.number))
    }

    /// How the visit ended; it is due again when the schedule says so.
    pub(super) fn ends(&mut self, outcome: &Outcome, asks: Asks, now: i64) {
        if outcome.went_well() {
            let published = self.published(now);
            self.seen = now;
            self.memory.rhythm.learn(&published, Moment::from_ms(now));
        }
        let next = next_visit(&Situation {
            source: &self.id,
            every_seconds: Some(self.every),
            outcome,
            asks,
            memory: &self.memory,
            pushed: false,
            fails: self.fails,
            now: Moment::from_ms(now),
        });
        self.fails = if outcome.went_well() { 0 } else { self.fails + 1 };
        self.due = next.ms();
        self.next = self.due;
        self.leased = false;
    }

    /// What it has published since it was seen. By the offset that Berlin has now, which is good enough for what is
    /// made up.
    fn published(&self, now: i64) -> Vec<Option<Moment>> {
        let offset = Moment::from_ms(now).offset_hours() * HOUR;
        let (from, to) = (self.seen + offset, now + offset);
        let mut published = Vec::new();
        // The first day of all was a Thursday.
        for day in (from.div_euclid(DAY)..=to.div_euclid(DAY)).filter(|day| (day + 3).rem_euclid(7) < 5) {
            let hours = self.hours.iter().map(|hour| day * DAY + i64::from(*hour) * HOUR);
            published
                .extend(hours.filter(|at| (from + 1..=to).contains(at)).map(|at| Some(Moment::from_ms(at - offset))));
        }
        published
    }
}

/// SplitMix64: the next of a row of numbers that look drawn.
pub(super) fn draw(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
