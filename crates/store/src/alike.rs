//! Who may tell the same: items that share marks, and all that hang together with them.
//!
//! The cost of an item is bounded by its marks and by [`Reach::nearest`], however many items are kept: each mark is
//! one walk to the nearest in time on either side, in memory among the newest items (`newest`), along an index beyond
//! (`index`).

mod index;
mod newest;

use std::any::Any;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use model::{Moment, Told};

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::keep::place;
use crate::pools::Tx;
use crate::sql::{Row, Statement, Value, query};

pub(crate) use newest::Newest;

/// So many that share the most marks are lent for one item.
const MOST: usize = 32;

/// How far to look for items that may tell the same.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    /// Before and after the item's moment, in milliseconds.
    pub window_ms: i64,
    /// Items to look at for each mark, on either side of that moment.
    pub nearest: usize,
    /// So many marks in common make it worth lending.
    pub shared: usize,
}

/// An item whose story is to be told.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    /// When it appeared.
    pub at: Moment,
    /// Its marks.
    pub marks: &'a [i64],
}

/// A kept item that shares marks with another.
#[derive(Debug)]
pub struct Near {
    /// Its id.
    pub id: String,
    /// Where it stands among all, no other item there: the same number is the same item.
    pub place: i64,
    /// Hash over what its source says.
    pub hash: i64,
    /// When it was published, or first seen.
    pub at: Moment,
    /// What it says, if it had to be read anyway.
    pub told: Option<Arc<Told>>,
    /// What those who compare have made of it.
    pub made: Made,
}

/// What somebody has made of an item, held for as long as the item is and says the same. Of items that are compared with
/// each new one it is at hand without looking it up.
#[derive(Default)]
pub struct Made(Mutex<Option<Arc<dyn Any + Send + Sync>>>);

impl Made {
    /// What was made, if it is of this kind.
    pub fn get<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        made.as_ref().and_then(|made| Arc::clone(made).downcast().ok())
    }

    /// Takes the place of what was made before.
    pub fn set<T: Any + Send + Sync>(&self, made: Arc<T>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
    }
}

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Made")
    }
}

/// A kept item that hangs together with others.
#[derive(Debug)]
pub struct Hung {
    /// The item.
    pub item: Near,
    /// Id of the lead of its story.
    pub story: String,
    /// What all that hang together have in common.
    pub matter: String,
}

/// Lends what may tell the same as others, all of it as it stands when it is first asked.
#[derive(Debug)]
pub struct Lending<'a> {
    store: &'a Store,
    tx: Tx,
    /// The places of those that are passed over.
    passed: HashSet<i64>,
}

impl Lending<'_> {
    /// For each of these the relevant items that share marks with it, those that share the most first. One that is kept
    /// itself is among its own.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn near(&mut self, tellers: &[Teller<'_>], reach: Reach) -> Result<Vec<Vec<Arc<Near>>>, StoreError> {
        let near = async {
            let mut held = self.held(tellers, reach).await?;
            held.resize(tellers.len(), None);
            let mut places: Vec<Vec<i64>> = vec![Vec::new(); tellers.len()];
            for ((teller, held), places) in tellers.iter().zip(&held).zip(&mut places) {
                if held.is_none() && !teller.marks.is_empty() {
                    *places = index::look(&mut self.tx, teller, reach).await?;
                }
            }
            let read: HashMap<i64, Arc<Near>> = index::at(&mut self.tx, places.concat()).await?;
            let found = |places: Vec<i64>| places.iter().filter_map(|place| read.get(place).cloned()).collect();
            Ok(held.into_iter().zip(places).map(|(held, places)| held.unwrap_or_else(|| found(places))).collect())
        };
        near.await.doing("look for what may tell the same")
    }

    /// What memory says, as far as it says anything. Who asks while the newest are read for the first time, or whose
    /// tellers are older, does without it.
    async fn held(&mut self, tellers: &[Teller<'_>], reach: Reach) -> Sql<Vec<Option<Vec<Arc<Near>>>>> {
        let Ok(mut newest) = self.store.newest.try_lock() else { return Ok(Vec::new()) };
        if newest.is_later(tellers, reach) {
            return Ok(Vec::new());
        }
        newest.follow(&mut self.tx).await?;
        // They may have been passed over while somebody else read the newest.
        if !self.passed.is_empty() {
            newest.pass_over(&self.passed);
        }
        Ok(tellers.iter().map(|teller| newest.near(teller, reach)).collect())
    }

    /// Passes over, from now on, everything in memory of the matters that the items at these places belong to, as far as
    /// they have `full` items and more: the index has nothing of them, but that another node filled them nobody said
    /// here. Gives the places of all that were not passed over before.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn pass_over(
        &mut self,
        alike: impl IntoIterator<Item = i64>,
        full: usize,
    ) -> Result<HashSet<i64>, StoreError> {
        let mut look = Statement::default();
        let alike: Vec<i64> = alike.into_iter().collect();
        let alike = self.tx.dialect().in_list("seq", &look.arg(alike));
        let full = look.arg(i64::try_from(full).unwrap_or(i64::MAX));
        look.push(&format!(
            "select seq from telling where matter in (select matter from telling where matter in \
             (select matter from telling where {alike}) group by matter having count(*) >= {full})"
        ));
        let places = async { look.fetch_all(&mut self.tx).await?.iter().map(|row| row.try_get(0)).collect::<Sql<_>>() };
        let mut places: HashSet<i64> = places.await.doing("look for what is full")?;
        places.retain(|place| self.passed.insert(*place));
        if !places.is_empty()
            && let Ok(mut newest) = self.store.newest.try_lock()
        {
            newest.pass_over(&places);
        }
        Ok(places)
    }

    /// Everything of the matters that the items `alike` belong to, but for those that have `full` items and more, and
    /// of the matters that `own` belong to, however large.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn matters<'a>(
        &mut self,
        alike: impl IntoIterator<Item = &'a str>,
        own: impl IntoIterator<Item = &'a str>,
        full: usize,
    ) -> Result<Vec<Hung>, StoreError> {
        let mut look = Statement::default();
        let (alike, own) = (look.arg(Value::texts(alike)), look.arg(Value::texts(own)));
        let full = look.arg(i64::try_from(full).unwrap_or(i64::MAX));
        let of = |ids: &str| {
            let among = self.tx.dialect().in_list("i.id", ids);
            format!("select t.matter from item i join telling t on t.seq = i.seq where {among}")
        };
        look.push(&format!(
            "select i.id, i.hash, i.at, i.seq, i.story, t.matter from telling t join item i on i.seq = t.seq \
             where t.matter in (select matter from telling where matter in ({}) group by matter \
             having count(*) < {full} union {})",
            of(&alike),
            of(&own)
        ));
        let matters = async { look.fetch_all(&mut self.tx).await?.iter().map(hung).collect::<Sql<_>>() };
        matters.await.doing("lend what hangs together")
    }

    /// These items as telling sees them, each with the hash over what its source says.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn told<'a>(&mut self, ids: impl IntoIterator<Item = &'a str>) -> Result<Vec<(i64, Told)>, StoreError> {
        let mut look = Statement::default();
        let ids = look.arg(Value::texts(ids));
        let among = self.tx.dialect().in_list("i.id", &ids);
        look.push(&format!("select {TOLD}, i.hash from item i left join telling t on t.seq = i.seq where {among}"));
        let all = async {
            let rows = look.fetch_all(&mut self.tx).await?;
            rows.iter().map(|row| Ok((row.try_get(10)?, told(row)?))).collect::<Sql<_>>()
        };
        all.await.doing("lend what items say")
    }
}

impl Store {
    /// Begins to lend.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn lending(&self) -> Result<Lending<'_>, StoreError> {
        let tx = self.lend().await.doing("begin to lend")?;
        Ok(Lending { store: self, tx, passed: HashSet::new() })
    }

    /// Reads the newest items, that the first to look need not wait for them.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn hold_newest(&self) -> Result<(), StoreError> {
        let held = async {
            let mut newest = self.newest.lock().await;
            newest.follow(&mut self.lend().await?).await
        };
        held.await.doing("read the newest items")
    }

    /// The relevant items that tell one story, newest first, at most as many as one likes to explain.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn story(&self, id: &str, most: u32) -> Result<Vec<Told>, StoreError> {
        let story = async {
            let mut tx = self.read().await?;
            let text = format!(
                "select {TOLD} from item i left join telling t on t.seq = i.seq where i.relevant = 1 and i.seq in \
                 (select seq from item where story = $1 and story <> id union all \
                 select seq from item where id = $1 and story = $1) order by i.seq desc limit $2"
            );
            let rows = query(text).bind(id).bind(i64::from(most)).fetch_all(&mut tx).await?;
            rows.iter().map(told).collect::<Sql<_>>()
        };
        story.await.doing("lend a story's items")
    }
}

/// The places between which items share a teller's window: the first, the first after its moment, and the end.
fn window(teller: &Teller<'_>, reach: Reach) -> [i64; 3] {
    let at = teller.at.ms();
    let end = |at: i64| place(at.saturating_add(1));
    [place(at.saturating_sub(reach.window_ms)), end(at), end(at.saturating_add(reach.window_ms))]
}

/// Of those that were met, each with how many marks it shares, the ones that share the most and enough, in that order;
/// of equals the newest first.
fn best<T>(met: impl Iterator<Item = (usize, T)>, reach: Reach, place: impl Fn(&T) -> i64) -> impl Iterator<Item = T> {
    let enough = met.filter(|(shared, _)| *shared >= reach.shared);
    let mut best: Vec<(Reverse<(usize, i64)>, T)> =
        enough.map(|(shared, item)| (Reverse((shared, place(&item))), item)).collect();
    if best.len() > MOST {
        best.select_nth_unstable_by_key(MOST, |(order, _)| *order);
        best.truncate(MOST);
    }
    best.sort_unstable_by_key(|(order, _)| *order);
    best.into_iter().map(|(_, item)| item)
}

/// A row of `id, hash, at, seq`.
fn near_in(row: &Row) -> Sql<Near> {
    Ok(Near {
        id: row.try_get(0)?,
        hash: row.try_get(1)?,
        at: Moment::from_ms(row.try_get(2)?),
        place: row.try_get(3)?,
        told: None,
        made: Made::default(),
    })
}

fn hung(row: &Row) -> Sql<Hung> {
    Ok(Hung { item: near_in(row)?, story: row.try_get(4)?, matter: row.try_get(5)? })
}

/// What [`told`] reads.
const TOLD: &str = "i.id, i.story, t.matter, i.source, i.url, i.title, i.summary, i.at, i.event, i.kicker";

fn told(row: &Row) -> Sql<Told> {
    let id: String = row.try_get(0)?;
    Ok(Told {
        story: row.try_get(1)?,
        matter: row.try_get::<Option<String>>(2)?.unwrap_or_else(|| id.clone()),
        source: row.try_get(3)?,
        url: row.try_get(4)?,
        title: row.try_get(5)?,
        summary: row.try_get(6)?,
        at: Moment::from_ms(row.try_get(7)?),
        event: row.try_get::<i64>(8)? != 0,
        kicker: row.try_get(9)?,
        id,
    })
}

#[cfg(test)]
mod tests;
