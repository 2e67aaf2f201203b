//! The edge on a real port: what connections may do, and how they end.

use std::time::Duration;

use axum::routing::get;
use store::Store;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::*;
use crate::http::tests::over;
use crate::http::{Answers, App, Live};

/// A server on a free port, what ends it, and its own end.
async fn start(settings: HttpConfig) -> (SocketAddr, watch::Sender<bool>, tokio::task::JoinHandle<anyhow::Result<()>>) {
    let store = Store::memory().await.unwrap();
    let answers = Answers::new(store.clone(), settings.cache_bytes);
    let catalogue = crate::catalogue::load(None).unwrap();
    let app = App { settings: settings.clone(), answers, ..over(store, catalogue) };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = watch::channel(false);
    let until = |mut stopped: watch::Receiver<bool>| async move {
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let (first, second) = (until(stopped.clone()), until(stopped));
    let serving = tokio::spawn(async move { serve(listener, Live::new(app), &settings, first, second).await });
    (address, stop, serving)
}

/// Everything that comes back for these bytes until the server closes.
async fn send(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn what_is_too_long_is_refused_and_said_to_be() {
    let (address, _stop, _serving) = start(HttpConfig::default()).await;
    let long = "x".repeat(17_000);
    let answer =
        send(address, &format!("GET /api/v1/items?q={long} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 414 ") && answer.contains("16384 bytes"), "{answer}");
    let answer =
        send(address, &format!("GET /healthz HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "x".repeat(100_000))).await;
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    let many: String = (0..200).map(|n| format!("x{n}: 1\r\n")).collect();
    let answer = send(address, &format!("GET /healthz HTTP/1.1\r\nhost: a\r\n{many}\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    let answer = send(address, "GARBAGE\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
}

#[tokio::test]
async fn a_client_that_never_finishes_its_request_is_cut() {
    let settings = HttpConfig { header_timeout: Duration::from_millis(50), ..HttpConfig::default() };
    let (address, _stop, _serving) = start(settings).await;
    // Both end only because the server ends them.
    let silent = send(address, "").await;
    let trickling = send(address, "GET /healthz HT").await;
    assert!(!silent.contains("200") && !trickling.contains("200"));
    let asked = send(address, "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(asked.starts_with("HTTP/1.1 200 "), "then idle, and cut: {asked}");
}

#[tokio::test]
async fn more_than_there_is_room_for_wait_their_turn() {
    let settings = HttpConfig { connections: 2, header_timeout: Duration::from_millis(100), ..HttpConfig::default() };
    let (address, _stop, _serving) = start(settings).await;
    let idle = [TcpStream::connect(address).await.unwrap(), TcpStream::connect(address).await.unwrap()];
    let answer = send(address, "GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    drop(idle);
}

#[tokio::test]
async fn at_the_end_what_was_asked_is_answered() {
    let (address, stop, serving) = start(HttpConfig::default()).await;
    let mut streams = Vec::new();
    for _ in 0..20 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /api/v1/items HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        streams.push(stream);
    }
    stop.send(true).unwrap();
    for mut stream in streams {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with('}'), "{answer}");
    }
    serving.await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody is let in any more");
}

/// A connection that has been answered before is no different: what it asks next may be on its way.
#[tokio::test]
async fn at_the_end_a_connection_that_was_idle_is_heard_once_more() {
    let (address, stop, serving) = start(HttpConfig::default()).await;
    let mut streams = Vec::new();
    for _ in 0..20 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"ok\n") {
            assert!(stream.read_buf(&mut answer).await.unwrap() > 0, "{answer:?}");
        }
        streams.push(stream);
    }
    for stream in &mut streams {
        stream.write_all(b"GET /api/v1/items HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    }
    stop.send(true).unwrap();
    for mut stream in streams {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with('}'), "{answer}");
    }
    serving.await.unwrap().unwrap();
}

/// The runtime of the process is this thread, and it waits for the answer.
#[tokio::test]
async fn what_is_known_is_answered_while_the_process_has_no_time() {
    use std::io::{Read as _, Write as _};
    let (address, _stop, _serving) = start(HttpConfig::default()).await;
    let request = "GET /panel.css HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    let first = send(address, request).await;
    assert!(first.starts_with("HTTP/1.1 200 "), "{first}");
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut again = String::new();
    stream.read_to_string(&mut again).unwrap();
    let tag = |answer: &str| answer.lines().find(|line| line.starts_with("etag: ")).map(str::to_owned);
    assert!(again.starts_with("HTTP/1.1 200 ") && tag(&again).is_some(), "{again}");
    assert_eq!(tag(&again), tag(&first));
}

/// Who does not wait for an answer any more takes no work from others.
#[tokio::test]
async fn what_nobody_waits_for_is_given_up() {
    let (given_up, mut told) = tokio::sync::mpsc::channel::<()>(1);
    let hangs = move || {
        let given_up = given_up.clone();
        async move {
            std::future::pending::<()>().await;
            drop(given_up);
        }
    };
    let edge = Edge::new(Router::new().route("/hangs", get(hangs)), &HttpConfig::default()).unwrap();
    let edge = Arc::new(edge);
    {
        let answer = edge.answer(None, request("GET", "/hangs", &[]));
        assert!(tokio::time::timeout(Duration::from_millis(1), answer).await.is_err());
    }
    drop(edge);
    assert_eq!(told.recv().await, None);
}

fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request {
    let mut request = axum::http::Request::builder().method(method).uri(path).header(header::HOST, "ticker.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

fn edge(settings: &HttpConfig) -> Arc<Edge> {
    let hangs = || async {
        std::future::pending::<()>().await;
    };
    let fails = || async { Problem::Internal(anyhow::anyhow!("the secret path /var/lib/x is full")) };
    Edge::new(Router::new().route("/hangs", get(hangs)).route("/fails", get(fails)), settings).unwrap().into()
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_hangs_is_given_up() {
    let response = edge(&HttpConfig::default()).answer(None, request("GET", "/hangs", &[])).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()[header::RETRY_AFTER], "5");
}

#[tokio::test]
async fn ids_are_ours_unless_a_proxy_of_ours_gave_one() {
    let settings = HttpConfig { trusted_proxies: vec!["10.0.0.1".to_owned()], ..HttpConfig::default() };
    let edge = edge(&settings);
    let id = async |peer: &str, given: &str| {
        let peer = peer.parse().ok();
        let response = edge.answer(peer, request("GET", "/fails", &[("x-request-id", given)])).await;
        response.headers()[REQUEST_ID].to_str().unwrap().to_owned()
    };
    assert_eq!(id("10.0.0.1:99", "abc-1.2_3").await, "abc-1.2_3");
    assert_ne!(id("10.0.0.1:99", "a b").await, "a b");
    let (one, other) = (id("203.0.113.5:99", "abc").await, id("203.0.113.5:99", "abc").await);
    assert!(one != "abc" && one != other, "{one} {other}");
}

#[tokio::test]
async fn what_went_wrong_inside_stays_inside() {
    let response = edge(&HttpConfig::default()).answer(None, request("GET", "/fails", &[])).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
    assert!(!String::from_utf8_lossy(&body).contains("secret"), "{body:?}");
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let edge = edge(&HttpConfig { rate: 1, burst: 2, ..HttpConfig::default() });
    let ask = async |peer: &str| edge.answer(peer.parse().ok(), request("GET", "/fails", &[])).await;
    for status in [500, 500, 429] {
        assert_eq!(ask("203.0.113.5:99").await.status(), status);
    }
    let refused = ask("203.0.113.5:100").await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()[header::RETRY_AFTER], "1");
    assert_eq!(ask("203.0.113.6:99").await.status(), 500);
}

#[tokio::test]
async fn a_request_says_whom_it_asks_once() {
    let edge = edge(&HttpConfig::default());
    let ask = async |hosts: &[&str], version: axum::http::Version| {
        let mut request = request("GET", "/fails", &[]);
        request.headers_mut().remove(header::HOST);
        for host in hosts {
            request.headers_mut().append(header::HOST, host.parse().unwrap());
        }
        *request.version_mut() = version;
        edge.answer(None, request).await.status().as_u16()
    };
    use axum::http::Version;
    for (hosts, version, status) in [
        (&["a.example"][..], Version::HTTP_11, 500),
        (&[], Version::HTTP_11, 400),
        (&[], Version::HTTP_10, 500),
        (&["a.example", "b.example"], Version::HTTP_11, 400),
        (&["a.example", "a.example"], Version::HTTP_10, 400),
        (&["[2001:db8::1]:8080"], Version::HTTP_11, 500),
        (&["a b"], Version::HTTP_11, 400),
        (&["someone@a.example"], Version::HTTP_11, 400),
    ] {
        assert_eq!(ask(hosts, version).await, status, "{hosts:?} {version:?}");
    }
}
