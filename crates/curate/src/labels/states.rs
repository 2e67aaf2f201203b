//! Which states a text is about: those with enough evidence; if there are none, those with some; if the text names
//! none at all, those of the source.

use std::collections::BTreeMap;

use model::{Role, Source, State, Why};

use super::{ENOUGH, Found, because, host_of, prior_of};
use crate::field::Field;
use crate::rules::{Label, Rules};

/// Less than enough, but more than a mention: counts where nothing else does.
const SOME: f32 = 0.4;
/// The topic that a town or county as such speaks for.
pub(super) const MUNICIPAL: &str = "kommunal";

pub(super) fn judge(
    found: &[Found],
    fields: &[Field<'_>],
    source: Option<&Source>,
    rules: &Rules,
) -> (Vec<State>, Vec<Why>) {
    // The strongest name counts, not their sum: ten mentions of a common cause do not make its owner the one who acts.
    let mut best: BTreeMap<State, f32> = BTreeMap::new();
    for found in found.iter().filter(|found| found.weight > 0.0) {
        if let Label::State(state) = rules.rules[found.hit.rule].label {
            let weight = best.entry(state).or_default();
            *weight = weight.max(found.weight);
        }
    }
    let over =
        |line: f32| best.iter().filter(|(_, weight)| **weight >= line).map(|(state, _)| *state).collect::<Vec<_>>();
    let mut states = over(ENOUGH);
    let home = source.and_then(|source| home(source, rules));
    if states.is_empty() {
        states = over(SOME);
        // A Land's own site that mentions the federation in passing still speaks of itself.
        if let Some((home, _)) = &home
            && states.iter().all(|state| matches!(state, State::Bund | State::Eu))
            && !matches!(home[..], [State::Bund | State::Eu])
        {
            states.clear();
        }
    }
    let mut why: Vec<Why> = found
        .iter()
        .filter_map(|found| match rules.rules[found.hit.rule].label {
            Label::State(state) if states.contains(&state) => {
                Some(because(&format!("state:{state}"), found, fields, rules))
            }
            _ => None,
        })
        .collect();
    if states.is_empty()
        && let Some((home, rule)) = home
    {
        why.extend(home.iter().map(|state| prior_of(&format!("state:{state}"), source, &rule, SOME)));
        states = home;
    }
    states.sort();
    states.dedup();
    (states, why)
}

/// What a source is about when its text does not say: what the catalogue says, else what its host's name says.
fn home(source: &Source, rules: &Rules) -> Option<(Vec<State>, String)> {
    if !source.states.is_empty() {
        return Some((source.states.clone(), "source/states".to_owned()));
    }
    let host = host_of(source)?;
    let (state, name) = rules.state_of_host(&host)?;
    Some((vec![state], format!("state:{state}/{name}")))
}

/// What the towns named as subjects lend to the topic of municipalities.
pub(super) fn municipal(found: &[Found], rules: &Rules) -> f32 {
    found
        .iter()
        .filter(|found| rules.rules[found.hit.rule].role == Some(Role::Town) && found.weight >= ENOUGH)
        .map(|found| found.weight)
        .fold(0.0, f32::max)
}
