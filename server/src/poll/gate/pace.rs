//! What one host can take, in milliseconds of whatever clock the caller reads. Pure.

/// Longest gap that robots.txt can ask for. More would let a source's lease run out while it waits.
const LONGEST_GAP: i64 = 240_000;
/// Two refusals of one host within this mean the host, not the one feed.
const LIMITED: i64 = 600_000;
/// Whoever would wait longer than this for its turn comes back later.
const PATIENCE: i64 = 60_000;
/// Longer gaps than this are kept by all processes together, and over the end of each. A new one takes as long to begin.
const OWN: i64 = 1_000;
/// Distance between those who are sent away from a host without a gap.
const APART: i64 = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::poll) struct Pace {
    /// The earliest moment of the next request.
    next: i64,
    gap: i64,
    /// Visits that were let in and have not ended.
    inside: usize,
    /// How far those that were sent away have been told to come back.
    tail: i64,
    /// When it last said that it is asked too much.
    limited: Option<i64>,
    /// Until when it asked to be left alone.
    closed: i64,
}

/// Why a turn has not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::poll) enum NotYet {
    /// It comes at this moment.
    Turn(i64),
    /// Until this moment nobody has one: the host asked for rest.
    Closed(i64),
}

impl Pace {
    pub(in crate::poll) fn new(gap: i64) -> Self {
        Pace { next: 0, gap, inside: 0, tail: 0, limited: None, closed: 0 }
    }

    /// Takes the next turn if it has come.
    ///
    /// # Errors
    /// When it comes, or until when none comes.
    pub(in crate::poll) fn take_turn(&mut self, now: i64) -> Result<(), NotYet> {
        if let Some(until) = self.closed(now) {
            return Err(NotYet::Closed(until));
        }
        if self.next > now {
            return Err(NotYet::Turn(self.next));
        }
        self.next = now + self.gap;
        Ok(())
    }

    /// How far apart turns are, if the host is one whose turns all processes share.
    pub(in crate::poll) fn shared_gap(&self) -> Option<i64> {
        (self.gap > OWN).then_some(self.gap)
    }

    /// The turn that was taken is not now but at this moment: another process is before us.
    pub(in crate::poll) fn postpone(&mut self, turn: i64) {
        self.next = self.next.max(turn + self.gap);
    }

    /// Until when nobody may ask, if the host asked for rest.
    pub(in crate::poll) fn closed(&self, now: i64) -> Option<i64> {
        (self.closed > now).then_some(self.closed)
    }

    /// Lets a visit in if it would have its turn soon.
    ///
    /// # Errors
    /// When to come back.
    pub(in crate::poll) fn admit(&mut self, now: i64, concurrency: usize) -> Result<(), i64> {
        let waiting = i64::try_from(self.inside).unwrap_or(i64::MAX / 4);
        let turn = self.next.max(self.closed).max(now).saturating_add(self.gap.saturating_mul(waiting));
        if self.inside < 2 * concurrency && turn - now <= PATIENCE {
            self.inside += 1;
            return Ok(());
        }
        self.tail = self.tail.max(turn) + self.gap.max(APART);
        Err(self.tail)
    }

    /// A visit has ended.
    pub(in crate::poll) fn leave(&mut self) {
        self.inside = self.inside.saturating_sub(1);
    }

    /// Keeps this gap, if it is not shorter than the one of the settings.
    pub(in crate::poll) fn slow(&mut self, gap: i64, settings: i64) {
        let gap = gap.clamp(settings, LONGEST_GAP.max(settings));
        self.next += (gap - self.gap).max(0);
        self.gap = gap;
    }

    /// Notes a refusal. The first is about one feed; the second within ten minutes is about the host, which then is
    /// left alone for as long as it said.
    pub(in crate::poll) fn limited(&mut self, now: i64, wait: i64) {
        if self.limited.is_some_and(|last| now - last <= LIMITED) {
            self.closed = self.closed.max(now.saturating_add(wait));
        }
        self.limited = Some(now);
    }

    /// Whether anything is known that must not be forgotten.
    pub(in crate::poll) fn is_held(&self, now: i64) -> bool {
        self.next.max(self.closed) > now || self.limited.is_some_and(|last| now - last <= LIMITED)
    }
}
