//! A client of `/api/v1/stream` that reads as the bytes come.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::house::Serving;

/// One stream, and what was heard of it.
#[derive(Debug)]
pub struct Listener {
    stream: TcpStream,
    text: String,
}

impl Listener {
    /// Asks for a stream.
    ///
    /// # Panics
    /// If nobody listens.
    pub async fn connect(server: &Serving, path: &str) -> Self {
        let mut stream = TcpStream::connect(&server.address).await.expect("the server listens");
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/event-stream\r\n\r\n", server.address);
        stream.write_all(request.as_bytes()).await.expect("the server reads");
        Listener { stream, text: String::new() }
    }

    /// Reads until these words have come; false if the stream ended before.
    pub async fn hears(&mut self, words: &str) -> bool {
        while !self.text.contains(words) {
            let mut bytes = [0; 4096];
            match self.stream.read(&mut bytes).await {
                Ok(0) | Err(_) => return false,
                Ok(some) => self.text.push_str(&String::from_utf8_lossy(&bytes[..some])),
            }
        }
        true
    }

    /// All that was heard so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}
