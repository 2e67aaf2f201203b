//! One facet: native checkboxes with disjunctive counts in a disclosure. Choices without hits stand after the others;
//! none ever vanishes, least of all a checked one.

use leptos::prelude::*;
use model::{Query, State};

use crate::links;
use crate::{Desk, Lock};

/// One box to tick.
struct Choice {
    value: String,
    label: String,
    count: u64,
    on: bool,
}

pub(super) fn facet(desk: Desk, of: Lock) -> Option<impl IntoView + use<>> {
    let empty = of == Lock::Topic && desk.names(|names| names.topics.is_empty());
    if empty || desk.look(|look| look.locks(of)) {
        return None;
    }
    let label = if of == Lock::State { desk.words.facet_states } else { desk.words.facet_topics };
    let chosen = move || desk.filter.with(|filter| count(filter, of));
    let open = desk.look(|look| look.standalone) && desk.filter.with_untracked(|filter| count(filter, of)) > 0;
    let note = move || Some(chosen()).filter(|count| *count > 0).map(desk.words.chosen).unwrap_or_default();
    let view = view! {
        <details class="at-facet" data-at-key=of.word() open=open>
            <summary class="at-summary">{label}" "<span class="at-chosen">{note}</span></summary>
            <fieldset class="at-fieldset">
                <legend class="at-sr">{label}</legend>
                {move || choices(desk, of).into_iter().map(|choice| tick(desk, of, choice)).collect_view()}
            </fieldset>
        </details>
    };
    Some(view)
}

fn tick(desk: Desk, of: Lock, choice: Choice) -> impl IntoView + use<> {
    let Choice { value, label, count, on } = choice;
    let number = desk.words.number(count);
    let noun = desk.words.count(count, desk.kind()).split_once(' ').map(|(_, noun)| format!(" {noun}"));
    let toggled = value.clone();
    view! {
        <label class=if count == 0 { "at-check at-none" } else { "at-check" }>
            <input
                type="checkbox"
                name=of.word()
                value=value
                prop:checked=on
                checked=on
                on:change=move |_| desk.change(&desk.filter.with_untracked(|filter| toggle(filter, of, &toggled)))
            />
            <span>{label}</span>
            <span class="at-count">{number}<span class="at-sr">{noun}</span></span>
        </label>
    }
}

fn choices(desk: Desk, of: Lock) -> Vec<Choice> {
    desk.filter.with(|filter| {
        desk.page.with(|page| {
            let all: Vec<Choice> = if of == Lock::State {
                // The federation is what most readers look for, so it stands first.
                let order = [State::Bund].into_iter().chain(State::ALL.into_iter().filter(|it| *it != State::Bund));
                order
                    .map(|state| Choice {
                        value: state.code().to_owned(),
                        label: desk.words.state(state).to_owned(),
                        count: page.facets.state.get(state.code()).copied().unwrap_or(0),
                        on: filter.states.contains(&state),
                    })
                    .collect()
            } else {
                let topic = |(slug, label): &(String, String)| Choice {
                    value: slug.clone(),
                    label: label.clone(),
                    count: page.facets.topic.get(slug).copied().unwrap_or(0),
                    on: filter.topics.contains(slug),
                };
                desk.names(|names| names.topics.iter().map(topic).collect())
            };
            // Apart from this the order is the catalogue's. Two passes: a stable sort weighs 6 KB of wasm.
            let (hits, none): (Vec<_>, Vec<_>) = all.into_iter().partition(|choice| choice.count > 0);
            hits.into_iter().chain(none).collect::<Vec<_>>()
        })
    })
}

fn count(filter: &Query, of: Lock) -> usize {
    if of == Lock::State { filter.states.len() } else { filter.topics.len() }
}

/// The filter with this box ticked, or no longer. Lists stay sorted: equal filters have equal addresses.
fn toggle(filter: &Query, of: Lock, value: &str) -> Query {
    let part = if of == Lock::State {
        let Ok(state) = value.parse() else { return filter.clone() };
        links::Part::State(state)
    } else {
        links::Part::Topic(value.to_owned())
    };
    let without = links::without(filter, &part);
    if count(&without, of) < count(filter, of) {
        return without;
    }
    let mut with = without;
    // `take` is the one place that knows how a list is kept, and a value from our own list is never refused.
    let _ = with.take(of.word(), value);
    with
}
