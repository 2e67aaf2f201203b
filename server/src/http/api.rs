//! The JSON interface, version 1 (DESIGN 5.2).

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use model::catalogue::Certainty;
use model::{Facets, Lang, Moment, Outcome, Query, Source};
use serde::Serialize;
use serde::ser::{SerializeSeq as _, Serializer as _};
use store::SourceState;

use super::App;
use super::marks::marked;
use super::problem::Problem;
use super::pulse::Lasts;
use super::question::{Question, lasts, words};
use super::respond::Made;
use super::text::Writing;
use super::why::explain;
use crate::clock::now;
use crate::poll::{each_source, health};

#[derive(Serialize)]
struct TopicRow<'a> {
    slug: &'a str,
    label: &'a str,
    definition: &'a str,
    items: u64,
}

#[derive(Serialize)]
struct StateRow {
    code: &'static str,
    name: &'static str,
    items: u64,
}

#[derive(Serialize)]
struct SourceRow<'a> {
    id: &'a str,
    name: &'a str,
    url: &'a str,
    home: &'a str,
    licence: Option<&'a str>,
    enabled: bool,
    certainty: Certainty,
    items: i64,
    health: Health,
}

impl<'a> SourceRow<'a> {
    fn of(source: &'a Source, state: Option<&SourceState>) -> Self {
        SourceRow {
            id: &source.id,
            name: &source.publisher.name,
            url: &source.url,
            home: &source.publisher.home,
            licence: source.publisher.licence.as_deref(),
            enabled: source.enabled,
            certainty: source.status,
            items: state.map_or(0, |state| state.items),
            health: Health::of(source, state),
        }
    }
}

/// How a source fares, and how the last visits to it went.
#[derive(Serialize)]
struct Health {
    #[serde(flatten)]
    diagnosis: health::Health,
    last_visit: Option<Moment>,
    last_good: Option<Moment>,
    last_status: Option<u16>,
    last_outcome: Option<String>,
    fails: i64,
    next_visit: Option<Moment>,
}

impl Health {
    fn of(source: &Source, state: Option<&SourceState>) -> Self {
        Health {
            diagnosis: health::diagnose(source, state, now()),
            last_visit: state.and_then(|state| state.last_visit),
            last_good: state.and_then(|state| state.last_good),
            last_status: state.and_then(|state| state.last_status),
            last_outcome: state.and_then(|state| state.last_outcome.as_ref()).map(outcome),
            fails: state.map_or(0, |state| state.fails),
            next_visit: state.map(|state| state.next_due).filter(|_| source.enabled),
        }
    }
}

pub(super) async fn items(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Problem> {
    // The wording of pages is none of an item's.
    let query = Query { lang: None, ..question.query };
    let ask = format!("items?{}", query.to_query_string());
    let make = || async {
        let mut page = app.store.find(&query, &words(&query), now()).await?;
        if query.explain {
            explain(&app, &mut page.items).await?;
        }
        match marked(&query, &page) {
            Some(page) => Made::json(&page),
            None => Made::json(&page),
        }
    };
    app.answers.give(&headers, &ask, lasts(&query), make).await
}

pub(super) async fn item(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    id: Result<Path<String>, PathRejection>,
    question: Question,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|error| Problem::NotFound(format!("such item: {error}")))?;
    let ask = format!("item {id} {}", question.query.explain);
    let make = || async {
        let mut item = app.store.item(&id).await?.ok_or_else(|| Problem::NotFound(format!("item {id:?}")))?;
        if question.query.explain {
            explain(&app, std::slice::from_mut(&mut item)).await?;
        }
        Made::json(&item)
    };
    app.answers.give(&headers, &ask, Lasts::Generation, make).await
}

pub(super) async fn topics(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Problem> {
    let lang = question.query.lang.unwrap_or_default();
    let make = || async {
        let counts = counts(&app).await?.topic;
        let rows = app.catalogue.topics.iter().map(|topic| TopicRow {
            slug: &topic.slug,
            label: if lang == Lang::En { &topic.en } else { &topic.de },
            definition: &topic.definition,
            items: counts.get(&topic.slug).copied().unwrap_or(0),
        });
        Made::json(&rows.collect::<Vec<_>>())
    };
    app.answers.give(&headers, &format!("topics {}", lang.code()), Lasts::Generation, make).await
}

pub(super) async fn states(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Problem> {
    let lang = question.query.lang.unwrap_or_default();
    let make = || async {
        let counts = counts(&app).await?.state;
        let words = panel::words::of(lang);
        Made::json(&model::State::ALL.map(|state| StateRow {
            code: state.code(),
            name: words.state(state),
            items: counts.get(state.code()).copied().unwrap_or(0),
        }))
    };
    app.answers.give(&headers, &format!("states {}", lang.code()), Lasts::Generation, make).await
}

pub(super) async fn sources(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    _question: Question,
) -> Result<Response, Problem> {
    let make = || async {
        let mut text = Writing::default();
        {
            let mut json = serde_json::Serializer::new(&mut text);
            let mut rows = json.serialize_seq(None)?;
            let mut written = Ok(());
            let write = |_, source: &_, state: Option<&_>| {
                if written.is_ok() {
                    written = rows.serialize_element(&SourceRow::of(source, state));
                }
            };
            each_source(&app.store, &app.catalogue, write).await?;
            written.and_then(|()| rows.end())?;
        }
        Made::written(text)
    };
    app.answers.give(&headers, "sources", Lasts::Second, make).await
}

/// Live: the process answers. Whether it should be asked is for `/readyz` to say, once there is something to wait for.
pub(super) async fn health() -> impl IntoResponse {
    ([("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store")], "ok\n")
}

/// The word, and the reason where there is one.
fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Fresh | Outcome::NotModified | Outcome::Gone => outcome.word().to_owned(),
        Outcome::Suspect(_, reason) | Outcome::Failed(reason) => format!("{}: {reason}", outcome.word()),
    }
}

async fn counts(app: &App) -> Result<Facets, Problem> {
    let query = Query { limit: Some(1), ..Query::default() };
    Ok(app.store.find(&query, &words(&query), now()).await?.facets)
}
