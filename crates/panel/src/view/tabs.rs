//! News and events. Links to pages where the panel is a page of its own; tabs (WAI-ARIA APG, manual activation,
//! since the other tab has to be fetched) where it stands in a foreign page and a script answers the keys.

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use model::Kind;

use crate::desk::plain_click;
use crate::links;
use crate::{Desk, Lock};

/// Id of the tab, for the panel that it labels.
pub(super) fn id(kind: Kind) -> &'static str {
    match kind {
        Kind::News => "at-tab-news",
        Kind::Event => "at-tab-event",
    }
}

pub(super) fn tabs(desk: Desk) -> Option<impl IntoView + use<>> {
    if desk.look(|look| look.locks(Lock::Kind)) {
        return None;
    }
    let role = if desk.look(|look| look.standalone) { "navigation" } else { "tablist" };
    let view = view! {
        <div class="at-tabs" role=role aria-label=desk.words.views on:keydown=move |key| arrows(&key)>
            {tab(desk, Kind::News)}
            {tab(desk, Kind::Event)}
        </div>
    };
    Some(view)
}

fn tab(desk: Desk, kind: Kind) -> impl IntoView + use<> {
    let label = if kind == Kind::News { desk.words.news } else { desk.words.events };
    let tabs = !desk.look(|look| look.standalone);
    let target = move || desk.filter.with(|filter| links::on_tab(filter, kind));
    let on = move || desk.kind() == kind;
    let follow = move |click: MouseEvent| {
        if plain_click(&click) && on() {
            click.prevent_default();
        } else {
            desk.follow(&click, &target());
        }
    };
    view! {
        <a
            class="at-tab"
            id=id(kind)
            role=tabs.then_some("tab")
            href=move || desk.embed(&target())
            aria-controls=tabs.then_some("at-panel")
            aria-selected=move || tabs.then_some(if on() { "true" } else { "false" })
            aria-current=move || (!tabs && on()).then_some("page")
            tabindex=move || tabs.then_some(if on() { "0" } else { "-1" })
            on:click=follow
            on:keydown=move |key| press(&key)
        >
            {label}
        </a>
    }
}

/// Space activates a tab; Enter does so already, as on any link.
fn press(key: &KeyboardEvent) {
    if key.key() == " "
        && let Some(tab) = key.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok())
    {
        key.prevent_default();
        tab.click();
    }
}

/// Arrow keys, Home and End move the focus between the two tabs.
fn arrows(key: &KeyboardEvent) {
    let Some(list) = key.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
    let here = key.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let (first, last) = (list.first_element_child(), list.last_element_child());
    let on_first = here.as_deref() == first.as_ref();
    let to = match key.key().as_str() {
        "ArrowLeft" | "ArrowRight" => {
            if on_first {
                last
            } else {
                first
            }
        }
        "Home" => first,
        "End" => last,
        _ => return,
    };
    key.prevent_default();
    if let Some(tab) = to.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        let _ = tab.focus();
    }
}
