//! iCalendar (RFC 5545), parsed by calcard: each VEVENT an entry with its event, each occurrence of a
//! recurring one an entry of its own.
//!
//! Promises: times without a zone are Berlin's unless the calendar has one of its own, zones are known by all
//! their names, all-day events end on their last day (DTEND names the day after). There is no clock here, so
//! "now" is the newest stamp in the calendar, which is that of its export for nearly all who write any;
//! occurrences are kept from two months before it to thirteen after. Where nobody touches a calendar for longer
//! than that, its rules run dry, which is what an abandoned calendar should do. Events told one by one are all
//! kept.

mod event;
mod lines;
mod rule;
mod series;
mod zone;

use std::collections::HashMap;

use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarProperty as Property, ICalendarValue};
use calcard::{Entry as Part, Parser};
use model::{Complaint, Entry, Moment, Reading};
use url::Url;

use crate::text;
use rule::Budget;
use series::Series;

/// Steps for all rules of a document; a daily rule takes 500 a year, a yearly one 366.
const STEPS: usize = 1_000_000;
/// Most occurrences of one rule: one for each day of the window, and some.
const MOST_OF_A_RULE: usize = 500;
/// Most occurrences of one document; beyond them each rule has its next one only.
const MOST_OCCURRENCES: usize = 10_000;
/// Most text in all occurrences of one document: each carries the description of its rule.
const MOST_TEXT: usize = 20_000_000;
const DAY_MS: i64 = 86_400_000;

/// What is left for the rules of a document.
struct Purse {
    budget: Budget,
    occurrences: usize,
    text: usize,
}

/// Reads calendars; `None` if the text holds none.
pub(super) fn read(text: &str, base: Option<&Url>) -> Option<Reading> {
    let mut reading = Reading { format: "ics".into(), ..Reading::default() };
    let text = lines::mended(text);
    let first = lines::first_events(&text, super::MOST_ENTRIES + 1);
    let mut parser = Parser::new(first);
    let mut found = false;
    let mut purse = Purse { budget: Budget { steps: STEPS }, occurrences: MOST_OCCURRENCES, text: MOST_TEXT };
    // Each turn takes at least a line; the bound holds even if one day it does not.
    for _ in 0..=text.len() {
        match parser.entry() {
            Part::ICalendar(calendar) => {
                found = true;
                head(&calendar, &mut reading);
                events(&calendar, base, &mut purse, &mut reading);
            }
            Part::Eof => break,
            Part::InvalidLine(line) if line.trim().is_empty() => {}
            Part::InvalidLine(line) => {
                complain(
                    &mut reading,
                    "repaired",
                    format!("no line of a calendar: {:?}", super::address::shortened(&line)),
                );
            }
            // Where we cut, the calendar has no end; who reads is told about the limit.
            Part::UnterminatedComponent(_) if first.len() < text.len() => {}
            Part::UnterminatedComponent(name) => {
                complain(&mut reading, "repaired", format!("{name} has no end"));
            }
            other => {
                let other = format!("{other:?}");
                complain(&mut reading, "repaired", format!("left out: {}", super::address::shortened(&other)));
            }
        }
    }
    found.then_some(reading)
}

fn complain(reading: &mut Reading, what: &str, text: String) {
    reading.complaints.push(Complaint { what: what.into(), text, entry: None });
}

fn head(calendar: &ICalendar, reading: &mut Reading) {
    let Some(frame) = calendar.components.first() else { return };
    for entry in &frame.entries {
        let name = entry.name.as_str();
        match (name, entry.values.first()) {
            ("NAME" | "X-WR-CALNAME", Some(value)) if reading.title.is_none() => {
                reading.title = value.as_text().map(text::fold).filter(|title| !title.is_empty());
            }
            ("REFRESH-INTERVAL" | "X-PUBLISHED-TTL", Some(value)) => {
                let seconds = match value {
                    ICalendarValue::Duration(duration) => Some(duration.as_seconds()),
                    other => other.as_text().and_then(|text| text.trim().parse::<jiff::Span>().ok()).and_then(|span| {
                        let day = jiff::civil::date(2000, 1, 1);
                        span.total((jiff::Unit::Second, day)).ok().map(|seconds| seconds as i64)
                    }),
                };
                let minutes =
                    seconds.and_then(|seconds| u32::try_from(seconds / 60).ok()).filter(|minutes| *minutes > 0);
                reading.hints.ttl_minutes = reading.hints.ttl_minutes.or(minutes);
            }
            _ => {}
        }
    }
}

fn events(calendar: &ICalendar, base: Option<&Url>, purse: &mut Purse, reading: &mut Reading) {
    let context = event::Context::new(calendar, base);
    let mut moved = moved(calendar);
    for component in calendar.components.iter().filter(|component| component.component_type.is_event()) {
        if reading.entries.len() > super::MOST_ENTRIES {
            return;
        }
        let recurring = component.is_recurrent() && !component.is_recurrence_override();
        if recurring && let Some(series) = Series::new(&context, component) {
            let moved = component.uid().and_then(|uid| moved.get_mut(uid)).map(std::mem::take).unwrap_or_default();
            if let Some(entries) = occurrences(&context, &series, &moved, purse, reading) {
                reading.entries.extend(entries);
                continue;
            }
        }
        // A moved or cancelled occurrence is told with its rule, unless its rule is not there.
        if component.is_recurrence_override() && component.uid().is_some_and(|uid| moved.contains_key(uid)) {
            continue;
        }
        match context.single(component) {
            Some(entry) => reading.entries.push(entry),
            None => {
                let text = format!("no start is read in event {:?}", component.uid().unwrap_or("without UID"));
                let at = reading.entries.len();
                reading.complaints.push(Complaint { what: "date".into(), text, entry: Some(at) });
                reading.entries.push(context.undated(component));
            }
        }
    }
    if reading.entries.is_empty() && !moved.is_empty() {
        complain(reading, "recurrence", "all occurrences of all events are long past or far off".into());
    }
    for name in context.zones.unknown() {
        complain(reading, "zone", format!("{name:?} is no time zone that is known; Berlin's is taken"));
    }
}

/// Moved and cancelled occurrences of all that recurs, by UID, gathered once: there may be thousands.
fn moved(calendar: &ICalendar) -> HashMap<&str, Vec<&ICalendarComponent>> {
    let events = || calendar.components.iter().filter(|component| component.component_type.is_event());
    let masters = events().filter(|event| event.is_recurrent() && !event.is_recurrence_override());
    let masters = masters.filter(|event| event.property(&Property::Dtstart).is_some());
    let mut moved: HashMap<&str, Vec<_>> =
        masters.filter_map(ICalendarComponent::uid).map(|uid| (uid, Vec::new())).collect();
    for event in events().filter(|event| event.is_recurrence_override()) {
        if let Some(of) = event.uid().and_then(|uid| moved.get_mut(uid)) {
            of.push(event);
        }
    }
    moved
}

/// The occurrences of one event inside the window; `None` where its rule cannot be followed.
fn occurrences<'a>(
    context: &event::Context<'a>,
    series: &Series<'a>,
    moved: &[&'a ICalendarComponent],
    purse: &mut Purse,
    reading: &mut Reading,
) -> Option<Vec<Entry>> {
    let begins = series.begins()?;
    let until = Moment::from_ms(begins.max(context.now).ms().saturating_add(400 * DAY_MS));
    let window = Moment::from_ms(context.now.ms().saturating_sub(60 * DAY_MS))..until;
    let weight = series.weight();
    let most = MOST_OF_A_RULE.min(purse.occurrences).min(purse.text / weight).max(1);
    let Some(entries) = series.entries(moved, &window, most, &mut purse.budget) else {
        complain(reading, "recurrence", format!("{:?} recurs too often in a day", series.uid()));
        return None;
    };
    purse.occurrences = purse.occurrences.saturating_sub(entries.len());
    purse.text = purse.text.saturating_sub(weight * entries.len());
    if purse.budget.steps == 0 {
        complain(reading, "limit", format!("not all occurrences of {:?} are looked for", series.uid()));
    }
    if entries.len() == most {
        complain(reading, "limit", format!("only the first {most} occurrences of {:?} are read", series.uid()));
    }
    Some(entries)
}

/// All values of a property as text.
fn texts<'c>(component: &'c ICalendarComponent, property: &'c Property) -> impl Iterator<Item = &'c str> {
    component.properties(property).flat_map(|entry| entry.values.iter()).filter_map(ICalendarValue::as_text)
}

#[cfg(test)]
mod tests;
