//! A query taken apart: words, `"phrases"`, `-not`, `beginnings*`, `either OR other`.
//!
//! All must be found that is not joined by OR. A compound asks for its parts, wherever they stand:
//! "Registermodernisierungen" finds "Modernisierung der Register". A hyphenated word is a phrase or one word, an
//! abbreviation what it is short for. Words too common to be asked for count only in phrases, and where nothing else
//! is asked. What has no letters or digits asks for nothing.

use super::index::runs;
use super::parts::parts;
use super::term::{beginning, term};
use super::{Asked, MOST, Phrase, same, weights};
use crate::fold::Folded;
use crate::stem::is_stop_word;

/// The fewest letters of a beginning: of fewer there are too many words.
const BEGINNING: usize = 3;
/// So many beginnings are asked for; further ones are words like any other. Each is many words to the index.
const BEGINNINGS: usize = 4;

/// Opening and closing quotation marks of German, English and French, and the straight one.
const OPENING: [char; 6] = ['"', '„', '“', '”', '«', '»'];
const CLOSING: [char; 5] = ['"', '“', '”', '«', '»'];

/// A piece of a query as it was typed.
struct Piece<'a> {
    text: &'a str,
    quoted: bool,
    not: bool,
    /// Ends with a star.
    open: bool,
}

/// What a piece asks for.
struct Thing {
    ways: Vec<Vec<Phrase>>,
    /// The stem, if it is one word: words that stand side by side in the query fit best side by side.
    word: Option<String>,
    /// Too common to be asked for.
    common: bool,
}

/// Takes a query apart. Any text is a query.
#[must_use]
pub fn ask(q: &str) -> Asked {
    let mut asked = Asked::default();
    let (mut things, mut beginnings): (Vec<Thing>, usize) = (Vec::new(), 0);
    let mut or = false;
    for piece in pieces(q) {
        if !piece.quoted && !piece.not && matches!(piece.text, "OR" | "ODER" | "|" | "||") {
            or = !things.is_empty();
            continue;
        }
        if !piece.quoted && !piece.not && matches!(piece.text, "AND" | "UND" | "&" | "&&") {
            continue;
        }
        let open = piece.open && beginnings < BEGINNINGS;
        beginnings += usize::from(open);
        let found = things_of(&Piece { open, ..piece });
        if piece.not {
            asked.not.extend(found.into_iter().flat_map(|thing| thing.ways).flatten());
        } else {
            join(&mut things, found, std::mem::take(&mut or));
        }
    }
    name(&mut things);
    if things.iter().any(|thing| !thing.common) || !asked.not.is_empty() {
        things.retain(|thing| !thing.common);
    }
    dedup(&mut things);
    asked.better = weights::better(things.iter().map(|thing| (thing.ways.as_slice(), thing.word.as_deref())));
    asked.must = things.into_iter().map(|thing| thing.ways).collect();
    asked.not.dedup();
    asked.not.truncate(MOST);
    asked
}

/// Adds what a piece asks for; behind an OR the first of it is another way to say what came before.
fn join(things: &mut Vec<Thing>, found: Vec<Thing>, or: bool) {
    let mut found = found.into_iter();
    if let Some(before) = things.last_mut().filter(|before| or && before.ways.len() < MOST)
        && let Some(other) = found.next()
    {
        before.ways.extend(other.ways);
        before.common &= other.common;
        before.word = None;
    }
    things.extend(found);
}

/// Makes one thing of words that together are said in other ways as well: "künstliche Intelligenz" is KI.
fn name(things: &mut Vec<Thing>) {
    let mut at = 0;
    while at < things.len() {
        let words: Vec<Option<&str>> = things[at..].iter().map(|thing| thing.word.as_deref()).collect();
        if let Some((many, others)) = same::begun(&words) {
            let terms: Vec<String> = words[..many].iter().flatten().map(|word| (*word).to_owned()).collect();
            let telling = things[at..at + many].iter().zip(&terms).filter(|(thing, _)| !thing.common);
            let apart = telling.map(|(_, term)| Phrase::word(term.clone())).collect();
            let mut ways = vec![vec![Phrase::of(terms)], apart];
            ways.extend(others.into_iter().map(|phrase| vec![phrase]));
            things.splice(at..at + many, [Thing { ways, word: None, common: false }]);
        }
        at += 1;
    }
}

fn dedup(things: &mut Vec<Thing>) {
    let mut kept: Vec<Thing> = Vec::new();
    for thing in things.drain(..) {
        if kept.len() < MOST && !kept.iter().any(|other| other.ways == thing.ways) {
            kept.push(thing);
        }
    }
    *things = kept;
}

/// The pieces of a query. A quote left open ends with the query.
fn pieces(q: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = q.trim_start();
    while let Some(first) = rest.chars().next() {
        let not = matches!(first, '-' | '−' | '–');
        let body = if not { &rest[first.len_utf8()..] } else { rest };
        let quoted = body.starts_with(OPENING);
        let (text, after) = if quoted {
            let inner = body.trim_start_matches(OPENING);
            inner.split_at(inner.find(CLOSING).unwrap_or(inner.len()))
        } else {
            body.split_at(body.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(body.len()))
        };
        let after = if quoted { after.trim_start_matches(CLOSING) } else { after };
        let after_star = after.trim_start_matches('*');
        let open = text.ends_with('*') || quoted && after_star.len() < after.len();
        pieces.push(Piece { text, quoted, not, open });
        rest = after_star.trim_start();
    }
    pieces
}

fn things_of(piece: &Piece<'_>) -> Vec<Thing> {
    let folded = Folded::new(piece.text);
    let found: Vec<Vec<String>> =
        runs(&folded).map(|run| run.into_iter().map(|word| word.text.into_owned()).collect::<Vec<_>>()).collect();
    let number = |run: &Vec<String>| run.iter().any(|word| word.bytes().all(|b| b.is_ascii_digit()));
    // "OZG 2.0", "1.000", "17/2026": what is glued to a number says nothing without it.
    if piece.quoted || piece.not || found.len() > 1 && found.iter().any(number) {
        let words: Vec<String> = found.into_iter().flatten().collect();
        return phrase(&words, piece.open).into_iter().collect();
    }
    let last = found.len().wrapping_sub(1);
    let each = found.iter().enumerate();
    each.filter_map(|(nth, run)| thing(run, piece.open && nth == last)).collect()
}

/// Words that must follow each other.
fn phrase(words: &[String], open: bool) -> Option<Thing> {
    let mut terms: Vec<String> = words.iter().map(|word| term(word)).filter(|term| !term.is_empty()).collect();
    let last = words.last()?;
    if terms.is_empty() {
        return None;
    }
    let mut ways = Vec::new();
    if let Some(begun) = Some(beginning(last)).filter(|begun| open && begun.len() >= BEGINNING) {
        let mut begins = terms.clone();
        begins.pop();
        begins.push(begun);
        ways.push(vec![Phrase { terms: begins, open: true }]);
    }
    let word = (terms.len() == 1 && !open).then(|| terms[0].clone());
    ways.push(vec![Phrase::of(std::mem::take(&mut terms))]);
    Some(Thing { ways, word, common: false })
}

/// One word, or several with hyphens between.
fn thing(run: &[String], open: bool) -> Option<Thing> {
    if open {
        return begun(run);
    }
    let mut thing = phrase(run, false)?;
    let whole = run.concat();
    if run.len() > 1 {
        thing.ways.push(vec![Phrase::word(term(&whole))]);
    }
    // An E-Rechnung is more than any Rechnung.
    let parts = parts(&whole).map(|parts| parts.terms()).filter(|parts| parts.len() > 1);
    thing.ways.extend(parts.map(|parts| parts.into_iter().map(Phrase::word).collect()));
    thing.ways.extend(same::same(run).into_iter().map(|phrase| vec![phrase]));
    thing.ways.iter_mut().for_each(|way| way.retain(|phrase| phrase.terms.iter().all(|term| !term.is_empty())));
    thing.ways.retain(|way| !way.is_empty());
    thing.common = run.len() == 1 && is_stop_word(&run[0]);
    Some(thing)
}

/// A word of which only the beginning was typed; the index has its stem, which may be shorter than what was typed.
fn begun(run: &[String]) -> Option<Thing> {
    let mut thing = phrase(run, true)?;
    if let [word] = run {
        for stem in index_stems(word) {
            let way = vec![Phrase::word(stem)];
            if !thing.ways.contains(&way) {
                thing.ways.push(way);
            }
        }
    }
    Some(thing)
}

/// The stems of the words that what was typed is most of, where the ending that is being typed is none of the stem's:
/// "modernisieru" and "modernisierun" are on the way to the stem of "Modernisierung".
fn index_stems(typed: &str) -> Vec<String> {
    const ENDINGS: [&str; 7] = ["ung", "ungen", "heit", "keit", "lich", "isch", "ern"];
    let begun = beginning(typed);
    let mut stems = Vec::new();
    for ending in ENDINGS {
        for said in 1..ending.len() {
            if let Some(base) = typed.strip_suffix(&ending[..said]) {
                stems.push(term(&format!("{base}{ending}")));
            }
        }
    }
    stems.retain(|stem| stem.len() >= BEGINNING && !stem.starts_with(&begun));
    stems.sort();
    stems.dedup();
    stems
}
