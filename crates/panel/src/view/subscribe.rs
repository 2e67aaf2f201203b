//! The feeds and calendars of exactly this filter.

use leptos::prelude::*;
use model::Kind;

use crate::Desk;
use crate::links;
use crate::still::{Still, still};

pub(super) fn subscribe(desk: Desk) -> impl IntoView + use<> {
    let words = desk.words;
    view! {
        <details class="at-subscribe" data-at-key="subscribe">
            <summary class="at-summary">{words.subscribe}</summary>
            {move || feeds(desk)}
        </details>
    }
}

fn feeds(desk: Desk) -> Still {
    let words = desk.words;
    let origin = desk.origin();
    let feeds = desk.filter.with(|filter| {
        let mut feeds = vec![
            (words.atom, links::feed(&origin, "atom.xml", filter)),
            (words.json_feed, links::feed(&origin, "feed.json", filter)),
        ];
        if links::kind(filter) == Kind::Event {
            feeds.extend(links::webcal(&origin, filter).map(|address| (words.webcal, address)));
            feeds.push((words.ics, links::feed(&origin, "events.ics", filter)));
        }
        feeds
    });
    let link = |(label, href): (&str, String)| still("li").with(still("a").attr("href", href).text(label));
    still("ul").class("at-feeds").with(feeds.into_iter().map(link))
}
