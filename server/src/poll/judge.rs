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
use model::{Ahead, Batch, Change, Event, Judged, Kept, Kind, Moment, Recent, Status, Told, Visit};
use store::Store;
use tokio::sync::oneshot::{self, error::TryRecvError};

use crate::clock::now;

/// How far back items may belong to a story that is still told.
const STORY_WINDOW_MS: i64 = 7 * 24 * 3600 * 1000;
/// An event that is over for so long is told no more.
const OVER_MS: i64 = 24 * 3600 * 1000;
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
    /// News; events stand among events.
    told: Vec<Told>,
    ahead: Vec<Ahead>,
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
            let since = |back: i64| Moment::from_ms(now().ms() - back);
            board.told = self.store.told(since(STORY_WINDOW_MS)).await?;
            board.told.retain(|told| !told.event);
            board.ahead = self.store.ahead(since(OVER_MS)).await?;
            board.generation = Some(generation);
        }
        let Some(rules) = turns.last().map(|turn| Arc::clone(&turn.rules)) else { return Ok(()) };
        let mut batches: Vec<Batch> = turns.iter_mut().map(|turn| std::mem::take(&mut turn.batch)).collect();
        let recent = Recent { told: std::mem::take(&mut board.told), ..Recent::default() };
        let ahead = std::mem::take(&mut board.ahead);
        let told = tokio::task::spawn_blocking(move || {
            let mut moved = curate::events::tell(&mut batches, &ahead, &rules);
            let all = batches.iter_mut().flat_map(|batch| &mut batch.changes).filter_map(judged_mut);
            let mut news: Vec<&mut Judged> = all.filter(|judged| judged.item.kind == Kind::News).collect();
            moved.extend(curate::stories::tell(&mut news, &recent, now(), &rules));
            lead_in_order(&mut news, &recent.told);
            if let Some(last) = batches.last_mut() {
                // When it is kept, every item is there that another one may follow.
                last.stories = moved;
            }
            (batches, recent.told, ahead)
        });
        let (batches, told, ahead) = told.await.map_err(|panic| {
            board.generation = None;
            anyhow::anyhow!("telling stories panicked, which is a mistake of ours: {panic}")
        })?;
        (board.told, board.ahead) = (told, ahead);
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
        let changes = || turns.iter().flat_map(|turn| turn.batch.changes.iter().map(move |change| (turn, change)));
        let stories: HashMap<&str, &str> = self.ahead.iter().map(|one| (one.id.as_str(), one.story.as_str())).collect();
        let gone =
            changes().filter_map(|(_, change)| if let Change::Gone(id) = change { Some(id.as_str()) } else { None });
        let mut old: HashSet<&str> = gone.collect();
        let (mut told, mut ahead) = (HashMap::new(), HashMap::new());
        for (turn, judged) in changes().filter_map(|(turn, change)| Some((turn, judged(change)?))) {
            let id = judged.item.id.as_str();
            old.insert(id);
            match (judged.item.kind, &judged.item.event) {
                _ if !judged.relevant => {}
                (Kind::News, _) => {
                    told.insert(id, self::told(judged, &turn.visit.source));
                }
                (Kind::Event, Some(event)) => {
                    ahead.insert(id, self::ahead(judged, event, stories.get(id).copied()));
                }
                (Kind::Event, None) => {}
            }
        }
        self.told.retain(|told| !old.contains(told.id.as_str()));
        self.told.extend(told.into_values());
        self.ahead.retain(|ahead| !old.contains(ahead.id.as_str()));
        self.ahead.extend(ahead.into_values());
        let cancelled: HashSet<&String> = turns.iter().flat_map(|turn| &turn.batch.cancelled).collect();
        for ahead in self.ahead.iter_mut().filter(|ahead| cancelled.contains(&ahead.id)) {
            ahead.event.status = Status::Cancelled;
        }
        let moves: HashMap<&String, &String> = turns.iter().flat_map(|turn| &turn.batch.stories).collect();
        let told = self.told.iter_mut().map(|told| (&told.id, &mut told.story));
        for (id, story) in told.chain(self.ahead.iter_mut().map(|ahead| (&ahead.id, &mut ahead.story))) {
            if let Some(lead) = moves.get(id) {
                story.clone_from(lead);
            }
        }
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
        Change::Same(_) | Change::Gone(_) | Change::Rejected(_) => None,
    }
}

fn judged_mut(change: &mut Change) -> Option<&mut Judged> {
    match change {
        Change::New(judged) | Change::Changed(judged) => Some(judged),
        Change::Same(_) | Change::Gone(_) | Change::Rejected(_) => None,
    }
}

/// A changed event stays in its story unless the batch moves it.
fn ahead(judged: &Judged, event: &Event, story: Option<&str>) -> Ahead {
    let item = &judged.item;
    Ahead {
        id: item.id.clone(),
        story: story.unwrap_or(&item.story.id).to_owned(),
        source: item.source.id.clone(),
        url: item.url.clone(),
        title: item.title.clone(),
        event: event.clone(),
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
