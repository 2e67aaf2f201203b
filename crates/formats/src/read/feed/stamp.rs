//! Dates as feeds write them. Nearly all are RFC 3339 or RFC 822 and are read here, without detours; all else is
//! the language's.
//!
//! A day alone in one of these two forms begins at midnight UTC, as every reader of feeds has it: it is the same day
//! in Berlin. A time without a zone is Berlin's, and so is a day in a German form.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use model::Moment;

use super::super::when;

/// Months of RFC 822; some write them in full.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The point in time that a date element names.
pub(in crate::read) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    rfc3339(text).or_else(|| rfc822(text)).or_else(|| when::moment(text))
}

/// `2026-03-01T10:00:00+01:00`, `2026-03-01`. Fields one step beyond their end are carried, as C's `mktime` does for
/// those who print what they counted: the 31st of June is the 1st of July, 10:60 is 11:00.
fn rfc3339(text: &str) -> Option<Moment> {
    let (day, rest) = text.split_at_checked(10)?;
    let [b'0'..=b'9', _, _, _, b'-', _, _, b'-', _, _] = day.as_bytes() else { return None };
    let (year, month, day) = (number(&day[..4])?, number(&day[5..7])?, number(&day[8..])?);
    let first = Date::new(year, month.try_into().ok()?, 1).ok()?;
    if !(1..=32).contains(&day) {
        return None;
    }
    let days = i64::from(day - 1) * 86_400_000;
    if rest.is_empty() {
        // A day that is not on the calendar has no time of day that could have been carried into it.
        return (day <= i16::from(first.days_in_month())).then(|| after(first, days)).flatten();
    }
    let clock = rest.strip_prefix(['T', ' '])?;
    let end = clock.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(clock.len());
    let time = of_day(&clock[..end], 25, 61)?;
    after(first, days + time - zone(clock[end..].trim_start())?)
}

/// `Sun, 1 Mar 2026 10:00:00 +0100`, `01 Mar 2026`.
fn rfc822(text: &str) -> Option<Moment> {
    let mut words = text.split_ascii_whitespace();
    let mut word = words.next()?;
    if word.len() >= 4 && word.ends_with(',') {
        word = words.next()?;
    }
    let day = number(word).filter(|_| word.len() <= 2)?;
    let name = words.next()?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| name.len() >= 3 && month.starts_with(&name))? + 1;
    let year = words.next().filter(|year| year.len() == 4).and_then(number)?;
    let date = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    let Some(clock) = words.next() else { return after(date, 0) };
    let time = of_day(clock, 23, 60)?;
    let zone = zone(words.next()?)?;
    words.next().is_none().then(|| after(date, time - zone)).flatten()
}

fn number(digits: &str) -> Option<i16> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// Milliseconds of `10:00`, `10:00:00`, `10:00:00.123`.
fn of_day(text: &str, most_hours: i16, most: i16) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let thousandths: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    let mut parts = whole.split(':').map(|part| number(part).filter(|_| matches!(part.len(), 1 | 2)));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    let fits = hour <= most_hours && minute <= most && second <= most && parts.next().is_none();
    let seconds = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
    fits.then_some(seconds * 1_000 + thousandths)
}

/// Milliseconds east of Greenwich: `Z`, `GMT`, `+0100`, `+01:00`, and `+00:0`, which lost its end.
fn zone(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z" | "GMT" | "UTC" | "UT") {
        return Some(0);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None => digits.split_at_checked(2)?,
    };
    let fits = hours.len() == 2 && minutes.len() <= 2;
    let (hours, minutes) = (number(hours)?, if minutes.is_empty() { 0 } else { number(minutes)? });
    (fits && hours <= 14 && minutes < 60).then(|| sign * (i64::from(hours) * 60 + i64::from(minutes)) * 60_000)
}

/// So many milliseconds after the midnight that begins a day, both in UTC.
fn after(day: Date, ms: i64) -> Option<Moment> {
    let midnight = Offset::UTC.to_timestamp(day.to_datetime(Time::midnight())).ok()?;
    (1900..=2200).contains(&day.year()).then(|| Moment::from_ms(midnight.as_millisecond() + ms))
}

#[cfg(test)]
mod tests;
