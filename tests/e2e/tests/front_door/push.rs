//! What comes in goes out: to a stream and to a webhook, whichever process brought it.

use e2e::{House, Listener, rss};
use origin::Origin;
use serde_json::Value;

const RSS: &str = "application/rss+xml";
const FIRST: (&str, &str) = ("NOOTS im Amt", "Ein Register wird angebunden.");
const SECOND: (&str, &str) = ("Registermodernisierung geht weiter", "Das Amt schließt ein Register an.");

fn titles(body: &[u8]) -> Vec<String> {
    let body: Value = serde_json::from_slice(body).expect("a webhook is told JSON");
    let items = body["items"].as_array().unwrap_or_else(|| panic!("items: {body}"));
    items.iter().map(|news| news["item"]["title"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn what_any_process_brings_reaches_streams_and_webhooks() {
    let origin = Origin::start().await;
    origin.at("/feed.xml").serve(rss("amt", &[FIRST]), RSS).serve(rss("amt", &[SECOND, FIRST]), RSS);
    origin.at("/lost.xml").then(404);
    origin.at("/items").then(503).then(204);
    origin.at("/health").then(204);
    let hook = |path: &str, on: &str| {
        let url = origin.url(path);
        format!("\n[[webhook]]\nurl = \"{url}\"\non = \"{on}\"\nsecret = \"sehr geheim, nur im Test\"\n")
    };
    let house = House::new(&(hook("/items", "items") + &hook("/health", "health")));
    let source = |id: &str, path: &str| (id.to_owned(), origin.url(path), "");
    house.publisher("amt", &["BUND"], &[source("amt", "/feed.xml"), source("lost", "/lost.xml")]);
    let server = house.serve().await;
    let mut listener = Listener::connect(&server, "/api/v1/stream?last_event_id=0").await;
    assert!(listener.hears(FIRST.0).await, "{}", listener.text());
    assert!(listener.text().contains("HTTP/1.1 200") && listener.text().contains("text/event-stream"));

    origin.asked("/items", 2).await;
    let tries = origin.requests("/items");
    assert_eq!((titles(&tries[0].body), titles(&tries[1].body)), (vec![FIRST.0.to_owned()], vec![FIRST.0.to_owned()]));
    assert!(tries[1].header("x-hub-signature-256").is_some_and(|header| header.starts_with("sha256=")));
    assert_eq!(tries[0].header("x-amtsticker-delivery"), tries[1].header("x-amtsticker-delivery"), "known by its name");

    assert_eq!(house.poll(&["amt"]).await.summary.new, 1, "another process");
    assert!(listener.hears(SECOND.0).await, "{}", listener.text());
    origin.asked("/items", 3).await;
    assert_eq!(titles(&origin.requests("/items")[2].body), [SECOND.0]);

    origin.asked("/health", 1).await;
    let told: Value = serde_json::from_slice(&origin.requests("/health")[0].body).expect("JSON");
    let lost = told["sources"].as_array().and_then(|all| all.iter().find(|source| source["source"] == "lost"));
    let lost = lost.unwrap_or_else(|| panic!("a source that does not answer is told of: {told}"));
    assert_eq!((&lost["was"], &lost["state"]), (&"well".into(), &"failing".into()));

    let (stopped, heard) = tokio::join!(server.stop(), listener.hears("no such words"));
    assert!(stopped && !heard, "a stream ends with its server, and does not hold it up");
}
