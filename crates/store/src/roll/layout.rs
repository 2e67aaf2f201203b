//! In which order the entries of a piece stand in its columns: so that stories and sources can be counted by bits.
//!
//! A story that is told within the piece by up to four has its first teller in the first layer of words and the others
//! in the layers behind it, each at the same distance from where its layer begins. Laid over one another, the layers
//! have one bit for each story. Who tells no story stands in the first layer as well, one source after the other.
//!
//! Promises: each entry has one place. Refuses: stories that are told in other pieces too, or by more; of these is
//! known where they stand and which they are, and they are counted one by one.

use std::ops::Range;

use super::bits::Bits;
use super::list::Entry;
use super::stories::Stories;
use crate::shelf::Shelves;

/// So many tell a story that is counted by bits, at most.
pub(super) const LAYERS: usize = 4;

/// Where the entries of a piece stand.
#[derive(Debug)]
pub(super) struct Layout {
    /// By place the number of the entry that stands there; what is between two layers is nobody's.
    pub(super) order: Box<[u16]>,
    /// And by number its place.
    pub(super) places: Box<[u16]>,
    /// The words where the layers begin, and where the last ends.
    pub(super) starts: [usize; LAYERS + 1],
    /// Who tells a story that is counted one by one, and which, in the order of places.
    pub(super) loose: Range<usize>,
    pub(super) told: Box<[u32]>,
    /// The numbers of the sources, in order, and by place which of them it is.
    pub(super) names: Box<[u32]>,
    pub(super) sources: Box<[u16]>,
    /// Where of those who tell no story the first of each source stands, and at last where they end.
    pub(super) runs: Box<[u16]>,
}

/// Those of a piece's entries that tell stories, by number.
#[derive(Default)]
struct Tellers {
    /// Each story with who tells it, the most first.
    close: Vec<Vec<usize>>,
    loose: Vec<(usize, u32)>,
}

impl Layout {
    pub(super) fn of(entries: &[Entry], shelves: &Shelves, stories: &Stories) -> Self {
        let tellers = Tellers::of(entries, stories);
        let (names, source) = sources(entries, shelves);
        let mut order: Vec<u16> = tellers.close.iter().map(|told| told[0] as u16).collect();
        let from = order.len();
        order.extend(tellers.loose.iter().map(|(number, _)| *number as u16));
        let loose = from..order.len();
        let mut alone: Vec<(u16, u16)> = tellers.alone(entries).map(|number| (source[number], number as u16)).collect();
        alone.sort_unstable();
        let first = |source: usize| (loose.end + alone.partition_point(|(of, _)| usize::from(*of) < source)) as u16;
        let runs = (0..=names.len()).map(first).collect();
        order.extend(alone.iter().map(|(_, number)| *number));
        let mut starts = [0; LAYERS + 1];
        for (layer, start) in (1..).zip(&mut starts[1..]) {
            *start = order.len().div_ceil(64);
            let others = tellers.close.iter().map_while(|told| told.get(layer));
            let others: Vec<u16> = others.map(|number| *number as u16).collect();
            if !others.is_empty() {
                order.resize(*start * 64, NOBODY);
                order.extend(others);
            }
        }
        let mut places = vec![0; entries.len()];
        let standing = order.iter().enumerate().filter(|(_, number)| **number != NOBODY);
        standing.for_each(|(place, number)| places[usize::from(*number)] = place as u16);
        let sources = order.iter().map(|number| source.get(usize::from(*number)).copied().unwrap_or_default());
        Layout {
            sources: sources.collect(),
            order: order.into(),
            places: places.into(),
            starts,
            loose,
            told: tellers.loose.iter().map(|(_, story)| *story).collect(),
            names,
            runs,
        }
    }

    /// How many stories those tell who are among some and among others: the layers laid over one another.
    pub(super) fn stories(&self, some: &Bits, others: &Bits) -> u32 {
        let [_, first, second, ..] = self.starts;
        // What stands behind the first layer is seldom more than a word or two wide.
        let laid = (0..second - first).map(|word| {
            let layers = self.starts.windows(2).filter(|layer| layer[0] + word < layer[1]);
            layers.fold(0, |told, layer| told | some.common_word(others, layer[0] + word)).count_ones()
        });
        laid.sum::<u32>() + some.common_in(others, second - first..first)
    }

    /// Where those stand who tell stories.
    pub(super) fn tellers(&self) -> [Range<usize>; 2] {
        let [_, first, .., last] = self.starts;
        let many = self.sources.len();
        [0..self.loose.end, (first * 64).min(many)..(last * 64).min(many)]
    }

    /// Whether who stands at a place tells a story that is counted by bits.
    pub(super) fn is_told(&self, place: usize) -> bool {
        place < self.loose.start || place >= self.starts[1] * 64
    }

    /// Where those stand who tell the story of a place as well, and come before it.
    pub(super) fn before(&self, place: usize) -> impl Iterator<Item = usize> {
        let layer = (1..LAYERS).rev().find(|layer| place >= self.starts[*layer] * 64).unwrap_or_default();
        let which = place - self.starts[layer] * 64;
        self.starts[..layer].iter().map(move |start| start * 64 + which)
    }
}

/// The number of an entry that is none.
const NOBODY: u16 = u16::MAX;

impl Tellers {
    fn of(entries: &[Entry], stories: &Stories) -> Self {
        let mut tellers = Tellers::default();
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return tellers };
        for (number, entry) in entries.iter().enumerate() {
            let Some(story) = entry.story() else { continue };
            match stories.members(story) {
                [] | [_] => {}
                members @ [lowest, .., highest]
                    if members.len() <= LAYERS && *lowest >= first.seq && *highest <= last.seq =>
                {
                    if *lowest == entry.seq {
                        let numbers =
                            members.iter().filter_map(|seq| entries.binary_search_by_key(seq, |entry| entry.seq).ok());
                        tellers.close.push(numbers.collect());
                    }
                }
                _ => tellers.loose.push((number, story as u32)),
            }
        }
        tellers.close.sort_by_key(|told| std::cmp::Reverse(told.len()));
        tellers
    }

    /// Those who tell none, by number.
    fn alone(&self, entries: &[Entry]) -> impl Iterator<Item = usize> {
        let mut tells = vec![false; entries.len()];
        self.close.iter().flatten().for_each(|number| tells[*number] = true);
        self.loose.iter().for_each(|(number, _)| tells[*number] = true);
        tells.into_iter().enumerate().filter(|(_, tells)| !tells).map(|(number, _)| number)
    }
}

/// The sources of some entries in order, and of each entry which of them it is.
fn sources(entries: &[Entry], shelves: &Shelves) -> (Box<[u32]>, Vec<u16>) {
    let all: Vec<u32> = entries.iter().map(|entry| shelves.at(entry.shelf).source).collect();
    let mut names = all.clone();
    names.sort_unstable();
    names.dedup();
    let which = |source: &u32| names.partition_point(|name| name < source) as u16;
    let of = all.iter().map(which).collect();
    (names.into(), of)
}
