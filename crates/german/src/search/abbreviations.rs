//! What is short for what: who types the one means the other as well.
//!
//! Only what is as good as a name and said both ways in the news of administration; what means two things in them has
//! no place here. Asked for either way, both are found, and neither is taken apart in the other's stead.

use std::sync::LazyLock;

use super::Phrase;
use super::term::term;
use crate::fold::fold;

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
    &["OSS", "Open Source Software"],
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

fn terms(way: &str) -> Vec<String> {
    let folded = fold(way);
    crate::fold::words(&folded).map(|word| term(word.text)).collect()
}
