//! What is sent rather than fetched: deliveries to webhooks and callbacks, and questions to hubs.
//!
//! The same client, the same guard, the same patience. An answer is read as far as it is needed, and no further; a
//! redirect is followed only where the protocol says so, and each of its targets passes the guard.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Response, StatusCode};
use url::Url;

use super::{Asks, Body, Fetcher, explain, redirect_target};

/// More of an answer is not read: a challenge is short, and so is what a hub says against us.
const ANSWER: usize = 4096;
/// WebSub, 5.2: a hub may redirect who subscribes.
const REDIRECTS: usize = 3;

/// What to send, and where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sending<'a> {
    pub(crate) url: &'a str,
    pub(crate) headers: &'a [(&'static str, String)],
    /// What to post; without it the address is asked.
    pub(crate) body: Option<&'a [u8]>,
    /// Go where 307 and 308 lead.
    pub(crate) follow: bool,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// Seconds for which it wants to be left alone.
    pub(crate) retry_after: Option<u64>,
    /// The beginning of it.
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Fetcher {
    /// Whether an address may be asked at all, as far as it says so itself.
    ///
    /// # Errors
    /// Why not, in one sentence.
    pub(crate) fn may_ask(&self, address: &str) -> Result<(), String> {
        let url = Url::parse(address).map_err(|error| format!("{address:?} is no address: {error}"))?;
        self.guard.check(&url)
    }

    /// Sends, and waits for the answer within the limits of a visit.
    ///
    /// # Errors
    /// Why there was no answer, in one sentence.
    pub(crate) async fn send(&self, sending: Sending<'_>) -> Result<Reply, String> {
        let sent = tokio::time::timeout(self.total, self.journey(sending)).await;
        sent.map_err(|_| "the server took too long".to_owned())?
    }

    async fn journey(&self, sending: Sending<'_>) -> Result<Reply, String> {
        let address = sending.url;
        let mut url = Url::parse(address).map_err(|error| format!("{address:?} is no address: {error}"))?;
        for _ in 0..=REDIRECTS {
            self.guard.check(&url)?;
            let response = self.once(&url, sending).await?;
            let on = sending.follow
                && matches!(response.status(), StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
            if !on {
                return self.reply(response).await;
            }
            url = redirect_target(&response, &url)?.ok_or("redirected to nowhere")?;
        }
        Err(format!("more than {REDIRECTS} redirects, last to {url}"))
    }

    async fn once(&self, url: &Url, sending: Sending<'_>) -> Result<Response, String> {
        let mut headers = HeaderMap::new();
        for (name, value) in sending.headers {
            let value = HeaderValue::from_str(value).map_err(|_| format!("{name}: {value:?} is no header"))?;
            headers.append(HeaderName::from_static(name), value);
        }
        let request = match sending.body {
            Some(body) => self.client.post(url.clone()).body(body.to_vec()),
            None => self.client.get(url.clone()),
        };
        let sent = tokio::time::timeout(self.first_byte, request.headers(headers).send()).await;
        let sent = sent.map_err(|_| format!("no answer within {} s", Duration::as_secs_f32(&self.first_byte)))?;
        sent.map_err(|error| explain(&error))
    }

    async fn reply(&self, response: Response) -> Result<Reply, String> {
        let (status, retry_after) = (response.status().as_u16(), Asks::of(response.headers()).retry_after);
        let body = match self.body(response, ANSWER).await {
            Body::Whole(body) | Body::Cut(body) => body,
            // The status has said what counts.
            Body::Broken(_) | Body::Garbled(_) => Vec::new(),
        };
        Ok(Reply { status, retry_after, body })
    }
}
