//! Answers: one page of routes, grouped by who asks (DESIGN 5.2).
//!
//! Nothing here decides what an item is; a request becomes a [`model::Query`], the store answers it, and a room
//! below (`formats` for feeds, `panel` for HTML) gives it a form.

use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::extract::FromRef;
use axum::routing::get;
use model::Catalogue;
use store::Store;
use tower_http::catch_panic::CatchPanicLayer;

use crate::config::HttpConfig;
use crate::poll::Poller;

mod answers;
mod api;
mod assets;
mod callback;
mod coding;
mod edge;
mod feeds;
mod hub;
mod marks;
mod meters;
mod metrics;
mod openapi;
mod operator;
mod pages;
mod problem;
mod pulse;
mod question;
mod respond;
mod stream;
mod text;
mod trends;
mod warm;
mod why;
mod zip;

pub(crate) use answers::Answers;
pub(crate) use assets::missing as missing_assets;
pub(crate) use edge::{proxies, serve};
pub(crate) use feeds::{ATOM, CALENDAR, Frame, JSON, RSS, brought};
pub(crate) use hub::{feeds_alone, topic_query};
pub(crate) use question::words;
pub(crate) use warm::warm;

use crate::push::Push;
use crate::rulebook::Rulebook;

/// What every request can reach.
pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) catalogue: Arc<Catalogue>,
    /// See [`crate::config::Config::public_url`].
    pub(crate) public_url: Option<String>,
    /// The items are made up, and every page says so.
    pub(crate) sample: bool,
    /// The catalogue's rules, for who asks why.
    pub(crate) rules: Arc<Rulebook>,
    /// What was answered already.
    pub(crate) answers: Answers,
    /// Who visits sources, where that is done in this process.
    pub(crate) poller: Option<Poller>,
    /// See [`HttpConfig`].
    pub(crate) settings: HttpConfig,
    /// Who is told of changes.
    pub(crate) push: Push,
}

/// The app as it is now, while the catalogue behind it may change. Each request sees one of them.
#[derive(Clone)]
pub(crate) struct Live(Arc<RwLock<Arc<App>>>);

impl Live {
    pub(crate) fn new(app: App) -> Self {
        Live(Arc::new(RwLock::new(Arc::new(app))))
    }

    /// The app as it is now.
    pub(crate) fn app(&self) -> Arc<App> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Goes on with another catalogue.
    pub(crate) fn reload(&self, catalogue: Arc<Catalogue>, rules: Arc<Rulebook>) {
        let mut app = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *app = Arc::new(app.with(catalogue, rules));
    }
}

impl FromRef<Live> for Arc<App> {
    fn from_ref(live: &Live) -> Self {
        live.app()
    }
}

impl App {
    fn with(&self, catalogue: Arc<Catalogue>, rules: Arc<Rulebook>) -> Self {
        // Answers name what is in the catalogue: with another one, none of them holds.
        let answers = Answers::new(self.store.clone(), self.settings.cache_bytes);
        let (store, public_url, settings) = (self.store.clone(), self.public_url.clone(), self.settings.clone());
        let (sample, poller, push) = (self.sample, self.poller.clone(), self.push.clone());
        App { store, catalogue, public_url, sample, rules, answers, poller, settings, push }
    }
}

fn router(app: Live) -> Router {
    let settings = Arc::<App>::from_ref(&app).settings.clone();
    let mut routes = Router::new();
    if settings.admin_token.is_some() {
        routes = routes.merge(operator::routes());
    }
    routes
        // Developers, and the widget.
        .route("/api/v1/items", get(api::items))
        .route("/api/v1/items/{id}", get(api::item))
        .route("/api/v1/topics", get(api::topics))
        .route("/api/v1/states", get(api::states))
        .route("/api/v1/sources", get(api::sources))
        .route("/api/v1/trends", get(trends::api))
        .route("/api/openapi.json", get(openapi::json))
        .route("/api/docs", get(openapi::docs))
        .route("/api/v1/stream", get(stream::stream))
        // Feed readers and calendars.
        .route("/feeds/atom.xml", get(feeds::atom))
        .route("/feeds/rss.xml", get(feeds::rss))
        .route("/feeds/sources.opml", get(feeds::sources))
        .route("/feeds/feed.json", get(feeds::json))
        .route("/feeds/events.ics", get(feeds::calendar))
        .route("/feeds/event/{file}", get(feeds::event))
        .merge(hub::routes())
        .merge(callback::routes())
        // Readers.
        .route("/", get(pages::start))
        .route("/trends", get(trends::page))
        .route("/sources", get(pages::sources_page))
        .route("/topics", get(pages::topics))
        .route("/privacy", get(pages::privacy))
        .route("/accessibility", get(pages::accessibility))
        .route("/embed", get(pages::embed))
        .route("/panel", get(pages::panel))
        .route("/widget.js", get(assets::loader))
        .route("/desk.js", get(assets::desk))
        .route("/panel.css", get(assets::stylesheet))
        .route("/pages.css", get(assets::pages))
        .route("/start.js", get(assets::start))
        .route("/frame.js", get(assets::frame))
        .route("/widget.zip", get(assets::archive))
        .route("/favicon.ico", get(assets::icon))
        .route("/w/{hash}/{file}", get(assets::hashed))
        // Operators.
        .route("/healthz", get(api::health))
        .route("/readyz", get(metrics::ready))
        .route("/metrics", get(metrics::metrics))
        .route("/.well-known/security.txt", get(operator::security))
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .with_state(app)
        .layer(CatchPanicLayer::custom(problem::panicked))
}

#[cfg(test)]
pub(crate) mod tests;
