//! Parts the kicker from a title: the place, topic or genre that content management systems set over a headline,
//! and that reaches us glued to it ("HamburgCDO für Bezirksämter"), before a colon, or before a dash.
//!
//! Only what is known as a place, a body, a topic or a genre is taken for a kicker; any other title stays whole:
//! "ThüringenApp startet" and "openDesk im Test" are written so.

use crate::rules::Rules;

/// Words that a name in camel case goes on with: "ThüringenApp", "BayernPortal", "KölnDigital".
const NAME_ENDS: &[&str] = &[
    "3c", "app", "atlas", "card", "cloud", "cert", "data", "digital", "id", "konto", "lab", "labor", "net", "netz",
    "next", "online", "pass", "plan", "portal", "service", "stack", "viewer",
];

/// What stands between kicker and title, and which byte of it to look for.
const MARKS: [(usize, &str); 7] = [(0, ": "), (3, " – "), (3, " — "), (1, " - "), (2, " · "), (1, " | "), (1, " +++ ")];

/// Kicker and title. Without a kicker the title comes back whole, but for an empty one (": Digitalisierung …").
#[must_use]
pub fn split<'a>(title: &'a str, rules: &Rules) -> (Option<&'a str>, &'a str) {
    let title = title.trim().trim_start_matches([':', '·', '|']).trim_start();
    glued(title, rules).or_else(|| separated(title, rules)).map_or((None, title), |(kicker, rest)| (Some(kicker), rest))
}

/// "HamburgCDO für Bezirksämter": a small letter, and at once a capital, where what stands before is known.
fn glued<'a>(title: &'a str, rules: &Rules) -> Option<(&'a str, &'a str)> {
    let mut last = ' ';
    for (at, c) in title.char_indices().take(80) {
        let seam = (last.is_lowercase() || matches!(last, ')' | '!' | '?'))
            && (c.is_uppercase() || c.is_ascii_digit() || c == '„');
        last = c;
        if !seam {
            continue;
        }
        let (before, after) = title.split_at(at);
        let next = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        // A headline goes on after its first word; a name in camel case is one word of many.
        if after.len() == next.len() || NAME_ENDS.contains(&german::fold::fold(next).as_str()) {
            continue;
        }
        // A short word of a topic before a capital is a brand: "CloudBox", "KitaNetz".
        let short = before.chars().count() < 8 && !rules.knows_place(before) && !rules.is_rubric(before);
        if !short && is_kicker(before, rules) {
            return Some((before, after));
        }
    }
    None
}

/// "Berlin: Eckpunkte …", "RHEINLAND-PFALZ – Land führt …".
fn separated<'a>(title: &'a str, rules: &Rules) -> Option<(&'a str, &'a str)> {
    // Each title is looked through for each of them: a mark shows by one byte of it that is rare.
    for (rare, mark) in MARKS {
        let found = memchr::memchr_iter(mark.as_bytes()[rare], title.as_bytes())
            .find_map(|at| title.get(at.checked_sub(rare)?..)?.strip_prefix(mark));
        let Some(after) = found else { continue };
        let before = &title[..title.len() - after.len() - mark.len()];
        // "NOOTS: Was nun?" needs its first word to be understood.
        if after.split_whitespace().count() >= 3 && is_kicker(before, rules) {
            return Some((before.trim_end(), after.trim_start()));
        }
    }
    None
}

fn is_kicker(words: &str, rules: &Rules) -> bool {
    let words = words.trim();
    let known = |part: &str| rules.is_rubric(part) || rules.knows(part);
    if words.is_empty()
        || words.split_whitespace().count() > 5
        || !words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && !known(words)
    {
        return false;
    }
    // "Baden-Württemberg/Bayern", "Bayern, Hessen".
    if words.split(['/', ',', '&']).all(known) {
        return true;
    }
    // "Digitales Bayern", "Polizei-Bilanz in Hamm": a rubric that ends in its place.
    words.rsplit_once(' ').is_some_and(|(_, last)| rules.knows_place(last))
}

#[cfg(test)]
mod tests;
