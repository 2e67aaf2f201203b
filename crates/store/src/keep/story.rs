//! Settling stories, so that they stay whole: a lead exists, leads itself, and its followers follow it alone.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::items::Writing;
use crate::error::Sql;
use crate::pools::Tx;
use crate::sql::{Statement, Value, query};

/// Moves items to the stories that they ask for and to those that `moves` give them: what is about to be written by
/// saying so in its row, what is kept by changing that. Gives how many kept items changed their story.
pub(super) async fn settle<'a>(tx: &mut Tx, rows: &mut [Writing<'a>], moves: &BTreeMap<&'a str, &'a str>) -> Sql<u64> {
    let mut asked: BTreeMap<&str, &str> = rows.iter().filter_map(|(wanted, ..)| wanted.asks()).collect();
    asked.extend(moves);
    if asked.is_empty() {
        return Ok(0);
    }
    let written = rows.iter().map(|(_, record, _)| (record.id().to_owned(), record.story.clone())).collect();
    let kept = kept_leads(tx, &asked, written).await?;
    let changes = changes(&asked, &kept);
    let becomes: HashMap<&str, &str> = changes.iter().map(|&(id, _, lead)| (id, lead)).collect();
    for (_, record, _) in rows.iter_mut() {
        // Who followed an item that leads no more goes with it.
        let lead = becomes.get(record.id()).or_else(|| becomes.get(record.story.as_str()));
        if let Some(lead) = lead {
            record.story = (*lead).to_owned();
        }
    }
    let written: HashSet<&str> = rows.iter().map(|(_, record, _)| record.id()).collect();
    let mut moved = 0;
    let mut joining: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, _, lead) in changes.iter().filter(|(id, ..)| !written.contains(id)) {
        joining.entry(lead).or_default().push(id);
    }
    for (lead, ids) in joining {
        let join = query(format!("update item set story = $1 where {}", tx.dialect().in_list("id", "$2")));
        moved += join.bind(lead).bind(Value::texts(ids)).execute(tx).await?;
    }
    let left: HashMap<&str, &str> =
        changes.iter().filter(|(id, was, _)| id == was).map(|&(id, _, lead)| (id, lead)).collect();
    // Nearly all that leave their own story are new and followed by nobody: one question finds the few that are not.
    for id in followed(tx, left.keys().copied()).await? {
        let follow = query("update item set story = $1 where story = $2 and story <> id");
        moved += follow.bind(left[id.as_str()]).bind(id).execute(tx).await?;
    }
    Ok(moved)
}

/// Those of these items that others follow.
async fn followed<'a>(tx: &mut Tx, ids: impl Iterator<Item = &'a str>) -> Sql<Vec<String>> {
    let mut look = Statement::default();
    let ids = look.arg(Value::texts(ids));
    let among = tx.dialect().in_list("story", &ids);
    look.push(&format!("select distinct story from item where {among} and story <> id order by story"));
    look.fetch_all(tx).await?.iter().map(|row| row.try_get(0)).collect()
}

/// The leads of all items that a move names, and of their leads: of what is `written` now, and of what is kept.
async fn kept_leads(
    tx: &mut Tx,
    asked: &BTreeMap<&str, &str>,
    written: HashMap<String, String>,
) -> Sql<HashMap<String, String>> {
    let mut kept = written;
    let named = asked.iter().flat_map(|(id, lead)| [*id, *lead]).chain(kept.values().map(String::as_str));
    let mut wanted: HashSet<String> = named.filter(|id| !kept.contains_key(*id)).map(str::to_owned).collect();
    while !wanted.is_empty() {
        let mut look = Statement::default();
        let ids = look.arg(Value::texts(&wanted));
        look.push(&format!("select id, story from item where {}", tx.dialect().in_list("id", &ids)));
        let rows = look.fetch_all(tx).await?;
        // A lead that does not exist is none; to ask for it again would find it no more.
        if rows.is_empty() {
            break;
        }
        for row in rows {
            kept.insert(row.try_get(0)?, row.try_get(1)?);
        }
        let known: HashSet<&String> = kept.keys().collect();
        wanted = kept.values().filter(|lead| !known.contains(lead)).cloned().collect();
    }
    Ok(kept)
}

/// The item that leads in the end when moves are followed from one to the next. Moves that run in a circle end
/// at the smallest id in it; a lead that does not exist is none.
fn final_lead<'a>(id: &'a str, asked: &BTreeMap<&'a str, &'a str>, kept: &'a HashMap<String, String>) -> &'a str {
    let mut way = vec![id];
    loop {
        let here = way[way.len() - 1];
        let wish = asked.get(here).copied().filter(|lead| kept.contains_key(*lead));
        let next = wish.or_else(|| kept.get(here).map(String::as_str)).unwrap_or(here);
        if let Some(place) = way.iter().position(|seen| *seen == next) {
            return way[place..].iter().min().copied().unwrap_or(next);
        }
        way.push(next);
    }
}

/// Items whose lead changes: id, lead until now, lead from now on.
fn changes<'a>(
    asked: &BTreeMap<&'a str, &'a str>,
    kept: &'a HashMap<String, String>,
) -> Vec<(&'a str, &'a str, &'a str)> {
    let change = |id: &'a str| {
        let was = kept.get(id)?.as_str();
        let lead = final_lead(id, asked, kept);
        (was != lead).then_some((id, was, lead))
    };
    asked.keys().filter_map(|id| change(id)).collect()
}
