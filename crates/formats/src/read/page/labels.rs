//! Head lines in which a content management system writes out its fields: "Titel , Datum: 01.02.2024, Format:
//! Meldung, Bereich: Behörde , Untertitel". Link texts of the Government Site Builder look so, and text copied from it.

use model::When;

use crate::read::when;

/// Fields whose values sort an entry.
const SORTED: [&str; 8] = ["format", "bereich", "thema", "themen", "rubrik", "typ", "art", "kategorie"];

/// Longest head line, in bytes.
const LONGEST: usize = 600;

/// A head line, taken apart.
#[derive(Debug, Default, PartialEq)]
pub(super) struct HeadLine {
    pub(super) title: String,
    pub(super) date: Option<When>,
    pub(super) categories: Vec<String>,
    /// What follows the fields.
    pub(super) rest: String,
}

/// Takes a head line apart; `None` for any line that has no date field behind a title.
pub(super) fn head_line(line: &str) -> Option<HeadLine> {
    if line.len() > LONGEST || !line.contains("Datum: ") {
        return None;
    }
    let mut head = HeadLine::default();
    let mut fields = 0;
    for piece in line.split(", ").map(|piece| piece.trim().trim_end_matches(',').trim_end()) {
        match piece.split_once(": ").map(|(name, value)| (name.trim().to_lowercase(), value.trim())) {
            Some((name, value))
                if matches!(name.as_str(), "datum" | "erscheinungsdatum") && when::when(value).is_some() =>
            {
                head.date = head.date.or(when::when(value));
                fields += 1;
            }
            Some((name, value)) if fields > 0 && SORTED.contains(&name.as_str()) => {
                head.categories.push(value.to_owned());
            }
            _ => {
                let part = if fields == 0 { &mut head.title } else { &mut head.rest };
                if !part.is_empty() {
                    part.push_str(", ");
                }
                part.push_str(piece);
            }
        }
    }
    (head.date.is_some() && !head.title.is_empty()).then_some(head)
}

#[cfg(test)]
mod tests;
