//! News and events, with their counts. Links to pages where the panel is a page of its own; tabs (WAI-ARIA APG, manual
//! activation, since the other tab has to be fetched) where it stands in a foreign page and a script answers the keys.

use model::Kind;

use super::Scene;
use crate::still::{Still, still};
use crate::{Lock, links};

/// Id of the tab, for the panel that it labels.
pub(super) fn id(kind: Kind) -> &'static str {
    match kind {
        Kind::News => "at-tab-news",
        Kind::Event => "at-tab-event",
    }
}

pub(super) fn tabs(scene: &Scene<'_>) -> Option<Still> {
    if scene.locks(Lock::Kind) {
        return None;
    }
    let role = if scene.look.standalone { "navigation" } else { "tablist" };
    let tabs = still("div")
        .class("at-tabs")
        .attr("role", role)
        .attr("aria-label", scene.words.views)
        .with([Kind::News, Kind::Event].map(|kind| tab(scene, kind)));
    Some(tabs)
}

fn tab(scene: &Scene<'_>, kind: Kind) -> Still {
    let (label, on) = (if kind == Kind::News { scene.words.news } else { scene.words.events }, kind == scene.kind);
    let count = scene.data.page.facets.kind.get(kind.word()).copied().unwrap_or(0);
    let link = scene.go("at-tab", &links::on_tab(&scene.filter, kind)).attr("id", id(kind));
    let link = if scene.look.standalone {
        link.attr_if("aria-current", on.then(|| "page".to_owned()))
    } else {
        link.attr("role", "tab")
            .attr_if("aria-controls", on.then(|| "at-panel".to_owned()))
            .attr("aria-selected", if on { "true" } else { "false" })
            .attr("tabindex", if on { "0" } else { "-1" })
    };
    link.text(label).text(" ").with(still("span").class("at-count").text(format!("({})", scene.words.number(count))))
}
