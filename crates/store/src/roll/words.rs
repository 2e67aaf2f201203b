//! The places of words that many items have, remembered as they were found.
//!
//! Most of these words are in some thousand of half a million items: their places are held as the steps from one to the
//! next, two bytes each instead of eight, and added up for who asks. Words that are everywhere are held as they are
//! asked for. Promises: so many bytes of the ones and of the others, at most; what was not asked for the longest makes
//! room for its like. Refuses: to know whether they still stand there; who remembers says when it was.

use std::collections::HashMap;
use std::sync::Arc;

/// Of words that so many items have, their places are remembered.
pub(crate) const EVERYWHERE: usize = 1_000;
/// Of words that many items have, so many places are remembered, of all of them together.
pub const PLACES: usize = 1_000_000;
/// And of those that some thousand have so many bytes.
const STEPS: usize = 2 << 20;
/// So many are added up in some ten microseconds.
const FEW: usize = 16_384;

/// Words by what they are asked as.
#[derive(Debug, Default)]
pub(super) struct Words {
    known: HashMap<String, Known>,
    asked: u64,
}

#[derive(Debug)]
struct Known {
    places: Places,
    /// How many places had been touched until then.
    upto: u64,
    /// When it was asked for last, as a count of what was asked.
    asked: u64,
}

/// Places in order.
#[derive(Clone, Debug)]
pub(super) enum Places {
    /// The steps between them, seven bits to the byte, the last of each below 128.
    Steps(Arc<[u8]>),
    Whole(Arc<Vec<i64>>),
}

impl Words {
    /// The places of some words, and how many had been touched until then.
    pub(super) fn find(&mut self, words: &str) -> Option<(Places, u64)> {
        self.asked += 1;
        let known = self.known.get_mut(words)?;
        known.asked = self.asked;
        Some((known.places.clone(), known.upto))
    }

    /// Remembers them instead of what was known before, if they are many.
    pub(super) fn remember(&mut self, words: &str, places: &Arc<Vec<i64>>, upto: u64) {
        self.known.remove(words);
        if (EVERYWHERE..=PLACES).contains(&places.len()) {
            let places = Places::of(places);
            self.make_room(&places);
            self.known.insert(words.to_owned(), Known { places, upto, asked: self.asked });
        }
    }

    /// Forgets those that were remembered when so many places had been touched that it cannot be told which.
    pub(super) fn forget(&mut self, is_known: impl Fn(u64) -> bool) {
        self.known.retain(|_, known| is_known(known.upto));
    }

    /// Bytes that they take.
    pub(super) fn weight(&self) -> usize {
        self.known.values().map(|known| known.places.weight()).sum()
    }

    /// Forgets of the like of these those that were not asked for the longest.
    fn make_room(&mut self, new: &Places) {
        let most = if new.is_whole() { PLACES * size_of::<i64>() } else { STEPS };
        let like = |known: &Known| known.places.is_whole() == new.is_whole();
        let mut held: usize = self.known.values().filter(|known| like(known)).map(|known| known.places.weight()).sum();
        while held + new.weight() > most {
            let all = self.known.iter().filter(|(_, known)| like(known));
            let Some(oldest) = all.min_by_key(|(_, known)| known.asked).map(|(words, _)| words.clone()) else { return };
            held -= self.known.remove(&oldest).map_or(0, |known| known.places.weight());
        }
    }
}

impl Places {
    fn of(places: &Arc<Vec<i64>>) -> Self {
        let few = places.len() <= FEW;
        few.then(|| steps(places)).flatten().map_or_else(|| Places::Whole(Arc::clone(places)), Places::Steps)
    }

    /// As they were remembered.
    pub(super) fn list(self) -> Arc<Vec<i64>> {
        match self {
            Places::Steps(steps) => Arc::new(walked(&steps)),
            Places::Whole(places) => places,
        }
    }

    fn is_whole(&self) -> bool {
        matches!(self, Places::Whole(_))
    }

    fn weight(&self) -> usize {
        match self {
            Places::Steps(steps) => steps.len(),
            Places::Whole(places) => size_of_val(places.as_slice()),
        }
    }
}

/// The steps from each place to the next, the first from 0; nothing if one of them leads back.
fn steps(places: &[i64]) -> Option<Arc<[u8]>> {
    let (mut bytes, mut last) = (Vec::with_capacity(2 * places.len()), 0_i64);
    for place in places {
        let mut step = u64::try_from(place.checked_sub(last)?).ok()?;
        while step >= 0x80 {
            bytes.push(step as u8 | 0x80);
            step >>= 7;
        }
        bytes.push(step as u8);
        last = *place;
    }
    Some(bytes.into())
}

fn walked(steps: &[u8]) -> Vec<i64> {
    let mut places = Vec::with_capacity(steps.iter().filter(|byte| **byte < 0x80).count());
    let (mut place, mut step, mut shift) = (0, 0, 0);
    for byte in steps {
        step |= i64::from(byte & 0x7f) << shift;
        shift += 7;
        if *byte < 0x80 {
            place += step;
            places.push(place);
            (step, shift) = (0, 0);
        }
    }
    places
}

#[cfg(test)]
mod tests;
