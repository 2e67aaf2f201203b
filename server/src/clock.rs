//! The clock. The only place that asks what time it is for the rooms below, which take `now` as an argument.

use std::time::SystemTime;

use model::Moment;

/// The current time, to the millisecond.
pub(crate) fn now() -> Moment {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Moment::from_ms(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
