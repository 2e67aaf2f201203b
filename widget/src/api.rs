//! Asks `/api/v1/items` by plain `fetch`, without credentials. Only the latest question's answer counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use js_sys::Promise;
use leptos::prelude::{GetUntracked, IsDisposed, WithUntracked};
use model::{Page, Query};
use panel::{Desk, wire};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlElement, RequestCredentials, RequestInit, Response};

use crate::{focus, signals};

/// Our server, as one panel sees it.
#[derive(Clone)]
pub(crate) struct Api {
    origin: Arc<str>,
    asked: Arc<AtomicU32>,
}

impl Api {
    pub(crate) fn new(origin: &str) -> Self {
        Api { origin: Arc::from(origin), asked: Arc::default() }
    }

    /// Asks, and puts the answer on the desk unless something else was asked meanwhile or the panel is gone.
    pub(crate) fn ask(&self, root: HtmlElement, desk: Desk, query: Query) {
        let turn = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        let (asked, url) = (self.asked.clone(), format!("{}/api/v1/items?{}", self.origin, query.to_query_string()));
        let shown = desk.page.with_untracked(|page| page.items.len());
        let focus = focus::Kept::of(&root);
        spawn_local(async move {
            let answer = fetch(&url).await;
            if asked.load(Ordering::Relaxed) != turn || desk.page.is_disposed() {
                return;
            }
            let append = query.cursor.is_some();
            match answer {
                Ok(page) => {
                    desk.answer(&query, page);
                    signals::tell(&root, "at-change", &desk.filter.get_untracked().to_query_string());
                }
                Err(reason) => {
                    signals::tell(&root, "at-error", &reason);
                    desk.fail(query);
                }
            }
            // The view follows in microtasks; a macrotask later it stands, and the focus can be looked after.
            leptos::prelude::request_animation_frame(move || {
                if append { focus::to_item(&root, shown) } else { focus.restore() }
            });
        });
    }
}

async fn fetch(url: &str) -> Result<Page, String> {
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    let window = web_sys::window().ok_or("no window")?;
    let response: Response = wait(window.fetch_with_str_and_init(url, &init)).await?.unchecked_into();
    if !response.ok() {
        return Err(format!("{url}: HTTP {}", response.status()));
    }
    let text = wait(response.text().map_err(|error| said(&error))?).await?;
    let text = text.as_string().unwrap_or_default();
    wire::page(&text).ok_or_else(|| format!("{url}: not a page of items"))
}

async fn wait(promise: Promise) -> Result<JsValue, String> {
    JsFuture::from(promise).await.map_err(|error| said(&error))
}

fn said(error: &JsValue) -> String {
    String::from(js_sys::Object::from(error.clone()).to_string())
}
