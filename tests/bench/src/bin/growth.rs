//! What answers cost that nobody remembers, however much is kept: `cargo run --release -p bench --bin bench-growth --
//! BINARY [ITEMS…]`, or `cargo xtask bench`. A store of 300 sources grows from 5,000 over 50,000 to 500,000 relevant
//! items; at each size a server answers lists, filters, searches and counts, each asked for once. At the last size
//! come ten thousand filters at once, and kept answers while a thousand items arrive each second.
//!
//! The targets: flat within a factor of two from first to last; 1,500 distinct filters a second with p99 under 20 ms,
//! client and server on the same cores; p99 of kept answers under 10 ms while items arrive, and no page of two states.
//! Refuses: to fail where a target is missed; a busy machine is no regression.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool at the workbench that prints what it measured")]

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

use bench::client::{Client, Server, percentile};
use bench::stock::{Dice, Stock, TOPICS};
use model::{Batch, Change, Judged, Moment, State};
use store::{Pick, Store};

const SIZES: [usize; 3] = [5_000, 50_000, 500_000];
const STOCK: Stock = Stock { sources: 300, every: 1 };
/// Questions of each sort, each another.
const ASKED: usize = 400;
const COLD: usize = 10_000;
const CLIENTS: usize = 8;
/// How long items arrive, and how many a second.
const ARRIVING: Duration = Duration::from_secs(10);
const A_SECOND: usize = 1_000;
const BATCH: usize = 50;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(binary) = arguments.next().map(PathBuf::from) else {
        println!("skipped: no binary was named");
        return;
    };
    let sizes: Vec<usize> = arguments.filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    let folder = std::env::temp_dir().join("amtsticker-bench-growth");
    catalogue(&folder);
    println!("{:>8}  {:<9} {:>8} {:>8}  in milliseconds, {ASKED} questions each", "items", "", "p50", "p99");
    for size in &sizes {
        let store = Store::open(&folder.join("data/amtsticker.db")).await.unwrap();
        STOCK.fill(&store, *size).await.unwrap();
        store.close().await;
        let server = serve(&binary, &folder);
        let mut client = Client::connect(server.address).unwrap();
        let begin = Instant::now();
        client.get("/api/v1/items?limit=3").unwrap();
        println!("{size:>8}  the first answer took {:.0} ms", begin.elapsed().as_secs_f64() * 1e3);
        for (name, questions) in sorts() {
            let mut times: Vec<Duration> = questions.iter().map(|path| client.get(path).unwrap().0).collect();
            println!("{size:>8}  {name:<9} {:>8.2} {:>8.2}", percentile(&mut times, 0.5), percentile(&mut times, 0.99));
        }
        if Some(size) == sizes.last() {
            cold(server.address);
            arriving(server.address, &folder).await;
            println!("the server took {:.0} MB at most", server.megabytes("VmHWM").unwrap_or_default());
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
}

/// A catalogue of the stock's sources, none of which is visited.
fn catalogue(folder: &Path) {
    let sources = folder.join("catalogue/sources");
    std::fs::create_dir_all(&sources).unwrap();
    std::fs::create_dir_all(folder.join("data")).unwrap();
    let mut text = "id = \"amt\"\nname = \"Amt\"\nhome = \"https://amt.example/\"\n".to_owned();
    for id in STOCK.sources().into_iter().map(|source| source.id).chain(["strom".to_owned()]) {
        text += &format!("[[source]]\nid = \"{id}\"\nurl = \"https://{id}.example/rss\"\nenabled = false\n");
    }
    std::fs::write(sources.join("amt.toml"), text).unwrap();
}

fn serve(binary: &Path, folder: &Path) -> Server {
    let (data, catalogue) = (folder.join("data"), folder.join("catalogue"));
    let arguments = ["serve", "--data", data.to_str().unwrap(), "--catalogue", catalogue.to_str().unwrap()];
    Server::start(binary, &arguments).unwrap()
}

/// Questions by sort. Each is another, so that none is remembered.
fn sorts() -> [(&'static str, Vec<String>); 4] {
    let list = |n: usize| format!("/api/v1/items?limit={}&stories={}", 1 + n % 200, n / 200 % 2);
    let word = |n: usize| format!("/api/v1/items?q=wort{}", 40 + 13 * n);
    // Over periods that hold up to all there is.
    let counts = |n: usize| format!("/api/v1/items?limit=1&since={}d&kind={}", 3 * n + 1, ["news", "event"][n % 2]);
    [
        ("listing", (0..ASKED).map(list).collect()),
        ("filter", filters(ASKED, 0xf117)),
        ("search", (0..ASKED).map(word).collect()),
        ("facets", (0..ASKED).map(counts).collect()),
    ]
}

/// So many different filters over state, topic, source and kind.
fn filters(many: usize, seed: u64) -> Vec<String> {
    let mut dice = Dice(seed);
    let (mut seen, mut list) = (HashSet::new(), Vec::new());
    while list.len() < many {
        let mut path = "/api/v1/items?".to_owned();
        let states: Vec<&str> = (0..dice.roll(3)).map(|_| State::ALL[dice.roll(18)].code()).collect();
        let topics: Vec<&str> = (0..dice.roll(3)).map(|_| TOPICS[dice.zipf(14)]).collect();
        path += &format!("state={}&topic={}", states.join(","), topics.join(","));
        if dice.roll(3) == 0 {
            path += &format!("&source=quelle-{}", dice.zipf(300));
        }
        path += ["", "&kind=news", "&kind=event"][dice.roll(3)];
        path += ["", "&stories=1"][dice.roll(2)];
        if seen.insert(path.clone()) {
            list.push(path);
        }
    }
    list
}

/// All of them at once, by a few clients.
fn cold(address: SocketAddr) {
    let questions = filters(COLD, 0xc01d);
    let begin = Instant::now();
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let ask = |mine: Vec<&String>| {
            let mut client = Client::connect(address).unwrap();
            mine.into_iter().map(|path| client.get(path).unwrap().0).collect::<Vec<_>>()
        };
        let clients: Vec<_> = (0..CLIENTS)
            .map(|nth| questions.iter().skip(nth).step_by(CLIENTS).collect())
            .map(|mine| scope.spawn(move || ask(mine)))
            .collect();
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    });
    let rate = COLD as f64 / begin.elapsed().as_secs_f64();
    let (p50, p99) = (percentile(&mut times, 0.5), percentile(&mut times, 0.99));
    println!(
        "{COLD} different filters, {CLIENTS} clients: {rate:.0} a second (target 1500), p50 {p50:.2} ms, p99 {p99:.2} ms (target 20)"
    );
}

/// Kept answers are asked for while items arrive, in batches that a page shows whole or not at all.
async fn arriving(address: SocketAddr, folder: &Path) {
    let store = Store::open(&folder.join("data/amtsticker.db")).await.unwrap();
    let done = AtomicBool::new(false);
    let (begin, paths) = (Instant::now(), ["/api/v1/items", "/api/v1/items?state=HH&stories=1", "/panel"]);
    let (mut times, mixed, pages, batches) = std::thread::scope(|scope| {
        let done = &done;
        let asking: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(move || {
                    let mut client = Client::connect(address).unwrap();
                    let mut times = Vec::new();
                    while !done.load(Relaxed) {
                        times.extend(paths.iter().map(|path| client.get(path).unwrap().0));
                        std::thread::sleep(Duration::from_millis(2));
                    }
                    times
                })
            })
            .collect();
        let looking = scope.spawn(move || {
            let (mut client, mut pages, mut mixed) = (Client::connect(address).unwrap(), 0, 0);
            while !done.load(Relaxed) {
                let (_, body) = client.get(&format!("/api/v1/items?source=strom&limit={BATCH}")).unwrap();
                (pages, mixed) = (pages + 1, mixed + usize::from(is_mixed(&String::from_utf8_lossy(&body))));
                std::thread::sleep(Duration::from_millis(5));
            }
            (pages, mixed)
        });
        let keeping = scope.spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(keep(&store, begin))
        });
        let batches = keeping.join().unwrap();
        done.store(true, Relaxed);
        let times: Vec<Duration> = asking.into_iter().flat_map(|client| client.join().unwrap()).collect();
        let (pages, mixed) = looking.join().unwrap();
        (times, mixed, pages, batches)
    });
    let rate = (batches * BATCH) as f64 / begin.elapsed().as_secs_f64();
    let (count, p50, p99) = (times.len(), percentile(&mut times, 0.5), percentile(&mut times, 0.99));
    println!(
        "while {rate:.0} items a second arrive: {count} kept answers, p50 {p50:.2} ms, p99 {p99:.2} ms (target 10); {mixed} of {pages} pages mixed (target 0)"
    );
}

/// Keeps a batch each time it is due, for as long as items are to arrive; how many that were.
async fn keep(store: &Store, begin: Instant) -> usize {
    let mut batches = 0;
    while begin.elapsed() < ARRIVING {
        let due = Duration::from_secs_f64((batches * BATCH) as f64 / A_SECOND as f64);
        tokio::time::sleep(due.saturating_sub(begin.elapsed())).await;
        let now = Moment::from_ms(bench::stock::now().ms() + batches as i64 * 1000);
        let changes = (0..BATCH).map(|n| Change::New(item(batches, n, now))).collect();
        let lease = store.lease(Pick::Named(&["strom".to_owned()]), now, 1, 60_000).await.unwrap().remove(0);
        let batch = Batch { changes, ..Batch::default() };
        store.keep(&STOCK.visit("strom", lease.epoch), &batch, now).await.unwrap();
        batches += 1;
    }
    batches
}

/// One of a batch: its title says which.
fn item(batch: usize, n: usize, now: Moment) -> Judged {
    let id = format!("strom-{batch}-{n}");
    let item = model::Item {
        url: format!("https://strom.example/{id}"),
        title: format!("Lieferung {batch} Ende"),
        published: Some(now),
        ..STOCK.plain(&id)
    };
    Judged {
        item,
        hash: 1,
        terms: format!("lieferung {batch}"),
        marks: Vec::new(),
        evidence: String::new(),
        relevant: true,
    }
}

/// Whether a page shows parts of several batches, or counts other items than it shows.
fn is_mixed(page: &str) -> bool {
    let titles: HashSet<&str> =
        page.match_indices("Lieferung ").filter_map(|(at, _)| page[at..].split('"').next()).collect();
    let total = page.split("\"total\":").nth(1).and_then(|rest| rest.split(',').next()?.parse::<usize>().ok());
    titles.len() > 1 || total.is_some_and(|total| total % BATCH != 0)
}
