//! The feeds and calendars of exactly this filter: each a link, and its address to copy.

use model::Kind;

use super::{Scene, unseen};
use crate::links;
use crate::still::{Still, still};

pub(super) fn subscribe(scene: &Scene<'_>) -> Still {
    let (words, origin, filter) = (scene.words, &scene.data.origin, &scene.filter);
    let events = links::on_tab(filter, Kind::Event);
    let feeds = [
        (words.rss, links::feed(origin, "rss.xml", filter)),
        (words.atom, links::feed(origin, "atom.xml", filter)),
        (words.json_feed, links::feed(origin, "feed.json", filter)),
        (words.ics, links::feed(origin, "events.ics", &events)),
    ];
    let shared = links::embed(origin, filter, &crate::Look::default());
    let webcal = links::webcal(origin, &events).map(|address| {
        let link = still("a").attr("href", address).text(words.webcal);
        still("li").class("at-webcal").with(link).text(" ").with(still("span").text(words.outlook))
    });
    still("details")
        .class("at-subscribe")
        .attr("data-at-key", "subscribe")
        .with(still("summary").class("at-summary").text(words.subscribe))
        .with(still("p").class("at-hint").text(words.subscribe_hint))
        .with(
            still("ul")
                .class("at-feeds")
                .with(feeds.into_iter().map(|(label, address)| feed(scene, label, address)))
                .with(webcal)
                .with([feed(scene, words.share, shared)]),
        )
}

/// The button is for scripts; without them the address can be copied from its field.
fn feed(scene: &Scene<'_>, label: &str, address: String) -> Still {
    let words = scene.words;
    let field = still("input")
        .class("at-address")
        .attr("type", "text")
        .attr("value", address.as_str())
        .flag("readonly", true)
        .attr("aria-label", label);
    let copy = still("button")
        .class("at-link")
        .attr("type", "button")
        .attr("data-at-copy", words.copied)
        .attr("aria-live", "polite")
        .text(words.copy)
        .with(unseen(format!(": {label}")));
    still("li").with(still("a").attr("href", address).text(label)).with(field).with(copy)
}
