//! Everything that is kept as lines of JSON, for another database or for whoever wants to count: one state, however
//! long the writing takes and whatever is kept meanwhile.
//!
//! The first line says which layout the rows have, then comes one row a line, `{"item":{…}}`, and the last line says how
//! many there were: what was cut off on its way can be told. Rows come in the order of their keys, so that two stores
//! which keep the same give the same lines.

use std::collections::HashMap;
use std::io;

use serde_json::json;

use crate::Store;
use crate::error::{Doing, StoreError};
use crate::migrate::KNOWN;
use crate::pools::Tx;
use crate::sql::{Statement, Value, query};
use crate::tables::{TABLES, Table, WORDS};

/// Rows that are read at a time.
const ROWS: i64 = 1_000;
const DOING: &str = "tell all it keeps";

/// Where lines go, counted.
struct Lines<W> {
    write: W,
    written: u64,
}

impl<W: FnMut(&str) -> io::Result<()>> Lines<W> {
    fn put(&mut self, line: &str) -> Result<(), StoreError> {
        self.written += 1;
        (self.write)(line).map_err(|source| StoreError::Output { source })
    }
}

impl Store {
    /// Hands out everything that is kept, line by line, each without its end. Gives how many rows that were. Secrets of
    /// subscriptions are among it.
    ///
    /// # Errors
    /// [`StoreError::Output`] if `line` fails; [`StoreError::Database`] if the database does.
    pub async fn export(&self, line: impl FnMut(&str) -> io::Result<()>) -> Result<u64, StoreError> {
        let mut lines = Lines { write: line, written: 0 };
        let mut tx = self.read().await.doing(DOING)?;
        lines.put(&json!({ "amtsticker": { "layout": KNOWN } }).to_string())?;
        for table in &TABLES {
            rows(&mut tx, table, &mut lines).await?;
        }
        terms(&mut tx, &mut lines).await?;
        let rows = lines.written - 1;
        lines.put(&json!({ "end": { "rows": rows } }).to_string())?;
        Ok(rows)
    }
}

/// All rows of a table.
async fn rows<W>(tx: &mut Tx, table: &Table, lines: &mut Lines<W>) -> Result<(), StoreError>
where
    W: FnMut(&str) -> io::Result<()>,
{
    let names = table.names();
    let key: Vec<&str> = table.columns[..table.key].iter().map(|(name, _)| *name).collect();
    let key = key.join(", ");
    let mut last: Option<Vec<Value>> = None;
    loop {
        let mut look = Statement::default();
        let behind = last.take().map_or_else(String::new, |last| {
            let last: Vec<String> = last.into_iter().map(|value| look.arg(value)).collect();
            format!(" where ({key}) > ({})", last.join(", "))
        });
        let most = look.arg(ROWS);
        look.push(&format!("select {names} from {}{behind} order by {key} limit {most}", table.name));
        let rows = look.fetch_all(tx).await.doing(DOING)?;
        for row in &rows {
            let row = table.object(row).doing(DOING)?;
            lines.put(&json!({ (table.name): row }).to_string())?;
        }
        match rows.last().filter(|_| rows.len() as i64 == ROWS) {
            Some(row) => last = Some(table.key(row).doing(DOING)?),
            None => return Ok(()),
        }
    }
}

/// The words by which each item is found. An index gives them word by word, so that many items are put together at
/// once: in one walk through it each.
async fn terms<W>(tx: &mut Tx, lines: &mut Lines<W>) -> Result<(), StoreError>
where
    W: FnMut(&str) -> io::Result<()>,
{
    let (words, at_a_time) = tx.dialect().words();
    let mut after = i64::MIN;
    loop {
        let next = query("select max(seq) from (select seq from item where seq > $1 order by seq limit $2) as next");
        let next = next.bind(after).bind(at_a_time).fetch_one(tx).await.doing(DOING)?;
        let Some(upto) = next.try_get::<Option<i64>>(0).doing(DOING)? else { return Ok(()) };
        let (mut names, mut numbers) = (Vec::<String>::new(), HashMap::<String, u32>::new());
        let mut places: Vec<(i64, i64, u32)> = Vec::new();
        let look = query(format!("{words} where seq > $1 and seq <= $2")).bind(after).bind(upto);
        let taken = look.each(tx, |row| {
            let term: &str = row.try_get(2)?;
            let number = match numbers.get(term) {
                Some(number) => *number,
                None => {
                    let number = u32::try_from(names.len()).map_err(|error| sqlx::Error::Decode(error.into()))?;
                    names.push(term.to_owned());
                    numbers.insert(term.to_owned(), number);
                    number
                }
            };
            places.push((row.try_get(0)?, row.try_get(1)?, number));
            Ok(())
        });
        taken.await.doing(DOING)?;
        places.sort_unstable();
        for one in places.chunk_by(|one, next| one.0 == next.0) {
            let terms: Vec<&str> = one.iter().map(|(_, _, term)| names[*term as usize].as_str()).collect();
            lines.put(&json!({ (WORDS): { "seq": one[0].0, "terms": terms.join(" ") } }).to_string())?;
        }
        after = upto;
    }
}
