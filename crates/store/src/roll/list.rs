//! Entries in order, in pieces of bounded size: one more or one less moves a piece, however many there are.

use std::sync::OnceLock;

use super::columns::Columns;
use super::guide::Guide;
use super::stories::Stories;
use crate::shelf::Shelves;

/// What is known of one relevant item without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its place: newest first is from the last to the first.
    pub(crate) seq: i64,
    /// First and last moment, each with half of the generation that brought it behind it.
    spans: [i64; 2],
    /// Number of its shelf.
    pub(crate) shelf: u32,
    /// Number of its story, from 1, if several tell it, with [`FOLLOWS`] if another leads, and with [`EVENT`].
    pub(crate) told: u32,
}

/// The bit of [`Entry::told`] that says that another item leads the story, and the one that says what it is: to look
/// that up on its shelf costs more than all else that is asked of an entry.
pub(crate) const FOLLOWS: u32 = 1 << 31;
pub(crate) const EVENT: u32 = 1 << 30;

/// Half a million entries are looked through in memory; a third line of the processor's for every other one is too much.
const _: () = assert!(size_of::<Entry>() == 32, "two entries fill a line of the processor's memory");

/// Bits behind a moment: what is before them reaches from 15,000 years before 1970 to as many after, in milliseconds.
const HALF: u32 = 14;
/// The last generation that can be told from later ones: a hundred million rounds that brought something, and more.
const LAST: i64 = (1 << (2 * HALF)) - 1;

impl Entry {
    /// What is at a place, from when to when, which generation brought it, on which shelf it stands. Who came with a
    /// generation beyond all reason counts as come with the last that can be told.
    pub(crate) fn new(seq: i64, [begins, ends]: [i64; 2], born: i64, shelf: u32) -> Self {
        let born = born.clamp(0, LAST);
        let reach = i64::MAX >> HALF;
        let span = |at: i64, half: i64| at.clamp(-reach, reach) << HALF | half;
        Entry { seq, spans: [span(begins, born >> HALF), span(ends, born & ((1 << HALF) - 1))], shelf, told: 0 }
    }

    #[inline]
    pub(crate) fn begins(&self) -> i64 {
        self.spans[0] >> HALF
    }

    #[inline]
    pub(crate) fn ends(&self) -> i64 {
        self.spans[1] >> HALF
    }

    /// The generation that brought it.
    pub(crate) fn born(&self) -> i64 {
        let half = |at: usize| self.spans[at] & ((1 << HALF) - 1);
        half(0) << HALF | half(1)
    }

    /// Number of its story, if several tell it.
    #[inline]
    pub(crate) fn story(&self) -> Option<usize> {
        ((self.told & !(FOLLOWS | EVENT)) as usize).checked_sub(1)
    }

    pub(crate) fn is_event(&self) -> bool {
        self.told & EVENT != 0
    }

    /// Of a story's items that fit the one with the least of these stands for it among the newest.
    pub(crate) fn newest(&self) -> i64 {
        -self.seq
    }

    /// And among the soonest: of an event's sources the lead, since another's hour may be an earlier guess.
    pub(crate) fn soonest(&self) -> (bool, i64, i64) {
        (self.told & FOLLOWS != 0, self.begins(), self.seq)
    }
}

type Key = (i64, i64);

/// By what a list is in order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Order {
    /// Place.
    Place,
    /// First moment, then place.
    Beginning,
}

/// Entries in order.
#[derive(Debug)]
pub(crate) struct List {
    order: Order,
    /// None is empty, and none is longer than [`MOST`].
    pieces: Vec<Piece>,
}

/// Some entries that follow one another.
#[derive(Debug, Default)]
pub(crate) struct Piece {
    pub(crate) entries: Vec<Entry>,
    columns: OnceLock<Box<Columns>>,
    guide: OnceLock<Box<Guide>>,
}

/// Of as many as every so many-th entry the places are walked through beside the entries.
const DENSE: usize = 4;

/// So many are looked up together.
const TOGETHER: usize = 64;

/// The longest that a piece may be.
pub(super) const MOST: usize = 2048;

/// A piece that is full has room for so many more: twice as many would be half of what all entries take.
const ROOM: usize = 128;

impl Order {
    pub(crate) fn key(self, entry: &Entry) -> Key {
        match self {
            Order::Place => (entry.seq, 0),
            Order::Beginning => (entry.begins(), entry.seq),
        }
    }
}

impl Piece {
    fn new(entries: Vec<Entry>) -> Self {
        Piece { entries, columns: OnceLock::new(), guide: OnceLock::new() }
    }

    /// Its entries, to be changed.
    fn change(&mut self) -> &mut Vec<Entry> {
        self.columns.take();
        self.guide.take();
        &mut self.entries
    }

    /// Puts an entry where it belongs.
    fn insert(&mut self, place: usize, entry: Entry) {
        let entries = self.change();
        if entries.len() == entries.capacity() {
            entries.reserve_exact(ROOM);
        }
        entries.insert(place, entry);
    }

    /// What its entries are, by the shelves on which they stand and the stories that they tell. Only where the list is
    /// in the order of places: so are those who tell a story.
    pub(crate) fn columns(&self, shelves: &Shelves, stories: &Stories) -> &Columns {
        self.columns.get_or_init(|| Box::new(Columns::of(&self.entries, shelves, stories)))
    }

    /// Of some places, which are in order, those that may stand here.
    pub(crate) fn between<'s>(&self, seqs: &'s [i64]) -> &'s [i64] {
        let (Some(first), Some(last)) = (self.entries.first(), self.entries.last()) else { return &[] };
        let seqs = &seqs[seqs.partition_point(|seq| *seq < first.seq)..];
        // They are asked for piece by piece, and mostly few of them are here.
        &seqs[..ahead(seqs, last.seq)]
    }

    /// Does something with the numbers of the entries that stand at some of these places, which are in order and between
    /// the first's and the last's.
    pub(crate) fn each_at(&self, seqs: &[i64], mut with: impl FnMut(usize)) {
        if seqs.len() > self.entries.len() / DENSE {
            let mut rest = self.entries.iter().enumerate().peekable();
            for seq in seqs {
                while rest.next_if(|(_, entry)| entry.seq < *seq).is_some() {}
                if let Some((number, _)) = rest.next_if(|(_, entry)| entry.seq == *seq) {
                    with(number);
                }
            }
        } else if !seqs.is_empty() {
            let guide = self.guide.get_or_init(|| Box::new(Guide::of(&self.entries)));
            for some in seqs.chunks(TOGETHER) {
                guide.look_at(&self.entries, some);
                some.iter().filter_map(|seq| guide.number(&self.entries, *seq)).for_each(&mut with);
            }
        }
    }

    /// The same with those that stand at none of them: one look at each entry and at each place.
    pub(super) fn each_missing(&self, mut seqs: &[i64], mut with: impl FnMut(usize)) {
        for (number, entry) in self.entries.iter().enumerate() {
            while let [first, rest @ ..] = seqs
                && *first < entry.seq
            {
                seqs = rest;
            }
            match seqs {
                [first, rest @ ..] if *first == entry.seq => seqs = rest,
                _ => with(number),
            }
        }
    }

    /// Bytes that it takes besides its entries.
    pub(super) fn weight(&self) -> usize {
        let columns = self.columns.get().map_or(0, |columns| columns.weight());
        size_of::<Self>() + columns + self.guide.get().map_or(0, |_| size_of::<Guide>())
    }
}

impl List {
    pub(crate) fn new(order: Order) -> Self {
        List { order, pieces: Vec::new() }
    }

    /// The pieces in order, none of which is empty.
    pub(crate) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.pieces.iter().map(|piece| piece.entries.len()).sum()
    }

    /// The piece in which a key is or would be, and where.
    fn at(&self, key: Key) -> (usize, Result<usize, usize>) {
        let first = |piece: &Piece| self.order.key(&piece.entries[0]);
        let piece = self.pieces.partition_point(|piece| first(piece) <= key).saturating_sub(1);
        let within = self
            .pieces
            .get(piece)
            .map_or(Err(0), |piece| piece.entries.binary_search_by(|entry| self.order.key(entry).cmp(&key)));
        (piece, within)
    }

    pub(crate) fn get(&self, key: Key) -> Option<&Entry> {
        let (piece, within) = self.at(key);
        within.ok().map(|place| &self.pieces[piece].entries[place])
    }

    /// The same, to be changed in what is not its key.
    pub(super) fn get_mut(&mut self, key: Key) -> Option<&mut Entry> {
        let (piece, within) = self.at(key);
        let place = within.ok()?;
        self.pieces[piece].change().get_mut(place)
    }

    /// Which piece holds a key.
    pub(super) fn piece_of(&self, key: Key) -> usize {
        self.at(key).0
    }

    /// What is known of a piece besides its entries holds no more.
    pub(super) fn doubt(&mut self, key: Key) {
        let (piece, _) = self.at(key);
        if let Some(piece) = self.pieces.get_mut(piece) {
            piece.columns.take();
        }
    }

    /// Adds an entry whose key is not there.
    pub(crate) fn insert(&mut self, entry: Entry) {
        let (at, within) = self.at(self.order.key(&entry));
        let Some(piece) = self.pieces.get_mut(at) else {
            self.pieces.push(Piece::new(vec![entry]));
            return;
        };
        let place = within.unwrap_or_else(|place| place);
        if piece.entries.len() < MOST {
            piece.insert(place, entry);
        } else if place == piece.entries.len() {
            // Nearly all come at the end, and full pieces stay behind.
            match self.pieces.get_mut(at + 1) {
                Some(next) if next.entries.len() < MOST => next.insert(0, entry),
                _ => self.pieces.insert(at + 1, Piece::new(vec![entry])),
            }
        } else {
            let rest = piece.change().split_off(MOST / 2);
            piece.entries.shrink_to(MOST / 2 + ROOM);
            self.pieces.insert(at + 1, Piece::new(rest));
            self.insert(entry);
        }
    }

    pub(crate) fn remove(&mut self, key: Key) -> Option<Entry> {
        let (at, within) = self.at(key);
        let place = within.ok()?;
        let piece = self.pieces.get_mut(at)?;
        let entry = piece.change().remove(place);
        if piece.entries.is_empty() {
            self.pieces.remove(at);
        }
        Some(entry)
    }

    /// All from a key on, in order.
    pub(crate) fn from(&self, key: Key) -> impl Iterator<Item = &Entry> {
        let (piece, within) = self.at(key);
        let skip = within.unwrap_or_else(|place| place);
        self.pieces.iter().skip(piece).flat_map(|piece| &piece.entries).skip(skip)
    }

    /// All below a key, the last first.
    pub(crate) fn below(&self, key: Key) -> impl Iterator<Item = &Entry> {
        let (piece, within) = self.at(key);
        let upto = within.unwrap_or_else(|place| place);
        let (before, here) = self.pieces.split_at(piece.min(self.pieces.len()));
        let here = here.first().map_or(&[][..], |piece| &piece.entries[..upto]);
        here.iter().rev().chain(before.iter().rev().flat_map(|piece| piece.entries.iter().rev()))
    }
}

/// How many of some places, which are in order, are not behind one: sought from the first on.
fn ahead(seqs: &[i64], last: i64) -> usize {
    let mut leap = 1;
    while seqs.get(leap).is_some_and(|seq| *seq <= last) {
        leap *= 2;
    }
    let within = leap / 2..seqs.len().min(leap + 1);
    within.start + seqs[within].partition_point(|seq| *seq <= last)
}
