//! `sources check`: every source visited once, and a table of how each fares, worst first.

use std::fmt::Write as _;

use model::{Catalogue, Moment, Source};
use serde::Serialize;
use store::Store;

use crate::clock::now;
use crate::poll::Poller;
use crate::poll::health::{self, Health, State};

/// As wide as a terminal is at least. What a source suffers from is wrapped below its line.
const WIDTH: usize = 80;
const INDENT: &str = "    ";

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    publisher: &'a str,
    url: &'a str,
    last_visit: Option<Moment>,
    last_good: Option<Moment>,
    last_status: Option<u16>,
    items: i64,
    #[serde(flatten)]
    health: Health,
}

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Table {
        /// On a terminal that shows colours.
        coloured: bool,
    },
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
    form: Form,
) -> anyhow::Result<(String, bool)> {
    poller.once(named).await?;
    let states = store.sources().await?;
    let asked = |source: &&Source| if named.is_empty() { source.enabled } else { named.contains(&source.id) };
    let row = |source| row(source, &states);
    let mut rows: Vec<Row<'_>> = catalogue.sources.iter().filter(asked).map(row).collect();
    rows.sort_by(|a, b| (rank(&a.health), a.id).cmp(&(rank(&b.health), b.id)));
    let well = !rows.iter().any(|row| row.health.state.is_bad());
    let text = match form {
        Form::Json => serde_json::to_string(&rows)?,
        Form::Table { coloured } => table(&rows, coloured),
    };
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
        last_visit: state.and_then(|state| state.last_visit),
        last_good: state.and_then(|state| state.last_good),
        last_status: state.and_then(|state| state.last_status),
        items: state.map_or(0, |state| state.items),
        health: health::diagnose(&judged, state, now()),
    }
}

/// What needs a hand comes first.
fn rank(health: &Health) -> (bool, std::cmp::Reverse<State>) {
    (!health.state.is_bad(), std::cmp::Reverse(health.state))
}

fn table(rows: &[Row<'_>], coloured: bool) -> String {
    let width = rows.iter().map(|row| row.id.len()).max().unwrap_or(0).max(6);
    let mut out = format!("{:<width$}  state           since       last good   HTTP  items\n", "source");
    let day = |at: Option<Moment>| at.map_or("-".to_owned(), |at| at.date().to_string());
    for row in rows {
        let state = row.health.state;
        let word = paint(&format!("{:<14}", state.word()), state, coloured);
        let status = row.last_status.map_or("-".to_owned(), |status| status.to_string());
        let (since, good) = (day(row.health.since), day(row.last_good));
        let _ = writeln!(out, "{:<width$}  {word}  {since:<10}  {good:<10}  {status:>4}  {:>5}", row.id, row.items);
        for said in [row.health.why.as_deref(), row.health.advice.as_deref()].into_iter().flatten() {
            wrap(&mut out, said);
        }
    }
    let counts = health::count(rows.iter().map(|row| row.health.state));
    let counts =
        counts.iter().filter(|(_, count)| **count > 0).map(|(state, count)| format!("{count} {}", state.word()));
    let sources = if rows.len() == 1 { "source" } else { "sources" };
    out + &format!("\n{} {sources}: {}", rows.len(), counts.collect::<Vec<_>>().join(", "))
}

/// Green is well, yellow is worth a look, red brings nothing as it is.
fn paint(text: &str, state: State, coloured: bool) -> String {
    let colour = match state {
        State::Fresh => 32,
        State::Stale => 33,
        state if state.is_bad() => 31,
        _ => return text.to_owned(),
    };
    if coloured { format!("\x1b[{colour}m{text}\x1b[0m") } else { text.to_owned() }
}

/// A sentence on lines of its own, none wider than a terminal unless a word is.
fn wrap(out: &mut String, text: &str) {
    let mut length = 0;
    for word in text.split_whitespace() {
        let long = word.chars().count();
        if length == 0 || length + 1 + long > WIDTH {
            let end = if length == 0 { "" } else { "\n" };
            let _ = write!(out, "{end}{INDENT}{word}");
            length = INDENT.len() + long;
        } else {
            let _ = write!(out, " {word}");
            length += 1 + long;
        }
    }
    out.push_str(if length == 0 { "" } else { "\n" });
}

#[cfg(test)]
mod tests;
