//! The clock. The only place that asks what time it is for the rooms below, which take `now` as an argument.

use std::time::SystemTime;

use model::Moment;

/// The current time, to the millisecond.
pub(crate) fn now() -> Moment {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let now = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
    #[cfg(test)]
    let now = now + testing::ahead();
    Moment::from_ms(now)
}

/// A clock that tests set. Each thread has its own, so that tests beside each other do not notice: what is to see it
/// runs on the thread of its test.
#[cfg(test)]
pub(crate) mod testing {
    use std::cell::Cell;

    thread_local! {
        static AHEAD: Cell<i64> = const { Cell::new(0) };
    }

    /// Sets this thread's clock ahead of the real one by so many milliseconds, or back.
    pub(crate) fn set(ms: i64) {
        AHEAD.set(ms);
    }

    pub(super) fn ahead() -> i64 {
        AHEAD.get()
    }
}
