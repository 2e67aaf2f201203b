//! One page of keys, in the query's order, one per story if asked.

use model::Sort;

use super::Ask;
use super::cursor::Cursor;
use super::filter::{Filter, Path};
use crate::error::Sql;
use crate::pools::Tx;
use crate::sql::{Row, Statement};

/// So many phrases are looked for to put matches in order.
const BETTER: usize = 32;

/// The places of a page's items, and where it goes on.
pub(super) async fn page(tx: &mut Tx, ask: &Ask<'_>, filter: &Filter, path: Path) -> Sql<(Vec<i64>, Option<String>)> {
    let size = usize::from(ask.query.page_size());
    let rows = statement(ask, filter, path).fetch_all(tx).await?;
    let keys = rows.iter().take(size).map(|row| row.try_get(0)).collect::<Sql<Vec<i64>>>()?;
    // One more was asked for than fits, to know whether there is a next page.
    let last = rows.get(size.wrapping_sub(1)).filter(|_| rows.len() > size);
    Ok((keys, last.map(|row| next(ask, row)).transpose()?))
}

pub(super) fn statement(ask: &Ask<'_>, filter: &Filter, path: Path) -> Statement {
    match ask.order {
        Sort::Relevance => best(ask, filter),
        Sort::Newest | Sort::Soonest => in_order(ask, filter, path),
    }
}

fn next(ask: &Ask<'_>, row: &Row) -> Sql<String> {
    let rank = match ask.order {
        Sort::Newest => 0,
        Sort::Soonest | Sort::Relevance => row.try_get(1)?,
    };
    // The generation of the first page goes along from page to page.
    let generation = ask.cursor.map_or(ask.generation, |cursor| cursor.generation);
    Ok(Cursor { order: ask.order, generation, seq: row.try_get(0)?, rank }.to_string())
}

/// Newest or soonest first.
fn in_order(ask: &Ask<'_>, filter: &Filter, path: Path) -> Statement {
    let mut sql = Statement::default();
    let soonest = ask.order == Sort::Soonest;
    let mut conditions = filter.source(path, &mut sql);
    if let Some(cursor) = ask.cursor {
        let seq = sql.arg(cursor.seq);
        conditions += &match soonest {
            true => format!(" and (i.begins, i.seq) > ({}, {seq})", sql.arg(cursor.rank)),
            false => format!(" and i.seq < {seq}"),
        };
    }
    if ask.stories {
        // Of an event's sources the lead stands for it, as long as it fits: another's hour may be an earlier guess.
        let better = match soonest {
            true => "(j.id <> j.story, j.begins, j.seq) < (i.id <> i.story, i.begins, i.seq)",
            false => "j.seq > i.seq",
        };
        let others = filter.conditions("j", true, &mut sql);
        conditions += &format!(
            " and (i.size < 2 or not exists (select 1 from item j where j.story = i.story and j.relevant = 1 \
             and {better}{others}))"
        );
    }
    let order = match (soonest, path) {
        (true, _) => "i.begins, i.seq",
        (false, Path::Words) => "w.rowid desc",
        (false, _) => "i.seq desc",
    };
    let limit = sql.arg(i64::from(ask.query.page_size()) + 1);
    sql.push(&format!("select i.seq, i.begins from {conditions} order by {order} limit {limit}"));
    sql
}

/// Best match first, of equally good ones the newest. A score is the item's and the query's alone, so what arrives
/// moves nobody, and a page goes on where the last one ended.
fn best(ask: &Ask<'_>, filter: &Filter) -> Statement {
    let mut sql = Statement::default();
    let from = filter.source(Path::Words, &mut sql);
    let story = if ask.stories { "case when i.size < 2 then i.id else i.story end" } else { "i.id" };
    let score = score(ask, filter, &mut sql);
    sql.push(&format!(
        "with hit as materialized (select i.seq, {story} as story, {score} as score from {from}), \
         best as (select seq, score, row_number() over (partition by story order by score desc, seq desc) as nth from hit) \
         select seq, score from best where nth = 1"
    ));
    if let Some(cursor) = ask.cursor {
        let (score, seq) = (sql.arg(cursor.rank), sql.arg(cursor.seq));
        sql.push(&format!(" and (score, seq) < ({score}, {seq})"));
    }
    let limit = sql.arg(i64::from(ask.query.page_size()) + 1);
    sql.push(&format!(" order by score desc, seq desc limit {limit}"));
    sql
}

/// The sum of the weights of all that matches as well.
fn score(ask: &Ask<'_>, filter: &Filter, sql: &mut Statement) -> String {
    let must = filter.must().unwrap_or_default();
    let mut sum = String::from("cast(0 as bigint)");
    for (phrase, weight) in ask.better.iter().take(BETTER) {
        if let Some(better) = filter.dialect.better(must, phrase) {
            let also = filter.dialect.also(&sql.arg(better));
            sum += &format!(" + case when {also} then {weight} else 0 end");
        }
    }
    sum
}
