//! One event, one entry: what a calendar, a listing and three articles announce is told together, and what somebody
//! calls off is called off for all who knew of it.
//!
//! Events stand among events only: the article that announces one stays news beside it. The cost of a new event is
//! bounded by the events of its day, however many are kept.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{Ahead, Batch, Change, Date, Event, Judged, Kind, Status};

use super::alike::Face;
use crate::identity;
use crate::rules::Rules;

/// So many events of one day are compared with a new one.
const DAY: usize = 400;
/// So many sources tell one event; more are a sign of something else.
const TELLERS: usize = 50;

/// Puts the events of all batches beside those ahead, and calls off what is called off and was known. Gives the events,
/// new and kept, that tell together with others now: id to the lead's id, for when all of them are kept. `ahead` are
/// kept events that are not over.
#[must_use]
pub fn tell(batches: &mut [Batch], ahead: &[Ahead], rules: &Rules) -> BTreeMap<String, String> {
    call_off(batches, ahead, rules);
    let before: HashMap<&str, &str> = ahead.iter().map(|kept| (kept.id.as_str(), kept.story.as_str())).collect();
    let judged = batches.iter().flat_map(|batch| &batch.changes).filter_map(judged);
    let mut all: Vec<Ahead> = judged.filter_map(|judged| of(judged, &before)).collect();
    let fresh = all.len();
    if fresh == 0 {
        return BTreeMap::new();
    }
    let ids: HashSet<String> = all.iter().map(|event| event.id.clone()).collect();
    all.extend(ahead.iter().filter(|kept| !ids.contains(&kept.id)).cloned());
    let mut groups = Groups::new(&all, rules);
    for (one, other) in pairs(&groups.faces, fresh, &all) {
        groups.join(one, other);
    }
    let mut moved = BTreeMap::new();
    for members in groups.members.iter().filter(|members| !members.is_empty()) {
        let lead = lead(members, &all, &before);
        let others = members.iter().map(|at| &all[*at]).filter(|event| event.story != lead);
        moved.extend(others.map(|event| (event.id.clone(), lead.clone())));
    }
    moved
}

/// A relevant event as one of those ahead; alone until told otherwise.
fn of(judged: &Judged, before: &HashMap<&str, &str>) -> Option<Ahead> {
    let item = &judged.item;
    let event = item.event.as_ref().filter(|_| judged.relevant && item.kind == Kind::Event)?;
    Some(Ahead {
        id: item.id.clone(),
        story: before.get(item.id.as_str()).map_or_else(|| item.id.clone(), |story| (*story).to_owned()),
        source: item.source.id.clone(),
        url: item.url.clone(),
        title: item.title.clone(),
        event: event.clone(),
    })
}

/// Pairs of one event, at least one of the two new; the most alike first, so that a lecture in the morning goes to the
/// lecture in the morning before the one without an hour is asked.
fn pairs(faces: &[Face<'_>], fresh: usize, all: &[Ahead]) -> Vec<(usize, usize)> {
    let mut days: HashMap<Date, Vec<usize>> = HashMap::new();
    for (at, face) in faces.iter().enumerate() {
        let day = days.entry(face.day).or_default();
        if day.len() < DAY {
            day.push(at);
        }
    }
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for one in 0..fresh {
        let others = days.get(&faces[one].day).into_iter().flatten().filter(|other| **other > one);
        pairs.extend(others.filter_map(|&other| Some((faces[one].alike(&faces[other])?, one, other))));
    }
    let name = |one: usize, other: usize| {
        let (one, other) = (all[one].id.as_str(), all[other].id.as_str());
        (one.min(other), one.max(other))
    };
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| name(a.1, a.2).cmp(&name(b.1, b.2))));
    pairs.into_iter().map(|(_, one, other)| (one, other)).collect()
}

/// Events by who tells together; a group never holds two that contradict each other.
struct Groups<'a> {
    faces: Vec<Face<'a>>,
    group: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl<'a> Groups<'a> {
    /// As they stand: what was one story stays one, also when one of its sources moved the date.
    fn new(all: &'a [Ahead], rules: &Rules) -> Self {
        let face = |kept: &'a Ahead| Face::of(&kept.source, &kept.url, &kept.title, &kept.event, rules);
        let faces = all.iter().map(face).collect();
        let mut group = Vec::with_capacity(all.len());
        let mut members: Vec<Vec<usize>> = Vec::new();
        let mut stories: HashMap<&str, usize> = HashMap::new();
        for (at, event) in all.iter().enumerate() {
            let own = *stories.entry(&event.story).or_insert(members.len());
            if own == members.len() {
                members.push(Vec::new());
            }
            members[own].push(at);
            group.push(own);
        }
        Groups { faces, group, members }
    }

    fn join(&mut self, one: usize, other: usize) {
        let (into, from) = (self.group[one].min(self.group[other]), self.group[one].max(self.group[other]));
        let (ours, theirs) = (&self.members[into], &self.members[from]);
        if into == from || ours.len() + theirs.len() > TELLERS {
            return;
        }
        let fits = |at: &usize| theirs.iter().all(|other| !self.faces[*at].contradicts(&self.faces[*other]));
        if ours.iter().all(fits) {
            let moved = std::mem::take(&mut self.members[from]);
            for &at in &moved {
                self.group[at] = into;
            }
            self.members[into].extend(moved);
        }
    }
}

/// The story that was there, the larger before the smaller; else an item that is the event before an article that
/// announces it, one that knows the hour and the place before one that does not.
fn lead(members: &[usize], all: &[Ahead], before: &HashMap<&str, &str>) -> String {
    let mut stories: BTreeMap<&str, usize> = BTreeMap::new();
    for story in members.iter().filter_map(|at| before.get(all[*at].id.as_str())) {
        *stories.entry(story).or_default() += 1;
    }
    let kept = stories.iter().max_by_key(|(story, size)| (**size, std::cmp::Reverse(**story)));
    let rank = |one: &&Ahead| {
        let derived = identity::article(&one.id).is_some();
        (derived, one.event.all_day, one.event.place.is_none(), one.id.clone())
    };
    let first = || members.iter().map(|at| &all[*at]).min_by_key(rank).map(|one| one.id.clone());
    kept.map(|(story, _)| (*story).to_owned()).or_else(first).unwrap_or_default()
}

/// Finds the kept events that a text of a batch calls off. An article that was itself kept as the event stays it,
/// called off; an event that an article announced and now calls off does not vanish; all others are the store's to mark.
fn call_off(batches: &mut [Batch], ahead: &[Ahead], rules: &Rules) {
    let notices: Vec<_> = batches.iter_mut().flat_map(|batch| std::mem::take(&mut batch.called_off)).collect();
    if notices.is_empty() || ahead.is_empty() {
        return;
    }
    let mut days: HashMap<Date, Vec<&Ahead>> = HashMap::new();
    ahead.iter().for_each(|kept| days.entry(kept.event.start.date()).or_default().push(kept));
    let mut off: BTreeMap<&str, &Event> = BTreeMap::new();
    for notice in &notices {
        // Whoever calls it off, the publisher of the calendar or another: it is that event.
        let said = Face::of("", "", &notice.title, &notice.event, rules);
        for kept in days.get(&said.day).into_iter().flatten().take(DAY) {
            let face = || Face::of(&kept.source, &kept.url, &kept.title, &kept.event, rules);
            if kept.id == notice.by || said.alike(&face()).is_some() {
                off.insert(&kept.id, &kept.event);
            }
        }
    }
    let mut done = HashSet::new();
    for batch in batches.iter_mut() {
        batch.changes.retain(|change| !matches!(change, Change::Gone(id) if off.contains_key(id.as_str())));
        for judged in batch.changes.iter_mut().filter_map(judged_mut).filter(|judged| judged.item.event.is_none()) {
            if let Some((id, event)) = off.get_key_value(judged.item.id.as_str()) {
                judged.item.kind = Kind::Event;
                judged.item.event = Some(Event { status: Status::Cancelled, ..(*event).clone() });
                done.insert(*id);
            }
        }
    }
    if let Some(last) = batches.last_mut() {
        last.cancelled = off.keys().filter(|id| !done.contains(*id)).map(|id| (*id).to_owned()).collect();
    }
}

fn judged(change: &Change) -> Option<&Judged> {
    match change {
        Change::New(judged) | Change::Changed(judged) => Some(judged),
        Change::Same(_) | Change::Gone(_) | Change::Rejected(_) => None,
    }
}

fn judged_mut(change: &mut Change) -> Option<&mut Judged> {
    match change {
        Change::New(judged) | Change::Changed(judged) => Some(judged),
        Change::Same(_) | Change::Gone(_) | Change::Rejected(_) => None,
    }
}

#[cfg(test)]
mod tests;
