//! The scrape contract: what a source's document must show to count as read. Pure.
//!
//! A page whose layout changed still gives something: the first five links of its menu, without dates. Kept, that
//! would be noise for readers and silence for the operator. So each source says what it is known to send, and what
//! falls short is suspect: nothing of it is kept, and what was kept before stays.

use model::{Entry, Expect, Moment, Reading, Trouble};

const DAY_MS: i64 = 24 * 3600 * 1000;

/// What is wrong with a reading, and why, in one sentence; nothing if it keeps the contract.
///
/// A reader's own finding (a bot wall, an error page) comes before anything that can be counted.
pub(crate) fn broken(reading: &Reading, expect: Option<&Expect>, now: Moment) -> Option<(Trouble, String)> {
    if let Some(trouble) = reading.trouble {
        let why = reading.complaints.first().map(|complaint| complaint.text.clone());
        return Some((trouble, why.unwrap_or_default()));
    }
    let expect = expect?;
    let (entries, layout) = (&reading.entries, |why: String| Some((Trouble::LayoutChanged, why)));
    let (found, least) = (entries.len(), expect.items.unwrap_or(0) as usize);
    if found == 0 && least > 0 {
        return Some((Trouble::Empty, format!("no items, where {least} are expected")));
    }
    if found < least {
        return layout(format!("{found} items, where {least} are expected"));
    }
    if found == 0 {
        return None;
    }
    let dated = entries.iter().filter(|entry| day(entry).is_some()).count();
    if let Some(share) = expect.dated
        && (dated as f32) < share * found as f32
    {
        return layout(format!("{dated} of {found} items have a date, where {} in 100 are expected", share * 100.0));
    }
    let middle = middle_title(entries);
    if let Some(least) = expect.title
        && middle < least as usize
    {
        return layout(format!("the middle title has {middle} characters, where {least} are expected"));
    }
    let newest = entries.iter().filter_map(day).max()?;
    let age = (now.ms() - newest.ms()) / DAY_MS;
    let most = expect.newest_days?;
    (age > i64::from(most)).then(|| (Trouble::Stale, format!("the newest item is {age} days old, the limit is {most}")))
}

/// When an entry came, or for an event, when it is.
fn day(entry: &Entry) -> Option<Moment> {
    entry.published.or(entry.updated).or_else(|| Some(entry.event.as_ref()?.start.start()))
}

fn middle_title(entries: &[Entry]) -> usize {
    let length = |entry: &Entry| entry.title.as_deref().map_or(0, |title| title.chars().count());
    let mut lengths: Vec<usize> = entries.iter().map(length).collect();
    lengths.sort_unstable();
    lengths[lengths.len() / 2]
}

#[cfg(test)]
mod tests;
