//! Counts by shelf, and from them the total and all four facets of a query at once.

use std::collections::{BTreeMap, HashMap};

use model::{Facets, Kind, State};

use super::Ask;
use super::filter::Filter;
use crate::error::Sql;
use crate::names::Names;
use crate::pools::Tx;
use crate::shelf::{Fit, Shelf, Shelves};
use crate::sql::Statement;

/// How many items of a set stand on each shelf. Shelves are named by their place in [`Shelves`], which stays.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    shelves: Vec<OnShelf>,
    /// The shelves of the items of each story that several tell.
    told: Vec<Vec<usize>>,
}

/// How many items of a set stand on one shelf.
#[derive(Debug)]
struct OnShelf {
    place: usize,
    items: u64,
    /// Of these, how many tell their story alone: counted in stories they count as they are.
    alone: u64,
}

/// Counts in the making, by the numbers of [`Shelves`].
struct Counts {
    total: u64,
    state: [u64; State::ALL.len()],
    topic: Vec<u64>,
    source: Vec<u64>,
    kind: [u64; 2],
}

/// What the items of one story that fit count for, each thing once.
#[derive(Default)]
struct Once {
    total: bool,
    states: u32,
    topics: Vec<usize>,
    sources: Vec<usize>,
    kinds: [bool; 2],
}

impl Tally {
    /// Counts what a filter lets through; stories of several only if asked.
    pub(super) async fn load(tx: &mut Tx, filter: &Filter, shelves: &Shelves, stories: bool) -> Sql<Self> {
        let mut tally = Tally::default();
        let mut count = Statement::default();
        let from = filter.source(filter.counting_path(), &mut count);
        count.push(&format!(
            "select i.shelf, count(*), sum(case when i.size > 1 then 0 else 1 end) from {from} group by i.shelf"
        ));
        for row in count.fetch_all(tx).await? {
            let (items, alone): (i64, i64) = (row.try_get(1)?, row.try_get(2)?);
            if let Some(place) = shelves.place(row.try_get(0)?) {
                tally.shelves.push(OnShelf { place, items: items as u64, alone: alone as u64 });
            }
        }
        if stories && tally.shelves.iter().any(|shelf| shelf.items > shelf.alone) {
            tally.told = told(tx, filter, shelves).await?;
        }
        Ok(tally)
    }

    /// The places of shelves on which something stands.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        self.shelves.iter().map(|shelf| shelf.place)
    }

    /// How many items stand on shelves that fit.
    pub(super) fn fitting(&self, fits: &[Fit]) -> u64 {
        self.shelves.iter().filter(|shelf| fits[shelf.place].all()).map(|shelf| shelf.items).sum()
    }

    /// How many items there are.
    pub(super) fn all(&self) -> u64 {
        self.shelves.iter().map(|shelf| shelf.items).sum()
    }

    /// Total and facets of a query over this set.
    pub(super) fn count(&self, ask: &Ask<'_>) -> (u64, Facets) {
        let shelves = &ask.shelves;
        let mut counts = Counts {
            total: 0,
            state: [0; State::ALL.len()],
            topic: vec![0; shelves.topics.len()],
            source: vec![0; shelves.sources.len()],
            kind: [0; 2],
        };
        let mut once = Once::default();
        for shelf in &self.shelves {
            let n = if ask.stories { shelf.alone } else { shelf.items };
            once.see(&shelves.list[shelf.place], ask.fits[shelf.place]);
            counts.add(&mut once, n);
        }
        for story in self.told.iter().filter(|_| ask.stories) {
            for place in story {
                once.see(&shelves.list[*place], ask.fits[*place]);
            }
            counts.add(&mut once, 1);
        }
        (counts.total, counts.facets(shelves))
    }
}

async fn told(tx: &mut Tx, filter: &Filter, shelves: &Shelves) -> Sql<Vec<Vec<usize>>> {
    let mut members = Statement::default();
    let from = filter.source(filter.told_path(), &mut members);
    members.push(&format!("select i.story, i.shelf from {from} and i.size > 1"));
    let mut told: HashMap<String, Vec<usize>> = HashMap::new();
    for row in members.fetch_all(tx).await? {
        let story: &str = row.try_get(0)?;
        let Some(place) = shelves.place(row.try_get(1)?) else { continue };
        match told.get_mut(story) {
            Some(places) => places.push(place),
            None => _ = told.insert(story.to_owned(), vec![place]),
        }
    }
    Ok(told.into_values().collect())
}

impl Once {
    /// Sees one more item of the story: a facet honours every filter but its own.
    fn see(&mut self, shelf: &Shelf, fit: Fit) {
        self.total |= fit.all();
        if (Fit { state: true, ..fit }).all() {
            self.states |= shelf.states;
        }
        if (Fit { topic: true, ..fit }).all() {
            for topic in &shelf.topics {
                if !self.topics.contains(topic) {
                    self.topics.push(*topic);
                }
            }
        }
        if (Fit { source: true, ..fit }).all() && !self.sources.contains(&shelf.source) {
            self.sources.push(shelf.source);
        }
        if (Fit { kind: true, ..fit }).all() {
            self.kinds[shelf.kind as usize] = true;
        }
    }
}

impl Counts {
    /// Adds what was seen, so many times, and makes ready to see the next.
    fn add(&mut self, once: &mut Once, n: u64) {
        self.total += u64::from(once.total) * n;
        while once.states != 0 {
            self.state[once.states.trailing_zeros() as usize] += n;
            once.states &= once.states - 1;
        }
        once.topics.drain(..).for_each(|topic| self.topic[topic] += n);
        once.sources.drain(..).for_each(|source| self.source[source] += n);
        for (count, seen) in self.kind.iter_mut().zip(std::mem::take(&mut once.kinds)) {
            *count += u64::from(seen) * n;
        }
        once.total = false;
    }

    fn facets(&self, shelves: &Shelves) -> Facets {
        let named = |names: &Names, counts: &[u64]| -> BTreeMap<String, u64> {
            names.zip(counts).filter(|(_, n)| **n > 0).map(|(name, n)| (name.to_owned(), *n)).collect()
        };
        let states = State::ALL.into_iter().zip(self.state).filter(|(_, n)| *n > 0);
        let kinds = [Kind::News, Kind::Event].into_iter().zip(self.kind).filter(|(_, n)| *n > 0);
        Facets {
            state: states.map(|(state, n)| (state.code().to_owned(), n)).collect(),
            topic: named(&shelves.topics, &self.topic),
            source: named(&shelves.sources, &self.source),
            kind: kinds.map(|(kind, n)| (kind.word().to_owned(), n)).collect(),
        }
    }
}
