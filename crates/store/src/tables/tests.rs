//! The list of tables against the layout: what a migration adds must go along when a store moves.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::*;
use crate::Store;
use crate::sql::query;

/// What follows from the rest, and how many columns it has.
const FOLLOWS: [&str; 5] = ["layout", "mark", "item_words", "item_terms", "touched"];

#[tokio::test]
async fn every_table_and_every_column_goes_along() {
    let store = Store::memory().await.unwrap();
    let mut tx = store.read().await.unwrap();
    let names = "select name from sqlite_master where type = 'table' and name not like 'item\\_words\\_%' escape '\\' \
         and name not like 'sqlite\\_%' escape '\\'";
    let mut kept = BTreeMap::new();
    for row in query(names).fetch_all(&mut tx).await.unwrap() {
        let name: String = row.try_get(0).unwrap();
        let columns = query("select name, type, pk from pragma_table_info($1)").bind(&name).fetch_all(&mut tx).await;
        let mut of: BTreeSet<(String, String, bool)> = BTreeSet::new();
        for row in columns.unwrap() {
            let kind: String = row.try_get(1).unwrap();
            of.insert((row.try_get(0).unwrap(), kind, row.try_get::<i64>(2).unwrap() > 0));
        }
        if !FOLLOWS.contains(&name.as_str()) {
            kept.insert(name, of);
        }
    }
    let kind = |kind: Kind| match kind {
        Int => "bigint",
        Real => "double precision",
        Text => "TEXT",
        Bytes => "BLOB",
    };
    let said = TABLES.iter().map(|table| {
        let columns = table.columns.iter().enumerate();
        let columns =
            columns.map(|(at, (name, what))| ((*name).to_owned(), kind(*what).to_lowercase(), at < table.key));
        (table.name.to_owned(), columns.collect::<BTreeSet<_>>())
    });
    let said: BTreeMap<_, _> = said.collect();
    for columns in kept.values_mut() {
        let plain =
            |(name, kind, key): (String, String, bool)| (name, kind.to_lowercase().replace("integer", "bigint"), key);
        *columns = std::mem::take(columns).into_iter().map(plain).collect();
    }
    assert_eq!(said, kept);
}

#[test]
fn a_row_that_does_not_fit_is_said_to() {
    let check = |row: serde_json::Value, said: &str| {
        let table = TABLES.iter().find(|table| table.name == "occasion").unwrap();
        let serde_json::Value::Object(row) = row else { panic!("{row} is no object") };
        assert_eq!(table.values(row).err().as_deref(), Some(said));
    };
    check(json!({"item": 1, "revision": 1, "off": 0}), "occasion.item = 1: allowed is a text");
    check(json!({"item": "a", "revision": 1.5, "off": 0}), "occasion.revision = 1.5: allowed is a whole number");
    let more = json!({"item": "a", "revision": 1, "off": 0, "on": 1});
    check(more, "occasion.on: this release knows no such column");
}
