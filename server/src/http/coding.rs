//! Content codings (RFC 9110, 8.4): which one a client takes, and how a body gets it.
//!
//! Promises: never a coding that the client refuses. A body that compression does not make smaller stays as it is.

use std::io::{Read as _, Write as _};

use axum::http::{HeaderMap, header};
use brotli::enc::BrotliEncoderParams;
use bytes::Bytes;

use super::text::{Text, unwind};

/// Bodies below this do not shrink by more than a coding's own frame.
const WORTH: usize = 512;
/// Bodies above this are compressed beside the threads that answer: some ten milliseconds would be felt by others.
const LARGE: usize = 64 << 10;
/// Best value for what is compressed once and sent many times; above it time grows faster than size shrinks.
const BROTLI: i32 = 5;
/// As small as it gets: some fifty times the time of the other, for a twelfth less.
const SMALLEST: i32 = 11;
/// Bodies above this would take the smallest coding a second and more.
const MOST: usize = 256 << 10;
/// Bytes that are decoded at a time.
const PAGE: usize = 4096;
const GZIP: u32 = 6;
/// Bytes, as a power of two, in which `br` looks for repetitions of a long text: as many megabytes as it could would be
/// more memory than the text.
const WINDOW: i32 = 18;

/// How the bytes of a body are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Coding {
    Identity,
    Gzip,
    Brotli,
}

impl Coding {
    /// The word in headers.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Coding::Identity => "identity",
            Coding::Gzip => "gzip",
            Coding::Brotli => "br",
        }
    }

    /// The coding that a client likes best among ours; of those it likes alike, the smallest.
    pub(super) fn best(request: &HeaderMap) -> Self {
        let (mut brotli, mut gzip, mut identity, mut others) = (None, None, None, None);
        for value in request.get_all(header::ACCEPT_ENCODING) {
            for part in value.to_str().unwrap_or_default().split(',') {
                let (name, weight) = weighted(part);
                let of = match name {
                    name if name.eq_ignore_ascii_case("br") => &mut brotli,
                    name if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") => &mut gzip,
                    name if name.eq_ignore_ascii_case("identity") => &mut identity,
                    "*" => &mut others,
                    _ => continue,
                };
                *of = Some(weight);
            }
        }
        // What is not named weighs what `*` does; a body as it is, if that is not said to be unwelcome, next to nothing.
        let other = others.unwrap_or(0);
        let mut best = (Coding::Identity, identity.unwrap_or(0));
        for (coding, weight) in [(Coding::Gzip, gzip.unwrap_or(other)), (Coding::Brotli, brotli.unwrap_or(other))] {
            if weight > 0 && weight >= best.1 {
                best = (coding, weight);
            }
        }
        best.0
    }

    /// The text in this coding, or nothing if it would be no smaller.
    pub(super) async fn apply(self, text: &Text) -> Option<Bytes> {
        let body = match text {
            Text::Whole(body) => body,
            Text::Wound { gzip, .. } => return self.rewind(gzip).await,
        };
        if self == Coding::Identity || body.len() < WORTH {
            return None;
        }
        let packed = if body.len() < LARGE {
            self.pack(body)
        } else {
            let body = body.clone();
            // A task that was cut off at the end of the process leaves the body as it is.
            tokio::task::spawn_blocking(move || self.pack(&body)).await.ok().flatten()
        };
        packed.filter(|packed| packed.len() < body.len()).map(Bytes::from)
    }

    /// A long text in this coding. It is there in one, and read from that, piece by piece, for the other.
    async fn rewind(self, gzip: &Bytes) -> Option<Bytes> {
        match self {
            Coding::Identity => None,
            Coding::Gzip => Some(gzip.clone()),
            Coding::Brotli => {
                let mut text = unwind(gzip);
                let params = BrotliEncoderParams { quality: BROTLI, lgwin: WINDOW, ..BrotliEncoderParams::default() };
                let pack = move || {
                    let mut out = Vec::new();
                    brotli::BrotliCompress(&mut text, &mut out, &params).ok().map(|_| Bytes::from(out))
                };
                tokio::task::spawn_blocking(pack).await.ok().flatten()
            }
        }
    }

    fn pack(self, body: &[u8]) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(body.len() / 4);
        match self {
            Coding::Identity => return None,
            Coding::Gzip => {
                let mut writer = flate2::write::GzEncoder::new(&mut out, flate2::Compression::new(GZIP));
                writer.write_all(body).and_then(|()| writer.finish().map(drop)).ok()?;
            }
            Coding::Brotli => return brotli(body, BROTLI),
        }
        Some(out)
    }
}

/// A body in `br` in as few bytes as can be, made beside the threads that answer; nothing if that is no fewer, or if it is
/// too large for that.
pub(super) async fn smaller(body: &Bytes) -> Option<Bytes> {
    let body = body.clone();
    let made = tokio::task::spawn_blocking(move || {
        let mut plain = Vec::new();
        brotli::Decompressor::new(&*body, PAGE).take(MOST as u64).read_to_end(&mut plain).ok()?;
        let least = (WORTH..MOST).contains(&plain.len()).then(|| brotli(&plain, SMALLEST)).flatten();
        least.filter(|least| least.len() < body.len())
    });
    made.await.ok().flatten().map(Bytes::from)
}

fn brotli(body: &[u8], quality: i32) -> Option<Vec<u8>> {
    let params = BrotliEncoderParams { quality, size_hint: body.len(), ..BrotliEncoderParams::default() };
    let mut out = Vec::with_capacity(body.len() / 4);
    brotli::BrotliCompress(&mut &*body, &mut out, &params).ok()?;
    Some(out)
}

/// `br;q=0.8` as its name and thousandths. What is no weight counts as one: clients that write none mean yes.
fn weighted(part: &str) -> (&str, u16) {
    let mut words = part.split(';').map(str::trim);
    let name = words.next().unwrap_or_default();
    let weight = words.find_map(|word| word.strip_prefix("q=").or_else(|| word.strip_prefix("Q=")));
    let weight = weight.and_then(|weight| weight.parse::<f32>().ok()).filter(|weight| (0.0..=1.0).contains(weight));
    (name, (weight.unwrap_or(1.0) * 1000.0) as u16)
}

#[cfg(test)]
mod tests;
