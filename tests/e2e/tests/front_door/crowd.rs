//! More clients than anybody would like: those who ask nothing, those who ask a byte at a time, and those who are in
//! the middle of a question when the server ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

use e2e::{House, Listener, Serving, rss};
use origin::Origin;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

const IDLE: usize = 2_000;
const TRICKLING: usize = 500;
const CLIENTS: usize = 40;
const PATHS: [&str; 4] = ["/api/v1/items", "/feeds/atom.xml", "/panel", "/api/v1/items?q=register"];

async fn house(origin: &Origin, fetch: &str) -> House {
    let items = [("NOOTS im Amt", "Ein Register."), ("E-Akte im Amt", "Ohne Papier.")];
    origin.at("/feed.xml").serve(rss("amt", &items), "application/rss+xml");
    let house = House::new(fetch);
    house.publisher("amt", &["BUND"], &[("amt".to_owned(), origin.url("/feed.xml"), "")]);
    assert_eq!(house.poll(&[]).await.summary.new, 2);
    house
}

/// A connection that asks one question after the other.
struct Client {
    stream: TcpStream,
    kept: Vec<u8>,
}

impl Client {
    async fn connect(address: &str) -> std::io::Result<Self> {
        Ok(Client { stream: TcpStream::connect(address).await?, kept: Vec::new() })
    }

    async fn ask(&mut self, path: &str) -> std::io::Result<()> {
        self.stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n").as_bytes()).await
    }

    /// Reads one whole answer; nothing if it breaks off.
    async fn answer(&mut self) -> Option<u16> {
        let end = loop {
            if let Some(end) = self.kept.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            self.more().await?;
        };
        let head = String::from_utf8_lossy(&self.kept[..end]).to_ascii_lowercase();
        let length: usize = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok())?;
        while self.kept.len() < end + length {
            self.more().await?;
        }
        self.kept.drain(..end + length);
        head.get(9..12)?.parse().ok()
    }

    async fn more(&mut self) -> Option<()> {
        let read = self.stream.read_buf(&mut self.kept).await.ok()?;
        (read > 0).then_some(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asked_before_the_end_is_answered() {
    let origin = Origin::start().await;
    let house = house(&origin, "").await;
    let server = house.serve().await;
    let (ending, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let mut listener = Listener::connect(&server, "/api/v1/stream").await;
    assert!(listener.hears("retry:").await);
    let mut clients = JoinSet::new();
    for nth in 0..CLIENTS {
        let (address, ending, answered) = (server.address.clone(), Arc::clone(&ending), Arc::clone(&answered));
        clients.spawn(async move {
            let mut client = Client::connect(&address).await.expect("the server listens");
            for path in PATHS.iter().cycle().skip(nth) {
                // One in three is a new connection each time.
                if nth.is_multiple_of(3) {
                    match Client::connect(&address).await {
                        Ok(new) => client = new,
                        Err(_) => return,
                    }
                }
                let asked = client.ask(path).await.is_ok();
                // If the end was not begun after the last byte was written, the question came before it.
                let before = !ending.load(SeqCst);
                let status = client.answer().await;
                if before {
                    assert!(asked && status == Some(200), "{path} was cut: {status:?}");
                    answered.fetch_add(1, SeqCst);
                }
                if status.is_none() || !before {
                    return;
                }
            }
        });
    }
    while answered.load(SeqCst) < 10 * CLIENTS {
        assert_eq!(server.get("/healthz").await.status, 200);
        assert!(clients.try_join_next().is_none_or(|ended| ended.is_ok()), "a client was cut before the end");
    }
    ending.store(true, SeqCst);
    let (in_peace, heard) = tokio::join!(server.stop(), listener.hears("no such words"));
    assert!(in_peace && !heard, "it ends in peace, and streams with it");
    while let Some(client) = clients.join_next().await {
        client.expect("no client was cut");
    }
}

/// Raises our own limit of open files; whether so many fit.
fn room_for(files: u64) -> bool {
    let limit = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    getrlimit(Resource::Nofile).current.is_none_or(|most| most >= files)
}

async fn connections(server: &Serving) -> usize {
    let metrics = server.get("/metrics").await.body;
    let counted = metrics.lines().find_map(|line| line.strip_prefix("amtsticker_http_connections ")?.parse().ok());
    counted.expect("connections are counted")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_who_are_silent_and_five_hundred_who_trickle_keep_nobody_from_being_served() {
    if !room_for(4_096) {
        eprintln!("skipped: this process may not open as many connections");
        return;
    }
    let origin = Origin::start().await;
    let house = house(&origin, "[http]\nheader_timeout = \"8s\"").await;
    // The server raises its own limit.
    let server = house.serve_after("ulimit -S -n 256").await;
    assert_eq!(server.get("/healthz").await.status, 200);
    assert!(server.log().contains("connections at a time"), "the limits are said: {}", server.log());
    let begun = Instant::now();
    let (mut idle, mut trickling) = (Vec::new(), Vec::new());
    for _ in 0..IDLE {
        idle.push(TcpStream::connect(&server.address).await.unwrap());
    }
    for _ in 0..TRICKLING {
        trickling.push(TcpStream::connect(&server.address).await.unwrap());
    }
    let all = begun.elapsed();
    let (mut most, mut slowest) = (0, Duration::ZERO);
    for byte in b"GET /api/v1/items HTTP/1.1" {
        for stream in &trickling {
            // Who was cut by now for being slow has had its time.
            let _ = stream.try_write(&[*byte]);
        }
        for path in PATHS {
            let asked = Instant::now();
            assert_eq!(server.get(path).await.status, 200, "{path}");
            slowest = slowest.max(asked.elapsed());
        }
        most = most.max(connections(&server).await);
    }
    eprintln!("{most} connections, opened in {all:?}; the slowest answer took {slowest:?}");
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    assert!(most > (IDLE + TRICKLING) / 2, "they were there at the same time: {most}");
    // They lose their places, and those who come later find some.
    for mut stream in idle.into_iter().chain(trickling) {
        let mut answer = Vec::new();
        let _ =
            tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut answer)).await.expect("cut in time");
        assert!(!answer.starts_with(b"HTTP/1.1 200"), "nobody asked for anything");
    }
    assert!(connections(&server).await < 10);
    assert!(server.stop().await);
}
