//! Notices that the clock was set: by its administrator, by a time server after a start with a wrong one, or because
//! the machine slept.
//!
//! Due times are moments of the clock. If it jumps a day ahead all sources are due at once; if it jumps a day back none
//! is for a day.

use std::time::Instant;

use model::Moment;

/// What is less than this is no jump, but a machine that had no time for us.
const JUMP_MS: i64 = 2 * 60 * 1000;

#[derive(Debug)]
pub(super) struct Watch {
    wall: Moment,
    steady: Instant,
    /// Which way it jumped, as long as nobody has seen to that. A start is taken for one: nobody knows what the clock
    /// was before.
    jumped: Option<Jump>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Jump {
    Ahead,
    Back,
}

impl Watch {
    pub(super) fn new(now: Moment) -> Self {
        Watch { wall: now, steady: Instant::now(), jumped: Some(Jump::Ahead) }
    }

    /// Whether the clock has jumped since what was planned by it was put right.
    pub(super) fn look(&mut self, now: Moment) -> Option<Jump> {
        let passed = i64::try_from(self.steady.elapsed().as_millis()).unwrap_or(i64::MAX);
        let jump = now.ms().saturating_sub(self.wall.ms()).saturating_sub(passed);
        (self.wall, self.steady) = (now, Instant::now());
        if jump.abs() > JUMP_MS {
            tracing::warn!(seconds = jump / 1000, "the clock was set: what is planned is planned anew");
            self.jumped = Some(if jump < 0 { Jump::Back } else { Jump::Ahead });
        }
        self.jumped
    }

    /// What was planned is put right.
    pub(super) fn settled(&mut self) {
        self.jumped = None;
    }
}
