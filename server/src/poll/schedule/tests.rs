//! A table: what happened, and how long we stay away.

use super::*;

/// Minutes until the next visit, with the jitter of this id taken out.
fn minutes(every: Option<u64>, outcome: &Outcome, asks: Asks, ttl: Option<u32>, fails: u32) -> u64 {
    let hints = Hints { ttl_minutes: ttl, ..Hints::default() };
    let now = Moment::from_ms(0);
    let next = next_visit(&Situation { source: "x", every_seconds: every, outcome, asks, hints: &hints, fails, now });
    let exact = next.ms() as u64 / 1000;
    let factor = jittered(1_000_000, "x");
    (exact * 1_000_000 + factor * 30) / factor / 60
}

#[test]
fn the_wait_follows_hints_headers_and_failures() {
    let asks = |max_age: u64, retry_after: u64| Asks { max_age: Some(max_age), retry_after: Some(retry_after) };
    let failed = Outcome::Failed("500".into());
    for (every, outcome, given, ttl, fails, want) in [
        (None, &Outcome::Fresh, Asks::default(), None, 0, 60),
        (Some(1800), &Outcome::NotModified, Asks::default(), None, 0, 30),
        (Some(1), &Outcome::Fresh, Asks::default(), None, 0, 5),
        (Some(1800), &Outcome::Fresh, asks(7200, 0), None, 0, 120),
        (Some(1800), &Outcome::Fresh, Asks::default(), Some(90), 0, 90),
        (Some(1800), &Outcome::Fresh, asks(31_536_000, 0), Some(u32::MAX), 0, 1440),
        (Some(1800), &failed, Asks::default(), None, 0, 30),
        (Some(1800), &failed, Asks::default(), None, 3, 240),
        (Some(1800), &failed, Asks::default(), None, 4_000_000, 1440),
        (Some(1800), &Outcome::Gone, Asks::default(), None, 0, 1440),
    ] {
        assert_eq!(minutes(every, outcome, given, ttl, fails), want, "{every:?} {outcome:?} {given:?} {ttl:?} {fails}");
    }
}

#[test]
fn retry_after_is_honoured_but_never_trusted_beyond_a_day() {
    let hints = Hints::default();
    let outcome = Outcome::Failed("429".into());
    let wait = |seconds| {
        let asks = Asks { max_age: None, retry_after: Some(seconds) };
        let now = Moment::from_ms(0);
        let every_seconds = Some(600);
        next_visit(&Situation { source: "x", every_seconds, outcome: &outcome, asks, hints: &hints, fails: 0, now })
            .ms()
    };
    assert_eq!(wait(7200), 7_200_000);
    assert_eq!(wait(31_536_000), 86_400_000);
}

#[test]
fn jitter_is_the_sources_own_and_small() {
    let waits: Vec<u64> = (0..1000).map(|n| jittered(3600, &format!("source-{n}"))).collect();
    assert!(waits.iter().all(|wait| (3240..=3960).contains(wait)));
    let distinct: std::collections::BTreeSet<_> = waits.iter().collect();
    assert!(distinct.len() > 150, "{}", distinct.len());
    assert_eq!(jittered(3600, "bmi"), jittered(3600, "bmi"));
}
