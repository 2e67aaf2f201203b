//! Where a list goes on. Opaque to everyone else, and refused if it is not one of ours.

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

/// Why a text is no place to go on from.
#[derive(Debug, PartialEq)]
pub(super) enum Unfit {
    /// Nothing that was ever given looks like this.
    Malformed,
    /// It looks like one, and is of another order, cut or mistyped.
    Foreign,
}

impl Cursor {
    /// Reads what [`Cursor`]'s `Display` wrote, for a list in this order. A list by relevance may have been begun
    /// newest first.
    pub(super) fn parse(text: &str, order: Sort) -> Result<Self, Unfit> {
        let (cursor, sum) = Self::read(text).ok_or(Unfit::Malformed)?;
        let begun = cursor.order == order || (order, cursor.order) == (Sort::Relevance, Sort::Newest);
        if begun && sum == cursor.sum() { Ok(cursor) } else { Err(Unfit::Foreign) }
    }

    /// The parts of what looks like a cursor, and its sum.
    fn read(text: &str) -> Option<(Self, i64)> {
        let known = [Sort::Newest, Sort::Soonest, Sort::Relevance];
        let (order, rest) = known.iter().find_map(|order| Some((*order, text.strip_prefix(letter(*order))?)))?;
        let mut parts = rest.split('.').map(|part| {
            // `from_str_radix` takes a sign and capitals; we never wrote any.
            let hex = part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            hex.then(|| u64::from_str_radix(part, 16).ok()).flatten().map(|bits| bits as i64)
        });
        let (generation, seq, rank, sum) = (parts.next()??, parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some((Cursor { order, generation, seq, rank }, sum))
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
