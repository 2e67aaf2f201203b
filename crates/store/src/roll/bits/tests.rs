//! That bits are sets of numbers.

use std::collections::BTreeSet;

use super::{Bits, WORDS};

fn bits(places: &BTreeSet<usize>) -> Bits {
    let mut bits = Bits::NONE;
    places.iter().for_each(|at| bits.set(*at));
    bits
}

fn places(bits: &Bits) -> BTreeSet<usize> {
    let mut places = BTreeSet::new();
    bits.each(|at| assert!(places.insert(at)));
    places
}

#[test]
fn they_are_sets() {
    let every = |step: usize, from: usize| -> BTreeSet<usize> { (from..WORDS * 64).step_by(step).collect() };
    let sets =
        [every(1, 0), every(2, 0), every(3, 1), every(64, 63), every(700, 5), every(WORDS * 64, 0), every(9, 9_999)];
    for one in &sets {
        let of = bits(one);
        assert_eq!(places(&of), *one);
        assert_eq!((of.count() as usize, of.is_none()), (one.len(), one.is_empty()));
        assert!((0..WORDS * 64).all(|at| of.has(at) == one.contains(&at)));
        let mut without = of.clone();
        one.iter().for_each(|at| without.unset(*at));
        assert!(without.is_none());
        assert!((0..=WORDS).all(|word| of.is_none_from(word) == one.range(word * 64..).next().is_none()));
        for other in &sets {
            let (with, both) = (bits(other), one & other);
            assert_eq!(of.common(&with) as usize, both.len());
            let changed = |change: fn(&mut Bits, &Bits)| {
                let mut bits = of.clone();
                change(&mut bits, &with);
                places(&bits)
            };
            let all_of = |of: &[&Bits]| {
                let mut bits = Bits::NONE;
                bits.all_of(of.iter().copied(), &with);
                places(&bits)
            };
            let three = [&of, &of, &with];
            assert_eq!(
                [0, 1, 2, 3].map(|many| all_of(&three[3 - many..])),
                [other, other, &both, &both].map(Clone::clone)
            );
            assert_eq!(changed(Bits::narrow), both);
            assert_eq!(changed(Bits::widen), one | other);
            assert_eq!(changed(Bits::lessen), one - other);
        }
    }
}

#[test]
fn they_are_asked_from_place_to_place() {
    let all: BTreeSet<usize> = (0..WORDS * 64).step_by(3).collect();
    let of = bits(&all);
    let edges = [0, 1, 63, 64, 65, 127, 128, 1_000, WORDS * 64 - 1, WORDS * 64];
    for from in edges {
        for upto in edges {
            let should: BTreeSet<usize> = all.iter().copied().filter(|at| (from..upto).contains(at)).collect();
            assert_eq!(of.count_in(from..upto) as usize, should.len(), "{from} {upto}");
            let mut walked = BTreeSet::new();
            of.each_in(from..upto, |at| assert!(walked.insert(at)));
            assert_eq!(walked, should, "{from} {upto}");
            let mut filled = Bits::NONE;
            filled.fill(from..upto);
            assert_eq!(places(&filled), (from..upto).collect::<BTreeSet<_>>(), "{from} {upto}");
        }
    }
}

#[test]
fn they_are_compared_word_by_word() {
    let of = bits(&BTreeSet::from([1, 64, 129, 130, 193]));
    let with = bits(&BTreeSet::from([1, 65, 129, 193, 194]));
    assert_eq!([0..1, 0..2, 1..4, 2..3, 3..3].map(|words| of.common_in(&with, words)), [1, 1, 2, 1, 0]);
    assert_eq!([0, 1, 2, 3].map(|word| of.common_word(&with, word)), [2, 0, 2, 2]);
}
