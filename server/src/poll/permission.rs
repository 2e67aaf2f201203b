//! What each origin's robots.txt lets us do: asked once a day, remembered in the store, obeyed.
//!
//! RFC 9309, 2.3.1: a file that is not there (4xx) allows everything; one that cannot be reached (5xx, no connection)
//! forbids everything until it can, unless an older copy is known.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use model::{Format, Moment, Source, Validators};
use store::Store;
use url::Url;

use super::fetch::{Denied, Fetched, Leave};
use super::gate::{Turns, ms};
use super::robots::Robots;
use super::visitor::Visitor;
use crate::clock::now;

const DAY_MS: i64 = 24 * 3600 * 1000;
/// An origin that could not be reached is asked again after this.
const SOON_MS: i64 = 10 * 60 * 1000;
/// A turn that is further ahead is not waited for: others may have a use for the place.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

#[derive(Debug)]
pub(crate) struct Permissions {
    store: Store,
    /// By origin. Who asks first holds the lock while it asks, and the others of the origin wait for the answer.
    known: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Option<Known>>>>>,
}

#[derive(Clone, Debug)]
struct Known {
    fetched: Moment,
    said: Result<Arc<Robots>, Denied>,
}

/// Asks for a source wherever its address leads: a page that is forbidden there is no less so for who is sent to it.
pub(crate) struct On<'a> {
    pub(crate) permissions: &'a Permissions,
    pub(crate) visitor: &'a Visitor,
    pub(crate) source: &'a Source,
}

impl Leave for On<'_> {
    async fn ask(&self, url: &Url) -> Result<(), Denied> {
        self.permissions.ask(self.visitor, self.source, url.as_str()).await
    }
}

impl Turns for On<'_> {
    async fn turn(&self, host: &str, gap: Duration) -> Result<Duration, Duration> {
        self.permissions.turn(host, gap).await
    }
}

/// Whoever asks for the robots.txt itself needs nobody's leave (RFC 9309, 2.3.1.2), but waits like everybody.
struct Unasked<'a>(&'a Permissions);

impl Leave for Unasked<'_> {
    async fn ask(&self, _: &Url) -> Result<(), Denied> {
        Ok(())
    }
}

impl Turns for Unasked<'_> {
    async fn turn(&self, host: &str, gap: Duration) -> Result<Duration, Duration> {
        self.0.turn(host, gap).await
    }
}

impl Permissions {
    pub(crate) fn new(store: Store) -> Self {
        Permissions { store, known: Mutex::default() }
    }

    /// Whether a source may be visited at an address. Its host's pace is kept from here on.
    ///
    /// # Errors
    /// What forbids it, or that nobody is there.
    pub(crate) async fn ask(&self, visitor: &Visitor, source: &Source, address: &str) -> Result<(), Denied> {
        // An address that is none, or whose scheme is not visited, is the fetcher's to refuse.
        let Ok(url) = Url::parse(address) else { return Ok(()) };
        if !matches!(url.scheme(), "http" | "https") {
            return Ok(());
        }
        let said = self.said(visitor, &url).await;
        // A feed is published to be polled: where the operator has decided so, only the delay holds.
        let obliged = source.robots == model::Robots::Honour || source.format == Format::Html;
        match said {
            Ok(robots) => {
                if let Some(delay) = robots.delay() {
                    visitor.slow(url.host_str().unwrap_or_default(), delay);
                }
                let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
                match robots.forbids(path).filter(|_| obliged) {
                    Some(rule) => Err(Denied::Forbidden(format!("robots.txt forbids it ({rule})"))),
                    None => Ok(()),
                }
            }
            Err(denied) if obliged => Err(denied),
            Err(_) => Ok(()),
        }
    }

    /// Takes a host's turn for all processes. A store that fails keeps nobody from a visit.
    async fn turn(&self, host: &str, gap: Duration) -> Result<Duration, Duration> {
        let asked = now();
        match self.store.host_turn(host, asked, ms(gap), ms(PATIENCE)).await {
            Ok(Some(turn)) => Ok(Duration::from_millis((turn.ms() - asked.ms()).max(0).unsigned_abs())),
            Ok(None) => Err(PATIENCE),
            Err(error) => {
                tracing::warn!(%error, host, "its turns are kept by this process alone for now");
                Ok(Duration::ZERO)
            }
        }
    }

    async fn said(&self, visitor: &Visitor, url: &Url) -> Result<Arc<Robots>, Denied> {
        let origin = url.origin().ascii_serialization();
        let slot = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(origin.clone()).or_default())
        };
        let mut slot = slot.lock().await;
        if slot.is_none() {
            *slot = self.remembered(&origin).await;
        }
        let old = slot.take();
        let fresh = |known: &Known| {
            let lasts = if known.said.is_ok() { DAY_MS } else { SOON_MS };
            (0..lasts).contains(&(now().ms() - known.fetched.ms()))
        };
        let known = match old {
            Some(known) if fresh(&known) => known,
            old => self.asked(visitor, url, old).await,
        };
        let said = known.said.clone();
        *slot = Some(known);
        said
    }

    /// What an earlier process was told.
    async fn remembered(&self, origin: &str) -> Option<Known> {
        let found = self.store.robots(origin).await;
        let (fetched, text) = found.inspect_err(|error| tracing::warn!(%error, origin, "robots.txt")).ok()??;
        Some(Known { fetched, said: Ok(Arc::new(Robots::parse(text?.as_bytes()))) })
    }

    async fn asked(&self, visitor: &Visitor, url: &Url, old: Option<Known>) -> Known {
        let (origin, host) = (&url.origin().ascii_serialization(), url.host_str().unwrap_or_default());
        let delay = old.as_ref().and_then(|old| old.said.as_ref().ok()?.delay());
        let had_its_turn = delay.is_some_and(|delay| visitor.slow(host, delay));
        let visited = visitor.visit(&format!("{origin}/robots.txt"), &Validators::default(), &Unasked(self)).await;
        let kept_from_us =
            |why| Denied::Forbidden(format!("robots.txt cannot be read, so nothing is allowed (RFC 9309): {why}"));
        let text = match visited.fetched {
            Fetched::Fresh(fresh) => Ok(String::from_utf8_lossy(&fresh.document.bytes).into_owned()),
            // Who asks too much is told nothing about what it may ask: 429 is no "not there".
            Fetched::Gone | Fetched::Failed { status: Some(400..=428 | 430..=499), .. } => Ok(String::new()),
            Fetched::NotModified(_) => Err(kept_from_us("the server answered 304 to who had nothing".to_owned())),
            Fetched::Failed { status: Some(_), reason, .. } => Err(kept_from_us(reason)),
            // The whole host is away, not its rules: a certificate that ran out is no matter of robots.txt.
            Fetched::Failed { status: None, reason, .. } => Err(Denied::Unreachable(reason)),
        };
        let fetched = now();
        let said = match (text, old.map(|old| old.said)) {
            (Ok(text), _) => {
                let kept = self.store.keep_robots(origin, fetched, Some(&text)).await;
                let _ = kept.inspect_err(|error| tracing::warn!(%error, origin, "robots.txt"));
                let robots = Robots::parse(text.as_bytes());
                // Who asked for it was the first, if nobody knew that there are turns.
                if let Some(delay) = robots.delay().filter(|delay| visitor.slow(host, *delay) && !had_its_turn) {
                    let _ = self.turn(host, delay).await;
                }
                Ok(Arc::new(robots))
            }
            (Err(_), Some(Ok(older))) => Ok(older),
            (Err(why), _) => Err(why),
        };
        Known { fetched, said }
    }
}
