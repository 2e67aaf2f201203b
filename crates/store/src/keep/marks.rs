//! Keeping beside each relevant item what it is found by when another tells the same, and the matter it belongs to.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use model::Judged;

use super::Given;
use super::items::many;
use crate::error::Sql;
use crate::pools::Tx;
use crate::sql::{Statement, Value, json, query};

/// Mark, moment and place, by which the index of marks is in order.
type Entry = (i64, i64, i64);

/// Entries that are taken away by one statement, the last of them as often as it takes: so its text is always the same.
const AT_ONCE: usize = 256;

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

/// An item as it is written: its place, its moment, and the matter it belongs to.
pub(super) struct Written<'a> {
    pub(super) judged: &'a Judged,
    pub(super) seq: i64,
    pub(super) at: i64,
    pub(super) matter: String,
    /// It is new, and begins its matter.
    pub(super) alone: bool,
}

/// Writes the marks of relevant items, but for those whose matter is full. Gives the places of those that were marked
/// before, and that nobody looks for any more.
pub(super) async fn write(tx: &mut Tx, items: &[Written<'_>], given: &Given<'_>) -> Sql<HashSet<i64>> {
    let relevant = || items.iter().filter(|item| item.judged.relevant);
    let full = full(tx, relevant, given).await?;
    let found_by = |item| found_by(item, &full);
    let telling = relevant().map(|item| vec![item.seq.into(), (&item.matter).into(), json(&found_by(item)).into()]);
    many(tx, "telling (seq, matter, marks)", Box::new(telling)).await?;
    // In the order of the table: neighbours are written together.
    let all = relevant().flat_map(|item| found_by(item).iter().map(|mark| (*mark, item.at, item.seq)));
    let mut all: Vec<Entry> = all.collect();
    all.sort_unstable();
    all.dedup();
    let marks = all.into_iter().map(|(mark, at, seq)| vec![mark.into(), at.into(), seq.into()]);
    many(tx, "mark (mark, at, seq)", Box::new(marks)).await?;
    close(tx, &full).await
}

/// The marks of an item, unless nobody is to find it.
fn found_by<'a>(item: &Written<'a>, full: &BTreeSet<String>) -> &'a [i64] {
    if full.contains(&item.matter) { &[] } else { &item.judged.marks }
}

/// Of the matters that somebody joins, stays in or moves to, those that are full with what is about to be written.
async fn full<'a, I>(tx: &mut Tx, written: impl Fn() -> I, given: &Given<'_>) -> Sql<BTreeSet<String>>
where
    I: Iterator<Item = &'a Written<'a>>,
{
    let Some(most) = given.full else { return Ok(BTreeSet::new()) };
    let joined = written().filter(|item| !item.alone).map(|item| item.matter.as_str());
    let mut many: BTreeMap<String, usize> =
        joined.chain(given.matters.values().copied()).map(|matter| (matter.to_owned(), 0)).collect();
    if many.is_empty() {
        return Ok(BTreeSet::new());
    }
    let among = tx.dialect().in_list("matter", "$1");
    let count = query(format!("select matter, count(*) from telling where {among} group by matter"));
    for row in count.bind(Value::texts(many.keys())).fetch_all(tx).await? {
        many.insert(row.try_get(0)?, row.try_get::<i64>(1)?.unsigned_abs() as usize);
    }
    for item in written() {
        if let Some(many) = many.get_mut(&item.matter) {
            *many += 1;
        }
    }
    Ok(many.into_iter().filter(|(_, many)| *many >= most).map(|(matter, _)| matter).collect())
}

/// Lets nobody find the items of these matters any more: who tells the same could not join, and would find nothing else
/// where a template was filled in hundreds of times. One of them that is said anew and belongs elsewhere then is found by
/// its new marks. Gives the places of those that could be found.
async fn close(tx: &mut Tx, full: &BTreeSet<String>) -> Sql<HashSet<i64>> {
    let mut places = HashSet::new();
    if full.is_empty() {
        return Ok(places);
    }
    let among = |column: &str, tx: &Tx| tx.dialect().in_list(column, "$1");
    let look = query(format!(
        "select i.at, t.seq, t.marks from telling t join item i on i.seq = t.seq where t.marks <> '[]' and {}",
        among("t.matter", tx)
    ));
    let mut entries: Vec<Entry> = Vec::new();
    for row in look.bind(Value::texts(full)).fetch_all(tx).await? {
        let (at, seq): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        let marks: Vec<i64> = serde_json::from_str(row.try_get(2)?).unwrap_or_default();
        entries.extend(marks.into_iter().map(|mark| (mark, at, seq)));
        places.insert(seq);
    }
    entries.sort_unstable();
    // Key by key, as many at a time as the statement says: PostgreSQL would read the whole index for a join.
    while let Some(last) = entries.last().copied() {
        let mut delete = Statement::default();
        let some = entries.split_off(entries.len().saturating_sub(AT_ONCE));
        let keys = some.iter().copied().chain(std::iter::repeat(last)).take(AT_ONCE);
        let keys: Vec<String> = keys
            .map(|(mark, at, seq)| format!("({}, {}, {})", delete.arg(mark), delete.arg(at), delete.arg(seq)))
            .collect();
        delete.push(&format!("delete from mark where (mark, at, seq) in (values {})", keys.join(", ")));
        delete.execute(tx).await?;
    }
    let close = format!("update telling set marks = '[]' where marks <> '[]' and {}", among("matter", tx));
    query(close).bind(Value::texts(full)).execute(tx).await?;
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
