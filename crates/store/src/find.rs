//! Answering a query: counted and put in order on the roll, and one read of the page's rows by their keys.

mod cursor;
mod look;
mod marks;
mod once;
mod open;
mod pick;
mod planes;
mod question;
mod rows;
mod sift;
mod singly;
mod tally;
mod want;

use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use model::{Moment, Page, Query, Words};

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::pools::{Tx, is_away};
pub use cursor::{CURSOR, is_cursor};
use pick::pick;
use question::Asked;
pub(crate) use rows::{Raw, raws, read};
pub(crate) use sift::Sifted;
pub(crate) use tally::Tally;

/// The roll may go ahead while a reader looks at an older state; then it looks again, and not for ever.
const TRIES: usize = 16;
/// Once the database did not answer, it is left alone for so long, in milliseconds, where it is not needed.
const REST: i64 = 1_000;
/// The longest to wait for the database where there is another way to answer.
const PATIENCE: Duration = Duration::from_secs(1);
const WAITED: i64 = PATIENCE.as_millis() as i64;

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
    /// While the database is away, questions without words are answered as of the generation last seen, as far as
    /// the page's items are among the newest, which are held in memory; see [`Store::remembered`].
    ///
    /// # Errors
    /// [`StoreError::BadCursor`] if the cursor is not one of ours or belongs to another order;
    /// [`StoreError::Database`] if the database fails.
    pub async fn find(&self, query: &Query, words: &Words, now: Moment) -> Result<Page, StoreError> {
        let asked = Asked::new(self.dialect(), query, words, now)?;
        self.answer(&asked, now).await.doing("answer a query")
    }

    /// The same for several questions, all of one state of the store: what is counted on one page is on the other.
    ///
    /// While the database is away, each is answered as far as that can be done.
    ///
    /// # Errors
    /// As [`Store::find`].
    pub async fn find_all(&self, questions: &[(Query, Words)], now: Moment) -> Result<Vec<Page>, StoreError> {
        let asked = questions.iter().map(|(query, words)| Asked::new(self.dialect(), query, words, now));
        let asked = asked.collect::<Result<Vec<_>, _>>()?;
        if !self.is_away(now)
            && let Ok(Some(pages)) = self.pages(&asked, Some(PATIENCE)).await
        {
            return Ok(pages);
        }
        // Away, or so busy that no state lasts as long as all of this takes.
        let mut pages = Vec::with_capacity(asked.len());
        for asked in &asked {
            pages.push(self.answer(asked, now).await.doing("answer some queries")?);
        }
        Ok(pages)
    }

    /// How many pages were given from memory while the database was away: what was kept meanwhile is not on them, and of the
    /// others of a story only those that are in memory. Whoever keeps answers asks before and after.
    pub fn remembered(&self) -> u64 {
        self.roll.remembered.load(Relaxed)
    }

    async fn answer(&self, asked: &Asked<'_>, now: Moment) -> Sql<Page> {
        if asked.needs_the_database() || self.roll.read().generation.is_none() {
            return self.page(asked, None).await;
        }
        if let Some(page) = self.is_away(now).then(|| self.known_page(asked)).flatten() {
            return Ok(page);
        }
        match self.page(asked, Some(PATIENCE)).await {
            Err(error) if is_away(&error) => {
                // It may have taken that long to notice.
                self.roll.away_until.store(now.ms().saturating_add(WAITED + REST), Relaxed);
                match self.known_page(asked) {
                    Some(page) => Ok(page),
                    // It may be busy and not away: without another way to answer it is waited for.
                    None => self.page(asked, None).await,
                }
            }
            page => page,
        }
    }

    /// Whether the database was away just now, and is not asked again yet.
    fn is_away(&self, now: Moment) -> bool {
        // A clock that was set says nothing.
        (1..=WAITED + REST).contains(&self.roll.away_until.load(Relaxed).saturating_sub(now.ms()))
    }

    async fn page(&self, asked: &Asked<'_>, patience: Option<Duration>) -> Sql<Page> {
        if let Some(page) = self.page_at_once(asked, patience).await? {
            return Ok(page);
        }
        if let Some(page) = self.pages(std::slice::from_ref(asked), patience).await?.and_then(|mut pages| pages.pop()) {
            return Ok(page);
        }
        // The store was set back, as from a backup: what is known is of another one.
        self.roll.write().generation = None;
        Err(sqlx::Error::Protocol("what is kept changed faster than it could be read".to_owned()))
    }

    /// A page for each of these, all of one generation; nothing if that changes faster than they can be read.
    async fn pages(&self, asked: &[Asked<'_>], patience: Option<Duration>) -> Sql<Option<Vec<Page>>> {
        for _ in 0..TRIES {
            let mut tx = patiently(patience, self.read()).await?;
            let generation = self.bring_up(&mut tx).await?;
            let mut matched: Vec<question::Matched> = Vec::with_capacity(asked.len());
            for (number, one) in asked.iter().enumerate() {
                let before = number.checked_sub(1).filter(|before| one.matches_as(&asked[*before]));
                matched.push(match before {
                    Some(before) => matched[before].again(),
                    None => one.matched(&mut tx, generation, &self.roll).await?,
                });
                matched[number].remember(&self.roll.read(), generation);
            }
            // One after the other: whoever brings the roll up to date waits for none but the one that is being picked.
            let pick = |(asked, matched)| {
                let roll = self.roll.read();
                (roll.generation == Some(generation)).then(|| pick(&roll, asked, matched))
            };
            // Another reader brought it further up than what this transaction sees.
            let picked: Option<Vec<_>> = asked.iter().zip(&matched).map(pick).collect();
            let Some(picked) = picked else { continue };
            let mut pages = Vec::with_capacity(asked.len());
            for (picked, asked) in picked.into_iter().zip(asked) {
                pages.push(picked.read(&mut tx, asked).await?);
            }
            return Ok(Some(pages));
        }
        Ok(None)
    }

    /// The page as of the generation last seen, if the last statement, which reads its rows, finds that this still is
    /// the store's: most questions come when nothing has changed since the last. What was asked before it is of the same
    /// generation then, whatever the transaction; and none has to be begun and ended, which takes longer than to ask.
    async fn page_at_once(&self, asked: &Asked<'_>, patience: Option<Duration>) -> Sql<Option<Page>> {
        let generation = self.roll.read().generation;
        let Some(generation) = generation.filter(|_| asked.is_quick()) else { return Ok(None) };
        let mut look = patiently(patience, self.look()).await?;
        let mut matched = asked.matched(&mut look, generation, &self.roll).await?;
        let picked = {
            let roll = self.roll.read();
            (roll.generation == Some(generation)).then(|| pick(&roll, asked, &matched))
        };
        let Some(picked) = picked else { return Ok(None) };
        let page = picked.read_at_once(&mut look, asked, generation).await?;
        if page.is_some() {
            matched.remember(&self.roll.read(), generation);
        }
        Ok(page)
    }

    /// The page as of the generation last seen, without the database, if everything on it is known.
    fn known_page(&self, asked: &Asked<'_>) -> Option<Page> {
        let roll = self.roll.read();
        let page = pick(&roll, asked, &question::Matched::default()).remembered(asked);
        self.roll.remembered.fetch_add(u64::from(page.is_some()), Relaxed);
        page
    }
}

/// Begins something, and waits for the database no longer than this.
async fn patiently(patience: Option<Duration>, begins: impl Future<Output = Sql<Tx>>) -> Sql<Tx> {
    match patience {
        Some(patience) => tokio::time::timeout(patience, begins).await.unwrap_or(Err(sqlx::Error::PoolTimedOut)),
        None => begins.await,
    }
}

#[cfg(test)]
mod tests;
