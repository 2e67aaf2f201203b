//! Shelves: items that agree in kind, source, states and topics stand on one.
//!
//! There are few shelves and many items. A filter over kind, source, state and topic chooses shelves in memory,
//! the database finds items by the shelf's number, and every facet is counted from one count per shelf.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use model::{Item, Kind, Query, State};

use crate::Store;
use crate::error::Sql;
use crate::names::Names;
use crate::pools::Tx;
use crate::sql::{Row, inserts, query};

/// What the items on a shelf agree in, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Label {
    pub(crate) event: bool,
    pub(crate) source: String,
    pub(crate) states: String,
    pub(crate) topics: String,
}

/// One shelf, its names as numbers of [`Shelves`].
#[derive(Clone, Debug)]
pub(crate) struct Shelf {
    pub(crate) id: i64,
    pub(crate) kind: Kind,
    pub(crate) source: usize,
    /// One bit per state, in the order of [`State::ALL`].
    pub(crate) states: u32,
    pub(crate) topics: Vec<usize>,
}

/// All shelves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shelves {
    pub(crate) list: Vec<Shelf>,
    pub(crate) sources: Names,
    pub(crate) topics: Names,
    by_id: HashMap<i64, usize>,
    by_label: HashMap<Label, i64>,
}

impl Label {
    /// The shelf on which an item belongs. States and topics are put in order and held once, so that an item
    /// whose labels came in another order stands with its like.
    pub(crate) fn of(item: &Item, source: &str) -> Self {
        let states: Vec<_> = State::ALL.into_iter().filter(|state| item.states.contains(state)).collect();
        let mut topics: Vec<_> = item.topics.iter().map(String::as_str).collect();
        topics.sort_unstable();
        topics.dedup();
        Label {
            event: item.kind == Kind::Event,
            source: source.to_owned(),
            states: states.iter().map(|state| state.code()).collect::<Vec<_>>().join(","),
            topics: topics.join(","),
        }
    }
}

/// The states of a kept list of codes.
pub(crate) fn states(list: &str) -> Vec<State> {
    list.split(',').filter_map(|code| code.parse().ok()).collect()
}

/// The topics of a kept list of slugs.
pub(crate) fn topics(list: &str) -> Vec<String> {
    list.split(',').filter(|slug| !slug.is_empty()).map(str::to_owned).collect()
}

/// One bit per state.
pub(crate) fn mask(states: impl IntoIterator<Item = State>) -> u32 {
    states.into_iter().fold(0, |mask, state| mask | 1 << state as u32)
}

impl Shelves {
    fn add(&mut self, id: i64, label: Label) {
        let shelf = Shelf {
            id,
            kind: if label.event { Kind::Event } else { Kind::News },
            source: self.sources.number(&label.source),
            states: mask(states(&label.states)),
            topics: topics(&label.topics).iter().map(|slug| self.topics.number(slug)).collect(),
        };
        self.by_id.insert(id, self.list.len());
        self.by_label.insert(label, id);
        self.list.push(shelf);
    }

    /// Where in the list a shelf stands.
    pub(crate) fn place(&self, id: i64) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    /// For each shelf which parts of a query it fits.
    pub(crate) fn fits(&self, query: &Query) -> Vec<Fit> {
        let states = mask(query.states.iter().copied());
        let wanted = |names: &Names, asked: &[String]| -> Vec<Option<usize>> {
            asked.iter().map(|name| names.find(name)).collect()
        };
        let (topics, sources) = (wanted(&self.topics, &query.topics), wanted(&self.sources, &query.sources));
        let fit = |shelf: &Shelf| Fit {
            kind: query.kind.is_none_or(|kind| kind == shelf.kind),
            state: states == 0 || states & shelf.states != 0,
            topic: topics.is_empty() || shelf.topics.iter().any(|topic| topics.contains(&Some(*topic))),
            source: sources.is_empty() || sources.contains(&Some(shelf.source)),
        };
        self.list.iter().map(fit).collect()
    }
}

/// Which parts of a query a shelf fits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fit {
    pub(crate) kind: bool,
    pub(crate) state: bool,
    pub(crate) topic: bool,
    pub(crate) source: bool,
}

impl Fit {
    pub(crate) fn all(self) -> bool {
        self.kind && self.state && self.topic && self.source
    }
}

impl Store {
    /// The shelves as this transaction sees them, and perhaps some that are younger.
    pub(crate) async fn shelves(&self, tx: &mut Tx) -> Sql<Arc<Shelves>> {
        let known = Arc::clone(&self.shelves.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        let last = known.list.last().map_or(0, |shelf| shelf.id);
        let rows = query("select id, event, source, states, topics from shelf where id > $1 order by id")
            .bind(last)
            .fetch_all(tx)
            .await?;
        if rows.is_empty() {
            return Ok(known);
        }
        let mut shelves = Shelves::clone(&known);
        for row in &rows {
            shelves.add(row.try_get(0)?, label(row)?);
        }
        let shelves = Arc::new(shelves);
        let mut kept = self.shelves.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if kept.list.len() < shelves.list.len() {
            *kept = Arc::clone(&shelves);
        }
        Ok(shelves)
    }

    /// The numbers of these shelves; those that are missing are put up.
    pub(crate) async fn put_up(&self, tx: &mut Tx, labels: &[Label]) -> Sql<HashMap<Label, i64>> {
        // What is read inside a transaction that may yet be undone is not remembered: only commits are.
        let known = Arc::clone(&self.shelves.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        let mut ids = HashMap::new();
        let (mut missing, mut seen) = (Vec::new(), HashSet::new());
        for label in labels.iter().filter(|label| seen.insert(*label)) {
            match known.by_label.get(label) {
                Some(id) => _ = ids.insert(label.clone(), *id),
                None => missing.push(label),
            }
        }
        let rows = missing.into_iter().map(|label| {
            let (source, states, topics) = (&label.source, &label.states, &label.topics);
            vec![i64::from(label.event).into(), source.into(), states.into(), topics.into()]
        });
        for mut put in inserts(tx.dialect(), "shelf (event, source, states, topics)", rows.collect()) {
            // Nothing changes, but so those that are there are told as well.
            put.push(
                " on conflict (event, source, states, topics) do update set event = excluded.event \
                 returning id, event, source, states, topics",
            );
            for row in put.fetch_all(tx).await? {
                ids.insert(label(&row)?, row.try_get(0)?);
            }
        }
        Ok(ids)
    }
}

/// The label in a row of `id, event, source, states, topics`.
fn label(row: &Row) -> Sql<Label> {
    Ok(Label {
        event: row.try_get::<i64>(1)? != 0,
        source: row.try_get(2)?,
        states: row.try_get(3)?,
        topics: row.try_get(4)?,
    })
}
