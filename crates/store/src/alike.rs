//! Who may tell the same: items that share marks, and all that hang together with them.
//!
//! The cost of an item is bounded by its marks and by [`Reach::nearest`], however many items are kept: each mark is
//! one walk along an index, to the nearest in time on either side.

use std::collections::BTreeSet;

use model::{Moment, Told};

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::pools::Tx;
use crate::sql::{Row, Statement, Value, query};

/// So many that share the most marks are lent for one item.
const MOST: i64 = 32;

/// How far to look for items that may tell the same.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    /// Before and after the item's moment, in milliseconds.
    pub window_ms: i64,
    /// Items to look at for each mark, on either side of that moment.
    pub nearest: usize,
    /// So many marks in common make it worth lending.
    pub shared: usize,
}

/// An item whose story is to be told.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    /// Its id: if it is kept already, what it hung together with until now is lent as well.
    pub id: &'a str,
    /// When it appeared.
    pub at: Moment,
    /// Its marks.
    pub marks: &'a [i64],
}

impl Store {
    /// What may tell the same as these items: relevant items that share marks with one of them, and everything of the
    /// matters of those. The items themselves are among them if they are kept.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn alike(&self, tellers: &[Teller<'_>], reach: Reach) -> Result<Vec<Told>, StoreError> {
        let alike = async {
            let mut tx = self.read().await?;
            let mut found = kept(&mut tx, tellers).await?;
            for teller in tellers.iter().filter(|teller| !teller.marks.is_empty()) {
                let rows = look(teller, reach).fetch_all(&mut tx).await?;
                for row in rows {
                    found.insert(row.try_get(0)?);
                }
            }
            matters(&mut tx, &found).await
        };
        alike.await.doing("lend what may tell the same")
    }

    /// The relevant items that tell one story, newest first, at most as many as one likes to explain.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn story(&self, id: &str, most: u32) -> Result<Vec<Told>, StoreError> {
        let story = async {
            let mut tx = self.read().await?;
            let text = format!(
                "select {TOLD} from item i left join telling t on t.seq = i.seq \
                 where i.story = $1 and i.relevant = 1 order by i.seq desc limit $2"
            );
            let rows = query(text).bind(id).bind(i64::from(most)).fetch_all(&mut tx).await?;
            rows.iter().map(told).collect::<Sql<_>>()
        };
        story.await.doing("lend a story's items")
    }
}

/// The places of those that are kept.
async fn kept(tx: &mut Tx, tellers: &[Teller<'_>]) -> Sql<BTreeSet<i64>> {
    let mut look = Statement::default();
    let ids = look.arg(Value::texts(tellers.iter().map(|teller| teller.id)));
    look.push(&format!("select seq from item where {}", tx.dialect().in_list("id", &ids)));
    look.fetch_all(tx).await?.iter().map(|row| row.try_get(0)).collect()
}

/// Asks for the places of items that share enough marks with one, those that share the most first.
fn look(teller: &Teller<'_>, reach: Reach) -> Statement {
    let mut look = Statement::default();
    let (from, at, until) = (
        look.arg(teller.at.ms().saturating_sub(reach.window_ms)),
        look.arg(teller.at.ms()),
        look.arg(teller.at.ms().saturating_add(reach.window_ms)),
    );
    let nearest = look.arg(i64::try_from(reach.nearest).unwrap_or(i64::MAX));
    let mut sides = Vec::with_capacity(2 * teller.marks.len());
    for mark in teller.marks {
        let mark = look.arg(*mark);
        for (side, span, order) in [
            ("before", format!("at >= {from} and at <= {at}"), "at desc, seq desc"),
            ("after", format!("at > {at} and at <= {until}"), "at, seq"),
        ] {
            let nth = sides.len();
            sides.push(format!(
                "select seq from (select seq from mark where mark = {mark} and {span} order by {order} limit {nearest}) \
                 as {side}_{nth}"
            ));
        }
    }
    let (shared, most) = (look.arg(i64::try_from(reach.shared).unwrap_or(i64::MAX)), look.arg(MOST));
    look.push(&format!(
        "select seq from ({}) as hit group by seq having count(*) >= {shared} order by count(*) desc, seq desc \
         limit {most}",
        sides.join(" union all ")
    ));
    look
}

/// Everything of the matters that the items at these places belong to.
async fn matters(tx: &mut Tx, found: &BTreeSet<i64>) -> Sql<Vec<Told>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let mut look = Statement::default();
    let places = look.arg(found.iter().copied().collect::<Vec<_>>());
    look.push(&format!(
        "select {TOLD} from telling t join item i on i.seq = t.seq \
         where t.matter in (select matter from telling where {})",
        tx.dialect().in_list("seq", &places)
    ));
    look.fetch_all(tx).await?.iter().map(told).collect()
}

/// What [`told`] reads.
const TOLD: &str = "i.id, i.story, t.matter, i.source, i.url, i.title, i.summary, i.at, i.event, i.kicker";

fn told(row: &Row) -> Sql<Told> {
    let id: String = row.try_get(0)?;
    Ok(Told {
        story: row.try_get(1)?,
        matter: row.try_get::<Option<String>>(2)?.unwrap_or_else(|| id.clone()),
        source: row.try_get(3)?,
        url: row.try_get(4)?,
        title: row.try_get(5)?,
        summary: row.try_get(6)?,
        at: Moment::from_ms(row.try_get(7)?),
        event: row.try_get::<i64>(8)? != 0,
        kicker: row.try_get(9)?,
        id,
    })
}

#[cfg(test)]
mod tests;
