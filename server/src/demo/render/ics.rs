//! A calendar (RFC 5545): folded lines, days as days, times in UTC, one event cancelled.

use model::{Moment, Status, When};

use super::link;
use crate::demo::content::{Habit, Post};

pub(crate) fn calendar(habit: &Habit, posts: &[Post], base: &str) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| fold(&mut out, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Amtsticker//Beispieldaten//DE");
    line("X-WR-CALNAME", &text(&habit.name));
    for post in posts {
        let Some(event) = &post.event else { continue };
        line("BEGIN", "VEVENT");
        line("UID", &format!("{}@{}.example", post.slug, post.source));
        line("DTSTAMP", &utc(post.published));
        line("SUMMARY", &text(&post.title));
        line("DESCRIPTION", &text(&described(post)));
        line("URL", &format!("{base}{}", link(habit, post)));
        let last = event.end.unwrap_or(event.start);
        match (event.start, last) {
            // The end of a day-long event is the day after its last (RFC 5545, 3.6.1).
            (When::Day(first), last) => {
                line("DTSTART;VALUE=DATE", &day(first));
                line("DTEND;VALUE=DATE", &day(last.date().plus_days(1)));
            }
            (When::At(start), last) => {
                line("DTSTART", &utc(start));
                line("DTEND", &utc(last.start()));
            }
        }
        match (&event.place, event.online) {
            (Some(place), _) => line("LOCATION", &text(place)),
            (None, true) => line("LOCATION", "Online"),
            (None, false) => {}
        }
        line(
            "STATUS",
            match event.status {
                Status::Confirmed => "CONFIRMED",
                Status::Tentative => "TENTATIVE",
                Status::Cancelled => "CANCELLED",
            },
        );
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    out
}

/// RFC 5545 has no property for registration, so calendars write it into the description.
fn described(post: &Post) -> String {
    let event = post.event.as_ref();
    let mut description = post.teaser.clone();
    if event.is_some_and(|event| event.online && event.place.is_some()) {
        description.push_str("\nTeilnahme auch online möglich.");
    }
    if let Some(registration) = event.and_then(|event| event.registration.as_ref()) {
        description.push_str(&format!("\nAnmeldung: {registration}"));
    }
    description
}

fn text(value: &str) -> String {
    value.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

fn day(date: model::Date) -> String {
    date.to_string().replace('-', "")
}

/// `20261208T090000Z`: Berlin's wall clock moved back by its offset.
fn utc(moment: Moment) -> String {
    let seconds = moment.ms().div_euclid(1000);
    let of_day = seconds.rem_euclid(86_400);
    let date = model::Date::from_days(seconds.div_euclid(86_400));
    format!("{}T{:02}{:02}{:02}Z", day(date), of_day / 3600, of_day / 60 % 60, of_day % 60)
}

/// Lines of at most 75 octets, continued after a space (RFC 5545, 3.1), never inside a letter.
fn fold(out: &mut String, line: &str) {
    let mut width = 0;
    for letter in line.chars() {
        if width + letter.len_utf8() > 75 {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(letter);
        width += letter.len_utf8();
    }
    out.push_str("\r\n");
}
