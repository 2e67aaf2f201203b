//! Who else tells the same story.

use model::Story;

use super::{Scene, item, outward};
use crate::still::{Still, still};

pub(super) fn others(scene: &Scene<'_>, story: &Story, source: &str) -> Option<Still> {
    if story.others.is_empty() {
        return None;
    }
    let words = scene.words;
    let mut sources = vec![source];
    for other in &story.others {
        if !sources.contains(&other.source.as_str()) {
            sources.push(&other.source);
        }
    }
    let summary = match sources.len() - 1 {
        0 => (words.also)(story.others.len()),
        count => (words.also_from)(count),
    };
    let tellers = story.others.iter().map(|other| {
        let meta = still("span")
            .class("at-meta")
            .with(still("span").class("at-source").text(&other.source))
            .spaced(other.published.map(|published| item::day(published, words)));
        still("li").with(outward("at-teller", &other.url, None).text(&other.title)).text(" ").with(meta)
    });
    let details = still("details")
        .class("at-others")
        .with(still("summary").class("at-summary").text(summary))
        .with(still("ul").class("at-tellers").with(tellers));
    Some(details)
}
