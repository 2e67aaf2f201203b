//! HTML fragments to plain text, in one pass over the characters and without a tree: teasers and
//! titles are short, plentiful and mostly free of markup, and a tree builder is quadratic in depth.
//!
//! Promises: paragraphs stand on lines of their own, white space is folded, references are decoded
//! once, soft hyphens and control characters are gone. Refuses: to keep any tag, script or style.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use german::fold::is_of_word;

use crate::entities;

/// Elements whose content is no text.
pub(crate) const SILENT: [&str; 8] = ["script", "style", "template", "noscript", "iframe", "object", "svg", "head"];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];

/// The text of an HTML fragment, paragraphs separated by one line feed each.
#[must_use]
pub fn paragraphs(html: &str) -> String {
    let mut out = Folded::with_capacity(html.len());
    each_run(html, &mut |run| match run {
        Run::Text(text) => out.push(&entities::decode(text)),
        Run::Cell => out.gap = out.gap.max(Gap::Space),
        Run::Break => out.gap = Gap::Line,
    });
    out.text
}

/// The text of an HTML fragment on one line: titles, names, places.
#[must_use]
pub fn line(html: &str) -> String {
    let mut out = Folded::with_capacity(html.len());
    // "A<B" as a whole title: a name that no `>` follows is no tag here, since titles are not cut inside one.
    let (html, bare) = html.split_at(bare_end(html));
    each_run(html, &mut |run| match run {
        Run::Text(text) => out.push(&entities::decode(text)),
        Run::Cell | Run::Break => out.gap = out.gap.max(Gap::Space),
    });
    out.push(&entities::decode(bare));
    out.text
}

/// Where a last `<` begins that only letters follow; the length of the text if there is none.
fn bare_end(html: &str) -> usize {
    let at = memchr::memrchr(b'<', html.as_bytes()).unwrap_or(html.len());
    let name = html.get(at + 1..).unwrap_or("").trim_end();
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) { at } else { html.len() }
}

/// Text that is no markup, on one line: only white space, soft hyphens and control characters change.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = Folded::with_capacity(text.len());
    out.push(text);
    out.text
}

/// Whether a text that calls itself plain holds markup all the same, as Atom titles often do.
#[must_use]
pub fn looks_like_html(text: &str) -> bool {
    // Only what is before the last `>` can be a tag: looking for one behind each `<` would be quadratic.
    let before = &text[..memchr::memrchr(b'>', text.as_bytes()).map_or(0, |last| last + 1)];
    let tag = before.match_indices('<').any(|(at, _)| {
        let rest = text[at + 1..].strip_prefix('/').unwrap_or(&text[at + 1..]);
        let name = rest.bytes().take(10).take_while(u8::is_ascii_alphanumeric).count();
        let known = |name: &str| matches!(name, "a" | "b" | "i" | "em" | "strong" | "span" | "img") || is_block(name);
        rest.get(..name).is_some_and(|name| known(&name.to_ascii_lowercase()))
    });
    tag || (text.contains('&') && entities::decode(text) != text)
}

/// UTF-8 that someone read as Latin-1 or Windows-1252 and encoded again: "MÃ¼nchen". Other text stays as it is.
#[must_use]
pub fn unscramble(text: &str) -> Cow<'_, str> {
    // 'Ã', 'Â' and 'â' as bytes: this looks through every text that is read.
    let bytes = text.as_bytes();
    let mut leads = memchr::memchr_iter(0xc3, bytes);
    if !leads.any(|at| matches!(bytes.get(at + 1), Some(0x82 | 0x83 | 0xa2))) {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(c) {
            Ok(byte) => bytes.push(byte),
            Err(_) => match WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])) {
                (encoded, _, false) => bytes.extend_from_slice(&encoded),
                _ => return Cow::Borrowed(text),
            },
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// A piece of a fragment.
enum Run<'a> {
    /// Characters, references not yet decoded.
    Text(&'a str),
    /// Between two cells of a row.
    Cell,
    /// Between two lines.
    Break,
}

/// Takes a fragment apart and drops its tags, comments, scripts and styles.
fn each_run(html: &str, take: &mut dyn FnMut(Run<'_>)) {
    let mut rest = html;
    let mut lower = [0; LONGEST_NAME];
    // One silent element without an end is enough: looking for it again at each would be quadratic.
    let mut endless = false;
    let mut open_quote = false;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        take(Run::Text(&rest[..at]));
        rest = &rest[at..];
        let Some(length) = markup_length(rest, &mut open_quote) else {
            take(Run::Text("<"));
            rest = &rest[1..];
            continue;
        };
        let tag = &rest[..length];
        rest = &rest[length..];
        let closing = tag.starts_with("</");
        let name = tag[1..].trim_start_matches('/');
        let name = lowered(name, &mut lower);
        if is_block(name) {
            take(Run::Break);
        } else if matches!(name, "td" | "th" | "option") {
            take(Run::Cell);
        } else if !closing && !endless && SILENT.contains(&name) && !tag.ends_with("/>") {
            let after = after_end(rest, name);
            endless = after.len() == rest.len();
            rest = after;
        }
    }
    take(Run::Text(rest));
}

/// Longest name that is told from others; "blockquote" and "figcaption" have ten letters.
const LONGEST_NAME: usize = 12;

/// The name at the front of a tag, in lower case; a longer one than any that we know is none.
fn lowered<'a>(tag: &str, into: &'a mut [u8; LONGEST_NAME]) -> &'a str {
    let length = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let Some(name) = into.get_mut(..length) else { return "" };
    name.copy_from_slice(&tag.as_bytes()[..length]);
    name.make_ascii_lowercase();
    std::str::from_utf8(name).unwrap_or("")
}

/// Whether an element of this name stands on lines of its own.
pub(crate) fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

/// Bytes of the tag, comment or declaration at the front; `None` where `<` is only a character ("5 < 6").
/// `open_quote` is told, and remembers, that a quote never closes; quotes count for nothing from there on.
fn markup_length(text: &str, open_quote: &mut bool) -> Option<usize> {
    if text.starts_with("<!--") {
        return Some(text.find("-->").map_or(text.len(), |at| at + 3));
    }
    let second = text[1..].chars().next()?;
    if !(second.is_ascii_alphabetic() || matches!(second, '/' | '!' | '?')) {
        return None;
    }
    // Nearly all tags are over at the first `>`: no attribute before it opens a quote.
    let bytes = text.as_bytes();
    let first = memchr::memchr2(b'>', b'<', &bytes[1..]).map(|at| at + 1);
    if let Some(end) = first.filter(|end| bytes[*end] == b'>')
        && memchr::memchr2(b'"', b'\'', &bytes[..end]).is_none()
    {
        return Some(end + 1);
    }
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if !*open_quote && bytes[at - 1] == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    *open_quote = true;
    // A quote that never closes, or a teaser cut inside a tag.
    Some(text.find('>').map_or(text.len(), |at| at + 1))
}

/// What follows the end tag of an element whose content is no text; everything if it never ends,
/// since a teaser may be cut inside a script, but not text after a stray `<svg>`.
fn after_end<'a>(text: &'a str, name: &str) -> &'a str {
    let end = text
        .match_indices("</")
        .find(|(at, _)| text.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)));
    match end {
        Some((at, _)) => text[at..].find('>').map_or("", |close| &text[at + close + 1..]),
        None if matches!(name, "script" | "style") => "",
        None => text,
    }
}

/// What separates what comes next from what is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    #[default]
    None,
    Space,
    Line,
}

/// Text under construction, its white space folded.
#[derive(Default)]
pub(crate) struct Folded {
    /// What is there so far.
    pub(crate) text: String,
    /// What comes before the next word.
    pub(crate) gap: Gap,
}

impl Folded {
    /// Text is seldom much longer than what is left of it.
    fn with_capacity(length: usize) -> Self {
        Folded { text: String::with_capacity(length), gap: Gap::None }
    }

    /// Takes text without markup.
    /// Whole stretches are taken over as they stand: words with one blank between them.
    pub(crate) fn push(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (mut start, mut at) = (0, 0);
        while at < bytes.len() {
            let blank = bytes[at] == b' ';
            if is_of_word(bytes[at]) || (blank && at > start && at + 1 < bytes.len() && is_of_word(bytes[at + 1])) {
                at += 1;
                continue;
            }
            // What is plain ends with a character, so this is where one begins.
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            let next = at + c.len_utf8();
            if c.is_whitespace() || is_dropped(c) {
                self.word(&text[start..at]);
                if c.is_whitespace() {
                    self.gap = self.gap.max(Gap::Space);
                }
                start = next;
            }
            at = next;
        }
        self.word(text.get(start..).unwrap_or(""));
    }

    fn word(&mut self, word: &str) {
        if !word.is_empty() {
            self.close_gap();
            self.text.push_str(word);
        }
    }

    fn close_gap(&mut self) {
        if !self.text.is_empty() {
            match self.gap {
                Gap::None => {}
                Gap::Space => self.text.push(' '),
                Gap::Line => self.text.push('\n'),
            }
        }
        self.gap = Gap::None;
    }
}

/// Soft hyphens (a page of the Government Site Builder holds up to 2,000), marks without width, control characters.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{fffe}' | '\u{ffff}')
        || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests;
