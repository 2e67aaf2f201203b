//! The search form: words, facets, a button. A GET form to `/embed` without scripts; with them each choice applies at
//! once and the buttons are for what is typed.

use model::Query;

use super::{Scene, facet, period};
use crate::Lock;
use crate::still::{Still, still};

pub(super) fn search(scene: &Scene<'_>) -> Still {
    let words = scene.words;
    let typed = still("input")
        .class("at-input")
        .attr("type", "search")
        .attr("id", "at-q")
        .attr("name", "q")
        .attr("maxlength", "200")
        .attr_if("value", scene.filter.q.clone());
    still("form")
        .class("at-search")
        .attr("role", "search")
        .attr("action", format!("{}/embed", scene.data.origin))
        .attr("method", "get")
        .with(kept(scene))
        .with(still("a").class("at-skip at-sr").attr("href", "#at-status").attr("data-at-skip", "").text(words.skip))
        .with(still("label").class("at-label").attr("for", "at-q").text(words.search))
        .with(still("div").class("at-words").with(typed).with(submit("at-button", words.submit)))
        .with([Lock::State, Lock::Topic, Lock::Source].into_iter().filter_map(|of| facet::facet(scene, of)))
        .with(period::period(scene))
}

pub(super) fn submit(class: &'static str, label: &str) -> Still {
    still("button").class(class).attr("type", "submit").text(label)
}

/// What the form has no control for but must not lose when it is sent.
fn kept(scene: &Scene<'_>) -> Vec<Still> {
    let mut query = Query { q: None, since: None, until: None, ..scene.filter.clone() };
    if !scene.locks(Lock::State) {
        query.states.clear();
    }
    if !scene.locks(Lock::Topic) {
        query.topics.clear();
    }
    if !scene.locks(Lock::Source) {
        query.sources.clear();
    }
    let hidden = |(name, value)| still("input").attr("type", "hidden").attr("name", name).attr("value", value);
    query.pairs().into_iter().chain(scene.look.pairs()).map(hidden).collect()
}
