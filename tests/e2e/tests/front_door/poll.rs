//! `poll --once`: everything is stored once, and the second visit asks politely.

use e2e::{House, Summary, atom, json_feed, rss};
use origin::Origin;

fn source(origin: &Origin, id: &str, path: &str) -> (String, String, &'static str) {
    (id.to_owned(), origin.url(path), "")
}

#[tokio::test]
async fn everything_is_stored_once_and_the_second_visit_asks_conditionally() {
    let origin = Origin::start().await;
    let first = rss("amt", &[("NOOTS im Amt", "Ein Register."), ("E-Akte im Amt", "Ohne Papier.")]);
    let later =
        rss("amt", &[("KI im Amt", "Neu."), ("NOOTS im Amt", "Ein Register."), ("E-Akte im Amt", "Ohne Papier!")]);
    origin.at("/rss.xml").serve(first, "application/rss+xml").then(304).serve(later, "application/rss+xml");
    origin
        .at("/atom.xml")
        .serve(atom("land", &["OZG im Land", "BundID im Land", "CDO im Land"]), "application/atom+xml");
    origin.at("/feed.json").serve(json_feed("bund", &["Digitalcheck im Bund"]), "application/feed+json");
    let house = House::new("");
    house.publisher("presse", &[], &[source(&origin, "amt", "/rss.xml"), source(&origin, "land", "/atom.xml")]);
    house.publisher("bund", &["BUND"], &[source(&origin, "bund", "/feed.json")]);

    let poll = house.poll(&[]).await;
    let expected = Summary { visited: 3, unchanged: 0, new: 6, changed: 0, failed: 0 };
    assert_eq!(poll.summary, expected, "{}", poll.log);

    let poll = house.poll(&[]).await;
    let expected = Summary { visited: 3, unchanged: 3, new: 0, changed: 0, failed: 0 };
    assert_eq!(poll.summary, expected, "{}", poll.log);
    for path in ["/rss.xml", "/atom.xml", "/feed.json"] {
        let requests = origin.requests(path);
        let asked: Vec<_> = requests.iter().map(|request| request.header("if-none-match").is_some()).collect();
        assert_eq!(asked, [false, true], "{path}");
        assert!(requests[1].header("if-modified-since").is_some(), "{path}: both validators go back");
        let agent = requests[0].header("user-agent").unwrap_or_default();
        assert!(agent.to_lowercase().contains("amtsticker"), "who visits says so: {agent:?}");
    }

    let poll = house.poll(&["amt"]).await;
    let expected = Summary { visited: 1, unchanged: 0, new: 1, changed: 1, failed: 0 };
    assert_eq!(poll.summary, expected, "one item is new, one says something else: {}", poll.log);
    assert_eq!(origin.requests("/atom.xml").len(), 2, "only the named source is visited");
}
