//! HTTP/2 on the wire (RFC 9113), as little of it as shows that a client speaks it.
//!
//! It answers every request with what the script of [`PATH`] says and does not read which path was asked for: that
//! would take the whole of HPACK, and the test asks for one thing only. What an answer has beside status, type and
//! body does not travel.

use std::io;
use std::time::Instant;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::server::Site;
use crate::wire::{Request, Stream};

/// The path whose script answers.
pub(crate) const PATH: &str = "/h2";

const PREFACE: usize = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".len();
/// Types of frames (RFC 9113, 6).
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
/// Flags: the end of a stream or the answer to settings, and the end of a block of headers.
const END_STREAM: u8 = 1;
const ACK: u8 = 1;
const END_HEADERS: u8 = 4;
/// The most that a frame may carry unless both sides agree on more.
const LARGEST: usize = 16_384;

/// Answers until the client leaves.
pub(crate) async fn converse(mut stream: impl Stream, site: &Site) -> io::Result<()> {
    let mut preface = [0; PREFACE];
    stream.read_exact(&mut preface).await?;
    send(&mut stream, SETTINGS, 0, 0, &[]).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
        let (kind, flags) = (head[3], head[4]);
        let id = u32::from_be_bytes([head[5] & 0x7f, head[6], head[7], head[8]]);
        let mut payload = vec![0; length];
        stream.read_exact(&mut payload).await?;
        match kind {
            SETTINGS if flags & ACK == 0 => send(&mut stream, SETTINGS, ACK, 0, &[]).await?,
            PING if flags & ACK == 0 => send(&mut stream, PING, ACK, 0, &payload).await?,
            HEADERS => answer(&mut stream, site, id).await?,
            GOAWAY => return Ok(()),
            _ => {}
        }
    }
}

async fn answer(stream: &mut impl Stream, site: &Site, id: u32) -> io::Result<()> {
    let (method, path) = ("GET".to_owned(), PATH.to_owned());
    let request = Request { method, path, headers: Vec::new(), body: Vec::new(), at: Instant::now() };
    site.note(request.clone());
    let answer = site.answer(&request);
    // HPACK (RFC 7541): names from the static table, 8 is `:status` and 31 `content-type`; values as they are.
    let mut block = literal(8, &answer.status.to_string());
    block.extend(literal(31, answer.value("Content-Type").unwrap_or("text/plain")));
    send(stream, HEADERS, END_HEADERS, id, &block).await?;
    for piece in answer.body.chunks(LARGEST) {
        send(stream, DATA, 0, id, piece).await?;
    }
    send(stream, DATA, END_STREAM, id, &[]).await
}

/// A header that is not indexed, with a name from the static table (RFC 7541, 6.2.2); for values up to 126 bytes.
fn literal(name: u8, value: &str) -> Vec<u8> {
    let mut bytes = if name < 15 { vec![name] } else { vec![15, name - 15] };
    bytes.push(u8::try_from(value.len()).expect("a short value"));
    bytes.extend(value.as_bytes());
    bytes
}

async fn send(stream: &mut impl Stream, kind: u8, flags: u8, id: u32, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len()).expect("a frame is short").to_be_bytes();
    let mut frame = vec![length[1], length[2], length[3], kind, flags];
    frame.extend(id.to_be_bytes());
    frame.extend(payload);
    stream.write_all(&frame).await?;
    stream.flush().await
}
