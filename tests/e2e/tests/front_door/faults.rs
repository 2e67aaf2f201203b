//! One broken origin is its own trouble: the others are read, the process ends well and in time.

use std::time::Duration;

use e2e::{House, Summary, rss};
use origin::{Answer, Origin};

#[tokio::test]
async fn broken_documents_and_hanging_origins_do_not_stop_the_others() {
    let origin = Origin::start().await;
    let feed = || rss("amt", &[("NOOTS im Amt", "Ein Register."), ("E-Akte im Amt", "Ohne Papier.")]);
    let good = || Answer::body(feed(), "application/rss+xml");
    origin.at("/good.xml").then(good());
    origin.at("/gzip.xml").then(good().gzipped());
    origin.at("/slow.xml").then(good().slow(200, Duration::from_millis(20)));
    origin.at("/moved.xml").then(Answer::redirect(&origin.url("/good.xml")));
    origin.at("/lie.xml").then(good().header("Content-Encoding", "gzip"));
    let read = ["/good.xml", "/gzip.xml", "/slow.xml", "/moved.xml", "/lie.xml"];
    origin.at("/silent.xml").then(Answer::silence());
    origin.at("/endless.xml").then(Answer::body("<rss><channel><item/>", "application/rss+xml").endless());
    origin.at("/reset.xml").then(good().reset_after(40));
    origin.at("/loop.xml").then(Answer::redirect(&origin.url("/loop.xml")));
    origin.at("/page.xml").serve("<!doctype html><title>Seite nicht gefunden</title>", "text/html");
    origin.at("/error.xml").then(500);
    origin.at("/raw.xml").then(Answer::raw("kein HTTP\r\n\r\n"));
    let failing = ["/silent.xml", "/endless.xml", "/reset.xml", "/loop.xml", "/page.xml", "/error.xml", "/raw.xml"];

    let house = House::new("idle_timeout = \"1s\"\ntimeout = \"5s\"\nmax_bytes = 1000000");
    let sources: Vec<_> = failing
        .iter()
        .chain(&read)
        .map(|path| (path.trim_matches('/').to_owned(), origin.url(path), "format = \"feed\""))
        .collect();
    house.publisher("proben", &[], &sources);

    let poll = house.poll(&[]).await;
    let expected = Summary { visited: 12, unchanged: 0, new: 10, changed: 0, failed: 7 };
    assert_eq!(poll.summary, expected, "{}", poll.log);
    assert!(poll.took < Duration::from_secs(30), "{:?}", poll.took);
}

#[tokio::test]
async fn a_truncated_document_is_not_taken_for_the_whole() {
    let origin = Origin::start().await;
    let feed = rss("amt", &[("NOOTS im Amt", "Ein Register."), ("E-Akte im Amt", "Ohne Papier.")]);
    let answer = Answer::body(feed.clone(), "application/rss+xml");
    origin.at("/feed.xml").then(answer.clone().truncated_after(feed.len() - 120)).then(answer);
    let house = House::new("");
    house.publisher("probe", &[], &[("probe".to_owned(), origin.url("/feed.xml"), "")]);
    assert_eq!(house.poll(&[]).await.summary.failed, 1);
    let again = house.poll(&[]).await;
    assert_eq!((again.summary.new, again.summary.failed), (2, 0), "{}", again.log);
    let conditional: Vec<_> = origin.requests("/feed.xml").iter().map(origin::Request::is_conditional).collect();
    assert_eq!(conditional, [false, false], "validators of a document that was not read are not kept");
}
