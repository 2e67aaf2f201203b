//! A publisher with a hub: found, asked, verified, believed when it signs, renewed, and polled all the same.

use std::collections::HashMap;

use axum::http::HeaderMap;
use model::{Format, Moment, Outcome, Source};
use origin::{Answer, Origin};
use ring::hmac;
use store::{Store, Subscription};
use tower::ServiceExt as _;

use super::super::router;
use super::*;
use crate::poll::Poller;
use crate::push::Push;
use crate::push::testing::limits;

const BASE: &str = "https://ticker.example";
const RSS: &str = "application/rss+xml";
const DAY_MS: i64 = 24 * 3_600_000;

fn feed(titles: &[&str]) -> String {
    let items: String = titles
        .iter()
        .map(|title| format!("<item><title>{title}</title><link>https://amt.example/{}</link></item>", title.len()))
        .collect();
    format!("<rss version=\"2.0\"><channel><title>Amt</title><link>https://amt.example/</link>{items}</channel></rss>")
}

fn at(ms: i64) -> Moment {
    Moment::from_ms(now().ms() + ms)
}

/// A publisher whose feed names its hub, and a house that polls it.
struct Scene {
    origin: Origin,
    live: Live,
    poller: Poller,
    store: Store,
}

async fn scene(answer: impl Fn(Answer, &Origin) -> Answer) -> Scene {
    let origin = Origin::start().await;
    let linked = answer(Answer::body(feed(&["Land bindet Register an NOOTS an"]), RSS), &origin);
    origin.at("/feed.xml").then(linked).then(304);
    origin.at("/hub").then(202);
    let publisher = model::Publisher { id: "amt".into(), name: "Amt".into(), ..model::Publisher::default() }.into();
    let source = Source {
        id: "amt".into(),
        publisher,
        url: origin.url("/feed.xml"),
        format: Format::Feed,
        enabled: true,
        every_seconds: Some(3600),
        // What is pushed may be one entry of many.
        expect: Some(model::Expect { items: Some(1), ..model::Expect::default() }),
        ..Source::default()
    };
    let catalogue = Arc::new(crate::catalogue::with_sources(vec![source]).unwrap());
    let store = Store::memory().await.unwrap();
    store.sync(&catalogue.sources, now()).await.unwrap();
    let config = crate::config::FetchConfig { host_gap: Duration::ZERO, ..limits() };
    let poller = Poller::new(store.clone(), Arc::clone(&catalogue), &config).unwrap().listening(BASE);
    let mut app = Arc::into_inner(crate::http::tests::app().await).unwrap();
    (app.store, app.catalogue) = (store.clone(), catalogue);
    app.push = Push::new(store.clone()).with_callbacks(&poller);
    Scene { origin, live: Live::new(app), poller, store }
}

fn linked(answer: Answer, origin: &Origin) -> Answer {
    let link = format!("<{}>; rel=\"hub\", <{}>; rel=\"self\"", origin.url("/hub"), origin.url("/feed.xml"));
    answer.header("Link", &link)
}

impl Scene {
    /// Polls once and asks the hub; the forms that it got so far.
    async fn poll_and_ask(&self, after_ms: i64) -> Vec<HashMap<String, String>> {
        self.poller.once(&[]).await.unwrap();
        self.poller.websub().unwrap().ask(at(after_ms)).await.unwrap();
        let form = |request: &origin::Request| {
            assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
            url::form_urlencoded::parse(&request.body).into_owned().collect()
        };
        self.origin.requests("/hub").iter().map(form).collect()
    }

    async fn subscription(&self) -> Option<Subscription> {
        self.store.subscription_of("amt").await.unwrap()
    }

    async fn request(&self, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
        let response = router(self.live.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
        (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The hub asks back.
    async fn verify(&self, token: &str, mode: &str, topic: &str, lease: &str) -> (StatusCode, String) {
        let pairs =
            [("hub.mode", mode), ("hub.topic", topic), ("hub.challenge", "<b>42</b>"), ("hub.lease_seconds", lease)];
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let request = Request::get(format!("/websub/{token}?{query}")).body(Body::empty()).unwrap();
        let (status, headers, body) = self.request(request).await;
        if status == StatusCode::OK {
            assert_eq!(headers["content-type"], "text/plain; charset=utf-8");
        }
        (status, body)
    }

    async fn push(&self, token: &str, body: &str, signature: Option<String>) -> StatusCode {
        let mut request = Request::post(format!("/websub/{token}")).header("content-type", RSS);
        if let Some(signature) = signature {
            request = request.header("x-hub-signature", signature);
        }
        self.request(request.body(Body::from(body.to_owned())).unwrap()).await.0
    }

    async fn items(&self) -> u64 {
        self.store.counts().await.unwrap().items
    }

    /// Subscribed for ten days.
    async fn subscribed(&self) -> Subscription {
        self.poll_and_ask(0).await;
        let wish = self.subscription().await.unwrap();
        let (status, _) = self.verify(&wish.token, "subscribe", &wish.topic, "864000").await;
        assert_eq!(status, StatusCode::OK);
        self.subscription().await.unwrap()
    }
}

fn signed(name: &str, algorithm: hmac::Algorithm, secret: &str, body: &str) -> Option<String> {
    let tag = hmac::sign(&hmac::Key::new(algorithm, secret.as_bytes()), body.as_bytes());
    let digits: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    Some(format!("{name}={digits}"))
}

#[tokio::test]
async fn a_hub_in_the_headers_is_asked_and_confirmed() {
    let scene = scene(linked).await;
    let forms = scene.poll_and_ask(0).await;
    assert_eq!(forms.len(), 1);
    let (form, wish) = (&forms[0], scene.subscription().await.unwrap());
    assert_eq!((&*form["hub.mode"], &form["hub.topic"]), ("subscribe", &scene.origin.url("/feed.xml")));
    assert_eq!(form["hub.callback"], format!("{BASE}/websub/{}", wish.token));
    assert_eq!((form["hub.secret"].len(), wish.token.len()), (64, 64));
    assert_ne!(form["hub.secret"], wish.token);
    assert_eq!(wish.expires, None);

    for (token, mode, topic) in [
        ("0123", "subscribe", &*wish.topic),
        (&*wish.token, "subscribe", "https://evil.example/feed.xml"),
        (&*wish.token, "unsubscribe", &*wish.topic),
        (&*wish.token, "publish", &*wish.topic),
    ] {
        assert_eq!(scene.verify(token, mode, topic, "864000").await.0, StatusCode::NOT_FOUND, "{mode} {topic}");
    }
    assert_eq!(scene.push(&wish.token, "x", None).await, StatusCode::GONE, "not confirmed yet");
    let (status, said) = scene.verify(&wish.token, "subscribe", &wish.topic, "864000").await;
    assert_eq!((status, &*said), (StatusCode::OK, "<b>42</b>"));
    let expires = scene.subscription().await.unwrap().expires.unwrap().ms();
    assert!((expires - at(10 * DAY_MS).ms()).abs() < 60_000);

    assert_eq!(scene.poll_and_ask(6 * DAY_MS).await.len(), 1, "it lasts");
    let forms = scene.poll_and_ask(9 * DAY_MS + 1000).await;
    assert_eq!((forms.len(), &forms[1]), (2, &forms[0]), "renewed before it ends, with the same callback");
}

#[tokio::test]
async fn what_is_pushed_and_signed_is_kept_and_nothing_else() {
    let scene = scene(linked).await;
    let Subscription { token, secret, .. } = scene.subscribed().await;
    assert_eq!(scene.items().await, 1);
    let due = scene.store.sources().await.unwrap()[0].next_due;
    let new = feed(&["Neues Digitalgesetz beschlossen"]);
    for wrong in [
        None,
        Some(String::new()),
        signed("sha256", hmac::HMAC_SHA256, "falsch", &new),
        signed("sha256", hmac::HMAC_SHA256, &secret, "anderes"),
        signed("sha384", hmac::HMAC_SHA256, &secret, &new),
    ] {
        assert_eq!(scene.push(&token, &new, wrong).await, StatusCode::ACCEPTED, "who guesses learns nothing");
    }
    assert_eq!(scene.items().await, 1);
    assert_eq!(
        scene.push("0123", &new, signed("sha256", hmac::HMAC_SHA256, &secret, &new)).await,
        StatusCode::NOT_FOUND
    );

    let algorithms = [
        ("sha1", hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY),
        ("sha256", hmac::HMAC_SHA256),
        ("sha384", hmac::HMAC_SHA384),
        ("sha512", hmac::HMAC_SHA512),
    ];
    for (n, (name, algorithm)) in (2..).zip(algorithms) {
        let body = feed(&[&format!("Neues Digitalgesetz beschlossen{}", "!".repeat(n))]);
        for _twice in 0..2 {
            let signature = signed(name, algorithm, &secret, &body);
            assert_eq!(scene.push(&token, &body, signature).await, StatusCode::ACCEPTED, "{name}");
        }
        assert_eq!(scene.items().await, n as u64, "{name}: kept, and twice is once");
    }
    let state = scene.store.sources().await.unwrap().remove(0);
    assert_eq!((state.next_due, state.last_outcome), (due, Some(Outcome::Fresh)), "the next visit stays as it was");
    scene.poller.once(&[]).await.unwrap();
    assert!(scene.origin.requests("/feed.xml")[1].is_conditional(), "and so do the validators");
}

#[tokio::test]
async fn what_cannot_be_read_is_not_acknowledged() {
    let scene = scene(linked).await;
    let Subscription { token, secret, .. } = scene.subscribed().await;
    let page = "<!doctype html><title>Wartung</title><p>Gleich wieder da";
    let signature = signed("sha256", hmac::HMAC_SHA256, &secret, page);
    assert_eq!(scene.push(&token, page, signature).await, StatusCode::INTERNAL_SERVER_ERROR);
    let large = "x".repeat(LARGEST + 1);
    let signature = signed("sha256", hmac::HMAC_SHA256, &secret, &large);
    assert_eq!(scene.push(&token, &large, signature).await, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(scene.items().await, 1);
}

#[tokio::test]
async fn a_hub_in_the_document_counts_and_polling_slows_down_while_it_pushes() {
    let in_feed = |answer: Answer, origin: &Origin| {
        let links =
            format!("<link xmlns=\"http://www.w3.org/2005/Atom\" rel=\"hub\" href=\"{}\"/><item>", origin.url("/hub"));
        let body = feed(&["Land bindet Register an NOOTS an"]).replacen("<item>", &links, 1);
        drop(answer);
        Answer::body(body, RSS)
    };
    let scene = scene(in_feed).await;
    let wait = async || {
        scene.poller.once(&[]).await.unwrap();
        scene.store.sources().await.unwrap()[0].next_due.ms() - now().ms()
    };
    let alone = wait().await;
    let topic = scene.subscribed().await.topic;
    assert_eq!(topic, scene.origin.url("/feed.xml"), "a document that does not name itself is known by its address");
    let pushed = wait().await;
    assert!(pushed > 2 * alone && pushed <= 27 * 3_600_000, "{alone} {pushed}");
}

#[tokio::test]
async fn a_hub_that_fails_or_denies_is_left_alone_and_polling_goes_on() {
    let scene = scene(linked).await;
    scene
        .origin
        .at("/hub")
        .then(Answer::raw("HTTP/1.1 307 Da drüben\r\nLocation: /hub2\r\nContent-Length: 0\r\n\r\n"))
        .then(500);
    scene.origin.at("/hub2").then(503);
    assert_eq!(scene.poll_and_ask(0).await.len(), 1);
    let moved = scene.origin.requests("/hub2");
    assert_eq!((moved.len(), &*moved[0].method), (1, "POST"), "a hub may redirect");
    assert!(!moved[0].body.is_empty());
    assert_eq!(scene.poll_and_ask(60_000).await.len(), 1, "left alone");
    assert_eq!(scene.poll_and_ask(3_700_000).await.len(), 2);
    let wish = scene.subscription().await.unwrap();
    assert_eq!((wish.attempts, wish.expires), (2, None));
    assert_eq!(scene.verify(&wish.token, "denied", &wish.topic, "").await.0, StatusCode::OK);
    assert_eq!(scene.poll_and_ask(2 * DAY_MS).await.len(), 2, "it said no");
    assert_eq!(scene.origin.requests("/feed.xml").len(), 4, "polled each time");
}

#[tokio::test]
async fn a_feed_without_a_hub_asks_nobody_and_a_hub_at_a_private_address_is_refused() {
    let scene = scene(|answer, _| answer).await;
    assert!(scene.poll_and_ask(0).await.is_empty());
    assert_eq!(scene.subscription().await, None);
    let private = self::scene(|answer, _| answer.header("Link", "<http://10.1.2.3/hub>; rel=hub")).await;
    private.poll_and_ask(0).await;
    assert_eq!(private.subscription().await.unwrap().attempts, 1, "the guard stands before hubs, too");
}
