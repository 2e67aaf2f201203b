//! The disk is full: what is kept is read, what is new waits, nobody crashes; and there is room again.
//!
//! What stands in for a full disk is a limit for the size of files (`RLIMIT_FSIZE`), which needs no privileges and can
//! be lifted while the process runs.

use std::time::Duration;

use e2e::{House, Serving, rss};
use origin::{Answer, Origin};
use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};

const TOKEN: &str = "nur-fuer-diesen-versuch-da";
const MANY: usize = 30;
/// Less than the write-ahead log has from the start, and more than anything else that it writes.
const FULL: u64 = 64 << 10;

fn feed(name: &str, items: usize) -> Answer {
    let titles: Vec<_> = (0..items).map(|item| format!("NOOTS: {name} berichtet, Teil {item}")).collect();
    let teaser = "Register werden angebunden. ".repeat(40);
    let items: Vec<_> = titles.iter().map(|title| (title.as_str(), teaser.as_str())).collect();
    Answer::body(rss(name, &items), "application/rss+xml")
}

/// Limits the size to which files of the server may grow.
fn limit(server: &Serving, bytes: Option<u64>) {
    let pid = Pid::from_raw(i32::try_from(server.id()).expect("a process id"));
    // Only the lower of the two limits: whoever lowers the other cannot raise it again.
    let maximum = getrlimit(Resource::Fsize).maximum;
    let limits = Rlimit { current: bytes.or(maximum), maximum };
    prlimit(pid, Resource::Fsize, limits).expect("our own child's limits are ours to set");
}

/// Asks again and again until it is so; every question is a round trip, and there is a limit.
async fn until(what: &str, server: &Serving, mut is_so: impl AsyncFnMut() -> bool) {
    let waited = async {
        while !is_so().await {
            assert_eq!(server.get("/healthz").await.status, 200);
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(60), waited).await;
    assert!(waited.is_ok(), "not within a minute: {what}\n{}", server.log());
}

#[tokio::test]
async fn a_full_disk_stops_writing_until_there_is_room() {
    let origin = Origin::start().await;
    origin.at("/klein.xml").then(feed("klein", 2));
    // It is on its way while the disk fills up.
    let (gross, pause) = (feed("gross", MANY), Duration::from_secs(4));
    origin.at("/gross.xml").then(gross.clone().slow(8 << 10, pause)).then(gross);
    origin.at("/neu.xml").then(feed("neu", 3));
    let house = House::new(&format!("[http]\nadmin_token = \"{TOKEN}\""));
    let publish = |id: &str| house.publisher(id, &["BUND"], &[(id.to_owned(), origin.url(&format!("/{id}.xml")), "")]);
    publish("klein");
    // Who writes beyond the limit is sent a signal first, which would end it.
    let server = house.serve_after("trap '' XFSZ").await;
    let total = async || server.get("/api/v1/items").await.json()["total"].as_u64();
    until("the first items are there", &server, async || total().await == Some(2)).await;
    publish("gross");
    server.hang_up().await;
    origin.asked("/gross.xml", 1).await;
    limit(&server, Some(FULL));

    let said = async || server.log().contains("the store fails, visits rest");
    until("it says that nothing can be kept", &server, said).await;
    let log = server.log();
    assert!(log.contains("disk I/O error") || log.contains("database or disk is full"), "{log}");
    assert_eq!(total().await, Some(2), "what was kept is read, and nothing by half");
    assert_eq!(server.get("/api/v1/items?q=register").await.status, 200, "what was not asked before as well");
    assert_eq!(server.get("/readyz").await.status, 200);
    assert_eq!(server.visit("gross", TOKEN).await.status, 503, "who asks for it is told");

    limit(&server, None);
    // A lease lasts half an hour; the source is due again within five minutes, and the store says so.
    until("it is given back", &server, async || waits(&server, "gross").await <= 300).await;
    let visited = server.visit("gross", TOKEN).await;
    assert_eq!((visited.json()["new"].as_u64(), visited.json()["failed"].as_u64()), (Some(MANY as u64), Some(0)));
    publish("neu");
    server.hang_up().await;
    until("visits go on", &server, async || server.log().contains("the store works again")).await;
    until("all is there", &server, async || total().await == Some(MANY as u64 + 5)).await;
    assert!(server.stop().await, "it has not crashed");
}

/// Seconds until a source is due.
async fn waits(server: &Serving, source: &str) -> u64 {
    let metrics = server.get("/metrics").await.body;
    let line = format!("amtsticker_source_next_visit_timestamp_seconds{{source=\"{source}\"}} ");
    let due: u64 = metrics.lines().find_map(|found| found.strip_prefix(&line)?.parse().ok()).expect("it is known");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock that is set");
    due.saturating_sub(now.as_secs())
}
