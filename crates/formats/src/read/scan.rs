//! XML taken apart leniently: a bare `<` is text, an unclosed comment or CDATA section ends with the
//! document, a broken quote costs one tag. Never fails, never looks at a byte more than a few times.

use std::borrow::Cow;

use crate::entities;

/// One piece of an XML document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A start tag, or an empty element.
    Start {
        /// Name with its prefix.
        name: &'a str,
        /// Everything after the name.
        attributes: &'a str,
        /// Closed in itself.
        empty: bool,
    },
    /// An end tag.
    End(&'a str),
    /// Characters with references.
    Text(&'a str),
    /// Characters of a CDATA section.
    Verbatim(&'a str),
}

/// Reads tokens; comments, declarations and processing instructions are left out.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'a> {
    rest: &'a str,
    /// A comment, CDATA section or tag was still open at the end.
    pub(super) cut: bool,
    /// A DOCTYPE's subset has no end before the end of the document: looking for it again at each of
    /// 50,000 would be quadratic.
    endless: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Scanner { rest: text, cut: false, endless: false }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Takes all before a mark and drops the mark; everything if the mark is missing.
    fn take_until(&mut self, mark: &str) -> &'a str {
        match memchr::memmem::find(self.rest.as_bytes(), mark.as_bytes()) {
            Some(at) => {
                let taken = self.take(at);
                self.take(mark.len());
                taken
            }
            None => {
                self.cut = true;
                self.take(self.rest.len())
            }
        }
    }

    fn tag(&mut self) -> Option<Token<'a>> {
        let length = tag_length(self.rest)?;
        let inside = self.take(length);
        let inside = &inside[1..length - 1];
        if let Some(name) = inside.strip_prefix('/') {
            return Some(Token::End(name.trim()));
        }
        let (inside, empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let end = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
        Some(Token::Start { name: &inside[..end], attributes: &inside[end..], empty })
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if !self.rest.starts_with('<') {
                let end = memchr::memchr(b'<', self.rest.as_bytes()).unwrap_or(self.rest.len());
                return Some(Token::Text(self.take(end)));
            }
            if self.rest.starts_with("<!--") {
                self.take(4);
                self.take_until("-->");
            } else if self.rest.starts_with("<![CDATA[") {
                self.take(9);
                return Some(Token::Verbatim(self.take_until("]]>")));
            } else if self.rest.starts_with("<!") {
                let length = declaration_length(self.rest, &mut self.endless);
                self.take(length);
            } else if self.rest.starts_with("<?") {
                self.take(2);
                self.take_until("?>");
            } else if let Some(token) = self.tag() {
                return Some(token);
            } else {
                return Some(Token::Text(self.take(1)));
            }
        }
    }
}

/// Length of the tag at the front; `None` if it is none. A `<` inside means that a quote was left open
/// or the tag never ends, for attributes hold no `<`.
fn tag_length(text: &str) -> Option<usize> {
    let first = text[1..].chars().next()?;
    if !(first.is_alphabetic() || matches!(first, '_' | ':' | '/')) {
        return None;
    }
    // Nearly all tags hold no `>` in quotes: then the first one ends it, and nothing is looked at byte by byte.
    let end = memchr::memchr2(b'<', b'>', &text.as_bytes()[1..])? + 1;
    let plain = text.as_bytes()[end] == b'>' && (balanced(&text[..end], b'"') && balanced(&text[..end], b'\''));
    if plain { Some(end + 1) } else { quoted_tag_length(text) }
}

fn balanced(tag: &str, quote: u8) -> bool {
    memchr::memchr_iter(quote, tag.as_bytes()).count().is_multiple_of(2)
}

fn quoted_tag_length(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut unquoted = None;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'<' => break,
            b'>' if quote.is_none() => return Some(at + 1),
            b'>' => unquoted = unquoted.or(Some(at + 1)),
            b'"' | b'\'' => match quote {
                None => quote = Some(byte),
                Some(open) if open == byte => quote = None,
                Some(_) => {}
            },
            _ => {}
        }
    }
    unquoted
}

/// Length of a `<!DOCTYPE …>` with its internal subset, of any other declaration (`<![if !IE]>`) to its `>`.
/// `endless` is told, and remembers, that a subset never closes: then only the first line is given up.
fn declaration_length(text: &str, endless: &mut bool) -> usize {
    let mut inside = false;
    let subset = text.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<!DOCTYPE"));
    if subset && !*endless {
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'[' => inside = true,
                b']' => inside = false,
                b'>' if !inside => return at + 1,
                _ => {}
            }
        }
        *endless = true;
    }
    text.find('>').map_or(text.len(), |at| at + 1)
}

/// The attributes of a tag, names with their prefixes, references resolved.
pub(super) fn attributes(text: &str) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | '"' | '\''));
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let name = &rest[..end];
        if name.is_empty() && rest.is_empty() {
            return None;
        }
        let Some(value) = rest[end..].trim_start().strip_prefix('=') else {
            rest = &rest[end..];
            return Some((name, Cow::Borrowed("")));
        };
        let value = value.trim_start();
        let (inside, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        rest = after;
        Some((name, entities::decode(inside)))
    })
}

/// The value of one attribute.
pub(super) fn attribute<'a>(text: &'a str, name: &str) -> Option<Cow<'a, str>> {
    attributes(text).find(|(found, _)| *found == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests;
