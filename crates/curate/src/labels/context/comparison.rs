//! Places that a text measures its subject against: "hinter dem Stadtstaat Hamburg", "anders als in Bayern", "Länder
//! wie Hessen", "nach dem Vorbild Estlands", "ohne Bremen". The subject is somebody else.

use model::Role;

use super::Around;

/// Words that take what follows as a measure or an example.
const MEASURES: &[&str] = &["hinter", "neben", "gegenueber", "verglichen", "vergleich", "vorbild", "beispiel"];
/// What may stand between such a word and the name.
const BETWEEN: &[&str] =
    &["aus", "das", "dem", "den", "der", "die", "in", "im", "land", "laendern", "stadt", "stadtstaat", "von", "zu"];

pub(super) fn is_one(around: &Around<'_>) -> bool {
    if around.rule.role == Some(Role::Body) || !around.in_summary() {
        return false;
    }
    if german::clause::negated(around.field.folded(), around.at.start) && !around.before.ends_with("statt ") {
        return true;
    }
    let Some(measure) = around.words_before().find(|word| !BETWEEN.contains(word)) else { return false };
    match measure {
        // "Länder wie Hessen", but "erklärt, wie Hamburg …" tells of Hamburg.
        "wie" => around.words_before().skip_while(|word| *word != "wie").nth(1).is_some_and(is_compared),
        "als" => around.words_before().skip_while(|word| *word != "als").nth(1).is_some_and(ends_comparative),
        word => MEASURES.contains(&word),
    }
}

/// "Länder wie", "ähnlich wie", "so wie": what stands before is not a verb that asks.
fn is_compared(word: &str) -> bool {
    !matches!(word, "erklaert" | "zeigt" | "schildert" | "berichtet" | "beschreibt" | "erlaeutert" | "fragt")
}

fn ends_comparative(word: &str) -> bool {
    matches!(word, "anders" | "mehr" | "weniger" | "frueher" | "spaeter") || word.len() > 5 && word.ends_with("er")
}
