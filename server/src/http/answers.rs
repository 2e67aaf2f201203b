//! Rendered answers, kept: each is made once per question, coding and generation of the store, however many ask.
//!
//! Promises: bounded memory (the setting `http.cache_bytes`, headers and keys included, roughly), for the bytes that were
//! asked for and no longer form of them; questions asked often outlive those asked once, so that a crawler does not push
//! out what a thousand desks ask at eight. Whoever asks for what is just being made waits for it, unless the one before
//! may still be given. If the store fails, the last answer is given again for a day, says that it is, and is made anew as
//! soon as that can be done; so is one that was made of what was in memory.
//! Refuses: to keep problems.
//!
//! A key names the question alone, and the answer carries its [`Stamp`]: a newer answer takes the place of the older,
//! and no generation leaves anything behind that would have to be cleared away.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, Request};
use axum::response::Response;
use futures_util::FutureExt as _;
use moka::future::Cache;
use moka::ops::compute::Op;
use store::Store;

use super::coding::Coding;
use super::meters::METERS;
use super::problem::Problem;
use super::pulse::{Lasts, Pulse, Stamp, Standing};
use super::respond::{Made, Sealed, say_stale};

mod smaller;
mod ways;

use smaller::{Smaller, Tried};
use ways::Ways;
pub(super) use ways::{Known, Way};

/// The longest that making an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How old an answer may be that is given because no newer one can be made: what `stale-if-error` says to others.
const AT_WORST: Duration = Duration::from_secs(86_400);
/// How long an answer is given that may be out of date before it is tried to be made anew.
const AGAIN: Duration = Duration::from_secs(5);
/// Of so many times that an answer is given to who asks in known words, the cache hears of one.
const TOLD: u32 = 64;

pub(crate) struct Answers {
    kept: Cache<String, Arc<Kept>>,
    ways: Ways,
    smaller: Smaller,
    pulse: Arc<Pulse>,
    /// See [`AGAIN`].
    again: Duration,
    pub(super) hits: AtomicU64,
    pub(super) made: AtomicU64,
    pub(super) stale: AtomicU64,
}

/// An answer, and when it was made.
#[derive(Debug)]
struct Kept {
    sealed: Sealed,
    made: Instant,
    tried: Tried,
    /// Until when it is given, if it may be out of date.
    until: Option<Instant>,
}

impl Kept {
    fn new(sealed: Sealed, made: Instant) -> Self {
        Kept { sealed, made, tried: Tried::default(), until: None }
    }

    /// Whether it may be given where an answer with this stamp is due.
    fn holds(&self, due: Stamp) -> bool {
        self.sealed.stamp.holds(due) && !self.is_over(Instant::now())
    }

    /// It may be out of date, and it is time to see whether it is.
    fn is_over(&self, now: Instant) -> bool {
        self.until.is_some_and(|until| now >= until)
    }
}

/// An answer that is there.
pub(super) struct AtHand {
    pub(super) response: Response,
    /// How it was found the last time.
    pub(super) known: Arc<Known>,
    /// Whether who gives it should have it made anew: something newer is there to be told.
    pub(super) renew: bool,
}

impl Answers {
    /// An empty cache over this store, of about so many bytes.
    pub(crate) fn new(store: Store, bytes: u64) -> Self {
        let weigh =
            |key: &String, kept: &Arc<Kept>| u32::try_from(key.len() + kept.sealed.weight()).unwrap_or(u32::MAX);
        let kept = Cache::builder().max_capacity(bytes).weigher(weigh).build();
        let (hits, made, stale) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
        let (ways, smaller, pulse) = (Ways::default(), Smaller::default(), Arc::new(Pulse::new(store)));
        Answers { kept, ways, smaller, pulse, again: AGAIN, hits, made, stale }
    }

    /// The answer to this request: `ask` names what is asked, in normal form, and `make` makes it if it must be made.
    pub(super) async fn give<F>(
        &self,
        request: &HeaderMap,
        ask: &str,
        lasts: Lasts,
        make: impl FnOnce() -> F,
    ) -> Result<Response, Problem>
    where
        F: Future<Output = Result<Made, Problem>>,
    {
        let (coding, stamp) = (Coding::best(request), self.pulse.stamp(lasts).await);
        let key = key(coding, ask);
        if let Some(kept) = self.kept.get(&key).await
            && kept.holds(stamp)
        {
            self.hits.fetch_add(1, Relaxed);
            self.smaller.given(&self.kept, &key, &kept, Instant::now());
            return Ok(self.learnable(&kept, request, key, lasts));
        }
        let plain = || async { Ok(Sealed::plain(make().await?, stamp)) };
        let kept = match coding {
            Coding::Identity => self.once(key.clone(), (stamp, lasts), plain).await?,
            coding => {
                // What was asked for as it is may be at hand; but it is several times as long, and few ask for both.
                let coded = || async {
                    let whole = self.kept.get(&self::key(Coding::Identity, ask)).await;
                    match whole.filter(|whole| whole.holds(stamp)) {
                        Some(whole) => Ok(whole.sealed.coded(coding).await),
                        None => Ok(plain().await?.coded(coding).await),
                    }
                };
                self.once(key.clone(), (stamp, lasts), coded).await?
            }
        };
        Ok(self.learnable(&kept, request, key, lasts))
    }

    /// The answer to a request that was asked in the same words before, if it is there and may be given. Waits for
    /// nothing.
    pub(super) fn at_hand(&self, request: &HeaderMap, name: &str, now: Instant) -> Option<AtHand> {
        let known = self.ways.find(name)?;
        let Way { key, lasts, kept } = &known.way;
        let kept = kept.upgrade()?;
        let is_over = kept.is_over(now);
        if is_over && now.saturating_duration_since(kept.made) >= AT_WORST {
            return None;
        }
        let renew = match self.pulse.standing(kept.sealed.stamp, *lasts, now) {
            Standing::Holds if is_over => !known.renewed.swap(true, Relaxed),
            Standing::Holds => false,
            Standing::Passes => !known.renewed.swap(true, Relaxed),
            Standing::Fails => return None,
        };
        self.hits.fetch_add(1, Relaxed);
        // What is asked often shall outlive the rest, and the cache need not be told of each time to know what that is.
        if known.taken.fetch_add(1, Relaxed).is_multiple_of(TOLD) {
            let _ = self.kept.get(key).now_or_never();
        }
        self.smaller.given(&self.kept, key, &kept, now);
        Some(AtHand { response: self.response(&kept, request, *lasts), known, renew })
    }

    /// What a request is named by, if it may be asked again.
    pub(super) fn name<B>(request: &Request<B>) -> Option<String> {
        Ways::name(request)
    }

    /// What was to be made anew was tried: if it could not be, somebody tries again.
    pub(super) fn tried(&self, name: &str) {
        if let Some(known) = self.ways.find(name) {
            known.renewed.store(false, Relaxed);
        }
    }

    /// Takes note of the way that the request of this name took.
    pub(super) fn learn(&self, name: String, way: Way, route: String) {
        let meter = METERS.of(&route);
        let (taken, renewed) = (AtomicU32::new(0), AtomicBool::new(false));
        self.ways.learn(name, Known { way, taken, renewed, route, meter });
    }

    /// The response, and the way that led to it.
    fn learnable(&self, kept: &Arc<Kept>, request: &HeaderMap, key: String, lasts: Lasts) -> Response {
        let mut response = self.response(kept, request, lasts);
        response.extensions_mut().insert(Way { key, lasts, kept: Arc::downgrade(kept) });
        response
    }

    /// The response, which says so if nobody knows whether there is something newer.
    fn response(&self, kept: &Kept, request: &HeaderMap, lasts: Lasts) -> Response {
        let mut response = kept.sealed.response(request);
        if matches!(lasts, Lasts::Generation | Lasts::Minute)
            && let Some(since) = self.pulse.silent_for()
        {
            say_stale(&mut response, since);
        }
        response
    }

    /// What is kept under this key; made now if it does not hold, by one of all who ask.
    async fn once<F>(
        &self,
        key: String,
        (stamp, lasts): (Stamp, Lasts),
        make: impl FnOnce() -> F,
    ) -> Result<Arc<Kept>, Problem>
    where
        F: Future<Output = Result<Sealed, Problem>>,
    {
        let hangs = matches!(lasts, Lasts::Generation | Lasts::Minute);
        let entry = self.kept.entry(key);
        let done = entry.and_try_compute_with(|before| async {
            let before = before.map(moka::Entry::into_value);
            if before.as_ref().is_some_and(|kept| kept.holds(stamp)) {
                return Ok(Op::Nop);
            }
            self.made.fetch_add(1, Relaxed);
            // In a box of its own: what making takes is some kilobytes, and each request would carry room for it along
            // through all layers, though most answers are there.
            let remembered = self.pulse.remembered();
            let made = tokio::time::timeout(PATIENCE, Box::pin(make())).await.unwrap_or(Err(Problem::Busy));
            let until = Some(Instant::now() + self.again);
            match (made, before) {
                // Made of what was in memory, by this one or by one beside it: there may be more to say.
                (Ok(sealed), _) if sealed.stale_since().is_some() || hangs && self.pulse.remembered() != remembered => {
                    let made = sealed.stale_since().unwrap_or_else(Instant::now);
                    let sealed = sealed.stale(stamp, made);
                    Ok(Op::Put(Arc::new(Kept { until, ..Kept::new(sealed, made) })))
                }
                (Ok(sealed), _) => Ok(Op::Put(Arc::new(Kept::new(sealed, Instant::now())))),
                (Err(problem), Some(before)) if problem.is_ours() && before.made.elapsed() < AT_WORST => {
                    let error = problem.cause();
                    // Said once, and not each time that it is tried.
                    match before.sealed.stale_since() {
                        None => tracing::error!(error, "an answer cannot be made anew; the one before is given"),
                        Some(_) => tracing::debug!(error, "an answer can still not be made anew"),
                    }
                    self.stale.fetch_add(1, Relaxed);
                    let sealed = before.sealed.stale(stamp, before.made);
                    Ok(Op::Put(Arc::new(Kept { until, ..Kept::new(sealed, before.made) })))
                }
                (Err(problem), _) => Err(problem),
            }
        });
        let entry = done.await?.into_entry();
        entry.map(moka::Entry::into_value).ok_or(Problem::Busy)
    }

    /// How many answers are kept, and how many bytes they take.
    pub(super) fn size(&self) -> (u64, u64) {
        (self.kept.entry_count(), self.kept.weighted_size())
    }
}

fn key(coding: Coding, ask: &str) -> String {
    [coding.word(), " ", ask].concat()
}

#[cfg(test)]
mod tests;
