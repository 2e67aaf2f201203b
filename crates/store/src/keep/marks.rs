//! Keeping beside each relevant item what it is found by when another tells the same, and the matter it belongs to.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::items::many;
use crate::error::Sql;
use crate::pools::Tx;
use crate::sql::{Value, json, query};

/// Mark, moment and place, by which the index of marks is in order.
type Entry = (i64, i64, i64);

/// Takes away what is known of the items at these places. Gives the matter each belonged to.
pub(super) async fn forget(tx: &mut Tx, places: &[i64]) -> Sql<HashMap<i64, String>> {
    let look = format!("select seq, matter, marks from telling where {}", tx.dialect().in_list("seq", "$1"));
    let (mut matters, mut marks) = (HashMap::new(), Vec::<i64>::new());
    for row in query(look).bind(places.to_vec()).fetch_all(tx).await? {
        let kept: Vec<i64> = serde_json::from_str(row.try_get(2)?).unwrap_or_default();
        marks.extend(kept);
        matters.insert(row.try_get(0)?, row.try_get(1)?);
    }
    if matters.is_empty() {
        return Ok(matters);
    }
    let (mark, seq) = (tx.dialect().in_list("mark", "$1"), tx.dialect().in_list("seq", "$2"));
    let delete = query(format!("delete from mark where {mark} and {seq}"));
    delete.bind(marks).bind(places.to_vec()).execute(tx).await?;
    let delete = format!("delete from telling where {}", tx.dialect().in_list("seq", "$1"));
    query(delete).bind(places.to_vec()).execute(tx).await?;
    Ok(matters)
}

/// An item as it is written: its place, its moment, the matter it belongs to, and the marks by which it is found.
pub(super) struct Written<'a> {
    pub(super) relevant: bool,
    pub(super) found_by: &'a [i64],
    pub(super) seq: i64,
    pub(super) at: i64,
    pub(super) matter: String,
}

/// Writes the marks of relevant items.
pub(super) async fn write(tx: &mut Tx, items: &[Written<'_>]) -> Sql<()> {
    let relevant = || items.iter().filter(|item| item.relevant);
    let telling = relevant().map(|item| vec![item.seq.into(), (&item.matter).into(), json(&item.found_by).into()]);
    many(tx, "telling (seq, matter, marks)", Box::new(telling)).await?;
    // In the order of the table: neighbours are written together.
    let all = relevant().flat_map(|item| item.found_by.iter().map(|mark| (*mark, item.at, item.seq)));
    let mut all: Vec<Entry> = all.collect();
    all.sort_unstable();
    all.dedup();
    let marks = all.into_iter().map(|(mark, at, seq)| vec![mark.into(), at.into(), seq.into()]);
    many(tx, "mark (mark, at, seq)", Box::new(marks)).await
}

/// Lets nobody find the items of these matters any more: who tells the same could not join, and would find nothing else
/// where a template was filled in hundreds of times. One of them that is said anew and belongs elsewhere then is found by
/// its new marks. Gives the places of those that could be found.
pub(super) async fn close(tx: &mut Tx, full: &BTreeSet<String>) -> Sql<HashSet<i64>> {
    if full.is_empty() {
        return Ok(HashSet::new());
    }
    let (among, marks) = (tx.dialect().in_list("t.matter", "$1"), tx.dialect().numbers_in("t.marks"));
    let look = query(format!("select t.seq from telling t where t.marks <> '[]' and {among}"));
    let rows = look.bind(Value::texts(full)).fetch_all(tx).await?;
    let places = rows.iter().map(|row| row.try_get(0)).collect::<Sql<HashSet<i64>>>()?;
    if places.is_empty() {
        return Ok(places);
    }
    let unmark = query(format!(
        "delete from mark where (mark, at, seq) in (select cast(m.value as bigint), i.at, t.seq \
         from telling t join item i on i.seq = t.seq cross join {marks} where {among})"
    ));
    unmark.bind(Value::texts(full)).execute(tx).await?;
    let among = tx.dialect().in_list("matter", "$1");
    let close = query(format!("update telling set marks = '[]' where marks <> '[]' and {among}"));
    close.bind(Value::texts(full)).execute(tx).await?;
    Ok(places)
}

/// Moves kept items to the matters that they are given. An item that is not kept has none.
pub(super) async fn settle<'a>(tx: &mut Tx, matters: impl Iterator<Item = (&'a &'a str, &'a &'a str)>) -> Sql<()> {
    let mut of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, matter) in matters {
        of.entry(matter).or_default().push(id);
    }
    for (matter, ids) in of {
        let text = format!(
            "update telling set matter = $1 where seq in (select seq from item where {})",
            tx.dialect().in_list("id", "$2")
        );
        query(text).bind(matter).bind(Value::texts(ids)).execute(tx).await?;
    }
    Ok(())
}
