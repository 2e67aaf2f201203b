//! `GET /api/v1/stream`: what is new for a query, as server-sent events (WHATWG HTML, 9.2).
//!
//! Each event carries the number of its change as `id`; who comes again with it (`Last-Event-ID`, or the parameter
//! `last_event_id` where no header can be set) is told first what it missed, from the store. Who missed too much is
//! told `reset` instead, and asks `/api/v1/items` anew. All streams of a node share one feed and its buffers: one that
//! is read too slowly ends, and begins again where it broke off. All end when the process does.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use model::BadParameter;
use store::Store;
use tokio::runtime::Handle;
use tokio::sync::broadcast::error::RecvError;

use super::App;
use super::edge::{Work, streams};
use super::problem::Problem;
use super::question::{pairs, question};
use crate::clock::now;
use crate::push::feed::{Heard, Listener, Piece, TOGETHER};
use crate::push::fits::Fits;

/// A sign of life, so that proxies keep the connection and clients notice when it is gone.
const HEARTBEAT: Duration = Duration::from_secs(25);
/// Who waits to connect again is spread over so many milliseconds: after a restart all come at once.
const RETRY_MS: std::ops::Range<i64> = 2000..10_000;
/// Changes that are looked through for who has missed some; beyond, to ask anew is less work for both sides.
const MISSED: i64 = 2000;
/// Streams on one node, however many connections it has.
const STREAMS: usize = 20_000;
/// The parameter that stands in for the header: a page's first request cannot set it.
const PARAMETER: &str = "last_event_id";

/// One client's stream.
struct Stream {
    store: Store,
    /// Where the store is asked: not where bodies are sent.
    runtime: Handle,
    fits: Fits,
    listener: Listener,
    /// What it has, if it missed something.
    missed: Option<i64>,
    /// The last change that was told it, or that is none of its business.
    upto: i64,
    began: bool,
}

pub(super) async fn stream(State(app): State<Arc<App>>, headers: HeaderMap, parts: Parts) -> Result<Response, Problem> {
    let (numbers, others): (Vec<_>, Vec<_>) = pairs(&parts).into_iter().partition(|(name, _)| name == PARAMETER);
    let query = question(others, &app).await?;
    // The header is the later word: a browser that connects again repeats the address as it was.
    let header = headers.get("last-event-id").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let last = header.or_else(|| numbers.into_iter().next_back().map(|(_, value)| value));
    let last = last.filter(|value| !value.trim().is_empty()).map(|value| number(&value)).transpose()?;
    if app.push.feed.listeners() >= streams(app.settings.connections).min(STREAMS) {
        return Ok(busy());
    }
    let Some(listener) = app.push.feed.listen().await? else { return Ok(busy()) };
    let upto = listener.from;
    let missed = last.filter(|last| *last != upto);
    let (store, runtime, fits) = (app.store.clone(), Handle::current(), Fits::new(&query));
    let stream = Stream { store, runtime, fits, listener, missed, upto, began: false };
    let body = Body::from_stream(stream::unfold(Box::new(stream), |mut stream| async move {
        let bytes = stream.next().await?;
        Some((Ok::<_, std::convert::Infallible>(bytes), stream))
    }));
    let fixed = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store, no-transform")),
        // nginx would keep back what is less than a page.
        (header::HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    Ok((fixed, body).into_response())
}

fn number(value: &str) -> Result<i64, BadParameter> {
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    value.parse().ok().filter(|_| digits).ok_or_else(|| BadParameter {
        parameter: PARAMETER.to_owned(),
        value: value.chars().take(40).collect(),
        allowed: vec!["the id of an event of this stream".to_owned()],
    })
}

/// No stream just now: as many as one node bears, or it is ending.
fn busy() -> Response {
    Problem::Full("no stream is free on this node; try again, or ask /api/v1/items".to_owned()).into_response()
}

impl Stream {
    /// The next bytes to send; none at the end.
    async fn next(&mut self) -> Option<Bytes> {
        if !self.began {
            self.began = true;
            let spread = now().ms().rem_euclid(RETRY_MS.end - RETRY_MS.start);
            let id = self.missed.unwrap_or(self.upto);
            return Some(format!("retry: {}\nid: {id}\n\n", RETRY_MS.start + spread).into());
        }
        loop {
            if let Some(missed) = self.missed.take() {
                // What the store cannot tell now it may tell a moment later, to who comes again.
                match self.replay(missed).await? {
                    bytes if bytes.is_empty() => continue,
                    bytes => return Some(bytes),
                }
            }
            match tokio::time::timeout(HEARTBEAT, self.listener.heard.recv()).await {
                // The number goes on although nothing fits: who comes again has less to look through.
                Err(_) => return Some(format!(": still here\nid: {}\n\n", self.upto).into()),
                Ok(Ok(Heard::Piece(piece))) => {
                    let bytes = self.told(&piece);
                    if !bytes.is_empty() {
                        return Some(bytes);
                    }
                }
                // Read too slowly, or nothing more to come.
                Ok(Ok(Heard::End) | Err(RecvError::Lagged(_) | RecvError::Closed)) => return None,
            }
        }
    }

    /// What fits of a piece and is not told yet.
    fn told(&mut self, piece: &Piece) -> Bytes {
        let now = now();
        let after = self.upto;
        let fitting = piece.news.iter().filter(|news| news.told.changed.seq > after && self.fits.fits(&news.told, now));
        let mut frames = fitting.map(|news| &news.frame);
        let bytes = match (frames.next(), frames.next()) {
            (None, _) => Bytes::new(),
            // Nearly always it is one, and that is shared with all who hear it.
            (Some(one), None) => one.clone(),
            (Some(one), Some(two)) => {
                let all = [one, two].into_iter().chain(frames);
                all.fold(Vec::new(), |mut all, frame| {
                    all.extend_from_slice(frame);
                    all
                })
                .into()
            }
        };
        self.upto = self.upto.max(piece.upto);
        bytes
    }

    /// One more step of what was missed, if the store tells it.
    async fn replay(&mut self, missed: i64) -> Option<Bytes> {
        let end = self.listener.from;
        if missed < end && end - missed > MISSED || missed > end {
            return Some(reset(end));
        }
        let store = self.store.clone();
        let changes = async move { store.changes(missed, TOGETHER).await };
        let mut changes = Work::of(&self.runtime, changes).await.ok()?.ok()?;
        if changes.lost {
            return Some(reset(end));
        }
        // What is behind the number from which on it listens, it hears.
        changes.items.retain(|changed| changed.seq <= end);
        changes.upto = changes.upto.min(end);
        self.missed = (changes.more && changes.upto < end).then_some(changes.upto);
        self.upto = missed;
        let bytes = self.told(&Piece::of(changes));
        if self.missed.is_none() {
            self.upto = end;
        }
        Some(bytes)
    }
}

/// Numbers that nobody can be told about any more: what is there now has to be asked for.
fn reset(upto: i64) -> Bytes {
    format!("id: {upto}\nevent: reset\ndata: {{}}\n\n").into()
}

#[cfg(test)]
mod tests;
