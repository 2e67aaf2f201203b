//! What happens to every request, whatever it asks: limits before, headers after, and what is counted and logged.
//!
//! Promises: no handler sees an address that is too long or a client that asks too often; every answer carries the
//! headers that make it safe to show and an id to find it by; a handler that hangs becomes a problem document.
//! Nothing here knows who a visitor is for longer than the rate limit needs, and nothing that could say so is logged.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tower::Service as _;

use super::Live;
use super::answers::{Answers, Known, Way};
use super::meters::METERS;
use super::problem::{Cause, Problem};
use crate::config::HttpConfig;

mod accept;
mod clients;
mod patience;

pub(crate) use accept::serve;
use clients::Clients;
pub(crate) use clients::proxies;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Headers of every answer that does not say otherwise: all of it is public data, for pages of any origin.
const COMMON: [(HeaderName, HeaderValue); 5] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("age, cache-status, etag, link, retry-after, x-request-id"),
    ),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
];

/// The outermost room: the routes, and what is asked of whoever wants in.
pub(super) struct Edge {
    router: Router,
    /// What was answered already, if that is to be looked at before the routes.
    live: Option<Live>,
    settings: HttpConfig,
    clients: Clients,
    /// Tells the ids of this process from those of the one before.
    run: u32,
    requests: AtomicU64,
}

/// Which route answered, now or the last time.
enum Route {
    Matched(MatchedPath),
    Known(Arc<Known>),
}

/// Requests that no route answered.
const OTHER: &str = "other";

impl Route {
    fn name(&self) -> &str {
        match self {
            Route::Matched(path) => path.as_str(),
            Route::Known(known) => &known.route,
        }
    }
}

impl Edge {
    /// # Errors
    /// A setting that cannot be used.
    pub(super) fn new(router: Router, settings: &HttpConfig) -> anyhow::Result<Self> {
        // Ids need only differ; nobody gains anything by guessing one.
        let born = format!("{:?} {}", std::time::SystemTime::now(), std::process::id());
        let run = (crate::hash::digest64(born.as_bytes()) >> 32) as u32;
        let router = router.layer(axum::middleware::from_fn(matched));
        let (settings, clients) = (settings.clone(), Clients::new(settings)?);
        Ok(Edge { router, live: None, settings, clients, run, requests: AtomicU64::new(0) })
    }

    /// The same, with the answers of an app.
    pub(super) fn with(mut self, live: Live) -> Self {
        self.live = Some(live);
        self
    }

    /// Answers one request from this address.
    pub(super) async fn answer(&self, peer: Option<SocketAddr>, request: Request) -> Response {
        let begun = Instant::now();
        let peer = peer.map(|peer| peer.ip().to_canonical());
        let id = self.id(peer, request.headers());
        let method = request.method().clone();
        let (mut response, route) = match self.refuse(peer, &request) {
            Some(problem) => (problem.into_response(), None),
            None => self.give(request).await,
        };
        if response.status() == StatusCode::METHOD_NOT_ALLOWED || method == Method::OPTIONS {
            name_options(response.headers_mut());
        }
        for (name, value) in COMMON {
            response.headers_mut().entry(name).or_insert(value);
        }
        let route = route.as_ref().map_or(OTHER, |route| route.name());
        self.report(&id, &method, route, &response, begun);
        response.headers_mut().insert(REQUEST_ID, id);
        response
    }

    fn refuse(&self, peer: Option<IpAddr>, request: &Request) -> Option<Problem> {
        let length = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
        if length > self.settings.max_url {
            return Some(Problem::TooLong(self.settings.max_url));
        }
        let wait = self.clients.admit(peer?, request.headers()).err()?;
        Some(Problem::TooMany(wait))
    }

    /// The answer that was given to the same words before, or what the routes say.
    async fn give(&self, request: Request) -> (Response, Option<Route>) {
        let app = self.live.as_ref().map(Live::app);
        let name = app.as_ref().and_then(|_| Answers::name(&request));
        if let (Some(app), Some(name)) = (&app, &name)
            && let Some((response, known)) = app.answers.again(request.headers(), name).await
        {
            return (response, Some(Route::Known(known)));
        }
        // In a box of its own: who was answered before carries no room for the routes along.
        let mut response = Box::pin(self.route(request)).await;
        let path = response.extensions().get::<MatchedPath>().cloned();
        if let (Some(app), Some(name), Some(path)) = (app, name, &path)
            && let Some(way) = response.extensions_mut().remove::<Way>()
        {
            app.answers.learn(name, way, path.as_str().to_owned());
        }
        (response, path.map(Route::Matched))
    }

    async fn route(&self, request: Request) -> Response {
        let mut router = self.router.clone();
        match tokio::time::timeout(self.settings.timeout, router.call(request)).await {
            Ok(Ok(response)) => response,
            Err(_) => Problem::Busy.into_response(),
        }
    }

    /// Counts, and says to the operator what went wrong and, if asked to, that there was a request at all.
    fn report(&self, id: &HeaderValue, method: &Method, route: &str, response: &Response, begun: Instant) {
        let took = begun.elapsed();
        let status = response.status().as_u16();
        METERS.count(route, status, took);
        let id = id.to_str().unwrap_or_default();
        if let Some(Cause(cause)) = response.extensions().get() {
            tracing::error!(id, route, status, error = &**cause, "a request failed");
        }
        if self.settings.access_log {
            // The route, not the address: what somebody searched for is theirs.
            let bytes = response.body().size_hint().exact().unwrap_or(0);
            let ms = took.as_secs_f64() * 1e3;
            tracing::info!(id, %method, route, status, bytes, ms, "answered");
        }
    }

    /// The id that a proxy of ours gave the request, or a new one.
    fn id(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> HeaderValue {
        let sound = |id: &&HeaderValue| {
            let bytes = id.as_bytes();
            (1..=64).contains(&bytes.len()) && bytes.iter().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(b))
        };
        if let Some(given) = headers.get(REQUEST_ID).filter(sound)
            && peer.is_some_and(|peer| self.clients.trusts(peer))
        {
            return given.clone();
        }
        let number = self.requests.fetch_add(1, Relaxed);
        HeaderValue::from_str(&format!("{:08x}-{number:x}", self.run)).expect("hexadecimal digits and a hyphen")
    }
}

/// Every route answers OPTIONS.
fn name_options(headers: &mut HeaderMap) {
    let Some(allowed) = headers.get(header::ALLOW).and_then(|value| value.to_str().ok()) else { return };
    if !allowed.contains("OPTIONS") {
        let allowed = allowed.replace(',', ", ") + ", OPTIONS";
        if let Ok(allowed) = HeaderValue::from_str(&allowed) {
            headers.insert(header::ALLOW, allowed);
        }
    }
}

/// Tells the rooms above which route answered: they count and log by route.
async fn matched(path: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(path) = path {
        response.extensions_mut().insert(path);
    }
    response
}

/// The body of a request as handlers know it.
fn incoming(request: hyper::Request<hyper::body::Incoming>) -> Request {
    request.map(Body::new)
}

#[cfg(test)]
mod tests;
