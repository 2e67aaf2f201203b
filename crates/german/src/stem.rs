//! Word stems: the Snowball stemmer for German, pinned to one version, because stems are stored:
//! another version of the algorithm would need every index built anew.
//!
//! Takes folded words. The algorithm itself reads `ae`, `oe`, `ue` as umlauts and drops them, so
//! "Länder", "laender" and "Land" meet in one stem.

use frostem::{Algorithm, Stemmer};

mod memo;

/// The stem of one folded word, in ASCII letters and digits; other characters are left out.
#[must_use]
pub fn stem(folded: &str) -> String {
    if folded.bytes().any(|b| b.is_ascii_digit()) {
        // "2024", "g7", "2b": an ending cut off a number would be another number.
        return ascii(folded);
    }
    memo::stem(folded, || ascii(&Stemmer::new(Algorithm::German).stem(folded)))
}

fn ascii(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether a folded word is too common to tell one text from another: articles, pronouns, prepositions,
/// auxiliary verbs.
#[must_use]
pub fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.binary_search(&folded).is_ok()
}

/// Sorted, folded.
pub(crate) const STOP_WORDS: &[&str] = &[
    "ab", "aber", "alle", "allem", "allen", "aller", "alles", "als", "also", "am", "an", "andere", "anderen", "auch",
    "auf", "aus", "bei", "beim", "bereits", "bis", "bisher", "da", "dabei", "dadurch", "dafuer", "damit", "dann",
    "daran", "darauf", "darf", "darueber", "darum", "das", "dass", "davon", "dazu", "dem", "den", "denn", "der",
    "deren", "des", "dessen", "die", "dies", "diese", "diesem", "diesen", "dieser", "dieses", "doch", "dort", "durch",
    "ein", "eine", "einem", "einen", "einer", "eines", "er", "erst", "es", "etwa", "fuer", "gegen", "gibt", "hab",
    "habe", "haben", "hat", "hatte", "hatten", "hier", "ich", "ihr", "ihre", "ihrem", "ihren", "ihrer", "im", "immer",
    "in", "ins", "ist", "ja", "jede", "jeder", "jedes", "jetzt", "kann", "kein", "keine", "koennen", "kuenftig",
    "mehr", "mit", "muessen", "muss", "nach", "neu", "neue", "neuem", "neuen", "neuer", "neues", "nicht", "noch",
    "nun", "nur", "ob", "oder", "ohne", "rund", "schon", "sehr", "sei", "sein", "seine", "seinem", "seinen", "seiner",
    "seit", "sich", "sie", "sind", "so", "soll", "sollen", "sollte", "sowie", "statt", "ueber", "um", "und", "uns",
    "unser", "unsere", "unter", "viel", "viele", "vom", "von", "vor", "waehrend", "war", "waren", "was", "weil",
    "weiter", "wenn", "wer", "werden", "wie", "will", "wir", "wird", "wo", "wurde", "wurden", "zu", "zum", "zur",
    "zwischen",
];

#[cfg(test)]
mod tests;
