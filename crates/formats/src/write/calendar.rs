//! iCalendar (RFC 5545, RFC 7986): one VEVENT for each item that is an event.
//!
//! Times are Berlin's clock with its VTIMEZONE, as people plan them; days are days. UIDs are the items' own, so a
//! changed event changes in the reader's calendar, and SEQUENCE counts the corrections of date, place and status.

mod lines;

use model::{Event, Item, Moment, Status, When};

use super::{Header, labels, reach, urn, web};
use crate::text;
use lines::{Lines, escaped, utc};

/// How long a calendar may be kept before it is fetched again.
const REFRESH: &str = "PT4H";

/// Berlin's zone as it has been since October 1996; older moments are written in UTC.
const BERLIN: &str = "BEGIN:VTIMEZONE\r\n\
    TZID:Europe/Berlin\r\n\
    BEGIN:STANDARD\r\n\
    DTSTART:19961027T030000\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n\
    TZOFFSETFROM:+0200\r\n\
    TZOFFSETTO:+0100\r\n\
    TZNAME:CET\r\n\
    END:STANDARD\r\n\
    BEGIN:DAYLIGHT\r\n\
    DTSTART:19970330T020000\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n\
    TZOFFSETFROM:+0100\r\n\
    TZOFFSETTO:+0200\r\n\
    TZNAME:CEST\r\n\
    END:DAYLIGHT\r\n\
    END:VTIMEZONE\r\n";

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
    if let Some(updated) = header.updated {
        lines.plain("LAST-MODIFIED", &utc(updated));
    }
    lines.address("SOURCE;VALUE=URI", header.self_url);
    lines.address("URL", header.home_url);
    lines.plain("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    lines.plain("X-PUBLISHED-TTL", REFRESH);
    // Even without events: a calendar holds at least one component (RFC 5545, 3.4), and the zone is one.
    lines.verbatim(BERLIN);
    for item in items {
        if let Some(event) = &item.event {
            vevent(&mut lines, header, item, event);
        }
    }
    lines.plain("END", "VCALENDAR");
    lines.done()
}

fn vevent(lines: &mut Lines, header: &Header<'_>, item: &Item, event: &Event) {
    let stamp = item.updated.or(item.published).or(header.updated).unwrap_or(event.start.start());
    lines.plain("BEGIN", "VEVENT");
    lines.text("UID", &urn(&item.id));
    lines.plain("DTSTAMP", &utc(stamp));
    lines.plain("SEQUENCE", &item.story.revision.min(i32::MAX.unsigned_abs()).to_string());
    for (name, at) in [("CREATED", item.published), ("LAST-MODIFIED", item.updated)] {
        if let Some(at) = at {
            lines.plain(name, &utc(at));
        }
    }
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
    let place = event.place.as_deref().filter(|place| !text::fold(place).is_empty());
    let place: Vec<_> = place.into_iter().chain(online).collect();
    if !place.is_empty() {
        lines.text("LOCATION", &place.join(" / "));
    }
    if let Some(address) = web(&item.url) {
        lines.address("URL", &address);
    }
    if let Some(organiser) = &event.organiser {
        lines.text("X-AMTSTICKER-ORGANISER", organiser);
    }
    if let Some(registration) = event.registration.as_deref().and_then(reach) {
        lines.text("X-AMTSTICKER-REGISTRATION", &registration);
    }
    let labels: Vec<_> = labels(item).map(|(code, _)| escaped(&(header.label)(code))).collect();
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
