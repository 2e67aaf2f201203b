//! From keys to items: the rows, the others of their stories, and the evidence if asked.

use std::collections::HashMap;

use model::{Item, Moment, Other};

use crate::ahead;
use crate::error::Sql;
use crate::pools::Tx;
use crate::row::{FROM, SHOWN, item};
use crate::sql::{Statement, Value};

/// So many of those who tell a story are named with each of its items. A release that a thousand copy, or a source that
/// writes the same thousand times, would else stand a thousand times on each page that shows one of them.
const NAMED: usize = 30;

/// The items at these places, in this order. With `stories` each stands for its story: an event is told with all that
/// its sources know.
pub(super) async fn read(tx: &mut Tx, keys: &[i64], explain: bool, stories: bool) -> Sql<Vec<Item>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = Statement::default();
    let list = rows.arg(keys.to_vec());
    rows.push(&format!("select {SHOWN} from {FROM} where {}", tx.dialect().in_list("i.seq", &list)));
    let found = rows.fetch_all(tx).await?.iter().map(item).collect::<Sql<Vec<_>>>()?;
    let mut found: HashMap<i64, Item> = found.into_iter().collect();
    let mut items: Vec<(i64, Item)> = keys.iter().filter_map(|key| Some((*key, found.remove(key)?))).collect();
    if explain {
        evidence(tx, &mut items).await?;
    }
    let mut items: Vec<Item> = items.into_iter().map(|(_, item)| item).collect();
    others(tx, &mut items).await?;
    ahead::hear(tx, &mut items, stories).await?;
    Ok(items)
}

/// Fills in who else tells each item's story, the newest [`NAMED`] first, and how many tell it.
pub(crate) async fn others(tx: &mut Tx, items: &mut [Item]) -> Sql<()> {
    let stories: Vec<&String> = items.iter().filter(|item| item.story.size > 1).map(|item| &item.story.id).collect();
    if stories.is_empty() {
        return Ok(());
    }
    let mut look = Statement::default();
    let list = look.arg(Value::texts(stories));
    look.push(&format!(
        "select i.story, i.id, i.url, i.title, s.name, i.published from item i join source s on s.id = i.source \
         where i.relevant = 1 and {} order by i.seq desc",
        tx.dialect().in_list("i.story", &list)
    ));
    let mut told: HashMap<String, Vec<Other>> = HashMap::new();
    for row in look.fetch_all(tx).await? {
        let published: Option<i64> = row.try_get(5)?;
        told.entry(row.try_get(0)?).or_default().push(Other {
            id: row.try_get(1)?,
            url: row.try_get(2)?,
            title: row.try_get(3)?,
            source: row.try_get(4)?,
            published: published.map(Moment::from_ms),
        });
    }
    for item in items.iter_mut().filter(|item| item.story.size > 1) {
        let all = told.get(&item.story.id).map_or(&[][..], Vec::as_slice);
        let others = || all.iter().filter(|other| other.id != item.id);
        item.story.size = others().count() as u32 + 1;
        item.story.others = others().take(NAMED).cloned().collect();
    }
    Ok(())
}

/// Fills in the evidence.
pub(super) async fn evidence(tx: &mut Tx, items: &mut [(i64, Item)]) -> Sql<()> {
    let mut look = Statement::default();
    let list = look.arg(items.iter().map(|(seq, _)| *seq).collect::<Vec<_>>());
    look.push(&format!("select seq, why from evidence where {}", tx.dialect().in_list("seq", &list)));
    for row in look.fetch_all(tx).await? {
        let (seq, why): (i64, &str) = (row.try_get(0)?, row.try_get(1)?);
        let why = serde_json::from_str(why).map_err(|error| sqlx::Error::Decode(error.into()))?;
        if let Some((_, item)) = items.iter_mut().find(|(place, _)| *place == seq) {
            item.why = why;
        }
    }
    Ok(())
}
