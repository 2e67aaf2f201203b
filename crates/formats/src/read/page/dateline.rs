//! Teasers that are told by their date line, whatever the markup: a headline, and below it "[20.12.2024] Das Amt
//! berichtet … mehr…". Papers for administrations list their news so.

use model::{Entry, When};

use super::dom::Page;
use super::lines::Line;
use crate::read::when;

/// Fewest date lines that make a list; two may stand in one article.
const FEWEST: usize = 3;

/// Longest kicker, in characters.
const LONGEST_KICKER: usize = 50;

/// Words of the link at the end of a teaser.
const MORE: [&str; 8] = ["mehr", "Mehr", "weiterlesen", "Weiterlesen", "weiter", "Weiter", "mehr lesen", "Mehr lesen"];

/// The teasers of a page, and the line with which the first begins.
pub(super) struct Teasers {
    pub(super) entries: Vec<Entry>,
    pub(super) from: usize,
}

/// Reads the lines of a page as a list of teasers; `None` where they are none.
pub(super) fn read(page: &Page, lines: &[Line]) -> Option<Teasers> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut from = lines.len();
    let mut last = None;
    for (at, line) in lines.iter().enumerate() {
        let Some((date, rest)) = bracketed(&line.text) else { continue };
        // The headline stands above, and is not the text of the teaser before.
        let Some(above) = at.checked_sub(1).filter(|above| last != Some(*above) && lines[*above].text.len() < 300)
        else {
            continue;
        };
        // A teaser goes on over a line feed until its link, or until the next headline.
        let mut text = rest.trim().to_owned();
        let mut end = at;
        while let Some(next) =
            lines.get(end + 1).filter(|next| end < at + 4 && continues(&text, next, lines.get(end + 2)))
        {
            text.push('\n');
            text.push_str(&next.text);
            end += 1;
        }
        last = Some(end);
        from = from.min(above);
        let (_, summary) = teaser(&text);
        let lang = page.lang();
        let link = lines[above].link.as_deref().or_else(|| (at..=end).rev().find_map(|at| lines[at].link.as_deref()));
        entries.push(Entry {
            title: Some(lines[above].text.clone()),
            url: link.and_then(|href| page.absolute(href)),
            summary: Some(summary.to_owned()).filter(|text| !text.is_empty()),
            published: Some(date.start()),
            lang,
            ..Entry::default()
        });
        if entries.len() > crate::read::MOST_ENTRIES {
            break;
        }
    }
    if entries.len() < FEWEST {
        return None;
    }
    apart(&mut entries);
    Some(Teasers { entries, from })
}

/// "Gesetzgebung: Migrationsverwaltung wird digitaler": where most headlines of a list are made so, what stands before
/// the colon is the kicker. It may be empty.
fn apart(entries: &mut [Entry]) {
    let parts = |entry: &Entry| {
        let (kicker, title) = entry.title.as_deref()?.split_once(':')?;
        let (kicker, title) = (kicker.trim(), title.strip_prefix(' ')?.trim());
        let fits = kicker.chars().count() <= LONGEST_KICKER && !title.is_empty();
        fits.then(|| (Some(kicker.to_owned()).filter(|kicker| !kicker.is_empty()), title.to_owned()))
    };
    if entries.iter().filter(|entry| parts(entry).is_some()).count() * 2 <= entries.len() {
        return;
    }
    for entry in entries {
        if let Some((kicker, title)) = parts(entry) {
            (entry.kicker, entry.title) = (kicker, Some(title));
        }
    }
}

/// Whether the next line still belongs to a teaser: it is no headline, no date line, and none follows it.
fn continues(text: &str, next: &Line, after: Option<&Line>) -> bool {
    let dated = |line: &Line| bracketed(&line.text).is_some();
    let ended = teaser(text).1.len() < text.trim().len();
    (text.is_empty() || !ended) && next.heading == 0 && !dated(next) && !after.is_some_and(dated) && is_rest(text, next)
}

/// The text itself where the date stands on a line alone, or the link that leads on.
fn is_rest(text: &str, next: &Line) -> bool {
    text.is_empty() || MORE.contains(&next.text.trim_end_matches(['.', '…', ' ', '»', '›']))
}

/// "[20.12.2024] Das Amt …": the date, and what follows.
fn bracketed(line: &str) -> Option<(When, &str)> {
    let (date, rest) = line.strip_prefix('[')?.split_once(']')?;
    Some((when::when(date)?, rest))
}

/// The date before a teaser, and the teaser without its last link.
pub(super) fn teaser(teaser: &str) -> (Option<When>, &str) {
    let (date, teaser) = bracketed(teaser).map_or((None, teaser), |(date, rest)| (Some(date), rest));
    let shorter = teaser.trim_end_matches(['.', '…', '»', '›', '>', '→', ' ', '\n']);
    let cut = MORE.iter().find_map(|word| {
        let before = shorter.strip_suffix(word)?;
        // "immer mehr." is a sentence; "… mehr…" is a link, and so is what follows the end of a sentence.
        let marked = shorter.len() + 1 < teaser.len() && before.ends_with([' ', '\n', '.', '…']);
        let after =
            before.ends_with('\n') || before.ends_with(' ') && before.trim_end().ends_with(['.', '!', '?', '…']);
        (before.is_empty() || marked || after).then_some(before)
    });
    (date, cut.unwrap_or(teaser).trim())
}

#[cfg(test)]
mod tests;
