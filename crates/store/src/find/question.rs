//! A query as the store understands it: its order, its period in milliseconds, its words in the database's language.

use std::sync::Arc;

use model::{Moment, Query, Sort, Words};

use super::cursor::Cursor;
use crate::dialect::Dialect;
use crate::error::{Sql, StoreError};
use crate::pools::Tx;
use crate::roll::{Entry, Shared};
use crate::sql::query as sql;

/// Of more matches than this none is called the best: a word that so many items have says little about any, and
/// to rank them all takes longer than a reader waits.
const RANKED: usize = 10_000;

#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) query: &'a Query,
    pub(super) order: Sort,
    pub(super) stories: bool,
    pub(super) cursor: Option<Cursor>,
    pub(super) since: Option<i64>,
    pub(super) until: Option<i64>,
    dialect: &'static dyn Dialect,
    must: Option<String>,
    not: Option<String>,
}

/// The places of the items that match, in order; nothing where nothing is asked.
#[derive(Debug, Default)]
pub(super) struct Matched {
    pub(super) must: Option<Arc<Vec<i64>>>,
    pub(super) not: Option<Arc<Vec<i64>>>,
    /// How well each fits, if that is what decides the order.
    pub(super) scores: Option<Vec<(i64, f64)>>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(
        dialect: &'static dyn Dialect,
        query: &'a Query,
        words: &Words,
        now: Moment,
    ) -> Result<Self, StoreError> {
        let must = dialect.must(words);
        let order = match query.order() {
            // Nothing can match best where nothing must match.
            Sort::Relevance if must.is_none() => Sort::Newest,
            order => order,
        };
        let cursor = query.cursor.as_deref().map(|text| {
            Cursor::parse(text, order).ok_or_else(|| StoreError::BadCursor { cursor: text.chars().take(100).collect() })
        });
        let cursor = cursor.transpose()?;
        Ok(Asked {
            query,
            // A list goes on in the order in which it was begun, though the count may have passed the mark since.
            order: cursor.map_or(order, |cursor| cursor.order),
            stories: query.stories.unwrap_or(false),
            cursor,
            since: query.since.map(|bound| bound.from(now).ms()),
            until: query.until.map(|bound| bound.to(now).ms()),
            dialect,
            // Where something must match, what must not is part of the match.
            not: dialect.must_not(words).filter(|_| must.is_none()),
            must,
        })
    }

    /// Whether what the roll knows is not enough, whatever the page holds.
    pub(super) fn needs_the_database(&self) -> bool {
        self.must.is_some() || self.not.is_some() || self.query.explain
    }

    /// Whether every item is asked for, apart from choices of shelves.
    pub(super) fn is_open(&self) -> bool {
        self.since.is_none() && self.until.is_none() && self.must.is_none() && self.not.is_none()
    }

    /// Whether an item is of the period that is asked for.
    pub(super) fn is_within(&self, entry: &Entry) -> bool {
        self.since.is_none_or(|since| entry.ends >= since) && self.until.is_none_or(|until| entry.begins < until)
    }

    /// Asks the database who matches.
    pub(super) async fn matched(&self, tx: &mut Tx, generation: i64, roll: &Shared) -> Sql<Matched> {
        let mut matched = Matched::default();
        if let Some(not) = &self.not {
            matched.not = Some(self.places(tx, not, generation, roll).await?);
        }
        let Some(must) = &self.must else { return Ok(matched) };
        let places = self.places(tx, must, generation, roll).await?;
        if self.order == Sort::Relevance && (self.cursor.is_some() || places.len() <= RANKED) {
            let rows = sql(self.dialect.ranking()).bind(must).fetch_all(tx).await?;
            let scores = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<Sql<_>>()?;
            matched.scores = Some(scores);
        }
        matched.must = Some(places);
        Ok(matched)
    }

    /// A word that is everywhere is asked for often, and its places are the same for every filter.
    async fn places(&self, tx: &mut Tx, expression: &str, generation: i64, roll: &Shared) -> Sql<Arc<Vec<i64>>> {
        if let Some(places) = roll.read().places(expression, generation) {
            return Ok(places);
        }
        let row = sql(self.dialect.matching()).bind(expression).fetch_one(tx).await?;
        let list: Option<&str> = row.try_get(0)?;
        let mut places: Vec<i64> = list.unwrap_or_default().split(' ').filter_map(|place| place.parse().ok()).collect();
        places.sort_unstable();
        places.shrink_to_fit();
        let places = Arc::new(places);
        roll.read().remember_places(expression, generation, &places);
        Ok(places)
    }
}
