//! How much memory a server takes that has much to keep, stage by stage and part by part: `cargo run --release -p bench
//! --bin bench-memory -- BINARY [ITEMS] [SOURCES] [FOLDER]`, or `cargo xtask bench`. A store of 500,000 relevant items;
//! a catalogue of 10,000 sources on a loopback site of our own that has something new for each; readers who ask what
//! nobody asked before and what all ask. It starts, is read, visits every source while it is read, and is left alone.
//!
//! Where a folder is named, the store stays there, and each run takes a copy. The target: 150 MB resident at the most.
//! Refuses: to fail where it is missed.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool at the workbench that prints what it measured")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bench::client::{Client, Server};
use bench::stock::{Dice, Stock, TOPICS};
use model::{Moment, State};
use store::{Pick, Store};

const ITEMS: usize = 500_000;
const SOURCES: usize = 10_000;
/// How long the server is left alone, how long it is only read, and how long it may take to visit all.
const ALONE: Duration = Duration::from_secs(10);
const READ: Duration = Duration::from_secs(15);
const MOST: Duration = Duration::from_secs(600);
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
    let kept = arguments.next().map(PathBuf::from);
    let folder = std::env::temp_dir().join("amtsticker-bench-memory");
    // What a run left behind that was cut off: the log of another file would spoil ours.
    let _ = std::fs::remove_dir_all(&folder);
    let site = site();
    write(&folder, site.address, sources);
    fill(&folder.join("data/amtsticker.db"), kept.as_deref(), items, sources).await;
    let run = Run { server: serve(&binary, &folder), site, sources, begin: Instant::now() };
    run.measure();
    drop(run);
    let _ = std::fs::remove_dir_all(&folder);
}

/// Fills a store, or copies the one that was filled, and plans all visits for when the server was started and read.
async fn fill(file: &Path, kept: Option<&Path>, items: usize, sources: usize) {
    let filled = kept.map_or(file.to_owned(), |kept| kept.join("amtsticker.db"));
    let store = Store::open(&filled).await.unwrap();
    Stock { sources, every: 1 }.fill(&store, items).await.unwrap();
    store.close().await;
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    if filled != file {
        std::fs::copy(&filled, file).unwrap();
    }
    let store = Store::open(file).await.unwrap();
    let ids: Vec<String> = (0..sources).map(|n| format!("quelle-{n}")).collect();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    // What is overdue for long would be spread over a quarter of an hour.
    let wait = ALONE + READ + Duration::from_secs(5);
    let [now, wait] = [now, wait].map(|time| i64::try_from(time.as_millis()).unwrap());
    store.lease(Pick::Named(&ids), Moment::from_ms(now), u32::MAX, wait).await.unwrap();
    store.close().await;
}

fn serve(binary: &Path, folder: &Path) -> Server {
    let [config, data, catalogue] = ["amtsticker.toml", "data", "catalogue"].map(|name| folder.join(name));
    let [config, data, catalogue] = [&config, &data, &catalogue].map(|path| path.to_str().unwrap());
    Server::start(binary, &["serve", "--config", config, "--data", data, "--catalogue", catalogue]).unwrap()
}

/// A server that is being measured.
struct Run {
    server: Server,
    site: Site,
    sources: usize,
    begin: Instant,
}

impl Run {
    fn measure(&self) {
        Client::connect(self.server.address).unwrap().get("/api/v1/items?limit=3").unwrap();
        println!("the first answer took {:.0} ms", self.begin.elapsed().as_secs_f64() * 1e3);
        println!("{:<10} {:>6} {:>7} {:>5} {:>5} {:>5}", "megabytes", "second", "visited", "all", "heap", "files");
        let first = self.parts();
        self.stage("started", ALONE, 0);
        self.stage("read", READ, READERS);
        self.stage("visits", MOST, READERS);
        self.stage("alone", ALONE, 0);
        for (part, bytes) in self.parts() {
            let before = first.iter().find(|(name, _)| *name == part).map_or(0.0, |(_, bytes)| *bytes);
            println!("{part:<10} {:>5.1} at the beginning, {:>5.1} at the end", before / 1e6, bytes / 1e6);
        }
        let most = self.server.megabytes("VmHWM").unwrap_or_default();
        let visits = self.site.visits.load(Relaxed);
        println!(
            "{} sources, {visits} visits while {READERS} readers ask: {most:.0} MB at most (target 150)",
            self.sources
        );
    }

    /// Lets so many read for so long, or until every source was visited, and says every five seconds what it takes.
    fn stage(&self, name: &str, most: Duration, readers: u64) {
        let (done, begin) = (AtomicBool::new(false), Instant::now());
        let visited = || name == "visits" && self.site.visits.load(Relaxed) >= self.sources;
        std::thread::scope(|scope| {
            for reader in 0..readers {
                let (done, address, sources) = (&done, self.server.address, self.sources);
                scope.spawn(move || read(address, reader, sources, done));
            }
            let mut said = Instant::now();
            while begin.elapsed() < most && !visited() {
                std::thread::sleep(Duration::from_millis(200));
                if said.elapsed() >= Duration::from_secs(5) {
                    said = Instant::now();
                    self.say(name);
                }
            }
            done.store(true, Relaxed);
        });
        self.say(name);
    }

    fn say(&self, stage: &str) {
        let [all, heap, files] =
            ["VmRSS", "RssAnon", "RssFile"].map(|name| self.server.megabytes(name).unwrap_or_default());
        let (second, visits) = (self.begin.elapsed().as_secs(), self.site.visits.load(Relaxed));
        println!("{stage:<10} {second:>6} {visits:>7} {all:>5.0} {heap:>5.0} {files:>5.0}");
    }

    /// What the server says that its parts take, in bytes.
    fn parts(&self) -> Vec<(String, f64)> {
        let (_, page) = Client::connect(self.server.address).unwrap().get("/metrics").unwrap();
        let page = String::from_utf8_lossy(&page).into_owned();
        let part = |line: &str| {
            let (part, bytes) = line.strip_prefix("amtsticker_memory_bytes{part=\"")?.split_once("\"} ")?;
            Some((part.to_owned(), bytes.parse().ok()?))
        };
        page.lines().filter_map(part).collect()
    }
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
        let limit = 1 + dice.roll(100);
        let path = match dice.roll(200) {
            // Ten thousand sources are megabytes.
            0 => "/api/v1/sources".to_owned(),
            1..20 => "/api/v1/items".to_owned(),
            20..40 => "/panel".to_owned(),
            40..60 => "/feeds/rss.xml".to_owned(),
            60..70 => format!("/api/v1/trends?topic={topic}"),
            70..80 => format!("/feeds/events.ics?state={state}&topic={topic}"),
            80..110 => format!("/feeds/atom.xml?topic={topic}&limit={limit}"),
            110..150 => format!("/api/v1/items?q=wort{}&state={state}", dice.roll(20_000)),
            150..160 => format!("/panel?state={state}&topic={topic}&since={limit}d"),
            _ => {
                format!("/api/v1/items?state={state}&topic={topic}&limit={limit}&source=quelle-{}", dice.roll(sources))
            }
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
                let _ = give(stream, &visits);
            }
        });
    }
    Site { address, visits }
}

fn give(stream: TcpStream, visits: &AtomicUsize) -> std::io::Result<()> {
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
