//! Shelves: items that agree in kind, source, states and topics stand on one.
//!
//! There are fewer shelves than items, and most questions ask for few of them. A filter over kind, source, state and
//! topic is a [`Choice`] of shelves, made in memory, and every facet is counted from one count per shelf, or per bay of
//! shelves that differ in their source alone.

mod bays;
mod ids;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use model::{Item, Kind, Query, State};

use crate::Store;
use crate::error::Sql;
use crate::names::Names;
use crate::pools::Tx;
use crate::sql::{Row, inserts, most, query};
use bays::Bays;
use ids::Ids;

/// What the items on a shelf agree in, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Label {
    pub(crate) event: bool,
    pub(crate) source: String,
    pub(crate) states: String,
    pub(crate) topics: String,
}

/// One shelf, its names as numbers of [`Shelves`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shelf<'s> {
    pub(crate) kind: Kind,
    pub(crate) source: u32,
    /// One bit per state, in the order of [`State::ALL`].
    pub(crate) states: u32,
    pub(crate) topics: &'s [u32],
}

/// The same as it is held: half a million items of ten thousand sources stand on a quarter of a million shelves.
#[derive(Clone, Copy, Debug)]
struct Packed {
    source: u32,
    bay: u32,
}

/// The bit of a shelf of events.
const EVENTS: u32 = 1 << 31;
const _: () = assert!(State::ALL.len() < 31, "states and the bit of events have to fit");

/// All shelves, by number in the order in which they were put up. Two items out of three have one for themselves where
/// many sources bring some dozens each, so what is held of each is a few numbers.
#[derive(Debug, Default)]
pub(crate) struct Shelves {
    list: Vec<Packed>,
    pub(crate) sources: Names,
    pub(crate) topics: Names,
    ids: Ids,
    bays: Bays,
    of_source: Vec<Vec<u32>>,
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
fn mask(states: impl IntoIterator<Item = State>) -> u32 {
    states.into_iter().fold(0, |mask, state| mask | 1 << state as u32)
}

/// The states of such bits.
fn bits(mask: u32) -> impl Iterator<Item = State> {
    State::ALL.into_iter().filter(move |state| mask & 1 << *state as u32 != 0)
}

/// Makes room for one more, and little besides: a list that doubles takes twice its room when it has just done so.
pub(crate) fn room_for_one<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len() / 8 + 16);
    }
}

impl Shelves {
    /// Adds the shelf of a number that is larger than all before.
    pub(crate) fn add(&mut self, id: i64, label: &Label) {
        let number = self.list.len() as u32;
        let source = self.sources.number(&label.source) as u32;
        let what = mask(states(&label.states)) | if label.event { EVENTS } else { 0 };
        let set: Arc<[u32]> = topics(&label.topics).iter().map(|slug| self.topics.number(slug) as u32).collect();
        let shelf = Packed { source, bay: self.bays.number(what, set) };
        self.of_source.resize_with(self.sources.len(), Vec::new);
        self.of_source[source as usize].push(number);
        self.ids.push(id);
        room_for_one(&mut self.list);
        self.list.push(shelf);
    }

    /// How many there are; all numbers are below this.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The shelf of a number.
    #[inline]
    pub(crate) fn get(&self, number: u32) -> Option<Shelf<'_>> {
        self.list.get(number as usize).map(|shelf| self.unpacked(*shelf))
    }

    /// The shelf of a number that an entry of the roll has: it stands there because the shelf is known.
    #[inline]
    pub(crate) fn at(&self, number: u32) -> Shelf<'_> {
        self.unpacked(self.list[number as usize])
    }

    #[inline]
    fn unpacked(&self, Packed { source, bay }: Packed) -> Shelf<'_> {
        let (bay, topics) = self.bays.get(bay);
        Shelf { kind: bay.kind(), source, states: bay.states(), topics }
    }

    /// The number of the source of a shelf.
    #[inline]
    pub(crate) fn source(&self, number: u32) -> u32 {
        self.list[number as usize].source
    }

    /// The number of the bay in which a shelf stands.
    #[inline]
    pub(crate) fn bay(&self, number: u32) -> u32 {
        self.list[number as usize].bay
    }

    /// The same, both at once: bay and source.
    #[inline]
    pub(crate) fn spot(&self, number: u32) -> (u32, u32) {
        let Packed { source, bay } = self.list[number as usize];
        (bay, source)
    }

    /// How many bays there are; all numbers are below this.
    pub(crate) fn bays(&self) -> usize {
        self.bays.list.len()
    }

    /// The shelves of a source.
    pub(crate) fn of_source(&self, source: u32) -> &[u32] {
        &self.of_source[source as usize]
    }

    /// The sets of topics that stand together, by number.
    pub(crate) fn sets(&self) -> impl Iterator<Item = &[u32]> {
        self.bays.sets.iter().map(|set| &**set)
    }

    /// All bays by number: kind, one bit per state, and the number of the set of topics.
    pub(crate) fn each_bay(&self) -> impl Iterator<Item = (Kind, u32, u32)> {
        self.bays.list.iter().map(|bay| (bay.kind(), bay.states(), bay.topics))
    }

    /// The same of one.
    #[inline]
    pub(crate) fn in_bay(&self, number: u32) -> (Kind, u32, u32) {
        let (bay, _) = self.bays.get(number);
        (bay.kind(), bay.states(), bay.topics)
    }

    /// Bytes that they take, more or less.
    pub(crate) fn weight(&self) -> usize {
        let of_source = self.of_source.iter().map(|list| size_of_val(list) + size_of::<u32>() * list.capacity());
        size_of::<Packed>() * self.list.capacity()
            + self.ids.weight()
            + self.bays.weight()
            + of_source.sum::<usize>()
            + self.sources.weight()
    }

    /// Where in the list a shelf stands.
    pub(crate) fn place(&self, id: i64) -> Option<u32> {
        self.ids.place(id)
    }

    /// The id of the shelf that was put up last.
    pub(crate) fn last(&self) -> i64 {
        self.ids.last().unwrap_or(0)
    }

    /// The id of the shelf with this label, if it is known: one of its source's, who has some dozens.
    fn find(&self, label: &Label) -> Option<i64> {
        let source = self.sources.find(&label.source)?;
        let (kind, states) = (if label.event { Kind::Event } else { Kind::News }, mask(states(&label.states)));
        let mut alike = self.of_source[source].iter().filter(|number| {
            let shelf = self.at(**number);
            shelf.kind == kind && shelf.states == states
        });
        alike.find(|number| self.label(**number) == *label).map(|number| self.ids.at(*number))
    }

    fn label(&self, number: u32) -> Label {
        let shelf = self.at(number);
        let topics: Vec<&str> = shelf.topics.iter().map(|topic| self.topics.name(*topic as usize)).collect();
        Label {
            event: shelf.kind == Kind::Event,
            source: self.sources.name(shelf.source as usize).to_owned(),
            states: bits(shelf.states).map(State::code).collect::<Vec<_>>().join(","),
            topics: topics.join(","),
        }
    }

    /// What a query chooses.
    pub(crate) fn choice(&self, query: &Query) -> Choice {
        let known = |names: &Names, asked: &[String]| -> Option<Vec<u32>> {
            let mut known: Vec<u32> = asked.iter().filter_map(|name| names.find(name)).map(|n| n as u32).collect();
            known.sort_unstable();
            // One may be named twice.
            known.dedup();
            (!asked.is_empty()).then_some(known)
        };
        Choice {
            kind: query.kind,
            states: mask(query.states.iter().copied()),
            topics: known(&self.topics, &query.topics),
            sources: known(&self.sources, &query.sources),
        }
    }
}

/// Which shelves a query wants, in numbers of [`Shelves`]; of a part that says nothing, all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Choice {
    pub(crate) kind: Option<Kind>,
    pub(crate) states: u32,
    /// Names that no shelf has are none of them: a list may be empty, and then nothing fits.
    pub(crate) topics: Option<Vec<u32>>,
    pub(crate) sources: Option<Vec<u32>>,
}

/// The parts of a choice, as bits. A facet ignores its own.
pub(crate) const STATE: u8 = 1;
pub(crate) const TOPIC: u8 = 2;
pub(crate) const SOURCE: u8 = 4;
pub(crate) const KIND: u8 = 8;

impl Choice {
    /// The parts that a shelf does not fit.
    pub(crate) fn fails(&self, shelf: &Shelf<'_>) -> u8 {
        let chosen = |list: &Option<Vec<u32>>, of: &[u32]| {
            list.as_ref().is_none_or(|list| of.iter().any(|number| list.binary_search(number).is_ok()))
        };
        let mut fails = 0;
        if self.states != 0 && self.states & shelf.states == 0 {
            fails |= STATE;
        }
        if !chosen(&self.topics, shelf.topics) {
            fails |= TOPIC;
        }
        if !chosen(&self.sources, &[shelf.source]) {
            fails |= SOURCE;
        }
        if self.kind.is_some_and(|kind| kind != shelf.kind) {
            fails |= KIND;
        }
        fails
    }
}

impl Store {
    /// The numbers of these shelves; those that are missing are put up.
    pub(crate) async fn put_up(&self, tx: &mut Tx, labels: &[Label]) -> Sql<HashMap<Label, i64>> {
        let mut ids = HashMap::new();
        let (mut missing, mut seen) = (Vec::new(), HashSet::new());
        {
            // What is read inside a transaction that may yet be undone is not remembered: only commits are.
            let roll = self.roll.read();
            for label in labels.iter().filter(|label| seen.insert(*label)) {
                match roll.shelves.find(label) {
                    Some(id) => _ = ids.insert(label.clone(), id),
                    None => missing.push(label),
                }
            }
        }
        let rows = missing.into_iter().map(|label| {
            let (source, states, topics) = (&label.source, &label.states, &label.topics);
            vec![i64::from(label.event).into(), source.into(), states.into(), topics.into()]
        });
        for mut put in inserts(tx.dialect(), "shelf (event, source, states, topics)", rows.collect::<Vec<_>>()) {
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

/// Shelves that are read at a time.
const AT_A_TIME: i64 = 4_000;

/// Hands over the shelves behind one, in the order in which they were put up. Some thousands are read as one text of
/// lines, five for each: a row as the driver hands it over takes three times as long.
pub(crate) async fn behind(tx: &mut Tx, mut last: i64, mut take: impl FnMut(i64, Label)) -> Sql<()> {
    // No name that we give has a line break, but an import may have brought one.
    let names = ["source", "states", "topics"].map(|column| format!("replace({column}, '\n', ' ')"));
    let text = format!(
        "select string_agg(cast(id as text) || '\n' || cast(event as text) || '\n' || {}, '\n') from \
         (select id, event, source, states, topics from shelf where id > $1 order by id limit {}) as ahead",
        names.join(" || '\n' || "),
        most("$2")
    );
    loop {
        let row = query(text.clone()).bind(last).bind(AT_A_TIME).fetch_one(tx).await?;
        let Some(text) = row.try_get::<Option<&str>>(0)? else { return Ok(()) };
        let lines: Vec<&str> = text.split('\n').collect();
        let shelves: Result<Vec<(i64, Label)>, _> = lines.as_chunks().0.iter().map(shelf).collect();
        let mut shelves = shelves.map_err(|error| sqlx::Error::Decode(error.into()))?;
        // The database may put them together in any order.
        shelves.sort_unstable_by_key(|(id, _)| *id);
        let more = shelves.len() as i64 == AT_A_TIME;
        for (id, label) in shelves {
            last = id;
            take(id, label);
        }
        if !more {
            return Ok(());
        }
    }
}

/// The lines of one shelf.
fn shelf([id, event, source, states, topics]: &[&str; 5]) -> Result<(i64, Label), std::num::ParseIntError> {
    let [source, states, topics] = [source, states, topics].map(|name| (*name).to_owned());
    Ok((id.parse()?, Label { event: event.parse::<i64>()? != 0, source, states, topics }))
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

#[cfg(test)]
mod tests;
