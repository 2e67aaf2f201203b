//! Which items tell the same: the same address under several sources, or titles and texts that say the same within
//! a month. Precision first: two stories shown as one hide news, one shown as two only repeats it.
//!
//! Who belongs together follows from the items alone, not from the order in which they arrive. Its id is what a story
//! keeps: that of its first item, whoever joins later.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use model::{Judged, Link, Moment, Told};

use crate::places::Named;
use crate::rules::Rules;

mod article;
mod common;
mod face;
mod likeness;
mod meaning;
mod name;
mod near;
mod partition;
mod parts;
mod print;
mod weigh;
mod words;

pub use article::articles;
pub(crate) use face::Faces;
pub use face::{Face, Kept};
use likeness::Side;
pub use likeness::{Likeness, Rule};
pub use partition::LARGEST;
use partition::{Edge, Parted};
use print::Print;

/// Items further apart than this tell another stage of the matter, in milliseconds. Who looks for an item's story
/// looks so far back and ahead of its day.
pub const WINDOW_MS: i64 = likeness::LATEST_DAYS * 86_400_000;
/// So many marks in common make two items worth comparing.
pub const SHARED: usize = 2;
/// A mark leads to so many items before and after one, the nearest in time: what everybody speaks of finds those of
/// its days, and what is rare finds all.
pub const NEAREST: usize = 64;
/// So many words are shown of what two items share.
const WORDS: usize = 12;

/// What telling changes beside the items told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Telling {
    /// Items that were in a story, and the one they are in now.
    pub stories: BTreeMap<String, String>,
    /// Items new and old, and the matter each belongs to from now on.
    pub matters: BTreeMap<String, String>,
}

/// The marks by which candidates for an item's story are found. Two items that share [`SHARED`] of them may tell the
/// same, those that share fewer never do.
#[must_use]
pub fn marks(item: &Judged, rules: &Rules) -> Vec<i64> {
    face(item, rules).marks.to_vec()
}

/// The same of an item that was just judged, of which it is known what it names.
pub(crate) fn marks_naming(item: &Judged, named: &Named, rules: &Rules) -> Vec<i64> {
    face_naming(item, Some(named), rules).marks.to_vec()
}

/// The face of a judged item, made now if it was not made lately.
#[must_use]
pub fn face(item: &Judged, rules: &Rules) -> Arc<Face> {
    face_naming(item, None, rules)
}

fn face_naming(item: &Judged, named: Option<&Named>, rules: &Rules) -> Arc<Face> {
    let make = || {
        let face = Arc::new(Face::judged(item, named, rules));
        rules.faces.put(&item.item.id, item.hash, Arc::clone(&face));
        face
    };
    rules.faces.get(&item.item.id, item.hash).unwrap_or_else(make)
}

/// The face of a kept item, by its id and the hash of what its source says, if it was made lately.
#[must_use]
pub fn known_face(id: &str, hash: i64, rules: &Rules) -> Option<Arc<Face>> {
    rules.faces.get(id, hash)
}

/// Makes the face of a kept item, and remembers it.
#[must_use]
pub fn new_face(told: &Told, hash: i64, rules: &Rules) -> Arc<Face> {
    let face = Arc::new(Face::of(told, rules));
    rules.faces.put(&told.id, hash, Arc::clone(&face));
    face
}

/// Whether two items tell the same, each with its moment: then the matter of a kept one is worth looking at.
#[must_use]
pub fn alike(one: (&Face, Moment), other: (&Face, Moment)) -> bool {
    let side = |(face, at): (_, Moment)| Side::new(face, at, at.ms());
    likeness::same(side(one), side(other)).is_some()
}

/// Puts new and changed items into stories, and says which older items move to another one. `kept` are the matters of
/// all that tells the same as one of them, those that are full left out, and the matters that the changed ones belonged
/// to. Sizes and the other items are the store's to fill in. An item that is not relevant stands alone.
#[must_use]
pub fn tell(judged: &mut [&mut Judged], kept: &[Kept], now: Moment, rules: &Rules) -> Telling {
    let before: HashMap<&str, &Kept> = kept.iter().map(|older| (older.id.as_str(), older)).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut items: Vec<Kept> = Vec::new();
    for judged in judged.iter() {
        let older = before.get(judged.item.id.as_str()).copied();
        if seen.insert(&judged.item.id) && judged.relevant {
            items.push(told(judged, older, now, rules));
        }
    }
    let new = items.len();
    items.extend(kept.iter().filter(|older| seen.insert(&older.id)).cloned());
    let until: Vec<i64> = items.iter().map(|item| item.at.ms()).collect();
    let (mut parted, _) = part(&items, &until, new);
    let mut telling = Telling::default();
    for members in parted.matters.groups() {
        let Some(matter) = members.iter().map(|at| &items[*at].id).min().cloned() else { continue };
        let other = members.into_iter().filter(|at| items[*at].matter != matter);
        telling.matters.extend(other.map(|at| (items[at].id.clone(), matter.clone())));
    }
    let names = name::names(&parted.stories.groups(), &items, &before);
    for (at, story) in names.into_iter().enumerate() {
        if before.get(items[at].id.as_str()).is_some_and(|older| older.story != story) {
            telling.stories.insert(items[at].id.clone(), story.clone());
        }
        items[at].story = story;
    }
    let stories: HashMap<&str, &str> = items.iter().map(|item| (item.id.as_str(), item.story.as_str())).collect();
    for judged in judged {
        let id = stories.get(judged.item.id.as_str()).map_or_else(|| judged.item.id.clone(), |id| (*id).to_owned());
        judged.item.story = model::Story { id, size: 1, ..model::Story::default() };
    }
    telling
}

/// Groups items that stand for themselves: indices of those that tell the same, each group in order, groups of one
/// included. `until` says for each item the last moment at which it may have appeared, in milliseconds: a source may
/// give a month only.
#[must_use]
pub fn group(items: &[Told], until: &[i64], rules: &Rules) -> Vec<Group> {
    let items = faced(items, rules);
    let (mut parted, edges) = part(&items, until, items.len());
    let mut why: BTreeMap<usize, Vec<Join>> = BTreeMap::new();
    for Edge { items, likeness, .. } in edges {
        let root = parted.stories.root(items.0);
        if root == parted.stories.root(items.1) {
            why.entry(root).or_default().push(Join { items, likeness });
        }
    }
    let groups = parted.stories.groups().into_iter();
    groups
        .map(|members| {
            let mut why = members.first().and_then(|first| why.remove(first)).unwrap_or_default();
            why.sort_by_key(|join| join.items);
            Group { members, why }
        })
        .collect()
}

/// Items that tell the same, by index, and what joined them.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// In order.
    pub members: Vec<usize>,
    /// Pairs that tell the same.
    pub why: Vec<Join>,
}

/// Two items that tell the same, by index, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Join {
    /// The smaller index first.
    pub items: (usize, usize),
    /// What they share.
    pub likeness: Likeness,
}

/// What joined the items of one story: each pair that tells the same, the rule that says so, and the words they share.
#[must_use]
pub fn explain(story: &[Told], rules: &Rules) -> Vec<Link> {
    let until: Vec<i64> = story.iter().map(|item| item.at.ms()).collect();
    let (_, edges) = part(&faced(story, rules), &until, story.len());
    let mut edges: Vec<(usize, usize, Likeness)> =
        edges.into_iter().map(|edge| (edge.items.0, edge.items.1, edge.likeness)).collect();
    edges.sort_by_key(|(one, other, _)| (*one, *other));
    let link = |(one, other, likeness): (usize, usize, Likeness)| Link {
        items: [story[one].id.clone(), story[other].id.clone()],
        rule: likeness.rule.word().to_owned(),
        words: shared(&story[one], &story[other], rules),
    };
    edges.into_iter().map(link).collect()
}

/// What two items share, in the words of the first: numbers and names before days and rare words.
#[must_use]
pub fn shared(one: &Told, other: &Told, rules: &Rules) -> Vec<String> {
    let (a, b) = (Print::of(one.into(), rules), Print::of(other.into(), rules));
    let said = Print::words(one.into(), rules);
    let mut rare: Vec<_> =
        print::shared(&a.stems, &b.stems).filter(|stem| stem.sort() != meaning::Sort::Field).collect();
    rare.sort_by_key(|stem| (std::cmp::Reverse(stem.length()), stem.hash()));
    let exact = [(&a.numbers, &b.numbers), (&a.names, &b.names), (&a.days, &b.days)].into_iter();
    let exact = exact.flat_map(|(one, other)| print::shared(one, other)).copied();
    let mut words: Vec<String> = Vec::new();
    for word in exact.chain(rare.into_iter().map(|stem| stem.hash())).filter_map(|hash| said.get(&hash)) {
        if words.len() < WORDS && !words.iter().any(|known| known.contains(word.as_str())) {
            words.push(word.clone());
        }
    }
    words
}

fn faced(items: &[Told], rules: &Rules) -> Vec<Kept> {
    items.iter().map(|item| Kept::of(item, rules)).collect()
}

/// Compares what shares marks, the first `new` items with all and the others within their matter, and parts all by
/// what they have in common.
fn part(items: &[Kept], until: &[i64], new: usize) -> (Parted, Vec<Edge>) {
    let side = |at: usize| {
        let item = &items[at];
        Side::new(&item.face, item.at, until.get(at).copied().unwrap_or_default().max(item.at.ms()))
    };
    let mut edges = Vec::new();
    near::pairs(items, |one, other| {
        let kept = one.min(other) >= new;
        if kept && items[one].matter != items[other].matter {
            return;
        }
        if let Some(likeness) = likeness::same(side(one), side(other)) {
            edges.push(Edge { items: (one.min(other), one.max(other)), likeness, kept });
        }
    });
    let opposed = |one: usize, other: usize| likeness::opposed(&items[one].face.print, &items[other].face.print);
    let weight = |one: usize, other: usize| likeness::weight_of_one_act(side(one), side(other));
    let parted = partition::part(items.len(), &mut edges, |at| &items[at].id, opposed, weight);
    (parted, edges)
}

/// A judged item as it is told. What has no date of its own keeps the moment when it was first seen.
fn told(judged: &Judged, older: Option<&Kept>, now: Moment, rules: &Rules) -> Kept {
    let item = &judged.item;
    Kept {
        id: item.id.clone(),
        story: item.id.clone(),
        matter: older.map_or_else(|| item.id.clone(), |older| older.matter.clone()),
        at: item.published.unwrap_or_else(|| older.map_or(now, |older| older.at)),
        face: face(judged, rules),
    }
}

#[cfg(test)]
mod labelled;
#[cfg(test)]
mod tests;
