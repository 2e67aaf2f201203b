//! Our WebSub hub (W3C Recommendation 2018): who asked to be told of one of our feeds is asked whether it meant it, and
//! is then sent the whole feed whenever that changes.
//!
//! Anybody may ask, so nothing is done that could be turned against others: callbacks pass the same guard as sources,
//! one that does not repeat the challenge is asked three times and forgotten, and there are only so many on one host.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use model::{Moment, Query};
use store::{Intent, Store, StoreError, Subscriber};
use tokio::task::JoinSet;
use tower::ServiceExt as _;
use url::Url;

use super::courier::{Content, Parcel};
use super::fits::{Fits, Told};
use super::sign::{chance, signature};
use crate::hash::digest64;
use crate::http::topic_query;
use crate::poll::{Sending, Visitor};

/// How long an intent stays ours, how many are asked in a second, and how many at a time. Anybody can make us ask
/// anybody else: so it is few.
const LEASE_MS: i64 = 2 * 60 * 1000;
const TOGETHER: usize = 16;
const ASKED: usize = 128;
/// So often it is tried to verify an intent, with so many milliseconds between.
const TRIES: i64 = 3;
const AGAIN_MS: i64 = 20_000;
/// A feed is sent when it has been quiet for so long: what one round of visits brings is one delivery, and whatever
/// keeps answers for a moment has let go of the old one.
const QUIET_MS: i64 = 2000;
/// What may be out of date is asked for again after so long.
const STALE_MS: i64 = 5000;
/// No feed of ours is larger.
const LARGEST: usize = 8 << 20;

/// What the hub needs to know of the house.
pub(crate) struct Desk {
    pub(super) store: Store,
    pub(super) visitor: Arc<Visitor>,
    /// Answers what a feed's address answers.
    pub(super) feeds: Router,
    /// Under which our feeds are known, without a slash at the end.
    pub(super) base: String,
}

impl Desk {
    /// The hub's own address.
    pub(crate) fn address(base: &str) -> String {
        format!("{}/hub", base.trim_end_matches('/'))
    }

    /// What a subscriber is to be sent because of these changes.
    pub(super) async fn content(&self, one: &Subscriber, items: &[Told], now: Moment) -> Content {
        let Some(query) = topic_query(&self.base, &one.topic) else { return Content::Nothing };
        // A copy that joins a story changes how the feed shows it.
        let fits = Fits::new(&Query { stories: None, ..query });
        let Some(last) = items.iter().filter(|told| fits.fits(told, now)).map(|told| told.changed.at.ms()).max() else {
            return Content::Nothing;
        };
        let quiet = last + QUIET_MS;
        // A clock that is ahead elsewhere holds nothing up.
        if (now.ms() + 1..=now.ms() + QUIET_MS).contains(&quiet) {
            return Content::Wait(Moment::from_ms(quiet));
        }
        match self.render(&one.topic).await {
            Err(why) => Content::Trouble(why),
            Ok(None) => Content::Wait(Moment::from_ms(now.ms() + STALE_MS)),
            Ok(Some((_, body))) if one.digest == Some(digest64(&body).cast_signed()) => Content::Nothing,
            Ok(Some((media_type, body))) => {
                let link = format!("<{}>; rel=\"hub\", <{}>; rel=\"self\"", Desk::address(&self.base), one.topic);
                let mut headers = vec![("content-type", media_type), ("link", link)];
                if let Some(secret) = &one.secret {
                    headers.push(("x-hub-signature", signature(secret, &body)));
                }
                Content::Parcel(Parcel { headers, digest: Some(digest64(&body).cast_signed()), body })
            }
        }
    }

    /// The feed's type and bytes, as its address answers; nothing if that may be out of date.
    async fn render(&self, topic: &str) -> Result<Option<(String, Vec<u8>)>, String> {
        let path = topic.strip_prefix(&self.base).unwrap_or(topic);
        let request = Request::builder().uri(path).body(Body::empty()).map_err(|error| error.to_string())?;
        let Ok(response) = self.feeds.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        if parts.status != StatusCode::OK {
            return Err(format!("{topic} answers {}", parts.status));
        }
        // An answer of before would be taken for what there is to tell, and nobody would hear of the rest.
        if parts.headers.contains_key("cache-status") {
            return Ok(None);
        }
        let media_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let bytes = axum::body::to_bytes(body, LARGEST).await.map_err(|error| error.to_string())?;
        Ok(Some((media_type.unwrap_or_default().to_owned(), bytes.into())))
    }

    /// Begins to ask those who asked whether they meant it, as many as there is room for: who lets us wait holds up
    /// few others.
    ///
    /// # Errors
    /// If the store does not answer.
    pub(super) async fn verify(self: &Arc<Self>, running: &mut JoinSet<()>, now: Moment) -> Result<(), StoreError> {
        while running.try_join_next().is_some() {}
        let free = ASKED.saturating_sub(running.len()).min(TOGETHER);
        if free == 0 {
            return Ok(());
        }
        for intent in self.store.claim_intents(now, u32::try_from(free).unwrap_or(0), LEASE_MS).await? {
            let desk = Arc::clone(self);
            running.spawn(async move {
                if let Err(error) = desk.verify_one(&intent, now).await {
                    tracing::warn!(%error, "a subscription waits");
                }
            });
        }
        Ok(())
    }

    async fn verify_one(&self, intent: &Intent, now: Moment) -> Result<(), StoreError> {
        let challenge = chance();
        let again = (intent.attempts < TRIES).then(|| Moment::from_ms(now.ms() + AGAIN_MS * intent.attempts));
        let Some(url) = question(intent, &challenge) else { return self.store.doubt(intent, None).await };
        let sending = Sending { url: url.as_str(), headers: &[], body: None, follow: false };
        let (again, why) = match self.visitor.send(sending).await {
            Ok(reply) if reply.is_success() && reply.body.trim_ascii() == challenge.as_bytes() => {
                tracing::info!(subscriber = intent.id, topic = intent.topic, subscribe = intent.subscribe, "verified");
                return self.store.fulfil(intent, now).await;
            }
            Ok(reply) if reply.status >= 500 => (again, format!("the callback answered {}", reply.status)),
            // 404 is how a subscriber says that it never asked (WebSub, 5.3.1).
            Ok(reply) => (None, format!("the callback answered {} and not the challenge", reply.status)),
            Err(why) => (again, why),
        };
        tracing::info!(subscriber = intent.id, topic = intent.topic, "not verified: {why}");
        self.store.doubt(intent, again).await
    }
}

/// The address by which a callback is asked (WebSub, 5.3): what was in it stays.
fn question(intent: &Intent, challenge: &str) -> Option<Url> {
    let mut url = Url::parse(&intent.url).ok()?;
    let mode = if intent.subscribe { "subscribe" } else { "unsubscribe" };
    let mut pairs = url.query_pairs_mut();
    pairs.append_pair("hub.mode", mode).append_pair("hub.topic", &intent.topic);
    pairs.append_pair("hub.challenge", challenge);
    if intent.subscribe {
        pairs.append_pair("hub.lease_seconds", &(intent.lease_ms / 1000).to_string());
    }
    drop(pairs);
    Some(url)
}

#[cfg(test)]
mod tests {
    //! How a callback is asked.

    use super::*;

    fn check(subscribe: bool, callback: &str, expected: &str) {
        let topic = "https://ticker.example/feeds/atom.xml?state=HH&q=a+b".to_owned();
        let intent = Intent { subscribe, url: callback.to_owned(), topic, lease_ms: 864_000_000, ..Intent::default() };
        assert_eq!(question(&intent, "c0ffee").map(String::from).as_deref(), Some(expected));
    }

    #[test]
    fn a_callback_is_asked_with_what_was_in_it() {
        let topic = "hub.topic=https%3A%2F%2Fticker.example%2Ffeeds%2Fatom.xml%3Fstate%3DHH%26q%3Da%2Bb";
        let subscribe = format!("hub.mode=subscribe&{topic}&hub.challenge=c0ffee&hub.lease_seconds=864000");
        check(true, "https://a.example/cb", &format!("https://a.example/cb?{subscribe}"));
        check(true, "https://a.example/cb?id=7%2F8", &format!("https://a.example/cb?id=7%2F8&{subscribe}"));
        let unsubscribe = format!("hub.mode=unsubscribe&{topic}&hub.challenge=c0ffee");
        check(false, "https://a.example/cb", &format!("https://a.example/cb?{unsubscribe}"));
    }
}
