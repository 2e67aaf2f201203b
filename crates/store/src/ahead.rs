//! What the store knows of events: those ahead, lent to the judge, and how an event stands when all its sources are heard.

use model::{Ahead, Event, Item, Moment, Status};

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::row::{EVENT, event};
use crate::sql::{Row, query};

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
                 and i.event_start is not null order by i.begins, i.seq limit {AHEAD}"
            );
            let rows = query(look).bind(since.ms()).fetch_all(&mut tx).await?;
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
#[derive(Debug)]
pub(crate) struct Word {
    id: String,
    revision: i64,
    event: Event,
}

impl Word {
    /// What a source says of an event, how often it changed that, and whether another called it off.
    pub(crate) fn new(id: &str, revision: i64, event: Event, off: bool) -> Self {
        Word { id: id.to_owned(), revision, event: called_off(event, off) }
    }
}

/// Fills in how often an event changed and whether it is called off, from all that is said of it, in the order of when
/// it begins; with `whole`, also what its other sources know of it. Of sources that contradict each other the one that
/// corrected itself knows best: others copied it and forgot.
pub(crate) fn hear(item: &mut Item, words: &[Word], whole: bool) {
    let revision: i64 = words.iter().map(|word| word.revision + 1).sum();
    let own = words.iter().find(|word| word.id == item.id).filter(|_| !whole);
    // Who corrected it most often; else its lead.
    let latest = || words.iter().min_by_key(|word| (std::cmp::Reverse(word.revision), word.id != item.story.id));
    let Some(mut event) = own.or_else(latest).map(|word| word.event.clone()) else { return };
    if whole {
        words.iter().for_each(|word| event.complete(&word.event));
    }
    item.story.revision = u32::try_from(revision - 1).unwrap_or_default();
    item.event = Some(event);
}

/// The event at the head of a row, called off if the column says that another called it off.
fn heard(row: &Row, off: usize) -> Sql<Option<Event>> {
    let off = row.try_get::<i64>(off)? != 0;
    Ok(event(row, 0)?.map(|event| called_off(event, off)))
}

fn called_off(event: Event, off: bool) -> Event {
    if off { Event { status: Status::Cancelled, ..event } } else { event }
}
