//! Counting bits: how often each of 64 was set in some words.
//!
//! Promises: what it takes does not depend on which are set, and nothing is decided on the way but every seventh word.
//! (Carry-save adders, as in Harley's and Seal's counting of bits: H. S. Warren, Hacker's Delight, 5-1.)

use crate::roll::each_bit;

/// Of each count the first bits in one word, the second in the next, and so on; and words that are not yet counted.
#[derive(Default)]
pub(super) struct Planes {
    planes: [u64; 32],
    waiting: [u64; SEVEN],
    many: usize,
}

const SEVEN: usize = 7;

impl Planes {
    #[inline]
    pub(super) fn add(&mut self, word: u64) {
        self.waiting[self.many] = word;
        // What is nothing is written over.
        self.many += usize::from(word != 0);
        if self.many == SEVEN {
            self.count();
        }
    }

    fn count(&mut self) {
        let [a, b, c, d, e, f, g] = std::mem::take(&mut self.waiting);
        let [(ones, first), (others, second)] = [add(a, b, c), add(d, e, f)];
        let (ones, third) = add(ones, others, g);
        let (twos, fours) = add(first, second, third);
        for (place, word) in [ones, twos, fours].into_iter().enumerate() {
            let mut carry = word;
            for plane in &mut self.planes[place..] {
                if carry == 0 {
                    break;
                }
                (*plane, carry) = (*plane ^ carry, *plane & carry);
            }
        }
        self.many = 0;
    }

    /// Says of each bit that was set how often it was.
    pub(super) fn end(mut self, mut with: impl FnMut(usize, u64)) {
        self.waiting[self.many..].fill(0);
        self.count();
        let any = self.planes.iter().fold(0, |any, plane| any | plane);
        each_bit(any, |bit| with(bit, (0..).zip(&self.planes).map(|(nth, plane)| (plane >> bit & 1) << nth).sum()));
    }
}

/// Bit by bit the sum of three words: what it is and what is carried.
fn add(a: u64, b: u64, c: u64) -> (u64, u64) {
    (a ^ b ^ c, a & b | c & (a | b))
}

#[cfg(test)]
mod tests {
    //! As one counts on one's fingers.

    use super::*;
    use crate::testing::Dice;

    #[test]
    fn each_bit_is_counted() {
        for many in [0, 1, 6, 7, 8, 1_000] {
            let (mut dice, mut planes, mut fingers) = (Dice(0x5eed), Planes::default(), [0; 64]);
            for _ in 0..many {
                let word = (0..dice.roll(5)).fold(0_u64, |word, _| word | 1 << dice.roll(64));
                planes.add(word);
                each_bit(word, |bit| fingers[bit] += 1);
            }
            let mut counted = [0; 64];
            planes.end(|bit, n| counted[bit] = n);
            assert_eq!(counted, fingers, "{many}");
        }
    }
}
