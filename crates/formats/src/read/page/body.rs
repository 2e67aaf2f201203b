//! The text of an article: its paragraphs, without what frames them.

use super::lines::Line;

/// Longest text that is kept, in bytes; events are announced early.
const LONGEST: usize = 60_000;

/// Headings that end an article: what follows is about other pages.
const ENDS: [&str; 16] = [
    "weitere meldungen",
    "weitere informationen",
    "weiterführende informationen",
    "weitere nachrichten",
    "weitere artikel",
    "weitere beiträge",
    "weitere themen",
    "verwandte themen",
    "verwandte artikel",
    "ähnliche artikel",
    "ähnliche beiträge",
    "mehr zum thema",
    "zum thema",
    "das könnte sie auch interessieren",
    "kommentare",
    "teilen",
];

/// Paragraphs behind the headline, one a line: up to `end`, or to the heading that leads on to other pages.
pub(super) fn text(lines: &[Line], headline: usize, end: usize) -> String {
    let framed = lines.get(headline).is_none_or(|line| line.frame);
    let mut text = String::new();
    let mut pending: Option<&str> = None;
    for line in lines.iter().take(end).skip(headline + 1) {
        if text.len() > LONGEST || is_end(line) && text.len() > 200 {
            break;
        }
        if line.frame && !framed || line.is_link() {
            continue;
        }
        if line.heading > 0 {
            // A heading is text if a paragraph follows it.
            pending = Some(&line.text);
            continue;
        }
        let long = line.text.chars().count() >= if line.prose { 25 } else { 60 };
        if !long {
            continue;
        }
        for piece in pending.take().into_iter().chain([line.text.as_str()]) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(piece);
        }
    }
    let end = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.truncate(end);
    text
}

fn is_end(line: &Line) -> bool {
    let said = line.text.trim_end_matches([':', '…', '.']).to_lowercase();
    (line.heading > 0 || line.text.len() < 40) && ENDS.contains(&said.as_str())
}

/// Bytes of running text behind a headline: what tells an article from a page of links.
pub(super) fn prose(lines: &[Line], headline: usize, end: usize) -> usize {
    from(80, lines, headline, end)
}

/// Bytes of paragraphs behind a headline that are longer than teasers are.
pub(super) fn long_prose(lines: &[Line], headline: usize, end: usize) -> usize {
    from(240, lines, headline, end)
}

fn from(least: usize, lines: &[Line], headline: usize, end: usize) -> usize {
    let lines = lines.iter().take(end).skip(headline + 1).filter(|line| !line.frame && !line.is_link());
    lines.map(|line| line.text.len()).filter(|length| *length >= least).sum()
}
