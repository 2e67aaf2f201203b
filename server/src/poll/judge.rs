//! Where turns meet: who tells the same story, and what is kept.
//!
//! Sources are asked, read and judged side by side. Only the stories need to know of each other: two copies of one
//! release that arrive together would become two stories otherwise. So turns wait here, whoever comes first waits a
//! moment for those under way and takes all that wait, and they are told and kept together, in one transaction. The
//! store lends what may tell the same, found by the marks that each item was kept with, so it matters little how much
//! is kept.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use anyhow::bail;
use curate::Rules;
use curate::stories::{self, Face, LARGEST, NEAREST, SHARED, Telling, WINDOW_MS};
use model::{Ahead, Batch, Change, Judged, Kept, Kind, Moment, Told, Visit};
use store::{Hung, Lending, Moves, Near, Reach, Store, Teller};
use tokio::sync::Notify;
use tokio::sync::oneshot::{self, error::TryRecvError};
use tokio::time::Instant;

use super::places::Places;
use crate::clock::now;
use crate::rulebook::Rulebook;

/// How far the store looks for what may tell the same.
const REACH: Reach = Reach { window_ms: WINDOW_MS, nearest: NEAREST, shared: SHARED };
/// An event that is over for so long is told no more.
const OVER_MS: i64 = 24 * 3600 * 1000;
/// Most turns that are kept together: who comes later must not wait for long.
const TOGETHER: usize = 32;
/// And items of theirs, unless one alone brings more: while they are kept, each is in memory with its texts and terms.
const MOST_ITEMS: usize = 1_000;
/// So long a turn waits for others that are under way: each transaction writes some pages anew, however little it keeps.
const GATHER: Duration = Duration::from_millis(100);
/// The same where those that wait bring nothing: that is quickly written.
const GATHER_SILENT: Duration = Duration::from_millis(10);
/// Items for which the store looks at once: what it finds of each may be read whole.
const AT_ONCE: usize = 64;
/// So often it is looked for others than those of full matters, which another node filled: the store closes what this
/// one fills. Each time some matter is passed over that was not before.
const PASSES: usize = 32;

#[derive(Debug)]
pub(super) struct Judge {
    store: Store,
    places: Places,
    waiting: Mutex<Vec<Waiting>>,
    /// Whoever holds it tells and keeps.
    pen: tokio::sync::Mutex<()>,
    /// Turns that have begun and not ended, those that wait among them.
    under_way: AtomicUsize,
    /// One more waits, or one less is under way.
    came: Notify,
}

/// A turn that is under way until this is dropped.
#[derive(Debug)]
pub(super) struct UnderWay<'a>(&'a Judge);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Relaxed);
        self.0.came.notify_one();
    }
}

#[derive(Debug)]
struct Waiting {
    visit: Visit,
    batch: Batch,
    rules: Arc<Rulebook>,
    done: oneshot::Sender<Result<Kept, String>>,
}

impl Waiting {
    /// Whether it brings anything that is to be told.
    fn says(&self) -> bool {
        self.items() > 0
    }

    /// How many items it brings.
    fn items(&self) -> usize {
        self.batch.changes.iter().filter(|change| judged(change).is_some()).count()
    }
}

/// How many turns are kept together, by the items of each.
fn as_many(items: impl Iterator<Item = usize>) -> usize {
    let mut all = 0;
    let fits = |(nth, some): &(usize, usize)| {
        all += some;
        *nth == 0 || all <= MOST_ITEMS
    };
    items.take(TOGETHER).enumerate().take_while(fits).count()
}

impl Judge {
    pub(super) fn new(store: Store, places: Places) -> Self {
        let (waiting, pen) = (Mutex::default(), tokio::sync::Mutex::default());
        Judge { store, places, waiting, pen, under_way: AtomicUsize::new(0), came: Notify::new() }
    }

    /// Begins a turn: whoever keeps soon waits for it a moment.
    pub(super) fn begin(&self) -> UnderWay<'_> {
        self.under_way.fetch_add(1, Relaxed);
        UnderWay(self)
    }

    /// Finds the stories of a batch that is judged but for them, and keeps it with its visit.
    ///
    /// # Errors
    /// A store that cannot be read or written.
    pub(super) async fn keep(&self, visit: Visit, batch: Batch, rules: Arc<Rulebook>) -> anyhow::Result<Kept> {
        let (done, mut kept) = oneshot::channel();
        self.waiting().push(Waiting { visit, batch, rules, done });
        self.came.notify_one();
        loop {
            // Who is kept goes at once: it would wait for the pen, and with it for turns that wait for the pen as well.
            let _pen = tokio::select! {
                biased;
                kept = &mut kept => return heard(kept.ok()),
                pen = self.pen.lock() => pen,
            };
            match kept.try_recv() {
                Ok(kept) => return heard(Some(kept)),
                Err(TryRecvError::Closed) => return heard(None),
                Err(TryRecvError::Empty) => {}
            }
            self.gather().await;
            let mut turns = {
                let mut waiting = self.waiting();
                let some = as_many(waiting.iter().map(Waiting::items));
                waiting.drain(..some).collect::<Vec<_>>()
            };
            let _keeping = self.places.keep(turns.len());
            let kept = self.together(&mut turns).await;
            let (done, brought): (Vec<_>, Vec<_>) = turns.into_iter().map(|turn| (turn.done, turn.batch)).unzip();
            for (nth, done) in done.into_iter().enumerate() {
                // Who asked may have been cut off; what is kept is kept all the same.
                let _ = done.send(match &kept {
                    Ok(kept) => Ok(kept[nth]),
                    Err(error) => Err(format!("{error:#}")),
                });
            }
            // To let go of thousands of texts takes as long as to compare them. Who keeps next does not wait for that.
            tokio::task::spawn_blocking(move || drop(brought));
        }
    }

    /// Waits until all that are under way wait to be kept, or enough of them, or long enough.
    async fn gather(&self) {
        let begun = Instant::now();
        loop {
            let (wait, says) = {
                let waiting = self.waiting();
                (waiting.len(), waiting.iter().any(Waiting::says))
            };
            if wait >= self.under_way.load(Relaxed).min(TOGETHER) {
                return;
            }
            let until = begun + if says { GATHER } else { GATHER_SILENT };
            if tokio::time::timeout_at(until, self.came.notified()).await.is_err() {
                return;
            }
        }
    }

    async fn together(&self, turns: &mut [Waiting]) -> anyhow::Result<Vec<Kept>> {
        let moves = if turns.iter().any(Waiting::says) { self.tell(turns).await? } else { Moves::default() };
        let pairs: Vec<(&Visit, &Batch)> = turns.iter().map(|turn| (&turn.visit, &turn.batch)).collect();
        Ok(self.store.keep_all(&pairs, &moves, now()).await?)
    }

    /// Finds the stories of all turns at once.
    async fn tell(&self, turns: &mut [Waiting]) -> anyhow::Result<Moves> {
        let Some(rules) = turns.last().map(|turn| Arc::clone(&turn.rules)) else { return Ok(Moves::default()) };
        let mut batches: Vec<Batch> = turns.iter_mut().map(|turn| std::mem::take(&mut turn.batch)).collect();
        let told = self.tell_batches(&mut batches, &rules).await;
        turns.iter_mut().zip(batches).for_each(|(turn, batch)| turn.batch = batch);
        told
    }

    async fn tell_batches(&self, batches: &mut Vec<Batch>, rules: &Arc<Rulebook>) -> anyhow::Result<Moves> {
        let all = || batches.iter().flat_map(|batch| &batch.changes).filter_map(judged);
        let news: Vec<&Judged> = all().filter(|judged| judged.item.kind == Kind::News).collect();
        let kept = if news.is_empty() { Vec::new() } else { Lent::of(&self.store, rules).await?.to(&news).await? };
        let of_events = batches.iter().any(|batch| !batch.called_off.is_empty())
            || all().any(|judged| judged.item.kind == Kind::Event);
        let ahead = if of_events { self.store.ahead(Moment::from_ms(now().ms() - OVER_MS)).await? } else { Vec::new() };
        let (mut taken, rules) = (std::mem::take(batches), Arc::clone(rules));
        let told = aside("telling stories", move || (tell(&mut taken, &kept, &ahead, &rules), taken)).await;
        let (moves, told) = told?;
        *batches = told;
        Ok(moves)
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What became of a turn, if whoever kept it lived to say so.
fn heard(kept: Option<Result<Kept, String>>) -> anyhow::Result<Kept> {
    match kept {
        Some(kept) => kept.map_err(|error| anyhow::anyhow!(error)),
        None => bail!("who kept this turn was cut off"),
    }
}

/// Kept items that tell the same as one of those to be told, by their places.
type Found = HashMap<i64, Arc<Near>>;

/// What the store lends to who tells stories.
struct Lent<'a> {
    store: Lending<'a>,
    rules: &'a Arc<Rulebook>,
}

impl<'a> Lent<'a> {
    async fn of(store: &'a Store, rules: &'a Arc<Rulebook>) -> anyhow::Result<Self> {
        Ok(Lent { store: store.lending().await?, rules })
    }

    /// The matters of all kept items that tell the same as one of these, and those that these belonged to. A matter that is
    /// full is passed over, and what was found in its place is looked at.
    async fn to(mut self, news: &[&Judged]) -> anyhow::Result<Vec<stories::Kept>> {
        let mut alike = Found::new();
        let mut asking: Vec<&Judged> = news.to_vec();
        for _ in 0..PASSES {
            let mut met: Vec<Vec<Arc<Near>>> = Vec::with_capacity(asking.len());
            for some in asking.chunks(AT_ONCE) {
                met.extend(self.alike(some, &mut alike).await?);
            }
            if alike.is_empty() {
                break;
            }
            let full = self.store.pass_over(alike.keys().copied(), LARGEST).await?;
            alike.retain(|place, _| !full.contains(place));
            let again = |near: &[Arc<Near>]| near.iter().any(|near| full.contains(&near.place));
            asking = asking.into_iter().zip(&met).filter(|(_, near)| again(near)).map(|(judged, _)| judged).collect();
            if asking.is_empty() {
                break;
            }
        }
        let own = news.iter().map(|judged| judged.item.id.as_str());
        let hung = self.store.matters(alike.values().map(|near| near.id.as_str()), own, LARGEST).await?;
        self.look_at(hung.iter().map(|hung| &hung.item)).await?;
        let kept = |Hung { item, story, matter }: Hung| {
            let face = self.face(&item)?;
            Some(stories::Kept { id: item.id, story, matter, at: item.at, face })
        };
        Ok(hung.into_iter().filter_map(kept).collect())
    }

    /// Adds all kept items that tell the same as one of these. Gives for each those that share marks with it.
    async fn alike(&mut self, news: &[&Judged], alike: &mut Found) -> anyhow::Result<Vec<Vec<Arc<Near>>>> {
        let at = |judged: &Judged| judged.item.published.unwrap_or_else(now);
        let tellers: Vec<Teller<'_>> =
            news.iter().map(|judged| Teller { at: at(judged), marks: &judged.marks }).collect();
        let met = self.store.near(&tellers, REACH).await?;
        self.look_at(met.iter().flatten().map(|near| &**near)).await?;
        for ((judged, teller), near) in news.iter().zip(&tellers).zip(&met).filter(|(_, near)| !near.is_empty()) {
            let own = stories::face(judged, self.rules);
            for near in near {
                // What tells the same as one of them is lent for all.
                if alike.contains_key(&near.place) || near.id == judged.item.id {
                    continue;
                }
                if self.face(near).is_some_and(|face| stories::alike((&own, teller.at), (&face, near.at))) {
                    alike.insert(near.place, Arc::clone(near));
                }
            }
        }
        Ok(met)
    }

    /// What an item looks like, once it was looked at.
    fn face(&self, item: &Near) -> Option<Arc<Face>> {
        let seen = item.made.get::<Seen>()?;
        std::ptr::eq(seen.by.as_ptr(), Arc::as_ptr(self.rules)).then(|| Arc::clone(&seen.face))
    }

    fn note(&self, item: &Near, face: Arc<Face>) {
        item.made.set(Arc::new(Seen { by: Arc::downgrade(self.rules), face }));
    }

    /// Looks at these items. What most of them look like is known; the others are read, if they were not anyway.
    async fn look_at<'b>(&mut self, items: impl Iterator<Item = &'b Near>) -> anyhow::Result<()> {
        let mut unseen: Vec<&Near> = items.filter(|item| self.face(item).is_none()).collect();
        unseen.retain(|item| match stories::known_face(&item.id, item.hash, self.rules) {
            Some(face) => {
                self.note(item, face);
                false
            }
            None => true,
        });
        if unseen.is_empty() {
            return Ok(());
        }
        let (mut told, mut missing) = (HashMap::new(), HashSet::new());
        for item in &unseen {
            match &item.told {
                Some(said) => _ = told.insert(item.id.as_str(), (item.hash, Arc::clone(said))),
                None => _ = missing.insert(item.id.as_str()),
            }
        }
        let mut told: Vec<(i64, Arc<Told>)> = told.into_values().collect();
        if !missing.is_empty() {
            let more = self.store.told(missing).await?;
            told.extend(more.into_iter().map(|(hash, told)| (hash, Arc::new(told))));
        }
        let rules = Arc::clone(self.rules);
        let made = aside("looking at kept items", move || {
            let face = |(hash, told): (i64, Arc<Told>)| (told.id.clone(), stories::new_face(&told, hash, &rules));
            told.into_iter().map(face).collect::<HashMap<_, _>>()
        });
        let made = made.await?;
        for item in unseen {
            if let Some(face) = made.get(&item.id) {
                self.note(item, Arc::clone(face));
            }
        }
        Ok(())
    }
}

/// What an item looks like by these rules.
struct Seen {
    by: Weak<Rulebook>,
    face: Arc<Face>,
}

/// Does work that takes long where it holds up nobody.
async fn aside<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|panic| anyhow::anyhow!("{what} panicked, which is a mistake of ours: {panic}"))
}

/// Tells the stories of all batches, events among events. What moves is said for all batches: whichever of them are
/// kept, nobody follows one who is not.
fn tell(batches: &mut [Batch], kept: &[stories::Kept], ahead: &[Ahead], rules: &Rules) -> Moves {
    let events = curate::events::tell(batches, ahead, rules);
    let all = batches.iter_mut().flat_map(|batch| &mut batch.changes).filter_map(judged_mut);
    let mut all: Vec<&mut Judged> = all.filter(|judged| judged.item.kind == Kind::News).collect();
    let Telling { mut stories, matters } = curate::stories::tell(&mut all, kept, now(), rules);
    // One that is to follow may be kept before its lead.
    let follow = all.iter().filter(|judged| judged.item.story.id != judged.item.id);
    stories.extend(follow.map(|judged| (judged.item.id.clone(), judged.item.story.id.clone())));
    stories.extend(events);
    Moves { stories, matters, full: Some(LARGEST) }
}

fn judged(change: &Change) -> Option<&Judged> {
    match change {
        Change::New(judged) | Change::Changed(judged) => Some(judged),
        Change::Same(_) | Change::Gone(_) | Change::Rejected(_) => None,
    }
}

fn judged_mut(change: &mut Change) -> Option<&mut Judged> {
    match change {
        Change::New(judged) | Change::Changed(judged) => Some(judged),
        Change::Same(_) | Change::Gone(_) | Change::Rejected(_) => None,
    }
}

#[cfg(test)]
mod tests;
