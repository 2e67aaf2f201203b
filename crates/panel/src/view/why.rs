//! Why an item has its labels: the words of the item that spoke for each. The evidence is asked for when a reader wants
//! it, since it weighs more than the list itself.

use model::{Item, Query, Why};

use super::Scene;
use crate::still::{Still, still};

/// The way to the evidence, where it is not there yet.
pub(super) fn link(scene: &Scene<'_>, item: &Item) -> Option<Still> {
    (!scene.filter.explain && scene.data.query.cursor.is_none()).then(|| {
        let explained = Query { explain: true, ..scene.filter.clone() };
        scene
            .go("at-explain", &explained)
            .attr("data-at-why", "")
            .attr("aria-label", format!("{} {}", scene.words.why, item.title))
            .text(scene.words.why)
    })
}

pub(super) fn why(scene: &Scene<'_>, item: &Item) -> Option<Still> {
    if item.why.is_empty() {
        return None;
    }
    let words = scene.words;
    let mut said: Vec<String> = Vec::new();
    for why in &item.why {
        let Some(label) = label(scene, why) else { continue };
        let place = match &*why.field {
            "title" | "kicker" => words.in_title,
            "source" => words.in_source,
            _ => words.in_text,
        };
        let line = (words.because)(label, place, &why.text);
        if !said.contains(&line) {
            said.push(line);
        }
    }
    let details = still("details")
        .class("at-why")
        .attr("data-at-key", format!("why:{}", item.id))
        .with(still("summary").class("at-summary").text(words.why))
        .with(still("p").text(words.why_about))
        .with(still("ul").with(said.iter().map(|line| still("li").text(line))));
    Some(details)
}

fn label<'a>(scene: &'a Scene<'_>, why: &'a Why) -> Option<&'a str> {
    match why.label.split_once(':') {
        Some(("state", code)) => code.parse().ok().map(|state| scene.words.state(state)),
        Some(("topic", slug)) => Some(scene.data.names.topic(slug)),
        Some(("kind", _)) => Some(scene.words.why_event),
        _ => (why.label == "relevance").then_some(scene.words.why_relevant),
    }
}
