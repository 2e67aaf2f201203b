//! Writing the items of a batch: what is there is looked up in one statement, what is new goes in few.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{Batch, Change, Judged, Moment};

use super::occasion::{self, Schedule};
use super::{Given, marks, story};
use crate::Store;
use crate::error::Sql;
use crate::hidden;
use crate::pools::Tx;
use crate::row::{COLUMNS, Record};
use crate::shelf::Label;
use crate::sql::{Row, Statement, Value, inserts, json, query};

/// Places for items of the same millisecond. When they are taken, the next millisecond's serve: order among
/// items that claim one moment means nothing to a reader, order against all others stays right.
const PLACES: i64 = 1 << 10;

/// Items whose words are handed over at once: some kilobytes each.
const INDEXED: usize = 512;

/// What was written.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// How many are new and changed, batch by batch.
    pub(super) counts: Vec<(u64, u64)>,
    /// Kept items that changed their story, because others are told with them now.
    pub(super) moved: u64,
    /// Items that can be found and whom somebody may want to be told of, and whether they could not be found before.
    pub(super) news: Vec<(String, bool)>,
    /// Places of kept items whose matter is full now: nobody looks for them any more.
    pub(super) closed: HashSet<i64>,
}

/// A kept item, as far as writing over it needs.
pub(super) struct Old {
    seq: i64,
    hash: i64,
    print: i64,
    born: i64,
    first_seen: i64,
    at: i64,
    story: String,
    relevant: bool,
    schedule: Option<Schedule>,
}

/// The first place for items of a moment: newest first is the order of places, from the last to the first.
pub(crate) fn place(at: i64) -> i64 {
    at.clamp(0, i64::MAX / (2 * PLACES)) * PLACES
}

/// An item to be written.
pub(super) struct Wanted<'a> {
    judged: &'a Judged,
    source: &'a str,
    /// Which batch it is of.
    batch: usize,
    /// It was judged anew.
    changed: bool,
}

/// An item that is written: as it was said, as it is kept, as it was.
pub(super) type Writing<'a> = (Wanted<'a>, Record<'a>, Option<&'a Old>);

impl<'a> Wanted<'a> {
    /// The item, and the story that it asks for if it does. That it leads itself is what judging starts from; said of
    /// a changed one it is no wish to leave a story.
    pub(super) fn asks(&self) -> Option<(&'a str, &'a str)> {
        let (id, story) = (self.judged.item.id.as_str(), self.judged.item.story.id.as_str());
        (!story.is_empty() && story != id).then_some((id, story))
    }
}

/// Writes all new and changed items of batches of different sources, with the stories and the matters that they get.
pub(super) async fn write(
    store: &Store,
    tx: &mut Tx,
    batches: &[(&str, &Batch)],
    given: &Given<'_>,
    born: i64,
    now: Moment,
) -> Sql<Written> {
    let mut seen = HashSet::new();
    let all = batches.iter().enumerate().flat_map(|(nth, (source, batch))| {
        batch.changes.iter().filter_map(move |change| match change {
            Change::New(judged) => Some(Wanted { judged, source, batch: nth, changed: false }),
            Change::Changed(judged) => Some(Wanted { judged, source, batch: nth, changed: true }),
            Change::Same(_) | Change::Gone(_) | Change::Rejected(_) => None,
        })
    });
    // A document that lists an entry twice means the first.
    let wanted: Vec<Wanted<'_>> = all.filter(|wanted| seen.insert(wanted.judged.item.id.as_str())).collect();
    let mut written = Written { counts: vec![(0, 0); batches.len()], ..Written::default() };
    let old = if wanted.is_empty() { HashMap::new() } else { existing(tx, &wanted).await? };
    let mut rows: Vec<Writing<'_>> = Vec::new();
    for wanted in wanted {
        let record = Record::of(wanted.judged, wanted.source, born, now);
        match old.get(&wanted.judged.item.id) {
            // Judged anew it may be the same entry with other labels: then the print differs, not the hash.
            Some(old) if old.hash == wanted.judged.hash && (!wanted.changed || old.print == record.print) => continue,
            Some(old) => rows.push((wanted, over(record, old), Some(old))),
            None => rows.push((wanted, record, None)),
        }
    }
    written.moved = story::settle(tx, &mut rows, &given.stories).await?;
    let ids: HashSet<&str> = rows.iter().map(|(_, record, _)| record.id()).collect();
    marks::settle(tx, given.matters.iter().filter(|(id, _)| !ids.contains(**id))).await?;
    if rows.is_empty() {
        written.closed = marks::write(tx, &[], given).await?;
        return Ok(written);
    }
    let shown = rows.iter().map(|(wanted, ..)| (wanted.judged.item.id.as_str(), wanted.judged.relevant));
    let hidden = hidden::among(tx, shown).await?;
    for (wanted, record, old) in &mut rows {
        record.relevant &= !hidden.contains(&wanted.judged.item.id);
        note(&mut written, wanted, record, *old);
    }
    let before = replace(tx, &mut rows).await?;
    let labels: Vec<_> = rows.iter().map(|(wanted, ..)| Label::of(&wanted.judged.item, wanted.source)).collect();
    let shelves = store.put_up(tx, &labels).await?;
    for ((_, record, _), label) in rows.iter_mut().zip(&labels) {
        record.shelf = shelves[label];
    }
    insert(tx, &rows).await?;
    written.closed = mark(tx, &rows, &before, given).await?;
    let moved = rows.iter().filter_map(|(wanted, _, old)| {
        let (was, is) = (old.as_ref()?.schedule.as_ref()?, Schedule::of(wanted.judged)?);
        (*was != is).then(|| (wanted.judged.item.id.as_str(), was.day != is.day))
    });
    occasion::revise(tx, moved).await?;
    Ok(written)
}

async fn existing(tx: &mut Tx, wanted: &[Wanted<'_>]) -> Sql<HashMap<String, Old>> {
    let mut look = Statement::default();
    let ids = look.arg(Value::texts(wanted.iter().map(|wanted| &wanted.judged.item.id)));
    look.push(&format!(
        "select id, seq, hash, print, born, first_seen, at, story, relevant, event_start, event_end, place, online, \
         status from item where {}",
        tx.dialect().in_list("id", &ids)
    ));
    let rows = look.fetch_all(tx).await?;
    let old = |row: &Row| {
        let old = Old {
            seq: row.try_get(1)?,
            hash: row.try_get(2)?,
            print: row.try_get(3)?,
            born: row.try_get(4)?,
            first_seen: row.try_get(5)?,
            at: row.try_get(6)?,
            story: row.try_get(7)?,
            relevant: row.try_get::<i64>(8)? != 0,
            schedule: Schedule::stored(row, 9)?,
        };
        Ok((row.try_get(0)?, old))
    };
    rows.iter().map(old).collect()
}

/// What a changed item keeps of the one it was.
fn over<'a>(mut record: Record<'a>, old: &Old) -> Record<'a> {
    record.born = old.born;
    record.story.clone_from(&old.story);
    record.keep_first_seen(old.first_seen);
    if record.at == old.at {
        record.seq = Some(old.seq);
    }
    record
}

fn note(written: &mut Written, wanted: &Wanted<'_>, record: &Record<'_>, old: Option<&Old>) {
    let judged = wanted.judged;
    let (new, changed) = &mut written.counts[wanted.batch];
    if record.relevant {
        written.news.push((judged.item.id.clone(), old.is_none_or(|old| !old.relevant)));
    }
    match old {
        None => *new += 1,
        Some(_) => *changed += 1,
    }
}

/// Takes away the rows that are written over, and finds a place for those that have none. Gives the matters that the
/// former belonged to, by the place they had.
async fn replace(tx: &mut Tx, rows: &mut [Writing<'_>]) -> Sql<HashMap<i64, String>> {
    let mut matters = HashMap::new();
    let gone: Vec<i64> = rows.iter().filter_map(|(_, _, old)| old.map(|old| old.seq)).collect();
    if !gone.is_empty() {
        matters = marks::forget(tx, &gone).await?;
        for (table, place) in [("item", "seq"), ("evidence", "seq"), ("item_words", "rowid")] {
            let text = format!("delete from {table} where {}", tx.dialect().in_list(place, "$1"));
            query(text).bind(gone.clone()).execute(tx).await?;
        }
    }
    // Of a document's entries the first is the newest, and of entries without a date the only sign of it.
    let mut taken: HashSet<i64> = rows.iter().filter_map(|(_, record, _)| record.seq).collect();
    let mut windows: HashMap<i64, i64> = HashMap::new();
    let mut missing: Vec<&mut Record<'_>> =
        rows.iter_mut().rev().map(|(_, record, _)| record).filter(|record| record.seq.is_none()).collect();
    let mut tries: Vec<i64> = missing.iter().map(|record| place(record.at)).collect();
    while !missing.is_empty() {
        let unknown: HashSet<i64> = tries.iter().copied().filter(|window| !windows.contains_key(window)).collect();
        windows.extend(last_taken(tx, unknown).await?);
        let mut still = (Vec::new(), Vec::new());
        for (record, window) in missing.into_iter().zip(tries) {
            let next = windows.get_mut(&window).expect("every window was looked up");
            while *next < window + PLACES && !taken.insert(*next) {
                *next += 1;
            }
            if *next < window + PLACES {
                record.seq = Some(*next);
                *next += 1;
            } else {
                still.0.push(record);
                still.1.push(window + PLACES);
            }
        }
        (missing, tries) = still;
    }
    // Neighbours are written together.
    rows.sort_unstable_by_key(|(_, record, _)| record.seq);
    Ok(matters)
}

/// The first free place behind the last that is taken, for each window.
async fn last_taken(tx: &mut Tx, windows: HashSet<i64>) -> Sql<HashMap<i64, i64>> {
    if windows.is_empty() {
        return Ok(HashMap::new());
    }
    let list: Vec<i64> = windows.into_iter().collect();
    let text = format!(
        "select value, (select max(seq) from item where seq >= value and seq < value + $2) from {}",
        tx.dialect().rows("$1")
    );
    let rows = query(text).bind(list).bind(PLACES).fetch_all(tx).await?;
    let window = |row: &Row| {
        let (window, last): (i64, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
        Ok((window, last.map_or(window, |last| last + 1)))
    };
    rows.iter().map(window).collect()
}

async fn insert(tx: &mut Tx, rows: &[Writing<'_>]) -> Sql<()> {
    let seq = |record: &Record<'_>| Value::from(record.seq.unwrap_or_default());
    let items = rows.iter().map(|(_, record, _)| record.values());
    many(tx, &format!("item ({COLUMNS})"), Box::new(items)).await?;
    let has_some = |judged: &Judged| !judged.evidence.is_empty() || !judged.item.why.is_empty();
    let evidence = rows.iter().filter(|(wanted, ..)| has_some(wanted.judged));
    let evidence = evidence.map(|(_, record, _)| vec![seq(record), (&*record.why).into()]);
    many(tx, "evidence (seq, why)", Box::new(evidence)).await?;
    index(tx, rows).await
}

/// Indexes the words of what can be found.
async fn index(tx: &mut Tx, rows: &[Writing<'_>]) -> Sql<()> {
    let found = rows.iter().filter(|(wanted, ..)| wanted.judged.relevant);
    let mut found = found.map(|(wanted, record, _)| (record.seq.unwrap_or_default(), wanted.judged.terms.as_str()));
    let dialect = tx.dialect();
    let Some(index) = dialect.index() else {
        let words = found.map(|(seq, terms)| vec![seq.into(), Value::Terms(dialect.terms(terms))]);
        return many(tx, "item_words (rowid, terms)", Box::new(words)).await;
    };
    loop {
        let some: BTreeMap<i64, &str> = found.by_ref().take(INDEXED).collect();
        if some.is_empty() {
            return Ok(());
        }
        query(index).bind(json(&some)).execute(tx).await?;
    }
}

/// Writes what the items are found by when another tells the same. Gives the places of those that nobody looks for any
/// more.
async fn mark<'a>(
    tx: &mut Tx,
    rows: &[Writing<'a>],
    before: &HashMap<i64, String>,
    given: &Given<'_>,
) -> Sql<HashSet<i64>> {
    let item = |writing: &Writing<'a>| {
        let (wanted, record, old) = writing;
        let id = wanted.judged.item.id.as_str();
        let belonged = || old.and_then(|old| before.get(&old.seq)).map(String::as_str);
        let matter = given.matters.get(id).copied().or_else(belonged).unwrap_or(id).to_owned();
        let alone = old.is_none() && matter == id;
        marks::Written { judged: wanted.judged, seq: record.seq.unwrap_or_default(), at: record.at, matter, alone }
    };
    marks::write(tx, &rows.iter().map(item).collect::<Vec<_>>(), given).await
}

/// Rows that are made when they are wanted. In a box, because the compiler cannot tell of a closure over references that
/// it may go from thread to thread.
pub(crate) type Rows<'a> = Box<dyn Iterator<Item = Vec<Value>> + Send + 'a>;

/// Inserts rows. While the database takes some of them, the next are made.
pub(crate) async fn many(tx: &mut Tx, into: &str, rows: Rows<'_>) -> Sql<()> {
    let mut inserts = inserts(tx.dialect(), into, rows);
    let mut next = inserts.next();
    while let Some(insert) = next {
        let (inserted, following) = futures_util::future::join(insert.execute(tx), async { inserts.next() }).await;
        inserted?;
        next = following;
    }
    Ok(())
}
