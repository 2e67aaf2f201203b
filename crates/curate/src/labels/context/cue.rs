//! What shows that a name is a place, for names that are words or surnames as well: an office before it, an
//! administration after its adjective, a preposition of place.

use super::Around;

/// Words before a place's name.
const BEFORE: &[&str] = &[
    "altstadt",
    "amt",
    "bergstadt",
    "bundesstadt",
    "buergerbuero",
    "buergermeister",
    "buergermeisterin",
    "gemeinde",
    "grossstadt",
    "hansestadt",
    "inselgemeinde",
    "kleinstadt",
    "klinikum",
    "kommune",
    "kreis",
    "kreisstadt",
    "kreisverwaltung",
    "kurstadt",
    "landkreis",
    "landkreise",
    "landrat",
    "landratsamt",
    "landratsamts",
    "markt",
    "marktgemeinde",
    "metropolregion",
    "modellkommune",
    "oberbuergermeister",
    "oberbuergermeisterin",
    "ort",
    "ortsgemeinde",
    "pilotkommune",
    "rathaus",
    "region",
    "samtgemeinde",
    "sparkasse",
    "stadt",
    "stadtgemeinde",
    "stadtrat",
    "stadtverwaltung",
    "stadtwerke",
    "stadtwerken",
    "staedtchen",
    "universitaetsstadt",
    "verbandsgemeinde",
    "verwaltungsgemeinschaft",
    "wissenschaftsstadt",
    "gemeinden",
    "staedte",
    "staedten",
    "staedtische",
];

/// Beginnings of words after the adjective of a place: "Zerbster Rathaus".
const AFTER: &[&str] = &[
    "amt",
    "auslaenderbehoerde",
    "bauamt",
    "behoerde",
    "bauhof",
    "buergeramt",
    "buergerbuero",
    "buergermeister",
    "gemeinde",
    "gesundheitsamt",
    "jobcenter",
    "kommune",
    "kreis",
    "landrat",
    "landraetin",
    "oberbuergermeister",
    "ordnungsamt",
    "rathaus",
    "rathaeus",
    "rat",
    "schul",
    "stadt",
    "standesamt",
    "verwaltung",
    "zulassung",
];

pub(super) fn shows(around: &Around<'_>) -> bool {
    let mut before = around.words_before();
    let (last, more) = (before.next().unwrap_or_default(), before.next().unwrap_or_default());
    // The inflection found: "Zerbster", or the bare name.
    let name = around.rule.text.chars().count();
    let adjective = around.field.source(around.at.clone()).chars().count() >= name + 2;
    if adjective {
        return around.words_after().next().is_some_and(|word| AFTER.iter().any(|cue| word.starts_with(cue)));
    }
    BEFORE.contains(&last)
        || last.ends_with("stadt")
        || matches!(last, "von" | "in") && BEFORE.contains(&more)
        // "das ‚Digitale Rathaus' Zerbst": a closing quotation mark ends the clause.
        || quoted_cue(around)
        || around.after.starts_with(" (landkreis") || around.after.starts_with(" (kreis")
        || last == "in" && name >= 5 && around.words_after().next() != Some("und")
}

/// "in die Halle", "eines Essens", "ein Hammer": towns have no article, and their adjectives an office behind them.
pub(super) fn is_word(around: &Around<'_>) -> bool {
    const ARTICLES: &[&str] = &[
        "das", "dem", "den", "der", "des", "die", "ein", "eine", "einem", "einen", "einer", "eines", "im", "zum", "zur",
    ];
    let adjective = around.field.source(around.at.clone()).ends_with("er");
    if adjective {
        return !shows(around);
    }
    around.words_before().next().is_some_and(|word| ARTICLES.contains(&word))
}

fn quoted_cue(around: &Around<'_>) -> bool {
    let before = around.before.trim_end();
    let inside = before.strip_suffix(['“', '”', '"', '«', '\'']);
    inside
        .is_some_and(|inside| inside.rsplit(|c: char| !c.is_alphanumeric()).next().is_some_and(|w| BEFORE.contains(&w)))
}
