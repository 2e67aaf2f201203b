//! A month in seconds: no host is ever asked faster than its gap, none that asked for rest is asked at all, and no
//! source is forgotten.

use manners::{Counted, Size, pass};

/// Manners hold in a world of any size.
fn check(size: Size) -> Counted {
    let counted = pass(size);
    eprintln!("{} sources on {} hosts, {} days:\n{counted}", size.sources, size.hosts, size.days);
    assert_eq!((counted.too_soon, counted.intruded, counted.impatient), (0, 0, 0), "{counted}");
    assert!(counted.at_once <= 2, "{counted}");
    // The longest that may pass between two visits: a day, its jitter, and the night in which nobody worked.
    assert!(counted.longest_silence_hours <= 24 + 3 + 9, "{counted}");
    assert!(counted.least_visits >= size.days - 1, "a source was starved: {counted}");
    counted
}

#[test]
fn a_month_of_a_hundred_thousand_sources_passes_politely() {
    let counted = check(Size { sources: 100_000, hosts: 5_000, days: 30, slots: 256 });
    let late = |share| counted.lateness.of_thousand(share);
    assert!(late(500) < 1_000 && late(990) < 10_000, "{counted}");
    assert!(counted.slow.of_thousand(500) < 60_000, "{counted}");
    assert!(counted.refusals > 1_000, "{counted}");
    // One host with more than it can bear: its sources share what there is, and nobody else waits for them.
    assert!(counted.crowded.of_thousand(500) > 60_000, "it is crowded: {counted}");
    assert!(counted.crowded_least >= 30, "{counted}");
}

#[test]
fn a_week_of_few_passes_politely_too() {
    check(Size { sources: 3, hosts: 2, days: 7, slots: 1 });
    check(Size { sources: 100, hosts: 10, days: 7, slots: 16 });
}
