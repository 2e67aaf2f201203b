//! Asks an origin for a document, politely. The only HTTP client of the house.
//!
//! A bad origin is an outcome, never an error: [`Fetched::Failed`] says why in one sentence. Limits hold for
//! connecting, for the first byte, for silence, for the whole visit and for the bytes after decompression (a 50 KB
//! answer may unfold to 50 MB). Redirects are followed by hand: each target passes the same guard and waits for its
//! own host's turn, and learns nothing that another address gave us.

use std::time::{Duration, Instant};

use model::{Document, Moment, Validators};
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Response, StatusCode};
use url::Url;

use super::gate::{Gates, Turns};
use super::guard::Guard;
use crate::clock::now;
use crate::config::FetchConfig;

mod asks;
mod client;
mod cookies;
mod links;
mod send;
mod unpack;
mod wall;

pub(crate) use asks::Asks;
pub(crate) use client::check;
use cookies::{Jar, Jars};
pub(crate) use links::Links;
pub(crate) use send::{Reply, Sending};

const MAX_REDIRECTS: usize = 5;
/// More of an error page is not read: a wall says so at its top.
const WALL_BYTES: usize = 64 << 10;
const ACCEPT: &str = "application/rss+xml, application/atom+xml, application/feed+json, text/calendar, \
                      application/xml;q=0.9, text/html;q=0.8, */*;q=0.5";

/// What the origin answered.
#[derive(Debug)]
pub(crate) enum Fetched {
    /// A document that we do not have yet.
    Fresh(Fresh),
    /// 304: what we have is current.
    NotModified(Asks),
    /// 410: it will not come back.
    Gone,
    /// No document; status if there was an answer, and why in one sentence.
    Failed { status: Option<u16>, reason: String, asks: Asks },
}

/// A document and what came with it.
#[derive(Debug)]
pub(crate) struct Fresh {
    pub(crate) status: u16,
    pub(crate) document: Document,
    pub(crate) validators: Validators,
    pub(crate) asks: Asks,
    /// What its headers say of a hub.
    pub(crate) links: Links,
}

/// The way to an answer.
#[derive(Debug)]
pub(crate) struct Journey {
    /// When the first request went out.
    pub(crate) started: Moment,
    /// How long origins took; waiting for a host's turn is no part of it.
    pub(crate) took: Duration,
    /// Where the address has moved for good: the end of the 301s and 308s that stood before anything else.
    pub(crate) moved: Option<String>,
    /// Who refuses us is a bot wall: what gives it away.
    pub(crate) wall: Option<&'static str>,
    /// The server sent what its own label says it is not, and was asked once more without compression.
    pub(crate) asked_plainly: bool,
    /// It ended before an address that robots.txt forbids.
    pub(crate) forbidden: bool,
}

/// Says of each address that an origin redirects to whether its robots.txt lets us in there, too, and when.
pub(crate) trait Leave: Turns {
    /// # Errors
    /// Why not.
    fn ask(&self, url: &Url) -> impl Future<Output = Result<(), Denied>> + Send;
}

/// Why an address is not asked, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Denied {
    /// Its robots.txt forbids it, or its server keeps it from us.
    Forbidden(String),
    /// Nobody is there to ask.
    Unreachable(String),
}

impl Denied {
    pub(crate) fn why(self) -> String {
        match self {
            Denied::Forbidden(why) | Denied::Unreachable(why) => why,
        }
    }
}

/// The clients, with their limits.
#[derive(Debug)]
pub(crate) struct Fetcher {
    client: Client,
    /// Takes bodies as they are: for servers whose `Content-Encoding` is wrong.
    plain: Client,
    guard: Guard,
    jars: Jars,
    from: Option<HeaderValue>,
    max_bytes: usize,
    first_byte: Duration,
    idle: Duration,
    total: Duration,
}

/// Where one request leads.
enum Step {
    /// To another address, and whether for good.
    On(Url, bool),
    Arrived(Fetched),
    /// The body is not what its label says.
    Garbled(Fetched),
}

impl Fetcher {
    /// Builds the clients. Installs the process's TLS provider if none is there yet.
    ///
    /// # Errors
    /// A setting that no client can be built with.
    pub(crate) fn new(config: &FetchConfig) -> anyhow::Result<Self> {
        let guard = Guard::new(&config.allow_private)?.with_proxies(&client::proxy_hosts(config));
        if let Some(notice) = client::proxy_notice(config) {
            tracing::info!("{notice}");
        }
        // RFC 9110, 10.1.2: `From` is a mail address; anything else stands in the User-Agent alone.
        let from = Some(&config.contact).filter(|contact| contact.contains('@') && !contact.contains("://"));
        Ok(Fetcher {
            client: client::build(config, &guard, true)?,
            plain: client::build(config, &guard, false)?,
            guard,
            jars: Jars::default(),
            from: from.and_then(|contact| HeaderValue::from_str(contact).ok()),
            max_bytes: config.max_bytes,
            first_byte: config.first_byte_timeout,
            idle: config.idle_timeout,
            total: config.timeout,
        })
    }

    /// Visits one address, following redirects, each host at its own pace.
    pub(crate) async fn fetch(
        &self,
        address: &str,
        validators: &Validators,
        gates: &Gates,
        leave: &impl Leave,
    ) -> (Fetched, Journey) {
        let (started, took) = (now(), Duration::ZERO);
        let (moved, wall) = (None, None);
        let mut journey = Journey { started, took, moved, wall, asked_plainly: false, forbidden: false };
        let mut jar = self.jars.of(address);
        let failed = |reason| Fetched::Failed { status: None, reason, asks: Asks::default() };
        let travelled = self.travel(address, validators, (gates, leave), &mut jar, &mut journey).await;
        let fetched = travelled.unwrap_or_else(failed);
        // A session that brought nothing but an error is given up: the next visit asks for a new one.
        let keep = matches!(fetched, Fetched::Fresh(_) | Fetched::NotModified(_));
        self.jars.put(address, if keep { jar } else { Jar::default() });
        (fetched, journey)
    }

    async fn travel(
        &self,
        address: &str,
        validators: &Validators,
        (gates, leave): (&Gates, &impl Leave),
        jar: &mut Jar,
        journey: &mut Journey,
    ) -> Result<Fetched, String> {
        let mut url = Url::parse(address).map_err(|error| format!("{address:?} is no address: {error}"))?;
        let (mut for_good, mut redirects) = (true, 0);
        while redirects <= MAX_REDIRECTS {
            self.guard.check(&url)?;
            if redirects > 0 {
                leave.ask(&url).await.map_err(|denied| {
                    journey.forbidden = matches!(denied, Denied::Forbidden(_));
                    denied.why()
                })?;
            }
            let _slot = match gates.enter(url.host_str().unwrap_or_default(), leave).await {
                Ok(slot) => slot,
                Err(wait) => return Ok(put_off(wait)),
            };
            if redirects == 0 && !journey.asked_plainly {
                journey.started = now();
            }
            let conditions = self.headers(validators, &url, redirects == 0);
            let (clock, left) = (Instant::now(), self.total.saturating_sub(journey.took));
            let step = tokio::time::timeout(left, self.step(&url, conditions, jar, journey)).await;
            journey.took += clock.elapsed();
            match step.map_err(|_| "the server took too long".to_owned())?? {
                Step::Arrived(fetched) => return Ok(fetched),
                Step::Garbled(fetched) if journey.asked_plainly => return Ok(fetched),
                Step::Garbled(_) => journey.asked_plainly = true,
                Step::On(target, permanent) => {
                    for_good &= permanent;
                    if for_good {
                        journey.moved = Some(target.to_string());
                    }
                    (url, redirects) = (target, redirects + 1);
                }
            }
        }
        Err(format!("more than {MAX_REDIRECTS} redirects, last to {url}"))
    }

    /// One request, and what its answer says to do next.
    async fn step(&self, url: &Url, headers: HeaderMap, jar: &mut Jar, journey: &mut Journey) -> Result<Step, String> {
        let client = if journey.asked_plainly { &self.plain } else { &self.client };
        let mut request = client.get(url.clone()).headers(headers);
        if journey.asked_plainly {
            request = request.header(header::ACCEPT_ENCODING, "identity");
        }
        let cookies = jar.header(url, now());
        let stranger = cookies.is_none();
        if let Some(cookies) = cookies {
            request = request.header(header::COOKIE, cookies);
        }
        let sent = tokio::time::timeout(self.first_byte, request.send()).await;
        let sent = sent.map_err(|_| format!("no answer within {} s", self.first_byte.as_secs_f32()))?;
        let response = sent.map_err(|error| explain(&error))?;
        jar.take(url, &response.headers().get_all(header::SET_COOKIE), now());
        match redirect_target(&response, url)? {
            Some(target) => Ok(Step::On(target, matches!(response.status().as_u16(), 301 | 308))),
            // Refused for want of the cookie that the refusal sets.
            None if stranger && response.status() == StatusCode::BAD_REQUEST && jar.header(url, now()).is_some() => {
                Ok(Step::On(url.clone(), false))
            }
            None => Ok(self.judge(response, url, journey).await),
        }
    }

    async fn judge(&self, response: Response, url: &Url, journey: &mut Journey) -> Step {
        let (status, asks) = (response.status(), Asks::of(response.headers()));
        let failed = |reason: String| Fetched::Failed { status: Some(status.as_u16()), reason, asks };
        match status {
            StatusCode::NOT_MODIFIED => return Step::Arrived(Fetched::NotModified(asks)),
            StatusCode::GONE => return Step::Arrived(Fetched::Gone),
            // 206 without a Range request is a part of something, not the thing.
            status if !status.is_success() || status == StatusCode::PARTIAL_CONTENT => {
                journey.wall = self.wall(response).await;
                let wall = journey.wall.map_or(String::new(), |mark| format!(": a bot wall ({mark})"));
                return Step::Arrived(failed(format!("the server answered {status}{wall}")));
            }
            _ => {}
        }
        let headers = response.headers();
        let bytes_of = |name: HeaderName| headers.get(name).map(|value| value.as_bytes().to_vec());
        let validators = Validators {
            etag: bytes_of(header::ETAG),
            last_modified: bytes_of(header::LAST_MODIFIED),
            body_hash: None,
            url: Some(url.to_string()),
        };
        let media_type =
            headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let links = Links::of(headers, url);
        let coding = bytes_of(header::CONTENT_ENCODING);
        let bytes = match self.body(response, self.max_bytes).await {
            Body::Whole(bytes) => bytes,
            Body::Cut(_) => return Step::Arrived(failed(format!("larger than {} bytes", self.max_bytes))),
            Body::Broken(why) => return Step::Arrived(failed(why)),
            Body::Garbled(why) => return Step::Garbled(failed(why)),
        };
        let bytes = match unpack::unpack(bytes, coding.as_deref(), self.max_bytes) {
            Ok(bytes) => bytes,
            Err(why) => return Step::Arrived(failed(why)),
        };
        let document = Document { bytes, media_type, url: url.to_string() };
        Step::Arrived(Fetched::Fresh(Fresh { status: status.as_u16(), document, validators, asks, links }))
    }

    async fn body(&self, mut response: Response, most: usize) -> Body {
        let mut bytes = Vec::new();
        loop {
            match tokio::time::timeout(self.idle, response.chunk()).await {
                Err(_) => return Body::Broken(format!("silent for {} s in mid-answer", self.idle.as_secs_f32())),
                Ok(Ok(Some(chunk))) if bytes.len() + chunk.len() > most => {
                    bytes.extend_from_slice(&chunk[..most - bytes.len()]);
                    return Body::Cut(bytes);
                }
                Ok(Ok(Some(chunk))) => bytes.extend_from_slice(&chunk),
                Ok(Ok(None)) => return Body::Whole(bytes),
                Ok(Err(error)) if is_garbled(&error) => return Body::Garbled(explain(&error)),
                Ok(Err(error)) => return Body::Broken(explain(&error)),
            }
        }
    }

    /// What gives a bot wall away, if it is one that refuses us.
    async fn wall(&self, response: Response) -> Option<&'static str> {
        if !matches!(response.status().as_u16(), 401 | 403 | 406 | 429 | 503) {
            return None;
        }
        let by_header = wall::in_headers(response.headers());
        if by_header.is_some() {
            return by_header;
        }
        match self.body(response, WALL_BYTES).await {
            Body::Whole(bytes) | Body::Cut(bytes) => wall::in_page(&bytes),
            Body::Broken(_) | Body::Garbled(_) => None,
        }
    }

    /// What every request says. Validators go to the address that gave them and to no other, byte for byte as they
    /// came (RFC 9110, 13.1).
    fn headers(&self, validators: &Validators, url: &Url, first: bool) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(ACCEPT));
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("de, en;q=0.5"));
        if let Some(from) = &self.from {
            headers.insert(header::FROM, from.clone());
        }
        let theirs = validators.url.as_deref().map_or(first, |given| given == url.as_str());
        let pairs = [(header::IF_NONE_MATCH, &validators.etag), (header::IF_MODIFIED_SINCE, &validators.last_modified)];
        for (name, value) in pairs.into_iter().filter(|_| theirs) {
            if let Some(value) = value.as_ref().and_then(|value| HeaderValue::from_bytes(value).ok()) {
                headers.insert(name, value);
            }
        }
        headers
    }
}

/// What became of a body.
enum Body {
    Whole(Vec<u8>),
    /// The beginning, as much as is read.
    Cut(Vec<u8>),
    Broken(String),
    /// It cannot be decompressed.
    Garbled(String),
}

fn redirect_target(response: &Response, url: &Url) -> Result<Option<Url>, String> {
    let status = response.status();
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = response.headers().get(header::LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let location = location.ok_or_else(|| format!("the server answered {status} without saying where to"))?;
    let target = url.join(&location);
    target.map(Some).map_err(|error| format!("redirected to {location:?}, which is no address: {error}"))
}

/// Whether a body is not what its label says. The client says "decode" of a broken connection, too; the cause tells.
fn is_garbled(error: &reqwest::Error) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, TimedOut, UnexpectedEof};
    let lost = [BrokenPipe, ConnectionAborted, ConnectionReset, TimedOut, UnexpectedEof];
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    let mut kinds = causes.filter_map(|cause| cause.downcast_ref::<std::io::Error>()).map(std::io::Error::kind);
    error.is_decode() && !kinds.any(|kind| lost.contains(&kind))
}

/// The innermost cause says what happened; reqwest's own words only repeat the address.
fn explain(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "the server took too long".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let what = if error.is_connect() {
        "no connection"
    } else if is_garbled(error) {
        "the answer could not be decompressed"
    } else if error.is_body() || error.is_decode() {
        "the answer broke off"
    } else {
        "the request failed"
    };
    format!("{what}: {cause}")
}

/// What a visit comes to whose host has asked for rest while it waited for its turn.
fn put_off(wait: Duration) -> Fetched {
    let asks = Asks { retry_after: Some(wait.as_secs()), ..Asks::default() };
    let reason = format!("not asked: the host wants to be left alone for another {} s", wait.as_secs());
    Fetched::Failed { status: None, reason, asks }
}
