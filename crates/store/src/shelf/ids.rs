//! Numbers that only grow, and the place of each among them.
//!
//! A database gives them one after the other and leaves few out, so what is held is where each run of them begins: of a
//! quarter of a million a few bytes, and not two megabytes. Refuses: to be small where every other number is missing.

use super::room_for_one;

/// Numbers in order, by place.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Of each run of numbers that follow one another the first, and its place.
    runs: Vec<(i64, u32)>,
    many: u32,
}

impl Ids {
    /// Adds a number that is larger than all before.
    pub(super) fn push(&mut self, id: i64) {
        if self.last().is_none_or(|last| last + 1 != id) {
            room_for_one(&mut self.runs);
            self.runs.push((id, self.many));
        }
        self.many += 1;
    }

    /// Where a number stands, if it does.
    pub(super) fn place(&self, id: i64) -> Option<u32> {
        let run = self.runs.partition_point(|(first, _)| *first <= id).checked_sub(1)?;
        let (first, at) = self.runs[run];
        let end = self.runs.get(run + 1).map_or(self.many, |(_, at)| *at);
        let place = u32::try_from(id - first).ok()?.checked_add(at)?;
        (place < end).then_some(place)
    }

    /// The number at a place where one stands.
    pub(super) fn at(&self, place: u32) -> i64 {
        let run = self.runs.partition_point(|(_, at)| *at <= place);
        let (first, at) = self.runs[run - 1];
        first + i64::from(place - at)
    }

    /// The largest of them.
    pub(super) fn last(&self) -> Option<i64> {
        self.many.checked_sub(1).map(|last| self.at(last))
    }

    /// Bytes that they take, more or less.
    pub(super) fn weight(&self) -> usize {
        size_of::<(i64, u32)>() * self.runs.capacity()
    }
}

#[cfg(test)]
mod tests {
    //! A list says the same.

    use super::*;
    use crate::testing::Dice;

    #[test]
    fn each_number_has_its_place() {
        let (mut dice, mut ids, mut list) = (Dice(0x5eed), Ids::default(), Vec::new());
        assert_eq!((ids.last(), ids.place(0)), (None, None));
        let mut next = 3;
        for _ in 0..500 {
            ids.push(next);
            list.push(next);
            next += if dice.roll(9) == 0 { 2 + dice.roll(4) } else { 1 };
            assert_eq!(ids.last(), list.last().copied());
        }
        assert!(ids.runs.len() < 100, "{} runs", ids.runs.len());
        for id in -1..next + 3 {
            assert_eq!(ids.place(id), list.binary_search(&id).ok().map(|place| place as u32), "{id}");
        }
        for (place, id) in (0..).zip(list) {
            assert_eq!(ids.at(place), id);
        }
        assert_eq!(ids.place(i64::MAX), None);
    }
}
