//! How much memory a server takes that has much to keep: `cargo run --release -p bench --bin bench-memory -- BINARY
//! [ITEMS] [SOURCES]`, or `cargo xtask bench`. A store of 500,000 relevant items; a catalogue of 10,000 sources, all of
//! them due, on a loopback site of our own that has something new for each; readers who ask what nobody asked before
//! and what all ask. For a minute, or until every source was visited.
//!
//! The target: 150 MB resident at the most. Refuses: to fail where it is missed.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool at the workbench that prints what it measured")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use bench::client::{Client, Server};
use bench::stock::{Dice, Stock, TOPICS};
use model::{Moment, State};
use store::Store;

const ITEMS: usize = 500_000;
const SOURCES: usize = 10_000;
const MOST: Duration = Duration::from_secs(120);
const READERS: u64 = 4;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(binary) = arguments.next().map(PathBuf::from) else {
        println!("skipped: no binary was named");
        return;
    };
    let mut number = |or: usize| arguments.next().and_then(|n| n.parse().ok()).unwrap_or(or);
    let (items, sources) = (number(ITEMS), number(SOURCES));
    let folder = std::env::temp_dir().join("amtsticker-bench-memory");
    let site = site();
    write(&folder, site.address, sources);
    let store = Store::open(&folder.join("data/amtsticker.db")).await.unwrap();
    Stock { sources, every: 1 }.fill(&store, items).await.unwrap();
    store.close().await;
    let (config, data, catalogue) = (folder.join("amtsticker.toml"), folder.join("data"), folder.join("catalogue"));
    let [config, data, catalogue] = [&config, &data, &catalogue].map(|path| path.to_str().unwrap());
    let server = ["serve", "--config", config, "--data", data, "--catalogue", catalogue];
    let server = Server::start(&binary, &server).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let (done, address) = (&done, server.address);
        for reader in 0..READERS {
            scope.spawn(move || read(address, reader, sources, done));
        }
        let (begin, mut last) = (Instant::now(), 0);
        println!("{:>6} {:>8} {:>6}", "second", "visited", "MB");
        while begin.elapsed() < MOST && site.visits.load(Relaxed) < sources {
            std::thread::sleep(Duration::from_millis(200));
            let second = begin.elapsed().as_secs();
            if second >= last + 5 {
                last = second;
                let megabytes = server.megabytes("VmRSS").unwrap_or_default();
                println!("{second:>6} {:>8} {megabytes:>6.0}", site.visits.load(Relaxed));
            }
        }
        done.store(true, Relaxed);
    });
    println!(
        "{sources} sources, {items} items, {} visits while {READERS} readers ask: {:.0} MB at most (target 150)",
        site.visits.load(Relaxed),
        server.megabytes("VmHWM").unwrap_or_default()
    );
    drop(server);
    let _ = std::fs::remove_dir_all(&folder);
}

fn write(folder: &Path, site: SocketAddr, sources: usize) {
    std::fs::create_dir_all(folder.join("catalogue/sources")).unwrap();
    let mut text = "id = \"amt\"\nname = \"Amt\"\nhome = \"https://amt.example/\"\nstates = [\"HH\"]\n".to_owned();
    for n in 0..sources {
        text += &format!(
            "[[source]]\nid = \"quelle-{n}\"\nurl = \"http://{site}/{n}.xml\"\nenabled = true\nevery = \"1h\"\n"
        );
    }
    std::fs::write(folder.join("catalogue/sources/amt.toml"), text).unwrap();
    // One machine stands for as many hosts as there are sources.
    let config = "[fetch]\nallow_private = [\"127.0.0.0/8\"]\nhost_gap = \"0s\"\nhost_concurrency = 16\n\
         contact = \"bench@example.org\"\n";
    std::fs::write(folder.join("amtsticker.toml"), config).unwrap();
}

/// Asks what nobody asked before, and now and then what all ask.
fn read(address: SocketAddr, reader: u64, sources: usize, done: &AtomicBool) {
    let mut client = Client::connect(address).unwrap();
    let mut dice = Dice(0x4ead + reader);
    while !done.load(Relaxed) {
        let (state, topic) = (State::ALL[dice.roll(18)].code(), TOPICS[dice.roll(14)]);
        let path = match dice.roll(5) {
            0 => "/api/v1/items".to_owned(),
            1 => "/panel".to_owned(),
            2 => format!("/feeds/atom.xml?topic={topic}&limit={}", 1 + dice.roll(100)),
            3 => format!("/api/v1/items?q=wort{}&state={state}", dice.roll(20_000)),
            _ => format!(
                "/api/v1/items?state={state}&topic={topic}&limit={}&source=quelle-{}",
                1 + dice.roll(100),
                dice.roll(sources)
            ),
        };
        client.get(&path).unwrap();
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A site on a loopback port that has a feed at each address.
struct Site {
    address: SocketAddr,
    visits: Arc<AtomicUsize>,
}

fn site() -> Site {
    let listener = Arc::new(TcpListener::bind("127.0.0.1:0").unwrap());
    let (address, visits) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    for _ in 0..16 {
        let (listener, visits) = (Arc::clone(&listener), Arc::clone(&visits));
        // They end with the process.
        std::thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                // A client that goes away is none of ours.
                let _ = serve(stream, &visits);
            }
        });
    }
    Site { address, visits }
}

fn serve(stream: TcpStream, visits: &AtomicUsize) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut path, mut line) = (String::new(), String::new());
    while stream.read_line(&mut line)? > 2 {
        if path.is_empty() {
            path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        }
        line.clear();
    }
    let feed = path.strip_suffix(".xml").map(|name| feed(name.trim_start_matches('/')));
    visits.fetch_add(usize::from(feed.is_some()), Relaxed);
    let (status, body) = feed.map_or(("404 Not Found", String::new()), |feed| ("200 OK", feed));
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.get_mut().write_all((head + &body).as_bytes())
}

/// Five items that are about us.
fn feed(name: &str) -> String {
    let date = Moment::from_ms(bench::stock::now().ms()).date();
    let item = |n: usize| {
        format!(
            "<item><title>Kreis {name} schließt Verfahren {n} an das Register an</title><guid>{name}-{n}</guid>\
             <link>https://amt.example/{name}/{n}</link><pubDate>{date}T0{n}:00:00+01:00</pubDate><description>Die \
             Verwaltung in {name} nutzt nun die digitale Akte Nummer {n} für Anträge nach dem \
             Onlinezugangsgesetz.</description></item>"
        )
    };
    let items: String = (1..6).map(item).collect();
    format!(
        "<rss version=\"2.0\"><channel><title>{name}</title><link>https://amt.example/</link>{items}</channel></rss>"
    )
}
