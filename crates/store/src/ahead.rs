//! What the store knows of events: those ahead, lent to the judge, and how an event stands when all its sources are heard.

use std::collections::HashMap;

use model::{Ahead, Event, Item, Kind, Moment, Status};

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::pools::Tx;
use crate::row::{EVENT, event};
use crate::sql::{Row, Statement, Value, query};

/// Events that are lent, the earliest first.
const AHEAD: i64 = 5_000;

impl Store {
    /// The relevant events of all sources that are not over at a moment, the earliest first, at most 5,000.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn ahead(&self, since: Moment) -> Result<Vec<Ahead>, StoreError> {
        let ahead = async {
            let mut tx = self.read().await?;
            let look = format!(
                "select {EVENT}, i.id, i.story, i.source, i.url, i.title, coalesce(o.off, 0) from item i \
                 left join occasion o on o.item = i.id where i.relevant = 1 and i.event = 1 and i.ends >= $1 \
                 and i.event_start is not null order by i.begins, i.seq limit $2"
            );
            let rows = query(look).bind(since.ms()).bind(AHEAD).fetch_all(&mut tx).await?;
            let mut ahead = Vec::with_capacity(rows.len());
            for row in rows {
                let Some(event) = heard(&row, 13)? else { continue };
                let (id, story, source) = (row.try_get(8)?, row.try_get(9)?, row.try_get(10)?);
                ahead.push(Ahead { id, story, source, url: row.try_get(11)?, title: row.try_get(12)?, event });
            }
            Ok(ahead)
        };
        ahead.await.doing("lend the events ahead")
    }
}

/// One source's word of an event.
struct Word {
    id: String,
    revision: i64,
    event: Event,
}

/// Fills in how often an event changed and whether it is called off; with `whole`, also what its other sources know of
/// it. Of sources that contradict each other the one that corrected itself knows best: others copied it and forgot.
pub(crate) async fn hear(tx: &mut Tx, items: &mut [Item], whole: bool) -> Sql<()> {
    let told = |item: &&Item| item.kind == Kind::Event && item.event.is_some();
    let stories: Vec<&String> = items.iter().filter(told).map(|item| &item.story.id).collect();
    if stories.is_empty() {
        return Ok(());
    }
    let words = words(tx, &stories).await?;
    for item in items.iter_mut().filter(|item| told(&&**item)) {
        let Some(words) = words.get(&item.story.id) else { continue };
        let revision: i64 = words.iter().map(|word| word.revision + 1).sum();
        item.story.revision = u32::try_from(revision - 1).unwrap_or_default();
        let own = words.iter().find(|word| word.id == item.id).filter(|_| !whole);
        // Who corrected it most often; else its lead.
        let latest = || words.iter().min_by_key(|word| (std::cmp::Reverse(word.revision), word.id != item.story.id));
        let Some(mut event) = own.or_else(latest).map(|word| word.event.clone()) else { continue };
        if whole {
            words.iter().for_each(|word| event.complete(&word.event));
        }
        item.event = Some(event);
    }
    Ok(())
}

/// All that is told of each event, by story.
async fn words(tx: &mut Tx, stories: &[&String]) -> Sql<HashMap<String, Vec<Word>>> {
    let mut look = Statement::default();
    let list = look.arg(Value::texts(stories.iter().copied()));
    look.push(&format!(
        "select {EVENT}, i.story, i.id, coalesce(o.revision, 0), coalesce(o.off, 0) from item i \
         left join occasion o on o.item = i.id \
         where i.relevant = 1 and i.event = 1 and {} order by i.begins, i.seq",
        tx.dialect().in_list("i.story", &list)
    ));
    let mut words: HashMap<String, Vec<Word>> = HashMap::new();
    for row in look.fetch_all(tx).await? {
        let Some(event) = heard(&row, 11)? else { continue };
        let word = Word { id: row.try_get(9)?, revision: row.try_get(10)?, event };
        words.entry(row.try_get(8)?).or_default().push(word);
    }
    Ok(words)
}

/// The event at the head of a row, called off if the column says that another called it off.
fn heard(row: &Row, off: usize) -> Sql<Option<Event>> {
    let off = row.try_get::<i64>(off)? != 0;
    let event = event(row, 0)?;
    Ok(event.map(|event| if off { Event { status: Status::Cancelled, ..event } } else { event }))
}
