//! The view: heading, tabs, search and facets, status, chips, list or calendar, more, subscribe, in this order of reading.
//!
//! A pure function from [`PanelData`] to one `Still`, so that server and browser make the same nodes and a changed
//! answer is patched in place. Every control is a link or a form first; a script takes those that carry `data-at-go`.
//! No `style` attribute and no inline script: a host's policy forbids both.

mod calendar;
mod chips;
mod empty;
mod facet;
mod item;
mod list;
mod others;
mod period;
mod schedule;
mod search;
mod status;
mod subscribe;
mod tabs;
mod why;

use leptos::prelude::*;
use model::{Kind, Query};

use crate::still::{Later, Still, still};
use crate::words::{self, Words};
use crate::{Desk, Lock, Look, PanelData, View, links};

/// The whole panel. Hydrates exactly what `render` made of the same data.
#[component]
pub fn Panel(
    /// What is shown.
    desk: Desk,
) -> impl IntoView {
    move || {
        let data = desk.data.get();
        Later::new(move || panel(&data))
    }
}

/// What the parts of the view have in common.
struct Scene<'a> {
    data: &'a PanelData,
    look: &'a Look,
    words: &'static Words,
    /// The filter without what the panel adds.
    filter: Query,
    kind: Kind,
}

impl Scene<'_> {
    fn locks(&self, lock: Lock) -> bool {
        self.look.locks(lock)
    }

    /// The address that shows this filter in this look.
    fn address(&self, filter: &Query) -> String {
        links::embed(&self.data.origin, filter, self.look)
    }

    /// A link to another state of the panel.
    fn go(&self, class: &'static str, filter: &Query) -> Still {
        go(class, self.address(filter))
    }

    /// The same, with another look.
    fn go_look(&self, class: &'static str, filter: &Query, look: &Look) -> Still {
        go(class, links::embed(&self.data.origin, filter, look))
    }

    fn is_calendar(&self) -> bool {
        self.look.view == View::Calendar && self.kind == Kind::Event
    }

    /// "12 Meldungen", cut into the number and its noun.
    fn counted(&self, count: u64) -> (String, String) {
        let text = self.words.count(count, self.kind);
        match text.split_once(' ') {
            Some((number, noun)) => (number.to_owned(), format!(" {noun}")),
            None => (text, String::new()),
        }
    }
}

fn words_of(data: &PanelData) -> &'static Words {
    words::of(data.query.lang.unwrap_or_default())
}

fn panel(data: &PanelData) -> Still {
    let filter = links::plain(&data.query);
    let kind = links::kind(&filter);
    let scene = Scene { data, look: &data.look, words: words_of(data), filter, kind };
    let tabs = !(scene.look.standalone || scene.locks(Lock::Kind));
    let body = still("div")
        .class("at-body")
        .attr("id", "at-panel")
        .attr("data-view", scene.look.view.word())
        .attr_if("role", tabs.then(|| "tabpanel".to_owned()))
        .attr_if("aria-labelledby", tabs.then(|| tabs::id(kind).to_owned()))
        .with(search::search(&scene))
        .with(results(&scene));
    let inner = still("div")
        .class("at-in")
        .attr_if("data-at-now", data.now.map(|now| now.to_string()))
        .with(heading(&scene))
        .with(data.sample.then(|| still("p").class("at-sample").text(scene.words.sample)))
        .with(tabs::tabs(&scene))
        .with(body);
    still("section")
        .class("at-root")
        .attr("lang", scene.words.lang.code())
        .attr("data-theme", scene.look.theme.word())
        .attr("data-at", if scene.look.standalone { "page" } else { "panel" })
        .attr_if("aria-labelledby", scene.look.label.is_none().then(|| "at-heading".to_owned()))
        .attr_if("aria-label", scene.look.label.clone())
        .with(inner)
}

fn results(scene: &Scene<'_>) -> Still {
    let shown = if scene.is_calendar() { calendar::calendar(scene) } else { list::list(scene) };
    still("div")
        .class("at-results")
        .with(status::status(scene))
        .with(chips::chips(scene))
        .with(calendar::switch(scene))
        .with(status::remember(scene))
        .with(shown)
        .with(list::more(scene))
        .with(subscribe::subscribe(scene))
        .with(status::as_of(scene))
}

/// A heading of the level that fits the host page. One that is set to nothing stays for screen readers.
fn heading(scene: &Scene<'_>) -> Still {
    let (text, level) = (scene.look.heading.as_deref(), scene.look.heading_level);
    let class = if scene.look.hide_heading || text == Some("") { "at-heading at-sr" } else { "at-heading" };
    let text = text.filter(|text| !text.is_empty()).unwrap_or(scene.words.heading);
    // The one word of ours that is too long for a phone; few browsers hyphenate a heading by themselves.
    let text = text.replace("Verwaltungsdig", "Verwaltungs\u{ad}dig");
    still(heading_tag(level)).class(class).attr("id", "at-heading").text(text)
}

fn heading_tag(level: u8) -> &'static str {
    ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(1, 6)) - 1]
}

fn go(class: &'static str, address: String) -> Still {
    still("a").class(class).attr("href", address).attr("data-at-go", "")
}

/// Text that only screen readers get.
fn unseen(text: impl AsRef<str>) -> Still {
    still("span").class("at-sr").text(text)
}

/// A link out of the panel; plain text, an `<a>` without `href`, if a browser should not follow the address.
fn outward(class: &'static str, address: &str, lang: Option<String>) -> Still {
    still("a")
        .class(class)
        .attr_if("href", links::href(address))
        .attr_if("hreflang", lang)
        .attr("rel", "noopener external")
        .attr("referrerpolicy", "no-referrer")
}
