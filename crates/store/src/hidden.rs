//! Items that the operator takes out of sight: a slip of a source, something that the law wants gone.
//!
//! A hidden item is kept and goes on to be judged, so that it comes back as it would be by then; but no question finds
//! it, whatever its source says meanwhile. Its story is told by the others.

use std::collections::HashSet;

use model::Moment;

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::outbox;
use crate::pools::Tx;
use crate::sources::next_generation;
use crate::sql::{Row, Statement, Value, query};

/// So many are listed, those hidden last.
const LISTED: i64 = 1_000;

/// An item that the operator has hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Its id.
    pub item: String,
    /// When it was hidden.
    pub at: Moment,
    /// Why, in the operator's words.
    pub reason: Option<String>,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
}

impl Store {
    /// Takes an item out of sight until [`Store::unhide`]. One that is hidden already stays so, with the reason that is
    /// given now, if one is. Says whether there is such an item.
    ///
    /// # Errors
    /// If the database fails; then nothing changed.
    pub async fn hide(&self, id: &str, reason: Option<&str>, now: Moment) -> Result<bool, StoreError> {
        let hidden = async {
            let mut tx = self.write().await?;
            let known = query("select relevant from item where id = $1").bind(id).fetch_optional(&mut tx).await?;
            let Some(item) = known else { return Ok(false) };
            let relevant: i64 = item.try_get(0)?;
            query(
                "insert into hidden (item, at, found, reason) values ($1, $2, $3, $4) \
                 on conflict (item) do update set reason = coalesce(excluded.reason, hidden.reason)",
            )
            .bind(id)
            .bind(now.ms())
            .bind(relevant)
            .bind(reason)
            .execute(&mut tx)
            .await?;
            // Its words stay in the index, which is asked for relevant items only: they would be lost otherwise.
            query("update item set relevant = 0 where id = $1").bind(id).execute(&mut tx).await?;
            next_generation(&mut tx, Some(now)).await?;
            tx.commit().await?;
            Ok(true)
        };
        hidden.await.doing("hide an item")
    }

    /// Lets an item be seen again, as it was last judged. Says whether it was hidden.
    ///
    /// # Errors
    /// If the database fails; then nothing changed.
    pub async fn unhide(&self, id: &str, now: Moment) -> Result<bool, StoreError> {
        let shown = async {
            let mut tx = self.write().await?;
            let row =
                query("delete from hidden where item = $1 returning found").bind(id).fetch_optional(&mut tx).await?;
            let Some(row) = row else { return Ok(false) };
            if row.try_get::<i64>(0)? != 0 {
                query("update item set relevant = 1 where id = $1").bind(id).execute(&mut tx).await?;
                next_generation(&mut tx, Some(now)).await?;
                outbox::note(&mut tx, &[(id.to_owned(), false)], now).await?;
            }
            tx.commit().await?;
            Ok(true)
        };
        shown.await.doing("let an item be seen again")
    }

    /// What is hidden, the latest first, at most 1,000.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn hidden(&self) -> Result<Vec<Hidden>, StoreError> {
        let list = async {
            let rows = query(
                "select h.item, h.at, h.reason, i.url, i.title from hidden h join item i on i.id = h.item \
                 order by h.at desc, h.item limit $1",
            )
            .bind(LISTED)
            .fetch_all(&mut self.read().await?)
            .await?;
            rows.iter().map(hidden).collect::<Sql<Vec<_>>>()
        };
        list.await.doing("list what is hidden")
    }
}

fn hidden(row: &Row) -> Sql<Hidden> {
    Ok(Hidden {
        item: row.try_get(0)?,
        at: Moment::from_ms(row.try_get(1)?),
        reason: row.try_get(2)?,
        url: row.try_get(3)?,
        title: row.try_get(4)?,
    })
}

/// Which of the items that are about to be written are hidden; what became of these is noted.
pub(crate) async fn among<'a>(tx: &mut Tx, written: impl Iterator<Item = (&'a str, bool)>) -> Sql<HashSet<String>> {
    let (found, lost): (Vec<_>, Vec<_>) = written.partition(|(_, relevant)| *relevant);
    let mut hidden = HashSet::new();
    for (relevant, ids) in [(1_i64, found), (0, lost)] {
        if ids.is_empty() {
            continue;
        }
        let mut note = Statement::default();
        let (relevant, ids) = (note.arg(relevant), note.arg(Value::texts(ids.into_iter().map(|(id, _)| id))));
        let among = tx.dialect().in_list("item", &ids);
        note.push(&format!("update hidden set found = {relevant} where {among} returning item"));
        for row in note.fetch_all(tx).await? {
            hidden.insert(row.try_get(0)?);
        }
    }
    Ok(hidden)
}

/// Notes that these items would be found no more if they were not hidden: their source took them back.
pub(crate) async fn take_back(tx: &mut Tx, source: &str, ids: &[&String]) -> Sql<()> {
    let (item, id) = (tx.dialect().in_list("item", "$1"), tx.dialect().in_list("id", "$2"));
    let note = query(format!("update hidden set found = 0 where {item}"));
    if note.bind(Value::texts(ids.iter().copied())).execute(tx).await? == 0 {
        return Ok(());
    }
    let forget = format!("update item set hash = 0 where source = $1 and {id} and id in (select item from hidden)");
    query(forget).bind(source).bind(Value::texts(ids.iter().copied())).execute(tx).await.map(drop)
}
