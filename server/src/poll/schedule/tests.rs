//! A table: what happened, and how long we stay away.

use super::*;

const FAILED: fn() -> Outcome = || Outcome::Failed("500".into());

/// A Tuesday in the office.
fn morning() -> Moment {
    Moment::parse("2026-11-24T10:00:00+01:00").unwrap()
}

fn memory(hints: Hints) -> Memory {
    Memory { hints, ..Memory::default() }
}

fn wait(every: Option<u64>, outcome: &Outcome, asks: Asks, memory: &Memory, fails: u32, now: Moment) -> u64 {
    let situation = Situation { source: "x", every_seconds: every, outcome, asks, memory, pushed: false, fails, now };
    (next_visit(&situation).ms() - now.ms()) as u64 / 1000
}

/// Minutes until the next visit, within the jitter.
fn check(every: Option<u64>, outcome: &Outcome, asks: Asks, ttl: Option<u32>, expected: u64) {
    let memory = memory(Hints { ttl_minutes: ttl, ..Hints::default() });
    let minutes = wait(every, outcome, asks, &memory, 0, morning()) / 60;
    let may = expected * 89 / 100..=expected * 111 / 100 + 1;
    assert!(may.contains(&minutes), "{every:?} {outcome:?} {asks:?} {ttl:?}: {minutes}, not {expected}");
}

#[test]
fn the_wait_follows_hints_and_headers() {
    let none = Asks::default();
    let fresh = |max_age: u64| Asks { max_age: Some(max_age), ..none };
    check(None, &Outcome::Fresh, none, None, 60);
    check(Some(1800), &Outcome::NotModified, none, None, 30);
    check(Some(1), &Outcome::Fresh, none, None, 5);
    check(Some(1800), &Outcome::Fresh, fresh(7200), None, 120);
    check(Some(1800), &Outcome::Fresh, fresh(60), None, 30);
    check(Some(1800), &Outcome::Fresh, none, Some(90), 90);
    check(Some(1800), &Outcome::Fresh, fresh(31_536_000), Some(u32::MAX), 1440);
    check(Some(u64::MAX), &Outcome::Fresh, none, None, 1440);
}

#[test]
fn failures_back_off_with_full_jitter_and_never_end() {
    let memory = Memory::default();
    for fails in [0_u32, 1, 3, 6, 7, 4_000_000] {
        let most = (15 * 60 * 2_u64.pow(fails.min(10))).min(86_400);
        let wait = wait(None, &FAILED(), Asks::default(), &memory, fails, morning());
        assert!((SHORTEST..=most).contains(&wait), "{fails}: {wait}");
    }
    let asks = |seconds| Asks { retry_after: Some(seconds), ..Asks::default() };
    assert_eq!(wait(None, &FAILED(), asks(7200), &memory, 0, morning()), 7200);
    assert_eq!(wait(None, &FAILED(), asks(31_536_000), &memory, 0, morning()), 86_400, "a year is not believed");
    let waits: std::collections::BTreeSet<i64> = (0..200)
        .map(|n| {
            let source = &format!("s{n}");
            let (outcome, asks, now) = (&FAILED(), Asks::default(), morning());
            next_visit(&Situation {
                source,
                every_seconds: None,
                outcome,
                asks,
                memory: &memory,
                pushed: false,
                fails: 5,
                now,
            })
            .ms()
        })
        .collect();
    assert!(waits.len() > 100, "who failed together does not come back together: {}", waits.len());
    let spread = waits.last().unwrap() - waits.first().unwrap();
    assert!(spread > 7 * HOUR_MS, "full jitter uses the whole of eight hours: {spread}");
}

#[test]
fn what_is_asked_for_is_never_undercut() {
    let check = |asks: Asks, ttl: Option<u32>, least: u64| {
        let memory = memory(Hints { ttl_minutes: ttl, ..Hints::default() });
        let waits: Vec<u64> = (0..200)
            .map(|n| {
                let (source, outcome, now) = (&format!("s{n}"), &Outcome::Fresh, morning());
                let every_seconds = Some(1800);
                let (memory, pushed, fails) = (&memory, false, 0);
                let next = next_visit(&Situation { source, every_seconds, outcome, asks, memory, pushed, fails, now });
                (next.ms() - now.ms()) as u64 / 1000
            })
            .collect();
        assert!(waits.iter().all(|wait| (least..=least * 11 / 10).contains(wait)), "{asks:?} {ttl:?}: {waits:?}");
    };
    let asks = |max_age: u64| Asks { max_age: Some(max_age), ..Asks::default() };
    check(Asks::default(), Some(600), 36_000);
    check(asks(18_000), None, 18_000);
    check(asks(31_536_000), None, 86_400);
}

#[test]
fn gone_is_asked_again_after_a_day_and_then_once_a_month() {
    let mut memory = Memory::default();
    memory.note(&Outcome::Gone, None, true, morning());
    let first = wait(None, &Outcome::Gone, Asks::default(), &memory, 0, morning());
    assert!((86_400..90_000).contains(&first), "{first}");
    let later = Moment::from_ms(morning().ms() + 25 * HOUR_MS);
    memory.note(&Outcome::Gone, None, true, later);
    let second = wait(None, &Outcome::Gone, Asks::default(), &memory, 1, later);
    assert!(second > 20 * 86_400, "{second}");
}

#[test]
fn hours_and_days_to_skip_are_skipped() {
    let next = |skip_hours: &[u8], skip_days: &[u8]| {
        let hints = Hints { skip_hours: skip_hours.to_vec(), skip_days: skip_days.to_vec(), ..Hints::default() };
        // Nine in the morning of a Tuesday, in GMT; with `every` the next visit would be about ten.
        let at = morning().ms()
            + wait(Some(3600), &Outcome::Fresh, Asks::default(), &memory(hints), 0, morning()) as i64 * 1000;
        at / HOUR_MS - morning().ms() / HOUR_MS
    };
    let free = next(&[], &[]);
    assert!((0..=1).contains(&free));
    assert_eq!(next(&[9, 10, 11], &[]), 3);
    assert_eq!(next(&[], &[1]), 15, "not on Tuesdays");
    assert_eq!(next(&[0, 1, 2], &[1]), 18, "nor in the small hours of Wednesday");
    assert_eq!(next(&(0..24).collect::<Vec<_>>(), &[]), free, "always is never");
    assert_eq!(next(&[], &[0, 1, 2, 3, 4, 5, 6]), free);
    let hints = Hints { skip_hours: vec![9, 10, 11], ..Hints::default() };
    let failed = wait(None, &FAILED(), Asks::default(), &memory(hints), 0, morning());
    assert!((3 * 3600..4 * 3600).contains(&failed), "whoever fails is not asked then, either: {failed}");
}

#[test]
fn jitter_is_the_sources_own_and_small() {
    let waits: Vec<u64> = (0..1000).map(|n| jittered(3600, &format!("source-{n}"))).collect();
    assert!(waits.iter().all(|wait| (3240..=3960).contains(wait)));
    let distinct: std::collections::BTreeSet<_> = waits.iter().collect();
    assert!(distinct.len() > 150, "{}", distinct.len());
    assert_eq!(jittered(3600, "bmi"), jittered(3600, "bmi"));
}

#[test]
fn a_source_whose_hub_pushes_is_left_alone_for_longer_and_never_longer_than_a_day() {
    let wait = |every: u64, pushed: bool| {
        let (memory, outcome, now) =
            (Memory::default(), Outcome::Fresh, Moment::parse("2026-11-18T10:00:00Z").unwrap());
        let (asks, every_seconds) = (Asks::default(), Some(every));
        let situation =
            Situation { source: "x", every_seconds, outcome: &outcome, asks, memory: &memory, pushed, fails: 0, now };
        (next_visit(&situation).ms() - now.ms()) / 1000
    };
    let (alone, pushed) = (wait(3600, false), wait(3600, true));
    assert!((pushed - 4 * alone).abs() <= 4, "{alone} {pushed}");
    assert!(wait(DAY, true) <= 27 * 3600);
}
