//! How many rows go in one statement: many numbers, fewer texts, and none is lost or doubled.

use super::{Value, inserts};
use crate::dialect::{Postgres, Sqlite};

fn sizes(rows: Vec<Vec<Value>>) -> Vec<usize> {
    let columns = rows.first().map_or(1, Vec::len);
    inserts(&Sqlite, "t", rows).map(|insert| insert.values.len() / columns).collect()
}

fn numbers(rows: i64, columns: i64) -> Vec<Vec<Value>> {
    (0..rows).map(|row| (0..columns).map(|column| Value::from(row * columns + column)).collect()).collect()
}

#[test]
fn numbers_go_by_the_thousand_and_texts_do_not() {
    assert_eq!(sizes(numbers(2200, 3)), [1024, 1024, 128, 8, 8, 8]);
    assert_eq!(sizes(numbers(1100, 5)), [[128; 8].as_slice(), &[32, 32, 8, 4]].concat(), "too many values for one");
    let texts = |many: i64| (0..many).map(|row| vec![row.into(), "Wort".into()]).collect::<Vec<_>>();
    assert_eq!(sizes(texts(300)), [128, 128, 32, 8, 4]);
    assert!(sizes(Vec::new()).is_empty());
}

#[test]
fn every_row_goes_once_and_in_order() {
    for (many, columns) in [(1, 1), (1023, 2), (1024, 4), (1025, 3), (5000, 3), (257, 31)] {
        let inserts: Vec<_> = inserts(&Postgres, "t", numbers(many, columns)).collect();
        let values = inserts.iter().flat_map(|insert| &insert.values).map(|value| match value {
            Value::Int(Some(number)) => *number,
            other => panic!("{other:?} was not given"),
        });
        assert!(values.eq(0..many * columns), "{many} rows of {columns}");
        for insert in &inserts {
            // PostgreSQL takes 65,535 values, SQLite half as many.
            assert!(insert.values.len() < 32_766);
            assert_eq!(insert.text.matches('(').count(), insert.values.len() / columns as usize);
        }
    }
}
