//! What readers see: the panel as a fragment, as a page of its own, and on the start page. The markup is the panel's.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use model::{Lang, Query};
use panel::{Look, Names, PageHead, PanelData, Shell};
use serde::Serialize;

use super::App;
use super::problem::Problem;
use super::question::{PanelQuestion, words};
use super::respond::{Keep, with_tag};
use crate::clock::now;

const HTML: &str = "text/html; charset=utf-8";

/// Ours alone: no third host, no inline script or style. Anyone may frame it: it is public data without a session.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                      img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *";

/// The fragment and what it was rendered from: what the widget needs to hydrate it.
#[derive(Serialize)]
struct Hydrate<'a> {
    html: &'a str,
    data: &'a PanelData,
}

pub(super) async fn panel(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: PanelQuestion,
) -> Result<Response, Problem> {
    let shell = question.ask.shell;
    let data = data(&app, question).await?;
    let html = match shell {
        Shell::None => panel::render(&data),
        Shell::Dsd => panel::fragment_dsd(&data, &format!("{}/panel.css", data.origin)),
        Shell::Json => {
            let html = panel::render(&data);
            let body = serde_json::to_vec(&Hydrate { html: &html, data: &data });
            let body = body.map_err(|error| Problem::Internal(error.into()))?;
            return Ok(with_tag(&headers, "application/json", Keep::Shortly, body));
        }
    };
    Ok(with_tag(&headers, HTML, Keep::Shortly, html.into_bytes()))
}

pub(super) async fn embed(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: PanelQuestion,
) -> Result<Response, Problem> {
    let data = data(&app, question).await?;
    let canonical = panel::links::embed(&data.origin, &panel::links::plain(&data.query), &Look::default());
    let head = PageHead { stylesheet: "/panel.css".to_owned(), canonical: Some(canonical) };
    Ok(page(&headers, panel::page(&data, &head)))
}

pub(super) async fn start(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: PanelQuestion,
) -> Result<Response, Problem> {
    let data = data(&app, question).await?;
    Ok(page(&headers, panel::start(&data, "/panel.css")))
}

fn page(headers: &HeaderMap, html: String) -> Response {
    let mut response = with_tag(headers, HTML, Keep::Shortly, html.into_bytes());
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

async fn data(app: &App, question: PanelQuestion) -> Result<PanelData, Problem> {
    let PanelQuestion { ask, origin } = question;
    let query = ask.query.for_panel();
    let page = app.store.find(&query, &words(&query), now()).await?;
    let names = names(app, &query);
    Ok(PanelData { query: ask.query, page, names, origin: origin.0, look: ask.look, sample: app.sample })
}

/// What the codes of a query are called: all topics, since any may be chosen next, and the sources it names.
pub(super) fn names(app: &App, query: &Query) -> Names {
    let english = query.lang == Some(Lang::En);
    let topics = app.catalogue.topics.iter().map(|topic| {
        let label = if english { &topic.en } else { &topic.de };
        (topic.slug.clone(), label.clone())
    });
    let sources = app.catalogue.sources.iter().filter(|source| query.sources.contains(&source.id));
    let sources = sources.map(|source| (source.id.clone(), source.publisher.name.clone()));
    Names { topics: topics.collect(), sources: sources.collect() }
}
