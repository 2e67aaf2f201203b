//! Which rules each pattern of the automaton belongs to, in two lists.
//!
//! There are twenty thousand patterns, nearly all with one rule: a list of its own takes seven times that number's room.

#[derive(Debug)]
pub(super) struct Owners {
    /// The rules of all patterns, one pattern after the other.
    rules: Box<[u32]>,
    /// Where those of each end.
    ends: Box<[u32]>,
}

impl Owners {
    /// Of the rules of each pattern.
    pub(super) fn new(owners: &[Vec<usize>]) -> Self {
        let ends = owners.iter().scan(0, |end, rules| {
            *end += rules.len() as u32;
            Some(*end)
        });
        Owners { ends: ends.collect(), rules: owners.iter().flatten().map(|rule| *rule as u32).collect() }
    }

    /// The rules of a pattern, in the order of the catalogue.
    pub(super) fn of(&self, pattern: usize) -> impl Iterator<Item = usize> {
        let begin = pattern.checked_sub(1).map_or(0, |before| self.ends[before]);
        let rules = &self.rules[begin as usize..self.ends[pattern] as usize];
        rules.iter().map(|rule| *rule as usize)
    }
}
