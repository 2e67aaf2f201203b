//! When and where. From structure: what a calendar, a feed's event fields or a page's markup said is taken over,
//! made consistent; and everything a source of events publishes is an event.
//!
//! From prose, where structure says nothing: [`announced`] finds what a text announces. An item becomes an event only
//! if the announcement is what it is about, as its title shows: a report that names next month's congress stays news.

use model::{Date, Event, Kind, Moment, Source, When};

use crate::normalise::{self, Draft, cut};
use crate::rules::Rules;

mod alike;
mod prose;
mod tell;

pub use prose::{Announced, LONGEST, Reason};
pub use tell::tell;

/// Longest place and organiser in characters.
const WORDS: usize = 200;
/// Longest address to register at in characters; half an address leads nowhere, so longer ones are dropped.
const REGISTRATION: usize = 500;

/// The events that a text announces, as seen from the day it was written; by their start. `title` is what stands over
/// the text. Without that day only dates with a year count.
#[must_use]
pub fn announced(text: &str, title: Option<&str>, context: Option<Date>, rules: &Rules) -> Vec<Announced> {
    said(text, title, context, rules).into_iter().filter(|one| !one.is_off()).collect()
}

fn said(text: &str, title: Option<&str>, context: Option<Date>, rules: &Rules) -> Vec<Announced> {
    prose::read(text, title, context, &|word| rules.knows_place(word))
}

/// The kind of an item, and its event.
#[must_use]
pub fn find(draft: &Draft, source: &Source, rules: &Rules, now: Moment) -> (Kind, Option<Event>) {
    if let Some(event) = &draft.entry.event {
        return (Kind::Event, Some(consistent(event.clone())));
    }
    let undated = draft.published.is_none();
    match undated.then(|| from_prose(draft, source, rules, now.date())).flatten() {
        Some(event) => (Kind::Event, Some(consistent(event))),
        // A list of events whose dates could not be read: on the right shelf, without a day.
        None if source.events => (Kind::Event, None),
        None => (Kind::News, None),
    }
}

/// Puts the events that a text announces beside what its document marked. Of a dated text the one it is about becomes
/// the item's, before anything is hashed: a date that moves in the text is a change of the item. Texts without a date of
/// their own are read for that in [`find`]: seen from a later day their dates may mean another year, and that is no
/// change. All others stay announced, for items of their own (see [`crate::batch`]).
#[must_use]
pub fn announce(mut draft: Draft, source: &Source, rules: &Rules) -> Draft {
    if draft.entry.event.is_some() {
        return draft;
    }
    let (off, mut told): (Vec<_>, Vec<_>) =
        told_in(&draft, draft.published.map(Moment::date), rules).into_iter().partition(Announced::is_off);
    draft.called_off = off;
    let several = told.len() > 1;
    if draft.published.is_some()
        && let Some(at) = own(&told, &draft, source)
    {
        draft.entry.event = Some(told.remove(at).event);
    }
    // A report that names a congress in passing holds no event; one that invites to it does.
    told.retain(|one| several || one.invites());
    draft.announced = told;
    draft
}

/// An event from prose as the event of an item.
#[must_use]
pub fn from_announced(one: &Announced) -> Event {
    consistent(one.event.clone())
}

fn told_in(draft: &Draft, context: Option<Date>, rules: &Rules) -> Vec<Announced> {
    let lines = crate::normalise::lines(&draft.text);
    let text = if lines.is_empty() { &draft.summary } else { &lines };
    said(text, Some(&draft.title), context, rules)
}

/// Which of the events is the item's own.
fn own(told: &[Announced], draft: &Draft, source: &Source) -> Option<usize> {
    if source.events { (!told.is_empty()).then_some(0) } else { prose::subject(told, &draft.title) }
}

fn from_prose(draft: &Draft, source: &Source, rules: &Rules, context: Date) -> Option<Event> {
    let mut told = told_in(draft, Some(context), rules);
    told.retain(|one| !one.is_off());
    own(&told, draft, source).map(|at| told.swap_remove(at).event)
}

/// No end before the start, both of one kind, no empty and no endless words.
fn consistent(mut event: Event) -> Event {
    event.end = event.end.and_then(|end| later(event.start, end));
    if let Some(end) = event.end
        && (matches!(event.start, When::Day(_)) || matches!(end, When::Day(_)))
    {
        event.start = When::Day(event.start.date());
        event.end = Some(When::Day(last_day(end)));
    }
    event.all_day = matches!(event.start, When::Day(_));
    for words in [&mut event.place, &mut event.organiser] {
        // One less for the ellipsis.
        *words =
            plain(words.take()).map(|words| if words.chars().count() > WORDS { cut(&words, WORDS - 1) } else { words });
    }
    event.registration = plain(event.registration).map(with_scheme).filter(|address| registers(address));
    event
}

/// The end, if it is one: later than the start, or the same day. A start keeps its hour beside an end that is none.
fn later(start: When, end: When) -> Option<When> {
    let later = match (start, end) {
        (When::At(start), When::At(end)) => start < end,
        _ => start.date() <= last_day(end),
    };
    later.then_some(end)
}

/// The last day of an event that ends so. Who ends at midnight is not there on the next day.
fn last_day(end: When) -> Date {
    match end {
        When::Day(day) => day,
        When::At(end) => Moment::from_ms(end.ms().saturating_sub(1)).date(),
    }
}

fn plain(words: Option<String>) -> Option<String> {
    words.map(|words| normalise::plain(&words)).filter(|words| !words.is_empty())
}

/// "www.amt.example/anmeldung", as people write it in a text.
fn with_scheme(address: String) -> String {
    if address.starts_with("www.") { format!("https://{address}") } else { address }
}

/// Whether one can register there: a page or an e-mail address, with or without `mailto:`. Everything else that stands
/// in the field ("telefonisch", `javascript:`) must not become a link.
fn registers(address: &str) -> bool {
    // No address holds these (RFC 3986), and in an attribute that somebody writes around it they would end it.
    let foreign = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '`' | '‹' | '›');
    if address.chars().count() > REGISTRATION || address.contains(foreign) {
        return false;
    }
    match ::url::Url::parse(address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => url.has_host(),
        Ok(url) if url.scheme() == "mailto" => is_mail(url.path()),
        Ok(_) => false,
        Err(_) => is_mail(address),
    }
}

/// Narrower than RFC 5322, which allows comments and quotes that nobody's office has.
fn is_mail(address: &str) -> bool {
    let Some((name, host)) = address.split_once('@') else { return false };
    let named = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    named && host.contains('.') && host.split('.').all(label)
}

#[cfg(test)]
mod tests;
