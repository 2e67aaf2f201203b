//! Answers: one page of routes, grouped by who asks (DESIGN 5.2).
//!
//! Nothing here decides what an item is; a request becomes a [`model::Query`], the store answers it, and a room
//! below (`formats` for feeds, `panel` for HTML) gives it a form.

use std::future::{Future, IntoFuture as _};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use axum::extract::FromRef;
use axum::http::{HeaderValue, header};
use axum::routing::get;
use model::Catalogue;
use store::Store;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;

mod api;
mod assets;
mod feeds;
mod marks;
mod metrics;
mod pages;
mod problem;
mod question;
mod respond;
mod trends;
mod zip;

pub(crate) use assets::missing as missing_assets;

/// What every request can reach.
pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) catalogue: Arc<Catalogue>,
    /// See [`crate::config::Config::public_url`].
    pub(crate) public_url: Option<String>,
    /// The items are made up, and every page says so.
    pub(crate) sample: bool,
}

/// The app as it is now, while the catalogue behind it may change. Each request sees one of them.
#[derive(Clone)]
pub(crate) struct Live(Arc<RwLock<Arc<App>>>);

impl Live {
    pub(crate) fn new(app: App) -> Self {
        Live(Arc::new(RwLock::new(Arc::new(app))))
    }

    /// Goes on with another catalogue.
    pub(crate) fn reload(&self, catalogue: Arc<Catalogue>) {
        let mut app = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *app = Arc::new(app.with(catalogue));
    }
}

impl FromRef<Live> for Arc<App> {
    fn from_ref(live: &Live) -> Self {
        Arc::clone(&live.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl App {
    fn with(&self, catalogue: Arc<Catalogue>) -> Self {
        let (store, public_url) = (self.store.clone(), self.public_url.clone());
        App { store, catalogue, public_url, sample: self.sample }
    }
}

/// How long requests under way may take after the end was asked for: a client that never finishes its request must
/// not keep the process.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// Serves until `shutdown`; requests under way are answered first, for a while after `stopped`.
///
/// # Errors
/// A listener that stops listening.
pub(crate) async fn serve(
    listener: TcpListener,
    app: Live,
    shutdown: impl Future<Output = ()> + Send + 'static,
    stopped: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let patience = async {
        stopped.await;
        tokio::time::sleep(LAST_WORDS).await;
    };
    tokio::select! {
        served = axum::serve(listener, router(app)).with_graceful_shutdown(shutdown).into_future() => served?,
        () = patience => tracing::warn!("some connections did not end in time and are cut"),
    }
    Ok(())
}

fn router(app: Live) -> Router {
    let set = |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    Router::new()
        // Developers, and the widget.
        .route("/api/v1/items", get(api::items))
        .route("/api/v1/items/{id}", get(api::item))
        .route("/api/v1/topics", get(api::topics))
        .route("/api/v1/states", get(api::states))
        .route("/api/v1/sources", get(api::sources))
        .route("/api/v1/trends", get(trends::api))
        // Feed readers and calendars.
        .route("/feeds/atom.xml", get(feeds::atom))
        .route("/feeds/rss.xml", get(feeds::rss))
        .route("/feeds/sources.opml", get(feeds::sources))
        .route("/feeds/feed.json", get(feeds::json))
        .route("/feeds/events.ics", get(feeds::calendar))
        .route("/feeds/event/{file}", get(feeds::event))
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
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .with_state(app)
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(problem::panicked))
        // Everything here is public data, for pages of any origin.
        .layer(set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .layer(set(header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::REFERRER_POLICY, "no-referrer"))
}

#[cfg(test)]
pub(crate) mod tests;
