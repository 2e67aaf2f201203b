//! What a client sees on the wire: scripts go step by step, faults are real, the record is complete.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use tokio::net::TcpStream;

use super::*;

/// One request on a connection of its own; what came back, and the error that ended it if one did.
async fn ask(origin: &Origin, path: &str, headers: &str) -> (String, Option<io::ErrorKind>) {
    let mut stream = TcpStream::connect(origin.address()).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    let error = stream.read_to_end(&mut bytes).await.err().map(|error| error.kind());
    (String::from_utf8_lossy(&bytes).into_owned(), error)
}

fn status(answer: &(String, Option<io::ErrorKind>)) -> &str {
    answer.0.get(9..12).unwrap_or("")
}

#[tokio::test]
async fn a_script_goes_step_by_step_and_its_last_step_repeats() {
    let origin = Origin::start().await;
    origin.at("/feed.xml").serve("<rss/>", "application/rss+xml").then(304).then(500);
    let first = ask(&origin, "/feed.xml", "").await;
    assert!(first.0.contains("Content-Type: application/rss+xml\r\n") && first.0.ends_with("\r\n\r\n<rss/>"));
    let tag = first.0.split("ETag: ").nth(1).unwrap().split("\r\n").next().unwrap();
    let second = ask(&origin, "/feed.xml?page=2", &format!("If-None-Match: {tag}\r\n")).await;
    assert_eq!(status(&second), "304");
    assert!(second.0.ends_with("\r\n\r\n") && !second.0.contains("Content-"));
    assert_eq!(status(&ask(&origin, "/feed.xml", "").await), "500");
    assert_eq!(status(&ask(&origin, "/feed.xml", "").await), "500");
    assert_eq!(status(&ask(&origin, "/elsewhere", "").await), "404");

    let requests = origin.requests("/feed.xml");
    assert_eq!(requests.iter().map(Request::is_conditional).collect::<Vec<_>>(), [false, true, false, false]);
    assert_eq!(origin.requests("/feed.xml?page=2").len(), 1);
    assert_eq!(origin.all_requests().len(), 5);
}

#[tokio::test]
async fn an_unchanged_document_is_sent_whole_to_who_does_not_know_it() {
    let origin = Origin::start().await;
    origin.at("/a").serve("<rss/>", "text/xml").then(304);
    ask(&origin, "/a", "").await;
    assert_eq!(status(&ask(&origin, "/a", "If-None-Match: \"other\"\r\n").await), "200");
    assert_eq!(status(&ask(&origin, "/a", "If-Modified-Since: Thu, 01 Jan 2026 00:01:00 GMT\r\n").await), "200");
}

#[tokio::test]
async fn faults_are_real() {
    let origin = Origin::start().await;
    let text = "0123456789";
    let body = || Answer::body(text, "text/plain");
    origin.at("/reset").then(body().reset_after(4));
    origin.at("/short").then(body().truncated_after(4));
    origin.at("/slow").then(body().slow(3, Duration::from_millis(1)));
    origin.at("/raw").then(Answer::raw("HTTP/1.1 200 OK\nno length"));
    origin.at("/lie").then(body().header("Content-Encoding", "gzip"));
    origin.at("/moved").then(Answer::moved("/short"));

    assert_eq!(ask(&origin, "/reset", "").await.1, Some(io::ErrorKind::ConnectionReset));
    let short = ask(&origin, "/short", "").await;
    assert!(short.0.contains("Content-Length: 10\r\n") && short.0.ends_with("\r\n\r\n0123"));
    assert!(ask(&origin, "/slow", "").await.0.ends_with(text));
    assert_eq!(ask(&origin, "/raw", "").await.0, "HTTP/1.1 200 OK\nno length");
    assert!(ask(&origin, "/lie", "").await.0.contains("Content-Encoding: gzip\r\n"));
    assert!(ask(&origin, "/moved", "").await.0.contains("301 Moved Permanently\r\n"));
}

#[tokio::test]
async fn silence_and_endless_bodies_last_until_the_client_leaves() {
    let origin = Origin::start().await;
    origin.at("/silent").then(Answer::silence());
    origin.at("/endless").then(Answer::body("<item/>", "text/xml").endless());
    let silent = tokio::time::timeout(Duration::from_millis(50), ask(&origin, "/silent", "")).await;
    assert!(silent.is_err(), "not a byte, and no end");

    let mut stream = TcpStream::connect(origin.address()).await.unwrap();
    stream.write_all(b"GET /endless HTTP/1.1\r\n\r\n").await.unwrap();
    let mut some = vec![0; 1_000_000];
    stream.read_exact(&mut some).await.unwrap();
    assert!(String::from_utf8_lossy(&some).contains("<item/><item/>"));
}

#[tokio::test]
async fn a_connection_carries_several_requests() {
    let origin = Origin::start().await;
    origin.at("/a").serve("eins", "text/plain");
    origin.at("/b").serve("zwei", "text/plain");
    let mut stream = TcpStream::connect(origin.address()).await.unwrap();
    stream.write_all(b"POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcHEAD /b HTTP/1.1\r\n\r\n").await.unwrap();
    stream.write_all(b"GET /b HTTP/1.1\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 3);
    assert_eq!((text.matches("eins").count(), text.matches("zwei").count()), (1, 1), "HEAD has no body");
}

#[tokio::test]
async fn a_folder_becomes_a_site() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("amt")).unwrap();
    std::fs::write(folder.path().join("amt/a b.php"), "<rss version='2.0'/>").unwrap();
    std::fs::write(folder.path().join("index.html"), "<html>").unwrap();
    let origin = Origin::start().await;
    assert_eq!(origin.replay(folder.path()).unwrap(), ["/amt/a%20b.php", "/index.html"]);
    assert!(ask(&origin, "/amt/a%20b.php", "").await.0.contains("Content-Type: application/rss+xml\r\n"));
    assert!(origin.replay(folder.path().join("nowhere")).is_err());
}

#[tokio::test]
async fn waiting_for_a_request_and_closing() {
    let origin = Origin::start().await;
    origin.at("/a").serve("eins", "text/plain");
    let (_, answer) = tokio::join!(origin.asked("/a", 1), ask(&origin, "/a", ""));
    assert_eq!(status(&answer), "200");
    let address = origin.address();
    drop(origin);
    // The task is aborted at its next turn, so the port closes soon, not at once.
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}
