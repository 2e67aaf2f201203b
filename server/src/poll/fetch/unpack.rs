//! Bodies that are still compressed when the client hands them over: gzip that no header names or that is called
//! `x-gzip` (RFC 9110, 8.4.1.3), gzip within gzip, and deflate without its zlib wrapper, as some servers send it.
//!
//! The limit on decompressed bytes holds here as well. What is not compressed is given back as it came.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder};

const GZIP: [u8; 2] = [0x1f, 0x8b];
/// Who packs twice does so by mistake; three times nobody does.
const LAYERS: usize = 2;

/// The bytes without their wrapping; `coding` is what the answer still says of it.
///
/// # Errors
/// Why they cannot be had, in one sentence.
pub(super) fn unpack(mut bytes: Vec<u8>, coding: Option<&[u8]>, most: usize) -> Result<Vec<u8>, String> {
    for _ in 0..LAYERS {
        if !bytes.starts_with(&GZIP) {
            break;
        }
        bytes = inflate(MultiGzDecoder::new(&bytes[..]), most)?
            .ok_or("the answer is compressed and could not be decompressed")?;
    }
    if coding.is_some_and(|coding| coding.eq_ignore_ascii_case(b"deflate"))
        && let Some(plain) = inflate(DeflateDecoder::new(&bytes[..]), most)?
    {
        return Ok(plain);
    }
    Ok(bytes)
}

/// What comes out; nothing if it is something else.
fn inflate(from: impl Read, most: usize) -> Result<Option<Vec<u8>>, String> {
    let mut bytes = Vec::new();
    let read = from.take(most as u64 + 1).read_to_end(&mut bytes);
    if bytes.len() > most {
        return Err(format!("larger than {most} bytes"));
    }
    Ok(read.is_ok().then_some(bytes))
}
