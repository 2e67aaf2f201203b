//! When something takes place, as lists of events write it: one day, several ("12. bis 14. Mai 2026"), or hours of
//! a day ("20.05.2026, 14:00 – 16:00 Uhr").

use model::{Date, Event, Moment, Status, When};

use crate::read::when;

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

/// Whether a place is one on the net.
pub(super) fn is_online(place: &str) -> bool {
    let place = place.to_lowercase();
    ["online", "digital", "virtuell", "webex", "zoom", "videokonferenz"].iter().any(|word| place.contains(word))
}

/// The first date of a text, and the end of what it says to last.
pub(super) fn span(said: &str) -> Option<(When, Option<When>)> {
    let cut = ["–", "—", " bis ", " - "].iter().filter_map(|mark| Some((said.find(mark)?, mark.len()))).min();
    let Some((at, length)) = cut else { return when::found(said).map(|start| (start, None)) };
    let (before, after) = (&said[..at], &said[at + length..]);
    let last = when::found(after);
    // "12.–14.05.2025", "12. bis 14. Mai 2025": the first day borrows month and year of the last.
    let borrowed = || {
        let day = before.trim().trim_end_matches('.').rsplit([' ', ',']).next()?.parse().ok()?;
        let last = last?.date();
        Date::new(last.year(), last.month(), day).map(When::Day)
    };
    let Some(start) = when::found(before).or_else(borrowed) else {
        return when::found(said).map(|start| (start, None));
    };
    // "20.12.2024, 14:00 – 16:00 Uhr": the end is a time of the same day.
    let same_day = || {
        let (hour, minute) = clock(after)?;
        matches!(start, When::At(_)).then(|| When::At(Moment::from_berlin(start.date(), hour, minute)))
    };
    let end = last.or_else(same_day).filter(|end| end.start() > start.start());
    // "20. März 2020 - 14:30" is no span: the time belongs to the day.
    match (start, end) {
        (When::Day(_), None) => {
            Some((when::found(said).filter(|found| found.date() == start.date()).unwrap_or(start), None))
        }
        _ => Some((start, end)),
    }
}

/// The time of day at the front of a text.
fn clock(text: &str) -> Option<(u8, u8)> {
    let digits = |text: &str| text.trim().chars().take_while(char::is_ascii_digit).collect::<String>();
    let (hour, rest) =
        text.trim().split_once([':', '.']).map_or((digits(text), ""), |(hour, rest)| (hour.trim().to_owned(), rest));
    let (hour, minute) = (hour.parse().ok()?, digits(rest).parse().unwrap_or(0));
    (hour < 24 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
mod tests;
