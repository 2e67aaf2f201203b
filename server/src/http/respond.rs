//! One way to answer: what a handler [`Made`] becomes a [`Sealed`] representation, byte for byte as it is sent, with a
//! strong `ETag` over these bytes, and 304 to who has it already (RFC 9110, 13).

use std::sync::Arc;
use std::time::{Duration, Instant, UNIX_EPOCH};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use serde::Serialize;

use super::coding::{Coding, smaller};
use super::problem::Problem;
use super::pulse::{Stamp, unix_seconds};
use super::text::{Text, Writing, fitted};

/// Names one answer among all; what it is called is said where it leaves.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Headers of every answer that does not say otherwise: all of it is public data, for pages of any origin.
const OPEN: [(HeaderName, HeaderValue); 3] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("age, cache-status, etag, link, retry-after, x-request-id"),
    ),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
];
/// Routes that hold no public data.
const OPERATORS: [&str; 4] = ["/admin/", "/metrics", "/healthz", "/readyz"];
/// And of every answer that has a body: how it is to be treated.
const SAFE: [(HeaderName, HeaderValue); 2] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
];

const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

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
            // No transformation on the way: hydration needs the nodes of the panel's HTML as they were made.
            Keep::Shortly => "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400, no-transform",
            Keep::AWhile => "public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400, no-transform",
            Keep::Forever => "public, max-age=31536000, immutable",
        }
    }
}

/// What a handler made: a body, and what is to be said of it.
#[derive(Debug)]
pub(super) struct Made {
    media_type: &'static str,
    keep: Keep,
    text: Text,
    /// The text in other codings, made beforehand.
    packed: Vec<(Coding, Bytes)>,
    /// Further headers.
    also: Vec<(HeaderName, HeaderValue)>,
}

impl Made {
    pub(super) fn new(media_type: &'static str, keep: Keep, body: impl Into<Bytes>) -> Self {
        Made::of(media_type, keep, Text::Whole(fitted(body.into())))
    }

    fn of(media_type: &'static str, keep: Keep, text: Text) -> Self {
        Made { media_type, keep, text, packed: Vec::new(), also: Vec::new() }
    }

    pub(super) fn json(body: &impl Serialize) -> Result<Self, Problem> {
        Ok(Made::new("application/json", Keep::Shortly, serde_json::to_vec(body)?))
    }

    /// JSON that was written bit by bit.
    pub(super) fn written(json: Writing) -> Result<Self, Problem> {
        let text = json.done().map_err(|error| Problem::Internal(error.into()))?;
        Ok(Made::of("application/json", Keep::Shortly, text))
    }

    pub(super) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.also.push((name, value));
        self
    }

    /// With the same body in another coding: what was compressed in the build is smaller than what can be made here.
    pub(super) fn packed(mut self, coding: Coding, body: impl Into<Bytes>) -> Self {
        self.packed.push((coding, body.into()));
        self
    }
}

/// One representation of an answer: these bytes in this coding.
#[derive(Clone, Debug)]
pub(super) struct Sealed {
    pub(super) stamp: Stamp,
    text: Text,
    tag: String,
    /// What it was called before it was coded as small as it gets: the same answer, and known by both.
    former: Option<String>,
    /// Headers of a 200, and those of them that a 304 repeats, with room for the id of the request: to copy them and
    /// change one value is less work than to put them together.
    head: HeaderMap,
    brief: HeaderMap,
    /// What `Last-Modified` says, in seconds since 1970.
    modified: Option<u64>,
    /// When it was made, if no newer one could be made since.
    stale: Option<Instant>,
    /// What it was made of, where other codings are to be made of it.
    made: Option<Arc<Made>>,
    /// Whether it is as small as it gets.
    least: bool,
}

impl Sealed {
    /// The answer as it was made.
    pub(super) fn plain(made: Made, stamp: Stamp) -> Self {
        let made = Arc::new(made);
        Sealed { made: Some(Arc::clone(&made)), ..Sealed::new(&made, stamp, made.text.clone(), Coding::Identity) }
    }

    /// The same answer in another coding, or as it is where that would not be smaller.
    pub(super) async fn coded(&self, coding: Coding) -> Self {
        let Some(made) = &self.made else { return self.clone() };
        let ready = made.packed.iter().find(|(packed, _)| *packed == coding).map(|(_, body)| body.clone());
        let least = ready.is_some();
        let coded = match ready {
            Some(body) => Some(body),
            None => coding.apply(&made.text).await,
        };
        match coded {
            Some(body) => {
                let text = Text::Whole(fitted(body));
                let coded = Sealed { least, ..Sealed::new(made, self.stamp, text, coding) };
                self.stale.map_or_else(|| coded.clone(), |made| coded.stale(self.stamp, made))
            }
            None => Sealed { made: None, ..self.clone() },
        }
    }

    fn new(made: &Made, stamp: Stamp, text: Text, coding: Coding) -> Self {
        let tag = tag(&text);
        let mut brief = HeaderMap::new();
        brief.insert(header::ETAG, quoted(&tag));
        brief.insert(header::CACHE_CONTROL, HeaderValue::from_static(made.keep.header()));
        brief.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        for (name, value) in made.also.iter().filter(|(name, _)| *name == header::VARY) {
            brief.insert(name, value.clone());
        }
        brief.insert(REQUEST_ID, HeaderValue::from_static("-"));
        brief.extend(OPEN);
        let modified = stamp.since.and_then(|since| Some((since, date(since)?)));
        if let Some((_, date)) = &modified {
            brief.insert(header::LAST_MODIFIED, date.clone());
        }
        let mut head = brief.clone();
        head.extend(SAFE);
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static(made.media_type));
        if coding != Coding::Identity {
            head.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.word()));
        }
        // Of a text that is whole whoever sends it sees the length.
        if let Text::Wound { length, .. } = &text {
            head.insert(header::CONTENT_LENGTH, HeaderValue::from(*length));
        }
        for (name, value) in &made.also {
            head.insert(name, value.clone());
        }
        let modified = modified.map(|(since, _)| since);
        Sealed { stamp, text, tag, head, brief, modified, former: None, stale: None, made: None, least: false }
    }

    /// The same answer in fewer bytes, if there is such a thing and it is in `br`.
    pub(super) async fn smaller(&self) -> Option<Self> {
        let is_coded = self.head.get(header::CONTENT_ENCODING).is_some_and(|coding| coding == Coding::Brotli.word());
        if self.least || !is_coded {
            return None;
        }
        let text = Text::Whole(fitted(smaller(self.text.kept()).await?));
        let tag = tag(&text);
        let mut fresh = Sealed { text, former: Some(self.tag.clone()), least: true, ..self.clone() };
        for headers in [&mut fresh.head, &mut fresh.brief] {
            headers.insert(header::ETAG, quoted(&tag));
        }
        Some(Sealed { tag, ..fresh })
    }

    /// The response to this request: 304 if it names what it has and that is this.
    pub(super) fn response(&self, request: &HeaderMap) -> Response {
        // Within the second of a change another one may follow, and a date could not tell them apart.
        let modified = self.modified.filter(|since| *since < unix_seconds());
        let names = request.contains_key(header::IF_NONE_MATCH);
        let named = self.named(request);
        let known = if names { named.is_some() } else { modified.is_some_and(|since| is_since(request, since)) };
        let (status, head, body) = match known {
            true => (StatusCode::NOT_MODIFIED, &self.brief, Body::empty()),
            false => (StatusCode::OK, &self.head, self.text.body()),
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = head.clone();
        // Who has it by its former name is told by that name: no cache takes another's for an update (RFC 9111, 4.3.4).
        if let Some(former) = named.filter(|tag| *tag != self.tag) {
            response.headers_mut().insert(header::ETAG, quoted(former));
        }
        if self.modified.is_some() && modified.is_none() {
            response.headers_mut().remove(header::LAST_MODIFIED);
        }
        if let Some(made) = self.stale {
            say_stale(&mut response, made.elapsed());
        }
        response
    }

    /// The tag by which `If-None-Match` names this. Compared weakly (RFC 9110, 13.1.2): proxies weaken tags on their way.
    fn named(&self, request: &HeaderMap) -> Option<&str> {
        let given = request.get_all(header::IF_NONE_MATCH);
        let given = || given.iter().flat_map(|value| value.to_str().unwrap_or_default().split(',')).map(str::trim);
        let is = |tag: &&str| given().any(|given| given == "*" || bare(given) == *tag);
        [Some(self.tag.as_str()), self.former.as_deref()].into_iter().flatten().find(is)
    }

    /// The same under another stamp, as of when it was made: nothing newer could be made since then. Since when it has been
    /// like this, nobody knows.
    pub(super) fn stale(&self, stamp: Stamp, made: Instant) -> Self {
        let mut stale = Sealed { stamp, stale: Some(made), modified: None, ..self.clone() };
        for headers in [&mut stale.head, &mut stale.brief] {
            headers.remove(header::LAST_MODIFIED);
        }
        stale
    }

    /// When it was made, if there may be something newer that could not be made.
    pub(super) fn stale_since(&self) -> Option<Instant> {
        self.stale
    }

    /// Bytes that it takes in memory, more or less.
    pub(super) fn weight(&self) -> usize {
        self.text.kept().len() + 4096
    }
}

/// Gives an answer that was not sealed here the headers that all have, and that of an operator's route none by which
/// a page of another origin could read it.
pub(super) fn complete(response: &mut Response, route: &str) {
    let known = response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    for (name, value) in SAFE.into_iter().filter(|_| !known) {
        headers.entry(name).or_insert(value);
    }
    if OPERATORS.iter().any(|operators| route.starts_with(operators)) {
        headers.remove(header::ACCESS_CONTROL_ALLOW_METHODS);
        headers.remove(header::ACCESS_CONTROL_ALLOW_HEADERS);
        headers.remove(header::ACCESS_CONTROL_MAX_AGE);
        return;
    }
    for (name, value) in OPEN {
        headers.entry(name).or_insert(value);
    }
}

/// Says of an answer that it may be out of date, and for how long: `Age` (RFC 9111, 5.1), by which whoever keeps it
/// knows that it is no longer fresh, and `Cache-Status` (RFC 9211) with the reason. `Warning` is obsolete since RFC 9111.
pub(super) fn say_stale(response: &mut Response, since: Duration) {
    let (seconds, headers) = (since.as_secs(), response.headers_mut());
    let status = format!("amtsticker; hit; ttl=-{seconds}; detail=\"database away\"");
    headers.insert(header::AGE, seconds.into());
    headers.insert(CACHE_STATUS, HeaderValue::try_from(status).expect("letters, digits and signs of ASCII"));
}

/// What a text is called.
fn tag(text: &Text) -> String {
    format!("\"{:016x}\"", text.digest())
}

/// A tag of ours as a header's value.
fn quoted(tag: &str) -> HeaderValue {
    HeaderValue::from_str(tag).expect("hexadecimal digits in quotes")
}

/// A tag without its mark of weakness.
fn bare(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// A time as headers write it.
fn date(since: u64) -> Option<HeaderValue> {
    HeaderValue::from_str(&httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(since))).ok()
}

/// `If-Modified-Since` is this second or later (RFC 9110, 13.1.3), and not a time that has not come: that was said by a
/// clock that ran ahead, and nobody knows what was there by it.
fn is_since(request: &HeaderMap, modified: u64) -> bool {
    let given = request.get(header::IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| httpdate::parse_http_date(value).ok());
    let given = given.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).map(|at| at.as_secs());
    given.is_some_and(|at| (modified..=unix_seconds()).contains(&at))
}
