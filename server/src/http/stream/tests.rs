//! Streams in process: what is told, what is told again, and how they end.

use axum::body::BodyDataStream;
use axum::http::{Request, StatusCode};
use futures_util::StreamExt as _;
use model::{Item, State as Land};
use tower::ServiceExt as _;

use super::super::{App, Live, router};
use super::*;
use crate::http::tests::{app, item};
use crate::push::testing;

/// Keeps these items as of one visit, and looks for changes as the feed does each second.
async fn publish(app: &App, items: Vec<Item>) {
    testing::publish(&app.store, items, now()).await;
    app.push.feed.look().await.unwrap();
}

async fn connect(app: &Arc<App>, path: &str, last: Option<&str>) -> (StatusCode, BodyDataStream) {
    let mut request = Request::builder().uri(path).header("host", "ticker.example");
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let live = Live(Arc::new(std::sync::RwLock::new(Arc::clone(app))));
    let response = router(live).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    if parts.status == StatusCode::OK {
        assert_eq!(parts.headers["content-type"], "text/event-stream");
        assert!(!parts.headers.contains_key("content-encoding"));
    }
    (parts.status, body.into_data_stream())
}

/// A stream past its greeting, which names the number from which on it goes.
async fn listen(app: &Arc<App>, path: &str, last: Option<&str>, from: i64) -> BodyDataStream {
    let (status, mut stream) = connect(app, path, last).await;
    assert_eq!(status, StatusCode::OK);
    let greeting = read(&mut stream).await;
    let wait: i64 = greeting.strip_prefix("retry: ").unwrap().split_once('\n').unwrap().0.parse().unwrap();
    assert!(RETRY_MS.contains(&wait));
    assert!(greeting.ends_with(&format!("\nid: {from}\n\n")), "{greeting}");
    stream
}

async fn read(stream: &mut BodyDataStream) -> String {
    let bytes = stream.next().await.expect("the stream goes on").unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The events of some bytes in short: `5 new a`.
fn events(text: &str) -> Vec<String> {
    let events = text.split_terminator("\n\n").map(|event| {
        let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        let data: serde_json::Value = serde_json::from_str(field("data: ")).unwrap();
        format!("{} {} {}", field("id: "), field("event: "), data["id"].as_str().unwrap_or("-"))
    });
    events.collect()
}

#[tokio::test]
async fn what_is_new_for_the_query_is_told_as_the_api_says_it() {
    let app = app().await;
    let mut all = listen(&app, "/api/v1/stream", None, 4).await;
    let mut some = listen(&app, "/api/v1/stream?state=SH&q=Register", None, 4).await;
    let wanted = item("n2", "Register in Kiel", &[Land::Sh], &["noots"]);
    publish(&app, vec![item("n1", "Neues", &[], &[]), wanted.clone()]).await;
    let text = read(&mut all).await;
    assert_eq!(events(&text), ["5 new n1", "6 new n2"]);
    let text = read(&mut some).await;
    assert_eq!(events(&text), ["6 new n2"]);
    let data = text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
    let said: Item = serde_json::from_str(data).unwrap();
    assert_eq!(said, app.store.item("n2").await.unwrap().unwrap());
    publish(&app, vec![Item { title: "Register in Kiel und Plön".to_owned(), ..wanted }]).await;
    assert_eq!(events(&read(&mut some).await), ["7 changed n2"]);
}

#[tokio::test]
async fn who_comes_again_is_told_what_it_missed() {
    let app = app().await;
    publish(&app, vec![item("n1", "Eins", &[Land::Sh], &[]), item("n2", "Zwei", &[], &[])]).await;
    publish(&app, vec![item("n3", "Drei", &[Land::Sh], &[])]).await;
    let mut stream = listen(&app, "/api/v1/stream?state=SH", Some("5"), 5).await;
    assert_eq!(events(&read(&mut stream).await), ["7 new n3"]);
    publish(&app, vec![item("n4", "Vier", &[Land::Sh], &[])]).await;
    assert_eq!(events(&read(&mut stream).await), ["8 new n4"], "and goes on");
    let mut stream = listen(&app, "/api/v1/stream?state=SH&last_event_id=4", None, 4).await;
    assert_eq!(events(&read(&mut stream).await), ["5 new n1", "7 new n3", "8 new n4"]);
    let mut stream = listen(&app, "/api/v1/stream?last_event_id=1&state=SH", Some("7"), 7).await;
    assert_eq!(events(&read(&mut stream).await), ["8 new n4"], "the header is the later word");
}

#[tokio::test]
async fn a_long_absence_is_told_in_pieces_and_a_longer_one_not_at_all() {
    let app = app().await;
    let many = |from: usize, to: usize| (from..to).map(|n| item(&format!("n{n}"), "Neues", &[], &[])).collect();
    publish(&app, many(0, 450)).await;
    let mut stream = listen(&app, "/api/v1/stream", Some("4"), 4).await;
    let mut ids = Vec::new();
    while ids.len() < 450 {
        ids.extend(events(&read(&mut stream).await));
    }
    let expected: Vec<String> = (0..450).map(|n| format!("{} new n{n}", n + 5)).collect();
    assert_eq!(ids, expected, "each once, in order");

    for n in 0..5 {
        publish(&app, many(450 + n * 400, 850 + n * 400)).await;
    }
    let mut stream = listen(&app, "/api/v1/stream", Some("4"), 4).await;
    assert_eq!(events(&read(&mut stream).await), ["2454 reset -"], "to ask anew is less work");
    publish(&app, vec![item("z", "Weiter", &[], &[])]).await;
    assert_eq!(events(&read(&mut stream).await), ["2455 new z"]);
    app.store.prune(now(), 100, now()).await.unwrap();
    let mut stream = listen(&app, "/api/v1/stream", Some("2000"), 2000).await;
    assert_eq!(events(&read(&mut stream).await), ["2455 reset -"], "forgotten");
    let mut stream = listen(&app, "/api/v1/stream", Some("99999"), 99_999).await;
    assert_eq!(events(&read(&mut stream).await), ["2455 reset -"], "a number of another store");
}

#[tokio::test]
async fn a_slow_reader_is_dropped_and_loses_nothing() {
    let app = app().await;
    let mut slow = listen(&app, "/api/v1/stream", None, 4).await;
    let mut quick = listen(&app, "/api/v1/stream", None, 4).await;
    for n in 0..40 {
        publish(&app, vec![item(&format!("n{n}"), "Neues", &[], &[])]).await;
        assert_eq!(events(&read(&mut quick).await).len(), 1);
    }
    assert!(slow.next().await.is_none(), "what is not read is not kept for it");
    let mut again = listen(&app, "/api/v1/stream", Some("4"), 4).await;
    assert_eq!(events(&read(&mut again).await).len(), 40);
}

#[tokio::test]
async fn a_silent_stream_gives_signs_of_life_and_its_number() {
    let app = app().await;
    let mut stream = listen(&app, "/api/v1/stream?state=SL", None, 4).await;
    publish(&app, vec![item("n1", "Neues", &[], &[])]).await;
    tokio::time::pause();
    assert_eq!(read(&mut stream).await, ": still here\nid: 5\n\n");
    assert_eq!(read(&mut stream).await, ": still here\nid: 5\n\n");
}

#[tokio::test]
async fn all_streams_end_with_the_process() {
    let app = app().await;
    let mut stream = listen(&app, "/api/v1/stream", None, 4).await;
    app.push.feed.end();
    assert!(stream.next().await.is_none());
    let (status, _) = connect(&app, "/api/v1/stream", None).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn what_is_not_understood_is_named() {
    let app = app().await;
    for (path, last) in [
        ("/api/v1/stream?state=XX", None),
        ("/api/v1/stream?topic=gibtsnicht", None),
        ("/api/v1/stream?last_event_id=abc", None),
        ("/api/v1/stream?last_event_id=-1", None),
        ("/api/v1/stream?last_event_id=99999999999999999999", None),
        ("/api/v1/stream", Some("+1")),
    ] {
        assert_eq!(connect(&app, path, last).await.0, StatusCode::BAD_REQUEST, "{path}");
    }
    assert_eq!(connect(&app, "/api/v1/stream?last_event_id=", None).await.0, StatusCode::OK, "an empty one is none");
}
