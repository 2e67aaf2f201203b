//! One text taken apart: its stems with their weights, the names, numbers, counts and days in it.
//!
//! All of it as hashes that are the same in every release, because a store keeps some of them. Linear in the text.

use std::sync::Arc;

use german::fold::{Folded, Word};

use super::meaning::{Meaning, Sort};
use super::words::{Known, is_month, known};

/// What a word of the whole field counts that two items have, and one that news are made of; a rare one counts 1.
const FIELD: f32 = 0.4;
const COMMON: f32 = 0.7;
/// What a rare word with a long stem counts: German says the particular in long words.
const LONG: f32 = 1.4;
const LONG_LETTERS: u64 = 10;
/// What a part of a compound counts that the other item has in another word or by itself; one of the field's nothing.
const PART: f32 = 1.0;
const COMMON_PART: f32 = 0.3;
/// A number below this is said of everything.
const FEW: u8 = 4;

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
    /// What compounds are made of.
    pub(super) parts: Vec<Stem>,
    /// What is done, one bit each.
    pub(super) acts: u16,
    /// What it is done with, one bit each.
    pub(super) subjects: u64,
    /// Numbers of one or two digits, in digits or words, one bit each.
    pub(super) few: u128,
    pub(super) years: Vec<i16>,
}

/// A significant stem: its hash, and in place of the last eight bits what follows from the stem as well, so that a list
/// of them is compared as fast as one of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stem(u64);

impl Stem {
    const SORT: u64 = 0xc0;
    const LENGTH: u64 = 0x3f;

    pub(super) fn new(root: &str, sort: Sort) -> Self {
        let length = (root.len() as u64).min(Self::LENGTH);
        Stem(hash(root) & !0xff | (sort as u64) << 6 | length)
    }

    pub(super) fn hash(self) -> u64 {
        self.0 & !0xff
    }

    pub(super) fn sort(self) -> Sort {
        match (self.0 & Self::SORT) >> 6 {
            0 => Sort::Rare,
            1 => Sort::Common,
            _ => Sort::Field,
        }
    }

    /// What it counts that two items have it.
    pub(super) fn weight(self) -> f32 {
        match self.sort() {
            Sort::Field => FIELD,
            Sort::Common => COMMON,
            Sort::Rare if self.length() >= LONG_LETTERS => LONG,
            Sort::Rare => 1.0,
        }
    }

    /// What it counts as a part of words that are not the same.
    pub(super) fn part(self) -> f32 {
        match self.sort() {
            Sort::Rare => PART,
            Sort::Common => COMMON_PART,
            Sort::Field => 0.0,
        }
    }

    /// German says the particular in long words: the longer, the rarer.
    pub(super) fn length(self) -> u64 {
        self.0 & Self::LENGTH
    }
}

/// Takes a text apart. `note` is told what each hash stands for, in the text's own words.
pub(super) fn parts(text: &str, note: &mut dyn FnMut(u64, &str)) -> Parts {
    let folded = Folded::new(text);
    let mut walk = Walk { text, folded: &folded, note, parts: Parts::default(), before: None, number: None };
    for word in folded.words() {
        if word.text.bytes().all(|b| b.is_ascii_digit()) {
            walk.digits(&word);
        } else {
            walk.word(&word);
        }
    }
    walk.end_number(None);
    walk.parts
}

/// A walk over a text, word by word.
struct Walk<'a> {
    text: &'a str,
    folded: &'a Folded,
    note: &'a mut dyn FnMut(u64, &str),
    parts: Parts,
    before: Option<Before>,
    number: Option<Number>,
}

/// The capitalised word before the one at hand.
struct Before {
    known: Arc<Known>,
    start: usize,
    end: usize,
}

/// A number that may go on.
struct Number {
    /// Without the points that are for the eye, with the comma of a decimal.
    digits: String,
    start: usize,
    end: usize,
}

/// What follows a number.
#[derive(Clone, Copy)]
enum Unit<'a> {
    /// Up to where it reaches.
    Month(&'a str, usize),
    Of(u64),
}

impl Walk<'_> {
    /// The byte at a place of the folded text.
    fn byte(&self, at: usize) -> u8 {
        self.folded.as_str().as_bytes().get(at).copied().unwrap_or_default()
    }

    fn say(&mut self, hash: u64, start: usize, end: usize) {
        (self.note)(hash, &self.text[self.folded.original(start..end)]);
    }

    fn digits(&mut self, word: &Word<'_>) {
        self.before = None;
        if let Some(number) = &mut self.number
            && number.end + 1 == word.start
            && let point @ (b'.' | b',') = self.folded.as_str().as_bytes()[number.end]
        {
            number.digits.extend((point == b',').then_some(','));
            number.digits.push_str(word.text);
            number.end = word.end;
            return;
        }
        self.end_number(None);
        self.number = Some(Number { digits: word.text.to_owned(), start: word.start, end: word.end });
    }

    fn word(&mut self, word: &Word<'_>) {
        let known = known(word.text);
        let Known { hash: at, significant, meaning, .. } = *known;
        self.mean(meaning);
        if let Some(end) = self.number.as_ref().map(|number| number.end) {
            let near = word.start - end <= 2;
            let month = near && self.byte(end) == b'.' && is_month(word.text);
            self.end_number(if month {
                Some(Unit::Month(word.text, word.end))
            } else {
                (near && significant).then_some(Unit::Of(at))
            });
        }
        let before = self.before.take();
        if !significant {
            return;
        }
        let stem = Stem::new(&known.root, meaning.sort);
        let field = meaning.sort == Sort::Field;
        let capital = self.text[self.folded.original(word.start..word.end)].starts_with(char::is_uppercase);
        self.say(stem.hash(), word.start, word.end);
        self.parts.stems.push(stem);
        self.parts.parts.extend(&known.parts);
        for long in &known.spelled_out {
            self.say(long.hash(), word.start, word.end);
            self.parts.stems.push(*long);
        }
        if let Some(before) = before
            && capital
            && before.end + 1 == word.start
            && self.byte(before.end) == b' '
            && !(before.known.meaning.sort == Sort::Field && field)
        {
            let name = hash(&format!("{} {}", before.known.root, known.root));
            self.say(name, before.start, word.end);
            self.parts.names.push(name);
        }
        self.before = capital.then_some(Before { known, start: word.start, end: word.end });
    }

    /// What a word stands for beside itself.
    fn mean(&mut self, meaning: Meaning) {
        self.parts.stations |= meaning.station;
        self.parts.acts |= meaning.acts;
        self.parts.subjects |= meaning.subjects;
        self.parts.few |= u128::from(meaning.number >= FEW) << (meaning.number & 127);
    }

    /// The number before is whole: what it is, by what follows.
    fn end_number(&mut self, unit: Option<Unit<'_>>) {
        let Some(Number { digits, start, end }) = self.number.take() else { return };
        let plain = digits.replace(',', "");
        let value = plain.trim_start_matches('0');
        let year = plain.len() == 4 && (plain.starts_with("19") || plain.starts_with("20"));
        // "15.07.2025" is the day of publication more often than not.
        let stamp = plain.len() >= 6 && plain.len() <= 8 && plain[plain.len() - 4..].starts_with("20");
        let (kept, until) = match unit {
            Some(Unit::Month(month, until)) => {
                let day = hash(&format!("{value} {month}"));
                self.parts.days.push(day);
                (day, until)
            }
            _ if stamp => return,
            _ => {
                let list = if value.len() >= 3 && !year { &mut self.parts.numbers } else { &mut self.parts.small };
                list.push(hash(value));
                match value.parse::<i16>() {
                    Ok(at) if year => self.parts.years.push(at),
                    Ok(few) if value.len() <= 2 && few >= FEW.into() => self.parts.few |= 1 << few,
                    _ => {}
                }
                (hash(value), end)
            }
        };
        self.say(kept, start, until);
        if let Some(Unit::Of(what)) = unit
            && !year
            && let Ok(many) = digits.replace(',', ".").parse()
        {
            self.parts.counts.push((what, many));
        }
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
