//! What the name of a host tells: whose it is, and what kind of text comes from there.
//!
//! Names in the catalogue count with everything below them: `bremen.de` with `finanzen.bremen.de`. Names that are
//! not there are read: `www.kreis-steinfurt.de`, `stadt-koeln.de`, `ratsinfo-friedberg-hessen.de` and `gruene-zerbst.de`
//! are made of a place and a word that says who speaks.

use std::collections::HashMap;

use model::{Genre, Place, Role, State, TextKind};

/// Words before a place's name in the host of its administration.
const OFFICES: &[&str] = &[
    "amt",
    "buergerinfo",
    "gemeinde",
    "hansestadt",
    "kreis",
    "kreisverwaltung",
    "landkreis",
    "landratsamt",
    "lk",
    "lra",
    "markt",
    "rathaus",
    "ratsinfo",
    "ratsinformation",
    "samtgemeinde",
    "sessionnet",
    "stadt",
    "stadtverwaltung",
    "stadtwerke",
    "verbandsgemeinde",
    "vg",
    "wir",
];

/// Words before a place's name in the host of a party.
const PARTIES: &[&str] = &[
    "afd",
    "buendnis",
    "cdu",
    "csu",
    "die-linke",
    "dielinke",
    "fdp",
    "freie-waehler",
    "fw",
    "gruene",
    "jusos",
    "linke",
    "oedp",
    "piraten",
    "piratenpartei",
    "spd",
    "volt",
];

/// Parts of a host's name that tell what stands there: `blog.beispiel.de`, `vergabe-beispiel.de`.
const VOICES: &[(&str, Genre)] = &[
    ("ausschreibungen", Genre::Tender),
    ("blog", Genre::Opinion),
    ("evergabe", Genre::Tender),
    ("glossar", Genre::Other),
    ("jobs", Genre::Job),
    ("karriere", Genre::Job),
    ("lexikon", Genre::Other),
    ("presse", Genre::Press),
    ("stellenangebote", Genre::Job),
    ("vergabe", Genre::Tender),
    ("wiki", Genre::Other),
];

/// Abbreviations of Länder as they end host names: `spd-bw.de`.
const SHORT: &[(&str, State)] = &[
    ("bw", State::Bw),
    ("by", State::By),
    ("mv", State::Mv),
    ("nds", State::Ni),
    ("nrw", State::Nw),
    ("rlp", State::Rp),
    ("sh", State::Sh),
];

/// Whose place a host is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Home<'a> {
    pub(crate) state: State,
    /// The part of the host's name that tells.
    pub(crate) name: &'a str,
    /// A body's own voice; otherwise a paper, a party, an association that only lives there.
    pub(crate) official: bool,
    /// Of a town or county.
    pub(crate) municipal: bool,
}

#[derive(Debug, Default)]
pub(super) struct Hosts {
    /// Endings of host names, with the state they speak for and whether it is the body itself.
    names: HashMap<String, (State, bool)>,
    /// Places, flat.
    places: HashMap<String, Known>,
    voices: HashMap<String, Genre>,
}

/// A place that host names may be made of.
#[derive(Debug)]
struct Known {
    /// None for a name that two states share.
    state: Option<State>,
    town: bool,
    /// Its name is a word as well: `welt.de` is no village in Schleswig-Holstein.
    cue: bool,
}

impl Hosts {
    pub(super) fn name(&mut self, name: &str, place: &Place) {
        self.names.insert(name.to_lowercase(), (place.state, place.role != Role::Outlet));
    }

    pub(super) fn place(&mut self, flat: &str, place: &Place) {
        let new = || Known { state: Some(place.state), town: place.role == Role::Town, cue: place.cue };
        let known = self.places.entry(flat.to_owned()).or_insert_with(new);
        if known.state != Some(place.state) && known.cue == place.cue {
            known.state = None;
        } else if known.cue && !place.cue {
            *known = new();
        }
    }

    pub(super) fn voice(&mut self, kind: &TextKind) {
        self.voices.extend(kind.hosts.iter().map(|host| (host.to_lowercase(), kind.kind)));
    }

    pub(super) fn home<'a>(&'a self, host: &str) -> Option<Home<'a>> {
        if let Some((name, &(state, official))) = ending(&self.names, host) {
            return Some(Home { state, name, official, municipal: false });
        }
        labels(host).find_map(|label| self.read(label))
    }

    pub(super) fn voice_of(&self, host: &str) -> Option<(Genre, &str)> {
        if let Some((name, &genre)) = ending(&self.voices, host) {
            return Some((genre, name));
        }
        let party = labels(host).find_map(|label| before_another(label, PARTIES));
        let told = || {
            let parts: Vec<&str> = labels(host).flat_map(|label| label.split('-')).collect();
            VOICES.iter().find(|(name, _)| parts.contains(name)).map(|(name, genre)| (*genre, *name))
        };
        party.map(|party| (Genre::Opinion, *party)).or_else(told)
    }

    /// "stadt-koeln": an office's word and a place, a place alone, or a place among other words.
    fn read(&self, label: &str) -> Option<Home<'_>> {
        let office = before_another(label, OFFICES);
        let party = before_another(label, PARTIES);
        let rest = office.or(party).map_or(label, |word| &label[word.len() + 1..]);
        let sure = office.is_some() || party.is_some();
        if let Some((name, state, municipal)) = self.known(rest, sure) {
            return Some(Home { state, name, official: party.is_none(), municipal });
        }
        // "bz-berlin", "pforzheim-24stun": words around a name; whoever it is, it is not the place itself.
        let parts = rest.match_indices('-').flat_map(|(at, _)| [&rest[at + 1..], &rest[..at]]).take(8);
        let (name, state, municipal) = parts.filter_map(|part| self.known(part, sure)).next()?;
        Some(Home { state, name, official: office.is_some(), municipal })
    }

    /// A place by its name; `sure` if a word before it shows that one follows.
    fn known(&self, label: &str, sure: bool) -> Option<(&str, State, bool)> {
        if let Some((name, state)) = SHORT.iter().find(|(name, _)| *name == label) {
            return Some((name, *state, false));
        }
        let (name, known) = self.places.get_key_value(&label.replace('-', " "))?;
        (sure || !known.cue).then_some((name, known.state?, known.town))
    }
}

/// The parts of a host's name from the one below the top on: `buergerinfo.lk-ni.de` gives `lk-ni`, `buergerinfo`.
fn labels(host: &str) -> impl Iterator<Item = &str> {
    host.rsplit('.').skip(1).filter(|label| *label != "www").take(4)
}

/// The word of a list that a part of a host's name begins with, if another follows. Most have no hyphen, and end here.
fn before_another(label: &str, words: &'static [&'static str]) -> Option<&'static &'static str> {
    let starts = |word: &str| label.strip_prefix(word).is_some_and(|rest| rest.starts_with('-') && rest.len() > 1);
    label.contains('-').then(|| words.iter().find(|word| starts(word))).flatten()
}

/// The longest ending of a host's name that is known, on the bounds of its parts.
fn ending<'a, T>(known: &'a HashMap<String, T>, host: &str) -> Option<(&'a str, &'a T)> {
    let mut rest = host;
    loop {
        if let Some((name, value)) = known.get_key_value(rest) {
            return Some((name, value));
        }
        rest = rest.split_once('.')?.1;
    }
}
