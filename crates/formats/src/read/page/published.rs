//! The day on which an article was published, as readers see it: a label ("Datum: 28.01.2022", "Erschienen am"), a
//! `<time>`, an element whose class says date, a line that is a date, a line that begins with one ("Bonn,
//! 11.10.2021", "Pressemitteilung vom 25. Januar 2022 | Berlin").
//!
//! The nearer to the headline, the surer; dates of teasers, comments and pictures stand further off.

use model::When;

use super::lines::Line;
use super::thing::is_plausible;
use crate::read::when;

/// Lines looked at before the headline, and behind it.
const BEFORE: usize = 14;
const BEHIND: usize = 60;

/// What the lines around a headline say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// The surest date, and how sure it is: from 10 on it is said for its own sake, below it may be that of anything.
    pub(super) published: Option<(When, i32)>,
    /// The date of a change.
    pub(super) updated: Option<When>,
}

/// Words of labels before the date of publication.
const LABELS: [&str; 17] = [
    "datum",
    "erscheinungsdatum",
    "veröffentlichungsdatum",
    "publikationsdatum",
    "veröffentlicht am",
    "veröffentlicht",
    "veröffentlichung",
    "erschienen am",
    "erschienen",
    "publiziert am",
    "publiziert",
    "online seit",
    "online gestellt am",
    "eingestellt am",
    "meldung vom",
    "pressemitteilung vom",
    "artikel vom",
];

/// Words of labels before the date of a change.
const CHANGED: [&str; 9] = [
    "aktualisiert",
    "letzte aktualisierung",
    "zuletzt geändert",
    "letzte änderung",
    "geändert",
    "letztes update",
    "update",
    "zuletzt bearbeitet",
    "überarbeitet",
];

/// Looks at the lines around the headline.
pub(super) fn near(lines: &[Line], headline: usize) -> Seen {
    let mut seen = Seen::default();
    let framed = lines.get(headline).is_none_or(|line| line.frame);
    let range = headline.saturating_sub(BEFORE)..lines.len().min(headline + BEHIND);
    for (at, line) in lines.iter().enumerate() {
        let label = label_before(lines, at);
        let close = range.contains(&at);
        // A label counts wherever it stands: some set it in a column at the side.
        if (!close && label.is_none()) || at > headline + 2_000 {
            continue;
        }
        let Some((when, sure)) = judged(line, label) else { continue };
        if !is_plausible(when.date()) {
            continue;
        }
        if label == Some(Label::Changed) {
            seen.updated = seen.updated.or(Some(when));
            continue;
        }
        let distance =
            i32::try_from(at.abs_diff(headline)).unwrap_or(i32::MAX).min(if label.is_some() { 20 } else { 60 });
        // What stands before a headline may belong to what is above it.
        let distance = if at < headline { distance * 3 / 2 } else { distance };
        let frame = if line.frame && !framed && label.is_none() { 40 } else { 0 };
        let teaser = if line.is_link() && at != headline { 12 } else { 0 };
        let sure = sure - distance - frame - teaser;
        if sure > 0 && seen.published.is_none_or(|(_, best)| sure > best) {
            seen.published = Some((when, sure));
        }
    }
    seen
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    /// Of publication.
    Published,
    /// "Stand": of publication, where nothing else is said.
    State,
    /// Of a change.
    Changed,
}

/// The label of a line: on the line itself, or alone on the line above.
fn label_before(lines: &[Line], at: usize) -> Option<Label> {
    let own = label(&lines[at].text, false);
    own.or_else(|| at.checked_sub(1).and_then(|above| label(&lines[above].text, true)))
}

fn label(text: &str, alone: bool) -> Option<Label> {
    let end = text.char_indices().nth(60).map_or(text.len(), |(at, _)| at);
    if alone && end < text.len() {
        return None;
    }
    let head = text[..end].trim_start_matches(['(', '[', '|', ' ', '–', '-']).to_lowercase();
    let is = |word: &str| {
        head.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start();
            let rest = rest.strip_prefix("am ").or_else(|| rest.strip_prefix("vom ")).unwrap_or(rest);
            let rest = rest.trim_start_matches([':', ' ', '-', '–', '.', ',']);
            if alone {
                matches!(rest.trim_end_matches(':'), "" | "am")
            } else {
                rest.starts_with(|c: char| c.is_ascii_digit()) || is_weekday(rest)
            }
        })
    };
    if CHANGED.iter().any(|word| is(word)) {
        return Some(Label::Changed);
    }
    if ["stand", "stand vom"].iter().any(|word| is(word)) {
        return Some(Label::State);
    }
    LABELS.iter().any(|word| is(word)).then_some(Label::Published)
}

fn is_weekday(text: &str) -> bool {
    ["mo", "di", "mi", "do", "fr", "sa", "so"].iter().any(|day| text.starts_with(day))
}

/// The date of a line, and how sure it is before distance is counted.
fn judged(line: &Line, label: Option<Label>) -> Option<(When, i32)> {
    let labelled = match label {
        Some(Label::Published) => 70,
        Some(Label::State) => 36,
        Some(Label::Changed) => 1,
        None => 0,
    };
    // A heading of an article about the future: "Digitaltag am 19.06.2026".
    if line.heading > 0 && label.is_none() && !line.dated && line.time.is_none() {
        return when::when(&line.text).map(|when| (when, 44));
    }
    if let Some(time) = line.time {
        return Some((time, labelled.max(56)));
    }
    let short = line.text.chars().count() <= 120;
    if line.dated && short {
        return when::found(&line.text).map(|when| (when, labelled.max(52)));
    }
    if label.is_some() {
        return when::found(&line.text).map(|when| (when, labelled));
    }
    if let Some(when) = when::when(&line.text) {
        return Some((when, 44));
    }
    beginning(&line.text).map(|when| (when, 26))
}

/// The date that a line begins with, perhaps behind a town or "Pressemitteilung vom".
fn beginning(text: &str) -> Option<When> {
    let head_end = text.char_indices().nth(90).map_or(text.len(), |(at, _)| at);
    let head = &text[..head_end];
    let digit = head.find(|c: char| c.is_ascii_digit())?;
    let (before, from) = head.split_at(digit);
    let before = before.trim();
    let words = before.split_whitespace().count();
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let town = before.ends_with(',') && words <= 4;
    let weekday = words <= 2 && is_weekday(&last.to_lowercase());
    let release =
        last == "vom" && words <= 5 || last.trim_end_matches([':', '-', '–', '|', '/']).is_empty() && words <= 3;
    (before.is_empty() || town || weekday || release || before.ends_with(['[', '('])).then_some(())?;
    // What the text begins with, not what it mentions.
    let when = when::found(from)?;
    let own: String = from.chars().take_while(|c| !c.is_whitespace()).collect();
    (own.len() <= 12 && from.starts_with(|c: char| c.is_ascii_digit())).then_some(when)
}

/// A day in the address of a page: "…/20220124-foerderung.html", "…/2022/01/24/…", "…/~02-01-2022-land-zahlte…".
pub(super) fn in_address(path: &str) -> Option<When> {
    let bytes = path.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len().min(2_000)).filter(|at| is_digit(*at) && (*at == 0 || !is_digit(at - 1))).find_map(|at| {
        let run = (at..bytes.len()).take_while(|at| is_digit(*at)).count();
        let text = match run {
            8 => path.get(at..at + 8)?.to_owned(),
            4 => path
                .get(at..at + 10)
                .filter(|ten| !is_digit(at + 10) && ten.as_bytes()[4] == ten.as_bytes()[7])?
                .replace(['/', '_'], "-"),
            2 => path.get(at..at + 10).filter(|_| !is_digit(at + 10))?.replace(['-', '_'], "."),
            _ => return None,
        };
        when::when(&text).filter(|when| matches!(when, When::Day(day) if is_plausible(*day)))
    })
}

#[cfg(test)]
mod tests;
