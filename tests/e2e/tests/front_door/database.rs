//! The database's server is killed and comes back: what is known is read on, what is new is kept later, nothing is lost
//! and nothing is there twice.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use e2e::{Cluster, House, Listener, Serving, rss};
use origin::Origin;
use tokio::task::JoinSet;

const FEEDS: usize = 8;
const TOKEN: &str = "nur-fuer-diesen-versuch-da";
/// The questions of a thousand desks.
const KNOWN: [&str; 4] = ["/api/v1/items", "/api/v1/items?state=BUND&limit=5", "/feeds/atom.xml", "/feeds/feed.json"];

fn feed(nth: usize, items: usize) -> String {
    let titles: Vec<_> =
        (0..items).rev().map(|item| format!("NOOTS: Bericht {nth}.{item} der Beispielstelle")).collect();
    let items: Vec<_> = titles.iter().map(|title| (title.as_str(), "Register werden angebunden.")).collect();
    rss(&format!("amt-{nth}"), &items)
}

/// Asks again and again until it is so; every question is a round trip, and there is a limit.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let waited = async { while !is_so().await {} };
    let waited = tokio::time::timeout(Duration::from_secs(90), waited).await;
    assert!(waited.is_ok(), "not within 90 s: {what}");
}

async fn total(server: &Serving) -> u64 {
    server.get("/api/v1/items").await.json()["total"].as_u64().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_killed_and_comes_back_costs_nothing_that_was_kept() {
    let Some(cluster) = Cluster::start() else {
        eprintln!("skipped: there is no PostgreSQL on this machine");
        return;
    };
    let origin = Origin::start().await;
    for nth in 0..FEEDS {
        origin.at(&format!("/{nth}.xml")).serve(feed(nth, 3), "application/rss+xml");
    }
    let house = House::sharing(&cluster.url, &format!("concurrency = 4\n[http]\nadmin_token = \"{TOKEN}\""));
    let sources: Vec<_> =
        (0..FEEDS).map(|nth| (format!("amt-{nth}"), origin.url(&format!("/{nth}.xml")), "every = \"1h\"")).collect();
    house.publisher("aemter", &["BUND"], &sources);
    let server = house.serve_after("").await;
    until("all items are there", async || total(&server).await == 3 * FEEDS as u64).await;
    let mut listener = Listener::connect(&server, "/api/v1/stream").await;
    assert!(listener.hears("retry:").await);
    let mut known = Vec::new();
    for path in KNOWN {
        known.push((path, server.get(path).await));
    }

    // In the middle of visits that bring something new.
    for nth in 0..FEEDS {
        origin.at(&format!("/{nth}.xml")).serve(feed(nth, 5), "application/rss+xml");
    }
    let ids: Vec<_> = (0..FEEDS).map(|nth| format!("amt-{nth}")).collect();
    let server = Arc::new(server);
    let mut visiting = JoinSet::new();
    for id in ids.clone() {
        let server = Arc::clone(&server);
        visiting.spawn(async move { server.visit(&id, TOKEN).await.status });
    }
    origin.asked("/3.xml", 2).await;
    cluster.kill();
    let begun = Instant::now();
    until("it is seen that the store is away", async || server.get("/readyz").await.status == 503).await;
    for (path, before) in &known {
        let now = server.get(path).await;
        assert_eq!(now.status, 200, "{path} is known: {now:?}");
        assert!(now.body == before.body || now.json()["total"].as_u64() > Some(3 * FEEDS as u64), "{path}");
    }
    // What was never asked is answered, or refused in order.
    let unknown = server.get("/api/v1/items?q=beispielstelle&limit=7").await;
    assert!(unknown.status == 200 || unknown.status == 503 && unknown.header("retry-after") == "5", "{unknown:?}");
    let metrics = server.get("/metrics").await;
    assert!(metrics.status == 200 && metrics.body.contains("\namtsticker_store_up 0\n"), "{}", metrics.body);
    assert_eq!(server.get("/healthz").await.status, 200);

    cluster.go_on();
    assert!(begun.elapsed() < Duration::from_secs(60), "back within a minute: {:?}", begun.elapsed());
    while let Some(visited) = visiting.join_next().await {
        assert!([200, 503].contains(&visited.unwrap()), "what could not be kept is said to be so");
    }
    until("the store is there again", async || server.get("/readyz").await.status == 200).await;
    for id in &ids {
        let visited = server.visit(id, TOKEN).await;
        assert_eq!(visited.json()["failed"], 0, "{id}: {visited:?}");
    }
    until("what came meanwhile is there", async || total(&server).await == 5 * FEEDS as u64).await;
    let items = server.all_items("").await;
    let different: BTreeSet<_> = items.iter().map(|item| item["id"].to_string()).collect();
    assert_eq!((items.len(), different.len()), (5 * FEEDS, 5 * FEEDS), "nothing is lost, nothing is there twice");
    assert!(listener.hears("Bericht 7.4").await, "a stream outlives the outage");

    let log = server.log();
    let said = |words: &str| log.lines().filter(|line| line.contains(words)).count();
    assert!(said("the store fails, visits rest") <= 2, "said once, not each second:\n{log}");
    assert!(said("ERROR") < 60, "{} errors in the log:\n{log}", said("ERROR"));
    let server = Arc::into_inner(server).expect("nobody else has it any more");
    assert!(server.stop().await, "and it ends in peace");
}
