//! Two servers on one PostgreSQL database: they share the work, answer the same, and one goes on without the other.

use std::time::Duration;

use e2e::{House, Serving, rss};
use origin::Origin;

const FEEDS: usize = 24;
const ITEMS: usize = 4;

/// Ids of this run: the database may have been used before.
fn id(nth: usize) -> String {
    format!("knoten-{}-{nth}", std::process::id())
}

fn all(more: &str) -> String {
    let sources: Vec<_> = (0..FEEDS).map(id).collect();
    format!("/api/v1/items?source={}{more}", sources.join(","))
}

/// Asks until all items are there. Every question is a round trip, and there is a limit.
async fn has_all(serving: &Serving) {
    let found = async { while serving.get(&all("")).await.json()["total"] != FEEDS * ITEMS {} };
    tokio::time::timeout(Duration::from_secs(60), found).await.expect("all items within a minute");
}

/// How many visits this process made.
async fn visits(serving: &Serving) -> u64 {
    let metrics = serving.get("/metrics").await.body;
    let line = metrics.lines().find_map(|line| line.strip_prefix("amtsticker_visits_total "));
    line.and_then(|number| number.parse().ok()).expect("visits are counted")
}

#[tokio::test]
async fn two_nodes_share_the_work_and_answer_the_same() {
    let Ok(database) = std::env::var("AMTSTICKER_TEST_POSTGRES") else {
        eprintln!("skipped: AMTSTICKER_TEST_POSTGRES names no database");
        return;
    };
    let origin = Origin::start().await;
    let sources: Vec<_> =
        (0..FEEDS).map(|nth| (id(nth), origin.url(&format!("/{nth}.xml")), "every = \"1h\"")).collect();
    for nth in 0..FEEDS {
        let titles: Vec<_> = (0..ITEMS).map(|item| format!("NOOTS: Bericht {nth}.{item} der Beispielstelle")).collect();
        let items: Vec<_> = titles.iter().map(|title| (title.as_str(), "Register werden angebunden.")).collect();
        origin.at(&format!("/{nth}.xml")).serve(rss(&id(nth), &items), "application/rss+xml");
    }
    // One visit at a time, so that neither is done before the other has begun.
    let house = || {
        let house = House::sharing(&database, "concurrency = 1");
        house.publisher("knoten", &["BUND"], &sources);
        house
    };
    let (one, two) = (house(), house());
    let (one, two) = tokio::join!(one.serve(), two.serve());
    tokio::join!(has_all(&one), has_all(&two));

    for nth in 0..FEEDS {
        assert_eq!(origin.requests(&format!("/{nth}.xml")).len(), 1, "source {nth} is visited by one of them");
    }
    let (first, second) = (visits(&one).await, visits(&two).await);
    assert!(first > 0 && second > 0, "{first} and {second} visits");

    for path in [all("&limit=10"), all("&stories=1&state=BUND"), all("&q=register"), all("&sort=soonest")] {
        let (here, there) = (one.get(&path).await, two.get(&path).await);
        assert_eq!((here.status, &here.body), (200, &there.body), "{path}");
        assert_eq!(here.header("etag"), there.header("etag"), "{path}");
    }
    // A list that was begun at one goes on at the other.
    let begun = one.get(&all("&limit=10")).await.json();
    let next = begun["next"].as_str().expect("there is more").to_owned();
    let path = all(&format!("&limit=10&cursor={next}"));
    assert_eq!(two.get(&path).await.json()["items"], one.get(&path).await.json()["items"]);

    assert!(one.stop().await);
    assert_eq!(two.get("/readyz").await.status, 200);
    assert_eq!(two.get(&all("")).await.json()["total"], FEEDS * ITEMS);
    assert!(two.stop().await);
}
