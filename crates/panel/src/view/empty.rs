//! Nothing to show: which filters, taken away, surely show something, and how to hear of what is yet to come.

use model::Query;

use super::{Scene, chips};
use crate::links::{self, Part};
use crate::still::{Still, still};

pub(super) fn empty(scene: &Scene<'_>) -> Still {
    let words = scene.words;
    let reset = links::reset(&scene.filter, scene.look);
    let narrowed = reset != scene.filter;
    let ways = narrowed.then(|| {
        let all = scene.go("at-reset", &reset).text(words.reset);
        still("ul").class("at-ways").with(ways(scene)).with([still("li").with(all)])
    });
    let feed =
        still("a").attr("href", links::feed(&scene.data.origin, "atom.xml", &scene.filter)).text(words.empty_feed);
    still("div")
        .class("at-empty")
        .attr("id", "at-list")
        .with(still("p").with(still("strong").text(words.empty)))
        .with(narrowed.then(|| still("p").text(words.empty_hint)))
        .with(scene.filter.q.is_some().then(|| still("p").text(words.words_hint)))
        .with(ways)
        .with(still("p").with(feed))
}

/// A facet ignores its own selection, so its counts say what there would be without it: at least as much as its
/// best choice has.
fn ways(scene: &Scene<'_>) -> Vec<Still> {
    let facets = &scene.data.page.facets;
    let best = |counts: &std::collections::BTreeMap<String, u64>| counts.values().copied().max().unwrap_or(0);
    let of = |part: &Part| match part {
        Part::State(_) => Some(best(&facets.state)),
        Part::Topic(_) => Some(best(&facets.topic)),
        Part::Source(_) => Some(best(&facets.source)),
        Part::Words | Part::Period => None,
    };
    let parts = links::parts(&scene.filter, scene.look);
    let mut kinds: Vec<(u64, Vec<&Part>)> = Vec::new();
    for part in &parts {
        let Some(count) = of(part).filter(|count| *count > 0) else { continue };
        match kinds.iter_mut().find(|(_, same)| std::mem::discriminant(same[0]) == std::mem::discriminant(part)) {
            Some((_, same)) => same.push(part),
            None => kinds.push((count, vec![part])),
        }
    }
    let way = |(count, parts): &(u64, Vec<&Part>)| {
        let without = parts.iter().fold(scene.filter.clone(), |filter: Query, part| links::without(&filter, part));
        let names: Vec<String> = parts.iter().map(|part| chips::label(scene, part)).collect();
        let label = (scene.words.without)(&names.join(", "), &scene.words.count(*count, scene.kind));
        still("li").with(scene.go("at-way", &without).text(label))
    };
    kinds.iter().map(way).collect()
}
