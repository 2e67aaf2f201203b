//! Where turns meet: who tells the same story, and what is kept.
//!
//! Sources are asked, read and judged side by side. Only the stories need to know of each other: two copies of one
//! release that arrive together would become two stories otherwise. So turns wait here, whoever comes first takes all
//! that wait, and they are told and kept together, in one transaction. The store lends what may tell the same, found by
//! the marks that each item was kept with, so it matters little how much is kept.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::bail;
use curate::Rules;
use curate::stories::{NEAREST, SHARED, Telling, WINDOW_MS};
use model::{Ahead, Batch, Change, Judged, Kept, Kind, Moment, Recent, Visit};
use store::{Reach, Store, Teller};
use tokio::sync::oneshot::{self, error::TryRecvError};

use crate::clock::now;

/// How far the store looks for what may tell the same.
const REACH: Reach = Reach { window_ms: WINDOW_MS, nearest: NEAREST, shared: SHARED };
/// An event that is over for so long is told no more.
const OVER_MS: i64 = 24 * 3600 * 1000;
/// Most turns that are kept together: who comes later must not wait for long.
const TOGETHER: usize = 64;

#[derive(Debug)]
pub(super) struct Judge {
    store: Store,
    waiting: Mutex<Vec<Waiting>>,
    /// Whoever holds it tells and keeps.
    pen: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Waiting {
    visit: Visit,
    batch: Batch,
    rules: Arc<Rules>,
    done: oneshot::Sender<Result<Kept, String>>,
}

impl Judge {
    pub(super) fn new(store: Store) -> Self {
        Judge { store, waiting: Mutex::default(), pen: tokio::sync::Mutex::default() }
    }

    /// Finds the stories of a batch that is judged but for them, and keeps it with its visit.
    ///
    /// # Errors
    /// A store that cannot be read or written.
    pub(super) async fn keep(&self, visit: Visit, batch: Batch, rules: Arc<Rules>) -> anyhow::Result<Kept> {
        let (done, mut kept) = oneshot::channel();
        self.waiting().push(Waiting { visit, batch, rules, done });
        loop {
            match kept.try_recv() {
                Ok(kept) => return kept.map_err(|error| anyhow::anyhow!(error)),
                Err(TryRecvError::Closed) => bail!("who kept this turn was cut off"),
                Err(TryRecvError::Empty) => {}
            }
            let _pen = self.pen.lock().await;
            let mut turns = {
                let mut waiting = self.waiting();
                let some = waiting.len().min(TOGETHER);
                waiting.drain(..some).collect::<Vec<_>>()
            };
            // The one who held it before may have kept this turn, too; then there is nothing left to do.
            if turns.is_empty() {
                continue;
            }
            let kept = self.together(&mut turns).await;
            for (nth, turn) in turns.into_iter().enumerate() {
                // Who asked may have been cut off; what is kept is kept all the same.
                let _ = turn.done.send(match &kept {
                    Ok(kept) => Ok(kept[nth]),
                    Err(error) => Err(format!("{error:#}")),
                });
            }
        }
    }

    async fn together(&self, turns: &mut [Waiting]) -> anyhow::Result<Vec<Kept>> {
        if turns.iter().any(|turn| turn.batch.changes.iter().any(|change| judged(change).is_some())) {
            self.tell(turns).await?;
        }
        let pairs: Vec<(&Visit, &Batch)> = turns.iter().map(|turn| (&turn.visit, &turn.batch)).collect();
        Ok(self.store.keep_all(&pairs, now()).await?)
    }

    /// Finds the stories of all turns at once.
    async fn tell(&self, turns: &mut [Waiting]) -> anyhow::Result<()> {
        let Some(rules) = turns.last().map(|turn| Arc::clone(&turn.rules)) else { return Ok(()) };
        let all = || turns.iter().flat_map(|turn| &turn.batch.changes).filter_map(judged);
        let news = all().filter(|judged| judged.item.kind == Kind::News);
        let tellers: Vec<Teller<'_>> = news
            .map(|judged| Teller {
                id: &judged.item.id,
                at: judged.item.published.unwrap_or_else(now),
                marks: &judged.marks,
            })
            .collect();
        let recent = Recent { told: self.store.alike(&tellers, REACH).await?, ..Recent::default() };
        let of_events = turns.iter().any(|turn| !turn.batch.called_off.is_empty())
            || all().any(|judged| judged.item.kind == Kind::Event);
        let ahead = if of_events { self.store.ahead(Moment::from_ms(now().ms() - OVER_MS)).await? } else { Vec::new() };
        let mut batches: Vec<Batch> = turns.iter_mut().map(|turn| std::mem::take(&mut turn.batch)).collect();
        let told = tokio::task::spawn_blocking(move || {
            tell(&mut batches, &recent, &ahead, &rules);
            batches
        });
        let batches = told
            .await
            .map_err(|panic| anyhow::anyhow!("telling stories panicked, which is a mistake of ours: {panic}"))?;
        turns.iter_mut().zip(batches).for_each(|(turn, batch)| turn.batch = batch);
        Ok(())
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the stories of all batches, events among events. Each batch with news gets all that changes beside it: whichever of them are kept,
/// nobody follows one who is not, and what is said twice is so once.
fn tell(batches: &mut [Batch], recent: &Recent, ahead: &[Ahead], rules: &Rules) {
    let events = curate::events::tell(batches, ahead, rules);
    let all = batches.iter_mut().flat_map(|batch| &mut batch.changes).filter_map(judged_mut);
    let mut all: Vec<&mut Judged> = all.filter(|judged| judged.item.kind == Kind::News).collect();
    let Telling { mut stories, matters } = curate::stories::tell(&mut all, recent, now(), rules);
    // One that is to follow may be kept before its lead.
    let follow = all.iter().filter(|judged| judged.item.story.id != judged.item.id);
    stories.extend(follow.map(|judged| (judged.item.id.clone(), judged.item.story.id.clone())));
    stories.extend(events);
    for batch in batches.iter_mut().filter(|batch| batch.changes.iter().any(|change| judged(change).is_some())) {
        batch.stories.clone_from(&stories);
        batch.matters.clone_from(&matters);
    }
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
