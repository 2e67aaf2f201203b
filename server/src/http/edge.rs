//! What happens to every request, whatever it asks: limits before, headers after, and what is counted and logged.
//!
//! Promises: no handler sees an address that is too long or a client that asks too often; every answer carries the
//! headers that make it safe to show and an id to find it by; a handler that hangs becomes a problem document.
//! Nothing here knows who a visitor is for longer than the rate limit needs, and nothing that could say so is logged.

use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use axum::body::{Body, HttpBody};
use axum::extract::{MatchedPath, Request};
use axum::http::{self, HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum::{BoxError, Router};
use bytes::Bytes;
use futures_util::future::{Either, Ready, ready};
use tokio::runtime::Handle;
use tower::Service as _;

use super::Live;
use super::answers::{Answers, AtHand, Way};
use super::meters::{METERS, Meter};
use super::problem::{Cause, Problem};
use super::respond::{REQUEST_ID, complete};
use crate::config::HttpConfig;

mod accept;
mod alarm;
mod clerks;
mod clients;
mod patience;
mod visit;
mod work;

pub(crate) use accept::serve;
pub(super) use accept::streams;
use clients::Clients;
pub(crate) use clients::proxies;
pub(super) use work::Work;

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
    /// Where whatever takes work is done.
    runtime: Handle,
}

/// Requests that no route answered.
const OTHER: &str = "other";

/// What is to be said of a request once it is answered.
struct Heard {
    id: HeaderValue,
    method: Method,
    begun: Instant,
}

/// An answer that is there, or one that takes a while.
type Answer = Either<Ready<Response>, Pin<Box<dyn Future<Output = Response> + Send>>>;

fn at_once(response: Response) -> Answer {
    Either::Left(ready(response))
}

impl Edge {
    /// Over these routes, which run in the runtime in which this is called.
    ///
    /// # Errors
    /// A setting that cannot be used.
    pub(super) fn new(router: Router, settings: &HttpConfig) -> anyhow::Result<Self> {
        // Ids need only differ; nobody gains anything by guessing one.
        let born = format!("{:?} {}", std::time::SystemTime::now(), std::process::id());
        let run = (crate::hash::digest64(born.as_bytes()) >> 32) as u32;
        let router = router.layer(axum::middleware::from_fn(matched));
        let (settings, clients) = (settings.clone(), Clients::new(settings)?);
        let (requests, runtime) = (AtomicU64::new(0), Handle::current());
        Ok(Edge { router, live: None, settings, clients, run, requests, runtime })
    }

    /// The same, with the answers of an app.
    pub(super) fn with(mut self, live: Live) -> Self {
        self.live = Some(live);
        self
    }

    /// Answers one request from this address: at once, if that was done before, or with the help of the runtime.
    pub(super) fn answer<B>(self: &Arc<Self>, peer: Option<SocketAddr>, request: http::Request<B>) -> Answer
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let begun = Instant::now();
        let peer = peer.map(|peer| peer.ip().to_canonical());
        let id = self.id(peer, request.headers());
        let heard = Heard { id, method: request.method().clone(), begun };
        if let Some(problem) = self.refuse(peer, &request) {
            return at_once(self.finish(problem.into_response(), heard));
        }
        let name = self.live.as_ref().and_then(|_| Answers::name(&request));
        if let (Some(live), Some(name)) = (&self.live, &name)
            && let Some(AtHand { response, known, renew }) = live.app().answers.at_hand(request.headers(), name, begun)
        {
            if renew {
                self.renew(&request, name.clone());
            }
            return at_once(self.report(response, heard, &known.route, &known.meter));
        }
        // In a box of its own: who is answered at once carries no room for this along.
        let (edge, request) = (Arc::clone(self), request.map(Body::new));
        Either::Right(Box::pin(async move {
            let asked = Arc::clone(&edge);
            let response = Work::of(&edge.runtime, async move { asked.give(request, name).await }).await;
            edge.finish(response.unwrap_or_else(|error| Problem::Internal(error.into()).into_response()), heard)
        }))
    }

    /// Asks the same on behalf of those who come next.
    fn renew<B>(self: &Arc<Self>, request: &http::Request<B>, name: String) {
        let mut again = Request::new(Body::empty());
        *again.uri_mut() = request.uri().clone();
        *again.headers_mut() = request.headers().clone();
        let edge = Arc::clone(self);
        self.runtime.spawn(async move {
            edge.give(again, Some(name.clone())).await;
            if let Some(live) = &edge.live {
                live.app().answers.tried(&name);
            }
        });
    }

    fn refuse<B>(&self, peer: Option<IpAddr>, request: &http::Request<B>) -> Option<Problem> {
        let length = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
        if length > self.settings.max_url {
            return Some(Problem::TooLong(self.settings.max_url));
        }
        // RFC 9112, 3.2: without a host, with two, or with what is none, nobody knows who is asked.
        let mut hosts = request.headers().get_all(header::HOST).iter();
        let (first, second) = (hosts.next(), hosts.next());
        let missing = first.is_none() && request.version() == http::Version::HTTP_11;
        if missing || second.is_some() || first.is_some_and(|host| !is_host(host.as_bytes())) {
            return Some(Problem::Host);
        }
        let wait = self.clients.admit(peer?, request.headers()).err()?;
        Some(Problem::TooMany(wait))
    }

    /// What the routes say; the way to it is learned if it may be asked again.
    async fn give(&self, request: Request, name: Option<String>) -> Response {
        let app = self.live.as_ref().map(Live::app);
        let mut response = self.route(request).await;
        let way = response.extensions_mut().remove::<Way>();
        if let (Some(app), Some(name), Some(way)) = (app, name, way)
            && let Some(path) = response.extensions().get::<MatchedPath>()
        {
            app.answers.learn(name, way, path.as_str().to_owned());
        }
        response
    }

    /// The response of a route, or of none, with what all have.
    fn finish(&self, mut response: Response, heard: Heard) -> Response {
        if response.status() == StatusCode::METHOD_NOT_ALLOWED || heard.method == Method::OPTIONS {
            name_options(response.headers_mut());
        }
        let path = response.extensions().get::<MatchedPath>().cloned();
        let route = path.as_ref().map_or(OTHER, MatchedPath::as_str);
        complete(&mut response, route);
        self.report(response, heard, route, &METERS.of(route))
    }

    async fn route(&self, request: Request) -> Response {
        let mut router = self.router.clone();
        match tokio::time::timeout(self.settings.timeout, router.call(request)).await {
            Ok(Ok(response)) => response,
            Err(_) => Problem::Busy.into_response(),
        }
    }

    /// Counts, and says to the operator what went wrong and, if asked to, that there was a request at all.
    fn report(&self, mut response: Response, heard: Heard, route: &str, meter: &Meter) -> Response {
        let Heard { id, method, begun } = heard;
        let (took, status) = (begun.elapsed(), response.status().as_u16());
        meter.count(status, took);
        let name = id.to_str().unwrap_or_default();
        if let Some(Cause(cause)) = response.extensions().get() {
            tracing::error!(id = name, route, status, error = &**cause, "a request failed");
        }
        if self.settings.access_log {
            // The route, not the address: what somebody searched for is theirs.
            let said = || response.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok();
            let bytes = response.body().size_hint().exact().or_else(said).unwrap_or(0);
            let ms = took.as_secs_f64() * 1e3;
            tracing::info!(id = name, %method, route, status, bytes, ms, "answered");
        }
        response.headers_mut().insert(REQUEST_ID, id);
        response
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
        let digits = (u64::BITS - number.leading_zeros()).div_ceil(4).max(1);
        let mut id = Vec::with_capacity(32);
        id.extend(hexadecimal(u64::from(self.run), 8));
        id.push(b'-');
        id.extend(hexadecimal(number, digits));
        HeaderValue::from_maybe_shared(Bytes::from(id)).expect("hexadecimal digits and a hyphen")
    }
}

/// Whether these are characters of a host and a port (RFC 3986, 3.2.2); there may be none.
fn is_host(host: &[u8]) -> bool {
    host.iter().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]_~%!$&'()*+,;=".contains(byte))
}

/// So many of the last digits. Each request takes some, and `format!` would take longer than to find the answer.
fn hexadecimal(number: u64, digits: u32) -> impl Iterator<Item = u8> {
    (0..digits).rev().map(move |place| b"0123456789abcdef"[(number >> (4 * place) & 15) as usize])
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

#[cfg(test)]
mod tests;
