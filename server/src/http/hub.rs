//! The doors of WebSub: `/hub`, where others subscribe to our feeds.
//!
//! What is asked there is only noted and answered 202; `push::hub` asks back whether it was meant. A refusal says why
//! in one sentence of plain text (WebSub, 5.3).

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use model::{Kind, Query};
use store::Intent;
use url::Url;

use super::problem::Problem;
use super::question::question;
use super::{App, Live, feeds};
use crate::clock::now;
use crate::push::Door;
use crate::push::sign::fingerprint;

/// A form with three addresses is shorter.
const FORM: usize = 16 << 10;
/// WebSub, 5.1: a secret has less than 200 bytes.
const SECRET: usize = 200;
const ADDRESS: usize = 2048;
/// For how long, in seconds, one may subscribe, and for how long one does who does not say.
const LEASES: std::ops::RangeInclusive<i64> = 300..=30 * 24 * 3600;
const LEASE: i64 = 10 * 24 * 3600;
/// Our feeds, by what stands after `/feeds/`.
const FEEDS: [&str; 4] = ["atom.xml", "rss.xml", "feed.json", "events.ics"];

pub(super) fn routes() -> Router<Live> {
    Router::new().route("/hub", get(about).merge(post(ask).layer(DefaultBodyLimit::max(FORM))))
}

/// The feeds and nothing around them, for who delivers them.
pub(crate) fn feeds_alone(live: Live) -> Router {
    Router::new()
        .route("/feeds/atom.xml", get(feeds::atom))
        .route("/feeds/rss.xml", get(feeds::rss))
        .route("/feeds/feed.json", get(feeds::json))
        .route("/feeds/events.ics", get(feeds::calendar))
        .with_state(live)
}

/// What a topic asks for, if it is the address of one of our feeds.
pub(crate) fn topic_query(base: &str, topic: &str) -> Option<Query> {
    let rest = topic.strip_prefix(base)?.strip_prefix("/feeds/")?;
    let (file, pairs) = rest.split_once('?').unwrap_or((rest, ""));
    // What is not printable or would end a `Link` header is in no address of ours.
    let plain = topic.len() <= ADDRESS && topic.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"".contains(&b));
    if !FEEDS.contains(&file) || !plain || rest.contains('#') {
        return None;
    }
    let mut query = Query::from_pairs(url::form_urlencoded::parse(pairs.as_bytes())).ok()?;
    if file == "events.ics" {
        query.kind = Some(Kind::Event);
    }
    // A page of the past is no feed.
    query.cursor.is_none().then_some(query)
}

/// A word to people who open the address.
async fn about(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let hub = app.push.hub().ok_or_else(closed)?;
    let text = format!("{hub} is a WebSub hub (https://www.w3.org/TR/websub/) for the feeds of this server.\n");
    Ok(plain(StatusCode::OK, text))
}

async fn ask(State(app): State<Arc<App>>, form: Result<Bytes, BytesRejection>) -> Result<Response, Problem> {
    let door = app.push.door.as_ref().ok_or_else(closed)?;
    let form = form.map_err(|error| Problem::Body(error.status(), format!("allowed are {FORM} bytes")))?;
    let intent = match read(&app, door, &form).await {
        Ok(intent) => intent,
        Err(why) => return Ok(plain(StatusCode::BAD_REQUEST, why + "\n")),
    };
    if app.store.intend(&intent, door.limits, now()).await? {
        return Ok(plain(StatusCode::ACCEPTED, "you will be asked at your callback\n".to_owned()));
    }
    let mut full = plain(StatusCode::TOO_MANY_REQUESTS, "there are too many subscriptions here\n".to_owned());
    full.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("3600"));
    Ok(full)
}

/// What a form asks for.
///
/// # Errors
/// What is wrong with it, in one sentence.
async fn read(app: &App, door: &Door, form: &[u8]) -> Result<Intent, String> {
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(form).into_owned().collect();
    let field = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let needed = |name: &str| field(name).ok_or_else(|| format!("{name} is missing"));
    let subscribe = match needed("hub.mode")? {
        "subscribe" => true,
        "unsubscribe" => false,
        other => return Err(format!("hub.mode = {other:?}: allowed are subscribe and unsubscribe")),
    };
    let topic = needed("hub.topic")?.to_owned();
    let feeds = format!("allowed are the addresses of our feeds, {}/feeds/…", door.base);
    let query = topic_query(&door.base, &topic).ok_or_else(|| format!("hub.topic = {topic:.200?}: {feeds}"))?;
    let pairs = query.pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    question(pairs, app).await.map_err(|_| format!("hub.topic = {topic:.200?}: it names what is not here; {feeds}"))?;
    let callback = needed("hub.callback")?;
    let url = Url::parse(callback).ok().filter(|_| callback.len() <= ADDRESS);
    let url = url.ok_or_else(|| format!("hub.callback = {callback:.200?} is no address"))?;
    door.visitor.may_ask(url.as_str()).map_err(|why| format!("hub.callback = {callback:.200?}: {why}"))?;
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err("hub.callback: a name, a password or a fragment is none of it".to_owned());
    }
    let secret = field("hub.secret").filter(|secret| !secret.is_empty()).map(str::to_owned);
    if secret.as_ref().is_some_and(|secret| secret.len() >= SECRET) {
        return Err(format!("hub.secret: allowed are less than {SECRET} bytes"));
    }
    let lease = field("hub.lease_seconds").and_then(|seconds| seconds.parse::<i64>().ok()).unwrap_or(LEASE);
    Ok(Intent {
        id: fingerprint(&format!("{url}\n{topic}")),
        subscribe,
        host: url.host_str().unwrap_or_default().to_owned(),
        url: url.into(),
        topic,
        secret,
        lease_ms: lease.clamp(*LEASES.start(), *LEASES.end()) * 1000,
        ..Intent::default()
    })
}

fn closed() -> Problem {
    Problem::NotFound("hub here; the operator has not opened one (hub.open)".to_owned())
}

fn plain(status: StatusCode, text: String) -> Response {
    let (text_plain, uncached) = ("text/plain; charset=utf-8", "no-store");
    let fixed = [(header::CONTENT_TYPE, text_plain), (header::CACHE_CONTROL, uncached)];
    (status, fixed, text).into_response()
}

#[cfg(test)]
mod tests;
