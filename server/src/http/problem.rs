//! What goes wrong for a client, as problem documents (RFC 9457).
//!
//! The public sentence says what the client can do; what went wrong inside goes along as
//! a [`Cause`], is logged once where the answer leaves, and is never sent.

use std::any::Any;
use std::sync::Arc;

use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use model::BadParameter;
use serde::Serialize;

#[derive(Debug)]
pub(crate) enum Problem {
    /// 400: a parameter that cannot be understood.
    Parameter(BadParameter),
    /// 400: not one header `Host` with a host, where there must be one.
    Host,
    /// 400 or 413: a body that is no text or too long; what is allowed.
    Body(StatusCode, String),
    /// 401: a route for operators, and no token or a wrong one.
    Unauthorised,
    /// 404: nothing has this name.
    NotFound(String),
    /// 405: a method that the route does not have.
    Method(String),
    /// 414: an address longer than this many bytes.
    TooLong(usize),
    /// 429: this client asks more often than it may; so many seconds from now it may again.
    TooMany(u64),
    /// 503: no room for one more; what to do instead.
    Full(String),
    /// 500: our mistake; the cause is for the log.
    Internal(anyhow::Error),
    /// 503: what we need does not answer; the cause is for the log.
    Away(anyhow::Error),
    /// 503: making the answer takes too long.
    Busy,
}

/// Goes along with the answer to where it is logged, and no further.
#[derive(Clone)]
pub(super) struct Cause(pub(super) Arc<str>);

#[derive(Serialize)]
struct Document<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(flatten)]
    parameter: Option<&'a BadParameter>,
}

impl Problem {
    /// Whose fault it is: a client's own will be there again, ours may be gone the next time.
    pub(super) fn is_ours(&self) -> bool {
        self.status().is_server_error()
    }

    /// What went wrong inside, for the operator.
    pub(super) fn cause(&self) -> Option<String> {
        match self {
            Problem::Internal(error) | Problem::Away(error) => Some(format!("{error:#}")),
            Problem::Busy => Some("making the answer took too long".to_owned()),
            _ => None,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Problem::Parameter(_) | Problem::Host => StatusCode::BAD_REQUEST,
            Problem::Body(status, _) => *status,
            Problem::Unauthorised => StatusCode::UNAUTHORIZED,
            Problem::NotFound(_) => StatusCode::NOT_FOUND,
            Problem::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Problem::TooLong(_) => StatusCode::URI_TOO_LONG,
            Problem::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Problem::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Problem::Away(_) | Problem::Busy | Problem::Full(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn words(&self) -> (&'static str, String) {
        match self {
            Problem::Parameter(bad) => {
                let allowed = bad.allowed.join(", ");
                let detail = format!("{} = {:?} is not understood; allowed: {allowed}", bad.parameter, bad.value);
                ("Invalid parameter", detail)
            }
            Problem::Host => (
                "Host not understood",
                "a request has one header `Host`, with a name or an address, and a port".to_owned(),
            ),
            Problem::Body(_, why) => ("Body not understood", why.clone()),
            Problem::Unauthorised => {
                ("Unauthorised", "this needs `Authorization: Bearer` and the operator's token".to_owned())
            }
            Problem::NotFound(what) => ("Not found", format!("there is no {what}")),
            Problem::Method(method) => ("Method not allowed", format!("{method}: `Allow` names what is allowed here")),
            Problem::TooLong(most) => ("Address too long", format!("allowed are {most} bytes of path and query")),
            Problem::TooMany(seconds) => {
                ("Too many requests", format!("ask again in {seconds} s, and then less often"))
            }
            Problem::Full(why) => ("Busy", why.clone()),
            Problem::Internal(_) => ("Internal error", "the request failed; it is logged".to_owned()),
            Problem::Away(_) | Problem::Busy => ("Unavailable for now", "try again in a moment".to_owned()),
        }
    }

    /// What `Retry-After` says.
    fn wait(&self) -> Option<u64> {
        match self {
            Problem::TooMany(seconds) => Some(*seconds),
            Problem::Away(_) | Problem::Busy | Problem::Full(_) => Some(5),
            _ => None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, (title, detail)) = (self.status(), self.words());
        let parameter = if let Problem::Parameter(bad) = &self { Some(bad) } else { None };
        let document = Document { r#type: "about:blank", title, status: status.as_u16(), detail, parameter };
        let body = serde_json::to_vec(&document).unwrap_or_default();
        let json = HeaderValue::from_static("application/problem+json");
        let uncached = HeaderValue::from_static("no-store");
        let mut response =
            (status, [(header::CONTENT_TYPE, json), (header::CACHE_CONTROL, uncached)], body).into_response();
        if let Some(cause) = self.cause() {
            response.extensions_mut().insert(Cause(cause.into()));
        }
        if let Some(seconds) = self.wait() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if matches!(self, Problem::Unauthorised) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<BadParameter> for Problem {
    fn from(bad: BadParameter) -> Self {
        Problem::Parameter(bad)
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Problem::Internal(error.into())
    }
}

impl From<store::StoreError> for Problem {
    fn from(error: store::StoreError) -> Self {
        match error {
            store::StoreError::BadCursor { cursor } => {
                Problem::NotFound(format!("page of this query at the cursor {cursor:?}"))
            }
            other => Problem::Away(other.into()),
        }
    }
}

pub(super) async fn not_found(uri: Uri) -> Problem {
    Problem::NotFound(format!("{:?} here", uri.path()))
}

/// Every route has GET, if not said otherwise; who asks what else it has is answered (RFC 9110, 9.3.7), and a browser
/// that asks on behalf of a page of another origin is told that it may.
pub(super) async fn method_not_allowed(method: Method) -> Response {
    if method != Method::OPTIONS {
        return Problem::Method(method.to_string()).into_response();
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, OPTIONS"));
    // What a script may send beside what it may always: validators, and where a stream goes on.
    let allowed = HeaderValue::from_static("if-none-match, if-modified-since, cache-control, last-event-id");
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}

/// A handler that panics is our mistake and costs one answer, never the process.
#[expect(clippy::needless_pass_by_value, reason = "the layer above hands the panic over")]
pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    Problem::Internal(anyhow::anyhow!("panicked: {text}")).into_response()
}
