//! The active filters, each with a link that takes it away, and one that takes away all.

use super::{Scene, unseen};
use crate::links::{self, Part};
use crate::still::{Still, still};

pub(super) fn chips(scene: &Scene<'_>) -> Option<Still> {
    let parts = links::parts(&scene.filter, scene.look);
    if parts.is_empty() {
        return None;
    }
    let chip = |part: &Part| {
        let link = scene.go("at-chip", &links::without(&scene.filter, part));
        still("li").with(link.with(unseen(format!("{} ", scene.words.remove))).text(label(scene, part)))
    };
    let reset = links::reset(&scene.filter, scene.look);
    let all = (parts.len() > 1).then(|| still("li").with(scene.go("at-reset", &reset).text(scene.words.reset)));
    let list = still("ul").class("at-chips").attr("aria-label", scene.words.active);
    Some(list.with(parts.iter().map(chip)).with(all))
}

pub(super) fn label(scene: &Scene<'_>, part: &Part) -> String {
    let (words, names) = (scene.words, &scene.data.names);
    match part {
        Part::State(state) => words.state(*state).to_owned(),
        Part::Topic(slug) => names.topic(slug).to_owned(),
        Part::Source(id) => names.source(id).to_owned(),
        Part::Words => (words.containing)(scene.filter.q.as_deref().unwrap_or_default()),
        Part::Period => words.period(&scene.filter),
    }
}
