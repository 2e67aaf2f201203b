//! The view: heading, tabs, search and facets, status, chips, list, more, subscribe, in this order of reading.
//!
//! Rules that hydration in foreign pages imposes: no `style` attribute (a host's CSP forbids it), no subtree without
//! any dynamic part (Leptos would create it with `innerHTML`, which Trusted Types forbid), comment markers stay.

mod chips;
mod facet;
mod item;
mod list;
mod more;
mod others;
mod schedule;
mod search;
mod status;
mod subscribe;
mod tabs;

use leptos::prelude::*;

use crate::links;
use crate::still::{Still, still};
use crate::{Desk, Lock};

/// The whole panel. Hydrates exactly what `render` made of the same data.
#[component]
pub fn Panel(
    /// What is shown, and the hook to ask again.
    desk: Desk,
) -> impl IntoView {
    let words = desk.words;
    let theme = desk.look(|look| look.theme.word());
    let tabs = !desk.look(|look| look.standalone || look.locks(Lock::Kind));
    let labelled = move || if tabs { Some(tabs::id(desk.kind())) } else { None };
    view! {
        <section class="at-root" lang=words.lang.code() data-theme=theme aria-labelledby="at-heading">
            {heading(desk)}
            {desk.sample().then(|| still("p").class("at-sample").text(words.sample))}
            {tabs::tabs(desk)}
            <div class="at-body" id="at-panel" role=tabs.then_some("tabpanel") aria-labelledby=labelled>
                {search::search(desk)}
                <div class="at-results">
                    {status::status(desk)}
                    {chips::chips(desk)}
                    {list::list(desk)}
                    {more::more(desk)}
                    {subscribe::subscribe(desk)}
                </div>
            </div>
        </section>
    }
}

/// A heading of the level that fits the host page. One that is set to nothing stays for screen readers.
fn heading(desk: Desk) -> Still {
    let (text, level) = desk.look(|look| (look.heading.clone(), look.heading_level));
    let hidden = text.as_deref() == Some("");
    let text = text.filter(|text| !text.is_empty()).unwrap_or_else(|| desk.words.heading.to_owned());
    let class = if hidden { "at-heading at-sr" } else { "at-heading" };
    still(heading_tag(level)).class(class).attr("id", "at-heading").text(text)
}

fn heading_tag(level: u8) -> &'static str {
    ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(1, 6)) - 1]
}

/// A link to the same panel with another filter.
fn filter_link<L: IntoView + 'static>(
    desk: Desk,
    class: &'static str,
    filter: model::Query,
    label: L,
) -> impl IntoView + use<L> {
    let href = desk.embed(&filter);
    view! { <a class=class href=href on:click=move |click| desk.follow(&click, &filter)>{label}</a> }
}

/// A link out of the panel; plain text, an `<a>` without `href`, if a browser should not follow the address.
fn outward(class: &'static str, address: &str, lang: Option<String>, label: &str) -> Still {
    still("a")
        .class(class)
        .attr_if("href", links::href(address))
        .attr_if("hreflang", lang)
        .attr("rel", "noopener external")
        .attr("referrerpolicy", "no-referrer")
        .text(label)
}
