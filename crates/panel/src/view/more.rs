//! Where it goes on: the next items below these, or the next page where the panel is a page of its own.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use model::Query;

use super::filter_link;
use crate::Desk;
use crate::desk::plain_click;

pub(super) fn more(desk: Desk) -> impl IntoView + use<> {
    let words = desk.words;
    let standalone = desk.look(|look| look.standalone);
    let label = if standalone { words.next_page } else { words.more };
    let follow = move |click: MouseEvent| {
        if plain_click(&click) {
            click.prevent_default();
            desk.more();
        }
    };
    let next = move || {
        let next = desk.page.with(|page| page.next.clone())?;
        let href = desk.embed(&Query { cursor: Some(next), ..desk.filter.get() });
        Some(view! { <a class="at-button at-more" href=href data-at-more="" on:click=follow>{label}</a> })
    };
    let first = desk.continued().then(|| filter_link(desk, "at-first", desk.filter.get_untracked(), words.first_page));
    view! { <p class="at-paging">{next}{first}</p> }
}
