//! What goes wrong for a client, as problem documents (RFC 9457).
//!
//! The public sentence says what the client can do; what went wrong inside is logged here, once, and never sent.

use std::any::Any;

use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use model::BadParameter;
use serde::Serialize;

#[derive(Debug)]
pub(crate) enum Problem {
    /// 400: a parameter that cannot be understood.
    Parameter(BadParameter),
    /// 404: nothing has this name.
    NotFound(String),
    /// 405: a route that only answers GET and HEAD.
    Method(String),
    /// 503: not now; what to do instead.
    Busy(String),
    /// 500: our mistake; the cause is for the log.
    Internal(anyhow::Error),
}

#[derive(Serialize)]
struct Document<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(flatten)]
    parameter: Option<&'a BadParameter>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, title, detail) = match &self {
            Problem::Parameter(bad) => {
                let allowed = bad.allowed.join(", ");
                let detail = format!("{} = {:?} is not understood; allowed: {allowed}", bad.parameter, bad.value);
                (StatusCode::BAD_REQUEST, "Invalid parameter", detail)
            }
            Problem::NotFound(what) => (StatusCode::NOT_FOUND, "Not found", format!("there is no {what}")),
            Problem::Method(method) => {
                (StatusCode::METHOD_NOT_ALLOWED, "Method not allowed", format!("{method}: allowed are GET and HEAD"))
            }
            Problem::Busy(why) => (StatusCode::SERVICE_UNAVAILABLE, "Busy", why.clone()),
            Problem::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "a request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "Internal error", "the request failed; it is logged".to_owned())
            }
        };
        let parameter = if let Problem::Parameter(bad) = &self { Some(bad) } else { None };
        let document = Document { r#type: "about:blank", title, status: status.as_u16(), detail, parameter };
        let body = serde_json::to_vec(&document).unwrap_or_default();
        let json = HeaderValue::from_static("application/problem+json");
        let uncached = HeaderValue::from_static("no-store");
        (status, [(header::CONTENT_TYPE, json), (header::CACHE_CONTROL, uncached)], body).into_response()
    }
}

impl From<BadParameter> for Problem {
    fn from(bad: BadParameter) -> Self {
        Problem::Parameter(bad)
    }
}

impl From<store::StoreError> for Problem {
    fn from(error: store::StoreError) -> Self {
        match error {
            store::StoreError::BadCursor { cursor: value } => Problem::Parameter(BadParameter {
                parameter: "cursor".to_owned(),
                value,
                allowed: vec!["the next of a page of the same query".to_owned()],
            }),
            other => Problem::Internal(other.into()),
        }
    }
}

pub(super) async fn not_found(uri: Uri) -> Problem {
    Problem::NotFound(format!("{:?} here", uri.path()))
}

pub(super) async fn method_not_allowed(method: Method) -> Response {
    let mut response = Problem::Method(method.to_string()).into_response();
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

/// A handler that panics is our mistake and costs one answer, never the process.
#[expect(clippy::needless_pass_by_value, reason = "the layer above hands the panic over")]
pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    Problem::Internal(anyhow::anyhow!("panicked: {text}")).into_response()
}
