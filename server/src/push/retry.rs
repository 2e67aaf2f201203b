//! When to try a delivery again. Pure: what failed in, a moment out.
//!
//! The longest wait doubles with each failure, from ten seconds to six hours, and the wait is drawn from all of it
//! (full jitter): a receiver that comes back is not met by everybody at once. After three days it is given up.

use model::Moment;

const SECOND_MS: i64 = 1000;
const FIRST: u64 = 10;
const LONGEST: u64 = 6 * 3600;
const DAY_MS: i64 = 24 * 3600 * SECOND_MS;
/// So long a delivery is tried.
const PATIENCE_MS: i64 = 3 * DAY_MS;

/// What is known when a delivery has failed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failure {
    /// Failures in a row, this one included.
    pub(super) attempts: i64,
    /// When the first of them was.
    pub(super) since: Moment,
    /// Seconds for which the receiver asked to be left alone.
    pub(super) retry_after: Option<u64>,
    /// Any number: where in the wait the next try falls.
    pub(super) draw: u64,
    pub(super) now: Moment,
}

/// The moment of the next try, or none: it has been tried for three days. The last one is at the end of them.
pub(super) fn next_try(failure: Failure) -> Option<Moment> {
    let Failure { attempts, since, retry_after, draw, now } = failure;
    let end = since.ms().saturating_add(PATIENCE_MS);
    if now.ms() >= end {
        return None;
    }
    let doublings = attempts.saturating_sub(1).clamp(0, 32);
    let longest = FIRST.saturating_mul(1 << doublings).min(LONGEST) * 1000;
    let asked = retry_after.unwrap_or(0).min(24 * 3600) * 1000;
    // Never at once: a receiver that fails fast would be asked in a loop.
    let wait = (draw % longest).max(asked).max(1000);
    Some(Moment::from_ms(now.ms().saturating_add(i64::try_from(wait).unwrap_or(DAY_MS)).min(end)))
}

#[cfg(test)]
mod tests {
    //! Failures in, seconds out.

    use super::*;

    const NOW: i64 = 1_790_000_000_000;

    fn check(attempts: i64, failing_s: i64, retry_after: Option<u64>, draw: u64, wait_s: Option<i64>) {
        let (since, now) = (Moment::from_ms(NOW - failing_s * SECOND_MS), Moment::from_ms(NOW));
        let next = next_try(Failure { attempts, since, retry_after, draw, now });
        assert_eq!(next.map(|next| (next.ms() - NOW) / SECOND_MS), wait_s, "{attempts} {failing_s} {retry_after:?}");
    }

    #[test]
    fn waits_double_up_to_six_hours_and_end_after_three_days() {
        check(1, 0, None, 0, Some(1));
        check(1, 0, None, 9_999, Some(9));
        check(1, 0, None, 10_000, Some(1));
        check(2, 9, None, 19_999, Some(19));
        check(9, 3000, None, 2_559_999, Some(2559));
        check(50, 90_000, None, 21_599_999, Some(21_599));
        check(i64::MAX, 90_000, None, u64::MAX, Some(8751));
        check(5, 3 * 86_400 - 60, None, 159_999, Some(60));
        check(5, 3 * 86_400, None, 7, None);
        check(5, 30 * 86_400, None, 7, None);
    }

    #[test]
    fn who_asks_for_rest_has_it_for_a_day_at_most() {
        check(1, 0, Some(120), 7, Some(120));
        check(1, 0, Some(u64::MAX), 7, Some(86_400));
        check(1, 3 * 86_400 - 60, Some(3600), 7, Some(60));
    }

    #[test]
    fn draws_spread_over_the_whole_wait() {
        let waits = (0..1000_u64).map(|n| {
            let draw = crate::hash::digest64(&n.to_be_bytes());
            let (since, now) = (Moment::from_ms(NOW), Moment::from_ms(NOW));
            let failure = Failure { attempts: 5, since, retry_after: None, draw, now };
            (next_try(failure).unwrap().ms() - NOW) / SECOND_MS
        });
        let mut quarters = [0; 4];
        waits.for_each(|wait| quarters[usize::try_from(wait / 40).unwrap()] += 1);
        assert!(quarters.iter().all(|count| (200..300).contains(count)), "{quarters:?}");
    }
}
