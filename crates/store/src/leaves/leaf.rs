//! The leaves of a segment: one word after the other, each with the places of who has it.

use std::ops::Range;

/// A page by its number.
pub(super) type Page<'a> = (i64, &'a [u8]);

/// A part of the index that is written once; what is gone of it since is told beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    pub(super) id: i64,
    /// Its first leaf and its last.
    pub(super) first: i64,
    pub(super) last: i64,
    /// Counts what was kept before it.
    pub(super) since: i64,
    /// How many pages tell what is gone.
    pub(super) tombs: i64,
}

/// Where in a page's number that of its segment stands, and what is added to that where the page tells what is gone.
const SEGMENT: u32 = 37;
const GONE: i64 = 1 << 16;
/// Each leaf begins with where its first place stands, if it goes on with a word of the leaf before, and with where what
/// it holds ends; behind that stands where its words begin.
const HEAD: usize = 4;

impl Segment {
    pub(super) fn is_sound(&self) -> bool {
        let fits = |number: i64, bits: u32| (0..1 << bits).contains(&number);
        fits(self.id, 16) && fits(self.first, 31) && fits(self.last, 31) && fits(self.tombs, 31)
    }

    /// The numbers of the first and the last page that tell what is gone.
    pub(super) fn tombstones(&self) -> [i64; 2] {
        let first = (self.id + GONE) << SEGMENT;
        [first, first + self.tombs - 1]
    }

    /// Adds the places of who has a word, in order, from among these pages, which are in order, and says whether they end
    /// there: else they may go on in leaves behind them. Nothing if they have another form.
    pub(super) fn add_places(&self, pages: &[Page<'_>], word: &[u8], places: &mut Vec<i64>) -> Option<bool> {
        let (base, begin) = (self.id << SEGMENT, places.len());
        let ended = walk(between(pages, base, base + (1 << 31)), word, places)?;
        if self.tombs > 0 {
            let [first, last] = self.tombstones();
            let gone =
                Gone::of(between(pages, first, last + 1)).filter(|gone| gone.pages.len() as i64 == self.tombs)?;
            let mut kept = begin;
            for at in begin..places.len() {
                if !gone.has(places[at]) {
                    places[kept] = places[at];
                    kept += 1;
                }
            }
            places.truncate(kept);
        }
        Some(ended)
    }
}

/// Pages from one number to before another.
fn between<'p, 'a>(pages: &'p [Page<'a>], from: i64, upto: i64) -> &'p [Page<'a>] {
    let pages = &pages[pages.partition_point(|(id, _)| *id < from)..];
    &pages[..pages.partition_point(|(id, _)| *id < upto)]
}

/// A leaf, taken apart.
struct Leaf<'a> {
    /// What it holds, with the head.
    holds: &'a [u8],
    /// Where its words begin.
    words: &'a [u8],
}

impl<'a> Leaf<'a> {
    fn of(page: &'a [u8]) -> Option<Self> {
        let end = usize::from(u16::from_be_bytes([*page.get(2)?, *page.get(3)?]));
        (end >= HEAD).then_some(())?;
        Some(Leaf { holds: page.get(..end)?, words: page.get(end..)? })
    }

    /// Where its first place stands, if that goes on with a word of the leaf before.
    fn goes_on(&self) -> usize {
        usize::from(u16::from_be_bytes([self.holds[0], self.holds[1]]))
    }

    /// Where its first word begins, or what it holds ends.
    fn first_word(&self) -> Option<usize> {
        match self.words {
            [] => Some(self.holds.len()),
            mut words => usize::try_from(varint(&mut words)?).ok().filter(|at| *at <= self.holds.len()),
        }
    }

    /// From where to where the places of a word stand here, if it does.
    fn find(&self, word: &[u8]) -> Option<Option<Range<usize>>> {
        let (mut words, mut at, mut term) = (self.words, 0_usize, Vec::new());
        while !words.is_empty() {
            let is_first = at == 0;
            at = at.checked_add(usize::try_from(varint(&mut words)?).ok()?)?;
            let mut rest = self.holds.get(at..)?;
            let keeps = if is_first { 0 } else { usize::try_from(varint(&mut rest)?).ok()? };
            let more = usize::try_from(varint(&mut rest)?).ok()?;
            (keeps <= term.len()).then(|| term.truncate(keeps))?;
            term.extend_from_slice(rest.get(..more)?);
            if term == word {
                let mut following = words;
                let end = match following {
                    [] => self.holds.len(),
                    _ => at.checked_add(usize::try_from(varint(&mut following)?).ok()?)?,
                };
                return Some(Some(self.holds.len() - rest.len() + more..end));
            }
        }
        Some(None)
    }
}

/// Walks along the places of a word. It stands in the first of the leaves, if anywhere, and goes on in the next as long
/// as none begins there. Says whether it was seen to end.
fn walk(leaves: &[Page<'_>], word: &[u8], places: &mut Vec<i64>) -> Option<bool> {
    let Some(((first, page), rest)) = leaves.split_first() else { return Some(true) };
    let mut leaf = Leaf::of(page)?;
    let Some(stand) = leaf.find(word)? else { return Some(true) };
    // Another word begins behind it, if it does not go on.
    let mut ends = stand.end < leaf.holds.len();
    take(&leaf, stand, places)?;
    for (number, (id, page)) in (first + 1..).zip(rest) {
        if ends {
            return Some(true);
        }
        (number == *id).then_some(())?;
        leaf = Leaf::of(page)?;
        let upto = leaf.first_word()?;
        match leaf.goes_on() {
            0 => {}
            from => take(&leaf, from..upto, places)?,
        }
        ends = !leaf.words.is_empty();
    }
    Some(ends)
}

/// Takes the places from one spot of a leaf to another: the first as it is, of each other how far it is from the one
/// before. Behind each stands how long it is told where in the item the word is, and that.
fn take(leaf: &Leaf<'_>, stand: Range<usize>, places: &mut Vec<i64>) -> Option<()> {
    let mut rest = leaf.holds.get(stand)?;
    let mut place = 0_i64;
    while !rest.is_empty() {
        place = place.wrapping_add(varint(&mut rest)?);
        places.push(place);
        let told = varint(&mut rest)?;
        // One bit says that it is gone, in a form that is not ours; one without any spot would say so, too.
        (told > 1 && told & 1 == 0).then_some(())?;
        // What does not fit goes on in the next leaf.
        rest = rest.get(usize::try_from(told >> 1).ok()?..).unwrap_or_default();
    }
    Some(())
}

/// What is gone, of pages that together are one table: each number stands in the page and at the slot that follow from
/// it, or in the next that was free. It is looked up there, and not gone through for a word that few have.
struct Gone<'a> {
    pages: Vec<Table<'a>>,
    /// Nought is an empty slot; that it is gone itself, the head of the first page says.
    nought: bool,
}

/// One page of it, whose numbers are four bytes wide or eight.
enum Table<'a> {
    Narrow(&'a [[u8; 4]]),
    Wide(&'a [[u8; 8]]),
}

impl<'a> Gone<'a> {
    fn of(pages: &[Page<'a>]) -> Option<Self> {
        let table = |(_, page): &Page<'a>| {
            let (head, slots) = page.split_at_checked(8)?;
            Some(if head[0] == 4 { Table::Narrow(slots.as_chunks().0) } else { Table::Wide(slots.as_chunks().0) })
        };
        let nought = pages.first().is_some_and(|(_, page)| page.get(1).is_some_and(|flag| *flag != 0));
        Some(Gone { pages: pages.iter().map(table).collect::<Option<Vec<_>>>()?, nought })
    }

    fn has(&self, place: i64) -> bool {
        if place == 0 {
            return self.nought;
        }
        let (number, many) = (place.cast_unsigned(), self.pages.len() as u64);
        match &self.pages[(number % many) as usize] {
            Table::Narrow(slots) => is_in(slots, number / many, number, |slot| u32::from_be_bytes(slot).into()),
            Table::Wide(slots) => is_in(slots, number / many, number, u64::from_be_bytes),
        }
    }
}

/// Whether a number stands at a slot of a table, or behind it before the next that is empty.
fn is_in<const WIDE: usize>(slots: &[[u8; WIDE]], from: u64, number: u64, read: impl Fn([u8; WIDE]) -> u64) -> bool {
    let from = from.checked_rem(slots.len() as u64).unwrap_or_default() as usize;
    let (before, behind) = slots.split_at(from);
    let mut taken = behind.iter().chain(before).map(|slot| read(*slot)).take_while(|taken| *taken != 0);
    taken.any(|taken| taken == number)
}

/// A number as SQLite writes it: seven bits in each byte, the most significant first, and all eight of a ninth.
#[inline]
pub(super) fn varint(rest: &mut &[u8]) -> Option<i64> {
    // Of bytes that are surely there none has to be asked for, which is half of the work.
    let (value, long) = match rest.first_chunk::<LONGEST>() {
        Some(bytes) => number(bytes)?,
        None => number(rest)?,
    };
    *rest = rest.get(long..)?;
    Some(value)
}

/// So many bytes has a number at most.
const LONGEST: usize = 9;

/// The number with which some bytes begin, and how long it is; nothing if it is cut off.
#[inline]
fn number(bytes: &[u8]) -> Option<(i64, usize)> {
    let mut value = 0_u64;
    for (at, byte) in bytes.iter().enumerate().take(LONGEST) {
        if at == LONGEST - 1 {
            return Some(((value << 8 | u64::from(*byte)).cast_signed(), LONGEST));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if *byte < 0x80 {
            return Some((value.cast_signed(), at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    //! Numbers are read as they are written, wherever they are cut off.

    use super::varint;

    /// As SQLite writes it.
    fn written(number: u64) -> Vec<u8> {
        if number >= 1 << 56 {
            let mut bytes: Vec<u8> = (0..8).map(|nth| (number >> (8 + 7 * (7 - nth))) as u8 | 0x80).collect();
            bytes.push(number as u8);
            return bytes;
        }
        let long = (1..=8).find(|long| number < 1 << (7 * long)).unwrap();
        (0..long).rev().map(|nth| (number >> (7 * nth)) as u8 & 0x7f | if nth == 0 { 0 } else { 0x80 }).collect()
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        let powers = (0..64).map(|bit| 1_u64 << bit);
        for number in powers.flat_map(|power| [power - 1, power, power + 1, !power]) {
            let bytes = written(number);
            for behind in [0, 1, 3, 20] {
                let all = [&bytes[..], &vec![0xff; behind]].concat();
                let mut rest = &all[..];
                assert_eq!(varint(&mut rest), Some(number.cast_signed()), "{number}");
                assert_eq!(rest.len(), behind, "{number}");
            }
            for short in 0..bytes.len() {
                assert_eq!(varint(&mut &bytes[..short]), None, "{number} cut off");
            }
        }
    }
}
