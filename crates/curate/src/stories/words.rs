//! Words that tell no two items apart, and the stations of a law: what the whole field speaks of, what only tells of
//! time and of speech, who is at it with a bill.
//!
//! Lists are folded or fold at first use. A word that stands here says little; it never makes an item unlike another.

use std::sync::{Arc, LazyLock};

use german::search::each_part;
use german::stem::{is_stop_word, stem};
use quick_cache::sync::Cache;

use super::meaning::{self, Meaning};
use super::parts::{Stem, hash};

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
    /// What it stands for; of subjects also those of its parts.
    pub(super) meaning: Meaning,
    /// What it is made of, if it says anything and is a compound.
    pub(super) parts: Box<[Stem]>,
    /// What it is spelled out.
    pub(super) spelled_out: Box<[Stem]>,
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
        let significant = significant(word) && !root.is_empty();
        let mut known = meaning::meaning(&root);
        let mut parts = Vec::new();
        if significant {
            each_part(word, &mut |part| {
                let of_part = meaning::meaning(part);
                known.subjects |= of_part.subjects;
                parts.push(Stem::new(part, of_part.sort));
            });
        }
        let spelled_out = meaning::spelled_out(word).iter().map(|long| {
            let root = stem(long);
            Stem::new(&root, meaning::meaning(&root).sort)
        });
        Known {
            hash: hash(&root),
            significant,
            meaning: known,
            parts: parts.into(),
            spelled_out: spelled_out.collect(),
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

/// From the draft to the law gazette, folded: who acts at each station, and what only happens there. Then those of an
/// attack: that it happened, and what the house does about it.
pub(super) const STATIONS: [&[&str]; 8] = [
    &["referentenentwurf", "eckpunkte", "eckpunktepapier", "konsultation", "verbaendeanhoerung"],
    &["kabinett", "bundeskabinett", "landeskabinett", "kabinettsbeschluss", "kabinettsentwurf", "ministerrat"],
    &["lesung", "anhoerung", "sachverstaendige", "sachverstaendigenanhoerung"],
    &["bundestag", "landtag", "buergerschaft", "abgeordnetenhaus", "verabschiedet"],
    &["bundesrat"],
    &["kraft", "inkrafttreten", "verkuendet", "gesetzblatt", "bundesgesetzblatt"],
    &["hackerangriff", "cyberangriff", "hackerattacke", "cyberattacke", "ransomware", "angriff"],
    &["notbetrieb", "notfallbetrieb", "loesegeld", "erpresser", "wiederanlauf", "wiederherstellung", "krisenstab"],
];

/// The stations of an attack, one bit each: whoever tells of the later one names the earlier as well.
pub(super) const ATTACKED: u8 = 1 << 6;
pub(super) const HELD_UP: u8 = 1 << 7;

/// Words that most items of the field have, whatever they tell.
pub(super) const OF_FIELD: [&str; 84] = [
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
