//! What the origin says to one request: a document like any site's, or one of the ways in which sites fail.
//!
//! A document carries `ETag` and `Last-Modified` unless told otherwise and answers 304 to whoever sends one
//! of them back (RFC 9110, 13.1), so a client that asks politely is treated as by a well-kept server.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::replay::guess_media_type;
use crate::wire::Request;

/// One step of a script.
#[derive(Clone, Debug)]
pub struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) delivery: Delivery,
    pub(crate) conditional: bool,
    pub(crate) repeats: bool,
    /// A cookie without which nobody is let in.
    pub(crate) wall: Option<String>,
}

/// How the bytes travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// All at once, with their length.
    Whole,
    /// In small pieces with pauses between them.
    Dribble { piece: usize, pause: Duration },
    /// The body is the whole answer, and comes in pieces.
    RawDribble { piece: usize, pause: Duration },
    /// So many bytes, then the connection is reset (TCP RST).
    Reset { after: usize },
    /// So many bytes of those announced, then the connection ends as if that were all.
    Truncated { after: usize },
    /// The body again and again until the client leaves.
    Endless,
    /// The body is the whole answer, status line and all.
    Raw,
    /// Not a byte, for ever.
    Silence,
}

impl Answer {
    /// A document: 200, with validators.
    #[must_use]
    pub fn body(bytes: impl Into<Vec<u8>>, media_type: &str) -> Self {
        let mut answer = Answer::status(200);
        answer.headers = vec![("Content-Type".to_owned(), media_type.to_owned())];
        answer.body = bytes.into();
        answer.conditional = true;
        answer
    }

    /// A file as a document, its media type guessed from content and name.
    ///
    /// # Panics
    /// If the file cannot be read: a test without its fixture is a broken test.
    #[must_use]
    pub fn file(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let bytes = fs::read(path).unwrap_or_else(|error| panic!("fixture {}: {error}", path.display()));
        let media_type = guess_media_type(path, &bytes);
        Answer::body(bytes, media_type)
    }

    /// A status with the kind of page that goes with it. Errors come with an HTML page, as content management
    /// systems send them: a reader that looks at the body alone is led astray, and that is the point.
    #[must_use]
    pub fn status(status: u16) -> Self {
        let page = format!("<!doctype html><title>{status}</title><h1>{status}</h1><p>Bitte später wiederkommen.</p>");
        let body = if status >= 400 { page.into_bytes() } else { Vec::new() };
        let headers = vec![("Content-Type".to_owned(), "text/html; charset=utf-8".to_owned())];
        Answer { status, headers, body, delivery: Delivery::Whole, conditional: false, repeats: false, wall: None }
    }

    /// 302 to another address.
    #[must_use]
    pub fn redirect(location: &str) -> Self {
        Answer::status(302).header("Location", location)
    }

    /// 301 to another address: the source has moved for good.
    #[must_use]
    pub fn moved(location: &str) -> Self {
        Answer::status(301).header("Location", location)
    }

    /// The document of the step before, unchanged: 304 to whoever sends its validators, 200 to others.
    #[must_use]
    pub fn unchanged() -> Self {
        Answer { repeats: true, ..Answer::status(200) }
    }

    /// These bytes are the whole answer, status line and all; then the connection ends.
    #[must_use]
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Answer { body: bytes.into(), delivery: Delivery::Raw, ..Answer::status(200) }
    }

    /// Takes the request and never answers.
    #[must_use]
    pub fn silence() -> Self {
        Answer { delivery: Delivery::Silence, ..Answer::status(200) }
    }

    /// In pieces of so many bytes with a pause between them.
    #[must_use]
    pub fn slow(mut self, piece: usize, pause: Duration) -> Self {
        let piece = piece.max(1);
        self.delivery = match self.delivery {
            // Of a raw answer the status line comes slowly, too.
            Delivery::Raw => Delivery::RawDribble { piece, pause },
            _ => Delivery::Dribble { piece, pause },
        };
        self
    }

    /// Resets the connection after so many bytes of the body.
    #[must_use]
    pub fn reset_after(mut self, bytes: usize) -> Self {
        self.delivery = Delivery::Reset { after: bytes };
        self
    }

    /// Announces the whole body, sends so many bytes of it and closes.
    #[must_use]
    pub fn truncated_after(mut self, bytes: usize) -> Self {
        self.delivery = Delivery::Truncated { after: bytes };
        self
    }

    /// Sends the body over and over and never ends.
    #[must_use]
    pub fn endless(mut self) -> Self {
        self.delivery = Delivery::Endless;
        self
    }

    /// Compresses the body and says so. To lie, leave the body and set the header: `.header("Content-Encoding", "gzip")`;
    /// to keep silent about it, compress with [`crate::gzip()`] and serve the result.
    #[must_use]
    pub fn gzipped(mut self) -> Self {
        self.body = crate::gzip(&self.body);
        self.header("Content-Encoding", "gzip")
    }

    /// Sets a header, in place of one of that name. An empty value takes the header away.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Only for who has a cookie of this name; the others get it, and are sent to where they are, as sites of the
    /// Government Site Builder do.
    #[must_use]
    pub fn behind_a_cookie_wall(mut self, name: &str) -> Self {
        self.wall = Some(name.to_owned());
        self
    }

    /// What stands in the way of this request, if something does.
    pub(crate) fn wall_for(&self, request: &Request) -> Option<Answer> {
        let name = self.wall.as_ref()?;
        let has = request.header("cookie").is_some_and(|cookies| {
            cookies.split(';').any(|cookie| cookie.trim().split('=').next() == Some(name.as_str()))
        });
        (!has).then(|| Answer::redirect(&request.path).header("Set-Cookie", &format!("{name}=1; Path=/; HttpOnly")))
    }

    /// Without `ETag` and `Last-Modified`, and so never a 304.
    #[must_use]
    pub fn without_validators(mut self) -> Self {
        self.conditional = false;
        self
    }

    /// Adds the validators of the script's step `step`, unless the test has set its own.
    pub(crate) fn at_step(mut self, step: usize) -> Self {
        if self.conditional {
            if self.value("ETag").is_none() {
                self.headers.push(("ETag".to_owned(), format!("\"{:016x}\"", fnv(&self.body))));
            }
            if self.value("Last-Modified").is_none() {
                let (hour, minute) = (step / 60 % 24, step % 60);
                let modified = format!("Thu, 01 Jan 2026 {hour:02}:{minute:02}:00 GMT");
                self.headers.push(("Last-Modified".to_owned(), modified));
            }
        }
        self.headers.retain(|(_, value)| !value.is_empty());
        self
    }

    /// Whether the client has this very document already. `If-None-Match` wins over `If-Modified-Since`,
    /// which must be byte for byte the date we sent, as nginx has it by default.
    pub(crate) fn is_known_to(&self, request: &Request) -> bool {
        if !self.conditional || self.status != 200 {
            return false;
        }
        if let Some(asked) = request.header("if-none-match") {
            let Some(etag) = self.value("ETag") else { return false };
            let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
            return asked.trim() == "*" || asked.split(',').any(|tag| bare(tag) == bare(etag));
        }
        request.header("if-modified-since").is_some_and(|asked| Some(asked) == self.value("Last-Modified"))
    }

    /// The 304 that goes with this document: its headers without those of the body (RFC 9110, 15.4.5).
    pub(crate) fn not_modified(&self) -> Answer {
        let mut answer = Answer::status(304);
        answer.headers = self.headers.clone();
        answer.headers.retain(|(name, _)| !name.to_ascii_lowercase().starts_with("content-"));
        answer
    }

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// A status; 304 is [`Answer::unchanged`].
impl From<u16> for Answer {
    fn from(status: u16) -> Self {
        if status == 304 { Answer::unchanged() } else { Answer::status(status) }
    }
}

/// FNV-1a: the same document has the same tag in every run.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
