//! Dates and times as readers see them, in Berlin's time. Pure: nothing here knows what day it is today.

use model::{Date, Event, Moment, When};

use crate::words::{Shorten, Words};

/// "21. November 2026".
#[must_use]
pub fn long(moment: Moment, words: &Words) -> String {
    (words.long_date)(moment.date())
}

/// "Di., 24. Nov. 2026, 10–12 Uhr", "24.–26. Nov. 2026", "30. Nov. – 2. Dez. 2026".
#[must_use]
pub fn event(event: &Event, words: &Words) -> String {
    let (first, last) = (event.start.date(), last_day(event));
    if first != last {
        return span(first, last, words);
    }
    let day = (words.short_date)(first, Shorten::Nothing);
    match event.start {
        When::At(start) if !event.all_day => {
            let to = match event.end {
                Some(When::At(end)) if end > start => Some(end.clock()),
                _ => None,
            };
            format!("{day}, {}", (words.clock)(start.clock(), to))
        }
        _ => day,
    }
}

/// An event that ends at midnight, or in the small hours after an evening, ends on the day it began.
fn last_day(event: &Event) -> Date {
    let first = event.start.date();
    match event.end {
        None => first,
        Some(When::Day(day)) => day.max(first),
        Some(When::At(end)) => {
            let night = end.clock().0 < 6 && end.date() == first.plus_days(1);
            if night { first } else { end.date().max(first) }
        }
    }
}

fn span(first: Date, last: Date, words: &Words) -> String {
    let short = words.short_date;
    let end = short(last, Shorten::Weekday);
    if first.year() != last.year() {
        format!("{} – {end}", short(first, Shorten::Weekday))
    } else if first.month() != last.month() {
        format!("{} – {end}", short(first, Shorten::Year))
    } else {
        format!("{}–{end}", short(first, Shorten::Month))
    }
}

#[cfg(test)]
mod tests;
