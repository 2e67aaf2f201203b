//! The list can be searched, and holds no word of other meaning.

use super::*;

#[test]
fn the_list_is_sorted_and_folded() {
    assert!(GIVEN.is_sorted() && GIVEN.iter().all(|name| crate::fold::fold(name) == **name));
}

#[test]
fn names_and_words() {
    assert!(is_given("martin") && is_given("juergen") && !is_given("stadt") && !is_given("neu"));
    assert!(is_address("frau") && !is_address("stadt"));
}
