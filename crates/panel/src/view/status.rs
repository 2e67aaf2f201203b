//! How much there is, in one sentence, announced when it changes; what to do if there was no answer; and the switch that
//! has marked what is new since the last visit.

use super::Scene;
use crate::still::{Still, still};

pub(super) fn status(scene: &Scene<'_>) -> [Still; 3] {
    let (words, page) = (scene.words, &scene.data.page);
    let mut line = words.status(&scene.filter, &scene.data.names, page.total);
    // One source for all needs no mention, and where sources are chosen they are named.
    if scene.data.tellers > 1 && page.total > 0 && scene.filter.sources.is_empty() {
        line = format!("{line} {}", (words.tellers)(&words.number(scene.data.tellers)));
    }
    if page.items.len() > usize::from(scene.filter.page_size()) && !scene.is_calendar() {
        let loaded = (words.loaded)(&words.number(page.items.len() as u64));
        line = format!("{line}, {loaded}");
    }
    // Always there and the same node, so that a screen reader hears of what changes in it.
    let status = still("p")
        .class("at-status")
        .attr("id", "at-status")
        .attr("role", "status")
        .attr("tabindex", "-1")
        .attr("data-at-slow", words.slow)
        .attr("data-at-ago", words.ago.join("|"))
        .attr("data-at-loaded", (words.loaded)("{n}"))
        .text(line);
    let retry =
        still("button").class("at-link at-retry").attr("type", "button").attr("data-at-retry", "").text(words.retry);
    let failed = still("div")
        .class("at-failed")
        .attr("role", "alert")
        .flag("hidden", true)
        .with(still("p").class("at-away").text(words.failed))
        .with(still("p").class("at-offline").text(words.offline))
        .with(still("p").with(retry));
    let fresh = still("button")
        .class("at-button at-fresh")
        .attr("type", "button")
        .flag("hidden", true)
        .attr("data-at-text", words.more_news)
        // Not seen before the script counts, but checkers want a name for every button.
        .text(words.more_news);
    [status, failed, fresh]
}

/// Storing something in a browser takes the reader's own wish (§ 25 TDDDG): off until it is switched on, by the script,
/// which also shows it. The words say what is stored.
pub(super) fn remember(scene: &Scene<'_>) -> Option<Still> {
    let words = scene.words;
    (scene.look.remember && !scene.look.standalone).then(|| {
        let switch = still("input").attr("type", "checkbox").attr("data-at-remember", words.since_visit);
        let label = still("label").class("at-check").with(switch).with(still("span").text(words.remember));
        let hint = still("p").class("at-hint").text(words.remember_hint);
        still("div").class("at-remember").flag("hidden", true).with(label).with(hint)
    })
}

/// When the list last changed; and, shown by the script if what the browser kept is old, that it is old.
pub(super) fn as_of(scene: &Scene<'_>) -> Option<Still> {
    let as_of = scene.words.as_of(scene.data.page.updated?);
    let stale = still("strong").class("at-stale").flag("hidden", true).text((scene.words.stale)(&as_of));
    Some(still("p").class("at-asof").with(still("span").text(as_of)).with(stale))
}
