//! The text of an answer: a short one as it is, a long one wound up in gzip (RFC 1952) while it is written.
//!
//! What is said of ten thousand sources is six megabytes, and a twentieth of that in gzip. Promises: a long text is nowhere
//! whole, neither while it is made nor kept nor sent; who takes no coding has it unwound piece by piece, and others
//! have their turn between two pieces.

use std::io::{self, Read, Write};

use axum::body::Body;
use bytes::{Buf as _, Bytes};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use futures_util::stream;

use crate::hash::digest64;

/// Longer than this is wound up: nothing that a panel or a feed reader asks for comes near it.
const LONG: usize = 1 << 20;
/// Bytes that are wound up and unwound at a time.
const PIECE: usize = 32 << 10;
/// Lists repeat themselves so much that the quickest leaves little to win.
const QUICK: Compression = Compression::fast();

#[derive(Clone, Debug)]
pub(super) enum Text {
    Whole(Bytes),
    Wound {
        gzip: Bytes,
        /// Bytes of what is wound up.
        length: u64,
    },
}

impl Text {
    /// What takes room: the text, or what it is wound up to.
    pub(super) fn kept(&self) -> &Bytes {
        match self {
            Text::Whole(kept) | Text::Wound { gzip: kept, .. } => kept,
        }
    }

    /// A number that no other text has. What a text is wound up to is another text.
    pub(super) fn digest(&self) -> u64 {
        let digest = digest64(self.kept());
        if matches!(self, Text::Wound { .. }) { !digest } else { digest }
    }

    /// The text as the body of a response.
    pub(super) fn body(&self) -> Body {
        match self {
            Text::Whole(text) => Body::from(text.clone()),
            Text::Wound { gzip, .. } => {
                let pieces = stream::try_unfold(unwind(gzip), |mut text| async {
                    tokio::task::yield_now().await;
                    let mut piece = Vec::with_capacity(PIECE);
                    (&mut text).take(PIECE as u64).read_to_end(&mut piece)?;
                    io::Result::Ok((!piece.is_empty()).then(|| (Bytes::from(piece), text)))
                });
                Body::from_stream(pieces)
            }
        }
    }
}

/// What reads the text that is wound up in these bytes.
pub(super) fn unwind(gzip: &Bytes) -> impl Read + use<> {
    GzDecoder::new(gzip.clone().reader())
}

/// A text that is being written.
#[derive(Default)]
pub(super) struct Writing {
    /// What was written last: all of it, as long as it is short.
    fresh: Vec<u8>,
    /// What was before that is wound up here.
    gzip: Option<GzEncoder<Vec<u8>>>,
    /// Bytes that are wound up.
    length: u64,
}

impl Writing {
    /// The text, in no more room than it takes.
    ///
    /// # Errors
    /// Memory takes whatever is written; only the type knows of others.
    pub(super) fn done(mut self) -> io::Result<Text> {
        if self.gzip.is_some() {
            self.wind()?;
        }
        Ok(match self.gzip {
            None => Text::Whole(fitted(self.fresh.into())),
            Some(gzip) => Text::Wound { gzip: fitted(gzip.finish()?.into()), length: self.length },
        })
    }

    /// Winds up what is fresh.
    fn wind(&mut self) -> io::Result<()> {
        let gzip = self.gzip.get_or_insert_with(|| GzEncoder::new(Vec::new(), QUICK));
        gzip.write_all(&self.fresh)?;
        self.length += self.fresh.len() as u64;
        self.fresh.clear();
        Ok(())
    }
}

impl Write for Writing {
    fn write(&mut self, some: &[u8]) -> io::Result<usize> {
        // Many small ones at a time: to begin costs the coder more than some bytes do.
        let room = if self.gzip.is_some() { PIECE } else { LONG };
        if self.fresh.len() + some.len() > room {
            self.wind()?;
            self.fresh.shrink_to(PIECE);
        }
        self.fresh.write(some)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A body in as much room as it takes: what was written bit by bit has up to twice that, and is kept for as long as
/// anybody asks for it.
pub(super) fn fitted(body: Bytes) -> Bytes {
    if !body.is_unique() {
        return body;
    }
    let mut loose = Vec::from(body);
    loose.shrink_to_fit();
    loose.into()
}

#[cfg(test)]
mod tests;
