//! A month in seconds: the schedule and the gates as they are, time and origins made up.
//!
//! Held: no host is ever asked faster than its gap, no source is starved, and what is due is visited soon. With
//! `AMTSTICKER_SIMULATE=sources:hosts:days` it runs as large as one likes and prints what it counted.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::fetch::Asks;
use super::super::gate::pace::Pace;
use super::super::memory::Memory;
use super::super::schedule::{Situation, next_visit};
use super::*;
use crate::hash::digest64;

const SECOND: i64 = 1000;
const HOUR: i64 = 3600 * SECOND;
const GAP: i64 = 1000;
const CONCURRENCY: usize = 2;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    Due(u32),
    Turn(u32),
    End(u32),
}

struct Simulated {
    id: String,
    host: u32,
    every: u64,
    /// Publishes on working days at these hours of Berlin.
    hours: [u8; 2],
    memory: Memory,
    fails: u32,
    due: i64,
    begun: i64,
    visits: u32,
    last: i64,
    longest_silence: i64,
}

struct Host {
    pace: Pace,
    gap: i64,
    last: i64,
    closest: i64,
    slots: usize,
}

/// What was counted.
#[derive(Debug)]
struct Counted {
    visits: usize,
    deferred: usize,
    lateness_p50_ms: i64,
    lateness_p99_ms: i64,
    least_visits: u32,
    longest_silence_hours: i64,
}

struct World {
    sources: Vec<Simulated>,
    hosts: Vec<Host>,
    events: BinaryHeap<Reverse<(i64, Happens)>>,
    running: usize,
    waiting: std::collections::VecDeque<u32>,
    lateness: Vec<i64>,
    deferred: usize,
    start: i64,
}

impl World {
    fn new(sources: u32, hosts: u32, start: i64) -> Self {
        // A tenth of the hosts is slow by robots.txt; hosts have few sources or, as platforms do, many.
        let host = |n: u32| {
            let gap = if n % 10 == 7 { 30 * SECOND } else { GAP };
            let mut pace = Pace::new(GAP);
            pace.slow(gap, GAP);
            Host { pace, gap, last: i64::MIN / 2, closest: i64::MAX, slots: 0 }
        };
        let source = |n: u32| {
            let id = format!("quelle-{n}");
            let draw = digest64(id.as_bytes());
            let host = if draw.is_multiple_of(5) {
                (draw >> 8) as u32 % hosts.div_ceil(50)
            } else {
                (draw >> 8) as u32 % hosts
            };
            let hours = [8 + (draw >> 20) as u8 % 9, 8 + (draw >> 30) as u8 % 9];
            let every = [900, 3600, 3600, 6 * 3600][(draw >> 40) as usize % 4];
            let url = format!("https://host-{host}.example/{n}");
            let memory = Memory { url, ..Memory::default() };
            Simulated {
                id,
                host,
                every,
                hours,
                memory,
                fails: 0,
                due: start,
                begun: 0,
                visits: 0,
                last: start,
                longest_silence: 0,
            }
        };
        let sources: Vec<_> = (0..sources).map(source).collect();
        let events = (0..sources.len() as u32).map(|n| Reverse((start, Happens::Due(n)))).collect();
        let (running, waiting, lateness, deferred) = (0, std::collections::VecDeque::new(), Vec::new(), 0);
        World { sources, hosts: (0..hosts).map(host).collect(), events, running, waiting, lateness, deferred, start }
    }

    fn run(&mut self, until: i64, slots: usize) {
        while let Some(Reverse((now, event))) = self.events.pop() {
            if now > until {
                self.events.push(Reverse((now, event)));
                return;
            }
            match event {
                Happens::Due(n) => self.waiting.push_back(n),
                Happens::Turn(n) => self.turn(n, now),
                Happens::End(n) => self.end(n, now),
            }
            while self.running < slots
                && let Some(n) = self.waiting.pop_front()
            {
                self.lease(n, now);
            }
        }
    }

    fn lease(&mut self, n: u32, now: i64) {
        let source = &mut self.sources[n as usize];
        match self.hosts[source.host as usize].pace.admit(now, CONCURRENCY) {
            Err(back) => {
                self.deferred += 1;
                self.events.push(Reverse((back, Happens::Due(n))));
            }
            Ok(()) => {
                self.running += 1;
                self.turn(n, now);
            }
        }
    }

    fn turn(&mut self, n: u32, now: i64) {
        let source = &mut self.sources[n as usize];
        let host = &mut self.hosts[source.host as usize];
        if host.slots >= CONCURRENCY {
            self.events.push(Reverse((now + 50, Happens::Turn(n))));
            return;
        }
        match host.pace.take_turn(now) {
            Err(turn) => self.events.push(Reverse((turn, Happens::Turn(n)))),
            Ok(()) => {
                host.slots += 1;
                host.closest = host.closest.min(now - host.last);
                host.last = now;
                self.lateness.push(now - source.due);
                source.begun = now;
                let draw = digest64(format!("{} {}", source.id, source.visits).as_bytes());
                // One in fifty hangs until its time is up.
                let took = if draw.is_multiple_of(50) { 30 * SECOND } else { 50 + (draw % 900) as i64 };
                self.events.push(Reverse((now + took, Happens::End(n))));
            }
        }
    }

    fn end(&mut self, n: u32, now: i64) {
        self.running -= 1;
        let source = &mut self.sources[n as usize];
        let host = &mut self.hosts[source.host as usize];
        host.slots -= 1;
        host.pace.leave();
        let day = (now - self.start) / (24 * HOUR);
        let (number, draw) = (source.host, digest64(format!("{} {}", source.id, source.visits).as_bytes()));
        let mut asks = Asks::default();
        // Some hosts are down for three days of the month, some refuse now and then, and ask us to stay away.
        let down = number % 17 == 3 && (5..8).contains(&day);
        let refuses = number % 23 == 5 && draw.is_multiple_of(40);
        let outcome = if down || draw.is_multiple_of(50) {
            Outcome::Failed("down".to_owned())
        } else if refuses {
            asks.retry_after = Some([600, 3600, 31_536_000][(draw >> 8) as usize % 3]);
            host.pace.limited(now, 600 * SECOND);
            Outcome::Failed("429".to_owned())
        } else {
            Outcome::NotModified
        };
        if outcome.went_well() {
            source.learn(Moment::from_ms(now));
        }
        let (memory, source_id) = (&source.memory, source.id.as_str());
        let next = next_visit(&Situation {
            pushed: false,
            source: source_id,
            every_seconds: Some(source.every),
            outcome: &outcome,
            asks,
            memory,
            fails: source.fails,
            now: Moment::from_ms(now),
        });
        source.fails = if outcome.went_well() { 0 } else { source.fails + 1 };
        source.visits += 1;
        source.longest_silence = source.longest_silence.max(source.begun - source.last);
        source.last = source.begun;
        source.due = next.ms();
        self.events.push(Reverse((next.ms(), Happens::Due(n))));
    }

    /// The process is away, and what became overdue is spread when it is back, as the store does it.
    fn restart(&mut self, at: i64, window: i64) {
        let mut late = Vec::new();
        for n in 0..self.sources.len() as u32 {
            late.push((self.sources[n as usize].due, n));
        }
        late.sort_unstable();
        self.events.clear();
        self.waiting.clear();
        self.running = 0;
        for host in &mut self.hosts {
            host.slots = 0;
            // A new process knows nothing but the settings; robots.txt is asked for first.
            host.pace = Pace::new(GAP);
            host.pace.slow(host.gap, GAP);
        }
        let overdue = late.iter().filter(|(due, _)| *due < at).count() as i64;
        for (nth, (due, n)) in late.into_iter().enumerate() {
            let due = if due < at { at + nth as i64 * window / overdue } else { due };
            self.sources[n as usize].due = due;
            self.events.push(Reverse((due, Happens::Due(n))));
        }
    }

    fn counted(&mut self) -> Counted {
        self.lateness.sort_unstable();
        let at = |share: usize| self.lateness.get(self.lateness.len() * share / 100).copied().unwrap_or(0);
        Counted {
            visits: self.lateness.len(),
            deferred: self.deferred,
            lateness_p50_ms: at(50),
            lateness_p99_ms: at(99),
            least_visits: self.sources.iter().map(|source| source.visits).min().unwrap_or(0),
            longest_silence_hours: self.sources.iter().map(|source| source.longest_silence).max().unwrap_or(0) / HOUR,
        }
    }
}

impl Simulated {
    /// What it has published since the last visit.
    fn learn(&mut self, now: Moment) {
        let mut published = Vec::new();
        let mut hour = self.last.div_euclid(HOUR) + 1;
        while hour * HOUR <= now.ms() && published.len() < 50 {
            let at = Moment::from_ms(hour * HOUR);
            if at.date().weekday() < 5 && self.hours.contains(&at.clock().0) {
                published.push(Some(at));
            }
            hour += 1;
        }
        self.memory.rhythm.learn(&published, now);
    }
}

#[test]
fn a_month_passes_politely() {
    let size = std::env::var("AMTSTICKER_SIMULATE").unwrap_or_else(|_| "1000:60:30".to_owned());
    let numbers: Vec<u32> = size.split(':').map(|number| number.parse().expect("sources:hosts:days")).collect();
    let &[sources, hosts, days] = &numbers[..] else { panic!("{size}: sources:hosts:days") };
    let start = Moment::parse("2026-11-02T00:00:00+01:00").unwrap().ms();
    let mut world = World::new(sources, hosts, start);
    let rest = start + i64::from(days) / 3 * 24 * HOUR;
    world.run(rest, 64);
    // Away for a night.
    world.restart(rest + 9 * HOUR, 15 * 60 * SECOND);
    world.run(start + i64::from(days) * 24 * HOUR, 64);
    let counted = world.counted();
    let Counted { visits, deferred, .. } = counted;
    println!("{sources} sources, {hosts} hosts, {days} days: {visits} visits, {deferred} deferred, {counted:?}");
    for (n, host) in world.hosts.iter().enumerate() {
        assert!(host.closest >= host.gap, "host {n} was asked after {} ms, its gap is {}", host.closest, host.gap);
    }
    assert!(counted.least_visits >= days, "a source was starved: {counted:?}");
    assert!(counted.longest_silence_hours < 75, "{counted:?}");
    assert!(counted.lateness_p99_ms < 10 * 60 * SECOND, "{counted:?}");
    assert!(counted.lateness_p50_ms < 60 * SECOND, "{counted:?}");
}
