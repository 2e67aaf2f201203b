//! Which items tell the same: the same address under several sources, or titles and texts that say the same within
//! a few days. Precision first: two stories shown as one hide news, one shown as two only repeats it.
//!
//! A story is a connected set of likenesses, so the order in which items arrive does not change who belongs together.
//! Its id is that of its first item, and an existing story keeps its id whoever joins later.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{Judged, Moment, Recent, Told};

use crate::rules::Rules;

mod likeness;
mod print;

use likeness::Side;
use print::Print;

pub use likeness::Likeness;

/// Items further apart than this tell another stage of the matter.
pub const WINDOW_MS: i64 = likeness::LATEST_DAYS * 86_400_000;
/// A mark that more items of the window share finds no candidates: it is the subject of all of them.
const COMMON: usize = 200;
/// An address that this many items have says nothing: it is the home page, given by a source for all its entries.
const COMMON_URL: usize = 50;
/// So many rarer marks in common make a candidate.
const SHARED: usize = 2;

/// Puts new and changed items into stories, and says which older items move to another one.
/// Every item ends up with its story's id; sizes and the other items are the store's to fill in.
#[must_use]
pub fn tell(judged: &mut [&mut Judged], recent: &Recent, now: Moment, rules: &Rules) -> BTreeMap<String, String> {
    if judged.is_empty() {
        return BTreeMap::new();
    }
    let mut items: Vec<Told> = judged.iter().map(|judged| told(judged, now)).collect();
    let new = items.len();
    let ids: HashSet<String> = items.iter().map(|item| item.id.clone()).collect();
    let mut before: HashMap<&str, &str> = HashMap::new();
    for older in &recent.told {
        before.insert(&older.id, &older.story);
        if !ids.contains(&older.id) {
            items.push(older.clone());
        }
    }
    let until: Vec<i64> = items.iter().map(|item| item.at.ms()).collect();
    let (mut sets, _) = join(&items, &until, new, rules);
    // What was one story stays one.
    let mut leads: HashMap<&str, usize> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        if let Some(story) = before.get(item.id.as_str()) {
            let first = *leads.entry(*story).or_insert(at);
            sets.union(first, at);
        }
    }
    let mut moved = BTreeMap::new();
    for members in sets.groups() {
        let story = name(&members, &items, &before, rules);
        for at in members {
            if at < new {
                judged[at].item.story = model::Story { id: story.clone(), size: 1, ..model::Story::default() };
            }
            if before.get(items[at].id.as_str()).is_some_and(|old| *old != story) && at >= new {
                moved.insert(items[at].id.clone(), story.clone());
            }
        }
    }
    moved
}

/// Groups items that stand for themselves: indices of those that tell the same, each group in order, groups of one
/// included. `until` says for each item the last moment at which it may have appeared, in milliseconds: a source may
/// give a month only.
#[must_use]
pub fn group(items: &[Told], until: &[i64], rules: &Rules) -> Vec<Group> {
    let (mut sets, joins) = join(items, until, items.len(), rules);
    let mut why: BTreeMap<usize, Vec<Join>> = BTreeMap::new();
    for join in joins {
        why.entry(sets.root(join.items.0)).or_default().push(join);
    }
    let groups = sets.groups().into_iter();
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

/// The id of a story: that of the story that was there, the larger before the smaller, then the one with the earliest
/// item; else that of the body that acted, of the earliest item otherwise.
fn name(members: &[usize], items: &[Told], before: &HashMap<&str, &str>, rules: &Rules) -> String {
    let mut stories: BTreeMap<&str, (usize, Moment)> = BTreeMap::new();
    for at in members {
        if let Some(story) = before.get(items[*at].id.as_str()) {
            let (size, earliest) = stories.entry(story).or_insert((0, items[*at].at));
            *size += 1;
            *earliest = items[*at].at.min(*earliest);
        }
    }
    let kept = stories.iter().min_by_key(|(story, (size, earliest))| (std::cmp::Reverse(*size), *earliest, **story));
    if let Some((story, _)) = kept {
        return (*story).to_owned();
    }
    let first = members.iter().map(|at| &items[*at]).min_by_key(|item| (!acts(item, rules), item.at, &item.id));
    first.map(|item| item.id.clone()).unwrap_or_default()
}

/// Whether a public body speaks for itself: its host is one of the catalogue's.
fn acts(item: &Told, rules: &Rules) -> bool {
    let host = ::url::Url::parse(&item.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.is_some_and(|host| rules.home_of(&host).is_some())
}

/// Compares the first `new` items with all, by way of the marks they share. The cost of one item is bounded by its
/// marks and by [`COMMON`], however many items there are.
fn join(items: &[Told], until: &[i64], new: usize, rules: &Rules) -> (Sets, Vec<Join>) {
    let prints: Vec<Print> = items.iter().map(|item| Print::of(item, rules)).collect();
    let marks: Vec<Vec<u64>> = prints.iter().map(Print::marks).collect();
    let mut by_mark: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut by_url: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, marks) in marks.iter().enumerate() {
        marks.iter().for_each(|mark| by_mark.entry(*mark).or_default().push(at));
        by_url.entry(&items[at].url).or_default().push(at);
    }
    let side = |at: usize| Side {
        item: &items[at],
        print: &prints[at],
        until: until.get(at).copied().unwrap_or_default().max(items[at].at.ms()),
    };
    let mut sets = Sets::new(items.len());
    let mut joins = Vec::new();
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for at in 0..new {
        shared.clear();
        let found = marks[at].iter().filter_map(|mark| by_mark.get(mark)).filter(|list| list.len() <= COMMON);
        found.flatten().for_each(|other| *shared.entry(*other).or_default() += 1);
        let address = by_url.get(items[at].url.as_str()).filter(|list| list.len() <= COMMON_URL);
        address.into_iter().flatten().for_each(|other| *shared.entry(*other).or_default() += SHARED);
        for (&other, _) in shared.iter().filter(|(_, count)| **count >= SHARED) {
            // Among the new ones each pair is met twice; once is enough.
            let once = other > at || other >= new;
            if once
                && other != at
                && let Some(likeness) = likeness::same(side(at), side(other))
            {
                sets.union(at, other);
                joins.push(Join { items: (at.min(other), at.max(other)), likeness });
            }
        }
    }
    (sets, joins)
}

fn told(judged: &Judged, now: Moment) -> Told {
    let item = &judged.item;
    Told {
        id: item.id.clone(),
        story: item.story.id.clone(),
        source: item.source.id.clone(),
        url: item.url.clone(),
        title: item.title.clone(),
        kicker: item.kicker.clone(),
        summary: item.summary.clone(),
        at: item.published.unwrap_or(now),
        event: item.event.is_some(),
    }
}

/// Disjoint sets of indices (Tarjan).
struct Sets(Vec<usize>);

impl Sets {
    fn new(len: usize) -> Self {
        Sets((0..len).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn union(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }

    fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.0.len() {
            let root = self.root(at);
            groups.entry(root).or_default().push(at);
        }
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests;
