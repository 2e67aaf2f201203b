//! One timer for a connection, however many waits there are on it.
//!
//! hyper waits for each request anew and gives the wait up when it has come: each time a timer would be entered where
//! all timers of a thread are, and taken out again, though none of them ever fires. Here it stays where it is; when it
//! fires too early for the wait of the day, it is set anew. Promises: a wait ends no earlier and no later for that.
//! Refuses: to serve waits of more than one task.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};

/// The timer of one connection, once it has been set.
#[derive(Clone, Default)]
pub(super) struct Alarm(Arc<Mutex<Option<Pin<Box<tokio::time::Sleep>>>>>);

/// Until when hyper waits.
struct Wait {
    alarm: Alarm,
    until: tokio::time::Instant,
}

impl Timer for Alarm {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        Box::pin(Wait { alarm: self.clone(), until: tokio::time::Instant::now() + duration })
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(Wait { alarm: self.clone(), until: deadline.into() })
    }

    fn now(&self) -> Instant {
        tokio::time::Instant::now().into()
    }
}

impl Sleep for Wait {}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut alarm = self.alarm.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sleep = match alarm.as_mut() {
            // It was polled when it was set, so it wakes this task; and no later than it should.
            Some(sleep) if !sleep.is_elapsed() && sleep.deadline() <= self.until => return Poll::Pending,
            Some(sleep) => {
                sleep.as_mut().reset(self.until);
                sleep
            }
            None => alarm.insert(Box::pin(tokio::time::sleep_until(self.until))),
        };
        // Whoever is polled may have used up its share of this turn (tokio's budget), and a timer that is not asked for that
        // is not set: it would never wake us.
        pin!(tokio::task::unconstrained(sleep.as_mut())).poll(context)
    }
}

#[cfg(test)]
mod tests;
