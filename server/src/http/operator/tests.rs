//! The operator's doors: closed without a token, and what is hidden behind them is nowhere else.

use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::*;
use crate::config::HttpConfig;
use crate::http::tests::{app, ask, send, with};

const TOKEN: &str = "ein-langes-geheimnis-0815";

fn settled(app: &Arc<App>) -> Arc<App> {
    with(app, HttpConfig { admin_token: Some(TOKEN.to_owned()), ..HttpConfig::default() })
}

async fn with_token(app: &Arc<App>, method: &str, path: &str, body: &str) -> (StatusCode, Value) {
    let right = format!("bearer {TOKEN}");
    let (status, _, body) = send(app, method, path, &[("authorization", &right)], Body::from(body.to_owned())).await;
    (status, serde_json::from_str(&body).unwrap_or(Value::Null))
}

const DOORS: [(&str, &str); 4] = [
    ("POST", "/admin/sources/probe/visit"),
    ("PUT", "/admin/items/a1/hidden"),
    ("DELETE", "/admin/items/a1/hidden"),
    ("GET", "/admin/hidden"),
];

#[tokio::test]
async fn operators_need_a_token_and_without_one_there_is_no_door() {
    let app = app().await;
    for (method, path) in DOORS {
        assert_eq!(ask(&app, method, path, &[]).await.0, StatusCode::NOT_FOUND);
    }
    let app = settled(&app);
    for (method, path) in DOORS {
        for wrong in ["", "Bearer", "Bearer x", &format!("Basic {TOKEN}"), &format!("Bearer {TOKEN}x")] {
            let (status, headers, body) = ask(&app, method, path, &[("authorization", wrong)]).await;
            let said = (status, &headers["www-authenticate"]);
            assert_eq!(said, (StatusCode::UNAUTHORIZED, &"Bearer".parse().unwrap()), "{method} {path} {wrong}");
            assert!(!body.contains(TOKEN));
        }
    }
    assert_eq!(ask(&app, "GET", "/api/v1/items/a1", &[]).await.0, StatusCode::OK, "nothing was hidden");
    for path in ["/admin/hidden", "/metrics", "/healthz", "/readyz"] {
        for method in ["GET", "OPTIONS"] {
            let (_, headers, _) = ask(&app, method, path, &[("origin", "https://fremd.example")]).await;
            let open = headers.keys().any(|name| name.as_str().starts_with("access-control-"));
            assert!(!open, "no page of another origin reads {path}: {headers:?}");
        }
    }
    // Let in, and told that nobody here visits sources.
    assert_eq!(with_token(&app, "POST", DOORS[0].1, "").await.0, StatusCode::NOT_FOUND);
    for (path, allowed) in [(DOORS[0].1, "POST, OPTIONS"), (DOORS[1].1, "PUT, DELETE, OPTIONS")] {
        let (status, headers, _) = ask(&app, "GET", path, &[]).await;
        assert_eq!((status, headers["allow"].to_str().unwrap()), (StatusCode::METHOD_NOT_ALLOWED, allowed));
    }
}

#[tokio::test]
async fn what_is_hidden_is_in_no_answer_until_it_is_seen_again() {
    let app = settled(&app().await);
    let everywhere = [
        "/api/v1/items?limit=200",
        "/api/v1/items?q=hamburg",
        "/api/v1/trends?by=state",
        "/api/v1/topics",
        "/api/v1/states",
        "/feeds/atom.xml",
        "/feeds/rss.xml",
        "/feeds/feed.json",
        "/panel?state=HH",
        "/embed",
    ];
    let mut before = Vec::new();
    for path in everywhere {
        before.push(ask(&app, "GET", path, &[]).await);
    }
    let hidden = "/admin/items/a1/hidden";
    let (status, said) = with_token(&app, "PUT", hidden, " auf Verlangen des Amtes\n").await;
    assert_eq!((status, said), (StatusCode::OK, json!({"id": "a1", "hidden": true})));
    // Another node, or this one a twentieth of a second later.
    let app = settled(&app);
    for (path, (_, headers, body)) in everywhere.iter().zip(&before) {
        let tag = headers["etag"].to_str().unwrap();
        let (status, _, now) = ask(&app, "GET", path, &[("if-none-match", tag)]).await;
        assert_eq!(status, StatusCode::OK, "{path}: what a reader has does not hold any more");
        assert!(now != *body && !now.contains("NOOTS in Hamburg"), "{path}");
    }
    for (item, status) in [("a1", 404), ("a2", 200)] {
        assert_eq!(ask(&app, "GET", &format!("/api/v1/items/{item}"), &[]).await.0, status, "{item}");
    }
    let (_, list) = with_token(&app, "GET", "/admin/hidden", "").await;
    assert_eq!((&list[0]["id"], &list[0]["reason"]), (&json!("a1"), &json!("auf Verlangen des Amtes")));
    assert_eq!(list[0]["title"], "NOOTS in Hamburg");

    assert_eq!(with_token(&app, "PUT", "/admin/items/e1/hidden", "").await.0, StatusCode::OK);
    for path in ["/feeds/event/e1.ics", "/api/v1/items/e1"] {
        assert_eq!(ask(&app, "GET", path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    let app = settled(&app);
    assert!(!ask(&app, "GET", "/feeds/events.ics", &[]).await.2.contains("VEVENT"));
    for item in ["a1", "e1"] {
        let (status, said) = with_token(&app, "DELETE", &format!("/admin/items/{item}/hidden"), "").await;
        assert_eq!((status, said), (StatusCode::OK, json!({"id": item, "hidden": false})));
    }
    let app = settled(&app);
    assert!(ask(&app, "GET", "/feeds/events.ics", &[]).await.2.contains("VEVENT"));
    let items = |body: &str| serde_json::from_str::<Value>(body).unwrap()["items"].clone();
    assert_eq!(items(&ask(&app, "GET", everywhere[0], &[]).await.2), items(&before[0].2), "all is as it was");
    assert_eq!(ask(&app, "GET", everywhere[1], &[]).await.0, StatusCode::OK);
    assert_eq!(with_token(&app, "GET", "/admin/hidden", "").await.1, json!([]));
}

#[tokio::test]
async fn what_cannot_be_hidden_is_said_to() {
    let app = settled(&app().await);
    for (method, path, body, status) in [
        ("PUT", "/admin/items/nichts/hidden", String::new(), StatusCode::NOT_FOUND),
        ("DELETE", "/admin/items/a1/hidden", String::new(), StatusCode::NOT_FOUND),
        ("PUT", "/admin/items/%FF/hidden", String::new(), StatusCode::NOT_FOUND),
        ("PUT", "/admin/items/a1/hidden", "x".repeat(REASON + 1), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let (said, problem) = with_token(&app, method, path, &body).await;
        assert_eq!((said, &problem["status"]), (status, &json!(status.as_u16())), "{method} {path}: {problem}");
    }
    assert_eq!(with_token(&app, "GET", "/admin/hidden", "").await.1, json!([]));
}
