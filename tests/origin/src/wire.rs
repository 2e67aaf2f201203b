//! HTTP/1.1 on the wire, as little of it as a test's client needs, by hand: a library would repair what
//! the tests want broken.

use std::io;
use std::time::{Duration, Instant, SystemTime};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

use crate::answer::{Answer, Delivery};

/// A connection, plain or secured.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {
    /// Makes the end of the connection a reset.
    fn resets(&self) -> io::Result<()>;
}

impl Stream for TcpStream {
    fn resets(&self) -> io::Result<()> {
        self.set_zero_linger()
    }
}

impl Stream for TlsStream<TcpStream> {
    fn resets(&self) -> io::Result<()> {
        self.get_ref().0.set_zero_linger()
    }
}

const MAX_HEAD: usize = 64 * 1024;

/// A request as it came in.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET`, `HEAD`, …
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Headers in their order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// What it carried.
    pub body: Vec<u8>,
    /// When its head was complete.
    pub at: Instant,
}

impl Request {
    /// The first header of that name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Whether the client sent a validator of an earlier answer.
    #[must_use]
    pub fn is_conditional(&self) -> bool {
        self.header("if-none-match").or_else(|| self.header("if-modified-since")).is_some()
    }

    pub(crate) fn parse(head: &str) -> Option<Self> {
        let mut lines = head.split("\r\n");
        let mut first = lines.next()?.split(' ');
        let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
        Some(Request { method, path, headers, body: Vec::new(), at: Instant::now() })
    }
}

/// Reads the next request of a connection; `None` when the client has gone or sends what is not HTTP.
/// `kept` holds bytes that came early.
pub(crate) async fn read(stream: &mut impl Stream, kept: &mut Vec<u8>) -> Option<Request> {
    let end = loop {
        if let Some(end) = kept.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if kept.len() > MAX_HEAD || stream.read_buf(kept).await.ok()? == 0 {
            return None;
        }
    };
    let mut request = Request::parse(&String::from_utf8_lossy(&kept[..end]))?;
    kept.drain(..end + 4);
    let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    while kept.len() < length {
        if stream.read_buf(kept).await.ok()? == 0 {
            return None;
        }
    }
    request.body = kept.drain(..length).collect();
    Some(request)
}

/// Sends an answer; true if the connection may carry another.
pub(crate) async fn write(stream: &mut impl Stream, request: &Request, answer: &Answer) -> io::Result<bool> {
    let body: &[u8] = if request.method == "HEAD" { &[] } else { &answer.body };
    match answer.delivery {
        Delivery::Raw => {
            stream.write_all(&answer.body).await?;
            stream.shutdown().await?;
            return Ok(false);
        }
        Delivery::RawDribble { piece, pause } => {
            dribble(stream, &answer.body, piece, pause).await?;
            stream.shutdown().await?;
            return Ok(false);
        }
        Delivery::Silence => {
            // Until the client gives up: then there is something to read, or the end.
            let _ = stream.read(&mut [0; 16]).await?;
            return Ok(false);
        }
        _ => stream.write_all(head(answer).as_bytes()).await?,
    }
    match answer.delivery {
        Delivery::Dribble { piece, pause } => dribble(stream, body, piece, pause).await?,
        Delivery::Reset { after } => {
            stream.write_all(&body[..after.min(body.len())]).await?;
            stream.flush().await?;
            stream.resets()?;
            return Ok(false);
        }
        Delivery::Truncated { after } => {
            stream.write_all(&body[..after.min(body.len())]).await?;
            stream.shutdown().await?;
            return Ok(false);
        }
        Delivery::Endless => loop {
            let block = if body.is_empty() { b" ".as_slice() } else { body };
            stream.write_all(block).await?;
        },
        _ => stream.write_all(body).await?,
    }
    stream.flush().await?;
    Ok(!request.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close")))
}

async fn dribble(stream: &mut impl Stream, bytes: &[u8], piece: usize, pause: Duration) -> io::Result<()> {
    for (nth, bytes) in bytes.chunks(piece).enumerate() {
        // Whoever has the last piece has the answer, which must not seem to be under way any longer.
        if nth > 0 {
            tokio::time::sleep(pause).await;
        }
        stream.write_all(bytes).await?;
        stream.flush().await?;
    }
    Ok(())
}

fn head(answer: &Answer) -> String {
    let mut head = format!("HTTP/1.1 {} {}\r\n", answer.status, reason(answer.status));
    head.push_str(&format!("Date: {}\r\n", httpdate::fmt_http_date(SystemTime::now())));
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if answer.delivery == Delivery::Endless {
        head.push_str("Connection: close\r\n");
    } else if answer.status != 304 && answer.value("Content-Length").is_none() {
        head.push_str(&format!("Content-Length: {}\r\n", answer.body.len()));
    }
    head + "\r\n"
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Whatever",
    }
}
