//! One item of the list: what, who, when, where, in a few lines of plain text.

use model::{Item, Moment, State};

use super::{Scene, heading_tag, others, outward, schedule, unseen, why};
use crate::still::{Still, still};
use crate::words::Words;
use crate::{View, dates};

/// Characters of a teaser, at most.
const TEASER: usize = 200;
/// So long something is new.
const NEW_MS: i64 = 24 * 3_600_000;

pub(super) fn item(scene: &Scene<'_>, item: &Item) -> Still {
    let (words, brief) = (scene.words, matches!(scene.look.view, View::Compact));
    let foreign = (!item.lang.is_empty() && !item.lang.starts_with(&words.lang.code()[..2])).then(|| item.lang.clone());
    let marks = scene.data.marks.get(&item.id);
    let link = outward("at-open", &item.url, foreign.clone())
        .attr_if("target", scene.look.new_window.then(|| "_blank".to_owned()));
    let link = marked(link, &item.title, marks.map_or(&[], |marks| &marks.title));
    let link = if is_pdf(&item.url) { link.text(" ").text(words.pdf) } else { link };
    let link = if scene.look.new_window { link.text(" ").with(unseen(words.new_window)) } else { link };
    let title =
        still(heading_tag(scene.look.heading_level + 1)).class("at-title").attr_if("lang", foreign.clone()).with(link);
    // Many sources put their Land above the title; it stands in the line below anyway.
    let told = |kicker: &&String| item.states.iter().any(|state| words.state(*state) == kicker.as_str());
    let kicker = item.kicker.iter().filter(|kicker| !brief && !told(kicker));
    let kicker = kicker.map(|kicker| still("p").class("at-kicker").attr_if("lang", foreign.clone()).text(kicker));
    let whole = still("li")
        .class("at-item")
        .attr("data-at-item", &item.id)
        .with(kicker)
        .with(title)
        .with(item.event.iter().map(|event| schedule::when(words, event)));
    if brief {
        return whole.with(meta(scene, item));
    }
    let end = teaser_end(&item.summary);
    let teaser = (!item.summary.is_empty()).then(|| {
        let shown = marks.map_or(&[][..], |marks| &marks.summary);
        let text = marked(still("p").class("at-teaser").attr_if("lang", foreign), &item.summary[..end], shown);
        if end < item.summary.len() { text.text("\u{a0}…") } else { text }
    });
    whole
        .with(item.event.iter().filter_map(|event| schedule::place(words, event)))
        .with(meta(scene, item))
        .with(teaser)
        .with(labels(scene, item))
        .with(why::why(scene, item))
        .with(keep(scene, item))
        .with(others::others(scene, &item.story, &item.source.name))
}

fn meta(scene: &Scene<'_>, item: &Item) -> Still {
    let words = scene.words;
    // An event's own date stands above; that of its announcement must not be mistaken for it.
    let announced = if item.event.is_some() { words.published } else { "" };
    let published = item.published.map(|published| still("span").text(announced).with(day(published, words)));
    let new = item.published.zip(scene.data.now).filter(|(published, now)| now.ms() - published.ms() < NEW_MS);
    let new = new.filter(|_| item.event.is_none()).map(|_| still("strong").class("at-new").text(words.new));
    let states: Vec<&str> = item.states.iter().map(|state: &State| words.state(*state)).collect();
    still("p")
        .class("at-meta")
        .spaced(new)
        .spaced(still("span").class("at-source").text(&item.source.name))
        .spaced(published)
        .spaced((!states.is_empty()).then(|| still("span").text(states.join(", "))))
        .spaced(other_language(words, &item.lang).map(|name| still("span").text(name)))
}

/// What a text is written in, if not in German as nearly all are.
fn other_language(words: &Words, lang: &str) -> Option<String> {
    let code = lang.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let known = words.languages.iter().find(|(known, _)| *known == code).map(|(_, name)| (*name).to_owned());
    (!code.is_empty() && code != "de").then(|| known.unwrap_or_else(|| code.to_ascii_uppercase()))
}

/// Readers want to know before they follow a link that it leads to no page.
fn is_pdf(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.len() > 4 && path.get(path.len() - 4..).is_some_and(|ending| ending.eq_ignore_ascii_case(".pdf"))
}

/// Ways to take the item along: into a calendar, or its link. The button is shown by the script that answers it.
fn keep(scene: &Scene<'_>, item: &Item) -> Option<Still> {
    let share = (scene.look.share && !scene.look.standalone).then(|| {
        still("button")
            .class("at-link")
            .attr("type", "button")
            .attr("data-at-share", scene.words.passed_on)
            .attr("aria-live", "polite")
            .flag("hidden", true)
            .text(scene.words.pass_on)
            .with(unseen(format!(": {}", item.title)))
    });
    let calendar = item.event.as_ref().map(|_| schedule::to_calendar(scene, &item.id));
    (share.is_some() || calendar.is_some()).then(|| still("p").class("at-keep").spaced(calendar).spaced(share))
}

/// What the item is about, and the way to the evidence.
fn labels(scene: &Scene<'_>, item: &Item) -> Option<Still> {
    let topics: Vec<&str> = item.topics.iter().map(|slug| scene.data.names.topic(slug)).collect();
    let why = why::link(scene, item);
    (!topics.is_empty() || why.is_some()).then(|| {
        still("p")
            .class("at-topics")
            .spaced((!topics.is_empty()).then(|| still("span").text(topics.join(" · "))))
            .spaced(why)
    })
}

/// The day of a publication. Where a script runs it adds how long ago that is, for what is young.
pub(super) fn day(published: Moment, words: &Words) -> Still {
    let day = dates::long(published, words).replace(' ', "\u{a0}");
    still("time").attr("datetime", published.to_string()).text(day)
}

/// The text with the words that were searched for marked.
fn marked(mut into: Still, text: &str, marks: &[(usize, usize)]) -> Still {
    let mut done = 0;
    for (start, end) in marks {
        // Marks beyond the cut of a teaser are not shown, and a mark that does not fit the text is none.
        let (Some(before), Some(word)) = (text.get(done..*start), text.get(*start..*end)) else { continue };
        into = into.text(by_host(before)).with(still("mark").text(word));
        done = *end;
    }
    into.text(by_host(&text[done..]))
}

/// Addresses in a running text by their hosts. Calendars write them out, as invitations to video conferences, and nobody
/// reads a line of letters and digits; the item's own link leads to them all.
fn by_host(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find("://") {
        let scheme = rest[..at].trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let after = &rest[at + 3..];
        let word = &after[..after.find(char::is_whitespace).unwrap_or(after.len())];
        let address = word.trim_end_matches(['.', ',', ';', ':', '!', ')', ']', '>', '"', '“', '”', '’']);
        let host = address.find(['/', '?', '#']).unwrap_or(address.len());
        out.push_str(&rest[..scheme]);
        out.push_str(&address[..host]);
        if address.len() > host + 1 {
            out.push_str("/…");
        }
        rest = &after[address.len()..];
    }
    out + rest
}

/// Where a summary is cut: after a word, or not at all.
fn teaser_end(summary: &str) -> usize {
    let Some((cut, _)) = summary.char_indices().nth(TEASER) else { return summary.len() };
    let head = &summary[..cut];
    let end = head.rfind(' ').filter(|end| *end > cut / 2).unwrap_or(cut);
    head[..end].trim_end_matches([' ', ',', ';', ':', '–', '-']).len()
}

#[cfg(test)]
mod tests;
