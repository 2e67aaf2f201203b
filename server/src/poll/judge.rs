//! Where turns meet: who tells the same story, and what is kept.
//!
//! Sources are asked, read and judged side by side. Only the stories need to know of each other: two copies of one
//! release that arrive together would become two stories otherwise. So turns wait here, whoever comes first takes all
//! that wait, and they are told and kept together, in one transaction. The last days' items are lent by the store
//! once and carried on from there, as long as nobody else writes.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::bail;
use curate::Rules;
use model::{Batch, Change, Judged, Kept, Kind, Moment, Recent, Told, Visit};
use store::Store;
use tokio::sync::oneshot::{self, error::TryRecvError};

use crate::clock::now;

/// How far back items may belong to a story that is still told.
const STORY_WINDOW_MS: i64 = 7 * 24 * 3600 * 1000;
/// Most turns that are kept together: who comes later must not wait for long.
const TOGETHER: usize = 64;
/// When so many items were told, those that are too old are asked to leave.
const TOLD: usize = 4_000;

#[derive(Debug)]
pub(super) struct Judge {
    store: Store,
    waiting: Mutex<Vec<Waiting>>,
    board: tokio::sync::Mutex<Board>,
}

#[derive(Debug)]
struct Waiting {
    visit: Visit,
    batch: Batch,
    rules: Arc<Rules>,
    done: oneshot::Sender<Result<Kept, String>>,
}

/// The last days' items as they are after the last turn.
#[derive(Debug, Default)]
struct Board {
    /// Of the store; nothing if the board has to be asked for anew.
    generation: Option<i64>,
    told: Vec<Told>,
}

impl Judge {
    pub(super) fn new(store: Store) -> Self {
        Judge { store, waiting: Mutex::default(), board: tokio::sync::Mutex::default() }
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
            let mut board = self.board.lock().await;
            let mut turns = {
                let mut waiting = self.waiting();
                let some = waiting.len().min(TOGETHER);
                waiting.drain(..some).collect::<Vec<_>>()
            };
            // The one who held the board before may have kept this turn, too; then there is nothing left to do.
            if turns.is_empty() {
                continue;
            }
            let kept = self.together(&mut board, &mut turns).await;
            for (nth, turn) in turns.into_iter().enumerate() {
                // Who asked may have been cut off; what is kept is kept all the same.
                let _ = turn.done.send(match &kept {
                    Ok(kept) => Ok(kept[nth]),
                    Err(error) => Err(format!("{error:#}")),
                });
            }
        }
    }

    async fn together(&self, board: &mut Board, turns: &mut [Waiting]) -> anyhow::Result<Vec<Kept>> {
        let news = |turn: &Waiting| turn.batch.changes.iter().any(|change| judged(change).is_some());
        if turns.iter().any(news) {
            self.tell(board, turns).await?;
        }
        // Until it is known how it ended, the board may be wrong.
        let before = board.generation.take();
        let pairs: Vec<(&Visit, &Batch)> = turns.iter().map(|turn| (&turn.visit, &turn.batch)).collect();
        let kept = self.store.keep_all(&pairs, now()).await?;
        let after = self.store.generation().await?;
        let grew = i64::from(kept.iter().any(|kept| kept.new + kept.changed > 0));
        // A turn that was not kept is not told; and who else wrote meanwhile told something we do not know.
        if before.is_some_and(|before| before + grew == after) && !kept.iter().any(|kept| kept.fenced) {
            board.add(turns);
            board.generation = Some(after);
        }
        Ok(kept)
    }

    /// Finds the stories of all turns at once.
    async fn tell(&self, board: &mut Board, turns: &mut [Waiting]) -> anyhow::Result<()> {
        let generation = self.store.generation().await?;
        if board.generation != Some(generation) || board.told.len() > TOLD {
            board.told = self.store.told(Moment::from_ms(now().ms() - STORY_WINDOW_MS)).await?;
            board.generation = Some(generation);
        }
        let Some(rules) = turns.last().map(|turn| Arc::clone(&turn.rules)) else { return Ok(()) };
        let mut batches: Vec<Batch> = turns.iter_mut().map(|turn| std::mem::take(&mut turn.batch)).collect();
        let recent = Recent { told: std::mem::take(&mut board.told), ..Recent::default() };
        let told = tokio::task::spawn_blocking(move || {
            let mut all: Vec<&mut Judged> =
                batches.iter_mut().flat_map(|batch| &mut batch.changes).filter_map(judged_mut).collect();
            let moved = curate::stories::tell(&mut all, &recent, now(), &rules);
            lead_in_order(&mut all, &recent.told);
            if let Some(last) = batches.last_mut() {
                // When it is kept, every item is there that an older one may follow.
                last.stories = moved;
            }
            (batches, recent.told)
        });
        let (batches, told) = told.await.map_err(|panic| {
            board.generation = None;
            anyhow::anyhow!("telling stories panicked, which is a mistake of ours: {panic}")
        })?;
        board.told = told;
        turns.iter_mut().zip(batches).for_each(|(turn, batch)| turn.batch = batch);
        Ok(())
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Board {
    /// What was kept is told from now on.
    fn add(&mut self, turns: &[Waiting]) {
        let mut new: HashMap<&str, Told> = HashMap::new();
        for turn in turns {
            for judged in turn.batch.changes.iter().filter_map(judged).filter(|judged| judged.relevant) {
                new.insert(&judged.item.id, told(judged, &turn.visit.source));
            }
        }
        let moves: HashMap<&String, &String> = turns.iter().flat_map(|turn| &turn.batch.stories).collect();
        self.told.retain(|told| !new.contains_key(told.id.as_str()));
        for told in &mut self.told {
            if let Some(story) = moves.get(&told.id) {
                told.story.clone_from(story);
            }
        }
        self.told.extend(new.into_values());
    }
}

/// A story leads from the item that is kept first: one that is to follow must find its lead.
fn lead_in_order(all: &mut [&mut Judged], told: &[Told]) {
    let known: HashSet<&str> = told.iter().flat_map(|told| [told.story.as_str(), told.id.as_str()]).collect();
    let mut leads: HashMap<String, String> = HashMap::new();
    for judged in all {
        let story = &mut judged.item.story.id;
        if !known.contains(story.as_str()) {
            let lead = leads.entry(story.clone()).or_insert_with(|| judged.item.id.clone());
            story.clone_from(lead);
        }
    }
}

fn judged(change: &Change) -> Option<&Judged> {
    match change {
        Change::New(judged) | Change::Changed(judged) => Some(judged),
        Change::Same(_) | Change::Rejected(_) => None,
    }
}

fn judged_mut(change: &mut Change) -> Option<&mut Judged> {
    match change {
        Change::New(judged) | Change::Changed(judged) => Some(judged),
        Change::Same(_) | Change::Rejected(_) => None,
    }
}

fn told(judged: &Judged, source: &str) -> Told {
    let item = &judged.item;
    Told {
        id: item.id.clone(),
        story: item.story.id.clone(),
        source: source.to_owned(),
        url: item.url.clone(),
        title: item.title.clone(),
        kicker: item.kicker.clone(),
        summary: item.summary.clone(),
        at: item.published.unwrap_or_else(now),
        event: item.kind == Kind::Event,
    }
}
