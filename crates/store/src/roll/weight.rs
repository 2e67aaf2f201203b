//! What the parts of the roll take in memory, in bytes, more or less: what was asked for, not what the system's allocator
//! makes of it.
//!
//! For who watches a server, and for the test that holds what an item costs. Walks over all stories and pieces, which
//! takes a millisecond where half a million items are kept.

use super::{Entry, List, Roll, Shared, Told};
use crate::Store;

impl Store {
    /// What the largest parts of it that stand in memory take, in bytes: each by its name. A part that is being changed
    /// just now is left out.
    #[must_use]
    pub fn weights(&self) -> Vec<(&'static str, usize)> {
        let mut weights = Shared::read(&self.roll).weights();
        weights.extend(self.newest.try_lock().ok().map(|newest| ("candidates", newest.weight())));
        weights
    }
}

impl Roll {
    fn weights(&self) -> Vec<(&'static str, usize)> {
        let entries = |list: &List| -> usize { list.pieces().iter().map(|piece| piece.entries.capacity()).sum() };
        let columns: usize = self.all.pieces().iter().map(super::Piece::weight).sum();
        let told = self.told.get().map_or(0, Told::weight);
        let whole: usize = self.whole.values().map(|raw| raw.weight()).sum();
        vec![
            ("entries", (entries(&self.all) + entries(&self.events)) * size_of::<Entry>()),
            ("columns", columns),
            ("shelves", self.shelves.weight() + self.stands.weight()),
            ("stories", self.stories.weight() + told),
            ("items", whole),
            ("words", self.found().weight() + self.everywhere.weight()),
            ("counts", self.tallies.weight() + self.sifted.weight()),
        ]
    }
}

#[cfg(test)]
mod tests;
