//! Counting matches one by one: of what few have it takes less to look up what each is than to go through the roll by
//! bits.
//!
//! Promises: what it takes grows with the matches alone.

use super::marks::{FITS, Marks, words};
use super::planes::Planes;
use super::question::{Asked, Matched};
use super::sift::Sifted;
use super::tally::Counts;
use crate::roll::{Entry, Roll};
use crate::shelf::Choice;

/// So many matches for each piece of the roll are few.
const FEW: usize = 80;
/// For fewer than one match in so many bays it is not worth it to mark all of these.
const BAYS: usize = 4;

/// What is asked of one match.
struct Hit {
    bay: u32,
    source: u32,
    /// The number of its story from 1, if that is counted once for all who tell it.
    story: u32,
}

/// The same as [`sift`](super::sift::sift), if few match.
pub(super) fn count(roll: &Roll, asked: &Asked<'_>, choice: &Choice, matched: &Matched) -> Option<Sifted> {
    let pieces = roll.all.pieces();
    let must = matched.must.as_ref().filter(|must| must.len() <= pieces.len() * FEW)?;
    let is_not = |entry: &Entry| matched.not.as_ref().is_some_and(|not| not.binary_search(&entry.seq).is_ok());
    let (mut found, mut ends) = (Vec::with_capacity(must.len()), Vec::new());
    for (number, piece) in (0..).zip(pieces) {
        let begin = found.len();
        piece.each_at(piece.between(must), |at| {
            let entry = &piece.entries[at];
            if asked.is_within(entry) && !is_not(entry) {
                let story = entry.story().filter(|_| asked.stories).map_or(0, |story| story as u32 + 1);
                found.push((entry.shelf, story));
            }
        });
        if found.len() > begin {
            ends.push((number, found.len()));
        }
    }
    // What one look in memory finds says where the next is: all of a kind are looked up together, so that none waits.
    let hits: Vec<Hit> = found
        .into_iter()
        .map(|(shelf, story)| {
            let (bay, source) = roll.shelves.spot(shelf);
            Hit { bay, source, story }
        })
        .collect();
    let mut told: Vec<usize> = (0..hits.len()).filter(|hit| hits[*hit].story > 0).collect();
    told.sort_unstable_by_key(|hit| (hits[*hit].story, hits[*hit].source));
    let chosen = |hit: &Hit| choice.sources.as_ref().is_none_or(|list| list.binary_search(&hit.source).is_ok());
    let (mut counts, mut some) = (Counts::none(&roll.shelves), Vec::new());
    for word in 0..words(&roll.shelves) {
        let marks = Marks::new(&roll.shelves, choice, word);
        let marks: Vec<u64> = if hits.len() * BAYS > roll.shelves.bays() {
            let all = marks.all();
            hits.iter().map(|hit| all[hit.bay as usize]).collect()
        } else {
            hits.iter().map(|hit| marks.of(hit.bay)).collect()
        };
        let fits = |hit: usize| word == 0 && marks[hit] & FITS != 0;
        let mut planes = Planes::default();
        for (hit, mark) in hits.iter().zip(&marks).filter(|(hit, _)| hit.story == 0) {
            counts.source[hit.source as usize] += [0, mark & FITS][usize::from(word == 0)];
            planes.add([0, *mark][usize::from(chosen(hit))]);
        }
        for tellers in told.chunk_by(|one, other| hits[*one].story == hits[*other].story) {
            for by_one in tellers.chunk_by(|one, other| hits[*one].source == hits[*other].source) {
                counts.source[hits[by_one[0]].source as usize] += u64::from(by_one.iter().any(|hit| fits(*hit)));
            }
            planes.add(tellers.iter().filter(|hit| chosen(&hits[**hit])).fold(0, |all, hit| all | marks[*hit]));
        }
        planes.end(|bit, n| counts.add(word * 64 + bit, n));
        let mut begin = 0;
        for (piece, end) in ends.iter().filter(|_| word == 0) {
            let fitting = (begin..*end).filter(|hit| fits(*hit) && chosen(&hits[*hit])).count();
            counts.items += fitting as u64;
            some.extend((fitting > 0).then_some(*piece));
            begin = *end;
        }
    }
    Some(Sifted { tally: counts.end(), hits: some.into() })
}
