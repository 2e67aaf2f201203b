//! Telling others what changed, without being asked: streams, webhooks, and the subscribers of our hub.
//!
//! ```text
//! store: outbox | feed (each second) | streams of this node
//!               | courier (leases)   | webhooks of the configuration, WebSub callbacks
//! ```
//! Streams are told at most once and can ask again; what goes out is signed, tried for three days, and delivered at
//! least once, whichever node dies meanwhile.

use std::sync::Arc;
use std::time::Duration;

use model::{Catalogue, Moment};
use store::{Limits, Store, StoreError};
use tokio::sync::watch;
use tokio::task::JoinSet;

mod courier;
pub(crate) mod feed;
pub(crate) mod fits;
pub(crate) mod hub;
mod retry;
pub(crate) mod sign;
#[cfg(test)]
pub(crate) mod testing;
mod watch_health;
mod webhook;

use crate::clock::now;
use crate::config::{Config, Occasion};
use crate::http::{Live, feeds_alone};
use crate::poll::{Poller, Visitor};
use courier::Courier;
use feed::Feed;
use hub::Desk;

/// How often it is looked whether there is something to deliver, to verify, to tell of health, to forget.
const DELIVER: Duration = Duration::from_secs(1);
const WATCH: Duration = Duration::from_secs(5);
const FORGET: Duration = Duration::from_secs(3600);
/// How long changes are kept, and how many at most: longer than any delivery is tried.
const KEPT_MS: i64 = 7 * 24 * 3600 * 1000;
const KEPT: i64 = 500_000;
/// How long deliveries under way may take after the end was asked for.
const LAST_DELIVERIES: Duration = Duration::from_secs(3);

/// What requests and the loops behind them share.
#[derive(Clone)]
pub(crate) struct Push {
    pub(crate) store: Store,
    pub(crate) feed: Feed,
    /// The door of our hub, if it is open.
    pub(crate) door: Option<Arc<Door>>,
    /// Takes what hubs push to us, if they can reach us.
    pub(crate) callbacks: Option<Poller>,
}

/// What the hub's door needs to know.
#[derive(Debug)]
pub(crate) struct Door {
    /// Under which our feeds are known, without a slash at the end.
    pub(crate) base: String,
    pub(crate) limits: Limits,
    pub(crate) visitor: Arc<Visitor>,
}

impl Push {
    /// Without a hub: streams only.
    pub(crate) fn new(store: Store) -> Self {
        Push { feed: Feed::new(store.clone()), store, door: None, callbacks: None }
    }

    /// With the hub, if the settings open it.
    pub(crate) fn with_hub(self, config: &Config, visitor: &Arc<Visitor>) -> Self {
        let base = config.public_url.as_deref().filter(|_| config.hub.open);
        let door = base.map(|base| {
            let limits = Limits { all: config.hub.subscriptions, per_host: config.hub.per_host };
            Arc::new(Door { base: base.trim_end_matches('/').to_owned(), limits, visitor: Arc::clone(visitor) })
        });
        Push { door, ..self }
    }

    /// With callbacks for the hubs of others.
    pub(crate) fn with_callbacks(self, poller: &Poller) -> Self {
        Push { callbacks: Some(poller.clone()), ..self }
    }

    /// The address of our hub, if it is open.
    pub(crate) fn hub(&self) -> Option<String> {
        self.door.as_ref().map(|door| Desk::address(&door.base))
    }
}

/// Everything that goes on beside the requests.
pub(crate) struct Work {
    push: Push,
    courier: Arc<Courier>,
    live: Live,
    /// Somebody wants to know how sources fare.
    watched: bool,
}

impl Work {
    /// What is kept from here on is told to the webhooks: call it before visits begin.
    ///
    /// # Errors
    /// A webhook that asks for what the catalogue does not have; a store that cannot be written.
    pub(crate) async fn new(
        push: Push,
        config: &Config,
        catalogue: &Catalogue,
        live: Live,
        visitor: Arc<Visitor>,
    ) -> anyhow::Result<Self> {
        let webhooks = webhook::prepare(&config.webhook, catalogue)?;
        let watched = config.webhook.iter().any(|webhook| webhook.on == Occasion::Health);
        let store = push.store.clone();
        let desk = push.door.as_ref().map(|door| {
            let feeds = feeds_alone(live.clone());
            let (store, visitor, base) = (store.clone(), Arc::clone(&visitor), door.base.clone());
            Arc::new(Desk { store, visitor, feeds, base })
        });
        let courier = Arc::new(Courier { store, visitor, webhooks, desk, traffic: courier::Traffic::default() });
        courier.enlist(now()).await?;
        Ok(Work { push, courier, live, watched })
    }

    /// Goes on until `stopped`; then all streams end, and what is being delivered may end.
    pub(crate) async fn go_on(self, stopped: watch::Receiver<bool>) {
        let feed = every(feed::LOOK, &stopped, "ask what changed", || self.push.feed.look());
        let hubs = every(DELIVER, &stopped, "ask hubs", || async {
            match self.push.callbacks.as_ref().and_then(Poller::websub) {
                Some(websub) => websub.ask(now()).await,
                None => Ok(()),
            }
        });
        let health = every(WATCH, &stopped, "watch how sources fare", || async {
            if self.watched {
                watch_health::look(&self.push.store, &self.live.app().catalogue, now()).await?;
            }
            Ok(())
        });
        let forget = every(FORGET, &stopped, "forget old changes", || async {
            let now = now();
            self.courier.enlist(now).await?;
            self.push.store.prune(Moment::from_ms(now.ms() - KEPT_MS), KEPT, now).await
        });
        let ended = async {
            feed.await;
            self.push.feed.end();
        };
        tokio::join!(ended, hubs, health, forget, self.deliver(&stopped), self.verify(&stopped));
    }

    /// What would be done at a moment, until nothing is left to do then.
    #[cfg(test)]
    pub(crate) async fn round(&self, now: Moment) {
        let mut running = JoinSet::new();
        if let Some(desk) = &self.courier.desk {
            let mut asked = JoinSet::new();
            desk.verify(&mut asked, now).await.unwrap();
            while asked.join_next().await.is_some() {}
        }
        while self.courier.round(&mut running, now).await.unwrap() > 0 {
            while !running.is_empty() {
                self.courier.round_up(&mut running).await.unwrap();
            }
        }
    }

    /// Asks those who asked the hub whether they meant it.
    async fn verify(&self, stopped: &watch::Receiver<bool>) {
        let Some(desk) = &self.courier.desk else { return };
        let (mut running, mut failing) = (JoinSet::new(), false);
        while !*stopped.borrow() {
            note(desk.verify(&mut running, now()).await, &mut failing, "look what is to be verified");
            rest(DELIVER, stopped).await;
        }
    }

    async fn deliver(&self, stopped: &watch::Receiver<bool>) {
        let mut running = JoinSet::new();
        let mut failing = false;
        while !*stopped.borrow() {
            let started = note(self.courier.round(&mut running, now()).await, &mut failing, "look who is to be told");
            // Where many wait there is no reason to.
            let pause = if started.unwrap_or(0) > 0 { Duration::from_millis(20) } else { DELIVER };
            rest(pause, stopped).await;
        }
        let ending = async {
            while !running.is_empty() {
                let _ = self.courier.round_up(&mut running).await;
            }
        };
        // What is cut off is delivered once more when its lease has run out.
        let _ = tokio::time::timeout(LAST_DELIVERIES, ending).await;
    }
}

/// Does something again and again until `stopped`.
async fn every<F: Future<Output = Result<(), StoreError>>>(
    pause: Duration,
    stopped: &watch::Receiver<bool>,
    what: &str,
    work: impl Fn() -> F,
) {
    let mut failing = false;
    while !*stopped.borrow() {
        note(work().await, &mut failing, what);
        rest(pause, stopped).await;
    }
}

/// Says a failure once, not each second.
fn note<T>(done: Result<T, StoreError>, failing: &mut bool, what: &str) -> Option<T> {
    match done {
        Ok(done) => {
            *failing = false;
            Some(done)
        }
        Err(error) => {
            if !std::mem::replace(failing, true) {
                tracing::error!(%error, "cannot {what}");
            }
            None
        }
    }
}

async fn rest(pause: Duration, stopped: &watch::Receiver<bool>) {
    let mut stopped = stopped.clone();
    // An error means that the sender is gone, which is an end, too.
    let _ = tokio::time::timeout(pause, stopped.wait_for(|stop| *stop)).await;
}
