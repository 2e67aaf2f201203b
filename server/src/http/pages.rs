//! What readers see: the panel as a fragment, as a page of its own, and on the start page. The markup is the panel's.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use model::{Catalogue, Kind, Lang, Moment, Page, Query, Source};
use panel::{Look, Names, PageHead, PanelData, Shell, SourceLine};
use serde::Serialize;
use store::SourceState;

use super::App;
use super::assets;
use super::marks;
use super::problem::Problem;
use super::pulse::Lasts;
use super::question::{PanelQuestion, Question, with_words};
use super::respond::{Keep, Made};
use crate::clock::now;
use crate::poll::{health, survey};

const HTML: &str = "text/html; charset=utf-8";

/// Ours alone: no third host, no inline script or style. Who may frame it is the operator's to say; as it is public
/// data without a session, anyone may by default.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                      img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors";

/// So many sources are offered at once; the others on request. Their names would else weigh more than the items.
const SOURCES_AT_ONCE: usize = 12;

/// A fragment says when it was made, rounded down to this, or it would be another one each time.
const GRAIN_MS: i64 = 10 * 60_000;

/// The fragment and what it was rendered from: what the widget needs to hydrate it.
#[derive(Serialize)]
struct Hydrate<'a> {
    html: &'a str,
    data: &'a PanelData,
}

pub(super) async fn panel(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: PanelQuestion,
) -> Result<Response, Problem> {
    let make = || async {
        let data = data(&app, &question).await?;
        let html = match question.ask.shell {
            Shell::None => panel::render(&data),
            Shell::Dsd => panel::fragment_dsd(&data, &format!("{}/panel.css", data.origin)),
            Shell::Json => return Made::json(&Hydrate { html: &panel::render(&data), data: &data }),
            Shell::Data => return Made::json(&data),
        };
        // Whoever inserts it goes by a policy of their own; in a window of its own it is a page of ours like any other.
        Ok(paper(&app, html))
    };
    app.answers.give(&headers, &asked("/panel", &question), Lasts::Minute, make).await
}

pub(super) async fn embed(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: PanelQuestion,
) -> Result<Response, Problem> {
    // Only in a frame is there somebody to tell the height to; on its own the page carries no script at all.
    let framed = headers.get("sec-fetch-dest").is_some_and(|what| what == "iframe" || what == "frame");
    let make = || async {
        let data = data(&app, &question).await?;
        let canonical = panel::links::embed(&data.origin, &panel::links::plain(&data.query), &Look::default());
        let script = framed.then(|| "/frame.js".to_owned());
        let head = PageHead { stylesheet: "/panel.css".to_owned(), canonical: Some(canonical), script };
        let varies = HeaderValue::from_static("accept-encoding, sec-fetch-dest");
        Ok(paper(&app, panel::page(&data, &head)).with(header::VARY, varies))
    };
    let ask = asked(if framed { "/embed framed" } else { "/embed" }, &question);
    app.answers.give(&headers, &ask, Lasts::Minute, make).await
}

pub(super) async fn start(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: PanelQuestion,
) -> Result<Response, Problem> {
    let make = || async {
        let data = data(&app, &question).await?;
        Ok(paper(&app, panel::start(&data, "/panel.css", assets::pinned().as_ref())))
    };
    app.answers.give(&headers, &asked("/", &question), Lasts::Minute, make).await
}

pub(super) async fn privacy(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Problem> {
    plain(&app, &headers, &question, "/privacy", panel::privacy).await
}

pub(super) async fn accessibility(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Problem> {
    plain(&app, &headers, &question, "/accessibility", panel::accessibility).await
}

pub(super) async fn topics(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Problem> {
    let page = |lang| {
        let topics = app.catalogue.topics.iter().map(|topic| {
            let label = if lang == Lang::En { &topic.en } else { &topic.de };
            (topic.slug.as_str(), label.as_str(), topic.definition.as_str())
        });
        panel::topics(lang, &topics.collect::<Vec<_>>())
    };
    plain(&app, &headers, &question, "/topics", page).await
}

pub(super) async fn sources_page(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Problem> {
    let lang = question.query.lang.unwrap_or_default();
    let make = || async {
        let line = |source: &Source, state: Option<&SourceState>| SourceLine {
            name: source.publisher.name.clone(),
            home: source.publisher.home.clone(),
            enabled: source.enabled,
            well: state.filter(|state| state.last_visit.is_some()).map(|_| is_well(source, state)),
            read: state.and_then(|state| state.last_good),
            items: state.map_or(0, |state| state.items.unsigned_abs()),
        };
        Ok(paper(&app, panel::sources(lang, &survey(&app.store, &app.catalogue, line).await?)))
    };
    app.answers.give(&headers, &format!("/sources {}", lang.code()), Lasts::Second, make).await
}

/// Whether it brings what it should, by content and not by status.
fn is_well(source: &Source, state: Option<&SourceState>) -> bool {
    !health::diagnose(source, state, now()).state.is_bad()
}

/// A page that says the same as long as the process lives.
pub(super) async fn plain(
    app: &App,
    headers: &HeaderMap,
    question: &Question,
    path: &str,
    page: impl FnOnce(Lang) -> String,
) -> Result<Response, Problem> {
    let lang = question.query.lang.unwrap_or_default();
    let make = || async { Ok(paper(app, page(lang))) };
    app.answers.give(headers, &format!("{path} {}", lang.code()), Lasts::Process, make).await
}

/// A page of ours, with the policy that all of them keep to.
pub(super) fn paper(app: &App, html: String) -> Made {
    let policy = HeaderValue::from_str(&format!("{POLICY} {}", app.settings.frame_ancestors));
    let policy = policy.unwrap_or(HeaderValue::from_static("default-src 'none'"));
    Made::new(HTML, Keep::Shortly, html).with(header::CONTENT_SECURITY_POLICY, policy)
}

/// What is asked of a page with a panel. All of it is in here, or two questions would get one answer.
fn asked(path: &str, question: &PanelQuestion) -> String {
    format!("{path} {} {:?}", question.origin.0, question.ask)
}

async fn data(app: &App, question: &PanelQuestion) -> Result<PanelData, Problem> {
    let PanelQuestion { ask, origin } = question;
    let now = now();
    let query = ask.question(now);
    let mut page = page(app, &query, &ask.query, now).await?;
    for item in &mut page.items {
        item.why.retain(|why| why.weight > 0.0);
    }
    let marks = marks::of(&query, &page.items);
    let mut names = names(&app.catalogue, &query);
    names.sources = sources(app, ask, &page);
    let now = Some(Moment::from_ms(now.ms() - now.ms() % GRAIN_MS));
    let tells = |source: &&String| query.sources.is_empty() || query.sources.contains(source);
    let tellers = page.facets.source.keys().filter(tells).count() as u64;
    let (query, look, origin) = (ask.query.clone(), ask.look.clone(), origin.0.clone());
    Ok(PanelData { query, page, names, origin, look, sample: app.sample, now, tellers, marks })
}

/// What a panel shows, and what each tab would. The facet `kind` cannot say that: of news the panel shows all, of events
/// those to come.
async fn page(app: &App, query: &Query, said: &Query, now: Moment) -> Result<Page, Problem> {
    let other = if said.kind == Some(Kind::Event) { Kind::News } else { Kind::Event };
    let behind = Query { limit: Some(1), ..panel::links::on_tab(said, other).for_panel() };
    let mut pages = app.store.find_all(&[query.clone(), behind].map(with_words), now).await?.into_iter();
    let (mut page, behind) = (pages.next().unwrap_or_default(), pages.next().unwrap_or_default().total);
    page.facets.kind = [(other, behind), (said.kind.unwrap_or_default(), page.total)]
        .map(|(kind, count)| (kind.word().to_owned(), count))
        .into();
    Ok(page)
}

/// The sources that a panel offers: those with most items first, and those that are chosen.
fn sources(app: &App, ask: &panel::Ask, page: &Page) -> Vec<(String, String)> {
    let name =
        |id: &str| app.catalogue.source(id).map_or_else(|| id.to_owned(), |source| source.publisher.name.clone());
    let mut offered: Vec<(&String, u64)> = page.facets.source.iter().map(|(id, count)| (id, *count)).collect();
    offered.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    if !ask.look.all_sources {
        offered.truncate(SOURCES_AT_ONCE);
    }
    let chosen = ask.query.sources.iter().filter(|id| !offered.iter().any(|(known, _)| known == id));
    let ids: Vec<&String> = offered.iter().map(|(id, _)| *id).chain(chosen).collect();
    ids.into_iter().map(|id| (id.clone(), name(id))).collect()
}

/// What the codes of a query are called: all topics, since any may be chosen next, and the sources it names.
pub(super) fn names(catalogue: &Catalogue, query: &Query) -> Names {
    let english = query.lang == Some(Lang::En);
    let topics = catalogue.topics.iter().map(|topic| {
        let label = if english { &topic.en } else { &topic.de };
        (topic.slug.clone(), label.clone())
    });
    let sources = catalogue.sources.iter().filter(|source| query.sources.contains(&source.id));
    let sources = sources.map(|source| (source.id.clone(), source.publisher.name.clone()));
    Names { topics: topics.collect(), sources: sources.collect() }
}
