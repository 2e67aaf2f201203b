//! iCalendar (RFC 5545) through calcard: each VEVENT an entry with its event, each occurrence of a
//! recurring one an entry of its own.
//!
//! Promises: times without a zone are Berlin's, zones by their Windows and Exchange names are known,
//! all-day events end on their last day (DTEND names the day after). There is no clock here, so "now" is
//! the latest stamp in the calendar; occurrences are kept from two months before it to thirteen after.

mod event;

use std::collections::HashSet;

use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarProperty, ICalendarValue};
use calcard::{Entry as Part, Parser};
use model::{Complaint, Moment, Reading};
use url::Url;

use crate::text;

/// Most occurrences that one rule is followed for; a daily rule runs eleven years.
const MOST_STEPS: usize = 4_000;
/// Most occurrences of one calendar.
const MOST_OCCURRENCES: usize = 2_000;
/// Most recurring events of one document: each is expanded by itself.
const MOST_RULES: usize = 1_000;
const DAY_MS: i64 = 86_400_000;

/// Reads calendars; `None` if the text holds none.
pub(super) fn read(text: &str, base: Option<&Url>) -> Option<Reading> {
    let mut reading = Reading { format: "ics".into(), ..Reading::default() };
    let mut parser = Parser::new(text);
    let mut found = false;
    let mut rules = 0;
    // Each turn takes at least a line; the bound holds even if one day it does not.
    for _ in 0..=text.len() {
        match parser.entry() {
            Part::ICalendar(calendar) => {
                found = true;
                head(&calendar, &mut reading);
                events(&calendar, base, &mut rules, &mut reading);
            }
            Part::Eof => break,
            Part::InvalidLine(line) if line.trim().is_empty() => {}
            Part::InvalidLine(line) => {
                complain(
                    &mut reading,
                    "repaired",
                    format!("no line of a calendar: {:?}", super::feed::shortened(&line)),
                );
            }
            Part::UnterminatedComponent(name) => {
                complain(&mut reading, "repaired", format!("{name} has no end"));
            }
            other => {
                let other = format!("{other:?}");
                complain(&mut reading, "repaired", format!("left out: {}", super::feed::shortened(&other)));
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

fn events(calendar: &ICalendar, base: Option<&Url>, rules: &mut usize, reading: &mut Reading) {
    let context = event::Context::new(calendar, base);
    let ruled = ruled(calendar);
    for (at, component) in calendar.components.iter().enumerate() {
        if reading.entries.len() > super::MOST_ENTRIES {
            return;
        }
        if !component.component_type.is_event() {
            continue;
        }
        let recurring = component.is_recurrent();
        // A moved or cancelled occurrence is told with its rule, unless its rule is not there.
        if !recurring && component.is_recurrence_override() && ruled.contains(&component.uid()) {
            continue;
        }
        *rules += usize::from(recurring);
        if recurring
            && *rules <= MOST_RULES
            && let Some(occurrences) = occurrences(calendar, at, &context, reading)
        {
            reading.entries.extend(occurrences);
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
}

/// The UIDs of all that recurs, gathered once: a calendar may hold thousands of moved occurrences.
fn ruled(calendar: &ICalendar) -> HashSet<Option<&str>> {
    calendar.components.iter().filter(|one| one.is_recurrent()).map(ICalendarComponent::uid).collect()
}

/// The occurrences of one rule inside the window; `None` where the rule cannot be followed.
fn occurrences(
    calendar: &ICalendar,
    master: usize,
    context: &event::Context<'_>,
    reading: &mut Reading,
) -> Option<Vec<model::Entry>> {
    let uid = calendar.components[master].uid();
    let mut alone = ICalendar { components: vec![ICalendarComponent::default()] };
    let mut origin = vec![0];
    for (at, component) in calendar.components.iter().enumerate().skip(1) {
        let zone = !component.component_type.is_event();
        let instance =
            at != master && component.is_recurrence_override() && !component.is_recurrent() && component.uid() == uid;
        if zone || at == master || instance {
            alone.components.push(ICalendarComponent { component_ids: Vec::new(), ..component.clone() });
            origin.push(at);
        }
    }
    let expanded = alone.expand_dates(event::berlin(), MOST_STEPS);
    for error in &expanded.errors {
        complain(reading, "date", format!("a rule is not followed: {}", error.error));
    }
    let from = context.now.ms() - 60 * DAY_MS;
    let begins = context.moment(&calendar.components[master], &ICalendarProperty::Dtstart);
    let until = begins.map_or(context.now, |begins| begins.max(context.now)).ms() + 400 * DAY_MS;
    let all = expanded.events.len();
    if all == 0 {
        return None;
    }
    let mut kept: Vec<_> =
        expanded.events.into_iter().filter(|event| (from..until).contains(&event.start.timestamp_millis())).collect();
    kept.sort_by_key(|event| event.start.timestamp_millis());
    kept.truncate(MOST_OCCURRENCES.saturating_sub(reading.entries.len()));
    if kept.is_empty() {
        complain(
            reading,
            "recurrence",
            format!("all {all} occurrences of {:?} are long past or far off", uid.unwrap_or("")),
        );
    }
    let entries = kept.into_iter().filter_map(|occurrence| {
        let component = origin.get(occurrence.comp_id as usize).and_then(|at| calendar.components.get(*at))?;
        let (start, end) = occurrence.timestamps();
        let wall = occurrence.start.format("%Y%m%dT%H%M%S").to_string();
        context.occurrence(component, &wall, Moment::from_ms(start * 1000), Moment::from_ms(end * 1000))
    });
    Some(entries.collect())
}

/// All values of a property as text.
fn texts<'c>(component: &'c ICalendarComponent, property: &'c ICalendarProperty) -> impl Iterator<Item = &'c str> {
    component.properties(property).flat_map(|entry| entry.values.iter()).filter_map(ICalendarValue::as_text)
}
