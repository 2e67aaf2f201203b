//! The index of marks: for each mark one walk to the nearest in time on either side.
//!
//! One statement walks for all marks of a teller, and its text is the same for every teller, so it is prepared once. Its
//! answer is one text: who shares marks is counted here, where a number costs a hundredth of a row.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Made, Near, Reach, TOLD, Teller, best, told};
use crate::dialect::Dialect;
use crate::error::Sql;
use crate::pools::Tx;
use crate::sql::{Statement, query};

/// The places of those that share the most marks with a teller, the first of them first.
pub(super) async fn look(tx: &mut Tx, teller: &Teller<'_>, reach: Reach) -> Sql<Vec<i64>> {
    let row = walks(tx.dialect(), teller, reach).fetch_one(tx).await?;
    let mut met = row.numbers(0)?;
    met.sort_unstable();
    let counted = met.chunk_by(|one, other| one == other).filter_map(|same| Some((same.len(), *same.first()?)));
    Ok(best(counted, reach, |place| *place).collect())
}

/// Asks for the places that each mark leads to, as one text with a space between two.
pub(super) fn walks(dialect: &dyn Dialect, teller: &Teller<'_>, reach: Reach) -> Statement {
    let mut look = Statement::default();
    let marks = look.arg(teller.marks.to_vec());
    let (from, at, until) = (
        look.arg(teller.at.ms().saturating_sub(reach.window_ms)),
        look.arg(teller.at.ms()),
        look.arg(teller.at.ms().saturating_add(reach.window_ms)),
    );
    // A number that is the same for every teller.
    let nearest = i64::try_from(reach.nearest).unwrap_or(i64::MAX);
    let side = |span: &str, order: &str| {
        format!("select seq from (select seq from mark where mark = value and {span} order by {order} limit {nearest})")
    };
    let before = side(&format!("at >= {from} and at <= {at}"), "at desc, seq desc");
    let after = side(&format!("at > {at} and at <= {until}"), "at, seq");
    look.push(&format!(
        "select string_agg(met, ' ') from (select (select string_agg(cast(seq as text), ' ') \
         from ({before} as before union all {after} as after) as met) as met from {}) as walked",
        dialect.rows(&marks)
    ));
    look
}

/// The items at these places that are still there, by place.
pub(super) async fn at(tx: &mut Tx, places: Vec<i64>) -> Sql<HashMap<i64, Arc<Near>>> {
    if places.is_empty() {
        return Ok(HashMap::new());
    }
    let text = format!(
        "select {TOLD}, i.hash, i.seq from item i left join telling t on t.seq = i.seq where {}",
        tx.dialect().in_list("i.seq", "$1")
    );
    let rows = query(text).bind(places).fetch_all(tx).await?;
    let near = |row| {
        let told = told(row)?;
        let (id, hash, at, made) = (told.id.clone(), row.try_get(10)?, told.at, Made::default());
        let place = row.try_get(11)?;
        Ok((place, Arc::new(Near { id, place, hash, at, told: Some(Arc::new(told)), made })))
    };
    rows.iter().map(near).collect()
}
