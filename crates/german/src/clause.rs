//! Where a sentence and a clause begin and end, what is negated and what is quoted.
//!
//! Works on the neighbourhood of a place in a folded text and looks at no more than [`REACH`] bytes either side, so
//! that asking at every word of a long text stays linear. Full stops of ordinals ("2. Oktober"), of abbreviations
//! ("Dr.", "z. B.") and of initials end nothing.

use std::ops::Range;

/// How far a sentence is followed from a place in it, in bytes. Longer ones are taken to end there.
pub const REACH: usize = 240;

/// Abbreviations that carry a full stop inside a sentence, folded, without it.
const SHORT: &[&str] = &[
    "abs", "art", "bzw", "ca", "co", "dipl", "dr", "etc", "ggf", "hr", "fr", "ing", "inkl", "jh", "mio", "mrd", "nr",
    "prof", "rd", "sog", "st", "str", "tel", "usw", "vgl", "zb", "zzgl", "d", "a", "b", "h", "i", "u", "v", "z", "s",
];

/// Words that take back what comes after them in the clause.
const NOT: &[&str] = &["ausser", "kein", "keine", "keinem", "keinen", "keiner", "nicht", "ohne", "statt", "weder"];

/// Quotation marks, whichever side they stand on.
pub const QUOTES: [char; 6] = ['„', '“', '”', '»', '«', '"'];

/// The sentence around a place in a folded text.
#[must_use]
pub fn sentence(folded: &str, at: usize) -> Range<usize> {
    bounds(folded, at, |text, mark, c| matches!(c, '.' | '!' | '?' | '…') && ends_sentence(text, mark, c))
}

/// The clause around a place: sentences are also cut at commas, semicolons, colons, brackets and spaced dashes.
#[must_use]
pub fn clause(folded: &str, at: usize) -> Range<usize> {
    bounds(folded, at, |text, mark, c| match c {
        ',' | ';' | ':' | '(' | ')' | '[' | ']' | '|' | '„' | '“' | '"' | '»' | '«' | '–' | '—' => true,
        '-' => text[..mark].ends_with(' '),
        '.' | '!' | '?' | '…' => ends_sentence(text, mark, c),
        _ => false,
    })
}

/// Whether a place in a folded text is taken back by a negation before it in its clause, at most three words away.
#[must_use]
pub fn negated(folded: &str, at: usize) -> bool {
    let clause = clause(folded, at);
    let before = folded.get(clause.start..at).unwrap_or_default();
    let words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let near: Vec<&str> = words.take(4).collect();
    // "nicht nur in Bayern" takes nothing back.
    near.iter().take(3).enumerate().any(|(n, word)| NOT.contains(word) && (n == 0 || near[n - 1] != "nur"))
}

/// What stands around a place between quotation marks, without them: „…“, “…”, »…«, «…» and "…" alike, told apart by
/// which side the blank is on. A quotation that does not end within [`REACH`] is taken to go on; one that began
/// earlier is not seen.
#[must_use]
pub fn quoted(folded: &str, at: usize) -> Option<Range<usize>> {
    let at = on_bound(folded, at.min(folded.len()));
    let (from, to) = (on_bound(folded, at.saturating_sub(REACH)), on_bound(folded, (at + REACH).min(folded.len())));
    let before = folded[from..at].char_indices().rev().map(|(mark, c)| (from + mark, c));
    let start = outermost(folded, before, true).map(|(mark, c)| mark + c.len_utf8())?;
    let after = folded[at..to].char_indices().map(|(mark, c)| (at + mark, c));
    Some(start..outermost(folded, after, false).map_or(to, |(mark, _)| mark))
}

/// The first mark that opens or closes and is not one of a pair in between.
fn outermost(folded: &str, chars: impl Iterator<Item = (usize, char)>, opening: bool) -> Option<(usize, char)> {
    let mut inner = 0_usize;
    for (mark, c) in chars.filter(|(_, c)| QUOTES.contains(c)) {
        if opens(folded, mark, c) == opening {
            if inner == 0 {
                return Some((mark, c));
            }
            inner -= 1;
        } else {
            inner += 1;
        }
    }
    None
}

/// Whether a quotation mark opens: a blank or a bracket before it, and none after.
fn opens(folded: &str, mark: usize, c: char) -> bool {
    let before = folded[..mark].chars().next_back();
    let after = folded[mark + c.len_utf8()..].chars().next();
    c == '„'
        || before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '/' | '-' | '–'))
            && after.is_some_and(|c| !c.is_whitespace())
}

/// The largest stretch around `at` without a bound, at most [`REACH`] either side.
fn bounds(folded: &str, at: usize, ends: impl Fn(&str, usize, char) -> bool) -> Range<usize> {
    let at = on_bound(folded, at.min(folded.len()));
    let (from, to) = (on_bound(folded, at.saturating_sub(REACH)), on_bound(folded, (at + REACH).min(folded.len())));
    // Letters, digits and blanks of ASCII end nothing, and neither do the later bytes of a character.
    let may = |byte: u8| !(byte.is_ascii_alphanumeric() || byte == b' ' || matches!(byte, 0x80..=0xbf));
    let bytes = folded.as_bytes();
    let ends = |mark: usize| {
        let c = folded[mark..].chars().next()?;
        ends(folded, mark, c).then_some(c.len_utf8())
    };
    let before = (from..at).rev().filter(|mark| may(bytes[*mark])).find_map(|mark| Some(mark + ends(mark)?));
    let after = (at..to).filter(|mark| may(bytes[*mark])).find(|mark| ends(*mark).is_some());
    before.unwrap_or(from)..after.unwrap_or(to)
}

fn on_bound(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A full stop ends a sentence if a blank or the end follows, and neither a number nor an abbreviation stands before.
fn ends_sentence(text: &str, mark: usize, c: char) -> bool {
    if c != '.' {
        return true;
    }
    if text[mark + 1..].chars().next().is_some_and(|next| !next.is_whitespace()) {
        return false;
    }
    let head = &text[on_bound(text, mark.saturating_sub(12))..mark];
    let word = head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    !(SHORT.contains(&word) || !word.is_empty() && word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
