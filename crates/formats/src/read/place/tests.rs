//! Places, on the net and in houses.

use super::is_online;

#[test]
fn places_on_the_net_are_told_from_houses() {
    for (place, expected) in [
        ("Online", true),
        ("Rathaus und online", true),
        ("Digital", true),
        ("Amt-Campus.digital", true),
        ("Videokonferenz (Zugang folgt)", true),
        ("Digitalhub Musterstadt", false),
        ("Rathaus, Saal 2", false),
    ] {
        assert_eq!(is_online(place), expected, "{place}");
    }
}
