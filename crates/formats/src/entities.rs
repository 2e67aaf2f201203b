//! Character references of HTML and XML (`&uuml;` `&#252;` `&#xFC;`), read leniently and in one pass.
//! Unknown names and bare ampersands stay as they are; nothing is ever expanded twice.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Longest name in the table of HTML, `CounterClockwiseContourIntegral;`.
const LONGEST_NAME: usize = 32;

/// What decoding met that XML alone does not allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Oddities {
    /// Ampersands that begin no reference.
    pub(crate) ampersands: usize,
    /// Names that HTML knows and XML does not.
    pub(crate) names: usize,
}

/// Replaces all references.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    decode_counting(text, &mut Oddities::default())
}

/// Replaces all references, and counts what XML does not allow.
pub(crate) fn decode_counting<'a>(text: &'a str, odd: &mut Oddities) -> Cow<'a, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let used = if let Some((character, used)) = xml(rest) {
            out.push(character);
            used
        } else if let Some((characters, used)) = reference(rest) {
            out.extend(characters.into_iter().flatten());
            odd.names += usize::from(!rest.starts_with("&#"));
            used
        } else {
            out.push('&');
            odd.ampersands += 1;
            1
        };
        rest = &rest[used..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The five names of XML, which are nearly all that feeds hold: they need no look into the table of HTML.
fn xml(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    match bytes.get(1)? {
        b'l' if bytes.starts_with(b"&lt;") => Some(('<', 4)),
        b'g' if bytes.starts_with(b"&gt;") => Some(('>', 4)),
        b'a' if bytes.starts_with(b"&amp;") => Some(('&', 5)),
        b'q' if bytes.starts_with(b"&quot;") => Some(('"', 6)),
        b'a' if bytes.starts_with(b"&apos;") => Some(('\'', 6)),
        _ => None,
    }
}

/// The reference at the very front: what it stands for, and how many bytes it takes.
fn reference(text: &str) -> Option<([Option<char>; 2], usize)> {
    let body = text.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        let (digits, radix, lead) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 3),
            None => (number, 10, 2),
        };
        let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        if length == 0 {
            return None;
        }
        let closed = usize::from(digits[length..].starts_with(';'));
        let code = u32::from_str_radix(&digits[..length.min(8)], radix).unwrap_or(0);
        return Some(([character(code), None], lead + length + closed));
    }
    let length = body.bytes().take(LONGEST_NAME).take_while(u8::is_ascii_alphanumeric).count();
    let name = body.get(..=length).filter(|name| name.ends_with(';'))?;
    let &(first, second) = NAMED_ENTITIES.get(name)?;
    let second = if second == 0 { None } else { char::from_u32(second) };
    Some(([Some(char::from_u32(first).filter(|_| first != 0)?), second], 1 + name.len()))
}

/// Numbers 128 to 159 mean Windows-1252, as browsers have it; what is no character is nothing.
fn character(code: u32) -> Option<char> {
    if let Some(Some(replaced)) = code.checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(at as usize)) {
        return Some(*replaced);
    }
    char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
}

#[cfg(test)]
mod tests;
