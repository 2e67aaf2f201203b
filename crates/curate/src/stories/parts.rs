//! One text taken apart: its stems with their weights, the names, numbers, counts and days in it.
//!
//! All of it as hashes that are the same in every release, because a store keeps some of them. Linear in the text.

use german::fold::{Folded, Word};
use german::stem::stem;

use super::words::{is_month, of_field, significant, station};

/// What a word of the whole field counts; a rare one counts 1.
const FIELD: f32 = 0.25;

/// One text taken apart, in its order.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) stems: Vec<Stem>,
    /// Two capitalised words side by side: persons, programmes, institutions.
    pub(super) names: Vec<u64>,
    /// Numbers of less than three digits.
    pub(super) small: Vec<u64>,
    /// Numbers of three digits and more that are no years.
    pub(super) numbers: Vec<u64>,
    /// What there are so many of, and how many.
    pub(super) counts: Vec<(u64, f64)>,
    /// Days with their months.
    pub(super) days: Vec<u64>,
    /// Stations of a law, one bit each.
    pub(super) stations: u8,
}

/// A significant stem. Weight and length follow from the stem, so stems compare by their hashes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stem {
    pub(super) hash: u64,
    pub(super) weight: f32,
    /// German says the particular in long words: the longer, the rarer.
    pub(super) length: u8,
}

/// The capitalised word before the one at hand.
struct Before {
    root: String,
    start: usize,
    end: usize,
    field: bool,
}

/// Takes a text apart. `note` is told what each hash stands for, in the text's own words.
pub(super) fn parts(text: &str, note: &mut dyn FnMut(u64, &str)) -> Parts {
    let folded = Folded::new(text);
    let bytes = folded.as_str().as_bytes();
    let mut parts = Parts::default();
    let mut before: Option<Before> = None;
    // Digits of a number, where it began and where it ended.
    let mut number: Option<(String, usize, usize)> = None;
    let source = |start: usize, end: usize| &text[folded.original(start..end)];
    for word in folded.words() {
        if word.text.bytes().all(|b| b.is_ascii_digit()) {
            let glued = number.take_if(|(_, _, end)| *end + 1 == word.start && matches!(bytes[*end], b'.' | b','));
            if let Some((digits, start, end)) = number.take() {
                parts.number(&digits, None, source(start, end), note);
            }
            let (mut digits, start) = glued.map_or((String::new(), word.start), |(mut head, start, end)| {
                // "4,2" is a little more than four; the point in "10.000" is for the eye.
                head.extend((bytes[end] == b',').then_some(','));
                (head, start)
            });
            digits.push_str(word.text);
            number = Some((digits, start, word.end));
            before = None;
            continue;
        }
        let significant = significant(word.text);
        let root = stem(word.text);
        if let Some((digits, start, end)) = number.take() {
            let near = word.start - end <= 2;
            let month = near && bytes[end] == b'.' && is_month(word.text);
            let unit =
                if month { Some(Unit::Month(word.text)) } else { (near && significant).then_some(Unit::Of(&root)) };
            parts.number(&digits, unit, source(start, if month { word.end } else { end }), note);
        }
        before = parts.word(&word, root, significant, before, bytes, &source, note);
    }
    if let Some((digits, start, end)) = number {
        parts.number(&digits, None, source(start, end), note);
    }
    parts
}

/// What follows a number.
enum Unit<'a> {
    Month(&'a str),
    Of(&'a str),
}

impl Parts {
    #[expect(clippy::too_many_arguments, reason = "the state of one walk over the words, which nothing else shares")]
    fn word<'t>(
        &mut self,
        word: &Word<'_>,
        root: String,
        significant: bool,
        before: Option<Before>,
        bytes: &[u8],
        source: &dyn Fn(usize, usize) -> &'t str,
        note: &mut dyn FnMut(u64, &str),
    ) -> Option<Before> {
        self.stations |= station(&root);
        if !significant || root.is_empty() {
            return None;
        }
        let said = source(word.start, word.end);
        let (field, capital) = (of_field(&root), said.starts_with(char::is_uppercase));
        let stem = Stem {
            hash: hash(&root),
            weight: if field { FIELD } else { 1.0 },
            length: u8::try_from(root.len()).unwrap_or(u8::MAX),
        };
        note(stem.hash, said);
        self.stems.push(stem);
        if let Some(before) = before
            && capital
            && before.end + 1 == word.start
            && bytes[before.end] == b' '
            && !(before.field && field)
        {
            let name = hash(&format!("{} {root}", before.root));
            note(name, source(before.start, word.end));
            self.names.push(name);
        }
        capital.then_some(Before { root, start: word.start, end: word.end, field })
    }

    fn number(&mut self, digits: &str, unit: Option<Unit<'_>>, said: &str, note: &mut dyn FnMut(u64, &str)) {
        let plain = digits.replace(',', "");
        let value = plain.trim_start_matches('0');
        let year = plain.len() == 4 && (plain.starts_with("19") || plain.starts_with("20"));
        // "15.07.2025" is the day of publication more often than not.
        let stamp = plain.len() >= 6 && plain.len() <= 8 && plain[plain.len() - 4..].starts_with("20");
        let (list, hash) = match unit {
            Some(Unit::Month(month)) => (&mut self.days, hash(&format!("{value} {month}"))),
            _ if stamp => return,
            _ if value.len() >= 3 && !year => (&mut self.numbers, hash(value)),
            _ => (&mut self.small, hash(value)),
        };
        note(hash, said);
        list.push(hash);
        if let Some(Unit::Of(root)) = unit
            && !year
            && let Ok(count) = digits.replace(',', ".").parse()
        {
            self.counts.push((self::hash(root), count));
        }
    }
}

impl PartialEq for Stem {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for Stem {}

impl PartialOrd for Stem {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Stem {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.hash.cmp(&other.hash)
    }
}

/// FNV-1a with a finish that spreads it over all 64 bits: the same in every release and on every machine.
pub(super) fn hash(text: &str) -> u64 {
    let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    spread(text.bytes().fold(0xcbf2_9ce4_8422_2325, fnv))
}

/// The finish of `MurmurHash3`, a bijection.
pub(super) fn spread(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
