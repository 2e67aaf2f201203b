//! An entry as the source wrote it becomes plain, bounded and plausible: a [`Draft`], or a reason why it is nothing.
//!
//! Text is one line without soft hyphens and control characters, and nothing in it begins a tag, for all who show it as
//! if it were HTML. Times that cannot be true are not believed:
//! a publication more than a day ahead of `now`, or before the web.

use german::fold::is_of_word;
use model::{Entry, Moment, Source};

use crate::events::Announced;
use crate::rules::Rules;
use crate::{kicker, url};

/// Longest summary in characters.
pub const SUMMARY: usize = 500;
/// Longest title in characters; longer ones are a text in the wrong place.
pub const TITLE: usize = 300;
/// So much of a text is kept for finding events in it, in bytes.
const TEXT: usize = crate::events::LONGEST;
const DAY_MS: i64 = 86_400_000;
/// 1990-01-01T00:00:00Z: earlier than the web; feeds send 1970-01-01 where a date is missing.
const BEFORE_THE_WEB: i64 = 631_152_000_000;

/// An entry after normalising.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What the document said, for what is not normalised: event, language, picture, categories.
    pub entry: Entry,
    /// Canonical address, if the entry has one.
    pub url: Option<String>,
    /// Plain, without kicker.
    pub title: String,
    /// The kicker, marked by the document or found in the title.
    pub kicker: Option<String>,
    /// Plain, at most [`SUMMARY`] characters, not repeating the title.
    pub summary: String,
    /// As much of the whole text as is looked at, as the reader gave it; empty if the document gave none.
    pub text: String,
    /// If plausible.
    pub published: Option<Moment>,
    /// If plausible and later than published.
    pub updated: Option<Moment>,
    /// Events that the text announces beside the entry's own; filled in by [`crate::events::announce`].
    pub announced: Vec<Announced>,
    /// Events that the text calls off; likewise.
    pub called_off: Vec<Announced>,
}

/// Normalises one entry.
///
/// # Errors
/// One sentence, if the entry has neither title nor summary nor text.
pub fn draft(mut entry: Entry, source: &Source, rules: &Rules, now: Moment) -> Result<Draft, String> {
    let plain_of = |text: &Option<String>| text.as_deref().map(|text| plain(head(text))).unwrap_or_default();
    let mut summary = plain_of(&entry.summary);
    if summary.is_empty() {
        summary = plain_of(&entry.text);
    }
    let whole = entry.title.as_deref().map(plain).unwrap_or_default();
    let (found, rest) = kicker::split(&whole, rules);
    let mut kicker = found.map(str::to_owned);
    let mut title = without_publisher(rest, &source.publisher.name).to_owned();
    if let Some(marked) = entry.kicker.as_deref().map(plain).filter(|marked| !marked.is_empty()) {
        // Some systems mark the kicker and write it into the title as well. A title that only begins with the same
        // letters ("Gewerbe" over "Gewerbeanmeldung per Wallet") is whole.
        let rest = whole.strip_prefix(marked.as_str()).filter(|rest| !rest.starts_with(char::is_lowercase));
        if let Some(rest) = rest {
            let rest = rest.trim_start_matches([':', '–', '-', '|', '·', ' ']);
            title = if rest.is_empty() { whole.clone() } else { rest.to_owned() };
        } else {
            title.clone_from(&whole);
        }
        kicker = Some(marked);
    }
    if title.is_empty() {
        title = cut(&summary, 90);
    }
    if title.is_empty() {
        return Err("the entry has neither title nor summary nor text".to_owned());
    }
    // Many Atom feeds state `updated` alone, which RFC 4287 requires, and not `published`.
    let published = entry.published.or(entry.updated).filter(|at| plausible(*at, now));
    let updated = entry.updated.filter(|at| plausible(*at, now) && published.is_none_or(|published| *at > published));
    let url = entry.url.as_deref().and_then(url::canonical);
    let mut text = entry.text.take().unwrap_or_default();
    text.truncate(text.floor_char_boundary(TEXT));
    Ok(Draft {
        url,
        summary: cut(without_title(&summary, &whole, &title), SUMMARY),
        title: cut(&title, TITLE),
        text,
        kicker: kicker.map(|kicker| cut(&kicker, 80)),
        published,
        updated,
        entry,
        announced: Vec::new(),
        called_off: Vec::new(),
    })
}

/// As much of a text as can become a summary: a title that stands before it is taken away first, and blanks are
/// folded. What is behind, up to megabytes, is not looked at.
fn head(text: &str) -> &str {
    const MOST: usize = 4 * (SUMMARY + TITLE);
    &text[..text.floor_char_boundary(MOST)]
}

/// One line of plain text: blanks folded, soft hyphens, zero-width and control characters out, and no `<` that HTML
/// would take for the beginning of a tag.
#[must_use]
pub fn plain(text: &str) -> String {
    untagged(folded(text))
}

/// Markup that was escaped once too often is text when it arrives here, and so is what falls together when a soft
/// hyphen between `<` and `img` is dropped. Feeds and JSON hand it on, and not everyone who shows them escapes it again: what
/// HTML would read as a tag gets angle quotes in place of its brackets. "5 < 6" stays, `Vec<T>` becomes `Vec‹T›`.
fn untagged(text: String) -> String {
    if !text.contains('<') {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut open = false;
    for (at, c) in text.char_indices() {
        let next = text.as_bytes().get(at + 1).copied();
        match c {
            '<' if next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?')) => {
                open = true;
                out.push('‹');
            }
            '>' if open => {
                open = false;
                out.push('›');
            }
            c => out.push(c),
        }
    }
    out
}

fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        // What the readers hand over is plain already: words with single blanks among them are taken over whole.
        let Some(word) = bytes[at..].iter().position(|byte| !is_of_word(*byte)) else { break };
        at += word;
        if bytes.get(at) == Some(&b' ') && at > start && bytes.get(at + 1).is_some_and(|next| is_of_word(*next)) {
            at += 1;
            continue;
        }
        out.push_str(&text[start..at]);
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        start = at;
        match c {
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.push_str(&text[start..]);
    if out.ends_with(' ') {
        out.pop();
    }
    if out.starts_with(' ') { out.split_off(1) } else { out }
}

/// The same, line by line: dates in lists and under headings need them.
pub(crate) fn lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// At most so many characters, cut between words and marked with an ellipsis.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    let Some(end) = offset(text, most) else { return text.to_owned() };
    let head = &text[..end];
    // A word of more than a third of the whole is cut through: it is no word.
    let at = head.rfind(' ').filter(|at| *at * 3 > end * 2).unwrap_or(end);
    format!("{}…", head[..at].trim_end_matches(|c: char| c.is_whitespace() || ",;:–-(".contains(c)))
}

/// Where the character of that number begins, if the text has so many and more.
fn offset(text: &str, number: usize) -> Option<usize> {
    let (mut end, mut left) = (0, number);
    // Characters are counted by their first bytes, many at a time.
    while left > 0 {
        let next = text.len().min(text.ceil_char_boundary(end + left));
        left -= text.as_bytes()[end..next].iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count();
        if next == text.len() {
            return None;
        }
        end = next;
    }
    (end < text.len()).then_some(end)
}

fn plausible(at: Moment, now: Moment) -> bool {
    (BEFORE_THE_WEB..=now.ms() + DAY_MS).contains(&at.ms())
}

/// The summary without the title that some systems repeat at its head; empty if that is all there is.
fn without_title<'a>(summary: &'a str, whole: &str, title: &str) -> &'a str {
    for head in [whole, title] {
        if let Some(rest) = summary.strip_prefix(head).filter(|_| !head.is_empty()) {
            let rest = rest.trim_start();
            if rest.is_empty() {
                return rest;
            }
            // A sentence that merely begins with the title's words stays whole.
            if let Some(rest) = rest.strip_prefix([':', '.', '|', '–', '-', '…']) {
                return rest.trim_start();
            }
        }
    }
    summary
}

/// "Neues Portal | Musterstadt": page titles carry the site's name.
fn without_publisher<'a>(title: &'a str, name: &str) -> &'a str {
    for mark in [" | ", " - ", " – ", " — "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && !head.trim().is_empty()
            && german::fold::fold(tail.trim()) == german::fold::fold(name)
        {
            return head.trim_end();
        }
    }
    title
}

#[cfg(test)]
mod tests;
