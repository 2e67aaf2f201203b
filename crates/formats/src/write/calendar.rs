//! iCalendar (RFC 5545, RFC 7986): one VEVENT for each item that is an event.
//!
//! Times are UTC, so that no VTIMEZONE is needed and every program shows them in its own zone;
//! days are days. UIDs are the items' own, so a changed event changes in the reader's calendar.

use std::fmt::Write;

use model::{Event, Item, Moment, Status, When};

use super::{Header, clean, urn};

/// Longest line in octets, without its end.
const LONGEST: usize = 75;

/// A calendar of all items that are events.
#[must_use]
pub fn calendar(header: &Header<'_>, items: &[Item]) -> String {
    let mut lines = Lines::default();
    lines.plain("BEGIN", "VCALENDAR");
    lines.plain("VERSION", "2.0");
    lines.plain("PRODID", "-//Amtsticker//Amtsticker//DE");
    lines.plain("CALSCALE", "GREGORIAN");
    lines.plain("METHOD", "PUBLISH");
    for name in ["NAME", "X-WR-CALNAME"] {
        lines.text(name, header.title);
    }
    lines.plain("X-WR-TIMEZONE", "Europe/Berlin");
    if let Some(subtitle) = header.subtitle {
        lines.text("DESCRIPTION", subtitle);
    }
    lines.plain("SOURCE;VALUE=URI", header.self_url);
    lines.plain("URL", header.home_url);
    lines.plain("REFRESH-INTERVAL;VALUE=DURATION", "PT4H");
    lines.plain("X-PUBLISHED-TTL", "PT4H");
    for item in items {
        if let Some(event) = &item.event {
            vevent(&mut lines, header, item, event);
        }
    }
    lines.plain("END", "VCALENDAR");
    lines.text
}

fn vevent(lines: &mut Lines, header: &Header<'_>, item: &Item, event: &Event) {
    let stamp = item.updated.or(item.published).or(header.updated).unwrap_or(event.start.start());
    lines.plain("BEGIN", "VEVENT");
    lines.text("UID", &urn(&item.id));
    lines.plain("DTSTAMP", &utc(stamp));
    lines.plain("LAST-MODIFIED", &utc(stamp));
    let (start, end) = span(event);
    lines.when("DTSTART", start);
    if let Some(end) = end {
        lines.when("DTEND", end);
    }
    lines.text("SUMMARY", &item.title);
    if !item.summary.is_empty() {
        lines.text("DESCRIPTION", &item.summary);
    }
    let online = event.online.then_some("Online");
    let place: Vec<_> = event.place.as_deref().into_iter().chain(online).collect();
    if !place.is_empty() {
        lines.text("LOCATION", &place.join(" / "));
    }
    lines.plain("URL", &item.url);
    if let Some(organiser) = &event.organiser {
        lines.text("X-AMTSTICKER-ORGANISER", organiser);
    }
    if let Some(registration) = &event.registration {
        lines.text("X-AMTSTICKER-REGISTRATION", registration);
    }
    let codes = item.states.iter().map(|state| state.code()).chain(item.topics.iter().map(String::as_str));
    let labels: Vec<_> = codes.map(|code| escaped(&(header.label)(code))).collect();
    if !labels.is_empty() {
        lines.plain("CATEGORIES", &labels.join(","));
    }
    let status = match event.status {
        Status::Confirmed => "CONFIRMED",
        Status::Tentative => "TENTATIVE",
        Status::Cancelled => "CANCELLED",
    };
    lines.plain("STATUS", status);
    lines.plain("TRANSP", if event.all_day || matches!(start, When::Day(_)) { "TRANSPARENT" } else { "OPAQUE" });
    lines.plain("END", "VEVENT");
}

/// DTSTART and DTEND of one kind (RFC 5545, 3.8.2.2), the end later than the start: if either is a day, both are,
/// and DTEND names the day after the last.
fn span(event: &Event) -> (When, Option<When>) {
    let second = |at: Moment| at.ms().div_euclid(1000);
    match (event.start, event.end) {
        (start, None) => (start, None),
        (When::At(start), Some(When::At(end))) => {
            (When::At(start), (second(end) > second(start)).then_some(When::At(end)))
        }
        (start, Some(end)) => {
            let (first, last) = (start.date(), end.date());
            (When::Day(first), (last.days() >= first.days()).then(|| When::Day(last.plus_days(1))))
        }
    }
}

/// Content lines under construction.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// A value that holds no text: a date, an address, a word of the standard.
    fn plain(&mut self, name: &str, value: &str) {
        let value: String = clean(value).chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
        self.fold(&format!("{name}:{value}"));
    }

    fn text(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", escaped(value)));
    }

    fn when(&mut self, name: &str, when: When) {
        match when {
            When::Day(day) => self.plain(&format!("{name};VALUE=DATE"), &day.to_string().replace('-', "")),
            When::At(at) => self.plain(name, &utc(at)),
        }
    }

    /// Lines of 75 octets at most, never cut inside a character (RFC 5545, 3.1).
    fn fold(&mut self, line: &str) {
        let mut room = LONGEST;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = LONGEST - 1;
            }
            self.text.push(c);
            room -= c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// TEXT of RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
    out
}

/// `20260504T070000Z`.
fn utc(at: Moment) -> String {
    // A day in Berlin is up to two hours ahead; whole seconds since the epoch give the UTC day.
    let seconds = at.ms().div_euclid(1000);
    let (day, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let mut out = model::Date::from_days(day).to_string().replace('-', "");
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    write!(out, "T{hour:02}{minute:02}{second:02}Z").expect("writing to memory cannot fail");
    out
}
