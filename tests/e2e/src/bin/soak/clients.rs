//! Those who ask: an operator who wants every source visited now, readers, listeners to streams, and rude ones.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::sources::TOKEN;
use crate::{Clients, Soak};

const OPERATORS: usize = 12;
const READERS: usize = 6;
const LISTENERS: usize = 60;
const RUDE: usize = 6;

/// What readers ask for.
const PATHS: [&str; 12] = [
    "/api/v1/items?limit=50",
    "/api/v1/items?state=BUND&stories=1",
    "/api/v1/items?q=register",
    "/api/v1/items?kind=event&since=0h",
    "/api/v1/sources",
    "/api/v1/trends",
    "/feeds/atom.xml",
    "/feeds/rss.xml?topic=noots",
    "/feeds/events.ics",
    "/panel",
    "/",
    "/metrics",
];

pub(crate) fn start(soak: &Arc<Soak>) -> Clients {
    let mut clients = Clients::new();
    for nth in 0..OPERATORS {
        clients.spawn(operate(Arc::clone(soak), nth));
    }
    for nth in 0..READERS {
        clients.spawn(read(Arc::clone(soak), nth));
    }
    for nth in 0..LISTENERS {
        clients.spawn(listen(Arc::clone(soak), nth));
    }
    for nth in 0..RUDE {
        clients.spawn(be_rude(Arc::clone(soak), nth));
    }
    clients
}

/// Has one source after the other visited.
async fn operate(soak: Arc<Soak>, nth: usize) {
    for id in soak.ids.iter().cycle().skip(nth * soak.ids.len() / OPERATORS) {
        if soak.over.load(Relaxed) {
            return;
        }
        let head =
            format!("POST /admin/sources/{id}/visit HTTP/1.1\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: 0");
        count(&ask(&soak.address, &head).await, &soak, &soak.counts.visits);
    }
}

async fn read(soak: Arc<Soak>, nth: usize) {
    for (turn, path) in PATHS.iter().cycle().skip(nth * 2).enumerate() {
        if soak.over.load(Relaxed) {
            return;
        }
        let coding = ["identity", "gzip", "br"][turn % 3];
        // Now and then a question that nobody has asked before.
        let new = if turn % 5 == 0 && path.contains('?') { format!("&q=stand+{turn}") } else { String::new() };
        let head = format!("GET {path}{new} HTTP/1.1\r\nAccept-Encoding: {coding}");
        count(&ask(&soak.address, &head).await, &soak, &soak.counts.answers);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Listens for some seconds, and comes again. One in four reads nothing of what it is told.
async fn listen(soak: Arc<Soak>, nth: usize) {
    while !soak.over.load(Relaxed) {
        soak.counts.streams.fetch_add(1, Relaxed);
        let until = Duration::from_millis(3_000 + (nth as u64 * 377) % 9_000);
        let listening = async {
            let mut stream = TcpStream::connect(&soak.address).await?;
            let request = format!("GET /api/v1/stream HTTP/1.1\r\nHost: {}\r\n\r\n", soak.address);
            stream.write_all(request.as_bytes()).await?;
            if nth.is_multiple_of(4) {
                std::future::pending::<()>().await;
            }
            let mut bytes = [0; 4096];
            while stream.read(&mut bytes).await? > 0 {}
            io::Result::Ok(())
        };
        let _ = tokio::time::timeout(until, listening).await;
    }
}

/// Breaks off in mid-request, sends nonsense, or asks for much and reads nothing of it.
async fn be_rude(soak: Arc<Soak>, nth: usize) {
    let mut turn = nth;
    while !soak.over.load(Relaxed) {
        turn += 1;
        soak.counts.rude.fetch_add(1, Relaxed);
        let words: &[u8] = match turn % 4 {
            0 => b"GET /api/v1/items HT",
            1 => b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 kein HTTP",
            2 => b"GET /api/v1/items?limit=200 HTTP/1.1\r\nHost: a\r\n\r\n",
            _ => b"POST /hub HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\nhub.mode=",
        };
        let rudely = async {
            let mut stream = TcpStream::connect(&soak.address).await?;
            stream.write_all(words).await?;
            tokio::time::sleep(Duration::from_millis(300)).await;
            io::Result::Ok(())
        };
        let _ = rudely.await;
    }
}

/// One answer, to its end: its status, and whether it came whole.
async fn ask(address: &str, head: &str) -> io::Result<u16> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(format!("{head}\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes()).await?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let status = head.get(9..12).and_then(|status| status.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    let whole = length.is_none_or(|length| bytes.len() - end - 4 == length);
    if whole { Ok(status) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn count(answered: &io::Result<u16>, soak: &Soak, counter: &AtomicU64) {
    match answered {
        Ok(..=499) => counter.fetch_add(1, Relaxed),
        _ => soak.counts.bad.fetch_add(1, Relaxed),
    };
}
