//! Whatever is typed into the search field is answered, and what cannot be is said to be so.

use axum::http::StatusCode;
use serde_json::Value;

use crate::http::tests::{app, ask};

fn encoded(q: &str) -> String {
    url::form_urlencoded::byte_serialize(q.as_bytes()).collect()
}

#[tokio::test]
async fn any_search_is_answered() {
    let app = app().await;
    let many: String = (0..66).map(|n| format!("w{} ", n % 10)).collect();
    let nots: String = (0..50).map(|n| format!("-w{} ", n % 10)).collect();
    for q in [
        "NOOTS",
        "noot*",
        "\"noots in ham*\"",
        "NOOTS OR Hessen",
        "der",
        "\"",
        "\"\"\"\"",
        "\"NOOTS",
        "- - -",
        "OR OR",
        "|",
        "* ** ***",
        "()[]{}^:",
        "NEAR(noots hamburg)",
        "title:noots",
        "' OR 1=1 --",
        "noots'",
        "\\",
        "\0",
        "noots\0hamburg",
        "&|!<->:*",
        "%",
        "🏛️",
        "\u{202e}noots",
        "a* b* c*",
        "abc* def* ghi* jkl* mno*",
        &"-".repeat(200),
        &"\"".repeat(199),
        &"ä".repeat(200),
        &many,
        &nots,
        &"abc* ".repeat(40),
        &"OZG OR ".repeat(28),
    ] {
        for (path, rest) in [("/api/v1/items", "&sort=relevance&stories=1"), ("/api/v1/items", ""), ("/panel", "")] {
            let (status, _, body) = ask(&app, "GET", &format!("{path}?q={}{rest}", encoded(q)), &[]).await;
            assert_eq!(status, StatusCode::OK, "{path} {q:?}: {body}");
        }
    }
}

#[tokio::test]
async fn a_search_that_is_too_long_is_refused_by_name() {
    let app = app().await;
    for long in ["a".repeat(201), "NOOTS ".repeat(300), "ä ".repeat(900)] {
        let (status, headers, body) = ask(&app, "GET", &format!("/api/v1/items?q={}", encoded(&long)), &[]).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(headers["content-type"], "application/problem+json");
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert!(problem.to_string().contains("at most 200 characters"), "{problem}");
        assert!(body.len() < 1_500, "it does not send all of it back: {body}");
    }
}

#[tokio::test]
async fn what_is_found_says_where_the_words_stand() {
    let app = app().await;
    let (_, _, body) = ask(&app, "GET", "/api/v1/items?q=hamb*&sort=relevance", &[]).await;
    let page: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(page["items"][0]["title"], "NOOTS in Hamburg");
    assert_eq!(page["items"][0]["highlights"]["title"], serde_json::json!([[9, 16]]));
}
