//! `/websub/{token}`: where hubs ask whether we meant it, and push what is new in a source.
//!
//! Nobody can guess an address here, and what is not signed with the secret that goes with it is thrown away. It is
//! answered 202 all the same (WebSub, 7.1.2): who guesses secrets learns nothing. What is genuine is acknowledged when
//! it is kept, so that a hub sends again what we could not keep.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use model::Document;
use tokio::sync::Semaphore;

use super::problem::Problem;
use super::question::pairs;
use super::{App, Live};
use crate::clock::now;
use crate::poll::Poller;
use crate::poll::websub::{Asked, is_genuine};

/// More than this no hub has to say at once.
const LARGEST: usize = 8 << 20;
/// How long it may take to say it, and to find a place among those that are read.
const PATIENCE: Duration = Duration::from_secs(20);
const WAIT: Duration = Duration::from_secs(5);
/// So much is read and judged at a time: what is pushed shall not crowd out who reads.
static PLACES: Semaphore = Semaphore::const_new(4);

/// What stands behind `/websub/`; what is no text is no token.
type Token = Result<Path<String>, PathRejection>;

pub(super) fn routes() -> Router<Live> {
    Router::new().route("/websub/{token}", get(confirm).post(receive))
}

async fn confirm(State(app): State<Arc<App>>, token: Token, parts: Parts) -> Result<Response, Problem> {
    let Path(token) = token.map_err(|_| nothing())?;
    let websub = app.push.callbacks.as_ref().and_then(Poller::websub).ok_or_else(nothing)?;
    let pairs = pairs(&parts);
    let field = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let lease_seconds = field("hub.lease_seconds").parse().ok();
    let asked =
        Asked { mode: field("hub.mode"), topic: field("hub.topic"), challenge: field("hub.challenge"), lease_seconds };
    let answer = websub.confirm(&token, asked, now()).await?.ok_or_else(nothing)?;
    // The challenge is the hub's own words: as plain text it is nothing but that.
    let fixed = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((fixed, answer).into_response())
}

async fn receive(State(app): State<Arc<App>>, token: Token, request: Request<Body>) -> Result<Response, Problem> {
    let Path(token) = token.map_err(|_| nothing())?;
    let poller = app.push.callbacks.as_ref().ok_or_else(nothing)?;
    let websub = poller.websub().ok_or_else(nothing)?;
    let subscription = websub.subscription(&token).await?.ok_or_else(nothing)?;
    if subscription.expires.is_none_or(|expires| expires <= now()) {
        return Ok(StatusCode::GONE.into_response());
    }
    let (parts, body) = request.into_parts();
    let read = tokio::time::timeout(PATIENCE, axum::body::to_bytes(body, LARGEST)).await;
    let Ok(Ok(bytes)) = read else { return Ok(StatusCode::PAYLOAD_TOO_LARGE.into_response()) };
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    if !is_genuine(&subscription, &bytes, text("x-hub-signature")) {
        tracing::warn!(source = subscription.source, "pushed without a valid signature: thrown away");
        return Ok(StatusCode::ACCEPTED.into_response());
    }
    let Ok(Ok(_place)) = tokio::time::timeout(WAIT, PLACES.acquire()).await else {
        let later = [(header::RETRY_AFTER, HeaderValue::from_static("60"))];
        return Ok((StatusCode::SERVICE_UNAVAILABLE, later).into_response());
    };
    let media_type = text("content-type").map(str::to_owned);
    let document = Document { bytes: bytes.into(), media_type, url: subscription.topic.clone() };
    // By itself: it may be keeping visits of others as well when the hub hangs up.
    let (keeps, source) = (poller.clone(), subscription.source.clone());
    let pushed = tokio::spawn(async move { keeps.pushed(&source, document).await }).await;
    match pushed.unwrap_or_else(|panic| Err(panic.into())) {
        Ok(true) => Ok(StatusCode::ACCEPTED.into_response()),
        // The source is no longer visited.
        Ok(false) => Ok(StatusCode::GONE.into_response()),
        Err(error) => Err(Problem::Internal(error.context(format!("pushed for {}", subscription.source)))),
    }
}

fn nothing() -> Problem {
    Problem::NotFound("subscription here".to_owned())
}

#[cfg(test)]
mod tests;
