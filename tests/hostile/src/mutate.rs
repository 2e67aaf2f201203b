//! Documents out of documents: cut, doubled, spliced, and salted with what parsers trip over. From a seed and nothing
//! else, so that a round that fails once fails again.

/// Longest document that is made; longer ones are what [`crate::cases`] is for.
const LONGEST: usize = 16 * 1024;

/// What parsers of any format trip over.
const SALT: [&[u8]; 44] = [
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"<!DOCTYPE x [",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"<item>",
    b"</item>",
    b"<entry>",
    b"</channel>",
    b"</rss>",
    b"<title type=\"xhtml\">",
    b"<b>",
    b"</b>",
    b"<a href=\"",
    b"'",
    b"\"",
    b"=",
    b"&",
    b"&#0;",
    b"&#xD800;",
    b"&#99999999999;",
    b"&lt;",
    b"&uuml;",
    b"xmlns:a='",
    b" xml:base=\"//[\"",
    b"\0",
    b"\x0b",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\r\n",
    b"\r\n ",
    b"BEGIN:VEVENT\r\n",
    b"END:VEVENT\r\n",
    b"RRULE:FREQ=SECONDLY;INTERVAL=0;BYDAY=-99MO\r\n",
    b"DTSTART;TZID=\"W. Europe Standard Time\":",
    b"DURATION:-P99999999999W\r\n",
    b"99999999999999999999",
    b"-1",
    b"{\"@graph\":[",
    b"null,",
    b"31.02.0000 24:61",
];

/// A die with a memory (Marsaglia's xorshift, 64 bits).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The same seed throws the same numbers.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound`; 0 if there is none.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        // The high bits are the better ones; a document has fewer than 2^32 bytes.
        ((self.0 >> 32) as usize).checked_rem(bound).unwrap_or(0)
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = (length - start).min(1 + self.below(200));
        start..start + self.below(most + 1)
    }
}

/// One of the documents, changed in one to eight places.
#[must_use]
pub fn mutate(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seeds[dice.below(seeds.len())].clone();
    bytes.truncate(LONGEST);
    for _ in 0..=dice.below(8) {
        change(&mut bytes, seeds, dice);
        bytes.truncate(LONGEST);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], dice: &mut Dice) {
    let at = dice.below(bytes.len() + 1);
    match dice.below(8) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(dice.range(bytes.len()))),
        2 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = dice.below(256) as u8;
            }
        }
        3 => {
            let part = bytes[dice.range(bytes.len())].repeat(1 + dice.below(40));
            drop(bytes.splice(at..at, part));
        }
        4 => {
            let other = &seeds[dice.below(seeds.len())];
            let part = other[dice.range(other.len())].to_vec();
            drop(bytes.splice(at..at, part));
        }
        // Half of the changes: the seasoned document still looks like one.
        _ => drop(bytes.splice(at..at, SALT[dice.below(SALT.len())].iter().copied())),
    }
}

#[cfg(test)]
mod tests;
