//! Some of the places of a piece, one bit for each.
//!
//! Promises: what is asked of two thousand places at once takes as long as to read them: no branch but where they are
//! walked through one by one. Refuses: to be copied by accident, since that costs as much as to ask.

use std::ops::Range;

use super::layout::LAYERS;
use super::list::MOST;

/// Room for a piece that is full, each of whose layers begins with a word of its own.
pub(super) const WORDS: usize = MOST / 64 + LAYERS;

/// One bit for each place of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bits([u64; WORDS]);

impl Bits {
    pub(crate) const NONE: Bits = Bits([0; WORDS]);

    #[inline]
    pub(crate) fn set(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    #[inline]
    pub(crate) fn unset(&mut self, at: usize) {
        self.0[at / 64] &= !(1 << (at % 64));
    }

    #[inline]
    pub(crate) fn has(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 != 0
    }

    /// Adds all places from one to before another.
    #[inline]
    pub(crate) fn fill(&mut self, places: Range<usize>) {
        for (word, mask) in masks(places) {
            self.0[word] |= mask;
        }
    }

    /// Takes what each of some have, or where there are none of them, what another has.
    #[inline]
    pub(crate) fn all_of<'b>(&mut self, mut of: impl Iterator<Item = &'b Bits>, none: &Bits) {
        match (of.next(), of.next()) {
            (Some(one), Some(other)) => {
                self.0.iter_mut().zip(one.0.iter().zip(&other.0)).for_each(|(word, (one, other))| *word = one & other);
                of.for_each(|more| self.narrow(more));
            }
            (one, _) => self.clone_from(one.unwrap_or(none)),
        }
    }

    /// Leaves only what another has as well.
    #[inline]
    pub(crate) fn narrow(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// Adds what another has.
    #[inline]
    pub(crate) fn widen(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// Takes away what another has.
    #[inline]
    pub(crate) fn lessen(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
    }

    #[inline]
    pub(crate) fn is_none(&self) -> bool {
        self.0.iter().fold(0, |any, word| any | word) == 0
    }

    /// Whether there is none from a word on.
    #[inline]
    pub(super) fn is_none_from(&self, word: usize) -> bool {
        self.0[word..].iter().fold(0, |any, word| any | word) == 0
    }

    #[inline]
    pub(crate) fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// How many another has as well.
    #[inline]
    pub(super) fn common(&self, other: &Bits) -> u32 {
        self.0.iter().zip(&other.0).map(|(word, other)| (word & other).count_ones()).sum()
    }

    /// How many there are from one place to before another.
    #[inline]
    pub(super) fn count_in(&self, places: Range<usize>) -> u32 {
        masks(places).map(|(word, mask)| (self.0[word] & mask).count_ones()).sum()
    }

    /// How many another has as well in some words.
    #[inline]
    pub(super) fn common_in(&self, other: &Bits, words: Range<usize>) -> u32 {
        let both = self.0[words.clone()].iter().zip(&other.0[words]);
        both.map(|(word, other)| (word & other).count_ones()).sum()
    }

    /// What another has as well in a word.
    #[inline]
    pub(super) fn common_word(&self, other: &Bits, word: usize) -> u64 {
        self.0[word] & other.0[word]
    }

    /// Does something for each place where a bit stands, from the first to the last. An iterator over them would take
    /// twice as long.
    #[inline]
    pub(crate) fn each(&self, mut with: impl FnMut(usize)) {
        for (at, word) in self.0.iter().enumerate() {
            each_bit(*word, |bit| with(at * 64 + bit));
        }
    }

    /// The same from one place to before another.
    #[inline]
    pub(super) fn each_in(&self, places: Range<usize>, mut with: impl FnMut(usize)) {
        for (at, mask) in masks(places) {
            each_bit(self.0[at] & mask, |bit| with(at * 64 + bit));
        }
    }
}

/// Does something for each bit of a word, from the lowest to the highest.
#[inline]
pub(crate) fn each_bit(word: impl Into<u64>, mut with: impl FnMut(usize)) {
    let mut rest = word.into();
    while rest != 0 {
        with(rest.trailing_zeros() as usize);
        rest &= rest - 1;
    }
}

/// The words in which some places stand, and which of each word's.
#[inline]
fn masks(places: Range<usize>) -> impl Iterator<Item = (usize, u64)> {
    let Range { start, end } = places;
    (start / 64..end.div_ceil(64)).filter(move |_| start < end).map(move |word| {
        let from = u64::MAX << start.saturating_sub(word * 64);
        let upto = u64::MAX >> ((word + 1) * 64).saturating_sub(end);
        (word, from & upto)
    })
}

#[cfg(test)]
mod tests;
