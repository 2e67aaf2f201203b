//! The outbox: what changed, in order, so that whoever is to be told can be told of it later.
//!
//! A change is written in the transaction that made it, so none is lost and none is invented. Who reads keeps the
//! number it has come to, which makes every delivery at least once. Numbers only grow, and nothing appears behind one
//! that was seen.

mod health;
mod intents;
mod subscribers;
mod websub;

use std::collections::HashMap;

use model::{Item, Moment};

pub use health::Told as ToldHealth;
pub use intents::{Intent, Limits};
pub use subscribers::{Letter, Settled, Subscriber, Whose};
pub use websub::Subscription;

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::find;
use crate::pools::Tx;
use crate::sql::{Row, Statement, Value, inserts, most, query};

/// An item that is new or says something else.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Its place in the outbox.
    pub seq: i64,
    /// When it was kept.
    pub at: Moment,
    /// For the first time, or for the first time as something that can be found.
    pub new: bool,
    /// The item as it is now.
    pub item: Item,
}

/// A piece of the outbox.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// What changed, in order; of an item that changed several times the last.
    pub items: Vec<Changed>,
    /// What became of sources, in order, as it was put in.
    pub health: Vec<(i64, String)>,
    /// Everything up to here was looked at.
    pub upto: i64,
    /// Changes were asked for that are no longer kept.
    pub lost: bool,
    /// There is more behind.
    pub more: bool,
}

impl Store {
    /// The number of the last change.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn last_change(&self) -> Result<i64, StoreError> {
        let last = async { last(&mut self.read().await?).await };
        last.await.doing("tell its last change")
    }

    /// The changes after a number, at most so many. Items that can no longer be found are left out.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn changes(&self, after: i64, most: u32) -> Result<Changes, StoreError> {
        let changes = async {
            let mut tx = self.read().await?;
            let row = query("select last, pruned from outbox").fetch_one(&mut tx).await?;
            let (last, pruned): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
            let look = query(
                "select seq, what, subject, at, detail from change where seq > $1 order by seq \
                 limit cast($2 as bigint)",
            );
            let rows = look.bind(after).bind(i64::from(most)).fetch_all(&mut tx).await?;
            let more = rows.len() as u64 == u64::from(most);
            let upto = if more { rows.last().map_or(Ok(last), |row| row.try_get(0))? } else { last };
            // Who asks behind the last change knows another store's numbers.
            let mut changes = Changes { upto, more, lost: after < pruned || after > last, ..Changes::default() };
            let mut seen: HashMap<String, (i64, Moment, bool)> = HashMap::new();
            for row in &rows {
                let (seq, what): (i64, &str) = (row.try_get(0)?, row.try_get(1)?);
                if what == HEALTH {
                    changes.health.push((seq, row.try_get::<Option<String>>(4)?.unwrap_or_default()));
                    continue;
                }
                let known = seen.entry(row.try_get(2)?).or_insert((seq, Moment::from_ms(row.try_get(3)?), false));
                known.0 = seq;
                known.2 |= what == NEW;
            }
            changes.items = items(&mut tx, seen).await?;
            Ok(changes)
        };
        changes.await.doing("read what changed")
    }

    /// Forgets changes from before a moment, those beyond the last `most`, and what is over for other reasons:
    /// subscriptions that have expired at `now`, webhooks that nobody has enlisted for long, and dead letters as old as
    /// the changes.
    ///
    /// # Errors
    /// If the database fails; then nothing was forgotten.
    pub async fn prune(&self, before: Moment, most: i64, now: Moment) -> Result<(), StoreError> {
        let pruned = async {
            let mut tx = self.write().await?;
            // The key is in the order of time: the first that is young enough ends the search.
            let upto: i64 = query(
                "select coalesce((select seq from change where at >= $1 order by seq limit 1) - 1, last) from outbox",
            )
            .bind(before.ms())
            .fetch_one(&mut tx)
            .await?
            .try_get(0)?;
            let upto = upto.max(last(&mut tx).await? - most);
            query("delete from change where seq <= $1").bind(upto).execute(&mut tx).await?;
            query("update outbox set pruned = $1 where pruned < $1").bind(upto).execute(&mut tx).await?;
            query("delete from dead_letter where died < $1").bind(before.ms()).execute(&mut tx).await?;
            // Webhooks of an earlier release have no end; whoever runs has given its own one.
            query("delete from subscriber where expires < $1 or hub = 0 and expires is null")
                .bind(now.ms())
                .execute(&mut tx)
                .await?;
            tx.commit().await
        };
        pruned.await.doing("forget old changes")
    }
}

/// The number of the last change.
async fn last(tx: &mut Tx) -> Sql<i64> {
    query("select last from outbox").fetch_one(tx).await?.try_get(0)
}

/// Rows that are leased, each by one caller at a time: a table, its key, and what is read of a row that was taken.
struct Leased {
    table: &'static str,
    key: &'static str,
    columns: &'static str,
    /// To take a row is to try it.
    counts: bool,
}

impl Leased {
    /// Takes up to `n` rows that are `due` until a moment, those first that have waited longest. Rows that another is
    /// taking at the same time are passed by. The condition may name arguments of `take`.
    async fn take(&self, tx: &mut Tx, mut take: Statement, due: &str, until: i64, n: u32) -> Sql<Vec<Row>> {
        let Leased { table, key, columns, counts } = self;
        let (until, n, skip) = (take.arg(until), most(&take.arg(i64::from(n))), tx.dialect().skip_taken());
        let tries = if *counts { ", attempts = attempts + 1" } else { "" };
        take.push(&format!(
            "with picked as materialized \
             (select {key} as picked_key from {table} where {due} order by next_try, {key} limit {n} {skip}) \
             update {table} set next_try = {until}, epoch = epoch + 1{tries} from picked where {key} = picked_key \
             returning {columns}"
        ));
        take.fetch_all(tx).await
    }
}

const NEW: &str = "new";
const CHANGED: &str = "changed";
const HEALTH: &str = "health";

/// Notes which items changed, and whether each is new to who could not find it before.
pub(crate) async fn note(tx: &mut Tx, items: &[(String, bool)], now: Moment) -> Sql<()> {
    let entries =
        items.iter().map(|(id, new)| Entry { what: if *new { NEW } else { CHANGED }, subject: id, detail: None });
    put(tx, entries.collect(), now).await
}

/// One line of the outbox in the making.
struct Entry<'a> {
    what: &'static str,
    subject: &'a str,
    detail: Option<String>,
}

async fn put(tx: &mut Tx, entries: Vec<Entry<'_>>, now: Moment) -> Sql<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let many = entries.len() as i64;
    let last: i64 =
        query("update outbox set last = last + $1 returning last").bind(many).fetch_one(tx).await?.try_get(0)?;
    let first = last - many + 1;
    let rows = (first..).zip(entries).map(|(seq, entry)| {
        vec![seq.into(), entry.what.into(), entry.subject.into(), now.ms().into(), Value::Text(entry.detail)]
    });
    for insert in inserts(tx.dialect(), "change (seq, what, subject, at, detail)", rows.collect::<Vec<_>>()) {
        insert.execute(tx).await?;
    }
    Ok(())
}

/// The items with these ids that can be found, in the order of their changes.
async fn items(tx: &mut Tx, seen: HashMap<String, (i64, Moment, bool)>) -> Sql<Vec<Changed>> {
    if seen.is_empty() {
        return Ok(Vec::new());
    }
    let mut look = Statement::default();
    let ids = look.arg(Value::texts(seen.keys()));
    look.push(&format!("select seq from item where relevant = 1 and {}", tx.dialect().in_list("id", &ids)));
    let rows = look.fetch_all(tx).await?;
    let places = rows.iter().map(|row| row.try_get(0)).collect::<Sql<Vec<i64>>>()?;
    let found = find::read(tx, &places, None).await?;
    let mut changed: Vec<Changed> = found
        .into_iter()
        .filter_map(|item| {
            let (seq, at, new) = *seen.get(&item.id)?;
            Some(Changed { seq, at, new, item })
        })
        .collect();
    changed.sort_unstable_by_key(|changed| changed.seq);
    Ok(changed)
}
