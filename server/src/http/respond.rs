//! One way to answer: a body with an `ETag` over its bytes, and 304 to who has it already (RFC 9110, 13.1.2).

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::hash::digest64;

/// How long a body may be kept.
#[derive(Clone, Copy, Debug)]
pub(super) enum Keep {
    /// A minute, and stale for longer if we are away: data that changes when something is published.
    Shortly,
    /// A few minutes: files whose address does not change with their content.
    AWhile,
    /// For good: the address holds a hash of the content.
    Forever,
}

impl Keep {
    const fn header(self) -> &'static str {
        match self {
            // No transformation on the way: hydration needs the comment markers in the panel's HTML.
            Keep::Shortly => "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400, no-transform",
            Keep::AWhile => "public, max-age=300, stale-while-revalidate=86400, no-transform",
            Keep::Forever => "public, max-age=31536000, immutable",
        }
    }
}

/// A body of this type, or 304 if the request's `If-None-Match` names it. The tag is weak, because the layers above
/// compress as each client asks, and a strong one would promise the same bytes (RFC 9110, 8.8.1).
pub(super) fn with_tag(request: &HeaderMap, media_type: &'static str, keep: Keep, body: Vec<u8>) -> Response {
    tagged(request, media_type, keep, body, "W/")
}

/// The same for a body that goes out byte for byte as it is, with a strong tag.
pub(super) fn with_strong_tag(request: &HeaderMap, media_type: &'static str, keep: Keep, body: Vec<u8>) -> Response {
    tagged(request, media_type, keep, body, "")
}

fn tagged(request: &HeaderMap, media_type: &'static str, keep: Keep, body: Vec<u8>, weak: &str) -> Response {
    let tag = format!("\"{:016x}\"", digest64(&body));
    let known = request.get_all(header::IF_NONE_MATCH).iter().any(|value| {
        let given = value.to_str().unwrap_or_default();
        given.trim() == "*" || given.split(',').any(|given| given.trim().trim_start_matches("W/") == tag)
    });
    let (status, body) = if known { (StatusCode::NOT_MODIFIED, Body::empty()) } else { (StatusCode::OK, body.into()) };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::ETAG, HeaderValue::from_str(&format!("{weak}{tag}")).expect("hexadecimal digits in quotes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep.header()));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, host"));
    if !known {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    }
    response
}
