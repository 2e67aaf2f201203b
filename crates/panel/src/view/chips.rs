//! The active filters, each with a link that takes it away, and one that takes away all.

use leptos::prelude::*;
use model::Query;

use super::filter_link;
use crate::Desk;
use crate::links::{self, Part};

pub(super) fn chips(desk: Desk) -> impl IntoView + use<> {
    let parts = move || desk.filter.with(|filter| desk.look(|look| links::parts(filter, look)));
    move || {
        let parts = parts();
        (!parts.is_empty()).then(|| {
            let filter = desk.filter.get();
            let several = parts.len() > 1;
            let reset = desk.look(|look| links::reset(&filter, look));
            let words = desk.words;
            view! {
                <ul class="at-chips" aria-label=words.active>
                    {parts.into_iter().map(|part| view! { <li>{chip(desk, &filter, &part)}</li> }).collect_view()}
                    {several.then(|| view! { <li>{filter_link(desk, "at-reset", reset, words.reset)}</li> })}
                </ul>
            }
        })
    }
}

fn chip(desk: Desk, filter: &Query, part: &Part) -> impl IntoView + use<> {
    let words = desk.words;
    let label = match part {
        Part::State(state) => words.state(*state).to_owned(),
        Part::Topic(slug) => desk.names(|names| names.topic(slug).to_owned()),
        Part::Source(id) => desk.names(|names| names.source(id).to_owned()),
        Part::Words => (words.containing)(filter.q.as_deref().unwrap_or_default()),
        Part::Period => words.period.to_owned(),
    };
    let label = view! {
        <span class="at-sr">{words.remove}" "</span>
        {label}
    };
    filter_link(desk, "at-chip", links::without(filter, part), label)
}
