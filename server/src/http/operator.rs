//! What only operators may do, and where to tell them of a weakness.
//!
//! Promises: without a token in the settings these routes do not exist. Refuses: to say whether a token was nearly
//! right, in words or by the time it takes.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};

use super::App;
use super::problem::Problem;
use crate::clock::now;

/// How long what we say about reporting weaknesses holds. RFC 9116 asks for less than a year.
const HOLDS_DAYS: i64 = 180;

/// Visits one source now, due or not, and says what it brought.
pub(super) async fn visit(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    admit(&app, &headers)?;
    let poller = app.poller.as_ref().filter(|_| app.catalogue.source(&id).is_some());
    let poller = poller.ok_or_else(|| Problem::NotFound(format!("source {id:?}")))?.clone();
    // A visit that was begun is ended, though whoever asked for it goes away.
    let visiting = tokio::spawn(async move { poller.once(&[id]).await });
    let summary = visiting.await.map_err(|error| Problem::Internal(error.into()))?.map_err(Problem::Internal)?;
    let body = serde_json::to_vec(&summary).map_err(|error| Problem::Internal(error.into()))?;
    let json = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((json, body).into_response())
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
