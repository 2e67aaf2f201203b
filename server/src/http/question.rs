//! A request's question: its query string as a [`Query`] whose names the catalogue knows, and where it was asked.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri, header};
use german::search::{self, Asked};
use model::{BadParameter, Bound, Phrase, Query, Words};
use panel::Ask;

use super::App;
use super::problem::Problem;
use super::pulse::Lasts;

/// A question to the API or for a feed.
pub(super) struct Question {
    pub(super) query: Query,
    pub(super) origin: Origin,
}

/// A question for a panel: a query, and how the panel should look.
pub(super) struct PanelQuestion {
    pub(super) ask: Ask,
    pub(super) origin: Origin,
}

/// Scheme and host under which we were asked, as in `https://ticker.example`, without a slash at the end.
pub(super) struct Origin(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Question
where
    Arc<App>: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let app = &Arc::<App>::from_ref(state);
        let query = question(pairs(parts), app).await?;
        Ok(Question { query, origin: Origin::of(parts, app) })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PanelQuestion
where
    Arc<App>: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let app = &Arc::<App>::from_ref(state);
        let ask = Ask::from_pairs(pairs(parts))?;
        check(&ask.query, app).await?;
        Ok(PanelQuestion { ask, origin: Origin::of(parts, app) })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Origin
where
    Arc<App>: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let app = &Arc::<App>::from_ref(state);
        Ok(Origin::of(parts, app))
    }
}

impl Origin {
    fn of(parts: &Parts, app: &App) -> Self {
        if let Some(url) = &app.public_url {
            return Origin(url.trim_end_matches('/').to_owned());
        }
        let host = host(&parts.uri, &parts.headers).unwrap_or_default();
        // The header is the client's to choose, and it ends up in links.
        let sound = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
        Origin(if sound { format!("http://{host}") } else { String::new() })
    }
}

/// Whom a request asks: who asks a proxy says it with the address, which counts for more than the header (RFC 9112, 3.2.2).
pub(super) fn host<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    uri.authority().map(Authority::as_str).or_else(|| headers.get(header::HOST).and_then(|host| host.to_str().ok()))
}

/// The search words of a query, taken apart by the rules of the language.
pub(crate) fn words(query: &Query) -> Words {
    let Asked { must, not, better } = search::ask(query.q.as_deref().unwrap_or_default());
    let phrase = |search::Phrase { terms, open }| Phrase { terms, open };
    let way = |way: Vec<search::Phrase>| way.into_iter().map(phrase).collect();
    let ways = |ways: Vec<Vec<search::Phrase>>| ways.into_iter().map(way).collect();
    Words {
        must: must.into_iter().map(ways).collect(),
        not: not.into_iter().map(phrase).collect(),
        better: better.into_iter().map(|(better, weight)| (phrase(better), weight)).collect(),
    }
}

/// A query and its search words.
pub(super) fn with_words(query: Query) -> (Query, Words) {
    let words = words(&query);
    (query, words)
}

/// How long an answer to this query holds. `7d` and `24h` mean something else a moment later.
pub(super) fn lasts(query: &Query) -> Lasts {
    let relative = |bound: Option<Bound>| matches!(bound, Some(Bound::Hours(_) | Bound::Days(_)));
    if relative(query.since) || relative(query.until) { Lasts::Minute } else { Lasts::Generation }
}

/// The query of these pairs, its names checked.
pub(super) async fn question(pairs: Vec<(String, String)>, app: &App) -> Result<Query, Problem> {
    let query = Query::from_pairs(pairs)?;
    check(&query, app).await?;
    Ok(query)
}

pub(super) fn pairs(parts: &Parts) -> Vec<(String, String)> {
    url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect()
}

/// A cursor must look like one. Names must be known; a source that has left the catalogue is known as long as the store
/// has items of it.
async fn check(query: &Query, app: &App) -> Result<(), Problem> {
    if let Some(odd) = query.cursor.as_deref().filter(|cursor| !store::is_cursor(cursor)) {
        let allowed = vec!["the next of a page of the same query".to_owned()];
        return Err(BadParameter { parameter: "cursor".to_owned(), value: odd.to_owned(), allowed }.into());
    }
    let catalogue = &app.catalogue;
    let topics = catalogue.topics.iter().map(|topic| topic.slug.as_str());
    let sources = catalogue.sources.iter().map(|source| source.id.as_str());
    let Err(bad) = query.check_names(topics.clone(), sources.clone()) else { return Ok(()) };
    if bad.parameter != "source" {
        return Err(bad.into());
    }
    let kept = app.store.source_ids().await?;
    let left = kept.iter().map(String::as_str).filter(|id| catalogue.source(id).is_none());
    Ok(query.check_names(topics, sources.chain(left))?)
}

#[cfg(test)]
mod tests;
