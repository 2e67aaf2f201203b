//! Our subscriptions at the hubs that sources name (W3C WebSub): what is new comes without being asked for.
//!
//! A hub is asked once a source was read that names one, and again before its lease ends. Callbacks cannot be guessed,
//! each has a secret of its own, and what is not signed with it is not read. Nothing depends on a hub: a source is
//! polled all the same, more slowly as long as its hub has promised to push.

use std::sync::Arc;

use model::{Hints, Moment};
use store::{Store, StoreError, Subscription};
use tokio::task::JoinSet;
use url::form_urlencoded;

use super::fetch::Sending;
use super::visitor::Visitor;
use crate::hash::digest64;
use crate::push::sign::{chance, is_signed};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
/// How long a question to a hub may take, and how many are asked together.
const ASKED_MS: i64 = 5 * MINUTE_MS;
const TOGETHER: u32 = 16;
/// For how long we ask to be told.
const LEASE_SECONDS: i64 = 10 * 24 * 3600;
/// No address of a hub or topic is longer.
const LONGEST: usize = 2048;
/// A hub that has said yes and does not ask back within this is asked again.
const VERIFIED_WITHIN_MS: i64 = HOUR_MS;
/// A hub that denied us is asked again after this.
const DENIED_MS: i64 = 7 * DAY_MS;

#[derive(Debug)]
pub(crate) struct Websub {
    store: Store,
    visitor: Arc<Visitor>,
    /// Under which hubs reach us, without a slash at the end.
    base: String,
}

/// What a hub asks a callback (WebSub, 5.3).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) mode: &'a str,
    pub(crate) topic: &'a str,
    pub(crate) challenge: &'a str,
    pub(crate) lease_seconds: Option<i64>,
}

impl Websub {
    pub(super) fn new(store: Store, visitor: Arc<Visitor>, base: &str) -> Self {
        Websub { store, visitor, base: base.trim_end_matches('/').to_owned() }
    }

    /// Notes what a document says of its hub. `address` is where it was, for documents that do not name themselves.
    pub(super) async fn note(&self, source: &str, hints: &Hints, address: &str, now: Moment) {
        let noted = match &hints.hub {
            None => self.store.unwish(source).await,
            Some(hub) => {
                let topic = hints.own_url.as_deref().unwrap_or(address).to_owned();
                if hub.len().max(topic.len()) > LONGEST {
                    return;
                }
                let (source, hub, token, secret) = (source.to_owned(), hub.clone(), chance(), chance());
                let wish = Subscription { source, hub, topic, token, secret, ..Subscription::default() };
                self.store.wish(&wish, now).await.map(drop)
            }
        };
        if let Err(error) = noted {
            tracing::warn!(source, %error, "a hub");
        }
    }

    /// Whether a hub has promised to push what is new in a source.
    pub(super) async fn is_pushed(&self, source: &str, now: Moment) -> bool {
        let subscription = self.store.subscription_of(source).await.ok().flatten();
        subscription.and_then(|subscription| subscription.expires).is_some_and(|expires| expires > now)
    }

    /// Asks the hubs that are to be asked, for the first time, again, or to go on.
    ///
    /// # Errors
    /// If the store does not answer.
    pub(crate) async fn ask(self: &Arc<Self>, now: Moment) -> Result<(), StoreError> {
        let mut running = JoinSet::new();
        for subscription in self.store.claim_wishes(now, TOGETHER, ASKED_MS).await? {
            let websub = Arc::clone(self);
            running.spawn(async move { websub.ask_one(&subscription, now).await });
        }
        while let Some(done) = running.join_next().await {
            if let Ok(Err(error)) = done {
                tracing::warn!(%error, "a hub");
            }
        }
        Ok(())
    }

    async fn ask_one(&self, subscription: &Subscription, now: Moment) -> Result<(), StoreError> {
        let Subscription { source, hub, topic, token, secret, attempts, .. } = subscription;
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("hub.mode", "subscribe")
            .append_pair("hub.topic", topic)
            .append_pair("hub.callback", &format!("{}/websub/{token}", self.base))
            .append_pair("hub.secret", secret)
            .append_pair("hub.lease_seconds", &LEASE_SECONDS.to_string())
            .finish();
        let headers = [("content-type", "application/x-www-form-urlencoded".to_owned())];
        let sending = Sending { url: hub, headers: &headers, body: Some(form.as_bytes()), follow: true };
        let (why, rest) = match self.visitor.send(sending).await {
            Ok(reply) if reply.is_success() => {
                tracing::info!(source, hub, "the hub was asked to push");
                let again = Moment::from_ms(now.ms() + VERIFIED_WITHIN_MS * (*attempts).clamp(1, 24));
                return self.store.ask_hub_again(subscription, again, None).await;
            }
            Ok(reply) => (format!("the hub answered {}", reply.status), reply.retry_after),
            Err(why) => (why, None),
        };
        tracing::warn!(source, hub, attempts, "no subscription, polling goes on: {why}");
        let again = Moment::from_ms(now.ms() + wait(token, *attempts, rest));
        self.store.ask_hub_again(subscription, again, Some(&why)).await
    }

    /// What a callback answers to a hub that asks whether we meant it; nothing if we did not.
    ///
    /// # Errors
    /// If the store does not answer.
    pub(crate) async fn confirm(
        &self,
        token: &str,
        asked: Asked<'_>,
        now: Moment,
    ) -> Result<Option<String>, StoreError> {
        let subscription = self.store.subscription(token).await?;
        let Some(subscription) = subscription.filter(|subscription| subscription.topic == asked.topic) else {
            return Ok(None);
        };
        let Subscription { source, hub, .. } = &subscription;
        match asked.mode {
            "subscribe" if !asked.challenge.is_empty() => {
                let lease = asked.lease_seconds.unwrap_or(LEASE_SECONDS).clamp(60, 365 * 24 * 3600) * 1000;
                let until = Moment::from_ms(now.ms() + lease);
                let renew = Moment::from_ms(now.ms() + renewal(token, lease));
                self.store.subscribed(token, Some(until), renew).await?;
                tracing::info!(source, hub, %until, "subscribed");
                Ok(Some(asked.challenge.to_owned()))
            }
            "denied" => {
                self.store.subscribed(token, None, Moment::from_ms(now.ms() + DENIED_MS)).await?;
                tracing::warn!(source, hub, "the hub denies a subscription; polling goes on");
                Ok(Some(String::new()))
            }
            // We never end one: who no longer wants it lets it run out.
            _ => Ok(None),
        }
    }

    /// The subscription whose callback this is, if it is under way.
    ///
    /// # Errors
    /// If the store does not answer.
    pub(crate) async fn subscription(&self, token: &str) -> Result<Option<Subscription>, StoreError> {
        self.store.subscription(token).await
    }
}

/// Whether what came is what the hub sent.
pub(crate) fn is_genuine(subscription: &Subscription, body: &[u8], signature: Option<&str>) -> bool {
    signature.is_some_and(|signature| is_signed(&subscription.secret, body, signature))
}

/// How long a hub that failed is left alone: an hour, doubling to a day, from half of it on (jitter).
fn wait(token: &str, attempts: i64, retry_after: Option<u64>) -> i64 {
    let longest = (HOUR_MS << attempts.clamp(1, 6).saturating_sub(1)).min(DAY_MS);
    let share = i64::try_from(digest64(format!("{token} {attempts}").as_bytes()) % 501).unwrap_or(0);
    let asked = i64::try_from(retry_after.unwrap_or(0)).unwrap_or(DAY_MS).min(DAY_MS / 1000) * 1000;
    (longest / 1000 * (500 + share)).max(asked)
}

/// How far into a lease it is renewed: after seven to nine tenths, so that what began together does not end so.
fn renewal(token: &str, lease_ms: i64) -> i64 {
    let share = i64::try_from(digest64(token.as_bytes()) % 201).unwrap_or(0);
    lease_ms / 1000 * (700 + share)
}

#[cfg(test)]
mod tests {
    //! Waits, within their bounds.

    use super::*;

    #[test]
    fn hubs_are_left_alone_and_leases_are_renewed_in_time() {
        for (attempts, retry_after, least, most) in [
            (1, None, 30, 60),
            (2, None, 60, 120),
            (9, None, 12 * 60, 24 * 60),
            (i64::MAX, None, 12 * 60, 24 * 60),
            (1, Some(7200), 120, 120),
            (1, Some(u64::MAX), 24 * 60, 24 * 60),
        ] {
            for token in ["a", "b", "c", "d"] {
                let minutes = wait(token, attempts, retry_after) / MINUTE_MS;
                assert!((least..=most).contains(&minutes), "{attempts} {retry_after:?}: {minutes}");
            }
        }
        for token in ["a", "b", "c", "d"] {
            assert!((7 * DAY_MS..=9 * DAY_MS).contains(&renewal(token, 10 * DAY_MS)));
        }
    }
}
