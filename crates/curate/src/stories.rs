//! Which items tell the same: the same address under several sources, or titles and texts that say the same within
//! a few days. Precision first: two stories shown as one hide news, one shown as two only repeats it.
//!
//! A story is a connected set of likenesses, so the order in which items arrive does not change who belongs together.
//! Its id is that of its first item, and an existing story keeps its id whoever joins later.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{Judged, Moment, Recent, Told};

use crate::rules::Rules;

mod likeness;

use likeness::Print;

/// Items further apart than this tell another stage of the matter.
pub const WINDOW_MS: i64 = 5 * 86_400_000;
/// A stem that this many items of the window share finds no candidates: it is the subject of all of them.
const COMMON: usize = 200;
/// An address that this many items have says nothing: it is the home page, given by a source for all its entries.
const COMMON_URL: usize = 50;
/// So many rarer stems in common make a candidate.
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
    let mut sets = join(&items, new, rules);
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
        let story = name(&members, &items, &before);
        for at in members {
            if at < new {
                judged[at].item.story = model::Story { id: story.clone(), size: 1, others: Vec::new() };
            }
            if before.get(items[at].id.as_str()).is_some_and(|old| *old != story) && at >= new {
                moved.insert(items[at].id.clone(), story.clone());
            }
        }
    }
    moved
}

/// Groups items that stand for themselves: indices of those that tell the same, each group in order, groups of one
/// included.
#[must_use]
pub fn group(items: &[Told], rules: &Rules) -> Vec<Vec<usize>> {
    join(items, items.len(), rules).groups()
}

/// The id of a story: that of the story that was there, the larger before the smaller, then the one with the earliest
/// item; else that of the earliest item.
fn name(members: &[usize], items: &[Told], before: &HashMap<&str, &str>) -> String {
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
    let first = members.iter().map(|at| &items[*at]).min_by_key(|item| (item.at, &item.id));
    first.map(|item| item.id.clone()).unwrap_or_default()
}

/// Compares the first `new` items with all, by way of the stems they share.
fn join(items: &[Told], new: usize, rules: &Rules) -> Sets {
    let prints: Vec<Print> = items.iter().map(|item| Print::of(item, rules)).collect();
    let mut by_stem: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut by_url: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, print) in prints.iter().enumerate() {
        print.all.iter().for_each(|stem| by_stem.entry(*stem).or_default().push(at));
        by_url.entry(&items[at].url).or_default().push(at);
    }
    let mut sets = Sets::new(items.len());
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for at in 0..new {
        shared.clear();
        let stems = prints[at].all.iter().filter_map(|stem| by_stem.get(stem)).filter(|list| list.len() <= COMMON);
        stems.flatten().for_each(|other| *shared.entry(*other).or_default() += 1);
        let address = by_url.get(items[at].url.as_str()).filter(|list| list.len() <= COMMON_URL);
        address.into_iter().flatten().for_each(|other| *shared.entry(*other).or_default() += SHARED);
        for (&other, _) in shared.iter().filter(|(_, count)| **count >= SHARED) {
            // Among the new ones each pair is met twice; once is enough.
            let once = other > at || other >= new;
            if once && likeness::same((&items[at], &prints[at]), (&items[other], &prints[other])) {
                sets.union(at, other);
            }
        }
    }
    sets
}

fn told(judged: &Judged, now: Moment) -> Told {
    let item = &judged.item;
    Told {
        id: item.id.clone(),
        story: item.story.id.clone(),
        source: item.source.id.clone(),
        url: item.url.clone(),
        title: item.title.clone(),
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
