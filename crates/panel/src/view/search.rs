//! The search form: words, facets, a button. A GET form to `/embed` without scripts; with them each choice
//! applies at once and the button is for the words.

use leptos::html::Input;
use leptos::prelude::*;
use model::Query;

use super::facet;
use crate::links;
use crate::still::{Still, still};
use crate::{Desk, Lock};

pub(super) fn search(desk: Desk) -> impl IntoView + use<> {
    let words = desk.words;
    let field = NodeRef::<Input>::new();
    // The field belongs to the reader: the panel writes into it only when the filter's words change otherwise,
    // as by a chip that takes them away, never when the panel wakes up while somebody is typing.
    Effect::new(move |before: Option<Option<String>>| {
        let q = desk.filter.with(|filter| filter.q.clone());
        if before.is_some_and(|before| before != q)
            && let Some(field) = field.get_untracked()
        {
            field.set_value(q.as_deref().unwrap_or_default());
        }
        q
    });
    let submit = move |submit: leptos::ev::SubmitEvent| {
        submit.prevent_default();
        let typed = field.get_untracked().map(|field| field.value().trim().to_owned());
        let mut filter = desk.filter.get_untracked();
        filter.q = typed.filter(|typed| !typed.is_empty());
        desk.change(&filter);
    };
    let typed = desk.filter.with_untracked(|filter| filter.q.clone());
    view! {
        <form class="at-search" role="search" action=format!("{}/embed", desk.origin()) method="get" on:submit=submit>
            {kept(desk)}
            <label class="at-label" for="at-q">{words.search}</label>
            <div class="at-words">
                <input class="at-input" type="search" id="at-q" name="q" maxlength="200" value=typed node_ref=field />
                <button class="at-button" type="submit">{words.submit}</button>
            </div>
            {facet::facet(desk, Lock::State)}
            {facet::facet(desk, Lock::Topic)}
        </form>
    }
}

/// What the form has no control for but must not lose when it is sent without scripts.
fn kept(desk: Desk) -> Vec<Still> {
    let mut query: Query = desk.filter.with_untracked(links::plain);
    query.q = None;
    if !desk.look(|look| look.locks(Lock::State)) {
        query.states.clear();
    }
    if !desk.look(|look| look.locks(Lock::Topic)) {
        query.topics.clear();
    }
    let mut kept = query.pairs();
    kept.extend(desk.look(crate::Look::pairs));
    let hidden = |(name, value)| still("input").attr("type", "hidden").attr("name", name).attr("value", value);
    kept.into_iter().map(hidden).collect()
}
