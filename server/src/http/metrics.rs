//! What machines that watch machines ask: is it ready, and how does it fare (Prometheus, text format 0.0.4).

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use model::{Moment, Source};
use store::{SourceState, StoreError};

use super::App;
use super::answers::Answers;
use super::meters::{BOUNDS_US, METERS};
use super::problem::Problem;
use super::text::Writing;
use crate::clock::now;
use crate::poll::{COUNTERS, health, survey};

mod process;

const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Ready: the store answers.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Response {
    let (status, text) = match app.store.generation().await {
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
        }
    };
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], text)
        .into_response()
}

/// Everything in numbers. What only the store knows is left out while it does not answer: who watches us wants to see
/// the rest then above all.
pub(super) async fn metrics(State(app): State<Arc<App>>) -> Response {
    let mut out = Page(Writing::default());
    out.head("amtsticker_build_info", "gauge", "The version that runs.");
    out.line("amtsticker_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
    for (name, counter, help) in [
        ("amtsticker_visits_total", &COUNTERS.visits, "Visits since the start."),
        ("amtsticker_visits_failed_total", &COUNTERS.failed, "Visits that brought no document that could be read."),
        ("amtsticker_items_new_total", &COUNTERS.new, "Items kept for the first time since the start."),
        ("amtsticker_items_changed_total", &COUNTERS.changed, "Items that changed since the start."),
    ] {
        out.head(name, "counter", help);
        out.line(name, &[], counter.load(Relaxed));
    }
    requests(&mut out);
    answers(&mut out, &app.answers);
    out.head("amtsticker_streams", "gauge", "Streams open on this node.");
    out.line("amtsticker_streams", &[], app.push.feed.listeners());
    process::write(&mut out);
    memory(&mut out, &app);
    let kept = Kept::of(&app).await;
    out.head("amtsticker_store_up", "gauge", "Whether the store answers.");
    out.line("amtsticker_store_up", &[], u8::from(kept.is_ok()));
    match kept {
        Ok(kept) => kept.write(&mut out),
        Err(error) => tracing::warn!(error = format!("{:#}", anyhow::Error::from(error)), "metrics without the store"),
    }
    match out.0.done() {
        Ok(text) => ([(header::CONTENT_TYPE, TEXT), (header::CACHE_CONTROL, "no-store")], text.body()).into_response(),
        Err(error) => Problem::Internal(error.into()).into_response(),
    }
}

/// What the store knows: items, who is told of changes, and sources.
struct Kept<'a> {
    items: u64,
    subscribers: u64,
    waiting: u64,
    fares: Vec<Fares<'a>>,
}

impl<'a> Kept<'a> {
    async fn of(app: &'a App) -> Result<Self, StoreError> {
        let fares = survey(&app.store, &app.catalogue, Fares::of).await?;
        let items = app.store.items().await?;
        let (subscribers, waiting) = app.store.subscribers(now()).await?;
        Ok(Kept { items, subscribers, waiting, fares })
    }

    fn write(&self, out: &mut Page) {
        for (name, value, help) in [
            ("amtsticker_items", self.items, "Items in the store."),
            ("amtsticker_hub_subscribers", self.subscribers, "Subscribers of the WebSub hub."),
            (
                "amtsticker_deliveries_waiting",
                self.waiting,
                "Webhooks and subscribers that do not know everything yet.",
            ),
        ] {
            out.head(name, "gauge", help);
            out.line(name, &[], value);
        }
        sources(out, &self.fares);
    }
}

/// What is said of a source: all of them are gone through for each number.
struct Fares<'a> {
    source: &'a Source,
    state: health::State,
    kept: Option<Numbers>,
}

/// What the store knows of a source in numbers.
struct Numbers {
    fails: i64,
    items: i64,
    last_good: Option<Moment>,
    next_due: Moment,
}

impl<'a> Fares<'a> {
    fn of(source: &'a Source, state: Option<&SourceState>) -> Self {
        let kept = state.map(|&SourceState { fails, items, last_good, next_due, .. }| Numbers {
            fails,
            items,
            last_good,
            next_due,
        });
        Fares { source, state: health::diagnose(source, state, now()).state, kept }
    }
}

/// How sources fare.
fn sources(out: &mut Page, fares: &[Fares<'_>]) {
    let enabled = || fares.iter().filter(|fares| fares.source.enabled);
    out.head("amtsticker_sources", "gauge", "Sources by state.");
    for (state, count) in health::count(fares.iter().map(|fares| fares.state)) {
        out.line("amtsticker_sources", &[("state", state.word())], count);
    }
    out.head("amtsticker_source_up", "gauge", "Whether an enabled source brings what it should.");
    // The state is no label here: an alert that waits for a day would begin anew with each change of it.
    for Fares { source, state, .. } in enabled() {
        out.line("amtsticker_source_up", &[("source", &source.id)], u8::from(!state.is_bad()));
    }
    out.head("amtsticker_source_state", "gauge", "The state of an enabled source: 1 for the one it is in.");
    for Fares { source, state, .. } in enabled() {
        out.line("amtsticker_source_state", &[("source", &source.id), ("state", state.word())], 1);
    }
    for (name, help, of) in [
        ("amtsticker_source_fails", "Failures in a row.", (|kept| Some(kept.fails)) as fn(&Numbers) -> _),
        ("amtsticker_source_items", "Items kept of the source.", |kept| Some(kept.items)),
        ("amtsticker_source_last_good_timestamp_seconds", "When it last answered as it should.", |kept| {
            kept.last_good.map(|at| at.ms() / 1000)
        }),
        ("amtsticker_source_next_visit_timestamp_seconds", "When it is visited next.", |kept| {
            Some(kept.next_due.ms() / 1000)
        }),
    ] {
        out.head(name, "gauge", help);
        for Fares { source, kept, .. } in enabled() {
            if let Some(value) = kept.as_ref().and_then(of) {
                out.line(name, &[("source", &source.id)], value);
            }
        }
    }
}

/// Requests by route and status, and how long they took: a histogram for each route.
fn requests(out: &mut Page) {
    let routes = METERS.routes();
    out.head("amtsticker_http_requests_total", "counter", "Requests answered, by route and class of status.");
    for (route, meter) in &routes {
        for (class, count) in ["1xx", "2xx", "3xx", "4xx", "5xx"].iter().zip(&meter.statuses) {
            let count = count.load(Relaxed);
            if count > 0 {
                out.line("amtsticker_http_requests_total", &[("route", route), ("status", class)], count);
            }
        }
    }
    let name = "amtsticker_http_request_seconds";
    out.head(name, "histogram", "Time from a request's head to its answer's, by route.");
    for (route, meter) in &routes {
        let mut below = 0;
        for (n, count) in meter.buckets.iter().enumerate() {
            below += count.load(Relaxed);
            let bound = BOUNDS_US.get(n).map_or("+Inf".to_owned(), |bound| (*bound as f64 / 1e6).to_string());
            out.line("amtsticker_http_request_seconds_bucket", &[("route", route), ("le", &bound)], below);
        }
        let seconds = meter.micros.load(Relaxed) as f64 / 1e6;
        out.line("amtsticker_http_request_seconds_sum", &[("route", route)], seconds);
        out.line("amtsticker_http_request_seconds_count", &[("route", route)], below);
    }
    out.head("amtsticker_http_connections", "gauge", "Connections that are open.");
    out.line("amtsticker_http_connections", &[], METERS.connections());
}

/// The answers that are kept.
fn answers(out: &mut Page, answers: &Answers) {
    let (entries, bytes) = answers.size();
    out.head("amtsticker_answers_kept", "gauge", "Rendered answers in memory.");
    out.line("amtsticker_answers_kept", &[], entries);
    out.head("amtsticker_answers_bytes", "gauge", "Bytes that rendered answers take.");
    out.line("amtsticker_answers_bytes", &[], bytes);
    for (name, counter, help) in [
        ("amtsticker_answers_hits_total", &answers.hits, "Requests answered with what was kept."),
        ("amtsticker_answers_made_total", &answers.made, "Answers made: rendered, or coded anew."),
        ("amtsticker_answers_stale_total", &answers.stale, "Answers given again because none newer could be made."),
    ] {
        out.head(name, "counter", help);
        out.line(name, &[], counter.load(Relaxed));
    }
}

/// What the large parts of this process take.
fn memory(out: &mut Page, app: &App) {
    out.head("amtsticker_memory_bytes", "gauge", "Memory of the large parts of this process, more or less.");
    for (part, bytes) in app.store.weights().into_iter().chain([("answers", app.answers.size().1 as usize)]) {
        out.line("amtsticker_memory_bytes", &[("part", part)], bytes);
    }
}

struct Page(Writing);

impl Page {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    /// Label values here are ids and fixed words: nothing in them needs escaping.
    fn line(&mut self, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
        let labels: Vec<String> = labels.iter().map(|(key, value)| format!("{key}=\"{value}\"")).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }
}

#[cfg(test)]
mod tests;
