//! One item of the list: what, who, when, where, in a few lines of plain text.

use model::{Item, Moment, State};

use super::{heading_tag, others, outward, schedule};
use crate::still::{Still, still};
use crate::words::Words;
use crate::{Desk, dates};

/// Characters of a teaser, at most.
const TEASER: usize = 200;

pub(super) fn item(desk: Desk, item: &Item) -> Still {
    let words = desk.words;
    let foreign = (!item.lang.starts_with(words.lang.code())).then(|| item.lang.clone());
    let level = desk.look(|look| look.heading_level + 1);
    let link = outward("at-open", &item.url, foreign.clone(), &item.title);
    let title = still(heading_tag(level)).class("at-title").attr_if("lang", foreign.clone()).with(link);
    let kicker =
        item.kicker.iter().map(|kicker| still("p").class("at-kicker").attr_if("lang", foreign.clone()).text(kicker));
    let teaser = teaser(&item.summary);
    let topics: Vec<String> = desk.names(|names| item.topics.iter().map(|slug| names.topic(slug).to_owned()).collect());
    let others = others::others(desk, &item.story, &item.source.name);
    // An event's own date stands above; that of its announcement must not be mistaken for it.
    let announced = if item.event.is_some() { words.published } else { "" };
    let published = item.published.map(|published| still("span").text(announced).with(day(published, words)));
    let meta = still("p")
        .class("at-meta")
        .with(still("span").class("at-source").text(&item.source.name))
        .with(published)
        .with((!item.states.is_empty()).then(|| still("span").text(states(words, &item.states))));
    still("li")
        .class("at-item")
        .attr("data-at-item", &item.id)
        .with(kicker)
        .with(title)
        .with(item.event.iter().map(|event| schedule::when(words, event)))
        .with(item.event.iter().filter_map(|event| schedule::place(words, event)))
        .with(meta)
        .with((!teaser.is_empty()).then(|| still("p").class("at-teaser").attr_if("lang", foreign).text(teaser)))
        .with((!topics.is_empty()).then(|| still("p").class("at-topics").text(topics.join(" · "))))
        .with(others)
}

/// The day of a publication.
pub(super) fn day(published: Moment, words: &Words) -> Still {
    still("time").attr("datetime", published.to_string()).text(dates::long(published, words))
}

fn states(words: &Words, states: &[State]) -> String {
    states.iter().map(|state| words.state(*state)).collect::<Vec<_>>().join(", ")
}

/// The first characters of the summary, cut after a word.
fn teaser(summary: &str) -> String {
    let Some((cut, _)) = summary.char_indices().nth(TEASER) else { return summary.to_owned() };
    let head = &summary[..cut];
    let end = head.rfind(' ').filter(|end| *end > cut / 2).unwrap_or(cut);
    format!("{} …", head[..end].trim_end_matches([' ', ',', ';', ':', '–', '-']))
}

#[cfg(test)]
mod tests;
