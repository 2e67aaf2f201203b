//! `sources check`: every source visited once, and a table of how each fares, worst first.

use std::fmt::Write as _;

use model::{Catalogue, Source};
use serde::Serialize;
use store::Store;

use crate::clock::now;
use crate::poll::Poller;
use crate::poll::health::{self, Health};

/// Longest reason in the table; `--json` has all of it.
const REASON: usize = 90;

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    publisher: &'a str,
    url: &'a str,
    last_status: Option<u16>,
    items: i64,
    #[serde(flatten)]
    health: Health,
}

/// Visits, judges, and says what to print and whether all is well.
///
/// # Errors
/// An id that the catalogue does not have; a store that cannot be read.
pub(crate) async fn check(
    poller: &Poller,
    store: &Store,
    catalogue: &Catalogue,
    named: &[String],
    json: bool,
) -> anyhow::Result<(String, bool)> {
    poller.once(named).await?;
    let states = store.sources().await?;
    let asked = |source: &&Source| if named.is_empty() { source.enabled } else { named.contains(&source.id) };
    let row = |source| row(source, &states);
    let mut rows: Vec<Row<'_>> = catalogue.sources.iter().filter(asked).map(row).collect();
    rows.sort_by(|a, b| (rank(&a.health), a.id).cmp(&(rank(&b.health), b.id)));
    let well = !rows.iter().any(|row| row.health.state.is_bad());
    let text = if json { serde_json::to_string(&rows)? } else { table(&rows) };
    Ok((text, well))
}

fn row<'a>(source: &'a Source, states: &[store::SourceState]) -> Row<'a> {
    let state = states.iter().find(|state| state.id == source.id);
    // Who names a source that is switched off wants to know how it would fare.
    let judged = Source { enabled: true, ..source.clone() };
    Row {
        id: &source.id,
        publisher: &source.publisher.name,
        url: &source.url,
        last_status: state.and_then(|state| state.last_status),
        items: state.map_or(0, |state| state.items),
        health: health::diagnose(&judged, state, now()),
    }
}

/// What needs a hand comes first.
fn rank(health: &Health) -> (bool, std::cmp::Reverse<health::State>) {
    (!health.state.is_bad(), std::cmp::Reverse(health.state))
}

fn table(rows: &[Row<'_>]) -> String {
    let width = rows.iter().map(|row| row.id.len()).max().unwrap_or(0).max(6);
    let mut out = format!(
        "{:<width$}  {:<14}  {:<10}  {:>6}  {:>5}  why, and what to do\n",
        "source", "state", "since", "status", "items"
    );
    for row in rows {
        let since = row.health.since.map_or("-".to_owned(), |since| since.date().to_string());
        let status = row.last_status.map_or("-".to_owned(), |status| status.to_string());
        let why: String = row.health.why.as_deref().unwrap_or_default().chars().take(REASON).collect();
        let advice =
            row.health.advice.as_deref().map(|advice| format!("{}{advice}", if why.is_empty() { "" } else { "; " }));
        let line = format!(
            "{:<width$}  {:<14}  {since:<10}  {status:>6}  {:>5}  {why}{}",
            row.id,
            row.health.state.word(),
            row.items,
            advice.unwrap_or_default()
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let counts = health::count(rows.iter().map(|row| &row.health));
    let counts =
        counts.iter().filter(|(_, count)| **count > 0).map(|(state, count)| format!("{count} {}", state.word()));
    out + &counts.collect::<Vec<_>>().join(", ")
}
