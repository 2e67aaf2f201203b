//! Reading what node says at the end of a run.

use super::count;
use crate::run::Tally;

fn check(tap: &str, expected: Tally) {
    let lines: Vec<String> = tap.lines().map(str::to_owned).collect();
    assert_eq!(count(&lines), expected);
}

#[test]
fn the_closing_lines_are_counted() {
    let tap = "ok 1 - shows items\n# passing by\n# tests 14\n# pass 12\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 0";
    check(tap, Tally { passed: 12, failed: 2, ..Tally::default() });
}

#[test]
fn what_was_skipped_is_not_passed() {
    check("# pass 3\n# fail 0\n# skipped 2\n# todo 1", Tally { passed: 3, skipped: 3, ..Tally::default() });
}

#[test]
fn a_run_that_broke_off_counts_nothing() {
    check("TAP version 13\n", Tally::default());
}
