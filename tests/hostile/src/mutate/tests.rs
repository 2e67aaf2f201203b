//! The generator itself: it repeats itself, and it changes things.

use super::{Dice, LONGEST, mutate};

#[test]
fn the_same_seed_makes_the_same_documents() {
    let seeds = [b"<rss><channel><item><title>Amt</title>".to_vec(), b"BEGIN:VCALENDAR".to_vec()];
    let made = |seed| -> Vec<_> {
        let mut dice = Dice::new(seed);
        (0..50).map(|_| mutate(&seeds, &mut dice)).collect()
    };
    assert_eq!(made(1), made(1));
    assert_ne!(made(1), made(2));
    let all = made(3);
    assert!(all.iter().filter(|document| seeds.contains(document)).count() < 10);
    assert!(all.iter().all(|document| document.len() <= LONGEST));
}

#[test]
fn a_throw_is_below_its_bound() {
    let mut dice = Dice::new(0);
    assert_eq!(dice.below(0), 0);
    let thrown: Vec<_> = (0..600).map(|_| dice.below(6)).collect();
    assert!((0..6).all(|side| thrown.iter().filter(|found| **found == side).count() > 50), "{thrown:?}");
}
