//! Sources, hosts and a store that are made up; the poller's loop over them in virtual time.
//!
//! Made like the server's: who is due is leased while slots are free, let in by its host or put off until the host can,
//! waits for one of its slots and for its turn. Some origins hang, some hosts are down for days, some refuse, and the
//! process is restarted twice: it rests for a night, and it is killed.

use std::collections::VecDeque;

use model::{Moment, Outcome};

use super::gate::pace::NotYet;
use super::host::Host;
use super::schedule::{Asks, LEASE_MS, OVERDUE_MS, SPREAD_MS};
use super::source::{Source, draw};
use crate::counted::Counted;
use crate::wheel::Wheel;

pub(super) const SECOND: i64 = 1000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;
/// The settings as delivered.
pub(super) const GAP: i64 = SECOND;
pub(super) const CONCURRENCY: usize = 2;
/// The host with more sources than it can bear, and how often a day it can bear each.
const CROWDED: u32 = 0;
const BEARS: i64 = 3;

/// How large a world, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Sources.
    pub sources: u32,
    /// Hosts.
    pub hosts: u32,
    /// Days.
    pub days: u32,
    /// Visits at a time.
    pub slots: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    Due(u32),
    Turn(u32),
    Shared(u32),
    End(u32),
}

struct World {
    start: i64,
    slots: usize,
    sources: Vec<Source>,
    hosts: Vec<Host>,
    wheel: Wheel<Happens>,
    running: usize,
    waiting: VecDeque<u32>,
    counted: Counted,
}

/// Lets the time pass, and counts.
#[must_use]
pub fn pass(size: Size) -> Counted {
    let start = Moment::parse("2026-11-02T00:00:00+01:00").expect("a moment as RFC 3339 writes it").ms();
    let mut world = World::new(size, start);
    let day = |n: u32| start + i64::from(n) * DAY;
    world.run(day(size.days / 3));
    world.restart(day(size.days / 3) + 9 * HOUR);
    world.run(day(size.days * 2 / 3));
    world.restart(day(size.days * 2 / 3) + 10 * SECOND);
    world.run(day(size.days));
    world.counted(day(size.days))
}

impl World {
    fn new(size: Size, start: i64) -> Self {
        let on_crowded = i64::from(size.sources / 100).max(1);
        let gap = |host: u32| match host {
            CROWDED => (DAY / BEARS / on_crowded).clamp(GAP, 240 * SECOND),
            // A tenth is slow by robots.txt.
            host if host % 10 == 7 => 30 * SECOND,
            _ => GAP,
        };
        let source = |number: u32| {
            let draw = draw(u64::from(number) << 16);
            // Hosts have few sources or, as platforms do, many.
            let host = match draw {
                draw if draw.is_multiple_of(100) => CROWDED,
                draw if draw.is_multiple_of(5) => 1 + (draw >> 8) as u32 % (size.hosts / 50).max(1),
                draw => 1 + (draw >> 8) as u32 % (size.hosts - 1).max(1),
            };
            Source::new(number, host.min(size.hosts - 1), start)
        };
        let mut wheel = Wheel::new(start);
        (0..size.sources).for_each(|n| wheel.push(start, Happens::Due(n)));
        World {
            start,
            slots: size.slots,
            sources: (0..size.sources).map(source).collect(),
            hosts: (0..size.hosts).map(|host| Host::new(gap(host))).collect(),
            wheel,
            running: 0,
            waiting: VecDeque::new(),
            counted: Counted::default(),
        }
    }

    fn run(&mut self, until: i64) {
        while let Some((now, event)) = self.wheel.pop(until) {
            match event {
                Happens::Due(n) => self.waiting.push_back(n),
                Happens::Turn(n) => self.turn(n, now),
                Happens::Shared(n) => self.go(n, now),
                Happens::End(n) => self.end(n, now),
            }
            while self.running < self.slots
                && let Some(n) = self.waiting.pop_front()
            {
                self.lease(n, now);
            }
        }
    }

    fn lease(&mut self, n: u32, now: i64) {
        let source = &mut self.sources[n as usize];
        let host = &mut self.hosts[source.host as usize];
        if let Err(back) = host.pace.admit(now, CONCURRENCY) {
            self.counted.deferred += 1;
            source.next = back;
            self.wheel.push(back, Happens::Due(n));
            return;
        }
        self.running += 1;
        (source.leased, source.next) = (true, now + LEASE_MS);
        if host.enter(n) {
            self.turn(n, now);
        }
    }

    fn turn(&mut self, n: u32, now: i64) {
        let source = &mut self.sources[n as usize];
        let host = &mut self.hosts[source.host as usize];
        match host.pace.take_turn(now) {
            Ok(()) => {}
            Err(NotYet::Turn(at)) => {
                self.wheel.push(at, Happens::Turn(n));
                return;
            }
            Err(NotYet::Closed(until)) => {
                self.put_off(n, now, until);
                return;
            }
        }
        match host.share(now) {
            turn if turn > now => self.wheel.push(turn, Happens::Shared(n)),
            _ => self.go(n, now),
        }
    }

    /// Its turn has come.
    fn go(&mut self, n: u32, now: i64) {
        let source = &mut self.sources[n as usize];
        let host = &mut self.hosts[source.host as usize];
        if let Some(until) = host.pace.closed(now) {
            self.put_off(n, now, until);
            return;
        }
        let counted = &mut self.counted;
        let (too_soon, intruded) = host.asked(now);
        let impatient = source.is_asked(now, host.closed_between(source.asked, now));
        counted.too_soon += u64::from(too_soon);
        counted.intruded += u64::from(intruded);
        counted.impatient += u64::from(impatient);
        counted.at_once = counted.at_once.max(host.inside);
        let lateness = match source.host {
            CROWDED => &mut counted.crowded,
            _ if host.gap > GAP => &mut counted.slow,
            _ => &mut counted.lateness,
        };
        lateness.add(now - source.due);
        let draw = source.draw();
        // One in fifty hangs until its time is up.
        let took = if draw.is_multiple_of(50) { 30 * SECOND } else { 50 + (draw >> 8) as i64 % 900 };
        self.wheel.push(now + took, Happens::End(n));
    }

    fn end(&mut self, n: u32, now: i64) {
        let (source, day) = (&mut self.sources[n as usize], (now - self.start) / DAY);
        let host = &mut self.hosts[source.host as usize];
        let (number, draw) = (source.host, source.draw());
        let mut asks = Asks::default();
        // Some hosts are down for three days of the month; some refuse now and then, and ask us to stay away: the
        // schedule hears of it, and the gate. A year is not believed.
        let down = number % 17 == 3 && (5..8).contains(&day);
        let outcome = if down || draw.is_multiple_of(50) {
            Outcome::Failed("down".to_owned())
        } else if number % 23 == 5 && (draw >> 16).is_multiple_of(40) {
            let seconds =
                if (draw >> 24).is_multiple_of(50) { 31_536_000 } else { [60, 600, 3600][(draw >> 32) as usize % 3] };
            asks.retry_after = Some(seconds);
            let wait = (seconds as i64 * SECOND).min(DAY);
            host.refuses(now, wait);
            source.not_before = now + wait;
            self.counted.refusals += 1;
            Outcome::Failed("429".to_owned())
        } else {
            Outcome::NotModified
        };
        self.leaves(n, now, &outcome, asks);
    }

    /// The host closed while somebody was waiting inside.
    fn put_off(&mut self, n: u32, now: i64, until: i64) {
        let seconds = (until - now).unsigned_abs() / SECOND.unsigned_abs();
        let asks = Asks { retry_after: Some(seconds), ..Asks::default() };
        self.leaves(n, now, &Outcome::Failed("closed".to_owned()), asks);
    }

    /// A visit is over, and whoever waited for its slot gets it.
    fn leaves(&mut self, n: u32, now: i64, outcome: &Outcome, asks: Asks) {
        self.running -= 1;
        let source = &mut self.sources[n as usize];
        source.ends(outcome, asks, now);
        self.wheel.push(source.due, Happens::Due(n));
        if let Some(next) = self.hosts[source.host as usize].leave() {
            self.turn(next, now);
        }
    }

    /// The process ended a while ago and begins anew. What was leased is the old process's until the lease runs out;
    /// what is long overdue is spread, as the store does it.
    fn restart(&mut self, at: i64) {
        self.wheel.clear();
        self.waiting.clear();
        self.running = 0;
        self.hosts.iter_mut().for_each(Host::forget);
        let mut late: Vec<u32> = (0..self.sources.len() as u32).collect();
        late.retain(|n| self.sources[*n as usize].next < at - OVERDUE_MS);
        late.sort_unstable_by_key(|n| self.sources[*n as usize].next);
        for (nth, n) in late.iter().enumerate() {
            self.sources[*n as usize].next = at + nth as i64 * SPREAD_MS / late.len() as i64;
        }
        for (n, source) in (0..).zip(&mut self.sources) {
            // Late against what is to happen from now on; a rest is no lateness.
            source.due = source.next.max(at);
            self.wheel.push(source.due, Happens::Due(n));
        }
    }

    fn counted(mut self, end: i64) -> Counted {
        let closed = |source: &Source| self.hosts[source.host as usize].closed_between(source.asked, end);
        let silence = |source: &Source| source.longest_silence.max(end - source.asked - closed(source)) / HOUR;
        let (mut crowded, others): (Vec<&Source>, Vec<&Source>) =
            self.sources.iter().partition(|source| source.host == CROWDED);
        crowded.sort_unstable_by_key(|source| source.visits);
        let visits = |source: &&Source| source.visits;
        self.counted.crowded_least = crowded.first().map_or(0, visits);
        self.counted.crowded_middle = crowded.get(crowded.len() / 2).map_or(0, visits);
        self.counted.least_visits = others.iter().map(visits).min().unwrap_or(0);
        self.counted.longest_silence_hours = others.iter().map(|source| silence(source)).max().unwrap_or(0);
        self.counted
    }
}
