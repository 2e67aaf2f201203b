//! A short list, in order, that mostly has one or two in it, and then takes no room of its own.
//!
//! Nine stories out of ten are told by two. Refuses: to be fast where there are thousands.

use std::ops::Deref;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Few<T> {
    #[default]
    None,
    One([T; 1]),
    Two([T; 2]),
    // In a box, since what a list says of itself is as long as two places.
    #[expect(clippy::box_collection, reason = "most have no list at all, and it would make room for one in each")]
    More(Box<Vec<T>>),
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Few::None => &[],
            Few::One(one) => one,
            Few::Two(two) => two,
            Few::More(list) => list,
        }
    }
}

impl<T: Copy> From<Vec<T>> for Few<T> {
    fn from(mut list: Vec<T>) -> Self {
        match list[..] {
            [] => Few::None,
            [one] => Few::One([one]),
            [one, other] => Few::Two([one, other]),
            _ => {
                list.shrink_to_fit();
                Few::More(Box::new(list))
            }
        }
    }
}

impl<T: Copy + Ord> Few<T> {
    /// Adds what is not there.
    pub(super) fn insert(&mut self, new: T) {
        let Err(at) = self.binary_search(&new) else { return };
        *self = match std::mem::take(self) {
            Few::None => Few::One([new]),
            Few::One([one]) => Few::Two([one.min(new), one.max(new)]),
            Few::Two(two) => {
                let mut list = two.to_vec();
                list.insert(at, new);
                Few::More(Box::new(list))
            }
            Few::More(mut list) => {
                if list.len() == list.capacity() {
                    // To double would be half of all room for nothing.
                    list.reserve_exact(list.len() / 8 + 2);
                }
                list.insert(at, new);
                Few::More(list)
            }
        };
    }

    /// Takes one away, if it is there.
    pub(super) fn remove(&mut self, old: T) {
        let Ok(at) = self.binary_search(&old) else { return };
        *self = match std::mem::take(self) {
            Few::Two(two) => Few::One([two[1 - at]]),
            Few::More(mut list) if list.len() > 3 => {
                list.remove(at);
                Few::More(list)
            }
            Few::More(mut list) => {
                list.remove(at);
                Few::from(*list)
            }
            Few::None | Few::One(_) => Few::None,
        };
    }

    /// Bytes that it takes besides its own.
    pub(super) fn weight(&self) -> usize {
        match self {
            Few::More(list) => size_of::<Vec<T>>() + size_of::<T>() * list.capacity(),
            Few::None | Few::One(_) | Few::Two(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    //! Whatever comes and goes, it holds what a set would.

    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn it_holds_what_a_set_would() {
        let (mut few, mut set) = (Few::None, BTreeSet::new());
        for step in 0_u32..500 {
            let one = step.wrapping_mul(2_654_435_761) >> 29;
            if (step / 7).is_multiple_of(2) {
                few.insert(one);
                set.insert(one);
            } else {
                few.remove(one);
                set.remove(&one);
            }
            assert!(few.iter().eq(&set), "{few:?} {set:?}");
            assert_eq!(few, Few::from(set.iter().copied().collect::<Vec<_>>()));
        }
        assert!(size_of::<Few<i64>>() <= 24 && size_of::<Few<u32>>() <= 16);
    }
}
