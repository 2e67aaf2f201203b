//! One spelling for comparing: lower case, ä → ae, ö → oe, ü → ue, ß → ss, other accents dropped, soft hyphens
//! and zero-width characters out, typographic hyphens as `-`, every kind of space as one byte.
//!
//! A [`Folded`] text keeps for each of its bytes where it came from, so that evidence found in it can be shown
//! in the words of the source. Composed and decomposed umlauts (feeds from macOS send NFD) give the same text.
//! It does not expand the other way: "Thueringen" stays as it is, and equals what "Thüringen" becomes.

use std::ops::Range;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A text in the one spelling, with the way back to the original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// Characters that are not one byte on both sides. Between them the two run side by side, byte by byte.
    turns: Vec<Turn>,
    original_len: usize,
}

/// A character whose folding is of another length, in bytes of the folded text and of the original.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Turn {
    folded: (u32, u32),
    original: (u32, u32),
}

/// The first character that combines with the one before it.
const FIRST_MARK: char = '\u{300}';

/// A word of a folded text: letters and digits without a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The folded word.
    pub text: &'a str,
    /// Byte offset of its beginning in the folded text.
    pub start: usize,
    /// Byte offset of its end in the folded text.
    pub end: usize,
    /// A hyphen alone stands between this word and the one before: parts of one hyphenated word.
    pub joined: bool,
}

/// The one spelling of a text, where the way back is not needed.
#[must_use]
pub fn fold(text: &str) -> String {
    Folded::new(text).text
}

impl Folded {
    /// Folds a text. Linear in its length.
    #[must_use]
    pub fn new(original: &str) -> Self {
        let mut folded =
            Folded { text: String::with_capacity(original.len() + 8), turns: Vec::new(), original_len: original.len() };
        let mut at = 0;
        while at < original.len() {
            let plain = plain(&original[at..]);
            let from = folded.text.len();
            folded.text.push_str(&original[at..at + plain]);
            folded.text[from..].make_ascii_lowercase();
            at += plain;
            at += folded.character(&original[at..], at);
        }
        folded
    }

    /// Takes the first character of `rest` with the marks that combine with it; `at` is where it stands.
    /// How many bytes that were.
    fn character(&mut self, rest: &str, at: usize) -> usize {
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return 0 };
        let mut length = c.len_utf8();
        let mut umlaut = matches!(c, 'ä' | 'ö' | 'ü' | 'Ä' | 'Ö' | 'Ü');
        for mark in chars.take_while(|mark| *mark >= FIRST_MARK && is_combining_mark(*mark)) {
            umlaut |= mark == '\u{308}' && matches!(c, 'a' | 'o' | 'u' | 'A' | 'O' | 'U');
            length += mark.len_utf8();
        }
        let from = self.text.len();
        self.push(c, umlaut);
        if length != 1 || self.text.len() - from != 1 {
            let folded = (from as u32, self.text.len() as u32);
            self.turns.push(Turn { folded, original: (at as u32, (at + length) as u32) });
        }
        length
    }

    fn push(&mut self, c: char, umlaut: bool) {
        let text = &mut self.text;
        match c {
            'ä' | 'Ä' => text.push('a'),
            'ö' | 'Ö' | 'ø' | 'Ø' => text.push('o'),
            'ü' | 'Ü' => text.push('u'),
            'ß' | 'ẞ' => text.push_str("ss"),
            'æ' | 'Æ' => text.push_str("ae"),
            'œ' | 'Œ' => text.push_str("oe"),
            'ł' | 'Ł' => text.push('l'),
            // Soft hyphens, zero-width characters, byte order marks: typesetting, not spelling.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '\u{2010}' | '\u{2011}' => text.push('-'),
            c if c.is_whitespace() => text.push(' '),
            c if c.is_ascii() => text.push(c.to_ascii_lowercase()),
            // Dashes and quotation marks are in every other sentence, and stay as they are.
            '\u{2012}'..='\u{205e}' => text.push(c),
            c => decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    text.extend(part.to_lowercase());
                }
            }),
        }
        if umlaut {
            text.push('e');
        }
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where a range of the folded text stands in the original, in bytes, on character bounds.
    #[must_use]
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.origin(range.start).start;
        if range.is_empty() {
            return start..start;
        }
        start..self.origin(range.end - 1).end.max(start)
    }

    /// The original character that a byte of the folded text stands for.
    fn origin(&self, at: usize) -> Range<usize> {
        if at >= self.text.len() {
            return self.original_len..self.original_len;
        }
        let before = self.turns.partition_point(|turn| turn.folded.0 as usize <= at);
        let Some(turn) = before.checked_sub(1).map(|last| &self.turns[last]) else { return at..at + 1 };
        if at < turn.folded.1 as usize {
            return turn.original.0 as usize..turn.original.1 as usize;
        }
        let original = turn.original.1 as usize + at - turn.folded.1 as usize;
        original..original + 1
    }

    /// The words in order. Hyphenated words come part by part, the later parts marked as joined.
    pub fn words(&self) -> impl Iterator<Item = Word<'_>> {
        words(&self.text)
    }
}

/// How many bytes at the beginning of a text fold to themselves but for capitals: ASCII, as far as no mark combines
/// with the last of it.
fn plain(text: &str) -> usize {
    let run = text.bytes().position(|byte| !byte.is_ascii() || matches!(byte, b'\t'..=b'\r')).unwrap_or(text.len());
    let marked = text[run..].starts_with(|next| next >= FIRST_MARK && is_combining_mark(next));
    if marked { run.saturating_sub(1) } else { run }
}

/// The words of a text that is already folded.
pub fn words(folded: &str) -> impl Iterator<Item = Word<'_>> {
    let bytes = folded.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + folded[at..].find(char::is_alphanumeric)?;
        let length = folded[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(folded.len() - start);
        let end = start + length;
        let joined = start == at + 1 && at > 0 && bytes[at] == b'-';
        at = end;
        Some(Word { text: &folded[start..end], start, end, joined })
    })
}

/// Whether a byte of UTF-8 belongs to a word, of those that can be told by one look: printable ASCII but for blanks,
/// and the characters from À to the end of what two bytes hold, umlauts among them, none of which is a blank, a control
/// or a soft hyphen. A later byte of a character counts as well: it is met only behind its first one.
#[inline]
#[must_use]
pub fn is_of_word(byte: u8) -> bool {
    IS_OF_WORD[byte as usize]
}

static IS_OF_WORD: [bool; 256] = {
    let mut of_word = [false; 256];
    let mut byte = 0x21;
    while byte <= 0xdf {
        of_word[byte] = !matches!(byte, 0x7f | 0xc0..=0xc2);
        byte += 1;
    }
    of_word
};

#[cfg(test)]
mod tests;
