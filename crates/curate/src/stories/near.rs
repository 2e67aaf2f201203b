//! Which items are worth comparing: those that share enough marks and are near to each other in time.
//!
//! The cost of an item is bounded by its marks and by [`NEAREST`], however many items there are.

use std::collections::HashMap;

use super::{Kept, NEAREST, SHARED};

/// Each pair of items that share enough marks, once.
pub(super) fn pairs(items: &[Kept], mut meet: impl FnMut(usize, usize)) {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_unstable_by_key(|at| (items[*at].at, &items[*at].id));
    // By mark the ranks in that order.
    let mut by_mark: HashMap<i64, Vec<usize>> = HashMap::new();
    for (rank, at) in order.iter().enumerate() {
        items[*at].face.marks.iter().for_each(|mark| by_mark.entry(*mark).or_default().push(rank));
    }
    // How many marks each shares with the one at hand, and who shares any.
    let mut shared = vec![0_usize; items.len()];
    let mut met = Vec::new();
    for (rank, at) in order.iter().enumerate() {
        for list in items[*at].face.marks.iter().filter_map(|mark| by_mark.get(mark)) {
            // Who comes before was met from there.
            let later = list.partition_point(|other| *other <= rank);
            for &other in list[later..].iter().take(NEAREST) {
                if shared[other] == 0 {
                    met.push(other);
                }
                shared[other] += 1;
            }
        }
        for other in met.drain(..) {
            if std::mem::take(&mut shared[other]) >= SHARED {
                meet(*at, order[other]);
            }
        }
    }
}
