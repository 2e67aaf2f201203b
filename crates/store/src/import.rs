//! The lines of an [export](crate::Store::export) into an empty store: all of them or none.

use std::collections::HashMap;
use std::io;

use serde_json::{Map, Value as Json};

use crate::Store;
use crate::error::{Doing, Sql, StoreError};
use crate::keep::many;
use crate::migrate::KNOWN;
use crate::pools::Tx;
use crate::sql::{Value, query};
use crate::tables::{TABLES, WORDS};

/// Rows that are written at a time.
const ROWS: usize = 256;
const DOING: &str = "take over what another kept";

/// What is being taken over.
struct Taking<'a> {
    tx: &'a mut Tx,
    /// Rows that wait for others of their table, tables in the order in which they came: what others point to is first.
    waiting: Vec<(String, Vec<Vec<Value>>)>,
    waits: usize,
    /// The moment of each item, by its place: marks are found by it.
    moments: HashMap<i64, i64>,
    rows: u64,
}

impl Store {
    /// Takes over what another store exported, in one transaction. Gives how many rows that were. Whoever reads the
    /// store meanwhile finds it empty.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`] if something is kept here already; [`StoreError::BadExport`] if a line is none of an
    /// export of this layout, or the end is missing; [`StoreError::Database`] if the database fails. Then nothing was
    /// taken over.
    pub async fn import(&self, lines: impl Iterator<Item = io::Result<String>>) -> Result<u64, StoreError> {
        let mut tx = self.write().await.doing(DOING)?;
        let kept = query("select (select count(*) from source), (select count(*) from item)");
        let kept = kept.fetch_one(&mut tx).await.doing(DOING)?;
        let (sources, items): (i64, i64) = (kept.try_get(0).doing(DOING)?, kept.try_get(1).doing(DOING)?);
        if sources + items > 0 {
            return Err(StoreError::NotEmpty { sources, items });
        }
        let mut taking = Taking { tx: &mut tx, waiting: Vec::new(), waits: 0, moments: HashMap::new(), rows: 0 };
        let (mut ended, mut number) = (false, 0);
        for line in lines {
            number += 1;
            let bad = |reason: String| StoreError::BadExport { line: number, reason };
            let line = line.map_err(|error| bad(error.to_string()))?;
            if ended {
                return Err(bad("there is something behind the end".to_owned()));
            }
            let (name, row) = read(&line).map_err(bad)?;
            match (number, name.as_str()) {
                (1, _) => first(&name, &row).map_err(bad)?,
                (_, "end") => {
                    let said = row.get("rows").and_then(Json::as_u64);
                    if said != Some(taking.rows) {
                        return Err(bad(format!("{} rows came, and there were {said:?}", taking.rows)));
                    }
                    ended = true;
                }
                _ => {
                    taking.take(&name, row).map_err(bad)?;
                    if taking.waits >= ROWS {
                        taking.put().await.doing(DOING)?;
                    }
                }
            }
        }
        if !ended {
            return Err(StoreError::BadExport { line: number, reason: "the end is missing".to_owned() });
        }
        let rows = taking.finish().await.doing(DOING)?;
        tx.commit().await.doing(DOING)?;
        Ok(rows)
    }
}

/// A line as the name of its table, and the row.
fn read(line: &str) -> Result<(String, Map<String, Json>), String> {
    let one: Map<String, Json> = serde_json::from_str(line).map_err(|error| format!("is no row: {error}"))?;
    let mut all = one.into_iter();
    match (all.next(), all.next()) {
        (Some((name, Json::Object(row))), None) => Ok((name, row)),
        _ => Err(r#"is no row: allowed is {"table":{…}}"#.to_owned()),
    }
}

fn first(name: &str, row: &Map<String, Json>) -> Result<(), String> {
    match row.get("layout").and_then(Json::as_i64).filter(|_| name == "amtsticker") {
        Some(KNOWN) => Ok(()),
        Some(other) => Err(format!(
            "these are rows of layout {other}, and this release has layout {KNOWN}: export them with this release"
        )),
        None => Err("is not the first line of an export".to_owned()),
    }
}

impl Taking<'_> {
    /// A row of this table, and what follows from it.
    fn take(&mut self, name: &str, row: Map<String, Json>) -> Result<(), String> {
        self.rows += 1;
        if name == WORDS {
            let seq = row.get("seq").and_then(Json::as_i64).ok_or("words.seq: allowed is a whole number")?;
            let terms = row.get("terms").and_then(Json::as_str).ok_or("words.terms: allowed is a text")?;
            let terms = Value::Terms(self.tx.dialect().terms(terms));
            self.wait("item_words (rowid, terms)", vec![seq.into(), terms]);
            return Ok(());
        }
        let table = TABLES.iter().find(|table| table.name == name);
        let table = table.ok_or_else(|| format!("{name}: this release knows no such table"))?;
        let number = |column: &str| row.get(column).and_then(Json::as_i64).unwrap_or_default();
        let mut marks = Vec::new();
        match name {
            "item" => _ = self.moments.insert(number("seq"), number("at")),
            "telling" => {
                let (seq, list) = (number("seq"), row.get("marks").and_then(Json::as_str).unwrap_or_default());
                let at =
                    *self.moments.get(&seq).ok_or_else(|| format!("telling.seq = {seq}: there is no such item"))?;
                let mut list: Vec<i64> =
                    serde_json::from_str(list).map_err(|error| format!("telling.marks: {error}"))?;
                list.sort_unstable();
                list.dedup();
                marks.extend(list.into_iter().map(|mark| vec![mark.into(), at.into(), seq.into()]));
            }
            _ => {}
        }
        let values = table.values(row)?;
        let numbers = if table.numbered { self.tx.dialect().own_numbers() } else { "" };
        self.wait(&format!("{} ({}){numbers}", table.name, table.names()), values);
        marks.into_iter().for_each(|mark| self.wait("mark (mark, at, seq)", mark));
        Ok(())
    }

    fn wait(&mut self, into: &str, row: Vec<Value>) {
        self.waits += 1;
        match self.waiting.iter_mut().find(|(table, _)| table == into) {
            Some((_, rows)) => rows.push(row),
            None => self.waiting.push((into.to_owned(), vec![row])),
        }
    }

    /// Writes what waits.
    async fn put(&mut self) -> Sql<()> {
        self.waits = 0;
        for (into, rows) in std::mem::take(&mut self.waiting) {
            for table in TABLES.iter().filter(|table| table.single && into.starts_with(table.name)) {
                // The one that a store has from the beginning makes room.
                query(format!("delete from {}", table.name)).execute(self.tx).await?;
            }
            many(self.tx, &into, Box::new(rows.into_iter())).await?;
        }
        Ok(())
    }

    async fn finish(mut self) -> Sql<u64> {
        self.put().await?;
        for table in TABLES.iter().filter(|table| table.numbered) {
            if let Some(go_on) = self.tx.dialect().number_on(table.name) {
                query(go_on).execute(self.tx).await?;
            }
        }
        Ok(self.rows)
    }
}
