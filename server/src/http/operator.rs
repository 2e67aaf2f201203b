//! What only operators may do, and where to tell them of a weakness.
//!
//! Promises: without a token in the settings these routes do not exist. Refuses: to say whether a token was nearly
//! right, in words or by the time it takes.

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::{PathRejection, StringRejection};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post, put};
use model::Moment;
use serde::Serialize;
use serde_json::json;
use store::StoreError;

use super::problem::Problem;
use super::{App, Live};
use crate::clock::now;

/// How long what we say about reporting weaknesses holds. RFC 9116 asks for less than a year.
const HOLDS_DAYS: i64 = 180;

/// The routes that want a token.
pub(super) fn routes() -> Router<Live> {
    Router::new()
        .route("/admin/sources/{id}/visit", post(visit))
        .route("/admin/items/{id}/hidden", put(hide).delete(unhide).layer(DefaultBodyLimit::max(REASON)))
        .route("/admin/hidden", get(hidden))
}

/// Visits one source now, due or not, and says what it brought.
pub(super) async fn visit(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    admit(&app, &headers)?;
    let Path(id) = id.map_err(|error| Problem::NotFound(format!("such source: {error}")))?;
    let poller = app.poller.as_ref().filter(|_| app.catalogue.source(&id).is_some());
    let poller = poller.ok_or_else(|| Problem::NotFound(format!("source {id:?}")))?.clone();
    tracing::info!(source = id, "the operator has a source visited");
    // A visit that was begun is ended, though whoever asked for it goes away.
    let visiting = tokio::spawn(async move { poller.once(&[id]).await });
    let summary = visiting.await.map_err(|error| Problem::Internal(error.into()))?;
    let summary = summary.map_err(|error| match error.downcast::<StoreError>() {
        Ok(error) => Problem::from(error),
        Err(other) => Problem::Internal(other),
    })?;
    told(&summary)
}

/// The longest reason that is kept of why something is hidden, in bytes.
const REASON: usize = 2_000;

#[derive(Serialize)]
struct HiddenRow {
    id: String,
    hidden: Moment,
    reason: Option<String>,
    url: String,
    title: String,
}

/// What is hidden, the latest first.
pub(super) async fn hidden(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    admit(&app, &headers)?;
    let rows = app.store.hidden().await?.into_iter().map(|hidden| {
        let store::Hidden { item: id, at: hidden, reason, url, title } = hidden;
        HiddenRow { id, hidden, reason, url, title }
    });
    told(&rows.collect::<Vec<_>>())
}

/// Takes an item out of sight. The body, if there is one, is the reason, as plain text.
pub(super) async fn hide(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    id: Result<Path<String>, PathRejection>,
    reason: Result<String, StringRejection>,
) -> Result<Response, Problem> {
    admit(&app, &headers)?;
    let Path(id) = id.map_err(|error| Problem::NotFound(format!("such item: {error}")))?;
    let reason =
        reason.map_err(|error| Problem::Body(error.status(), format!("allowed are {REASON} bytes of UTF-8")))?;
    let reason = Some(reason.trim()).filter(|reason| !reason.is_empty());
    if !app.store.hide(&id, reason, now()).await? {
        return Err(Problem::NotFound(format!("item {id:?}")));
    }
    tracing::info!(item = id, reason, "the operator has hidden an item");
    told(&json!({ "id": id, "hidden": true }))
}

/// Lets an item be seen again.
pub(super) async fn unhide(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    admit(&app, &headers)?;
    let Path(id) = id.map_err(|error| Problem::NotFound(format!("such item: {error}")))?;
    if !app.store.unhide(&id, now()).await? {
        return Err(Problem::NotFound(format!("hidden item {id:?}")));
    }
    tracing::info!(item = id, "the operator lets an item be seen again");
    told(&json!({ "id": id, "hidden": false }))
}

/// An answer for the operator alone: nobody keeps it.
fn told(body: &impl Serialize) -> Result<Response, Problem> {
    let body = serde_json::to_vec(body).map_err(|error| Problem::Internal(error.into()))?;
    let fixed = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((fixed, body).into_response())
}

fn admit(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    let token = app.settings.admin_token.as_deref().ok_or(Problem::Unauthorised)?;
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (scheme, given) = given.split_once(' ').unwrap_or_default();
    // Of digests the time that a comparison takes tells nothing about what was compared.
    let same = crate::hash::digest(given.as_bytes()) == crate::hash::digest(token.as_bytes());
    if same && scheme.eq_ignore_ascii_case("bearer") { Ok(()) } else { Err(Problem::Unauthorised) }
}

/// `/.well-known/security.txt` (RFC 9116), if the operator says where to write.
pub(super) async fn security(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let contact = app.settings.security_contact.as_deref();
    let contact = contact.ok_or_else(|| Problem::NotFound("contact for weaknesses in the settings".to_owned()))?;
    let expires = now().date().plus_days(HOLDS_DAYS).start();
    let canonical = app.public_url.as_deref().map(|url| url.trim_end_matches('/'));
    let canonical = canonical.map_or_else(String::new, |url| format!("Canonical: {url}/.well-known/security.txt\n"));
    let text = format!("Contact: {contact}\nExpires: {expires}\nPreferred-Languages: de, en\n{canonical}");
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")];
    Ok((plain, text).into_response())
}

#[cfg(test)]
mod tests;
