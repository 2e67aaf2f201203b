//! Answering a query: count by shelf, choose the way that reads least, take one page of keys, then their rows.

mod cursor;
mod filter;
mod keys;
mod look;
mod rows;
mod tally;

use std::sync::{Arc, Mutex};

use model::{Moment, Page, Phrase, Query, Sort, Words};

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::pools::Tx;
use crate::shelf::{Fit, Shelves};
use crate::sql::query as sql;
use cursor::Cursor;
use filter::Filter;
pub(crate) use rows::others;
pub(crate) use tally::Tally;

/// The counts of everything, and the generation they are of.
pub(crate) type Counted = Arc<Mutex<Option<(i64, Arc<Tally>)>>>;

/// Of more matches than this none is called the best: a word that so many items have says little about any, and
/// to rank them all takes longer than a reader waits.
const RANKED: u64 = 10_000;

/// A query as the store understands it, within one transaction.
struct Ask<'a> {
    query: &'a Query,
    order: Sort,
    /// What makes one match better than another.
    better: &'a [(Phrase, u32)],
    stories: bool,
    cursor: Option<Cursor>,
    shelves: Arc<Shelves>,
    fits: Vec<Fit>,
    generation: i64,
}

impl Store {
    /// One page of the items that a query asks for, with the counts that its filters need. Only relevant items
    /// are found. `words` is what `query.q` asks for, taken apart by who knows the language; of `query.q` itself
    /// only matters whether it is there, for the order. Of what must match and of what must not, the first 32
    /// phrases each count, and the rest is ignored: one visitor's search shall not keep the others waiting.
    ///
    /// Going on with the cursor of a page neither skips nor repeats what was there when the first page was made,
    /// whatever arrives meanwhile; what arrived is on a new first page. Counts are always those of now.
    ///
    /// By `relevance` those come first of whose phrases in `words.better` most match, by weight; of equals the newest.
    /// With `stories` the best-ranked item that fits represents its story, and stories are counted. Facets honour
    /// every filter but their own, and leave out what nothing stands for. `relevance` ranks up to 10,000 matches;
    /// where there are more, the newest come first.
    ///
    /// # Errors
    /// [`StoreError::BadCursor`] if the cursor is not one of ours or belongs to another order;
    /// [`StoreError::Database`] if the database fails.
    pub async fn find(&self, query: &Query, words: &Words, now: Moment) -> Result<Page, StoreError> {
        let order = match query.order() {
            // Nothing can match best where nothing must match.
            Sort::Relevance if self.dialect().must(words).is_none() => Sort::Newest,
            order => order,
        };
        let cursor = query.cursor.as_deref().map(|text| {
            Cursor::parse(text, order).ok_or_else(|| StoreError::BadCursor { cursor: text.chars().take(100).collect() })
        });
        let cursor = cursor.transpose()?;
        let page = async {
            let mut tx = self.read().await?;
            let (generation, updated) = state(&mut tx).await?;
            let shelves = self.shelves(&mut tx).await?;
            let fits = shelves.fits(query);
            let stories = query.stories.unwrap_or(false);
            let ask = Ask { query, order, better: &words.better, stories, cursor, shelves, fits, generation };
            let page = self.answer(&mut tx, ask, words, now).await?;
            Ok(Page { updated, ..page })
        };
        page.await.doing("answer a query")
    }

    async fn answer(&self, tx: &mut Tx, mut ask: Ask<'_>, words: &Words, now: Moment) -> Sql<Page> {
        let mut filter = Filter::of(self.dialect(), ask.query, words, now);
        let everything = self.everything(tx, &ask).await?;
        let tally = match filter.is_open() {
            true => Arc::clone(&everything),
            false => Arc::new(Tally::load(tx, &filter, &ask.shelves, ask.stories).await?),
        };
        ask.order = match (ask.cursor, ask.order) {
            // A list goes on in the order in which it was begun, though the count may have passed the mark since.
            (Some(cursor), _) => cursor.order,
            (None, Sort::Relevance) if tally.all() > RANKED => Sort::Newest,
            (None, order) => order,
        };
        let (total, facets) = tally.count(&ask);
        if total == 0 {
            return Ok(Page { facets, ..Page::default() });
        }
        filter.choose(&ask, &everything);
        let path = filter.path(&ask, &everything, &tally);
        let (keys, next) = keys::page(tx, &ask, &filter, path).await?;
        let items = rows::read(tx, &keys, ask.query.explain, ask.stories).await?;
        Ok(Page { items, total, next, facets, updated: None })
    }

    /// The counts without any filter: the same for all queries until something changes.
    async fn everything(&self, tx: &mut Tx, ask: &Ask<'_>) -> Sql<Arc<Tally>> {
        let lock = || self.tally.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let kept =
            lock().as_ref().filter(|(generation, _)| *generation == ask.generation).map(|(_, tally)| Arc::clone(tally));
        if let Some(tally) = kept {
            return Ok(tally);
        }
        let tally = Arc::new(Tally::load(tx, &Filter::open(self.dialect()), &ask.shelves, true).await?);
        *lock() = Some((ask.generation, Arc::clone(&tally)));
        Ok(tally)
    }
}

/// How often the items changed, and when last.
async fn state(tx: &mut Tx) -> Sql<(i64, Option<Moment>)> {
    let row = sql("select generation, updated from state").fetch_one(tx).await?;
    Ok((row.try_get(0)?, row.try_get::<Option<i64>>(1)?.map(Moment::from_ms)))
}

#[cfg(test)]
mod tests;
