//! That a place is found where it stands, whatever the pace at which items came.

use super::super::list::Entry;
use super::{Guide, MOST};

/// Each place that is there is found where it stands, and none that is not.
#[track_caller]
fn check(seqs: &[i64]) {
    let entry = |seq: &i64| Entry::new(*seq, [0, 0], 0, 0);
    let entries: Vec<Entry> = seqs.iter().map(entry).collect();
    let guide = Guide::of(&entries);
    for (number, seq) in seqs.iter().enumerate() {
        assert_eq!(guide.number(&entries, *seq), Some(number), "{seq}");
        let next = seq.saturating_add(1);
        if next < seqs[seqs.len() - 1] && seqs.get(number + 1) != Some(&next) {
            assert_eq!(guide.number(&entries, next), None, "{next}");
        }
    }
}

#[test]
fn finds_whatever_the_pace() {
    check(&[7]);
    check(&[0, 1]);
    check(&[-3, i64::MAX / 2]);
    check(&[i64::MIN, 0, i64::MAX]);
    let even: Vec<i64> = (0..MOST as i64).map(|n| n * 307_200_000).collect();
    check(&even);
    let growing: Vec<i64> = (0..MOST as i64).map(|n| n * n * n * 1000).collect();
    check(&growing);
    // A year of silence, and then a publisher writes all its pages anew in one moment.
    let burst: Vec<i64> = (0..MOST as i64).map(|n| if n < 5 { n } else { ((365 * 86_400_000) << 10) + n }).collect();
    check(&burst);
}
