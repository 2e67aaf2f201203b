//! The widget's files, from inside the binary: as Trunk built and `pack.mjs` packed them, compressed beforehand.
//!
//! A binary that was built without them serves the loader and the stylesheet as they are written; filters then
//! work by fragments, and nothing is hydrated.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use panel::Pinned;
use rust_embed::RustEmbed;

use super::problem::Problem;
use super::respond::{Keep, with_strong_tag, with_tag};
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

const JS: &str = "text/javascript; charset=utf-8";

pub(super) async fn loader(headers: HeaderMap) -> Response {
    let packed = packed(&headers, "widget.js", JS, Keep::AWhile);
    packed.unwrap_or_else(|| with_tag(&headers, JS, Keep::AWhile, LOADER.into()))
}

/// What the loader as written asks for; the packed one asks under its hash.
pub(super) async fn desk(headers: HeaderMap) -> Response {
    with_tag(&headers, JS, Keep::AWhile, DESK.into())
}

pub(super) async fn stylesheet(headers: HeaderMap) -> Response {
    with_tag(&headers, "text/css; charset=utf-8", Keep::AWhile, STYLESHEET.into())
}

/// What our own pages have beside the panel.
pub(super) async fn pages(headers: HeaderMap) -> Response {
    with_tag(&headers, "text/css; charset=utf-8", Keep::AWhile, PAGES.into())
}

pub(super) async fn start(headers: HeaderMap) -> Response {
    with_tag(&headers, JS, Keep::AWhile, START.into())
}

pub(super) async fn frame(headers: HeaderMap) -> Response {
    with_tag(&headers, JS, Keep::AWhile, FRAME.into())
}

/// The loader under the hash of everything it loads, for pages that hold it to a checksum.
pub(super) fn pinned() -> Option<Pinned> {
    let sizes: serde_json::Value = serde_json::from_slice(&Packed::get("sizes.json")?.data).ok()?;
    let (hash, integrity) = (sizes["hash"].as_str()?, sizes["integrity"].as_str()?);
    Some(Pinned { path: format!("/w/{hash}/widget.js"), integrity: integrity.to_owned() })
}

/// Everything that a web server needs to serve the panel's files itself, as an archive.
pub(super) async fn archive(headers: HeaderMap) -> Result<Response, Problem> {
    let files = Packed::iter().filter(|name| name.starts_with("w/") || name.starts_with("widget.js"));
    let mut files: Vec<(String, Vec<u8>)> =
        files.filter_map(|name| Some((name.to_string(), Packed::get(&name)?.data.into_owned()))).collect();
    if files.is_empty() {
        return Err(Problem::NotFound("packed widget in this binary: it was built without".to_owned()));
    }
    files.sort();
    let mut response = with_strong_tag(&headers, "application/zip", Keep::AWhile, zip::stored(&files));
    let attachment = HeaderValue::from_static("attachment; filename=\"amtsticker-widget.zip\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, attachment);
    Ok(response)
}

/// Browsers ask for it unbidden; a 404 would stand in every reader's console.
pub(super) async fn icon(headers: HeaderMap) -> Response {
    with_tag(&headers, "image/svg+xml", Keep::AWhile, ICON.into())
}

pub(super) async fn hashed(
    headers: HeaderMap,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, Problem> {
    let Path((hash, file)) = path.map_err(|error| Problem::NotFound(format!("such file: {error}")))?;
    let media_type = match file.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => return Err(Problem::NotFound(format!("file {file:?}"))),
    };
    let path = match pinned() {
        Some(Pinned { path, .. }) if path == format!("/w/{hash}/{file}") => "widget.js".to_owned(),
        _ => format!("w/{hash}/{file}"),
    };
    let mut response = packed(&headers, &path, media_type, Keep::Forever)
        .ok_or_else(|| Problem::NotFound(format!("file {path:?}")))?;
    response.headers_mut().insert("timing-allow-origin", HeaderValue::from_static("*"));
    Ok(response)
}

/// The smallest form that the client takes. What is compressed here is left alone by the layers above.
fn packed(headers: &HeaderMap, path: &str, media_type: &'static str, keep: Keep) -> Option<Response> {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes = |coding: &str| {
        accepted.split(',').any(|part| {
            let mut words = part.split(';').map(str::trim);
            words.next() == Some(coding) && !words.any(|word| matches!(word, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    };
    for (coding, ending) in [("br", ".br"), ("gzip", ".gz")] {
        if let Some(file) = takes(coding).then(|| Packed::get(&format!("{path}{ending}"))).flatten() {
            let mut response = with_strong_tag(headers, media_type, keep, file.data.into_owned());
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
            return Some(response);
        }
    }
    Some(with_tag(headers, media_type, keep, Packed::get(path)?.data.into_owned()))
}
