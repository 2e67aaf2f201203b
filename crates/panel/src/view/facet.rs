//! One facet: native checkboxes with disjunctive counts in a disclosure. Choices without hits stand after the others;
//! none ever vanishes, least of all a checked one.
//!
//! The sixteen Länder stand as a tile map, each where it lies; the tiles are the checkboxes themselves, in an order that
//! reads row by row from north to south. In simple German it is a list by name: codes are hard to read.

use model::{Lang, State};

use super::{Scene, unseen};
use crate::still::{Still, still};
use crate::{Lock, Look};

/// So many choices are shown at once; the others on request.
const AT_ONCE: usize = 8;

/// The federation and the Union, then the map. The stylesheet says which tile begins a row.
const MAP: [State; 18] = {
    use State::{Bb, Be, Bund, Bw, By, Eu, Hb, He, Hh, Mv, Ni, Nw, Rp, Sh, Sl, Sn, St, Th};
    [Bund, Eu, Sh, Hh, Mv, Hb, Ni, St, Be, Bb, Nw, He, Th, Sn, Sl, Rp, Bw, By]
};

/// One box to tick.
struct Choice<'a> {
    value: &'a str,
    label: &'a str,
    count: u64,
    on: bool,
}

pub(super) fn facet(scene: &Scene<'_>, of: Lock) -> Option<Still> {
    let label = match of {
        Lock::State => scene.words.facet_states,
        Lock::Topic => scene.words.facet_topics,
        Lock::Source => scene.words.facet_sources,
        Lock::Kind => return None,
    };
    let choices = choices(scene, of);
    if choices.is_empty() || scene.locks(of) {
        return None;
    }
    let chosen = choices.iter().filter(|choice| choice.on).count();
    let open = !scene.look.folded && (of == Lock::State || scene.look.standalone && chosen > 0);
    let boxes = if of == Lock::State && is_map(scene) {
        vec![still("div").class("at-map").with(choices.iter().map(|choice| tile(scene, choice)))]
    } else {
        list(scene, of, &choices)
    };
    Some(disclosure(of.word(), label, (chosen > 0).then(|| (scene.words.chosen)(chosen)), boxes).flag("open", open))
}

fn is_map(scene: &Scene<'_>) -> bool {
    scene.words.lang != Lang::Simple
}

/// A disclosure with a group of controls; `note` says what is chosen while it is closed.
pub(super) fn disclosure(
    key: &'static str,
    label: &str,
    note: Option<String>,
    controls: impl IntoIterator<Item = Still>,
) -> Still {
    let note = note.map(|note| still("span").class("at-chosen").text(note));
    still("details")
        .class("at-facet")
        .attr("data-at-key", key)
        .with(still("summary").class("at-summary").text(label).text(" ").with(note))
        .with(still("fieldset").class("at-fieldset").with(still("legend").class("at-sr").text(label)).with(controls))
}

/// The first choices and all that are ticked, then the others behind a disclosure.
fn list(scene: &Scene<'_>, of: Lock, choices: &[Choice<'_>]) -> Vec<Still> {
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for choice in choices {
        let to = if choice.on || first.len() < AT_ONCE { &mut first } else { &mut rest };
        to.push(tick(scene, of, choice));
    }
    let missing =
        if of == Lock::Source { scene.data.page.facets.source.len().saturating_sub(choices.len()) } else { 0 };
    let all = (scene.words.all)(choices.len() + missing);
    let key = if of == Lock::Topic { "topics" } else { "sources" };
    let mut boxes = vec![still("div").class("at-checks").with(first)];
    if missing > 0 {
        let look = Look { all_sources: true, ..scene.look.clone() };
        boxes.push(scene.go_look("at-all", &scene.filter, &look).text(all));
    } else if !rest.is_empty() {
        let summary = still("summary").class("at-summary").text(all);
        let rest = still("div").class("at-checks").with(rest);
        boxes.push(still("details").class("at-rest").attr("data-at-key", key).with(summary).with(rest));
    }
    boxes
}

fn tick(scene: &Scene<'_>, of: Lock, choice: &Choice<'_>) -> Still {
    let (number, noun) = scene.counted(choice.count);
    still("label")
        .class(if choice.count == 0 { "at-check at-none" } else { "at-check" })
        .with(checkbox(of, choice))
        .with(still("span").text(choice.label))
        .with(still("span").class("at-count").text(number).with(unseen(noun)))
}

/// A tile shows the Land's code and says its name.
fn tile(scene: &Scene<'_>, choice: &Choice<'_>) -> Still {
    let count = scene.words.count(choice.count, scene.kind);
    let number = count.split(' ').next().unwrap_or_default();
    still("label")
        .class(if choice.count == 0 { "at-tile at-none" } else { "at-tile" })
        // The stylesheet puts some of them into their columns by it.
        .attr("data-at-key", choice.value)
        .attr("title", choice.label)
        .with(checkbox(Lock::State, choice).attr("aria-label", format!("{} {count}", choice.label)))
        .with(still("span").class("at-code").text(choice.value))
        .text(" ")
        .with(still("span").class("at-count").text(number))
}

fn checkbox(of: Lock, choice: &Choice<'_>) -> Still {
    still("input")
        .attr("type", "checkbox")
        .attr("name", of.word())
        .attr("value", choice.value)
        .flag("checked", choice.on)
}

fn choices<'a>(scene: &'a Scene<'_>, of: Lock) -> Vec<Choice<'a>> {
    let (filter, facets) = (&scene.filter, &scene.data.page.facets);
    // Apart from this the order is the catalogue's. Two passes: a stable sort weighs 6 KB of wasm.
    let hits_first = |choices: Vec<Choice<'a>>| {
        let (hits, none): (Vec<_>, Vec<_>) = choices.into_iter().partition(|choice| choice.count > 0);
        hits.into_iter().chain(none).collect()
    };
    let named = |list: &'a [(String, String)], counts: &std::collections::BTreeMap<String, u64>, on: &[String]| {
        let choice = |(value, label): &'a (String, String)| Choice {
            value,
            label,
            count: counts.get(value).copied().unwrap_or(0),
            on: on.contains(value),
        };
        hits_first(list.iter().map(choice).collect())
    };
    let state = |state: State| Choice {
        value: state.code(),
        label: scene.words.state(state),
        count: facets.state.get(state.code()).copied().unwrap_or(0),
        on: filter.states.contains(&state),
    };
    match of {
        Lock::State if !is_map(scene) => {
            let (above, by_name): (Vec<_>, Vec<_>) = State::ALL.into_iter().partition(|state| MAP[..2].contains(state));
            hits_first(above.into_iter().chain(by_name).map(state).collect())
        }
        // On the map each stays where it lies.
        Lock::State => MAP.into_iter().map(state).collect(),
        Lock::Topic => named(&scene.data.names.topics, &facets.topic, &filter.topics),
        Lock::Source => named(&scene.data.names.sources, &facets.source, &filter.sources),
        Lock::Kind => Vec::new(),
    }
}
