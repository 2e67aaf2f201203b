//! What counts as an opening, and which lines count.

use super::{length, opens, too_long};

#[test]
fn an_opening_says_something() {
    assert!(opens("//! Reads feeds.\n"));
    assert!(opens("// SPDX-License-Identifier: EUPL-1.2\n//! Reads feeds.\n"));
    assert!(!opens("//!\nuse std::fmt;"));
    assert!(!opens("use std::fmt;\n//! too late"));
    assert!(!opens(""));
}

#[test]
fn tests_do_not_count_as_lines() {
    assert_eq!(length("fn a() {}\n\n// why\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n"), 3);
}

#[test]
fn the_ceiling_is_a_line() {
    assert_eq!(too_long("a.rs", 500), None);
    assert!(too_long("a.rs", 501).is_some());
}
