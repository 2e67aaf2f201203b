//! Rendered answers, kept: each is made once per question, coding and generation of the store, however many ask.
//!
//! Promises: bounded memory (the setting `http.cache_bytes`, headers and keys included, roughly); questions asked
//! often outlive those asked once, so that a crawler does not push out what a thousand desks ask at eight. Whoever
//! asks for what is just being made waits for it. If the store fails, the last answer is given again for a day, and says that it is.
//! Refuses: to keep problems.
//!
//! A key names the question alone, and the answer carries its [`Stamp`]: a newer answer takes the place of the older,
//! and no generation leaves anything behind that would have to be cleared away.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::response::Response;
use moka::future::Cache;
use moka::ops::compute::Op;
use store::Store;

use super::coding::Coding;
use super::problem::Problem;
use super::pulse::{Lasts, Pulse, Stamp};
use super::respond::{Made, Sealed, say_stale};

mod ways;

use ways::Ways;
pub(super) use ways::{Known, Way};

/// The longest that making an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How old an answer may be that is given because no newer one can be made: what `stale-if-error` says to others.
const AT_WORST: Duration = Duration::from_secs(86_400);

pub(crate) struct Answers {
    kept: Cache<String, Arc<Kept>>,
    ways: Ways,
    pulse: Pulse,
    pub(super) hits: AtomicU64,
    pub(super) made: AtomicU64,
    pub(super) stale: AtomicU64,
}

/// An answer, and when it was made.
struct Kept {
    sealed: Sealed,
    made: Instant,
}

impl Answers {
    /// An empty cache over this store, of about so many bytes.
    pub(crate) fn new(store: Store, bytes: u64) -> Self {
        let weigh =
            |key: &String, kept: &Arc<Kept>| u32::try_from(key.len() + kept.sealed.weight()).unwrap_or(u32::MAX);
        let kept = Cache::builder().max_capacity(bytes).weigher(weigh).build();
        let (hits, made, stale) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
        Answers { kept, ways: Ways::default(), pulse: Pulse::new(store), hits, made, stale }
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
            && kept.sealed.stamp.holds(stamp)
        {
            self.hits.fetch_add(1, Relaxed);
            return Ok(self.learnable(&kept, request, Way { key, lasts }));
        }
        let plain = || async { Ok(Sealed::plain(make().await?, stamp)) };
        let way = Way { key: key.clone(), lasts };
        let kept = match coding {
            Coding::Identity => self.once(key, stamp, plain).await?,
            coding => {
                let coded = || async {
                    let plain = self.once(self::key(Coding::Identity, ask), stamp, plain).await?;
                    Ok(plain.sealed.coded(coding).await)
                };
                self.once(key, stamp, coded).await?
            }
        };
        Ok(self.learnable(&kept, request, way))
    }

    /// The answer to a request that was asked in the same words before, and the route that it took then.
    pub(super) async fn again(&self, request: &HeaderMap, name: &str) -> Option<(Response, Arc<Known>)> {
        let known = self.ways.find(name)?;
        let stamp = self.pulse.stamp(known.way.lasts).await;
        let kept = self.kept.get(&known.way.key).await.filter(|kept| kept.sealed.stamp.holds(stamp))?;
        self.hits.fetch_add(1, Relaxed);
        Some((self.response(&kept, request, known.way.lasts), known))
    }

    /// What a request is named by, if it may be asked again.
    pub(super) fn name(request: &Request) -> Option<String> {
        Ways::name(request)
    }

    /// Takes note of the way that the request of this name took.
    pub(super) fn learn(&self, name: String, way: Way, route: String) {
        self.ways.learn(name, Known { way, route });
    }

    /// The response, and the way that led to it.
    fn learnable(&self, kept: &Kept, request: &HeaderMap, way: Way) -> Response {
        let mut response = self.response(kept, request, way.lasts);
        response.extensions_mut().insert(way);
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
    async fn once<F>(&self, key: String, stamp: Stamp, make: impl FnOnce() -> F) -> Result<Arc<Kept>, Problem>
    where
        F: Future<Output = Result<Sealed, Problem>>,
    {
        let entry = self.kept.entry(key);
        let done = entry.and_try_compute_with(|before| async {
            let before = before.map(moka::Entry::into_value);
            if before.as_ref().is_some_and(|kept| kept.sealed.stamp.holds(stamp)) {
                return Ok(Op::Nop);
            }
            self.made.fetch_add(1, Relaxed);
            // In a box of its own: what making takes is some kilobytes, and each request would carry room for it along
            // through all layers, though most answers are there.
            let made = tokio::time::timeout(PATIENCE, Box::pin(make())).await.unwrap_or(Err(Problem::Busy));
            match (made, before) {
                (Ok(sealed), _) => Ok(Op::Put(Arc::new(Kept { sealed, made: Instant::now() }))),
                (Err(problem), Some(before)) if problem.is_ours() && before.made.elapsed() < AT_WORST => {
                    let error = problem.cause();
                    tracing::error!(error, "an answer cannot be made anew; the one before is given");
                    self.stale.fetch_add(1, Relaxed);
                    let sealed = before.sealed.stale(stamp, before.made);
                    Ok(Op::Put(Arc::new(Kept { sealed, made: before.made })))
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
