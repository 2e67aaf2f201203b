//! A query as the store understands it: its order, its period in milliseconds, its words in the database's language.

use std::sync::Arc;

use model::{Moment, Phrase, Query, Sort, Words};

use super::cursor::Cursor;
use crate::dialect::{Dialect, any_of, none_of};
use crate::error::{Sql, StoreError};
use crate::leaves::{self, Known as Leaves};
use crate::pools::Tx;
use crate::roll::{Asking, EVERYWHERE, Entry, Found, Roll, Shared};
use crate::shelf::Choice;
use crate::sql::{Statement, most};

/// Of more matches than this none is called the best: a word that so many items have says little about any, and
/// to rank them all takes longer than a reader waits.
const RANKED: usize = 10_000;
/// So many phrases are looked for to put matches in order.
const BETTER: usize = 32;

/// Places that are asked for again together have so many known ones between them at most, and of more spans than this
/// it costs less to ask for all.
const NEAR: usize = 500;
const SPANS: usize = 100;

/// Places that are read from the index at a time.
const AT_A_TIME: i64 = 32_768;

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
    /// The words of either, where they can be read straight from the index.
    words: Option<Vec<String>>,
    /// Whether a word of them may go on (`beginn*`).
    goes_on: bool,
    /// What makes one match better than another.
    better: &'a [(Phrase, u32)],
}

/// The places of the items that match, in order; nothing where nothing is asked.
#[derive(Debug, Default)]
pub(super) struct Matched {
    pub(super) must: Option<Arc<Vec<i64>>>,
    pub(super) not: Option<Arc<Vec<i64>>>,
    /// How well each fits, if that is what decides the order.
    pub(super) scores: Option<Vec<(i64, i64)>>,
    /// What of it the database said just now, by what it was asked.
    pub(super) fresh: Fresh,
}

/// What words match, by the words.
pub(super) type Fresh = Vec<(String, Arc<Vec<i64>>)>;

impl Matched {
    /// Remembers what the database said, once it is sure of which generation that was. Then that is no news any more.
    pub(super) fn remember(&mut self, roll: &Roll, generation: i64) {
        self.fresh.drain(..).for_each(|(words, places)| roll.remember_places(&words, generation, &places));
    }

    /// The same once more, where the order does not depend on it.
    pub(super) fn again(&self) -> Self {
        Matched { must: self.must.clone(), not: self.not.clone(), scores: None, fresh: Fresh::new() }
    }
}

impl<'a> Asked<'a> {
    pub(super) fn new(
        dialect: &'static dyn Dialect,
        query: &'a Query,
        words: &'a Words,
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
            words: dialect.has_leaves().then(|| single(words)).flatten(),
            must,
            goes_on: words.must.iter().flatten().flatten().chain(&words.not).any(|phrase| phrase.open),
            better: &words.better,
        })
    }

    /// Whether what the roll knows is not enough, whatever the page holds.
    pub(super) fn needs_the_database(&self) -> bool {
        self.must.is_some() || self.not.is_some() || self.query.explain
    }

    /// Whether little is asked of the database, so that it may be asked again if what is kept changes meanwhile.
    pub(super) fn is_quick(&self) -> bool {
        let words = self.must.is_none() || self.words.is_some() && self.order != Sort::Relevance;
        words && self.not.is_none() && !self.query.explain
    }

    /// Whether every item is asked for, apart from choices of shelves.
    pub(super) fn is_open(&self) -> bool {
        self.since.is_none() && self.until.is_none() && self.must.is_none() && self.not.is_none()
    }

    /// By what counts are remembered: those of words that many items have. The end of a period moves.
    pub(super) fn key(&self, choice: &Choice, matched: &Matched) -> Option<Asking> {
        // What has just been read may be of a later generation than the roll, which only the last statement tells.
        let lasting = self.since.is_none() && self.until.is_none() && matched.fresh.is_empty();
        let many = [&matched.must, &matched.not].into_iter().flatten().any(|places| places.len() >= EVERYWHERE);
        let words = || [&self.must, &self.not].map(|words| words.clone().unwrap_or_default());
        (lasting && many).then(|| (choice.clone(), self.stories, words()))
    }

    /// What must be and what must not, in the words of the database.
    pub(super) fn words(&self) -> [Option<&str>; 2] {
        [self.must.as_deref(), self.not.as_deref()]
    }

    /// Whether the same items have the words of both, and no order is made of how well they do.
    pub(super) fn matches_as(&self, other: &Self) -> bool {
        self.order != Sort::Relevance && self.words() == other.words()
    }

    /// Whether an item is of the period that is asked for.
    pub(super) fn is_within(&self, entry: &Entry) -> bool {
        self.since.is_none_or(|since| entry.ends() >= since) && self.until.is_none_or(|until| entry.begins() < until)
    }

    /// Asks the database who matches.
    pub(super) async fn matched(&self, tx: &mut Tx, generation: i64, roll: &Shared) -> Sql<Matched> {
        let mut matched = Matched::default();
        if let Some(not) = &self.not {
            matched.not = Some(self.everywhere(tx, not, generation, (roll, &mut matched.fresh)).await?);
        }
        let Some(must) = &self.must else { return Ok(matched) };
        let places = self.everywhere(tx, must, generation, (roll, &mut matched.fresh)).await?;
        if self.order == Sort::Relevance && (self.cursor.is_some() || places.len() <= RANKED) {
            matched.scores = Some(self.scores(tx, must, &places).await?);
        }
        matched.must = Some(places);
        Ok(matched)
    }

    /// A word that is everywhere is asked for often, and its places are the same for every filter.
    async fn everywhere(
        &self,
        tx: &mut Tx,
        words: &str,
        generation: i64,
        (roll, fresh): (&Shared, &mut Fresh),
    ) -> Sql<Arc<Vec<i64>>> {
        let spans = match roll.read().places(words, generation) {
            Some(Found { places, touched }) if touched.is_empty() => return Ok(places),
            known => known.and_then(|found| Some((spans(&found)?, found))),
        };
        let places = Arc::new(match spans {
            Some((spans, found)) => self.again(tx, words, &found.places, &spans).await?,
            None => self.all(tx, words, &roll.leaves).await?,
        });
        fresh.push((words.to_owned(), Arc::clone(&places)));
        Ok(places)
    }

    /// The places of all that match.
    async fn all(&self, tx: &mut Tx, words: &str, leaves: &Leaves) -> Sql<Vec<i64>> {
        let read = match &self.words {
            Some(words) => leaves::places(tx, leaves, words).await?,
            None => None,
        };
        match read {
            Some(places) => Ok(places),
            None => self.walk(tx, words, AT_A_TIME).await,
        }
    }

    /// The same from the index: so many at a time, since a text of all would be in memory five times while it is made.
    async fn walk(&self, tx: &mut Tx, words: &str, at_a_time: i64) -> Sql<Vec<i64>> {
        let mut places = Vec::new();
        loop {
            let mut look = Statement::default();
            let last = look.arg(places.last().copied().unwrap_or(i64::MIN));
            let (most, argument) = (most(&look.arg(at_a_time)), look.arg(words));
            // To begin with a word that goes on takes all of its ways together, each time.
            let behind = self.dialect.matching_behind(&last, &most, &argument).filter(|_| !self.goes_on);
            let Some(behind) = behind else {
                return Ok(self.places(tx, &[words.to_owned()]).await?.pop().unwrap_or_default());
            };
            look.push(&format!("select {behind}"));
            let some = look.fetch_one(tx).await?.numbers(0)?;
            places.extend_from_slice(&some);
            if (some.len() as i64) < at_a_time {
                places.shrink_to_fit();
                return Ok(places);
            }
        }
    }

    /// What is known of a word that is everywhere, asked for again where something was touched.
    async fn again(&self, tx: &mut Tx, words: &str, known: &[i64], spans: &[(i64, i64)]) -> Sql<Vec<i64>> {
        let (mut fresh, mut from) = (Vec::with_capacity(known.len() + spans.len()), 0);
        for (first, last) in spans {
            let upto = from + known[from..].partition_point(|place| place < first);
            fresh.extend_from_slice(&known[from..upto]);
            from = upto + known[upto..].partition_point(|place| place <= last);
            let mut look = Statement::default();
            let [first, last, words] = [look.arg(*first), look.arg(*last), look.arg(words)];
            look.push(&self.dialect.matching_between(&first, &last, &words));
            let begin = fresh.len();
            for row in look.fetch_all(tx).await? {
                fresh.push(row.try_get(0)?);
            }
            fresh[begin..].sort_unstable();
        }
        fresh.extend_from_slice(&known[from..]);
        Ok(fresh)
    }

    /// The sum of the weights of all that each match matches as well. It is the item's and the query's alone, so what
    /// arrives moves nobody.
    async fn scores(&self, tx: &mut Tx, must: &str, places: &[i64]) -> Sql<Vec<(i64, i64)>> {
        let better = self.better.iter().take(BETTER);
        let better = better.filter_map(|(phrase, weight)| Some((self.dialect.better(must, phrase)?, *weight)));
        let (better, weights): (Vec<String>, Vec<u32>) = better.unzip();
        let mut scores: Vec<(i64, i64)> = places.iter().map(|place| (*place, 0)).collect();
        for (also, weight) in self.places(tx, &better).await?.iter().zip(weights) {
            let mut rest = scores.as_mut_slice();
            for place in also {
                let next = rest.partition_point(|(seq, _)| seq < place);
                rest = &mut rest[next..];
                if let Some((_, score)) = rest.first_mut().filter(|(seq, _)| seq == place) {
                    *score += i64::from(weight);
                }
            }
        }
        Ok(scores)
    }

    /// The places of what matches each of these, in order: one statement for all.
    async fn places(&self, tx: &mut Tx, words: &[String]) -> Sql<Vec<Vec<i64>>> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut look = Statement::default();
        let lists: Vec<String> = words.iter().map(|words| look.arg(words)).collect();
        let lists: Vec<String> = lists.iter().map(|argument| self.dialect.matching(argument)).collect();
        look.push(&format!("select {}", lists.join(", ")));
        let row = look.fetch_one(tx).await?;
        let places = |column: usize| {
            let mut places = row.numbers(column)?;
            places.sort_unstable();
            places.shrink_to_fit();
            Ok(places)
        };
        (0..words.len()).map(places).collect()
    }
}

/// The words that must match, or that must not where nothing must, if they are single ones.
fn single(words: &Words) -> Option<Vec<String>> {
    match (&words.must[..], &words.not[..]) {
        (must, []) => any_of(must),
        ([], not) => none_of(not),
        _ => None,
    }
}

/// From where to where something was touched: places between which few are known go together, since to enter the index
/// costs more than some hundred places there. Nothing if there are too many of them.
fn spans(found: &Found) -> Option<Vec<(i64, i64)>> {
    let mut touched = found.touched.clone();
    touched.sort_unstable();
    touched.dedup();
    let number = |place: i64| found.places.partition_point(|known| *known < place);
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for place in touched {
        match spans.last_mut() {
            Some((_, last)) if number(place) - number(*last) <= NEAR => *last = place,
            _ => spans.push((place, place)),
        }
    }
    (spans.len() <= SPANS).then_some(spans)
}

#[cfg(test)]
mod tests;
