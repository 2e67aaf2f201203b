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
    /// For each byte of `text`, the byte range of the original character it stands for.
    from: Vec<(u32, u32)>,
    original_len: usize,
}

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
        let mut folded = Folded {
            text: String::with_capacity(original.len() + 8),
            from: Vec::with_capacity(original.len() + 8),
            original_len: original.len(),
        };
        let mut chars = original.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let mut end = at + c.len_utf8();
            let mut umlaut = matches!(c, 'ä' | 'ö' | 'ü' | 'Ä' | 'Ö' | 'Ü');
            while let Some(&(mark_at, mark)) = chars.peek() {
                if !is_combining_mark(mark) {
                    break;
                }
                umlaut |= mark == '\u{308}' && matches!(c, 'a' | 'o' | 'u' | 'A' | 'O' | 'U');
                end = mark_at + mark.len_utf8();
                chars.next();
            }
            folded.push(c, umlaut, at as u32, end as u32);
        }
        folded
    }

    fn push(&mut self, c: char, umlaut: bool, start: u32, end: u32) {
        let mut put = |c: char| {
            self.text.push(c);
            self.from.resize(self.text.len(), (start, end));
        };
        match c {
            'a'..='z' | '0'..='9' => put(c),
            'A'..='Z' => put(c.to_ascii_lowercase()),
            'ß' | 'ẞ' => "ss".chars().for_each(&mut put),
            'æ' | 'Æ' => "ae".chars().for_each(&mut put),
            'œ' | 'Œ' => "oe".chars().for_each(&mut put),
            'ø' | 'Ø' => put('o'),
            'ł' | 'Ł' => put('l'),
            // Soft hyphens, zero-width characters, byte order marks: typesetting, not spelling.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '\u{2010}' | '\u{2011}' => put('-'),
            c if c.is_whitespace() => put(' '),
            c if c.is_ascii() => put(c),
            c => decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    part.to_lowercase().for_each(&mut put);
                }
            }),
        }
        if umlaut {
            put('e');
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
        let start = self.from.get(range.start).map_or(self.original_len, |from| from.0 as usize);
        if range.is_empty() {
            return start..start;
        }
        let end = self.from.get(range.end - 1).map_or(self.original_len, |from| from.1 as usize);
        start..end.max(start)
    }

    /// The words in order. Hyphenated words come part by part, the later parts marked as joined.
    pub fn words(&self) -> impl Iterator<Item = Word<'_>> {
        words(&self.text)
    }
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
