//! The list of segments: what the index consists of, from the record that FTS5 keeps of it.

use super::leaf::{Segment, varint};

/// Says that the list tells of what is gone as well, which it does where items can be taken out of the index.
const TELLS: [u8; 4] = [0xff, 0, 0, 1];
/// How many levels and segments FTS5 makes at most: more are no list.
const MOST: i64 = 2_000;

/// The segments of an index, and the record in which they stood.
#[derive(Debug, Default)]
pub(super) struct Segments {
    record: Vec<u8>,
    list: Vec<Segment>,
}

impl Segments {
    /// Reads the record; nothing if it has another form.
    pub(super) fn parse(record: &[u8]) -> Option<Self> {
        let mut rest = record.get(4..)?.strip_prefix(&TELLS)?;
        let mut next = || varint(&mut rest).filter(|value| *value >= 0);
        let (levels, many, _writes) = (next()?, next()?, next()?);
        let mut list = Vec::new();
        for _ in 0..Some(levels).filter(|levels| *levels <= MOST)? {
            let (_merging, here) = (next()?, next()?);
            for _ in 0..Some(here).filter(|here| *here <= MOST)? {
                let (id, first, last) = (next()?, next()?, next()?);
                let (since, _until, tombs) = (next()?, next()?, next()?);
                let (_gone, _entries) = (next()?, next()?);
                list.push(Segment { id, first, last, since, tombs });
            }
        }
        let sound = list.len() as i64 == many && list.iter().all(Segment::is_sound);
        // What was merged into another is empty, and listed until all of it was.
        list.retain(|segment| segment.first > 0);
        // What was kept later is mostly younger as well, and lists that follow one another need not be put in order.
        list.sort_by_key(|segment| segment.since);
        sound.then(|| Segments { record: record.to_vec(), list })
    }

    /// Whether this is the record in which they stood.
    pub(super) fn are(&self, record: &[u8]) -> bool {
        !self.record.is_empty() && self.record == record
    }

    pub(super) fn each(&self) -> impl Iterator<Item = &Segment> {
        self.list.iter()
    }

    /// How many pages tell what is gone.
    pub(super) fn tombs(&self) -> i64 {
        self.list.iter().map(|segment| segment.tombs).sum()
    }

    /// Of each its number, its first leaf and its last.
    pub(super) fn leaves(&self) -> Vec<[i64; 3]> {
        self.list.iter().map(|segment| [segment.id, segment.first, segment.last]).collect()
    }

    /// From where to where stands what is gone, of those of which something is.
    pub(super) fn tombstones(&self) -> Vec<[i64; 2]> {
        self.list.iter().filter(|segment| segment.tombs > 0).map(Segment::tombstones).collect()
    }
}
