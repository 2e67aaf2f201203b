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

impl Cursor {
    /// Reads what [`Cursor`]'s `Display` wrote, for a list in this order. A list by relevance may have been begun
    /// newest first.
    pub(super) fn parse(text: &str, order: Sort) -> Option<Self> {
        let (order, rest) = match (text.strip_prefix(letter(order)), order) {
            (Some(rest), order) => (order, rest),
            (None, Sort::Relevance) => (Sort::Newest, text.strip_prefix(letter(Sort::Newest))?),
            (None, _) => return None,
        };
        let mut parts = rest.split('.').map(|part| {
            // `from_str_radix` takes a sign; we never wrote one.
            let hex = part.bytes().all(|byte| byte.is_ascii_hexdigit());
            hex.then(|| u64::from_str_radix(part, 16).ok()).flatten().map(|bits| bits as i64)
        });
        let (generation, seq, rank, sum) = (parts.next()??, parts.next()??, parts.next()??, parts.next()??);
        let cursor = Cursor { order, generation, seq, rank };
        (parts.next().is_none() && sum == cursor.sum()).then_some(cursor)
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
