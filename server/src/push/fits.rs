//! Whether an item fits a query, without asking the store: one change is held against thousands of queries.
//!
//! The same question as `Store::find` answers, term by term; a test holds the two against each other.

use std::sync::OnceLock;

use german::search::{self, Matcher};
use model::{Item, Kind, Moment, Query, When};
use store::Changed;

/// A query, prepared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Fits {
    query: Query,
    words: Matcher,
}

/// A change that many look at.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) changed: Changed,
    /// The item's terms with a space at either end, once somebody asks.
    terms: OnceLock<String>,
}

impl Told {
    pub(crate) fn new(changed: Changed) -> Self {
        Told { changed, terms: OnceLock::new() }
    }

    fn terms(&self) -> &str {
        self.terms.get_or_init(|| {
            let Item { title, kicker, summary, .. } = &self.changed.item;
            format!(" {} ", search::terms(title, kicker.as_deref().unwrap_or_default(), summary))
        })
    }

    /// The first and the last moment: of an event its own, of news that of publication.
    fn span(&self) -> (i64, i64) {
        let item = &self.changed.item;
        match item.event.as_ref().filter(|_| item.kind == Kind::Event) {
            None => {
                let at = item.published.unwrap_or(self.changed.at).ms();
                (at, at)
            }
            Some(event) => {
                let begins = event.start.start().ms();
                let last = match event.end.unwrap_or(event.start) {
                    When::Day(date) => When::Day(date).end().ms() - 1,
                    When::At(moment) => moment.ms(),
                };
                (begins, last.max(begins))
            }
        }
    }
}

impl Fits {
    /// A query without its page: neither order nor limit nor cursor say what fits.
    pub(crate) fn new(query: &Query) -> Self {
        let words = search::ask(query.q.as_deref().unwrap_or_default()).matcher();
        let query =
            Query { q: None, sort: None, limit: None, cursor: None, lang: None, explain: false, ..query.clone() };
        Fits { query, words }
    }

    /// With `stories` only what leads its story: one of several copies is enough.
    pub(crate) fn fits(&self, told: &Told, now: Moment) -> bool {
        let Fits { query, words } = self;
        let item = &told.changed.item;
        let any = |wanted: bool, empty: bool| wanted || empty;
        query.kind.is_none_or(|kind| kind == item.kind)
            && any(query.states.iter().any(|state| item.states.contains(state)), query.states.is_empty())
            && any(query.topics.iter().any(|topic| item.topics.contains(topic)), query.topics.is_empty())
            && any(query.sources.contains(&item.source.id), query.sources.is_empty())
            && (query.stories != Some(true) || item.story.id == item.id)
            && self.in_time(told, now)
            && (words.is_open() || words.fits(told.terms()))
    }

    fn in_time(&self, told: &Told, now: Moment) -> bool {
        let Query { since, until, .. } = &self.query;
        if since.is_none() && until.is_none() {
            return true;
        }
        let (begins, ends) = told.span();
        since.is_none_or(|since| ends >= since.from(now).ms()) && until.is_none_or(|until| begins < until.to(now).ms())
    }
}

#[cfg(test)]
mod tests;
