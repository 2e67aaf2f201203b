//! The items, or what to do when there are none.

use leptos::prelude::*;

use super::{filter_link, item};
use crate::Desk;
use crate::links;
use crate::still::Still;

pub(super) fn list(desk: Desk) -> impl IntoView + use<> {
    let busy = move || if desk.busy.get() { "true" } else { "false" };
    view! {
        <ol class="at-list" aria-busy=busy>
            {move || items(desk)}
        </ol>
        {move || desk.page.with(|page| page.items.is_empty()).then(|| empty(desk))}
    }
}

/// Stills are kept where they are equal, so what is appended leaves the others alone; keys would add nothing.
fn items(desk: Desk) -> Vec<Still> {
    desk.page.with(|page| page.items.iter().map(|item| item::item(desk, item)).collect())
}

fn empty(desk: Desk) -> impl IntoView + use<> {
    let words = desk.words;
    let filter = desk.filter.get();
    let reset = desk.look(|look| links::reset(&filter, look));
    let narrowed = reset != filter;
    view! {
        <div class="at-empty">
            <p><strong>{words.empty}</strong></p>
            {narrowed.then(|| view! { <p>{words.empty_hint}" "{filter_link(desk, "at-reset", reset, words.reset)}</p> })}
        </div>
    }
}
