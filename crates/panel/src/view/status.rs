//! How much there is, in one sentence, announced when it changes; and what to do if there was no answer.

use leptos::prelude::*;

use crate::Desk;

pub(super) fn status(desk: Desk) -> impl IntoView + use<> {
    let words = desk.words;
    // Follows the answer, not the filter: while a new answer is awaited the sentence still fits the list.
    let line = move || {
        desk.page.with(|page| {
            let filter = desk.filter.get_untracked();
            let line = desk.names(|names| words.status(&filter, names, page.total));
            if page.items.len() > usize::from(filter.page_size()) {
                let loaded = (words.loaded)(&words.number(page.items.len() as u64));
                return format!("{line}, {loaded}");
            }
            line
        })
    };
    // Always there, so that a loader can show it too, and a screen reader hears of it when it appears.
    let fine = move || desk.failed.with(Option::is_none);
    view! {
        <p class="at-status" role="status" tabindex="-1">{line}</p>
        <p class="at-failed" role="alert" hidden=fine>
            {words.failed}" "
            <button class="at-link at-retry" type="button" on:click=move |_| desk.retry()>{words.retry}</button>
        </p>
    }
}
