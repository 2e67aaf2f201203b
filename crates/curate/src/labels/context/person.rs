//! Places that belong to a person: a surname ("Martin Hagen"), a former office ("früher Bürgermeister in …"), an
//! affiliation ("… (Friedrichshafen)", "… aus Mecklenburg-Vorpommern"), a speaker of another Land.

use german::names::{is_address, is_given};
use model::Role;

use super::{Around, WEAK};

/// Words before a name that put it into the past or into a life story.
const FORMER: &[&str] = &[
    "bisher",
    "bisherige",
    "bisherigen",
    "bisheriger",
    "damalige",
    "damaliger",
    "ehemalige",
    "ehemaligen",
    "ehemaliger",
    "ehemals",
    "einst",
    "ex",
    "frueher",
    "fruehere",
    "frueheren",
    "frueherer",
    "gebuertige",
    "gebuertigen",
    "gebuertiger",
    "geboren",
    "studierte",
    "vorher",
    "vormals",
    "zuletzt",
    "zuvor",
];

/// Words that say where a person comes from: "kommt aus dem …", "wechselt von …".
const CAME: &[&str] = &["kam", "kommt", "stammt", "wechselt", "wechselte", "wechselten"];

/// Verbs of speech: the name after them is a speaker's.
const SAYS: &[&str] = &[
    "sagt",
    "sagte",
    "so",
    "laut",
    "erklaert",
    "erklaerte",
    "betont",
    "betonte",
    "meint",
    "meinte",
    "darunter",
    "berichtet",
    "lobt",
    "lobte",
    "ergaenzt",
    "warnt",
    "warnte",
];

/// Beginnings of offices: "Berlins CDO Martina Muster", "der Berliner Staatssekretär Max Muster".
const OFFICES: &[&str] = &[
    "abgeordnete",
    "amtschef",
    "anwalt",
    "anwaeltin",
    "beauftragte",
    "buergermeister",
    "cdo",
    "cio",
    "digitalminister",
    "digitalstaatssekretaer",
    "dozent",
    "finanzminister",
    "finanzsenator",
    "fraktionschef",
    "innenminister",
    "innensenator",
    "it",
    "jurist",
    "justizminister",
    "landrat",
    "landraetin",
    "minister",
    "oberbuergermeister",
    "politiker",
    "professor",
    "regierungschef",
    "rechtsanwalt",
    "senator",
    "staatsrat",
    "staatsraetin",
    "staatssekretaer",
    "unternehmer",
    "wissenschaftler",
];

/// Beginnings of words for people who come from a place and do not speak for it.
const GUESTS: &[&str] = &[
    "abgeordnete",
    "anwalt",
    "anwaeltin",
    "berater",
    "dozent",
    "expert",
    "forscher",
    "jurist",
    "politiker",
    "professor",
    "rechtsanwalt",
    "unternehmer",
    "wissenschaftler",
];

/// "Martin Hagen", "Frau Bremen": a surname.
pub(super) fn is_name(around: &Around<'_>) -> bool {
    let word = around.before.trim_end_matches(' ');
    if word.len() == around.before.len() {
        return false;
    }
    let given = word.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    // "Dr. Essen" has its full stop between.
    let titled = word.ends_with("dr.") || word.ends_with("prof.");
    titled || (is_given(given) || is_address(given)) && capital_before(around, word, given)
}

/// A former office, an origin, or an affiliation behind a person's name.
pub(super) fn was_there(around: &Around<'_>) -> bool {
    let near: Vec<&str> = around.words_before().take(6).collect();
    if near.iter().any(|word| FORMER.contains(word)) {
        return true;
    }
    if near.iter().any(|word| matches!(*word, "aus" | "von" | "vom")) && near.iter().any(|word| CAME.contains(word)) {
        return true;
    }
    // "den in Hamburg entwickelten Dienst" others use.
    let developed = around.words_after().next().is_some_and(|word| word.starts_with("entwickelt"));
    if developed && near.first().is_some_and(|word| matches!(*word, "in" | "von" | "vom" | "aus")) {
        return true;
    }
    around.in_summary() && around.rule.role != Some(Role::Body) && is_affiliation(around)
}

/// "Jörn Muster (Friedrichshafen)", "Ina Muster aus Mecklenburg-Vorpommern".
fn is_affiliation(around: &Around<'_>) -> bool {
    let before = around.before;
    if before.ends_with('(') && around.after.starts_with(')') && around.rule.role == Some(Role::Town) {
        return true;
    }
    let head = before.strip_suffix('(').or_else(|| before.strip_suffix(" aus "));
    let head = head.or_else(|| before.strip_suffix("(universitaet ")).map(str::trim_end);
    let Some(head) = head else { return false };
    // "eine Abgeordnete aus Celle" speaks in another house. A mayor "aus Celle" may well act for the town.
    let last = head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if before.ends_with(" aus ") && GUESTS.iter().any(|guest| last.starts_with(guest)) {
        return true;
    }
    // Two names, the first a given one: "jörn von lucke", "ina-maria ulbrich".
    let names: Vec<&str> =
        head.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(4).collect();
    names.iter().skip(1).any(|name| is_given(name))
}

/// The most that the place of a person who only speaks may count.
pub(super) fn most(around: &Around<'_>) -> f32 {
    if around.words_before().take(2).any(|word| SAYS.contains(&word)) {
        return WEAK * 0.5;
    }
    let mut after = around.words_after();
    let office = after.next().is_some_and(|word| OFFICES.iter().any(|office| word.starts_with(office)));
    // "Berlins CDO Martina Klement" is a person; "Bayerns Digitalminister will …" is Bavaria.
    if around.in_summary() && office && after.take(3).any(is_given) { WEAK } else { f32::INFINITY }
}

/// Whether the folded word that ends `head` was written with a capital.
fn capital_before(around: &Around<'_>, head: &str, word: &str) -> bool {
    let end = around.at.start - (around.before.len() - head.len());
    around.capital(end - word.len()..end)
}
