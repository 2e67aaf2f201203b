//! Statements and rows, the same for every database. Values never enter the text: they become numbered arguments.
//!
//! [`Statement`] runs on either kind of connection, and [`Row`] is read alike; nothing is copied in between.

use std::borrow::Cow;

use futures_util::TryStreamExt as _;
use sqlx::postgres::PgRow;
use sqlx::query::Query;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Database, Decode, Row as _, Type};

use crate::dialect::Dialect;
use crate::error::Sql;
use crate::pools::{Prepares, Runs, Tx};

/// A value beside the text. That there is none has a type as well: PostgreSQL wants to know of what.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Int(Option<i64>),
    Real(f64),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    /// Lists, for [`crate::dialect::Dialect::in_list`] and [`crate::dialect::Dialect::rows`].
    Ints(Vec<i64>),
    Texts(Vec<String>),
    /// The terms of an item as [`crate::dialect::Dialect::terms`] wrote them.
    Terms(String),
}

impl Value {
    /// A list of texts.
    pub(crate) fn texts<T: Into<String>>(list: impl IntoIterator<Item = T>) -> Self {
        Value::Texts(list.into_iter().map(Into::into).collect())
    }
}

macro_rules! values {
    ($($from:ty: $value:ident => $into:expr;)*) => {
        $(impl From<$from> for Value {
            fn from($value: $from) -> Self {
                $into
            }
        })*
    };
}

values! {
    i64: value => Value::Int(Some(value));
    Option<i64>: value => Value::Int(value);
    f64: value => Value::Real(value);
    &str: value => Value::Text(Some(value.to_owned()));
    &String: value => Value::Text(Some(value.clone()));
    String: value => Value::Text(Some(value));
    Option<&str>: value => Value::Text(value.map(str::to_owned));
    &Option<String>: value => Value::Text(value.clone());
    &Option<Vec<u8>>: value => Value::Bytes(value.clone());
    Vec<i64>: value => Value::Ints(value);
}

/// A statement in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Statement {
    text: Cow<'static, str>,
    values: Vec<Value>,
}

/// A statement with its text; its values follow in the order of their numbers.
pub(crate) fn query(text: impl Into<Cow<'static, str>>) -> Statement {
    Statement { text: text.into(), values: Vec::new() }
}

impl Statement {
    /// The value of the next number.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Adds a value, and gives the name to use for it in the text, as often as needed.
    pub(crate) fn arg(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.to_mut().push_str(text);
    }

    /// Asks for the plan instead of the answer.
    #[cfg(test)]
    pub(crate) fn explained(mut self, how: &str) -> Self {
        self.text.to_mut().insert_str(0, how);
        self
    }

    /// Runs it, and says how many rows it changed.
    pub(crate) async fn execute(self, tx: &mut Tx) -> Sql<u64> {
        match tx.runs() {
            Runs::Sqlite(sqlite) => Ok(self.for_sqlite().execute(sqlite).await?.rows_affected()),
            Runs::Postgres(postgres, prepares) => {
                Ok(self.for_postgres(prepares).execute(postgres).await?.rows_affected())
            }
        }
    }

    /// All rows of the answer.
    pub(crate) async fn fetch_all(self, tx: &mut Tx) -> Sql<Vec<Row>> {
        match tx.runs() {
            Runs::Sqlite(sqlite) => {
                Ok(self.for_sqlite().fetch_all(sqlite).await?.into_iter().map(Row::Sqlite).collect())
            }
            Runs::Postgres(postgres, prepares) => {
                Ok(self.for_postgres(prepares).fetch_all(postgres).await?.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    /// Hands over each row of the answer as it comes, where there may be more of them than memory holds.
    pub(crate) async fn each(self, tx: &mut Tx, mut take: impl FnMut(&Row) -> Sql<()>) -> Sql<()> {
        match tx.runs() {
            Runs::Sqlite(sqlite) => {
                let mut rows = self.for_sqlite().fetch(sqlite);
                while let Some(row) = rows.try_next().await? {
                    take(&Row::Sqlite(row))?;
                }
            }
            Runs::Postgres(postgres, prepares) => {
                let mut rows = self.for_postgres(prepares).fetch(postgres);
                while let Some(row) = rows.try_next().await? {
                    take(&Row::Postgres(row))?;
                }
            }
        }
        Ok(())
    }

    /// The first row, if there is one.
    pub(crate) async fn fetch_optional(self, tx: &mut Tx) -> Sql<Option<Row>> {
        match tx.runs() {
            Runs::Sqlite(sqlite) => Ok(self.for_sqlite().fetch_optional(sqlite).await?.map(Row::Sqlite)),
            Runs::Postgres(postgres, prepares) => {
                Ok(self.for_postgres(prepares).fetch_optional(postgres).await?.map(Row::Postgres))
            }
        }
    }

    /// The first row.
    pub(crate) async fn fetch_one(self, tx: &mut Tx) -> Sql<Row> {
        self.fetch_optional(tx).await?.ok_or(sqlx::Error::RowNotFound)
    }

    fn for_sqlite(self) -> Query<'static, sqlx::Sqlite, <sqlx::Sqlite as Database>::Arguments> {
        self.values.into_iter().fold(text(self.text), |query, value| match value {
            Value::Int(value) => query.bind(value),
            Value::Real(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Bytes(value) => query.bind(value),
            Value::Terms(terms) => query.bind(terms),
            // SQLite knows no lists; as JSON it reads them.
            Value::Ints(list) => query.bind(json(&list)),
            Value::Texts(list) => query.bind(json(&list)),
        })
    }

    fn for_postgres(
        self,
        prepares: Prepares,
    ) -> Query<'static, sqlx::Postgres, <sqlx::Postgres as Database>::Arguments> {
        let query = text(self.text).persistent(prepares == Prepares::Once);
        self.values.into_iter().fold(query, |query, value| match value {
            Value::Int(value) => query.bind(value),
            Value::Real(value) => query.bind(value),
            Value::Text(value) => query.bind(value.map(without_nul)),
            Value::Bytes(value) => query.bind(value),
            Value::Terms(terms) => query.bind(terms),
            Value::Ints(list) => query.bind(list),
            Value::Texts(list) => query.bind(list.into_iter().map(without_nul).collect::<Vec<_>>()),
        })
    }
}

/// How many rows at most, as an argument says. SQLite looks at a bare one while it plans, and plans anew each time the
/// statement is run; a plan takes longer than most of what is asked so.
pub(crate) fn most(argument: &str) -> String {
    format!("cast({argument} as bigint)")
}

/// Rows per statement: few sizes, so that the database prepares few statements and not one for each length, and few
/// are sent for a document of thirty entries or for sixty of them: each is a message to another thread and one back.
const ROWS: [usize; 7] = [1024, 128, 32, 8, 4, 2, 1];
/// Most values of a statement that has the largest of these sizes. Only rows of numbers come so many at a time: texts may
/// be long, and all of a statement's values are in memory twice while it runs.
const NUMBERS: usize = 4096;

/// Statements that insert rows into `table (columns)`, each made when it is asked for, with as few rows as it has: a
/// batch may be large. What stands in a column is of one sort in all rows.
pub(crate) fn inserts(
    dialect: &dyn Dialect,
    into: &str,
    rows: impl IntoIterator<Item = Vec<Value>>,
) -> impl Iterator<Item = Statement> {
    let mut rows = rows.into_iter().peekable();
    let most = rows.peek().map_or(1, |row| most_rows(row));
    // Thousands of rows are hundreds of statements, and few texts.
    let mut texts: [Option<Cow<'static, str>>; ROWS.len()] = Default::default();
    let mut waiting: Vec<Vec<Value>> = Vec::new();
    std::iter::from_fn(move || {
        waiting.extend(rows.by_ref().take(most - waiting.len()));
        let (nth, size) = ROWS.into_iter().enumerate().find(|(_, size)| *size <= waiting.len())?;
        let some: Vec<Vec<Value>> = waiting.drain(..size).collect();
        let text = texts[nth].get_or_insert_with(|| insert(dialect, into, &some).into());
        Some(Statement { text: text.clone(), values: some.into_iter().flatten().collect() })
    })
}

/// How many rows like this one a statement has at most.
fn most_rows(row: &[Value]) -> usize {
    let numbers = row.iter().all(|value| matches!(value, Value::Int(_)));
    if numbers && row.len() * ROWS[0] <= NUMBERS { ROWS[0] } else { ROWS[1] }
}

fn insert(dialect: &dyn Dialect, into: &str, rows: &[Vec<Value>]) -> String {
    let mut number = 0;
    let mut name = |value: &Value| {
        number += 1;
        let argument = dialect.argument(number);
        if let Value::Terms(_) = value { dialect.as_terms(&argument) } else { argument }
    };
    let tuples: Vec<String> = rows.iter().map(|row| row.iter().map(&mut name).collect::<Vec<_>>().join(", ")).collect();
    format!("insert into {into} values ({})", tuples.join("), ("))
}

/// The text is made of this crate's constants and of argument numbers only.
fn text<D: Database>(text: Cow<'static, str>) -> Query<'static, D, D::Arguments> {
    match text {
        Cow::Borrowed(text) => sqlx::query(text),
        Cow::Owned(text) => sqlx::query(AssertSqlSafe(text)),
    }
}

/// PostgreSQL has no NUL in its texts, and one that an origin smuggles in must not cost the turn.
fn without_nul(mut text: String) -> String {
    if text.contains('\0') {
        text.retain(|c| c != '\0');
    }
    text
}

/// As JSON, to be kept or handed over.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("numbers and strings always become JSON")
}

/// One row of an answer.
#[derive(Debug)]
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// What can be read from a column of either database.
pub(crate) trait Field<'r>:
    Decode<'r, sqlx::Sqlite> + Type<sqlx::Sqlite> + Decode<'r, sqlx::Postgres> + Type<sqlx::Postgres>
{
}

impl<'r, T> Field<'r> for T where
    T: Decode<'r, sqlx::Sqlite> + Type<sqlx::Sqlite> + Decode<'r, sqlx::Postgres> + Type<sqlx::Postgres>
{
}

impl Row {
    /// What stands in a column, counted from nought.
    pub(crate) fn try_get<'r, T: Field<'r>>(&'r self, column: usize) -> Sql<T> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
    }

    /// The numbers in a text, with a space between two: a row for each would take ten times as long. None where there is
    /// nothing.
    pub(crate) fn numbers(&self, column: usize) -> Sql<Vec<i64>> {
        let text = self.try_get::<Option<&str>>(column)?.unwrap_or_default();
        let numbers: Result<Vec<i64>, _> = text.split_ascii_whitespace().map(str::parse).collect();
        numbers.map_err(|error| sqlx::Error::Decode(error.into()))
    }
}

#[cfg(test)]
mod tests;
