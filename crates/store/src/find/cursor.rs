//! Where a list goes on. Opaque to everyone else, who can only tell whether it looks like one; refused if it is not one of
//! ours.

use model::Sort;

/// The last key of a page, and the generation that the first page saw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cursor {
    pub(super) order: Sort,
    /// Items that came after this generation do not belong to the list that was begun.
    pub(super) generation: i64,
    pub(super) seq: i64,
    /// When the last item begins, or how well it fitted, by order; newest first needs no more than `seq`.
    pub(super) rank: i64,
}

/// What a cursor looks like, as a regular expression of JSON Schema: the order that it belongs to, the generation,
/// place and rank that it goes on from, and their sum.
pub const CURSOR: &str = "^[nrs]([0-9a-f]{1,16}[.]){3}[0-9a-f]{1,4}$";

/// Whether this looks like a cursor, as [`CURSOR`] says. Which list it belongs to, if any, is told by asking.
#[must_use]
pub fn is_cursor(text: &str) -> bool {
    Cursor::read(text).is_some()
}

impl Cursor {
    /// Reads what [`Cursor`]'s `Display` wrote, for a list in this order. A list by relevance may have been begun
    /// newest first.
    pub(super) fn parse(text: &str, order: Sort) -> Option<Self> {
        let (cursor, sum) = Self::read(text)?;
        let begun = cursor.order == order || (order, cursor.order) == (Sort::Relevance, Sort::Newest);
        (begun && sum == cursor.sum()).then_some(cursor)
    }

    /// The parts of what looks like a cursor, and its sum.
    fn read(text: &str) -> Option<(Self, i64)> {
        let orders = [Sort::Newest, Sort::Soonest, Sort::Relevance];
        let (order, rest) = orders.iter().find_map(|order| Some((*order, text.strip_prefix(letter(*order))?)))?;
        let mut parts = rest.split('.').map(|part| {
            // `from_str_radix` takes a sign, capitals and any number of zeros; we never wrote any.
            let ours = part.len() <= 16 && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            ours.then(|| u64::from_str_radix(part, 16).ok()).flatten().map(|bits| bits as i64)
        });
        let (generation, seq, rank, sum) = (parts.next()??, parts.next()??, parts.next()??, parts.next()??);
        // A sum has four digits at most.
        let is_all = parts.next().is_none() && text.len() - text.rfind('.')? <= 5;
        is_all.then_some((Cursor { order, generation, seq, rank }, sum))
    }

    /// Tells a cursor that was cut or mistyped from one of ours. It keeps no secret.
    fn sum(&self) -> i64 {
        let mix = |sum: u64, part: i64| (sum ^ part as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        ([self.generation, self.seq, self.rank].into_iter().fold(0x51, mix) & 0xffff) as i64
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{:x}.{:x}.{:x}.{:x}", letter(self.order), self.generation, self.seq, self.rank, self.sum())
    }
}

const fn letter(order: Sort) -> char {
    match order {
        Sort::Newest => 'n',
        Sort::Soonest => 's',
        Sort::Relevance => 'r',
    }
}

#[cfg(test)]
mod tests;
