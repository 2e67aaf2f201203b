//! Words that stand before or over what an announcement says: labels ("Wann", "Ort", "Titel"), the line over a listing
//! ("Termine im Überblick"), and what stands beside a day and its hours. All folded.

/// Words beside a day and its hours that name nothing.
pub(super) fn of_time(word: &str) -> bool {
    matches!(
        word,
        "uhr"
            | "von"
            | "vom"
            | "bis"
            | "ab"
            | "um"
            | "am"
            | "der"
            | "den"
            | "und"
            | "ganztaegig"
            | "ganztags"
            | "jeweils"
            | "h"
            | "zum"
            | "save"
            | "the"
            | "date"
    )
}

/// Labels before the name of an event.
pub(super) fn titles(word: &str) -> bool {
    matches!(word, "was" | "titel" | "thema" | "veranstaltung" | "veranstaltungstitel" | "seminar" | "kurs" | "event")
}

/// Labels before a place.
pub(super) fn places(word: &str) -> bool {
    matches!(word, "wo" | "ort" | "veranstaltungsort" | "tagungsort" | "treffpunkt" | "location" | "adresse")
}

/// Labels before anything that belongs to an event.
pub(super) fn label(word: &str) -> bool {
    let other = matches!(
        word,
        "wann"
            | "was"
            | "wer"
            | "termin"
            | "termine"
            | "datum"
            | "zeit"
            | "uhrzeit"
            | "beginn"
            | "ende"
            | "einlass"
            | "start"
            | "anmeldung"
            | "kosten"
            | "preis"
            | "gebuehr"
            | "eintritt"
            | "veranstalter"
            | "veranstalterin"
            | "referent"
            | "referentin"
            | "referierende"
            | "kontakt"
            | "zielgruppe"
            | "format"
            | "teilnahme"
            | "raum"
            | "moderation"
            | "leitung"
            | "dozent"
            | "dozentin"
            | "link"
            | "info"
            | "infos"
            | "dauer"
            | "programm"
            | "plaetze"
            | "nr"
            | "kategorie"
            | "rubrik"
    );
    other || places(word)
}

/// Words of the line over a listing.
pub(super) fn heads_list(word: &str) -> bool {
    matches!(
        word,
        "termine"
            | "termin"
            | "veranstaltungen"
            | "veranstaltungskalender"
            | "kalender"
            | "terminkalender"
            | "events"
            | "save"
            | "date"
            | "the"
            | "terminhinweis"
            | "vormerken"
            | "bitte"
            | "aktuelle"
            | "naechste"
            | "kommende"
            | "unsere"
            | "weitere"
            | "uebersicht"
            | "veranstaltungshinweis"
            | "veranstaltungstermine"
            | "ueberblick"
            | "vorschau"
    )
}

/// Words of a line over days to come.
pub(super) fn listing(word: &str) -> bool {
    matches!(
        word,
        "termine"
            | "terminen"
            | "veranstaltungen"
            | "kalender"
            | "statt"
            | "termin"
            | "tourdaten"
            | "tourplan"
            | "folgen"
            | "stationen"
            | "reihe"
    )
}
