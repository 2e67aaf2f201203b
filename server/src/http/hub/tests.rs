//! The hub from its door to a callback that answers as subscribers do.

use std::collections::HashMap;
use std::sync::Mutex;

use axum::body::Body;
use axum::extract::RawQuery;
use axum::http::{HeaderMap, Request};
use model::{Moment, State as Land};
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use super::super::{Live, router};
use super::*;
use crate::config::{Config, HubConfig};
use crate::http::tests::app;
use crate::poll::Visitor;
use crate::push::sign::is_signed;
use crate::push::testing::{item, limits, publish};
use crate::push::{Push, Work};

const BASE: &str = "https://ticker.example";
const HOUR_MS: i64 = 3_600_000;

/// A house with an open hub.
struct House {
    live: Live,
    work: Work,
}

async fn house(hub: HubConfig) -> House {
    let mut app = Arc::into_inner(app().await).unwrap();
    let config = Config { public_url: Some(format!("{BASE}/")), hub, fetch: limits(), ..Config::default() };
    let visitor = Arc::new(Visitor::new(&config.fetch).unwrap());
    app.public_url = config.public_url.clone();
    app.push = Push::new(app.store.clone()).with_hub(&config, &visitor);
    let (push, catalogue) = (app.push.clone(), Arc::clone(&app.catalogue));
    let live = Live::new(app);
    let work = Work::new(push, &config, &catalogue, live.clone(), visitor).await.unwrap();
    House { live, work }
}

fn open() -> HubConfig {
    HubConfig { open: true, ..HubConfig::default() }
}

fn at(ms: i64) -> Moment {
    Moment::from_ms(crate::clock::now().ms() + ms)
}

impl House {
    async fn request(&self, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
        let response = router(self.live.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts.status, parts.headers, axum::body::to_bytes(body, 1 << 20).await.unwrap().to_vec())
    }

    async fn get(&self, path: &str) -> (HeaderMap, Vec<u8>) {
        let (status, headers, body) = self.request(Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!(status, StatusCode::OK);
        (headers, body)
    }

    async fn ask(&self, pairs: &[(&str, &str)]) -> (StatusCode, String) {
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let request = Request::post("/hub").header("content-type", "application/x-www-form-urlencoded");
        let (status, _, body) = self.request(request.body(Body::from(form)).unwrap()).await;
        (status, String::from_utf8(body).unwrap())
    }

    async fn subscribe(&self, callback: &str, topic: &str, more: &[(&str, &str)]) -> StatusCode {
        let pairs = [("hub.mode", "subscribe"), ("hub.callback", callback), ("hub.topic", topic)];
        self.ask(&[&pairs, more].concat()).await.0
    }

    async fn subscriptions(&self) -> u64 {
        self.live.app().store.subscribers(at(0)).await.unwrap().0
    }

    async fn publish(&self, id: &str, title: &str, states: &[Land]) {
        publish(&self.live.app().store, vec![item(id, title, states)], at(0)).await;
    }
}

/// What was posted once.
type Posted = (HeaderMap, Vec<u8>);

/// A subscriber's server: repeats challenges for paths that begin with `/ja`, and takes what is posted.
#[derive(Clone, Default)]
struct Callback {
    asked: Arc<Mutex<Vec<String>>>,
    posted: Arc<Mutex<Vec<Posted>>>,
    gone: Arc<Mutex<bool>>,
}

impl Callback {
    async fn start() -> (Self, String) {
        let callback = Callback::default();
        let router = Router::new().fallback(get(Callback::verify).post(Callback::take)).with_state(callback.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (callback, address)
    }

    async fn verify(
        State(callback): State<Callback>,
        uri: axum::http::Uri,
        RawQuery(query): RawQuery,
    ) -> (StatusCode, String) {
        let query = query.unwrap_or_default();
        let pairs: HashMap<String, String> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        callback.asked.lock().unwrap().push(format!("{} {}", pairs["hub.mode"], pairs["hub.topic"]));
        match uri.path() {
            path if path.starts_with("/ja") => (StatusCode::OK, pairs["hub.challenge"].clone()),
            "/falsch" => (StatusCode::OK, "irgendetwas".to_owned()),
            "/kaputt" => (StatusCode::BAD_GATEWAY, String::new()),
            _ => (StatusCode::NOT_FOUND, String::new()),
        }
    }

    async fn take(State(callback): State<Callback>, headers: HeaderMap, body: Bytes) -> StatusCode {
        callback.posted.lock().unwrap().push((headers, body.to_vec()));
        if *callback.gone.lock().unwrap() { StatusCode::GONE } else { StatusCode::ACCEPTED }
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    fn posted(&self) -> Vec<Posted> {
        std::mem::take(&mut *self.posted.lock().unwrap())
    }
}

#[tokio::test]
async fn who_meant_it_is_sent_the_feed_as_its_address_answers() {
    let (house, (callback, address)) = (house(open()).await, Callback::start().await);
    let topic = format!("{BASE}/feeds/atom.xml?state=HH");
    let secret = [("hub.secret", "geheim"), ("hub.lease_seconds", "86400")];
    assert_eq!(house.subscribe(&format!("{address}/ja?id=7"), &topic, &secret).await, StatusCode::ACCEPTED);
    assert_eq!(house.subscriptions().await, 0, "asked for is not meant");
    house.work.round(at(0)).await;
    assert_eq!((callback.asked(), house.subscriptions().await), (vec![format!("subscribe {topic}")], 1));

    house.publish("n1", "Neues aus Bayern", &[Land::By]).await;
    house.work.round(at(HOUR_MS)).await;
    assert!(callback.posted().is_empty(), "none of its business");
    house.publish("n2", "Neues aus Hamburg", &[Land::Hh]).await;
    house.work.round(at(0)).await;
    assert!(callback.posted().is_empty(), "what comes together is sent together");
    house.work.round(at(HOUR_MS)).await;
    let posted = callback.posted();
    assert_eq!(posted.len(), 1);
    let ((sent, body), (feed, expected)) = (&posted[0], house.get("/feeds/atom.xml?state=HH").await);
    assert_eq!((body, &sent["content-type"]), (&expected, &feed["content-type"]));
    assert!(String::from_utf8_lossy(body).contains("Neues aus Hamburg"));
    assert_eq!(sent["link"], format!("<{BASE}/hub>; rel=\"hub\", <{topic}>; rel=\"self\"").as_str());
    assert!(is_signed("geheim", body, sent["x-hub-signature"].to_str().unwrap()));
    house.work.round(at(2 * HOUR_MS)).await;
    assert!(callback.posted().is_empty(), "once");

    house.publish("n3", "Mehr aus Hamburg", &[Land::Hh]).await;
    house.work.round(at(25 * HOUR_MS)).await;
    assert!(callback.posted().is_empty(), "its lease is over");
}

#[tokio::test]
async fn who_did_not_mean_it_is_asked_and_forgotten() {
    let (house, (callback, address)) = (house(open()).await, Callback::start().await);
    let topic = format!("{BASE}/feeds/rss.xml");
    for path in ["/nein", "/falsch", "/kaputt"] {
        assert_eq!(house.subscribe(&format!("{address}{path}"), &topic, &[]).await, StatusCode::ACCEPTED);
    }
    house.work.round(at(0)).await;
    assert_eq!(callback.asked().len(), 3);
    house.work.round(at(1000)).await;
    assert!(callback.asked().is_empty());
    for _ in 0..5 {
        house.work.round(at(HOUR_MS)).await;
    }
    assert_eq!(callback.asked().len(), 1, "who fails is asked again");
    for hours in 2..9 {
        house.work.round(at(hours * HOUR_MS)).await;
    }
    assert_eq!((callback.asked().len(), house.subscriptions().await), (1, 0), "three times in all");
}

#[tokio::test]
async fn subscriptions_are_renewed_ended_and_dropped_when_the_callback_is_gone() {
    let (house, (callback, address)) = (house(open()).await, Callback::start().await);
    let (topic, url) = (format!("{BASE}/feeds/feed.json"), format!("{address}/ja"));
    house.subscribe(&url, &topic, &[("hub.secret", "alt")]).await;
    house.work.round(at(0)).await;
    house.subscribe(&url, &topic, &[("hub.secret", "neu")]).await;
    house.work.round(at(0)).await;
    assert_eq!(house.subscriptions().await, 1);
    house.publish("n1", "Neues", &[]).await;
    house.work.round(at(HOUR_MS)).await;
    let (headers, body) = callback.posted().remove(0);
    assert!(is_signed("neu", &body, headers["x-hub-signature"].to_str().unwrap()));
    let feed: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(feed["hubs"][0]["url"], format!("{BASE}/hub"));

    callback.asked();
    let end = [("hub.mode", "unsubscribe"), ("hub.callback", &*url), ("hub.topic", &*topic)];
    assert_eq!(house.ask(&end).await.0, StatusCode::ACCEPTED);
    house.work.round(at(0)).await;
    assert_eq!((callback.asked(), house.subscriptions().await), (vec![format!("unsubscribe {topic}")], 0));
    assert_eq!(house.ask(&end).await.0, StatusCode::ACCEPTED, "to end what is not there is no mistake");

    house.subscribe(&url, &topic, &[]).await;
    house.work.round(at(0)).await;
    *callback.gone.lock().unwrap() = true;
    house.publish("n2", "Mehr", &[]).await;
    house.work.round(at(HOUR_MS)).await;
    let (headers, _) = callback.posted().remove(0);
    assert!(!headers.contains_key("x-hub-signature"), "no secret, no signature");
    assert_eq!(house.subscriptions().await, 0);
}

#[tokio::test]
async fn the_door_says_what_it_does_not_take() {
    let house = house(HubConfig { subscriptions: 3, per_host: 2, ..open() }).await;
    let (callback, topic) = ("http://127.0.0.1:9/cb", format!("{BASE}/feeds/atom.xml"));
    let long = "x".repeat(200);
    for (mode, callback, topic, more, word) in [
        ("publish", callback, &*topic, ("", ""), "hub.mode"),
        ("subscribe", "kein Ort", &topic, ("", ""), "hub.callback"),
        ("subscribe", "ftp://a.example/", &topic, ("", ""), "ftp"),
        ("subscribe", "http://10.0.0.1/", &topic, ("", ""), "10.0.0.1"),
        ("subscribe", "http://[::1]/", &topic, ("", ""), "::1"),
        ("subscribe", "http://0x7f.1/#x", &topic, ("", ""), "fragment"),
        ("subscribe", "http://ich:geheim@a.example/", &topic, ("", ""), "password"),
        ("subscribe", callback, "https://evil.example/feeds/atom.xml", ("", ""), "hub.topic"),
        ("subscribe", callback, "https://ticker.example.evil.example/feeds/atom.xml", ("", ""), "hub.topic"),
        ("subscribe", callback, &format!("{BASE}/feeds/../metrics"), ("", ""), "hub.topic"),
        ("subscribe", callback, &format!("{BASE}/api/v1/items"), ("", ""), "hub.topic"),
        ("subscribe", callback, &format!("{topic}?state=XX"), ("", ""), "hub.topic"),
        ("subscribe", callback, &format!("{topic}?topic=gibtsnicht"), ("", ""), "names what is not here"),
        ("subscribe", callback, &format!("{topic}?q=>;rel=x"), ("", ""), "hub.topic"),
        ("subscribe", callback, &format!("{topic}?cursor=n1.2.3.4"), ("", ""), "hub.topic"),
        ("subscribe", callback, &topic, ("hub.secret", &*long), "hub.secret"),
    ] {
        let pairs = [("hub.mode", mode), ("hub.callback", callback), ("hub.topic", topic), more];
        let (status, said) = house.ask(&pairs).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{callback} {topic}");
        assert!(said.contains(word), "{word} is missing in {said}");
    }
    assert_eq!(house.ask(&[]).await.1, "hub.mode is missing\n");
    let statuses = [
        house.subscribe("http://a.example/1", &topic, &[]).await,
        house.subscribe("http://a.example/2", &topic, &[]).await,
        house.subscribe("http://a.example/3", &topic, &[]).await,
        house.subscribe("http://a.example/2", &topic, &[]).await,
        house.subscribe("http://b.example/1", &topic, &[]).await,
        house.subscribe("http://c.example/1", &topic, &[]).await,
    ];
    assert_eq!(statuses.map(|status| status.as_u16()), [202, 202, 429, 202, 202, 429]);
    let form = "x".repeat(FORM + 1);
    let (status, ..) = house.request(Request::post("/hub").body(Body::from(form)).unwrap()).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_closed_hub_is_not_there_and_in_no_feed() {
    let house = house(HubConfig::default()).await;
    assert_eq!(house.ask(&[("hub.mode", "subscribe")]).await.0, StatusCode::NOT_FOUND);
    let (status, ..) = house.request(Request::get("/hub").body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(!String::from_utf8_lossy(&house.get("/feeds/atom.xml").await.1).contains("rel=\"hub\""));
    let house = self::house(open()).await;
    assert!(String::from_utf8_lossy(&house.get("/hub").await.1).contains("https://ticker.example/hub"));
    let (_, feed) = house.get("/feeds/atom.xml").await;
    assert!(String::from_utf8_lossy(&feed).contains("rel=\"hub\" href=\"https://ticker.example/hub\""));
    let (headers, _) = house.get("/feeds/events.ics?state=BY").await;
    let link = headers["link"].to_str().unwrap();
    let own = link.strip_prefix(&format!("<{BASE}/hub>; rel=\"hub\", <")).unwrap();
    let topic = own.strip_suffix(">; rel=\"self\"").unwrap();
    assert!(topic_query(BASE, topic).is_some(), "{topic}: what a calendar calls itself is a topic");
}
