//! What is said in more than one way: who types the one means the other as well.
//!
//! Names with what they are short for, and a few things that the news of administration call now this, now that. What
//! means two things in them has no place here.

use std::sync::LazyLock;

use super::Phrase;
use super::index::runs;
use super::term::term;
use crate::fold::Folded;

/// Each row says one thing in several ways: words of one way in order, folded when compared.
const SAME: &[&[&str]] = &[
    &["OZG", "Onlinezugangsgesetz", "Online-Zugangsgesetz"],
    &["NOOTS", "National Once Only Technical System", "Nationales Once-Only-Technical-System"],
    &["KI", "Künstliche Intelligenz", "AI"],
    &["CDO", "Chief Digital Officer"],
    &["CIO", "Chief Information Officer"],
    &["eID", "Online-Ausweis", "elektronischer Identitätsnachweis"],
    &["EUDI", "European Digital Identity"],
    &["BMDS", "Bundesministerium für Digitales und Staatsmodernisierung", "Bundesdigitalministerium"],
    &["BMI", "Bundesministerium des Innern", "Bundesinnenministerium"],
    &["BSI", "Bundesamt für Sicherheit in der Informationstechnik"],
    &["BVA", "Bundesverwaltungsamt"],
    &["ITZBund", "Informationstechnikzentrum Bund"],
    &["ZenDiS", "Zentrum für Digitale Souveränität"],
    &["IT-PLR", "IT-Planungsrat"],
    &["DMK", "Digitalministerkonferenz"],
    &["RegMo", "Registermodernisierung"],
    &["DSGVO", "Datenschutz-Grundverordnung"],
    &["EfA", "Einer für Alle"],
    &["OSS", "Open Source", "Freie Software", "quelloffene Software"],
    &["E-Akte", "elektronische Akte", "digitale Akte"],
    &["E-Rechnung", "elektronische Rechnung"],
    &["Cyberangriff", "Hackerangriff", "Cyberattacke", "Hackerattacke"],
    &["SDG", "Single Digital Gateway"],
    &["DVC", "Deutsche Verwaltungscloud", "Deutsche Verwaltungs-Cloud"],
    &["NRW", "Nordrhein-Westfalen"],
    &["BaWü", "Baden-Württemberg"],
    &["RLP", "Rheinland-Pfalz"],
    &["MV", "Mecklenburg-Vorpommern", "Meck-Pomm"],
];

/// All ways to say what these words say, the given one left out; nothing for most.
pub(super) fn same(words: &[String]) -> Vec<Phrase> {
    let stems: Vec<String> = words.iter().map(|word| term(word)).collect();
    let row = ROWS.iter().find(|row| row.contains(&stems)).map_or(&[][..], Vec::as_slice);
    row.iter().filter(|way| **way != stems).cloned().map(Phrase::of).collect()
}

static ROWS: LazyLock<Vec<Vec<Vec<String>>>> =
    LazyLock::new(|| SAME.iter().map(|row| row.iter().map(|way| terms(way)).collect()).collect());

/// How many of these words, from the first on, say one thing, and the other ways to say it; a word that is no single
/// term ends it.
pub(super) fn begun(words: &[Option<&str>]) -> Option<(usize, Vec<Phrase>)> {
    let says = |way: &Vec<String>| {
        way.len() > 1
            && way.len() <= words.len()
            && way.iter().zip(words).all(|(term, word)| Some(term.as_str()) == *word)
    };
    let ways = ROWS.iter().flat_map(|row| row.iter().filter(|way| says(way)).map(move |way| (row, way)));
    let (row, way) = ways.max_by_key(|(_, way)| way.len())?;
    Some((way.len(), row.iter().filter(|other| *other != way).cloned().map(Phrase::of).collect()))
}

/// The terms of a way as the index has them: a single letter belongs to the part after it.
fn terms(way: &str) -> Vec<String> {
    let folded = Folded::new(way);
    runs(&folded).flatten().map(|word| term(&word.text)).collect()
}
