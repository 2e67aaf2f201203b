//! Statements put together from parts. Values never enter the text: they become numbered arguments.

use sqlx::{AssertSqlSafe, Database, query::Query};

use crate::dialect::Db;

/// A value beside the text.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Int(i64),
    Real(f64),
    Text(String),
    Null,
}

/// A statement in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Statement {
    pub(crate) text: String,
    values: Vec<Value>,
}

impl Statement {
    /// Adds a value, and gives the name to use for it in the text, as often as needed.
    pub(crate) fn arg(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    pub(crate) fn int(&mut self, value: i64) -> String {
        self.arg(Value::Int(value))
    }

    /// Adds a list as one JSON argument, for [`crate::dialect::in_list`].
    pub(crate) fn list<T: serde::Serialize>(&mut self, list: &[T]) -> String {
        self.arg(Value::Text(json(list)))
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Asks for the plan instead of the answer.
    #[cfg(test)]
    pub(crate) fn explained(mut self) -> Self {
        self.text.insert_str(0, "explain query plan ");
        self
    }

    /// The statement, ready to run.
    pub(crate) fn query(self) -> Query<'static, Db, <Db as Database>::Arguments> {
        // The text is made of this crate's constants and of argument numbers only.
        let query = sqlx::query(AssertSqlSafe(self.text));
        self.values.into_iter().fold(query, |query, value| match value {
            Value::Int(value) => query.bind(value),
            Value::Real(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Null => query.bind(None::<String>),
        })
    }
}

/// A list as one argument.
pub(crate) fn json<T: serde::Serialize>(list: &[T]) -> String {
    serde_json::to_string(list).expect("numbers and strings always become JSON")
}
