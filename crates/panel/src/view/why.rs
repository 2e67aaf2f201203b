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
    // One line for a label and a place: a word is found by several rules, and in several forms.
    let mut said: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for why in &item.why {
        let Some(label) = label(scene, why) else { continue };
        let (place, text) = match &*why.field {
            "title" | "kicker" => (words.in_title, &why.text),
            "address" => (words.in_address, &why.text),
            // Its id is for those who keep the catalogue.
            "source" => (words.in_source, &item.source.name),
            _ => (words.in_text, &why.text),
        };
        let line = said.iter().position(|line| (line.0, line.1) == (label, place)).unwrap_or_else(|| {
            said.push((label, place, Vec::new()));
            said.len() - 1
        });
        let texts = &mut said[line].2;
        if !texts.iter().any(|known| known.eq_ignore_ascii_case(text)) {
            texts.push(text);
        }
    }
    let line = |(label, place, texts): &(&str, &str, Vec<&str>)| {
        let quoted: Vec<String> = texts.iter().map(|text| (words.quoted)(text)).collect();
        still("li").text((words.because)(label, place, &quoted.join(", ")))
    };
    let details = still("details")
        .class("at-why")
        .attr("data-at-key", format!("why:{}", item.id))
        .with(still("summary").class("at-summary").text(words.why))
        .with(still("p").text(words.why_about))
        .with(still("ul").with(said.iter().map(line)));
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
