//! What is kept, table by table: what goes along when a store moves from one database to another.
//!
//! Promises: everything is here but what follows from the rest (the index of words, the marks by which stories are
//! found); a test holds the list against the layout. Numbers, names and order are the same in every database.

use serde_json::{Map, Value as Json};

use crate::error::Sql;
use crate::sql::{Row, Value};

/// How a column is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    /// A number that has no more digits than 32 bits hold.
    Real,
    Text,
    /// Bytes, which become the characters of those numbers: what servers send there is ASCII, nearly always.
    Bytes,
}

use Kind::{Bytes, Int, Real, Text};

/// A table, and in which order its rows go.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [(&'static str, Kind)],
    /// The first so many columns are the key.
    pub(crate) key: usize,
    /// Each store has one row of it from the beginning.
    pub(crate) single: bool,
    /// The database gives out its keys.
    pub(crate) numbered: bool,
}

const fn table(name: &'static str, key: usize, columns: &'static [(&'static str, Kind)]) -> Table {
    Table { name, columns, key, single: false, numbered: false }
}

/// The words by which each item is found: kept in an index, which each database has in its own way.
pub(crate) const WORDS: &str = "words";

/// All tables, those first that others point to.
pub(crate) const TABLES: [Table; 18] = [
    Table { single: true, ..table("state", 1, &[("one", Int), ("generation", Int), ("updated", Int)]) },
    Table { single: true, ..table("outbox", 1, &[("one", Int), ("last", Int), ("pruned", Int)]) },
    SOURCE,
    VISIT,
    table("robots", 1, &[("origin", Text), ("fetched", Int), ("text", Text)]),
    table("host_turn", 1, &[("host", Text), ("free_at", Int)]),
    Table {
        numbered: true,
        ..table("shelf", 1, &[("id", Int), ("event", Int), ("source", Text), ("states", Text), ("topics", Text)])
    },
    ITEM,
    table("evidence", 1, &[("seq", Int), ("why", Text)]),
    table("telling", 1, &[("seq", Int), ("matter", Text), ("marks", Text)]),
    table("occasion", 1, &[("item", Text), ("revision", Int), ("off", Int)]),
    table("hidden", 1, &[("item", Text), ("at", Int), ("found", Int), ("reason", Text)]),
    table("change", 1, &[("seq", Int), ("what", Text), ("subject", Text), ("at", Int), ("detail", Text)]),
    SUBSCRIBER,
    table(
        "dead_letter",
        2,
        &[("subscriber", Text), ("to_seq", Int), ("from_seq", Int), ("died", Int), ("attempts", Int), ("reason", Text)],
    ),
    HUB_INTENT,
    table("told_health", 1, &[("source", Text), ("state", Text)]),
    WEBSUB,
];

const SOURCE: Table = table(
    "source",
    1,
    &[
        ("id", Text),
        ("url", Text),
        ("name", Text),
        ("home", Text),
        ("licence", Text),
        ("enabled", Int),
        ("next_due", Int),
        ("epoch", Int),
        ("fails", Int),
        ("etag", Bytes),
        ("last_modified", Bytes),
        ("body_hash", Int),
        ("last_visit", Int),
        ("last_good", Int),
        ("last_status", Int),
        ("last_outcome", Text),
        ("last_reason", Text),
        ("validators_url", Text),
        ("memory", Text),
        ("first_visit", Int),
        ("last_new", Int),
        ("outcome_since", Int),
    ],
);

const VISIT: Table = table(
    "visit",
    2,
    &[
        ("source", Text),
        ("epoch", Int),
        ("started", Int),
        ("took_ms", Int),
        ("outcome", Text),
        ("reason", Text),
        ("status", Int),
        ("bytes", Int),
        ("complaints", Int),
        ("added", Int),
        ("changed", Int),
    ],
);

const ITEM: Table = table(
    "item",
    1,
    &[
        ("seq", Int),
        ("id", Text),
        ("source", Text),
        ("shelf", Int),
        ("event", Int),
        ("relevant", Int),
        ("hash", Int),
        ("print", Int),
        ("born", Int),
        ("first_seen", Int),
        ("at", Int),
        ("begins", Int),
        ("ends", Int),
        ("story", Text),
        ("url", Text),
        ("title", Text),
        ("kicker", Text),
        ("summary", Text),
        ("published", Int),
        ("updated", Int),
        ("lang", Text),
        ("relevance", Real),
        ("image", Text),
        ("event_start", Text),
        ("event_end", Text),
        ("all_day", Int),
        ("place", Text),
        ("online", Int),
        ("registration", Text),
        ("organiser", Text),
        ("status", Text),
    ],
);

const SUBSCRIBER: Table = table(
    "subscriber",
    1,
    &[
        ("id", Text),
        ("hub", Int),
        ("url", Text),
        ("topic", Text),
        ("host", Text),
        ("secret", Text),
        ("expires", Int),
        ("seen", Int),
        ("next_try", Int),
        ("epoch", Int),
        ("attempts", Int),
        ("failing_since", Int),
        ("digest", Int),
    ],
);

const HUB_INTENT: Table = table(
    "hub_intent",
    1,
    &[
        ("id", Text),
        ("subscribe", Int),
        ("url", Text),
        ("topic", Text),
        ("host", Text),
        ("secret", Text),
        ("lease_ms", Int),
        ("next_try", Int),
        ("epoch", Int),
        ("attempts", Int),
    ],
);

const WEBSUB: Table = table(
    "websub",
    1,
    &[
        ("source", Text),
        ("hub", Text),
        ("topic", Text),
        ("token", Text),
        ("secret", Text),
        ("expires", Int),
        ("next_try", Int),
        ("epoch", Int),
        ("attempts", Int),
        ("trouble", Text),
    ],
);

impl Table {
    /// The names of its columns, as a statement has them.
    pub(crate) fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }

    /// A row of [`Table::names`] as an object; what is not there is left out.
    pub(crate) fn object(&self, row: &Row) -> Sql<Map<String, Json>> {
        let mut object = Map::new();
        for (at, (name, kind)) in self.columns.iter().enumerate() {
            let value = match kind {
                Int => row.try_get::<Option<i64>>(at)?.map(Json::from),
                // Their shortest form; read again it is the same number of 32 bits.
                Real => row.try_get::<Option<f64>>(at)?.map(|real| Json::from(real as f32)),
                Text => row.try_get::<Option<String>>(at)?.map(Json::from),
                Bytes => row
                    .try_get::<Option<Vec<u8>>>(at)?
                    .map(|bytes| bytes.into_iter().map(char::from).collect::<String>().into()),
            };
            if let Some(value) = value {
                object.insert((*name).to_owned(), value);
            }
        }
        Ok(object)
    }

    /// The key in a row of [`Table::names`].
    pub(crate) fn key(&self, row: &Row) -> Sql<Vec<Value>> {
        let part = |(at, (_, kind)): (usize, &(&str, Kind))| match kind {
            Int => row.try_get::<i64>(at).map(Value::from),
            _ => row.try_get::<String>(at).map(Value::from),
        };
        self.columns[..self.key].iter().enumerate().map(part).collect()
    }

    /// An object as values, in the order of [`Table::names`].
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn values(&self, mut object: Map<String, Json>) -> Result<Vec<Value>, String> {
        let mut values = Vec::with_capacity(self.columns.len());
        for (name, kind) in self.columns {
            let value = object.remove(*name).unwrap_or_default();
            let wrong = || format!("{}.{name} = {value}: allowed is {}", self.name, kind.allowed());
            values.push(kind.value(&value).ok_or_else(wrong)?);
        }
        match object.keys().next() {
            None => Ok(values),
            Some(name) => Err(format!("{}.{name}: this release knows no such column", self.name)),
        }
    }
}

impl Kind {
    fn value(self, json: &Json) -> Option<Value> {
        let bytes = |text: &str| text.chars().map(|c| u8::try_from(c).ok()).collect::<Option<Vec<u8>>>();
        Some(match (self, json) {
            (Int, Json::Null) => Value::Int(None),
            (Int, json) => Value::Int(Some(json.as_i64()?)),
            (Real, json) => Value::Real(f64::from(json.as_f64()? as f32)),
            (Text, Json::Null) => Value::Text(None),
            (Text, json) => Value::Text(Some(json.as_str()?.to_owned())),
            (Bytes, Json::Null) => Value::Bytes(None),
            (Bytes, json) => Value::Bytes(Some(bytes(json.as_str()?)?)),
        })
    }

    const fn allowed(self) -> &'static str {
        match self {
            Int => "a whole number",
            Real => "a number",
            Text => "a text",
            Bytes => "a text of characters up to U+00FF",
        }
    }
}

#[cfg(test)]
mod tests;
