//! What of the items at hand fits another filter: shown at once, until the server has answered.
//!
//! Only that which the item itself says is asked: states, topics, source, days, and whether the words stand in it. The
//! server knows more (inflection, the other members of a story), so its answer replaces the preview.

use model::{Bound, Item, Moment, Query};

/// Whether the item fits, as far as it can tell.
pub(super) fn fits(query: &Query, item: &Item, now: Moment) -> bool {
    let any = |none: bool, one: bool| none || one;
    any(query.states.is_empty(), query.states.iter().any(|state| item.states.contains(state)))
        && any(query.topics.is_empty(), query.topics.iter().any(|topic| item.topics.contains(topic)))
        && any(query.sources.is_empty(), query.sources.contains(&item.source.id))
        && within(query.since, query.until, item, now)
        && query.q.as_deref().is_none_or(|q| has_words(item, q))
}

/// How many sources tell of these.
pub(super) fn tellers(items: &[Item]) -> u64 {
    let mut names: Vec<&str> = Vec::new();
    for item in items {
        for name in [&item.source.name].into_iter().chain(item.story.others.iter().map(|other| &other.source)) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
    }
    names.len() as u64
}

fn within(since: Option<Bound>, until: Option<Bound>, item: &Item, now: Moment) -> bool {
    let (first, last) = match &item.event {
        Some(event) => (Some(event.start.start()), Some(event.over())),
        None => (item.published, item.published),
    };
    since.is_none_or(|since| last.is_some_and(|last| last >= since.from(now)))
        && until.is_none_or(|until| first.is_some_and(|first| first < until.to(now)))
}

fn has_words(item: &Item, q: &str) -> bool {
    let text = fold(&format!("{} {} {}", item.title, item.summary, item.kicker.as_deref().unwrap_or_default()));
    let (mut wanted, mut unwanted) = (true, false);
    for word in q.split_whitespace() {
        match word.strip_prefix('-') {
            Some(word) => unwanted |= !word.is_empty() && text.contains(&fold(word)),
            None => wanted &= text.contains(&fold(word.trim_matches(['"', '„', '“', '”']))),
        }
    }
    wanted && !unwanted
}

/// Small letters, umlauts as German writes them without (ä = ae), so that "Buero" finds "Büro".
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ä' | 'Ä' => out.push_str("ae"),
            'ö' | 'Ö' => out.push_str("oe"),
            'ü' | 'Ü' => out.push_str("ue"),
            'ß' | 'ẞ' => out.push_str("ss"),
            '\u{ad}' => {}
            // Full case mapping costs a table in wasm; letters beyond these two blocks are compared as they are.
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            'À'..='Þ' => out.push(char::from_u32(c as u32 + 32).unwrap_or(c)),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
