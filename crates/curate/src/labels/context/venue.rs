//! Places where something merely happens: "in Ulm", "Residenz München", "im Berliner Westhafen", "die Mainzer Arena",
//! "Universität Potsdam".

use model::Role;

use super::{Around, WEAK};

/// What a venue may count: enough where nothing else is named.
pub(super) const MOST: f32 = WEAK;

/// Prepositions of place.
const WHERE: &[&str] = &["in", "nach", "aus", "bei", "nahe", "um"];

/// Houses where one meets: the ends of words before a town, or after its adjective.
const HOUSES: &[&str] = &[
    "akademie",
    "arena",
    "center",
    "congress",
    "forum",
    "halle",
    "hafen",
    "haus",
    "hochschule",
    "hotel",
    "innenstadt",
    "kongresszentrum",
    "messe",
    "messegelaende",
    "museum",
    "residenz",
    "schloss",
    "stadion",
    "theater",
    "universitaet",
    "uni",
    "tu",
    "fh",
    "zentrum",
];

/// Words before the town where somebody works or sits.
const SITES: &[&str] = &[
    "arbeitsort",
    "arbeitsstaette",
    "dienstort",
    "dienstsitz",
    "dienststelle",
    "einsatzort",
    "sitz",
    "standort",
    "tagungsort",
];

pub(super) fn is_one(around: &Around<'_>, announces: bool) -> bool {
    let near = around.words_before().next().unwrap_or_default();
    let house = |word: &str| HOUSES.iter().any(|house| word.ends_with(house)) && word != "rathaus";
    if !matches!(around.rule.role, Some(Role::Town | Role::Adjective)) && !around.is_town() {
        // "Fachkongress in Rheinland-Pfalz": where a Land is the place of a meeting.
        return announces && near == "in" && !around.in_summary();
    }
    if house(near) && around.before.ends_with(' ') {
        return true;
    }
    // "Dienstort Bonn", "Arbeitsort ist Dresden", "Sitz in Kassel": what a job or a body offers, not whom it serves.
    if around.words_before().take(3).any(|word| SITES.contains(&word)) {
        return true;
    }
    let adjective = around.field.source(around.at.clone()).ends_with("er");
    if adjective && around.words_after().take(2).any(house) {
        return true;
    }
    let place = WHERE.contains(&near) || around.before.ends_with('(');
    place && around.is_town() && (around.in_summary() || announces)
}
