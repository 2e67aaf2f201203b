//! How far the visits of this process have come: counted by turns, read by whoever watches.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// The counts are the process's, as metrics are.
pub(crate) static STAGES: Stages = Stages {
    begun: Count::none(),
    answered: Count::none(),
    documents: Count::none(),
    read: Count::none(),
    entries: Count::none(),
    judged: Count::none(),
    kept: Count::none(),
};

/// Counts of what entered and what left each phase.
#[derive(Debug)]
pub(crate) struct Stages {
    /// Sources that are to be visited; where there is no end to them, those that were begun.
    pub(super) begun: Count,
    pub(super) answered: Count,
    /// Documents that came, and those that were read.
    pub(super) documents: Count,
    pub(super) read: Count,
    /// Documents with entries, and those whose entries were judged.
    pub(super) entries: Count,
    pub(super) judged: Count,
    pub(super) kept: Count,
}

#[derive(Debug)]
pub(super) struct Count(AtomicU64);

impl Count {
    const fn none() -> Self {
        Count(AtomicU64::new(0))
    }

    pub(super) fn one(&self) {
        self.more(1);
    }

    pub(super) fn more(&self, n: usize) {
        self.0.fetch_add(n as u64, Relaxed);
    }

    fn now(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

impl Stages {
    /// What the phases are called.
    pub(crate) const PHASES: [&str; 4] = ["visit", "read", "judge", "keep"];

    /// How much of each phase is done, and of how much, as far as that is known.
    pub(crate) fn far(&self) -> [(u64, u64); 4] {
        let begun = self.begun.now();
        [
            (self.answered.now(), begun),
            (self.read.now(), self.documents.now()),
            (self.judged.now(), self.entries.now()),
            (self.kept.now(), begun),
        ]
    }
}
