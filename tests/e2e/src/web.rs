//! A client on the wire: one request, one connection, nothing followed, decoded or cached.

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// Asks for a path.
///
/// # Panics
/// If nobody listens, or what listens does not speak HTTP.
pub async fn get(address: &str, path: &str) -> Reply {
    get_with(address, path, &[]).await
}

/// Asks for a path with further headers.
///
/// # Panics
/// As [`get`].
pub async fn get_with(address: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    ask(address, "GET", path, headers).await
}

/// Asks for a path by any method, without a body.
///
/// # Panics
/// As [`get`].
pub async fn ask(address: &str, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    // HTTP/1.0: the end of the body is the end of the connection, so nothing has to be unchunked.
    let mut request = format!("{method} {path} HTTP/1.0\r\nHost: {address}\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    let mut stream = TcpStream::connect(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
    stream.write_all(request.as_bytes()).await.expect("a server that listens takes a request");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.expect("a server that answers ends its answer");
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{path}: no HTTP: {text:?}"));
    let status = head.get(9..12).and_then(|status| status.parse().ok());
    let headers = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    Reply {
        status: status.unwrap_or_else(|| panic!("{path}: no status: {head:?}")),
        headers: headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect(),
        body: body.to_owned(),
    }
}

impl Reply {
    /// The first header of that name, or nothing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {} {}", self.status, self.body))
    }
}
