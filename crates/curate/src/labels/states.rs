//! Which states a text is about: those with enough evidence; if there are none, those with some; if the text names
//! none at all, those of the source.
//!
//! A name that several Länder share ("Neustadt", "der Freistaat", "der Senat") is decided by what else the text
//! names, then by who publishes it, then for the one that is known without a further word; never by its place in a list.

use std::collections::BTreeMap;

use model::{Role, State, Why};

use super::{Case, ENOUGH, Found};
use crate::field;
use crate::rules::Home;

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
    let home = home(case);
    resolve(found, &home, case);
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
        if home.as_ref().is_some_and(|home| home.speaks(&states)) {
            states.clear();
        }
    }
    let mut why: Vec<Why> = found
        .iter()
        .filter(|found| found.weight != 0.0)
        .filter_map(|found| {
            let state = case.state(found).filter(|state| states.contains(state))?;
            Some(case.because(&format!("state:{state}"), found))
        })
        .collect();
    if states.is_empty() {
        if let Some(home) = &home
            && (home.official || speaks_of_here(case))
        {
            why.extend(home.states.iter().map(|state| case.prior(&format!("state:{state}"), &home.rule, SOME)));
            states.clone_from(&home.states);
        } else if let Some(by) = found.iter().find(|found| found.stands_by).filter(|_| speaks_of_here(case)) {
            // "Köln (dpa) – Der Stadtrat hat …".
            let state = case.state(by).expect("only places stand by");
            why.push(case.because(&format!("state:{state}"), by));
            states.push(state);
        }
    }
    states.sort();
    states.dedup();
    (states, why)
}

/// Where a text comes from.
struct Origin {
    states: Vec<State>,
    rule: String,
    official: bool,
}

impl Origin {
    /// Whether states that a text merely mentions give way to the body that speaks.
    fn speaks(&self, mentioned: &[State]) -> bool {
        let federal = |states: &[State]| states.iter().all(|state| matches!(state, State::Bund | State::Eu));
        self.official && federal(mentioned) != federal(&self.states)
    }
}

/// What the catalogue says of the source, else what a host's name says.
fn home(case: &Case<'_>) -> Option<Origin> {
    if let Some(source) = case.source.filter(|source| !source.states.is_empty()) {
        return Some(Origin { states: source.states.clone(), rule: "source/states".to_owned(), official: true });
    }
    let Home { state, name, official, .. } = host(case)?;
    Some(Origin { states: vec![state], rule: format!("state:{state}/{name}"), official })
}

fn host<'a>(case: &Case<'a>) -> Option<Home<'a>> {
    case.hosts.iter().find_map(|host| case.rules.home_of(host))
}

/// Whether a text speaks of a body without saying where it is.
fn speaks_of_here(case: &Case<'_>) -> bool {
    let fields = case.fields.iter().filter(|field| field.name != field::ADDRESS);
    fields.flat_map(|field| german::fold::words(field.folded())).any(|word| HERE.contains(&word.text))
}

/// Decides names that stand for several states: all but the one that is meant lose their weight.
fn resolve(found: &mut [Found], home: &Option<Origin>, case: &Case<'_>) {
    let mut at = 0;
    while at < found.len() {
        let same = |one: &Found, other: &Found| {
            one.field == other.field && one.hit.start == other.hit.start && case.state(other).is_some()
        };
        let group: Vec<usize> = (at..found.len())
            .take_while(|i| found[*i].field == found[at].field && found[*i].hit.start == found[at].hit.start)
            .filter(|i| case.state(&found[at]).is_some() && same(&found[at], &found[*i]))
            .collect();
        let states: Vec<State> = group.iter().filter_map(|i| case.state(&found[*i])).collect();
        if states.iter().any(|state| *state != states[0]) {
            let meant = meant(&states, &group, found, home, case);
            for &i in &group {
                if case.state(&found[i]) != meant {
                    found[i].weight = 0.0;
                }
            }
        }
        at += group.len().max(1);
    }
}

fn meant(states: &[State], group: &[usize], found: &[Found], home: &Option<Origin>, case: &Case<'_>) -> Option<State> {
    let one = |mut candidates: Vec<State>| {
        candidates.sort();
        candidates.dedup();
        (candidates.len() == 1).then(|| candidates[0])
    };
    let hits = |i: &usize| (found[*i].field, found[*i].hit.start);
    let spans: Vec<(usize, usize)> = group.iter().map(hits).collect();
    let shared = |other: &Found| {
        // Other names that several states share decide nothing.
        found.iter().any(|twin| {
            twin.field == other.field
                && twin.hit.start == other.hit.start
                && case.state(twin) != case.state(other)
                && case.state(twin).is_some()
        })
    };
    let others = found.iter().filter(|other| {
        (other.weight >= SOME || other.stands_by)
            && !spans.contains(&(other.field, other.hit.start))
            && case.state(other).is_some_and(|state| states.contains(&state))
            && !shared(other)
    });
    one(others.filter_map(|other| case.state(other)).collect())
        .or_else(|| one(home.iter().flat_map(|home| &home.states).filter(|s| states.contains(s)).copied().collect()))
        .or_else(|| {
            let plain = group.iter().filter(|i| !case.rules.rules[found[**i].hit.rule].cue);
            one(plain.filter_map(|i| case.state(&found[*i])).collect())
        })
}

/// What the towns named as subjects, and the site of a town, lend to the topic of municipalities.
pub(super) fn municipal(found: &[Found], case: &Case<'_>) -> Vec<Why> {
    let label = format!("topic:{MUNICIPAL}");
    let lands: Vec<State> = found
        .iter()
        .filter(|found| matches!(case.rules.rules[found.hit.rule].role, Some(Role::Land | Role::Adjective)))
        .filter_map(|found| case.state(found).filter(|_| found.weight >= SOME))
        .collect();
    let town = found
        .iter()
        .filter(|found| {
            let rule = &case.rules.rules[found.hit.rule];
            let seat = SEATS.contains(&rule.text.as_str()) && case.state(found).is_some_and(|s| lands.contains(&s));
            rule.role == Some(Role::Town) && found.weight >= SOME && !seat
        })
        .max_by(|a, b| a.weight.total_cmp(&b.weight));
    if let Some(town) = town {
        return vec![case.because(&label, town)];
    }
    let site = host(case).filter(|home| home.municipal && home.official && speaks_of_here(case));
    site.map(|home| case.prior(&label, &format!("state:{}/{}", home.state, home.name), TOWN_SITE)).into_iter().collect()
}
