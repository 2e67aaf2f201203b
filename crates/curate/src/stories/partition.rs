//! From likenesses between pairs to matters and stories.
//!
//! A matter is all that hangs together by likenesses, a story the part of it in which nobody is opposed to anybody: two
//! releases that share a vague report are two stories, and the report goes with the one it is more like. Both follow
//! from the set of items alone, whatever the order they came in, as long as no matter is larger than [`LARGEST`].

use std::collections::{BTreeMap, HashSet};

use super::Likeness;
use super::likeness::Rule;

/// Most items of one matter. What goes beyond begins another: a template that a house fills in hundreds of times must
/// not make every turn compare all with all.
pub const LARGEST: usize = 100;

/// From so much evidence on two items draw their stories together, whoever else tells them.
const SURE: f32 = 7.5;
/// With less, one of the two must have so much in common with most of those that tell the other's story.
const COMPANY: f32 = 4.0;

/// Two items that tell the same, by index, the smaller first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    pub(super) items: (usize, usize),
    pub(super) likeness: Likeness,
    /// They were of one matter before.
    pub(super) kept: bool,
}

/// Who hangs together, and who tells one story: the same indices, each set under its smallest.
pub(super) struct Parted {
    pub(super) matters: Sets,
    pub(super) stories: Sets,
}

/// Parts `len` items by their likenesses. `id` gives each a name that does not depend on its index.
pub(super) fn part<'a>(
    len: usize,
    edges: &mut [Edge],
    id: impl Fn(usize) -> &'a str,
    opposed: impl Fn(usize, usize) -> bool,
    weight: impl Fn(usize, usize) -> f32,
) -> Parted {
    let ranks = ranks(len, id);
    let names = |edge: &Edge| {
        let (one, other) = (ranks[edge.items.0], ranks[edge.items.1]);
        (one.min(other), one.max(other))
    };
    edges.sort_unstable_by(|a, b| {
        let strength = |edge: &Edge| (edge.likeness.rule, edge.likeness.score);
        let ((rule_a, score_a), (rule_b, score_b)) = (strength(a), strength(b));
        rule_b.cmp(&rule_a).then(score_b.total_cmp(&score_a)).then_with(|| names(a).cmp(&names(b)))
    });
    let mut matters = Sets::new(len);
    // A matter that is full keeps those it has.
    for kept in [true, false] {
        for edge in edges.iter().filter(|edge| edge.kept == kept) {
            matters.union_up_to(LARGEST, edge.items.0, edge.items.1);
        }
    }
    let mut stories = Sets::new(len);
    let mut apart: HashSet<(usize, usize)> = HashSet::new();
    for edge in edges.iter() {
        let (one, other) = (stories.root(edge.items.0), stories.root(edge.items.1));
        let pair = (one.min(other), one.max(other));
        if one == other || matters.root(one) != matters.root(other) || apart.contains(&pair) {
            continue;
        }
        let opposed = || {
            let (these, those) = (&stories.members[one], &stories.members[other]);
            these.iter().any(|this| those.iter().any(|that| opposed(*this, *that)))
        };
        // Who is a little like one of many must be somewhat like most of them; a bridge is, on one of its sides.
        let alone = || {
            let (these, those) = (&stories.members[one], &stories.members[other]);
            let like = |this: usize, all: &[usize]| {
                let mut like: Vec<f32> = all.iter().map(|that| weight(this, *that)).collect();
                like.sort_unstable_by(|a, b| b.total_cmp(a));
                like.truncate(all.len() / 2 + 1);
                like.iter().sum::<f32>() / like.len() as f32
            };
            let ends = if these.contains(&edge.items.0) { edge.items } else { (edge.items.1, edge.items.0) };
            let sides = [(ends.0, those), (ends.1, these)].into_iter().filter(|(_, all)| all.len() > 1);
            sides.map(|(this, all)| like(this, all)).reduce(f32::max).is_some_and(|best| best < COMPANY)
        };
        let weak = edge.likeness.rule == Rule::Act && edge.likeness.score < SURE;
        // One address is one thing, whatever its copies say.
        if edge.likeness.rule != Rule::Address && opposed() {
            // It stays so: sets only grow. A set that grew has the root of one of its parts.
            apart.insert(pair);
        } else if !(weak && alone()) {
            stories.union_up_to(usize::MAX, one, other);
        }
    }
    Parted { matters, stories }
}

/// The place of each name among all, sorted: what compares many times compares numbers.
fn ranks<'a>(len: usize, id: impl Fn(usize) -> &'a str) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..len).collect();
    sorted.sort_unstable_by_key(|at| id(*at));
    let mut ranks = vec![0; len];
    for (rank, at) in sorted.into_iter().enumerate() {
        ranks[at] = rank;
    }
    ranks
}

/// Disjoint sets of indices (Tarjan), each under its smallest.
pub(super) struct Sets {
    parent: Vec<usize>,
    /// By root.
    members: Vec<Vec<usize>>,
}

impl Sets {
    pub(super) fn new(len: usize) -> Self {
        Sets { parent: (0..len).collect(), members: (0..len).map(|at| vec![at]).collect() }
    }

    pub(super) fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn union_up_to(&mut self, most: usize, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other || self.members[one].len() + self.members[other].len() > most {
            return;
        }
        let (keep, give) = (one.min(other), one.max(other));
        self.parent[give] = keep;
        let given = std::mem::take(&mut self.members[give]);
        self.members[keep].extend(given);
    }

    /// Each set, in order, the sets by their smallest.
    pub(super) fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.parent.len() {
            groups.entry(self.root(at)).or_default().push(at);
        }
        groups.into_values().collect()
    }
}
