//! When something takes place, as lists of events write it: one day, several ("12. bis 14. Mai 2026"), or hours of
//! a day ("20.05.2026, 14:00 – 16:00 Uhr").

use model::{Event, Status, When};

pub(super) use crate::read::event_text::span;
use crate::read::place::is_online;

/// An event from the text of its date, the date made for machines, and its place.
pub(super) fn event(said: &str, machine: Option<When>, place: Option<String>) -> Option<Event> {
    let written = span(said);
    let (start, end) = match (machine, written) {
        // What is written says more where both are of the same day: the hour, and the end.
        (Some(machine), Some((start, end))) if machine.date() == start.date() => (start, end),
        (Some(machine), _) => (machine, None),
        (None, written) => written?,
    };
    let online = place.as_deref().is_some_and(is_online);
    Some(Event {
        start,
        end,
        all_day: matches!(start, When::Day(_)),
        place: place.filter(|place| !place.eq_ignore_ascii_case("online")),
        online,
        registration: None,
        organiser: None,
        status: Status::Confirmed,
    })
}

#[cfg(test)]
mod tests;
