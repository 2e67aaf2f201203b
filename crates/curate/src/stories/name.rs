//! Under whose id a story goes.
//!
//! Subscribers know a story by its id, so it keeps the one it has as long as the item of that id is part of it, or
//! nobody else can claim it. Of two stories that become one the larger keeps its id, then the one that began earlier.
//! A new story goes by the body that acted, by the earliest item otherwise.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::face::Kept;

/// For each item the id of its story. `groups` are the stories, `before` says what the items that are known were in.
pub(super) fn names(groups: &[Vec<usize>], items: &[Kept], before: &HashMap<&str, &Kept>) -> Vec<String> {
    let group_of: HashMap<&str, usize> = groups
        .iter()
        .enumerate()
        .flat_map(|(nth, all)| all.iter().map(move |at| (items[*at].id.as_str(), nth)))
        .collect();
    let mut claims: HashMap<&str, Claim> = HashMap::new();
    let counted: Vec<HashMap<&str, Weight>> = groups.iter().map(|all| stories_of(all, items, before)).collect();
    for (group, stories) in counted.iter().enumerate() {
        for (story, (size, earliest)) in stories {
            let leads = group_of.get(story) == Some(&group);
            let claim = (leads, *size, *earliest, Reverse(group));
            claims.entry(story).and_modify(|best| *best = claim.max(*best)).or_insert(claim);
        }
    }
    let mut names = vec![String::new(); items.len()];
    for (nth, members) in groups.iter().enumerate() {
        let owned = counted[nth].iter().filter(|(story, _)| {
            // Its item tells another story now: the id goes with it.
            let elsewhere = group_of.get(*story).is_some_and(|group| *group != nth);
            !elsewhere && claims.get(*story).is_some_and(|claim| claim.3 == Reverse(nth))
        });
        let kept = owned.max_by_key(|(story, (size, earliest))| (*size, *earliest, Reverse(**story)));
        let first = members.iter().map(|at| &items[*at]).min_by_key(|item| (!item.face.acts, item.at, &item.id));
        let name = kept.map_or_else(|| first.map_or("", |first| first.id.as_str()), |(story, _)| *story);
        members.iter().for_each(|at| name.clone_into(&mut names[*at]));
    }
    names
}

/// How many items a story had, and when the first of them appeared; what weighs more keeps its id.
type Weight = (usize, Reverse<i64>);
/// Whether the group has the leading item, the weight there, and which group it is: the first of equals.
type Claim = (bool, usize, Reverse<i64>, Reverse<usize>);

/// The stories that a group's items were in, with the weight each has here.
fn stories_of<'a>(members: &[usize], items: &[Kept], before: &HashMap<&str, &'a Kept>) -> HashMap<&'a str, Weight> {
    let mut stories: HashMap<&str, Weight> = HashMap::new();
    for older in members.iter().filter_map(|at| before.get(items[*at].id.as_str())) {
        let at = Reverse(older.at.ms());
        let (size, earliest) = stories.entry(&older.story).or_insert((0, at));
        *size += 1;
        *earliest = at.max(*earliest);
    }
    stories
}
