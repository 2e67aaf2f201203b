//! Words that tell no two items apart, and the stations of a law: what the whole field speaks of, what only tells of
//! time and of speech, who is at it with a bill.
//!
//! Lists are folded or fold at first use. A word that stands here says little; it never makes an item unlike another.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use german::fold::fold;
use german::stem::{is_stop_word, stem};
use quick_cache::sync::Cache;

use super::parts::hash;

/// Words that were looked at lately, at most. Few words make up most of any text.
const REMEMBERED: usize = 16_384;
/// Longer words are seldom words, and not remembered.
const LONGEST: usize = 48;

/// A word as telling sees it.
#[derive(Debug)]
pub(super) struct Known {
    /// Its stem.
    pub(super) root: String,
    /// The hash of that.
    pub(super) hash: u64,
    /// It says anything of the matter.
    pub(super) significant: bool,
    /// The whole field speaks of it: such a stem tells no two items apart.
    pub(super) field: bool,
    /// The stations of a law that it speaks of, one bit each.
    pub(super) stations: u8,
}

/// What is known of a folded word.
pub(super) fn known(word: &str) -> Arc<Known> {
    static MEMO: LazyLock<Cache<Box<str>, Arc<Known>>> = LazyLock::new(|| Cache::new(REMEMBERED));
    if word.len() > LONGEST {
        return Arc::new(Known::of(word));
    }
    if let Some(known) = MEMO.get(word) {
        return known;
    }
    let known = Arc::new(Known::of(word));
    MEMO.insert(word.into(), Arc::clone(&known));
    known
}

impl Known {
    fn of(word: &str) -> Self {
        let root = stem(word);
        Known {
            hash: hash(&root),
            significant: significant(word) && !root.is_empty(),
            field: of_field(&root),
            stations: station(&root),
            root,
        }
    }
}

/// Whether a folded word says anything of the matter.
fn significant(word: &str) -> bool {
    word.len() >= 2 && !is_stop_word(word) && !NO_MATTER.contains(&word) && !is_month(word)
}

pub(super) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// Whether the whole field speaks of it.
fn of_field(root: &str) -> bool {
    static ROOTS: LazyLock<HashSet<String>> = LazyLock::new(|| OF_FIELD.iter().map(|word| stem(&fold(word))).collect());
    root.starts_with("digital") || root.starts_with("verwalt") || ROOTS.contains(root)
}

/// The station of a law that a stem speaks of, as one bit.
fn station(root: &str) -> u8 {
    static ROOTS: LazyLock<Vec<(String, u8)>> = LazyLock::new(|| {
        let bits = STATIONS.iter().zip(0..).flat_map(|(words, bit)| words.iter().map(move |word| (word, 1_u8 << bit)));
        bits.map(|(word, bit)| (stem(word), bit)).collect()
    });
    ROOTS.iter().find(|(word, _)| word == root).map_or(0, |(_, bit)| *bit)
}

/// From the draft to the law gazette, folded: who acts at each station, and what only happens there.
const STATIONS: [&[&str]; 6] = [
    &["referentenentwurf", "eckpunkte", "eckpunktepapier", "konsultation", "verbaendeanhoerung"],
    &["kabinett", "bundeskabinett", "landeskabinett", "kabinettsbeschluss", "kabinettsentwurf", "ministerrat"],
    &["lesung", "anhoerung", "sachverstaendige", "sachverstaendigenanhoerung"],
    &["bundestag", "landtag", "buergerschaft", "abgeordnetenhaus", "verabschiedet"],
    &["bundesrat"],
    &["kraft", "inkrafttreten", "verkuendet", "gesetzblatt", "bundesgesetzblatt"],
];

/// Words that most items of the field have, whatever they tell.
const OF_FIELD: [&str; 84] = [
    "Land",
    "Stadt",
    "Behörde",
    "Bund",
    "Länder",
    "Minister",
    "Ministerin",
    "Ministerium",
    "Staat",
    "IT",
    "online",
    "Dienst",
    "Service",
    "Portal",
    "Gesetz",
    "Bürger",
    "Bürgerinnen",
    "Kommune",
    "kommunal",
    "Leistung",
    "Projekt",
    "Strategie",
    "System",
    "Plattform",
    "Einführung",
    "einführen",
    "Start",
    "starten",
    "Prozess",
    "modern",
    "Modernisierung",
    "Daten",
    "neu",
    "deutsch",
    "Deutschland",
    "Landkreis",
    "Gemeinde",
    "Kreis",
    "öffentlich",
    "Unternehmen",
    "Thema",
    "Bereich",
    "Ziel",
    "Stelle",
    "Aufgabe",
    "Presse",
    "Mitteilung",
    "Pressemitteilung",
    "Register",
    "Registermodernisierung",
    "OZG",
    "Onlinezugangsgesetz",
    "CIO",
    "CDO",
    "Chief",
    "Digital",
    "Officer",
    "Information",
    "KI",
    "E-Government",
    "eGovernment",
    "Akte",
    "Kabinett",
    "Landesregierung",
    "Regierung",
    "Bundesregierung",
    "Digitalminister",
    "Staatssekretär",
    "Staatssekretärin",
    "IT-Planungsrat",
    "Planungsrat",
    "Beauftragter",
    "Beschäftigte",
    "Angebot",
    "Nutzung",
    "Umsetzung",
    "Zukunft",
    "Zusammenarbeit",
    "Nummer",
    "Antrag",
    "Anträge",
    "elektronisch",
    "Cloud",
    "Präsident",
];

/// Folded.
const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "maerz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
];

/// Words beside the stop words and the months that say nothing of the matter: of speech, of time, of order.
const NO_MATTER: [&str; 39] = [
    "sagt",
    "sagte",
    "erklaert",
    "nennt",
    "laut",
    "erste",
    "ersten",
    "erster",
    "erstes",
    "zweite",
    "drei",
    "zwei",
    "vier",
    "darunter",
    "heute",
    "ende",
    "anfang",
    "mitte",
    "jahr",
    "jahre",
    "jahren",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "steht",
    "stehen",
    "geht",
    "gehen",
    "kommt",
    "kommen",
    "macht",
    "gilt",
    "eigene",
    "uhr",
    "prozent",
];
