//! Brings to each subscriber what it does not know yet: at least once, in order, tried for three days.
//!
//! A subscriber is taken from the store for a while, like a source; who dies with one in hand has told the store
//! nothing, and it is taken again. What one receiver does holds up no other: few deliveries go to one host at a time,
//! and each has its limit.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use model::Moment;
use store::{Changes, Settled, Store, StoreError, Subscriber, Whose};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use url::Url;

use super::feed::TOGETHER;
use super::fits::Told;
use super::hub::Desk;
use super::retry::{Failure, next_try};
use super::webhook::Webhook;
use crate::hash::digest64;
use crate::poll::{Reply, Sending, Visitor};

/// How long a subscriber stays ours: longer than any delivery takes.
const LEASE_MS: i64 = 5 * 60 * 1000;
/// Subscribers that are looked at together, deliveries at a time, and of those to one host.
const TAKEN: usize = 256;
const DELIVERIES: usize = 32;
const TO_ONE_HOST: usize = 4;
/// Who finds no place at its host comes again after this.
const LATER_MS: i64 = 2000;
/// Pieces of the outbox that are looked through for one subscriber at a time.
const PIECES: usize = 25;

pub(super) struct Courier {
    pub(super) store: Store,
    pub(super) visitor: Arc<Visitor>,
    pub(super) webhooks: HashMap<String, Webhook>,
    /// The hub, if it is open.
    pub(super) desk: Option<Arc<Desk>>,
    pub(super) traffic: Traffic,
}

/// What deliveries have to know of each other.
#[derive(Debug)]
pub(super) struct Traffic {
    places: Semaphore,
    /// How many deliveries are under way to each host.
    under_way: Mutex<HashMap<String, usize>>,
    /// What was read of the outbox just now: thousands of subscribers ask for the same.
    read: tokio::sync::Mutex<Option<Arc<Read>>>,
}

/// A piece of the outbox, read once for many.
#[derive(Debug)]
struct Read {
    after: i64,
    /// In which round: the next one reads anew.
    round: Moment,
    items: Vec<Told>,
    /// The rest of it.
    changes: Changes,
}

impl Default for Traffic {
    fn default() -> Self {
        let (under_way, read) = (Mutex::default(), tokio::sync::Mutex::default());
        Traffic { places: Semaphore::new(DELIVERIES), under_way, read }
    }
}

/// What is to be delivered.
pub(super) struct Parcel {
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
    pub(super) digest: Option<i64>,
}

/// What there is for a subscriber in one piece of the outbox.
pub(super) enum Content {
    Nothing,
    /// Not to be delivered before this moment.
    Wait(Moment),
    Parcel(Parcel),
    /// It cannot be made just now; why.
    Trouble(String),
}

impl Courier {
    /// Starts deliveries to those that may be tried, and keeps how others ended. Says how many were started.
    ///
    /// # Errors
    /// If the store does not answer.
    pub(super) async fn round(
        self: &Arc<Self>,
        running: &mut JoinSet<Option<Settled>>,
        now: Moment,
    ) -> Result<usize, StoreError> {
        let mut settled = Vec::new();
        while let Some(done) = running.try_join_next() {
            // A delivery that panicked is tried again when its lease has run out.
            settled.extend(done.ok().flatten());
        }
        if !settled.is_empty() {
            self.store.settle(&settled).await?;
        }
        let free = TAKEN.saturating_sub(running.len());
        if free == 0 {
            return Ok(0);
        }
        let ids: Vec<String> = self.webhooks.keys().cloned().collect();
        let whose = Whose { webhooks: &ids, hub: self.desk.is_some() };
        let most = u32::try_from(free).unwrap_or(u32::MAX);
        let claimed = self.store.claim(whose, now, most, LEASE_MS).await?;
        let started = claimed.len();
        for subscriber in claimed {
            let courier = Arc::clone(self);
            running.spawn(async move { courier.serve(subscriber, Clock { round: now, begun: Instant::now() }).await });
        }
        Ok(started)
    }

    /// Waits for one delivery that is under way, and keeps how it ended.
    ///
    /// # Errors
    /// If the store does not answer.
    pub(super) async fn round_up(&self, running: &mut JoinSet<Option<Settled>>) -> Result<(), StoreError> {
        match running.join_next().await {
            Some(Ok(Some(settled))) => self.store.settle(&[settled]).await,
            _ => Ok(()),
        }
    }

    /// Makes sure that the store knows the webhooks.
    ///
    /// # Errors
    /// If the store does not answer.
    pub(super) async fn enlist(&self, now: Moment) -> Result<(), StoreError> {
        if self.webhooks.is_empty() {
            return Ok(());
        }
        let one =
            |(id, webhook): (&String, &Webhook)| (id.clone(), webhook.config.url.clone(), webhook.config.query.clone());
        self.store.enlist(&self.webhooks.iter().map(one).collect::<Vec<_>>(), now).await
    }

    /// Tells one subscriber what it does not know, as far as it goes at once.
    async fn serve(&self, one: Subscriber, clock: Clock) -> Option<Settled> {
        let mut seen = one.seen;
        for _ in 0..PIECES {
            let read = match self.read(seen, clock.round).await {
                Ok(read) => read,
                Err(error) => {
                    tracing::warn!(%error, "a delivery waits");
                    return Some(kept(&one, seen, clock.after(LATER_MS)));
                }
            };
            let (changes, items) = (&read.changes, &read.items);
            if changes.lost {
                tracing::warn!(subscriber = one.id, "some changes were forgotten before it could be told of them");
            }
            let content = match (self.webhooks.get(&one.id), &self.desk) {
                (Some(webhook), _) => match webhook.body(items, &changes.health, clock.after(0)) {
                    None => Content::Nothing,
                    Some((sequence, body)) => {
                        let headers = webhook.headers(&one, sequence, &body);
                        Content::Parcel(Parcel { headers, body, digest: None })
                    }
                },
                (None, Some(desk)) if one.hub => desk.content(&one, items, clock.after(0)).await,
                (None, _) => Content::Nothing,
            };
            match content {
                Content::Nothing if changes.more => seen = changes.upto,
                Content::Nothing => {
                    return Some(settled(&one, changes.upto, clock.round));
                }
                Content::Wait(until) => return Some(kept(&one, seen, until)),
                Content::Trouble(why) => return Some(failed(&one, seen, changes.upto, None, &why, clock.after(0))),
                Content::Parcel(parcel) => return self.deliver(&one, (seen, changes.upto), parcel, clock).await,
            }
        }
        Some(kept(&one, seen, clock.round))
    }

    async fn deliver(
        &self,
        one: &Subscriber,
        (seen, upto): (i64, i64),
        parcel: Parcel,
        clock: Clock,
    ) -> Option<Settled> {
        let Ok(_permit) = self.traffic.places.acquire().await else { return None };
        let Some(_place) = self.place(&one.url) else { return Some(kept(one, seen, clock.after(LATER_MS))) };
        let Parcel { headers, body, digest } = parcel;
        let sending = Sending { url: &one.url, headers: &headers, body: Some(&body), follow: false };
        let (why, asked) = match self.visitor.send(sending).await {
            Ok(reply) if reply.is_success() => {
                tracing::info!(subscriber = one.id, upto, bytes = body.len(), "delivered");
                return Some(Settled { digest, ..settled(one, upto, clock.round) });
            }
            // WebSub, 7: a callback that is gone has ended its subscription.
            Ok(Reply { status: 410, .. }) if one.hub => {
                tracing::info!(subscriber = one.id, "the callback is gone, and so is its subscription");
                let _ = self.store.strike_off(&one.id).await.inspect_err(|error| tracing::warn!(%error, "strike off"));
                return None;
            }
            Ok(reply) => (format!("the server answered {}", reply.status), reply.retry_after),
            Err(why) => (why, None),
        };
        Some(failed(one, seen, upto, asked, &why, clock.after(0)))
    }

    /// The changes after a number, read once in a round for all who are as far.
    async fn read(&self, after: i64, round: Moment) -> Result<Arc<Read>, StoreError> {
        let mut last = self.traffic.read.lock().await;
        if let Some(read) = last.as_ref().filter(|read| (read.after, read.round) == (after, round)) {
            return Ok(Arc::clone(read));
        }
        let mut changes = self.store.changes(after, TOGETHER).await?;
        let items = std::mem::take(&mut changes.items).into_iter().map(Told::new).collect();
        let read = Arc::new(Read { after, round, items, changes });
        *last = Some(Arc::clone(&read));
        Ok(read)
    }

    /// A place among the deliveries to an address's host, if there is one.
    fn place(&self, address: &str) -> Option<Place<'_>> {
        let host = Url::parse(address).ok()?.host_str()?.to_owned();
        let mut under_way = self.traffic.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let count = under_way.entry(host.clone()).or_default();
        if *count >= TO_ONE_HOST {
            return None;
        }
        *count += 1;
        Some(Place { courier: self, host })
    }
}

/// What time it is for one delivery: its round's, and what has passed since.
#[derive(Clone, Copy)]
struct Clock {
    round: Moment,
    begun: Instant,
}

impl Clock {
    /// So many milliseconds from now.
    fn after(self, ms: i64) -> Moment {
        let passed = i64::try_from(self.begun.elapsed().as_millis()).unwrap_or(i64::MAX / 4);
        Moment::from_ms(self.round.ms().saturating_add(passed).saturating_add(ms))
    }
}

/// One delivery's place; free again when it is dropped.
struct Place<'a> {
    courier: &'a Courier,
    host: String,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut under_way = self.courier.traffic.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = under_way.get_mut(&self.host) {
            *count -= 1;
            if *count == 0 {
                under_way.remove(&self.host);
            }
        }
    }
}

/// All is well up to here.
fn settled(one: &Subscriber, seen: i64, next_try: Moment) -> Settled {
    let (id, epoch, digest) = (one.id.clone(), one.epoch, one.digest);
    Settled { id, epoch, seen, next_try, attempts: 0, failing_since: None, digest, died: None }
}

/// Nothing was tried: what failed before has still failed.
fn kept(one: &Subscriber, seen: i64, next_try: Moment) -> Settled {
    Settled { attempts: one.attempts, failing_since: one.failing_since, ..settled(one, seen, next_try) }
}

/// A try that failed: what comes of it, and a line in the log.
fn failed(one: &Subscriber, seen: i64, upto: i64, retry_after: Option<u64>, why: &str, now: Moment) -> Settled {
    let (attempts, since) = (one.attempts + 1, one.failing_since.unwrap_or(now));
    let draw = digest64(format!("{} {} {}", one.id, attempts, since.ms()).as_bytes());
    match next_try(Failure { attempts, since, retry_after, draw, now }) {
        Some(next) => {
            tracing::warn!(subscriber = one.id, attempts, %next, "not delivered: {why}");
            Settled { attempts, failing_since: Some(since), ..settled(one, seen, next) }
        }
        None => {
            tracing::error!(subscriber = one.id, attempts, "given up after three days: {why}");
            Settled { attempts, died: Some((now, why.to_owned())), ..settled(one, upto, now) }
        }
    }
}

#[cfg(test)]
mod tests;
