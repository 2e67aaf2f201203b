//! Settling stories, so that they stay whole: a lead exists, leads itself, and its followers follow it alone.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::items::Written;
use crate::error::Sql;
use crate::pools::Tx;
use crate::sql::{Statement, Value, query};

/// Moves items to the stories that the batch gives them, and counts each story anew that may have changed.
/// Gives how many kept items changed their story.
pub(super) async fn settle<'a>(tx: &mut Tx, written: &'a Written, moves: BTreeMap<&'a str, &'a str>) -> Sql<u64> {
    let mut asked: BTreeMap<&str, &str> = BTreeMap::new();
    for (id, lead) in &written.asked {
        if let Some(lead) = lead {
            asked.insert(id, lead);
        }
    }
    asked.extend(moves);
    let mut touched = written.touched.clone();
    let mut moved = 0;
    if !asked.is_empty() {
        let kept = kept_leads(tx, &asked).await?;
        let changes = changes(&asked, &kept);
        let mut joining: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for &(id, was, lead) in &changes {
            moved += u64::from(!written.asked.contains_key(id));
            joining.entry(lead).or_default().push(id);
            touched.extend([was.to_owned(), lead.to_owned()]);
        }
        for (lead, ids) in joining {
            let join = query(format!("update item set story = $1 where {}", tx.dialect().in_list("id", "$2")));
            join.bind(lead).bind(Value::texts(ids)).execute(tx).await?;
        }
        // Who followed an item that leads no more goes with it.
        for &(id, was, lead) in changes.iter().filter(|(id, was, _)| id == was) {
            let follow = query("update item set story = $1 where story = $2").bind(lead).bind(id);
            moved += follow.execute(tx).await?;
            touched.extend([was.to_owned(), lead.to_owned()]);
        }
    }
    if !touched.is_empty() {
        count(tx, touched).await?;
    }
    Ok(moved)
}

/// The leads, as kept, of all items that a move names, and of their leads.
async fn kept_leads(tx: &mut Tx, asked: &BTreeMap<&str, &str>) -> Sql<HashMap<String, String>> {
    let mut kept = HashMap::new();
    let mut wanted: HashSet<String> =
        asked.iter().flat_map(|(id, lead)| [(*id).to_owned(), (*lead).to_owned()]).collect();
    while !wanted.is_empty() {
        let mut look = Statement::default();
        let ids = look.arg(Value::texts(&wanted));
        look.push(&format!("select id, story from item where {}", tx.dialect().in_list("id", &ids)));
        for row in look.fetch_all(tx).await? {
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

/// Counts the relevant items of stories, and tells each item of them, unless it knows.
pub(crate) async fn count(tx: &mut Tx, stories: HashSet<String>) -> Sql<()> {
    let count = format!(
        "update item set size = counted.n from \
         (select story as told, sum(relevant) as n from item where {} group by story) as counted \
         where item.story = counted.told and item.size <> counted.n",
        tx.dialect().in_list("story", "$1")
    );
    query(count).bind(Value::texts(stories)).execute(tx).await?;
    Ok(())
}
