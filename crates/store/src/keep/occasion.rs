//! What becomes of events: moved, called off, taken back. Their items say how they are now; how often that changed, and
//! who was called off by another, is kept beside them, so that a subscriber's calendar follows.

use model::{Batch, Change, Judged};

use crate::error::Sql;
use crate::hidden;
use crate::pools::Tx;
use crate::sql::{Row, Value, query};

/// What a change of is news to who has the event in the calendar (RFC 5546, 2.1.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Schedule {
    /// Start and end.
    pub(super) day: (String, Option<String>),
    place: Option<String>,
    online: bool,
    status: String,
}

impl Schedule {
    pub(super) fn of(judged: &Judged) -> Option<Self> {
        let event = judged.item.event.as_ref()?;
        Some(Schedule {
            day: (event.start.to_string(), event.end.map(|end| end.to_string())),
            place: event.place.clone(),
            online: event.online,
            status: event.status.word().to_owned(),
        })
    }

    /// As it is kept, from the column on that holds the start.
    pub(super) fn stored(row: &Row, at: usize) -> Sql<Option<Self>> {
        let Some(start) = row.try_get(at)? else { return Ok(None) };
        let status: Option<String> = row.try_get(at + 4)?;
        Ok(Some(Schedule {
            day: (start, row.try_get(at + 1)?),
            place: row.try_get(at + 2)?,
            online: row.try_get::<i64>(at + 3)? != 0,
            status: status.unwrap_or_default(),
        }))
    }
}

/// Counts a revision of each event; one that is on another day now takes place, whoever called off the day before.
pub(super) async fn revise(tx: &mut Tx, moved: impl Iterator<Item = (&str, bool)>) -> Sql<()> {
    for (id, on_another_day) in moved {
        query(
            "insert into occasion (item, revision, off) values ($1, 1, 0) on conflict (item) do update set \
             revision = occasion.revision + 1, off = case when $2 = 1 then 0 else occasion.off end",
        )
        .bind(id)
        .bind(i64::from(on_another_day))
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// Marks events as called off that are not so already. Gives how many.
pub(super) async fn call_off(tx: &mut Tx, ids: &[String]) -> Sql<u64> {
    if ids.is_empty() {
        return Ok(0);
    }
    let known = format!(
        "insert into occasion (item, revision, off) \
         select id, 1, 1 from item where event_start is not null and status <> 'cancelled' and {} \
         on conflict (item) do update set revision = occasion.revision + 1, off = 1 where occasion.off = 0",
        tx.dialect().in_list("id", "$1")
    );
    query(known).bind(Value::texts(ids)).execute(tx).await
}

/// Hides what the source takes back, and forgets what it said, so that it is news if it says so again. Gives how many.
pub(super) async fn take_back(tx: &mut Tx, source: &str, batch: &Batch) -> Sql<u64> {
    let gone = batch.changes.iter().filter_map(|change| if let Change::Gone(id) = change { Some(id) } else { None });
    let gone: Vec<&String> = gone.collect();
    if gone.is_empty() {
        return Ok(0);
    }
    hidden::take_back(tx, source, &gone).await?;
    let among = tx.dialect().in_list("id", "$2");
    let look = query(format!("select seq from item where relevant = 1 and source = $1 and {among}"));
    let mut places: Vec<i64> = Vec::new();
    for row in look.bind(source).bind(Value::texts(gone)).fetch_all(tx).await? {
        places.push(row.try_get(0)?);
    }
    if places.is_empty() {
        return Ok(0);
    }
    let hide = format!("update item set relevant = 0, hash = 0 where {}", tx.dialect().in_list("seq", "$1"));
    query(hide).bind(places.clone()).execute(tx).await?;
    let forget = format!("delete from item_words where {}", tx.dialect().in_list("rowid", "$1"));
    query(forget).bind(places.clone()).execute(tx).await?;
    Ok(places.len() as u64)
}
