//! What operators see: how each source fares, in the terminal, over HTTP and as metrics; and a catalogue that is read
//! again while the server runs.

use e2e::{House, rss};
use origin::{Answer, Origin};
use serde_json::Value;

/// Without dates: what is found came about now, whenever this test runs.
pub(crate) fn feed() -> String {
    let dated = rss("amt", &[("NOOTS im Amt", "Ein Register."), ("E-Akte im Amt", "Ohne Papier.")]);
    let (mut out, mut rest) = (String::new(), dated.as_str());
    while let Some((before, after)) = rest.split_once("<pubDate>") {
        out.push_str(before);
        rest = after.split_once("</pubDate>").expect("an element that ends").1;
    }
    out + rest
}

/// A good source, one that answers 404, one behind a wall, one whose page has changed, one that is gone.
fn house(origin: &Origin) -> House {
    origin.at("/good.xml").serve(feed(), "application/rss+xml");
    origin.at("/lost.xml").then(404);
    origin.at("/wall.xml").then(Answer::status(403).header("cf-mitigated", "challenge"));
    origin.at("/page").serve("<!doctype html><title>Presse</title><ul><li><a href=/a>Start</a></li></ul>", "text/html");
    origin.at("/gone.xml").then(410);
    let house = House::new("");
    let page = "format = \"html\"\nselect = { item = \"li\", link = \"a\" }\nexpect = { items = 5 }";
    let sources = [
        ("good", "/good.xml", ""),
        ("lost", "/lost.xml", ""),
        ("wall", "/wall.xml", ""),
        ("page", "/page", page),
        ("gone", "/gone.xml", ""),
    ];
    let sources: Vec<_> = sources.iter().map(|(id, path, more)| ((*id).to_owned(), origin.url(path), *more)).collect();
    house.publisher("aemter", &["BUND"], &sources);
    house
}

const EXPECTED: [(&str, &str); 5] =
    [("good", "fresh"), ("lost", "failing"), ("wall", "blocked"), ("page", "layout-changed"), ("gone", "gone")];

fn state<'a>(rows: &'a Value, id: &str) -> &'a Value {
    let rows = rows.as_array().expect("an array of sources");
    rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("{id} is missing: {rows:?}"))
}

#[tokio::test]
async fn a_check_judges_by_content_and_says_what_to_do() {
    let origin = Origin::start().await;
    let house = house(&origin);
    let (code, out) = house.check(&["--json"]).await;
    assert_eq!(code, Some(1), "an enabled source is bad: {out}");
    let rows: Value = serde_json::from_str(&out).expect("JSON");
    for (id, expected) in EXPECTED {
        let row = state(&rows, id);
        assert_eq!(row["state"], expected, "{row}");
        assert_eq!(row["advice"].is_string(), expected != "fresh", "{row}");
        assert!(row["since"].is_string(), "{row}");
    }
    let (code, table) = house.check(&["good"]).await;
    assert_eq!(code, Some(0), "{table}");
    assert!(table.contains("good") && table.contains("1 fresh") && !table.contains("lost"), "{table}");

    let serving = house.serve().await;
    let rows = serving.get("/api/v1/sources").await.json();
    for (id, expected) in EXPECTED {
        let health = &state(&rows, id)["health"];
        assert_eq!(health["state"], expected, "{health}");
        assert!(health["last_visit"].is_string() && health["next_visit"].is_string(), "{health}");
    }
    let metrics = serving.get("/metrics").await;
    assert!(metrics.header("content-type").starts_with("text/plain; version=0.0.4"), "{metrics:?}");
    for line in [
        "amtsticker_sources{state=\"failing\"} 1",
        "amtsticker_source_up{source=\"wall\"} 0",
        "amtsticker_source_up{source=\"good\"} 1",
        "amtsticker_source_state{source=\"wall\",state=\"blocked\"} 1",
        "amtsticker_items 2",
        "# TYPE amtsticker_visits_total counter",
    ] {
        assert!(metrics.body.lines().any(|found| found == line), "{line} is missing:\n{}", metrics.body);
    }
    assert_eq!(serving.get("/readyz").await.status, 200);
}

#[tokio::test]
async fn a_catalogue_is_read_again_and_one_with_a_mistake_changes_nothing() {
    let origin = Origin::start().await;
    origin.at("/one.xml").serve(feed(), "application/rss+xml");
    origin.at("/two.xml").serve(feed(), "application/rss+xml");
    let house = House::new("");
    house.publisher("eins", &[], &[("one".to_owned(), origin.url("/one.xml"), "")]);
    let (serving, mut log) = house.serve_logging().await;
    origin.asked("/one.xml", 1).await;

    house.publisher("zwei", &[], &[("two".to_owned(), origin.url("/two.xml"), "")]);
    serving.hang_up().await;
    // The new source is visited at once, and only a server that has read it again knows it.
    origin.asked("/two.xml", 1).await;
    let rows = serving.get("/api/v1/sources").await.json();
    assert_eq!(state(&rows, "two")["enabled"], true);

    // File, line, key, value, and what is allowed: the operator mends it from the log alone.
    house.publisher("drei", &[], &[("three".to_owned(), origin.url("/three.xml"), "robots = \"nie\"")]);
    serving.hang_up().await;
    let line = log.until("the catalogue stays as it was").await;
    let more = log.until("unknown variant").await;
    for (said, words) in [(line, ["sources/drei.toml", "line "]), (more, ["`nie`", "`honour`"])] {
        assert!(words.iter().all(|word| said.contains(word)), "{said}");
    }
    let rows = serving.get("/api/v1/sources").await.json();
    assert_eq!(rows.as_array().map(Vec::len), Some(2), "what is there goes on: {rows}");
    house.publisher("drei", &[], &[("three".to_owned(), origin.url("/three.xml"), "")]);
    serving.hang_up().await;
    origin.asked("/three.xml", 1).await;
    let rows = serving.get("/api/v1/sources").await.json();
    assert_eq!(rows.as_array().map(Vec::len), Some(3));
    assert!(serving.stop().await, "and ends well");
}
