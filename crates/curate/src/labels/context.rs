//! What stands around a place's name decides whether it says anything: a dateline, a list of examples, a former
//! office, a quoted speaker and a venue name places that the text is not about.

use model::{Role, State};

use super::Found;
use crate::field::Field;
use crate::rules::{Label, Rules};

/// What a place counts that is only where something happens: enough where nothing else is named, not beside it.
const WEAK: f32 = 0.5;

/// Words before a name that put it into the past or into a life story.
const FORMER: &[&str] = &[
    "frueher",
    "fruehere",
    "frueheren",
    "frueherer",
    "ehemalige",
    "ehemaligen",
    "ehemaliger",
    "ehemals",
    "zuvor",
    "zuletzt",
    "vormals",
    "gebuertige",
    "gebuertiger",
    "vorher",
    "einst",
    "ex",
];

/// Verbs of speech: the name after them is a speaker's.
const SAYS: &[&str] =
    &["sagt", "sagte", "so", "laut", "erklaert", "erklaerte", "betont", "betonte", "meint", "darunter"];

/// Prepositions of place.
const WHERE: &[&str] = &["in", "nach", "aus", "bei", "nahe"];

/// Takes weight from places that only stand by.
pub(super) fn weigh(found: &mut [Found], fields: &[Field<'_>], rules: &Rules) {
    for (at, field) in fields.iter().enumerate() {
        let places: Vec<usize> =
            (0..found.len()).filter(|i| found[*i].field == at && state(&found[*i], rules).is_some()).collect();
        for &i in &places {
            let factor = factor(&found[i], field, rules);
            found[i].weight = if factor == 0.0 {
                0.0
            } else if factor < 1.0 {
                (found[i].weight).min(factor)
            } else {
                found[i].weight
            };
        }
        lists(found, &places, field, rules);
    }
}

fn state(found: &Found, rules: &Rules) -> Option<State> {
    match rules.rules[found.hit.rule].label {
        Label::State(state) => Some(state),
        _ => None,
    }
}

/// 0 to drop it, below 1 for the most it may count, 1 to leave it.
fn factor(found: &Found, field: &Field<'_>, rules: &Rules) -> f32 {
    let role = rules.rules[found.hit.rule].role;
    let text = field.folded();
    let (before, after) = (&text[..found.hit.start], &text[found.hit.end..]);
    // Berlin, Hamburg and Bremen are towns where they stand as towns do.
    let town = role == Some(Role::Town)
        || matches!(rules.rules[found.hit.rule].text.as_str(), "Berlin" | "Hamburg" | "Bremen");
    if town && field.name != "kicker" && is_dateline(before, after) {
        return 0.0;
    }
    // Words between the last stop and the name, at most a line of them.
    let line = before.char_indices().rev().nth(100).map_or(0, |(at, _)| at);
    let clause = before[line..].rsplit(['.', ';', ':', '(', '!', '?', '–', ',']).next().unwrap_or_default();
    let near: Vec<&str> =
        clause.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).rev().take(4).collect();
    if matches!(role, Some(Role::Land | Role::Town | Role::Adjective)) {
        if near.iter().any(|word| FORMER.contains(word)) {
            return 0.0;
        }
        if near.iter().take(2).any(|word| SAYS.contains(word)) {
            return WEAK * 0.5;
        }
    }
    if town
        && field.name == "summary"
        && (near.first().is_some_and(|word| WHERE.contains(word)) || before.ends_with('('))
    {
        return WEAK;
    }
    1.0
}

/// "Berlin – …", "Ilmenau/Erfurt (dpa/th) - …", "[09.04.2024] Bonn. …", "Neuss · Am 7. November".
fn is_dateline(before: &str, after: &str) -> bool {
    let before = before.trim_start();
    let stamp = before.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(before, |(_, rest)| rest);
    // Nothing before it but other towns of the same line.
    if stamp.len() > 40
        || !stamp.chars().all(|c| c.is_alphanumeric() || c == '/' || c == ' ')
        || stamp.trim().contains(' ')
    {
        return false;
    }
    if !(stamp.trim().is_empty() || stamp.trim_end().ends_with('/')) {
        return false;
    }
    let after = after
        .split_once('/')
        .filter(|(head, _)| head.is_empty())
        .map_or(after, |(_, rest)| rest.trim_start_matches(|c: char| c.is_alphanumeric()));
    let after = after.trim_start();
    if let Some((inside, rest)) = after.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        // "(Saale)" and "(dpa/sn)" alike.
        return inside.len() < 40 && rest.trim_start().starts_with(['–', '—', '-', '.', ':', '·'])
            || inside.starts_with("dpa");
    }
    after.starts_with("– ")
        || after.starts_with("— ")
        || after.starts_with("- ")
        || after.starts_with("· ")
        || after.starts_with(". ")
}

/// "Aachen, Bonn oder Essen", "Nach Bayern, Hessen und Thüringen": three towns in a row are examples, and so is a row
/// that stands behind "nach", "wie" or "neben".
fn lists(found: &mut [Found], places: &[usize], field: &Field<'_>, rules: &Rules) {
    let text = field.folded();
    let mut at = 0;
    while at < places.len() {
        let mut end = at + 1;
        while end < places.len()
            && is_comma(
                &text[found[places[end - 1]].hit.end..found[places[end]].hit.start.max(found[places[end - 1]].hit.end)],
            )
        {
            end += 1;
        }
        let row = &places[at..end];
        let towns = row.iter().filter(|i| rules.rules[found[**i].hit.rule].role == Some(Role::Town)).count();
        let lead = text[..found[row[0]].hit.start].split_whitespace().next_back().unwrap_or_default();
        let examples = row.len() >= 2 && matches!(lead, "nach" | "wie" | "neben" | "etwa") && field.name == "summary";
        if towns >= 3 || towns >= 2 && row.len() >= 3 || examples {
            for i in row {
                found[*i].weight = 0.0;
            }
        }
        at = end;
    }
}

fn is_comma(between: &str) -> bool {
    matches!(between.trim(), "," | "und" | "oder" | "sowie" | "/" | "&" | ", und" | "und in")
}
