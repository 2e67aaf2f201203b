//! Keeping one turn: the visit and all it changed in one transaction, or nothing of it.

mod items;
mod marks;
mod occasion;
mod record;
mod story;

use std::collections::{BTreeMap, HashSet};

use model::{Batch, Kept, Moment, Visit};

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::outbox;
use crate::pools::{Tx, is_lost};
use crate::sources::next_generation;
use crate::sql::query;

pub(crate) use items::{many, place};

/// How many visits of a source are remembered.
const VISITS: i64 = 50;

/// What becomes of items that are kept, beside what their own batches say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Items that now belong to another story: item id to the lead's id.
    pub stories: BTreeMap<String, String>,
    /// Items, and the matter each belongs to from now on.
    pub matters: BTreeMap<String, String>,
    /// With so many items nobody joins a matter any more, and none of them is looked for.
    pub full: Option<usize>,
}

impl Store {
    /// Keeps what a visit brought. Keeping the same again changes nothing: items are known by their ids, visits by
    /// source and epoch. An item that says what it said is not counted. One that changed keeps when it was first
    /// seen, and its story unless the batch names another. What is gone is kept as well, and found
    /// no more until its source says it again.
    ///
    /// Stories stay whole whatever the batch says: a lead exists and leads itself, and who followed an item that
    /// now follows another goes with it.
    ///
    /// Nothing is kept if the visit's epoch is no longer that of the source's lease, or the source is unknown;
    /// [`Kept::fenced`] says so.
    ///
    /// # Errors
    /// If the database fails; then nothing was kept.
    pub async fn keep(&self, visit: &Visit, batch: &Batch, now: Moment) -> Result<Kept, StoreError> {
        let kept = self.keep_surely(&[(visit, batch)], &Moves::default(), now).await;
        Ok(kept.doing("keep what a visit brought")?.into_iter().next().unwrap_or_default())
    }

    /// Keeps what several visits brought in one transaction, in this order: all of them, or none. A visit whose lease
    /// is another's by now is left out, and only that one. `moves` are for all of them: items of one batch may follow
    /// those of another.
    ///
    /// # Errors
    /// If the database fails; then nothing was kept.
    pub async fn keep_all(
        &self,
        turns: &[(&Visit, &Batch)],
        moves: &Moves,
        now: Moment,
    ) -> Result<Vec<Kept>, StoreError> {
        self.keep_surely(turns, moves, now).await.doing("keep what visits brought")
    }

    /// Keeps once more what a connection took with it, because its server was started anew. It may have been kept,
    /// and only the word of it lost; keeping twice changes nothing.
    async fn keep_surely(&self, turns: &[(&Visit, &Batch)], moves: &Moves, now: Moment) -> Sql<Vec<Kept>> {
        match self.keep_together(turns, moves, now).await {
            Err(error) if is_lost(&error) => self.keep_together(turns, moves, now).await,
            kept => kept,
        }
    }

    async fn keep_together(&self, turns: &[(&Visit, &Batch)], moves: &Moves, now: Moment) -> Sql<Vec<Kept>> {
        let mut tx = self.write().await?;
        let mut kept = vec![Kept { fenced: true, ..Kept::default() }; turns.len()];
        let mut ours = Vec::with_capacity(turns.len());
        for (nth, (visit, _)) in turns.iter().enumerate() {
            if record::source(&mut tx, visit).await? {
                kept[nth].fenced = false;
                ours.push(nth);
            }
        }
        let (mut grew, mut closed) = (false, HashSet::new());
        let says = |nth: &usize| !is_silent(turns[*nth].1);
        if ours.iter().any(says) {
            // One source's turns come one after the other: what the later says counts.
            for part in apart(&ours, |nth| &turns[nth].0.source) {
                let batches: Vec<_> = part.iter().map(|nth| (turns[*nth].0.source.as_str(), turns[*nth].1)).collect();
                let (counts, changed) = self.keep_batches(&mut tx, &batches, moves, now, &mut closed).await?;
                for (nth, (new, changed)) in part.iter().zip(counts) {
                    (kept[*nth].new, kept[*nth].changed) = (new, changed);
                }
                grew |= changed;
            }
        }
        let visits: Vec<(&Visit, Kept)> = ours.iter().map(|nth| (turns[*nth].0, kept[*nth])).collect();
        record::visits(&mut tx, &visits).await?;
        // What one transaction changed counts once.
        if grew {
            next_generation(&mut tx, Some(now)).await?;
        }
        tx.commit().await?;
        // Whoever reads the newest just now is told when it looks for what it has found.
        if !closed.is_empty()
            && let Ok(mut newest) = self.newest.try_lock()
        {
            newest.pass_over(&closed);
        }
        Ok(kept)
    }

    /// Keeps what different sources say. Gives how many items are new and changed of each, and whether items or stories
    /// changed at all, and adds the places of those that nobody looks for any more.
    async fn keep_batches(
        &self,
        tx: &mut Tx,
        batches: &[(&str, &Batch)],
        moves: &Moves,
        now: Moment,
        closed: &mut HashSet<i64>,
    ) -> Sql<(Vec<(u64, u64)>, bool)> {
        let born = query("select generation from state").fetch_one(tx).await?.try_get::<i64>(0)? + 1;
        let (stories, matters) = said(batches, moves);
        let given = Given { stories, matters, full: moves.full };
        let written = items::write(self, tx, batches, &given, born, now).await?;
        closed.extend(written.closed);
        let mut others = written.moved;
        for (source, batch) in batches {
            others += occasion::take_back(tx, source, batch).await?;
            others += occasion::call_off(tx, &batch.cancelled).await?;
        }
        outbox::note(tx, &written.news, now).await?;
        let grew = others > 0 || written.counts.iter().any(|(new, changed)| new + changed > 0);
        Ok((written.counts, grew))
    }
}

/// Where items belong from now on.
struct Given<'a> {
    stories: Said<'a>,
    matters: Said<'a>,
    full: Option<usize>,
}

/// From one item's id to another's.
type Said<'a> = BTreeMap<&'a str, &'a str>;

/// The stories and the matters that items get, the last word counts.
fn said<'a>(batches: &[(&str, &'a Batch)], moves: &'a Moves) -> (Said<'a>, Said<'a>) {
    fn all<'a>(maps: impl Iterator<Item = &'a BTreeMap<String, String>>) -> Said<'a> {
        maps.flatten().map(|(id, other)| (id.as_str(), other.as_str())).collect()
    }
    let batches = || batches.iter().map(|(_, batch)| *batch);
    (
        all(batches().map(|batch| &batch.stories).chain([&moves.stories])),
        all(batches().map(|batch| &batch.matters).chain([&moves.matters])),
    )
}

fn is_silent(batch: &Batch) -> bool {
    batch.changes.is_empty() && batch.stories.is_empty() && batch.matters.is_empty() && batch.cancelled.is_empty()
}

/// Runs of turns in which no source comes twice, in order.
fn apart<'a>(turns: &[usize], source: impl Fn(usize) -> &'a String) -> Vec<Vec<usize>> {
    let (mut runs, mut seen) = (vec![Vec::new()], HashSet::new());
    for &turn in turns {
        if !seen.insert(source(turn)) {
            seen = HashSet::from([source(turn)]);
            runs.push(Vec::new());
        }
        if let Some(run) = runs.last_mut() {
            run.push(turn);
        }
    }
    runs
}
