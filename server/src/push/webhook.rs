//! The webhooks of the configuration: who they are, and what is posted to them.
//!
//! The body is signed as a whole (`X-Hub-Signature-256`, as forges do it) and says when it was sent, so that a receiver
//! can tell an old delivery that somebody repeats. `sequence` grows: who has seen it has seen all before it.

use std::collections::HashMap;

use anyhow::bail;
use model::{Catalogue, Item, Moment};
use serde::Serialize;
use serde_json::Value;
use store::Subscriber;

use super::fits::{Fits, Told};
use super::sign::signature;
use crate::config::{Occasion, WebhookConfig};
use crate::hash::digest64;

/// One webhook, prepared.
#[derive(Debug)]
pub(super) struct Webhook {
    pub(super) config: WebhookConfig,
    fits: Fits,
}

#[derive(Serialize)]
struct Body<'a> {
    on: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    query: &'a str,
    sent: Moment,
    sequence: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    items: Vec<ItemNews<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Value>,
}

#[derive(Serialize)]
struct ItemNews<'a> {
    change: &'static str,
    item: &'a Item,
}

/// The webhooks by id. Ids are derived from what a webhook is, so that what it has been told outlives a restart.
///
/// # Errors
/// A query that names what the catalogue does not have.
pub(super) fn prepare(configs: &[WebhookConfig], catalogue: &Catalogue) -> anyhow::Result<HashMap<String, Webhook>> {
    let mut webhooks = HashMap::new();
    for config in configs {
        let topics = catalogue.topics.iter().map(|topic| topic.slug.as_str());
        let sources = catalogue.sources.iter().map(|source| source.id.as_str());
        let query = config.items().and_then(|query| query.check_names(topics, sources).map(|()| query));
        let query = match query {
            Ok(query) => query,
            Err(bad) => {
                let allowed = bad.allowed.join(", ");
                bail!("webhook {}: {} = {:?}; allowed are {allowed}", config.url, bad.parameter, bad.value)
            }
        };
        let what = format!("{:?}\n{}\n{}", config.on, config.url, query.to_query_string());
        let id = format!("webhook-{:016x}", digest64(what.as_bytes()));
        webhooks.insert(id, Webhook { config: config.clone(), fits: Fits::new(&query) });
    }
    Ok(webhooks)
}

impl Webhook {
    /// What is told of these changes, and the number of the last that is told; nothing if they are none of its
    /// business. What else has changed leaves that number as it is: a second try is known by it.
    pub(super) fn body(&self, items: &[Told], health: &[(i64, String)], now: Moment) -> Option<(i64, Vec<u8>)> {
        let (mut news, mut sources, mut sequence) = (Vec::new(), Vec::new(), 0);
        match self.config.on {
            Occasion::Items => {
                for Told { changed, .. } in items.iter().filter(|told| self.fits.fits(told, now)) {
                    sequence = changed.seq;
                    news.push(ItemNews { change: if changed.new { "new" } else { "changed" }, item: &changed.item });
                }
            }
            Occasion::Health => {
                sequence = health.last().map_or(0, |(seq, _)| *seq);
                sources.extend(health.iter().filter_map(|(_, text)| serde_json::from_str(text).ok()));
            }
        }
        if news.is_empty() && sources.is_empty() {
            return None;
        }
        let on = if sources.is_empty() { "items" } else { "health" };
        let body = Body { on, query: &self.config.query, sent: now, sequence, items: news, sources };
        Some((sequence, serde_json::to_vec(&body).expect("items always become JSON")))
    }

    /// The headers that go with a body.
    pub(super) fn headers(&self, subscriber: &Subscriber, sequence: i64, body: &[u8]) -> Vec<(&'static str, String)> {
        vec![
            ("content-type", "application/json".to_owned()),
            ("x-hub-signature-256", signature(&self.config.secret.0, body)),
            // The same for each try of the same: who gets it twice can tell.
            ("x-amtsticker-delivery", format!("{}-{sequence}", subscriber.id)),
        ]
    }
}
