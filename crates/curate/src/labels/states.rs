//! Which states a text is about: those with enough evidence; if there are none, those with some; if the text names
//! none at all, those of the source.
//!
//! A name that several Länder share ("Neustadt", "der Freistaat", "der Senat") is decided by what else the text
//! names, then by who publishes it, then for the one that is known without a further word; never by its place in a list.

use std::collections::BTreeMap;
use std::ops::Range;

use model::{Name, Role, State, Why};

use super::{Case, ENOUGH, Found};
use crate::field;

/// Less than enough, but more than a mention: counts where nothing else does.
const SOME: f32 = 0.4;
/// Which share of the strongest mention another one needs beside it.
const MARGIN: f32 = 0.6;
/// The topic that a town or county as such speaks for.
pub(super) const MUNICIPAL: &str = "kommunal";
/// What the site of a town lends to that topic.
const TOWN_SITE: f32 = 0.6;

/// Seats of Länder: "München will …" is the Free State's government where Bavaria is named as well.
const SEATS: &[&str] = &[
    "Stuttgart",
    "München",
    "Potsdam",
    "Wiesbaden",
    "Schwerin",
    "Hannover",
    "Düsseldorf",
    "Mainz",
    "Saarbrücken",
    "Dresden",
    "Magdeburg",
    "Kiel",
    "Erfurt",
];

/// Ends of words before a town's name that make it the seat of a court or an office of the Land or the federation.
const OF_THE_LAND: &[&str] = &[
    "agentur",
    "bezirksregierung",
    "finanzamt",
    "gericht",
    "gerichts",
    "hochschule",
    "polizeipraesidium",
    "regierungspraesidium",
    "staatsanwaltschaft",
    "universitaet",
    "universitaetsklinikum",
];

/// Words, folded, with which a text speaks of the place it has already named, or that its readers know.
const HERE: &[&str] = &[
    "stadt",
    "stadtrat",
    "stadtverwaltung",
    "senat",
    "land",
    "landes",
    "freistaat",
    "landkreis",
    "landkreises",
    "kreis",
    "kreises",
    "kreistag",
    "kreisverwaltung",
    "landrat",
    "landraetin",
    "landratsamt",
    "landesregierung",
    "landtag",
    "landesverwaltung",
    "kabinett",
    "rathaus",
    "gemeinderat",
    "gemeinde",
    "oberbuergermeister",
    "oberbuergermeisterin",
    "buergermeister",
    "buergermeisterin",
    "buergerschaft",
    "ministerium",
    "bezirk",
    "bezirke",
    "buergerbuero",
    "buergeramt",
    "auslaenderbehoerde",
    "gesundheitsamt",
    "zulassungsstelle",
    "magistrat",
    "kommune",
];

pub(super) fn judge(found: &mut [Found], case: &Case<'_>) -> (Vec<State>, Vec<Why>) {
    let home = case.home.as_ref();
    resolve(found, case);
    // The strongest name counts, not their sum: ten mentions of a common cause do not make its owner the one who acts.
    let mut best: BTreeMap<State, f32> = BTreeMap::new();
    for found in found.iter().filter(|found| found.weight > 0.0) {
        if let Some(state) = case.state(found) {
            let weight = best.entry(state).or_default();
            *weight = weight.max(found.weight);
        }
    }
    let over =
        |line: f32| best.iter().filter(|(_, weight)| **weight >= line).map(|(state, _)| *state).collect::<Vec<_>>();
    let mut states = over(ENOUGH);
    if states.is_empty() {
        // Of places that stand by, those at the head come before those where something happens.
        let most = best.values().copied().fold(0.0, f32::max);
        states = over(SOME.max(most * MARGIN));
        // A body's own site that mentions others in passing speaks of itself: a Land's of the federation, the
        // federation's of the town where one met.
        if home.is_some_and(|home| home.speaks(&states)) {
            states.clear();
        }
    }
    let mut why: Vec<Why> = found
        .iter()
        .filter(|found| found.weight != 0.0)
        .filter_map(|found| {
            let state = case.state(found).filter(|state| states.contains(state))?;
            Some(case.because(case.rules.called.state(state), found))
        })
        .collect();
    if states.is_empty() {
        if let Some(home) = home
            && (home.official || speaks_of_here(case))
        {
            why.extend(
                home.states.iter().map(|state| case.prior(case.rules.called.state(*state), home.rule.clone(), SOME)),
            );
            states.clone_from(&home.states);
        } else if let Some(by) = found.iter().find(|found| found.stands_by).filter(|_| speaks_of_here(case)) {
            // "Köln (dpa) – Der Stadtrat hat …".
            let state = case.state(by).expect("only places stand by");
            why.push(case.because(case.rules.called.state(state), by));
            states.push(state);
        }
    }
    states.sort();
    states.dedup();
    (states, why)
}

/// Whether a text speaks of a body without saying where it is.
fn speaks_of_here(case: &Case<'_>) -> bool {
    let fields = case.fields.iter().filter(|field| field.name != field::ADDRESS);
    fields.flat_map(|field| german::fold::words(field.folded())).any(|word| HERE.contains(&word.text))
}

/// Decides names that stand for several states: all but the one that is meant lose their weight.
fn resolve(found: &mut [Found], case: &Case<'_>) {
    let shared = shared(found, case);
    if shared.is_empty() {
        return;
    }
    // Other names that several states share decide nothing, so that what decides is known before any of them is.
    let mut named: Vec<State> = Vec::new();
    let mut next = shared.iter().peekable();
    for (at, other) in found.iter().enumerate() {
        while next.next_if(|group| group.end <= at).is_some() {}
        let alone = next.peek().is_none_or(|group| at < group.start);
        if alone && (other.weight >= SOME || other.stands_by) {
            named.extend(case.state(other).filter(|state| !named.contains(state)));
        }
    }
    for group in shared {
        let meant = meant(&found[group.clone()], &named, case);
        for one in &mut found[group] {
            if case.state(one).is_some_and(|state| Some(state) != meant) {
                one.weight = 0.0;
            }
        }
    }
}

/// Stretches of hits on the same words that speak for different states.
fn shared(found: &[Found], case: &Case<'_>) -> Vec<Range<usize>> {
    let mut shared = Vec::new();
    let mut from = 0;
    while from < found.len() {
        let words = |found: &Found| (found.field, found.hit.start);
        let length = found[from..].iter().take_while(|other| words(other) == words(&found[from])).count();
        let mut states = found[from..from + length].iter().filter_map(|one| case.state(one));
        let first = states.next();
        if states.any(|state| Some(state) != first) {
            shared.push(from..from + length);
        }
        from += length;
    }
    shared
}

/// The one state of a shared name that the text names elsewhere, else the one it comes from, else the one whose name
/// needs no other word beside it.
fn meant(group: &[Found], named: &[State], case: &Case<'_>) -> Option<State> {
    let states = || group.iter().filter_map(|found| case.state(found));
    only(states().filter(|state| named.contains(state)))
        .or_else(|| only(states().filter(|state| case.home.as_ref().is_some_and(|home| home.states.contains(state)))))
        .or_else(|| {
            let plain = group.iter().filter(|found| !case.rules.rules[found.hit.rule].cue);
            only(plain.filter_map(|found| case.state(found)))
        })
}

/// The state that all of these are.
fn only(mut states: impl Iterator<Item = State>) -> Option<State> {
    let first = states.next()?;
    states.all(|state| state == first).then_some(first)
}

/// What the towns named as subjects, and the site of a town, lend to the topic of municipalities.
pub(super) fn municipal(found: &[Found], case: &Case<'_>) -> Option<Why> {
    let label = Name::from(format!("topic:{MUNICIPAL}"));
    let lands: Vec<State> = found
        .iter()
        .filter(|found| matches!(case.rules.rules[found.hit.rule].role, Some(Role::Land | Role::Adjective)))
        .filter_map(|found| case.state(found).filter(|_| found.weight >= SOME))
        .collect();
    // "Das Amtsgericht Sömmerda …": a court of the Land, whatever else the text calls by its town.
    let seats: Vec<usize> =
        found.iter().filter(|found| is_of_a_land(found, case)).map(|found| found.hit.rule).collect();
    let town = found
        .iter()
        .filter(|found| !seats.contains(&found.hit.rule))
        .filter(|found| {
            let rule = &case.rules.rules[found.hit.rule];
            let seat = || SEATS.contains(&rule.text.as_str()) && case.state(found).is_some_and(|s| lands.contains(&s));
            rule.role == Some(Role::Town) && found.weight >= SOME && !seat()
        })
        .max_by(|a, b| a.weight.total_cmp(&b.weight));
    if let Some(town) = town {
        return Some(case.because(&label, town));
    }
    let site = case.home.as_ref().filter(|home| home.municipal && home.official && speaks_of_here(case));
    site.map(|home| case.prior(&label, home.rule.clone(), TOWN_SITE))
}

/// Whether a town's name is part of the name of a court or an office that is none of the town's.
fn is_of_a_land(found: &Found, case: &Case<'_>) -> bool {
    if case.rules.rules[found.hit.rule].role != Some(Role::Town) {
        return false;
    }
    let before = case.fields[found.field].folded()[..found.hit.start].trim_end();
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    OF_THE_LAND.iter().any(|office| word.ends_with(office))
}
