//! That what is packed is what it was, and who makes room for whom.

use super::*;

#[test]
fn what_is_packed_is_what_it_was() {
    let check = |places: &[i64], whole: bool| {
        let places = Arc::new(places.to_vec());
        let held = Places::of(&places);
        assert_eq!((held.is_whole(), held.list()), (whole, places));
    };
    check(&[], false);
    check(&[0], false);
    check(&[1, 2, 129, 130, 16_514, 1 << 40, i64::MAX], false);
    check(&[-1, 5], true);
    check(&[5, 4], true);
    check(&(0..FEW as i64).collect::<Vec<_>>(), false);
    check(&(0..=FEW as i64).collect::<Vec<_>>(), true);
}

#[test]
fn words_make_room_for_their_like() {
    let mut words = Words::default();
    let every = |step: i64, many: usize| Arc::new((0..many as i64).map(|at| at * step).collect::<Vec<_>>());
    words.remember("überall", &every(1, PLACES), 0);
    // Two bytes for each step, and 2 MB for all of them.
    let many = STEPS / (2 * EVERYWHERE);
    for n in 0..2 * many {
        words.remember(&format!("mitunter {n}"), &every(300, EVERYWHERE), n as u64);
        assert!(words.find("mitunter 0").is_some(), "{n}");
    }
    assert!(words.weight() <= STEPS + PLACES * size_of::<i64>(), "{}", words.weight());
    assert!(words.weight() > STEPS + PLACES * size_of::<i64>() - 2 * EVERYWHERE, "{}", words.weight());
    assert!(words.find("mitunter 1").is_none() && words.find(&format!("mitunter {}", many / 2)).is_none());
    let (places, upto) = words.find(&format!("mitunter {}", 2 * many - 1)).unwrap();
    assert_eq!((places.list(), upto), (every(300, EVERYWHERE), 2 * many as u64 - 1));
    assert!(words.find("überall").is_some());
    words.remember("allenthalben", &every(1, PLACES / 2), 0);
    assert!(words.find("überall").is_none() && words.find("mitunter 0").is_some());
    words.forget(|upto| upto > 0);
    assert!(words.find("allenthalben").is_none() && words.find("mitunter 0").is_none());
}
