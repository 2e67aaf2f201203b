//! From keys to items: their rows, and from the rows of who tells the same the others of their stories.

use std::collections::HashMap;
use std::sync::Arc;

use model::{Item, Kind, Other};

use crate::ahead::{self, Word};
use crate::error::Sql;
use crate::evidence::unpack;
use crate::pools::Tx;
use crate::roll::state;
use crate::row::{FROM, SHOWN, Shown};
use crate::sql::{Statement, Value};

/// So many of those who tell a story are named with each of its items. A release that a thousand copy, or a source that
/// writes the same thousand times, would else stand a thousand times on each page that shows one of them.
const NAMED: usize = 30;
/// So many of those who tell an event are heard.
pub(super) const MEMBERS: usize = 100;

/// An item as its row says it, without what others say.
#[derive(Debug)]
pub(crate) struct Raw {
    item: Item,
    begins: i64,
    /// How often its event changed, and whether another called it off.
    revision: i64,
    off: bool,
    relevant: bool,
}

impl Raw {
    /// Bytes that it takes in memory, more or less.
    pub(crate) fn weight(&self) -> usize {
        let Item { id, url, title, summary, source, story, image, .. } = &self.item;
        let texts = [id, url, title, summary, &source.id, &source.name, &source.url, &story.id];
        let texts = texts.into_iter().chain(&self.item.kicker).chain(image).chain(&self.item.topics);
        size_of::<Self>() + texts.map(|text| text.capacity() + size_of::<String>()).sum::<usize>()
    }
}

/// By the place of an item, how many tell its story, and the newest of them: place, and whether it is an event.
pub(super) type Members = HashMap<i64, (usize, Vec<(i64, bool)>)>;

/// The items as their rows say them.
pub(crate) async fn raws(tx: &mut Tx, keys: &[i64]) -> Sql<Vec<(i64, Raw)>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    Ok(raws_and_generation(tx, keys).await?.1)
}

/// The same, and of which generation they are.
pub(super) async fn raws_and_generation(tx: &mut Tx, keys: &[i64]) -> Sql<(i64, Vec<(i64, Raw)>)> {
    if keys.is_empty() {
        return Ok((state(tx).await?.0, Vec::new()));
    }
    let row = statement(tx, keys).fetch_one(tx).await?;
    let text = row.try_get::<Option<&str>>(1)?.unwrap_or("[]");
    let shown: Vec<Shown<'_>> = serde_json::from_str(text).map_err(|error| sqlx::Error::Decode(error.into()))?;
    Ok((row.try_get(0)?, shown.into_iter().map(raw).collect()))
}

/// All of them as one text: a row for each, as the driver hands it over, takes a message between two threads, and a piece
/// of memory for each of its columns.
pub(super) fn statement(tx: &Tx, keys: &[i64]) -> Statement {
    let mut rows = Statement::default();
    let list = rows.arg(keys.to_vec());
    rows.push(&format!(
        "select (select generation from state where one = 1), {} from {FROM} where {}",
        tx.dialect().gathered(&SHOWN),
        tx.dialect().in_list("i.seq", &list)
    ));
    rows
}

fn raw(shown: Shown<'_>) -> (i64, Raw) {
    let Shown { seq, begins, revision, off, relevant, .. } = shown;
    (seq, Raw { item: shown.item(), begins, revision, off: off != 0, relevant: relevant != 0 })
}

/// The places of all rows that a page is made of.
pub(super) fn needed(keys: &[i64], members: &Members) -> Vec<i64> {
    let mut needed = keys.to_vec();
    for (key, (_, newest)) in members {
        let event = newest.iter().any(|(seq, event)| seq == key && *event);
        let told = newest.iter().enumerate().filter(|(nth, (_, other))| *nth <= NAMED || event && *other);
        needed.extend(told.map(|(_, (seq, _))| *seq));
    }
    needed.sort_unstable();
    needed.dedup();
    needed
}

/// The items at these places, in this order, each with who else tells its story. `whole` says whether to hear what is
/// told of events: of their own source with false, with true of all.
pub(super) fn assemble(
    keys: &[i64],
    members: &Members,
    raws: &HashMap<i64, Arc<Raw>>,
    whole: Option<bool>,
) -> Vec<Item> {
    let one = |key: &i64| {
        let raw = raws.get(key)?;
        let mut item = raw.item.clone();
        // Who is not relevant is not among those who are counted.
        let alone = (usize::from(raw.relevant), vec![(*key, raw.item.kind == Kind::Event)]);
        let (size, newest) = members.get(key).unwrap_or(&alone);
        let told = || newest.iter().filter_map(|(seq, _)| Some((*seq, raws.get(seq)?)));
        let itself = usize::from(raw.relevant);
        if *size > itself {
            item.story.size = (size - itself + 1) as u32;
            item.story.others = told().filter(|(seq, _)| seq != key).take(NAMED).map(|(_, raw)| other(raw)).collect();
        }
        if let Some(whole) = whole.filter(|_| item.kind == Kind::Event) {
            let mut heard: Vec<(i64, i64, Word)> =
                told().filter_map(|(seq, raw)| Some((raw.begins, seq, word(raw)?))).collect();
            heard.sort_unstable_by_key(|(begins, seq, _)| (*begins, *seq));
            let words: Vec<Word> = heard.into_iter().map(|(_, _, word)| word).collect();
            ahead::hear(&mut item, &words, whole);
        }
        Some(item)
    };
    keys.iter().filter_map(one).collect()
}

fn other(raw: &Raw) -> Other {
    let item = &raw.item;
    Other {
        id: item.id.clone(),
        url: item.url.clone(),
        title: item.title.clone(),
        source: item.source.name.clone(),
        published: item.published,
    }
}

/// What its source says of an event that can be found.
fn word(raw: &Raw) -> Option<Word> {
    let event = raw.item.event.clone().filter(|_| raw.relevant && raw.item.kind == Kind::Event)?;
    Some(Word::new(&raw.item.id, raw.revision, event, raw.off))
}

/// The items at these places, in this order, asked of the database alone; see [`assemble`].
pub(crate) async fn read(tx: &mut Tx, keys: &[i64], whole: Option<bool>) -> Sql<Vec<Item>> {
    let read = |rows: Vec<(i64, Raw)>| rows.into_iter().map(|(seq, raw)| (seq, Arc::new(raw)));
    let mut all: HashMap<i64, Arc<Raw>> = read(raws(tx, keys).await?).collect();
    let told: HashMap<i64, String> = all.iter().map(|(seq, raw)| (*seq, raw.item.story.id.clone())).collect();
    let members = members(tx, &told).await?;
    let missing: Vec<i64> = needed(keys, &members).into_iter().filter(|seq| !all.contains_key(seq)).collect();
    all.extend(read(raws(tx, &missing).await?));
    Ok(assemble(keys, &members, &all, whole))
}

/// Who tells these stories, by the place of an item of each.
async fn members(tx: &mut Tx, told: &HashMap<i64, String>) -> Sql<Members> {
    if told.is_empty() {
        return Ok(Members::new());
    }
    let mut look = Statement::default();
    let list = look.arg(Value::texts(told.values()));
    let among = |column: &str| tx.dialect().in_list(column, &list);
    look.push(&format!(
        "select story, seq, event from item where relevant = 1 and story <> id and {} \
         union all select story, seq, event from item where relevant = 1 and story = id and {} order by 2 desc",
        among("story"),
        among("id")
    ));
    let mut stories: HashMap<String, Vec<(i64, bool)>> = HashMap::new();
    for row in look.fetch_all(tx).await? {
        stories.entry(row.try_get(0)?).or_default().push((row.try_get(1)?, row.try_get::<i64>(2)? != 0));
    }
    let members = told.iter().filter_map(|(seq, story)| {
        let mut all = stories.get(story)?.clone();
        let size = all.len();
        all.truncate(MEMBERS);
        Some((*seq, (size, all)))
    });
    Ok(members.collect())
}

/// Fills in the evidence.
pub(super) async fn evidence(tx: &mut Tx, keys: &[i64], items: &mut [Item]) -> Sql<()> {
    let mut look = Statement::default();
    let list = look.arg(keys.to_vec());
    look.push(&format!("select seq, why from evidence where {}", tx.dialect().in_list("seq", &list)));
    for row in look.fetch_all(tx).await? {
        let (seq, why): (i64, &str) = (row.try_get(0)?, row.try_get(1)?);
        if let Some((_, item)) = keys.iter().zip(&mut *items).find(|(key, _)| **key == seq) {
            item.why = unpack(why, item).map_err(|error| sqlx::Error::Decode(error.into()))?;
        }
    }
    Ok(())
}
