//! The demo's web site: every document made once, sent with validators, 304 to whoever has it already.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use model::Moment;
use tokio::net::TcpListener;

use super::content::{Content, Post};
use super::render::{self, Rendered, fnv, html};

/// All pages by path.
#[derive(Debug)]
pub(crate) struct Site {
    pages: HashMap<String, Page>,
    modified: String,
}

#[derive(Debug)]
struct Page {
    rendered: Rendered,
    etag: String,
}

/// Makes every document of the demo as of `now`.
pub(crate) fn pages(content: &Content, base: &str, now: Moment) -> Site {
    let posts = content.posts(base, now);
    let robots = Rendered { media_type: "text/plain", bytes: b"User-agent: *\nAllow: /\n".to_vec() };
    let mut made = vec![("/robots.txt".to_owned(), robots), ("/".to_owned(), html::start(&content.habits))];
    for habit in &content.habits {
        let own: Vec<Post> = posts.iter().filter(|post| post.source == habit.id).cloned().collect();
        made.push((habit.path.clone(), render::document(habit, &own, base)));
        made.push((format!("/{}/", habit.id), html::home(habit)));
        for post in &own {
            made.push((format!("/a/{}/{}", post.source, post.slug), html::article(habit, post)));
            if post.event.is_some() {
                made.push((format!("/anmeldung/{}", post.slug), html::registration(post)));
            }
        }
    }
    let page = |rendered: Rendered| Page { etag: format!("\"{:016x}\"", fnv(&rendered.bytes)), rendered };
    let pages = made.into_iter().map(|(path, rendered)| (path, page(rendered))).collect();
    let since = Duration::from_millis(now.ms().max(0).unsigned_abs());
    Site { pages, modified: httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + since) }
}

/// Serves until the task is aborted.
pub(crate) async fn serve(listener: TcpListener, site: Site) {
    let router = Router::new().fallback(answer).with_state(Arc::new(site));
    if let Err(error) = axum::serve(listener, router).await {
        tracing::error!(%error, "the demo's origin stopped");
    }
}

async fn answer(State(site): State<Arc<Site>>, uri: Uri, asked: HeaderMap) -> Response {
    // A session id is part of the path, and means nothing.
    let path = uri.path().split(';').next().unwrap_or_default();
    let Some(page) = site.pages.get(path) else { return StatusCode::NOT_FOUND.into_response() };
    let validators = [(header::ETAG, page.etag.clone()), (header::LAST_MODIFIED, site.modified.clone())];
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == page.etag.as_bytes());
    if known {
        return (StatusCode::NOT_MODIFIED, validators).into_response();
    }
    let media_type = [(header::CONTENT_TYPE, page.rendered.media_type)];
    (validators, media_type, page.rendered.bytes.clone()).into_response()
}
