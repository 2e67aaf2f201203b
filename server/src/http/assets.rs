//! The widget's files, from inside the binary: as Trunk built and `pack.mjs` packed them, compressed beforehand.
//!
//! A binary that was built without them serves the loader and the stylesheet as they are written; filters then
//! work by fragments, and nothing is hydrated.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;
use panel::Pinned;
use rust_embed::RustEmbed;

use super::App;
use super::coding::Coding;
use super::problem::Problem;
use super::pulse::Lasts;
use super::respond::{Keep, Made};
use super::zip;

/// What `cargo xtask` put into `widget/dist`; empty after a plain `cargo build`.
#[derive(RustEmbed)]
#[folder = "../widget/dist"]
#[allow_missing = true]
struct Packed;

/// The loader, the script that it loads once there is something to read, and the stylesheet, as written.
const LOADER: &str = include_str!("../../../widget/loader.js");
const DESK: &str = include_str!("../../../widget/desk.js");
const STYLESHEET: &str = include_str!("../../../widget/panel.css");
const PAGES: &str = include_str!("../../../widget/pages.css");
const START: &str = include_str!("../../../widget/start.js");
const FRAME: &str = include_str!("../../../widget/frame.js");
const ICON: &str = include_str!("../../../widget/icon.svg");

/// What this binary lacks, in one sentence for the operator.
pub(crate) fn missing() -> Option<&'static str> {
    Packed::get("widget.js").is_none().then_some(
        "built without the widget's WASM: panels work, filters ask the server each time; `cargo xtask dist` builds all",
    )
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

/// A file as written, under its own name.
struct File {
    name: &'static str,
    media_type: &'static str,
    text: &'static str,
}

impl File {
    async fn give(self, app: &App, headers: &HeaderMap) -> Result<Response, Problem> {
        let make = || async { Ok(Made::new(self.media_type, Keep::AWhile, self.text)) };
        app.answers.give(headers, self.name, Lasts::Process, make).await
    }
}

pub(super) async fn loader(app: State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    let make =
        || async { Ok(packed("widget.js", JS, Keep::AWhile).unwrap_or_else(|| Made::new(JS, Keep::AWhile, LOADER))) };
    app.answers.give(&headers, "/widget.js", Lasts::Process, make).await
}

/// What the loader as written asks for; the packed one asks under its hash.
pub(super) async fn desk(app: State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    File { name: "/desk.js", media_type: JS, text: DESK }.give(&app, &headers).await
}

pub(super) async fn stylesheet(app: State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    File { name: "/panel.css", media_type: CSS, text: STYLESHEET }.give(&app, &headers).await
}

/// What our own pages have beside the panel.
pub(super) async fn pages(app: State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    File { name: "/pages.css", media_type: CSS, text: PAGES }.give(&app, &headers).await
}

pub(super) async fn start(app: State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    File { name: "/start.js", media_type: JS, text: START }.give(&app, &headers).await
}

pub(super) async fn frame(app: State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    File { name: "/frame.js", media_type: JS, text: FRAME }.give(&app, &headers).await
}

/// Browsers ask for it unbidden; a 404 would stand in every reader's console.
pub(super) async fn icon(app: State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    File { name: "/favicon.ico", media_type: "image/svg+xml", text: ICON }.give(&app, &headers).await
}

/// The loader under the hash of everything it loads, for pages that hold it to a checksum.
pub(super) fn pinned() -> Option<Pinned> {
    let sizes: serde_json::Value = serde_json::from_slice(&Packed::get("sizes.json")?.data).ok()?;
    let (hash, integrity) = (sizes["hash"].as_str()?, sizes["integrity"].as_str()?);
    Some(Pinned { path: format!("/w/{hash}/widget.js"), integrity: integrity.to_owned() })
}

/// Everything that a web server needs to serve the panel's files itself, as an archive.
pub(super) async fn archive(app: State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    let make = || async {
        let files = Packed::iter().filter(|name| name.starts_with("w/") || name.starts_with("widget.js"));
        let mut files: Vec<(String, Vec<u8>)> =
            files.filter_map(|name| Some((name.to_string(), Packed::get(&name)?.data.into_owned()))).collect();
        if files.is_empty() {
            return Err(Problem::NotFound("packed widget in this binary: it was built without".to_owned()));
        }
        files.sort();
        let attachment = HeaderValue::from_static("attachment; filename=\"amtsticker-widget.zip\"");
        let made = Made::new("application/zip", Keep::AWhile, zip::stored(&files));
        Ok(made.with(header::CONTENT_DISPOSITION, attachment))
    };
    app.answers.give(&headers, "/widget.zip", Lasts::Process, make).await
}

pub(super) async fn hashed(
    app: State<Arc<App>>,
    headers: HeaderMap,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, Problem> {
    let Path((hash, file)) = path.map_err(|error| Problem::NotFound(format!("such file: {error}")))?;
    let make = || async {
        let media_type = match file.rsplit('.').next() {
            Some("js") => JS,
            Some("css") => CSS,
            Some("wasm") => "application/wasm",
            Some("woff2") => "font/woff2",
            Some("txt") => "text/plain; charset=utf-8",
            _ => return Err(Problem::NotFound(format!("file {file:?}"))),
        };
        let path = match pinned() {
            Some(Pinned { path, .. }) if path == format!("/w/{hash}/{file}") => "widget.js".to_owned(),
            _ => format!("w/{hash}/{file}"),
        };
        let made = packed(&path, media_type, Keep::Forever);
        let made = made.ok_or_else(|| Problem::NotFound(format!("file {path:?}")))?;
        Ok(made.with(HeaderName::from_static("timing-allow-origin"), HeaderValue::from_static("*")))
    };
    app.answers.give(&headers, &format!("/w/{hash}/{file}"), Lasts::Process, make).await
}

/// A file of the build, with the smaller forms that the build made of it.
fn packed(path: &str, media_type: &'static str, keep: Keep) -> Option<Made> {
    let forms = [(Coding::Brotli, ".br"), (Coding::Gzip, ".gz")];
    let made = Made::new(media_type, keep, bytes(Packed::get(path)?.data));
    Some(forms.into_iter().fold(made, |made, (coding, ending)| match Packed::get(&format!("{path}{ending}")) {
        Some(file) => made.packed(coding, bytes(file.data)),
        None => made,
    }))
}

/// What lies in the binary is not copied.
fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    }
}
