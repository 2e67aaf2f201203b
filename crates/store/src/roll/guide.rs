//! Where in a piece a place stands: looked up by when it is, and not sought.
//!
//! A search brings thousands of places. To seek one among two thousand entries is a walk of eleven steps, most of them
//! to memory that was not read for long; places are times, so the entry stands near to where its time lies between the
//! first's and the last's. Promises: a step or two for entries that come at any pace; of a burst that all came in one
//! moment no more than to seek it. Two bytes for each entry, made when first asked for.

use super::list::{Entry, MOST};

/// As many as a piece may have entries.
const STRETCHES: usize = MOST;

/// How the time of a piece's entries is parted, and which stand in each part.
#[derive(Debug)]
pub(super) struct Guide {
    first: i64,
    /// A stretch is so many places long, as a power of two.
    shift: u32,
    /// The number of the first entry of each stretch or behind it, and at last how many there are.
    starts: [u16; STRETCHES + 1],
}

impl Guide {
    pub(super) fn of(entries: &[Entry]) -> Self {
        let [first, last] = [entries.first(), entries.last()].map(|entry| entry.map_or(0, |entry| entry.seq));
        let shift = (u64::BITS - first.abs_diff(last).leading_zeros()).saturating_sub(STRETCHES.ilog2());
        let mut guide = Guide { first, shift, starts: [0; STRETCHES + 1] };
        for entry in entries {
            let stretch = guide.stretch(entry.seq);
            guide.starts[stretch + 1] += 1;
        }
        let mut before = 0;
        for start in &mut guide.starts {
            before += *start;
            *start = before;
        }
        guide
    }

    /// Has the entries read that will be asked for at these places, all at once: half a million do not stand near to the
    /// processor, and one after the other each look waits for the last.
    pub(super) fn look_at(&self, entries: &[Entry], seqs: &[i64]) {
        let near = |seq: &i64| entries[usize::from(self.starts[self.stretch(*seq)]).min(entries.len() - 1)].seq;
        std::hint::black_box(seqs.iter().fold(0, |all, seq| all ^ near(seq)));
    }

    /// The number of the entry at a place that is not before the first nor behind the last.
    #[inline]
    pub(super) fn number(&self, entries: &[Entry], seq: i64) -> Option<usize> {
        let stretch = self.stretch(seq);
        let [from, upto] = [self.starts[stretch], self.starts[stretch + 1]].map(usize::from);
        let within = &entries[from..upto];
        within.binary_search_by_key(&seq, |entry| entry.seq).ok().map(|nth| from + nth)
    }

    #[inline]
    fn stretch(&self, seq: i64) -> usize {
        ((self.first.abs_diff(seq) >> self.shift) as usize).min(STRETCHES - 1)
    }
}

#[cfg(test)]
mod tests;
