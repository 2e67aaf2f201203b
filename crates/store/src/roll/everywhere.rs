//! Where those stand that have a word which is everywhere: of each piece of the roll one bit for each place.
//!
//! To seek half a million places among as many entries takes a millisecond and more, each time. Promises: who asks for
//! the same word with another filter meets bits, as a filter does. Refuses: words that few have in most pieces; their
//! places are shorter than bits, and soon sought.

use super::Roll;
use super::bits::Bits;

/// Who has a word that is everywhere, piece by piece.
#[derive(Debug)]
pub(crate) struct Everywhere(Box<[Bits]>);

/// So many must have it in each piece on average: fewer are sought in less time than bits are read.
const DENSE: usize = 64;

impl Everywhere {
    pub(super) fn of(roll: &Roll, places: &[i64]) -> Self {
        let pieces = roll.all.pieces().iter();
        Everywhere(pieces.map(|piece| piece.columns(&roll.shelves, &roll.stories).at(piece, places)).collect())
    }

    /// Whether these places are worth it.
    pub(super) fn is_worth(roll: &Roll, places: &[i64]) -> bool {
        places.len() >= DENSE * roll.all.pieces().len()
    }

    /// Who of a piece has the word.
    pub(crate) fn of_piece(&self, number: u32) -> &Bits {
        self.0.get(number as usize).unwrap_or(const { &Bits::NONE })
    }

    /// Bytes that it takes in memory.
    pub(super) fn weight(&self) -> usize {
        size_of_val(&*self.0)
    }
}
