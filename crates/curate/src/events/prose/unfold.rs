//! Lists that are no lines of their own yet: "Termine: 3. März (Grundlagen), 17. März (Praxis)" in one line.
//!
//! They are put into the shape of items with their dates first, before anything else reads the text. Promises: no token
//! is lost or told twice; what stands between the dates is short and holds no verb, else the line stays as it is.

use super::token::{Kind, Line, Prose};
use super::when::Mention;
use super::words;

/// Longest item of a list in one line, in tokens.
const ITEM: usize = 24;

/// Puts lists in one line into lines of their own.
pub(super) fn unfold(prose: &mut Prose<'_>, mentions: &[Mention]) {
    let mut lines = Vec::with_capacity(prose.lines.len());
    for line in std::mem::take(&mut prose.lines) {
        let first = mentions.partition_point(|one| one.from < line.from);
        let mut starts: Vec<usize> =
            mentions[first..].iter().take_while(|one| one.to <= line.to).map(|one| one.from).collect();
        starts.dedup();
        let mut begin = inline(prose, &line, &starts);
        if begin.is_none() {
            // "Hamburg 3.5., Köln 8.5., München 15.5.": the names stand before their days.
            starts = starts.into_iter().map(|at| named_from(prose, &line, at)).collect();
            begin = inline(prose, &line, &starts);
        }
        let Some(begin) = begin else {
            lines.push(line);
            continue;
        };
        let starts = &starts[begin..];
        let head = Line { to: starts[0], heading: false, ..line.clone() };
        if head.from < head.to {
            lines.push(head);
        }
        for (at, from) in starts.iter().enumerate() {
            let to = starts.get(at + 1).copied().unwrap_or_else(|| last_item(prose, *from, line.to));
            lines.push(Line { from: *from, to, indent: line.indent + 1, bullet: true, heading: false, gap: false });
        }
        if let Some(last) = lines.last().map(|last| last.to).filter(|last| *last < line.to) {
            lines.push(Line { from: last, to: line.to, heading: false, bullet: false, gap: false, ..line });
        }
    }
    prose.lines = lines;
}

/// Where the last item of a line ends: a sentence may follow it.
fn last_item(prose: &Prose<'_>, from: usize, to: usize) -> usize {
    let ends = |at: &usize| {
        let tokens = &prose.tokens;
        tokens[*at].is('.')
            && tokens[at - 1].word().is_some_and(|word| word.len() > 2)
            && super::when::month(&tokens[at - 1].low).is_none()
            && tokens[at + 1].capital
            && !prose.joined(at + 1)
    };
    (from + 1..to.saturating_sub(1)).find(ends).map_or(to, |at| at + 1)
}

/// Where the names right before a date begin; a colon may stand between.
fn named_from(prose: &Prose<'_>, line: &Line, at: usize) -> usize {
    let colon = at > line.from + 1 && prose.tokens[at - 1].is(':') && prose.tokens[at - 2].capital;
    let end = at - usize::from(colon);
    (line.from..end).rev().take(3).take_while(|at| prose.tokens[*at].capital).last().unwrap_or(at)
}

/// Which of the dates of a line begins a list in it: behind a colon, or behind "+++".
fn inline(prose: &Prose<'_>, line: &Line, starts: &[usize]) -> Option<usize> {
    let mark = |at: usize| at > line.from && (prose.tokens[at - 1].is(':') || prose.tokens[at - 1].is('+'));
    let begin = starts.iter().position(|at| mark(*at))?;
    let rest = &starts[begin..];
    let parted = |pair: &[usize]| {
        let between = &prose.tokens[pair[0]..pair[1]];
        let last = between.last();
        let mark = last
            .is_some_and(|last| matches!(last.kind, Kind::Mark(',' | ';' | '+' | '|' | '/' | '·' | '•' | '–' | '—')));
        let names =
            between.iter().any(|token| token.capital && token.word().is_some_and(|word| !words::no_place(word)));
        let brief = between.len() <= ITEM;
        let verb = between.iter().any(|token| token.word().is_some_and(|word| !token.capital && words::finite(word)));
        mark && names && brief && !verb
    };
    (rest.len() > 1 && rest.windows(2).all(parted)).then_some(begin)
}
