//! Asks an origin for a document, politely. The only HTTP client of the house.
//!
//! A bad origin is an outcome, never an error: [`Fetched::Failed`] says why in one sentence. Limits hold for
//! connecting, for silence, for the whole visit and for the bytes after decompression (a 50 KB answer may unfold
//! to 50 MB). Redirects are followed by hand, so that each target passes the same guard as the first address.

use std::time::Duration;

use model::{Document, Validators};
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Response, StatusCode};
use url::Url;

use super::guard::Guard;
use crate::config::FetchConfig;

const MAX_REDIRECTS: usize = 5;
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
}

/// What an answer's headers ask of those who come again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asks {
    /// `Cache-Control: max-age` (RFC 9111), in seconds.
    pub(crate) max_age: Option<u64>,
    /// `Retry-After` (RFC 9110), in seconds from now.
    pub(crate) retry_after: Option<u64>,
}

/// The client, with its limits.
#[derive(Clone, Debug)]
pub(crate) struct Fetcher {
    client: Client,
    guard: Guard,
    max_bytes: usize,
    timeout: Duration,
}

impl Fetcher {
    /// Builds the client. Installs the process's TLS provider if none is there yet.
    ///
    /// # Errors
    /// A setting that no client can be built with.
    pub(crate) fn new(config: &FetchConfig) -> anyhow::Result<Self> {
        // An error means that a provider is installed already, which is what we want.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let guard = Guard::new(&config.allow_private)?;
        let mut agent = concat!("Amtsticker/", env!("CARGO_PKG_VERSION")).to_owned();
        if !config.contact.is_empty() {
            agent.push_str(&format!(" (+{})", config.contact));
        }
        let builder = if config.direct { Client::builder().no_proxy() } else { Client::builder() };
        let client = builder
            .user_agent(agent)
            .redirect(reqwest::redirect::Policy::none())
            .dns_resolver(std::sync::Arc::new(guard.clone()))
            .connect_timeout(config.connect_timeout)
            .read_timeout(config.idle_timeout)
            .timeout(config.timeout)
            .pool_idle_timeout(Duration::from_secs(30))
            .build()?;
        Ok(Fetcher { client, guard, max_bytes: config.max_bytes, timeout: config.timeout })
    }

    /// Visits one address, following redirects.
    pub(crate) async fn fetch(&self, address: &str, validators: &Validators) -> Fetched {
        // The client's own limit begins anew with each redirect.
        let asked = tokio::time::timeout(self.timeout, self.ask(address, validators)).await;
        let failed = |reason| Fetched::Failed { status: None, reason, asks: Asks::default() };
        asked.unwrap_or_else(|_| Err("the server took too long".to_owned())).unwrap_or_else(failed)
    }

    async fn ask(&self, address: &str, validators: &Validators) -> Result<Fetched, String> {
        let mut url = Url::parse(address).map_err(|error| format!("{address:?} is no address: {error}"))?;
        for _ in 0..=MAX_REDIRECTS {
            self.guard.check(&url)?;
            let request = self.client.get(url.clone()).headers(conditions(validators));
            let response = request.send().await.map_err(|error| explain(&error))?;
            match redirect_target(&response, &url)? {
                Some(target) => url = target,
                None => return self.judge(response, url).await,
            }
        }
        Err(format!("more than {MAX_REDIRECTS} redirects, last to {url}"))
    }

    async fn judge(&self, mut response: Response, url: Url) -> Result<Fetched, String> {
        let (status, asks) = (response.status(), asks(response.headers()));
        let failed = |reason: String| Ok(Fetched::Failed { status: Some(status.as_u16()), reason, asks });
        match status {
            StatusCode::NOT_MODIFIED => return Ok(Fetched::NotModified(asks)),
            StatusCode::GONE => return Ok(Fetched::Gone),
            // 206 without a Range request is a part of something, not the thing.
            status if !status.is_success() || status == StatusCode::PARTIAL_CONTENT => {
                return failed(format!("the server answered {status}"));
            }
            _ => {}
        }
        let headers = response.headers();
        let bytes_of = |name: HeaderName| headers.get(name).map(|value| value.as_bytes().to_vec());
        let validators = Validators {
            etag: bytes_of(header::ETAG),
            last_modified: bytes_of(header::LAST_MODIFIED),
            body_hash: None,
        };
        let media_type =
            headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let mut bytes = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if bytes.len() + chunk.len() > self.max_bytes => {
                    return failed(format!("larger than {} bytes", self.max_bytes));
                }
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(error) => return failed(explain(&error)),
            }
        }
        let document = Document { bytes, media_type, url: url.into() };
        Ok(Fetched::Fresh(Fresh { status: status.as_u16(), document, validators, asks }))
    }
}

/// The validators as they came, byte for byte (RFC 9110, 13.1).
fn conditions(validators: &Validators) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static(ACCEPT));
    headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("de, en;q=0.5"));
    let pairs = [(header::IF_NONE_MATCH, &validators.etag), (header::IF_MODIFIED_SINCE, &validators.last_modified)];
    for (name, value) in pairs {
        if let Some(value) = value.as_ref().and_then(|value| HeaderValue::from_bytes(value).ok()) {
            headers.insert(name, value);
        }
    }
    headers
}

fn redirect_target(response: &Response, url: &Url) -> Result<Option<Url>, String> {
    let status = response.status();
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = response.headers().get(header::LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let location = location.ok_or_else(|| format!("the server answered {status} without saying where to"))?;
    url.join(&location).map(Some).map_err(|error| format!("redirected to {location:?}, which is no address: {error}"))
}

fn asks(headers: &HeaderMap) -> Asks {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let control = text(header::CACHE_CONTROL).unwrap_or_default();
    let max_age = control.split(',').find_map(|part| part.trim().strip_prefix("max-age=")?.parse().ok());
    let retry_after = text(header::RETRY_AFTER).and_then(|value| {
        let date = || {
            let then = httpdate::parse_http_date(value).ok()?;
            Some(then.duration_since(std::time::SystemTime::now()).map_or(0, |wait| wait.as_secs()))
        };
        value.trim().parse().ok().or_else(date)
    });
    Asks { max_age, retry_after }
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
    } else if error.is_decode() || error.is_body() {
        "the answer broke off or could not be decompressed"
    } else {
        "the request failed"
    };
    format!("{what}: {cause}")
}
