//! The router in process, on a store in memory: statuses, headers and the shape of what is answered.

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use model::{Batch, Change, Event, Item, Judged, Kind, State, Visit, When};
use model::{Moment, Source, Status};
use serde_json::{Value, json};
use store::Pick;

use super::*;
use crate::clock::now;
use crate::push::testing;

pub(super) fn item(id: &str, title: &str, states: &[State], topics: &[&str]) -> Item {
    let topics = topics.iter().map(|topic| (*topic).to_owned()).collect();
    Item { topics, relevance: 0.75, ..testing::item(id, title, states) }
}

pub(super) async fn app() -> Arc<App> {
    let mut catalogue = crate::catalogue::load(None).unwrap();
    let publisher = model::Publisher {
        id: "probe".to_owned(),
        name: "Probe".to_owned(),
        home: "https://probe.example/".to_owned(),
        licence: Some("DL-DE/BY-2.0".to_owned()),
    }
    .into();
    let url = "https://probe.example/rss.xml".to_owned();
    catalogue.sources = vec![Source { id: "probe".to_owned(), publisher, url, enabled: true, ..Source::default() }];
    let mut event = item("e1", "Forum Registermodernisierung", &[State::By], &["registermodernisierung"]);
    event.kind = Kind::Event;
    event.event = Some(one_day());
    let mut past = item("e0", "Forum vom vorigen Mal", &[], &[]);
    past.kind = Kind::Event;
    past.event = event.event.clone().map(|event| Event { start: When::parse("2020-05-07").unwrap(), ..event });
    let items = [
        past,
        item("a1", "NOOTS in Hamburg", &[State::Hh], &["noots", "registermodernisierung"]),
        item("a2", "CDO für Bayern & <Hessen>", &[State::By, State::He], &["cdo"]),
        event,
    ];
    let store = kept(&catalogue, items.into()).await;
    Arc::new(over(store, catalogue))
}

/// An event of one day.
fn one_day() -> Event {
    Event {
        start: When::parse("2030-05-07").unwrap(),
        end: None,
        all_day: true,
        place: Some("Musterhalle".to_owned()),
        online: true,
        registration: Some("https://probe.example/anmeldung".to_owned()),
        organiser: None,
        status: Status::Confirmed,
    }
}

/// The app over a store, as it is without any configuration.
pub(crate) fn over(store: Store, catalogue: Catalogue) -> App {
    let settings = HttpConfig::default();
    let (answers, push) = (Answers::new(store.clone(), settings.cache_bytes), Push::new(store.clone()));
    let catalogue = Arc::new(catalogue);
    let rules = crate::rulebook::rulebook(&catalogue);
    App { store, catalogue, public_url: None, sample: false, rules, answers, poller: None, settings, push }
}

/// A store in memory that keeps these items, as of a visit to the first source.
pub(super) async fn kept(catalogue: &Catalogue, items: Vec<Item>) -> Store {
    let store = Store::memory().await.unwrap();
    store.sync(&catalogue.sources, now()).await.unwrap();
    let lease = store.lease(Pick::Due, now(), 1, 60_000).await.unwrap().remove(0);
    let next_due = Moment::from_ms(now().ms() + 3_600_000);
    let visit = Visit { next_due, ..testing::visit(lease, now()) };
    let judged = |item: Item| {
        let terms = german::search::terms(&item.title, item.kicker.as_deref().unwrap_or_default(), &item.summary);
        Change::New(Judged { item, hash: 1, terms, marks: Vec::new(), evidence: String::new(), relevant: true })
    };
    let many = items.len() as u64;
    let batch = Batch { changes: items.into_iter().map(judged).collect(), ..Batch::default() };
    assert_eq!(store.keep(&visit, &batch, now()).await.unwrap().new as u64, many);
    store
}

/// One question to the router, and its answer.
pub(crate) async fn ask(
    app: &Arc<App>,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
) -> (StatusCode, HeaderMap, String) {
    send(app, method, path, headers, Body::empty()).await
}

/// The same with a body.
pub(crate) async fn send(
    app: &Arc<App>,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Body,
) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::builder().method(method).uri(path).header("host", "ticker.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let live = Live(Arc::new(RwLock::new(Arc::clone(app))));
    let edge = Arc::new(edge::Edge::new(router(live.clone()), &app.settings).unwrap().with(live));
    let response = edge.answer(None, request.body(body).unwrap()).await;
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
}

async fn get_json(app: &Arc<App>, path: &str) -> Value {
    let (status, _, body) = ask(app, "GET", path, &[]).await;
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    serde_json::from_str(&body).unwrap()
}

#[tokio::test]
async fn an_item_has_the_fields_of_the_contract() {
    let app = app().await;
    let page = get_json(&app, "/api/v1/items?state=HH").await;
    assert_eq!(
        page["items"],
        json!([{
            "id": "a1", "kind": "news", "url": "https://probe.example/a1", "title": "NOOTS in Hamburg",
            "summary": "Worum es bei NOOTS in Hamburg geht.", "published": "2026-11-20T11:00:00+01:00", "lang": "de",
            "source": {"id": "probe", "name": "Probe", "url": "https://probe.example/", "licence": "DL-DE/BY-2.0"},
            "states": ["HH"], "topics": ["noots", "registermodernisierung"], "relevance": 0.75,
            "story": {"id": "a1", "size": 1, "others": []}
        }])
    );
    assert_eq!((&page["total"], &page["next"]), (&json!(1), &Value::Null));
    assert!(Moment::parse(page["updated"].as_str().unwrap()).is_some());
    assert_eq!(page["facets"]["state"], json!({"BY": 2, "HE": 1, "HH": 1}), "a facet ignores its own selection");
    assert_eq!(page["facets"]["topic"], json!({"noots": 1, "registermodernisierung": 1}), "and honours the others");
    let event = get_json(&app, "/api/v1/items/e1").await;
    assert_eq!(
        event["event"],
        json!({"start": "2030-05-07", "all_day": true, "place": "Musterhalle", "online": true,
               "registration": "https://probe.example/anmeldung", "status": "confirmed"})
    );
}

#[tokio::test]
async fn a_story_says_what_joined_it_if_asked() {
    let mut app = app().await;
    // One release at two addresses.
    let (mut one, mut other) =
        (item("b1", "Stelle nimmt Arbeit auf", &[], &[]), item("b2", "Stelle am Start", &[], &[]));
    one.summary = "Die Lenkungsstelle Register hilft mit 140 Fachleuten allen Ämtern in Probstadt bei Schnittstellen, \
        Testdaten und Verträgen, sagte Leiterin Erna Muster."
        .to_owned();
    other.summary.clone_from(&one.summary);
    other.story.id = "b1".to_owned();
    Arc::get_mut(&mut app).unwrap().store = kept(&app.catalogue, vec![one, other]).await;
    assert_eq!(get_json(&app, "/api/v1/items/b1").await["story"]["why"], Value::Null, "only if asked");
    let why = get_json(&app, "/api/v1/items/b1?explain=1").await["story"]["why"].clone();
    assert_eq!((&why[0]["items"], &why[0]["rule"]), (&json!(["b1", "b2"]), &json!("one text")), "{why}");
    let words = why[0]["words"].as_array().unwrap();
    assert!(words.contains(&json!("140")) && words.contains(&json!("Lenkungsstelle Register")), "{words:?}");
    let page = get_json(&app, "/api/v1/items?stories=1&explain=1").await;
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(page["items"][0]["story"]["why"][0]["rule"], json!("one text"));
}

#[tokio::test]
async fn what_cannot_be_understood_is_named() {
    let app = app().await;
    for (path, parameter, value, allows) in [
        ("/api/v1/items?land=HH", "land", "HH", "state"),
        ("/api/v1/items?state=XX", "state", "XX", "HH"),
        ("/api/v1/items?topic=nots", "topic", "nots", "noots"),
        ("/api/v1/items?source=x", "source", "x", "probe"),
        ("/feeds/atom.xml?limit=999", "limit", "999", "1 to 200"),
        ("/feeds/events.ics?lang=fr", "lang", "fr", "en"),
        ("/embed?theme=pink", "theme", "pink", "dark"),
        ("/panel?shell=iframe", "shell", "iframe", "dsd"),
        ("/panel?view=wall", "view", "wall", "cards"),
        ("/panel?month=November", "month", "November", "2026-01"),
        ("/panel?from=gestern", "from", "gestern", "2026-01-31"),
        ("/panel?link-target=top", "link-target", "top", "_blank"),
        ("/api/v1/trends?by=mood", "by", "mood", "state"),
        ("/api/v1/trends?per=year", "per", "year", "week"),
        ("/trends?by=state", "by", "state", "topic"),
        ("/api/v1/items?cursor=nonsense", "cursor", "nonsense", "the next of a page of the same query"),
    ] {
        let (status, headers, body) = ask(&app, "GET", path, &[]).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}: {body}");
        assert_eq!(headers["content-type"], "application/problem+json");
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((&problem["parameter"], &problem["value"]), (&json!(parameter), &json!(value)), "{path}");
        assert!(problem["allowed"].as_array().unwrap().contains(&json!(allows)), "{body}");
        assert_eq!(problem["status"], 400);
    }
    for path in [
        "/nowhere",
        "/feeds/event/a1.ics",
        "/feeds/event/e1",
        "/api/v1/items/nothing",
        "/api/v1/items/%ff",
        "/api/v1/items?cursor=n1.2.3.4",
        "/w/abc/panel.js",
        "/w/%ff/panel.js",
    ] {
        let (status, headers, _) = ask(&app, "GET", path, &[]).await;
        assert_eq!(
            (status, headers["content-type"].to_str().unwrap()),
            (StatusCode::NOT_FOUND, "application/problem+json")
        );
    }
}

#[tokio::test]
async fn every_route_answers_304_to_its_own_tag_and_head_like_get() {
    let app = app().await;
    for path in [
        "/",
        "/embed?state=HH",
        "/panel",
        "/panel?shell=dsd",
        "/panel?shell=json",
        "/widget.js",
        "/panel.css",
        "/api/v1/items",
        "/api/v1/items/a1",
        "/api/v1/topics",
        "/api/v1/states",
        "/api/v1/sources",
        "/feeds/atom.xml",
        "/feeds/feed.json",
        "/feeds/events.ics",
        "/feeds/event/e1.ics",
        "/desk.js",
        "/start.js",
        "/frame.js",
        "/pages.css",
        "/api/openapi.json",
        "/api/docs?lang=en",
        "/feeds/rss.xml",
        "/feeds/sources.opml",
        "/favicon.ico",
        "/api/v1/trends",
        "/api/v1/trends?by=state&per=day",
        "/trends",
        "/sources",
        "/topics",
        "/privacy",
        "/accessibility?lang=en",
    ] {
        let (status, headers, body) = ask(&app, "GET", path, &[]).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        assert!(!body.is_empty());
        for name in ["cache-control", "content-type", "access-control-allow-origin", "x-content-type-options"] {
            assert!(headers.contains_key(name), "{path}: {name}");
        }
        let tag = headers["etag"].to_str().unwrap();
        let (status, _, body) = ask(&app, "GET", path, &[("if-none-match", tag)]).await;
        assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
        let (status, head, body) = ask(&app, "HEAD", path, &[]).await;
        assert_eq!((status, body.len()), (StatusCode::OK, 0), "{path}");
        for name in ["content-length", "content-type", "etag", "cache-control", "vary"] {
            assert_eq!(head.get(name), headers.get(name), "{path}: {name} of HEAD and GET");
        }
        // It is said from the second after the change: one may end between the two.
        if let Some(modified) = headers.get("last-modified") {
            assert_eq!(head.get("last-modified"), Some(modified), "{path}");
        }
        let (status, options, body) = ask(&app, "OPTIONS", path, &[("origin", "https://intra.example")]).await;
        assert_eq!((status, body.len()), (StatusCode::NO_CONTENT, 0), "{path}");
        assert_eq!(options["allow"], "GET, HEAD, OPTIONS", "{path}");
        assert_eq!(options["access-control-allow-origin"], "*", "{path}");
        assert!(options["access-control-allow-headers"].to_str().unwrap().contains("if-none-match"));
        let (status, headers, _) = ask(&app, "POST", path, &[]).await;
        assert_eq!(
            (status, headers["allow"].to_str().unwrap()),
            (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn asked_again_in_the_same_words_it_says_the_same_and_in_others_something_else() {
    let app = app().await;
    let hits = || app.answers.hits.load(std::sync::atomic::Ordering::Relaxed);
    for (path, one, other) in [
        ("/feeds/atom.xml?state=HH", ("accept-encoding", "br"), ("accept-encoding", "gzip")),
        ("/embed?topic=noots", ("sec-fetch-dest", "iframe"), ("sec-fetch-dest", "document")),
        ("/panel?shell=data", ("accept-encoding", "gzip"), ("accept-encoding", "br")),
    ] {
        let mut told = Vec::new();
        for header in [one, other, one, other] {
            let before = hits();
            let (status, headers, _) = ask(&app, "GET", path, &[header]).await;
            told.push((status, headers["etag"].clone(), headers["content-type"].clone(), headers["vary"].clone()));
            let known = told.len() > 2;
            assert_eq!(hits() - before, u64::from(known), "{path} {header:?}");
        }
        assert_eq!(told[0], told[2], "{path}");
        assert_eq!(told[1], told[3], "{path}");
        assert_ne!(told[0].1, told[1].1, "{path}");
    }
    for path in ["/api/v1/items?state=XX", "/nowhere"] {
        let [first, again] = [ask(&app, "GET", path, &[]).await.0, ask(&app, "GET", path, &[]).await.0];
        assert!(first == again && first.is_client_error(), "{path}");
    }
}

#[tokio::test]
async fn feeds_carry_the_filter_in_title_and_address() {
    let app = app().await;
    let (_, _, atom) = ask(&app, "GET", "/feeds/atom.xml?state=HH&topic=noots", &[]).await;
    assert!(atom.contains("NOOTS in Hamburg"), "{atom}");
    assert!(atom.contains("http://ticker.example/feeds/atom.xml?state=HH&amp;topic=noots"), "{atom}");
    let (_, _, ics) = ask(&app, "GET", "/feeds/events.ics?state=BY", &[]).await;
    assert!(ics.contains("BEGIN:VEVENT") && ics.contains("DTSTART;VALUE=DATE:20300507"), "{ics}");
    assert_eq!(ics.matches("BEGIN:VEVENT").count(), 1);
    let (_, _, json) = ask(&app, "GET", "/feeds/feed.json?state=HE", &[]).await;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_over_does_not_crowd_out_what_is_to_come() {
    let app = app().await;
    for path in ["/feeds/events.ics", "/feeds/atom.xml?kind=event", "/feeds/feed.json?kind=event", "/embed?kind=event"]
    {
        let (_, _, body) = ask(&app, "GET", path, &[]).await;
        assert!(
            body.contains("Forum Registermodernisierung") && !body.contains("Forum vom vorigen Mal"),
            "{path}: {body}"
        );
        let mark = if path.contains('?') { '&' } else { '?' };
        let (_, _, body) = ask(&app, "GET", &format!("{path}{mark}since=2019-01-01"), &[]).await;
        assert!(body.contains("Forum vom vorigen Mal"), "{path}: {body}");
    }
}

#[tokio::test]
async fn a_source_that_left_the_catalogue_is_known_while_its_items_are_kept() {
    let mut app = Arc::into_inner(app().await).unwrap();
    let mut catalogue = (*app.catalogue).clone();
    catalogue.sources.clear();
    app.catalogue = Arc::new(catalogue);
    let app = Arc::new(app);
    assert_eq!(get_json(&app, "/api/v1/items?source=probe").await["total"], json!(4));
    assert_eq!(ask(&app, "GET", "/api/v1/items?source=nobody", &[]).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn markup_in_items_and_hosts_stays_text() {
    let app = app().await;
    let (_, headers, body) = ask(&app, "GET", "/embed", &[]).await;
    assert!(body.contains("CDO für Bayern &amp; &lt;Hessen&gt;"), "{body}");
    assert!(!body.contains("<Hessen>") && !body.contains("<script"));
    assert!(headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    let (_, _, body) = ask(&app, "GET", "/embed", &[("host", "evil.example/\"><script>")]).await;
    assert!(!body.contains("evil.example"), "{body}");
}

#[tokio::test]
async fn tabs_count_what_they_would_show() {
    let app = app().await;
    // Of the two events one is over.
    for path in ["/panel?shell=data", "/panel?kind=event&shell=data"] {
        let data = get_json(&app, path).await;
        assert_eq!(data["page"]["facets"]["kind"], json!({"news": 2, "event": 1}), "{path}");
    }
}

#[tokio::test]
async fn a_calendar_has_its_month_and_an_event_its_file() {
    let app = app().await;
    let (_, _, body) = ask(&app, "GET", "/panel?kind=event&view=calendar&month=2030-05", &[]).await;
    assert!(body.contains("Mai 2030") && body.contains("Forum Registermodernisierung"), "{body}");
    assert!(body.contains("/embed?kind=event&amp;view=calendar&amp;month=2030-05&amp;day=2030-05-07"), "{body}");
    let (_, _, body) = ask(&app, "GET", "/panel?kind=event&view=calendar&month=2030-07", &[]).await;
    assert!(!body.contains("Forum Registermodernisierung"), "{body}");
    let (_, headers, body) = ask(&app, "GET", "/feeds/event/e1.ics", &[]).await;
    assert!(headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert!(body.contains("DTSTART;VALUE=DATE:20300507") && body.matches("BEGIN:VEVENT").count() == 1, "{body}");
}

#[tokio::test]
async fn what_was_searched_for_is_marked_as_it_matched() {
    let app = app().await;
    let (_, _, body) = ask(&app, "GET", "/panel?q=Hamburg", &[]).await;
    assert!(body.contains("NOOTS in <mark>Hamburg</mark>"), "{body}");
}

#[tokio::test]
async fn simple_german_is_a_language_of_its_own() {
    let app = app().await;
    let (_, _, body) = ask(&app, "GET", "/embed?lang=de-simple", &[]).await;
    assert!(body.contains("<html lang=\"de-simple\"") && body.contains("Wort suchen"), "{body}");
}

#[tokio::test]
async fn subscriptions_are_those_that_have_what_is_asked_for() {
    let app = app().await;
    for (query, found) in [
        ("", true),
        ("?state=HH", true),
        ("?state=SL", false),
        ("?source=probe", true),
        ("?source=probe&q=Weltraumbahnhof", false),
        ("?kind=event&limit=1&lang=en", true),
    ] {
        let (status, _, body) = ask(&app, "GET", &format!("/feeds/sources.opml{query}"), &[]).await;
        assert_eq!((status, body.contains("<outline")), (StatusCode::OK, found), "{query}: {body}");
    }
    let (status, _, body) = ask(&app, "GET", "/feeds/sources.opml?land=HH", &[]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
}

#[tokio::test]
async fn trends_count_as_the_list_does() {
    let app = app().await;
    let trends = get_json(&app, "/api/v1/trends?since=2026-11-09&until=2026-11-22").await;
    assert_eq!((&trends["by"], &trends["per"]), (&json!("topic"), &json!("week")));
    assert!(trends["rising"].is_array(), "{trends}");
    let periods = trends["periods"].as_array().unwrap();
    assert_eq!(periods, &[json!("2026-11-09"), json!("2026-11-16")]);
    assert_eq!(trends["total"], json!([0, 2]));
    assert_eq!(trends["series"]["noots"], json!([0, 1]));
    let days = get_json(&app, "/api/v1/trends?by=state&per=day&since=2026-11-19&until=2026-11-20&state=HH").await;
    assert_eq!(days["periods"], json!(["2026-11-19", "2026-11-20"]));
    assert_eq!((&days["total"], &days["series"]["HH"]), (&json!([0, 1]), &json!([0, 1])));
    let one = get_json(&app, "/api/v1/trends?since=2026-11-20&until=2026-11-20&state=HH").await;
    assert_eq!((&one["periods"], &one["total"]), (&json!(["2026-11-16"]), &json!([1])), "a day of a week");
    let listed = get_json(&app, "/api/v1/items?since=2026-11-17&until=2026-11-19&kind=news&stories=1").await;
    let some = get_json(&app, "/api/v1/trends?since=2026-11-17&until=2026-11-19").await;
    assert_eq!(some["total"], json!([listed["total"]]), "what is before and behind is not asked for");
    let none = get_json(&app, "/api/v1/trends?since=9999-01-01").await;
    assert_eq!((&none["periods"], &none["total"], &none["rising"]), (&json!([]), &json!([]), &json!([])));
    assert_eq!(ask(&app, "GET", "/trends?since=9999-01-01", &[]).await.0, StatusCode::OK);
    let many = get_json(&app, "/api/v1/trends?per=day&since=36500d").await;
    assert_eq!(many["periods"].as_array().unwrap().len(), 60, "a question cannot ask for everything");
}

#[tokio::test]
async fn only_a_frame_gets_the_script_that_speaks_to_the_page_around_it() {
    let app = app().await;
    let (_, headers, body) = ask(&app, "GET", "/embed", &[("sec-fetch-dest", "iframe")]).await;
    assert!(body.contains("<script defer src=\"/frame.js\">"), "{body}");
    assert!(headers["vary"].to_str().unwrap().contains("sec-fetch-dest"));
    let (_, _, body) = ask(&app, "GET", "/embed", &[("sec-fetch-dest", "document")]).await;
    assert!(!body.contains("<script"), "{body}");
}

/// Ways to smuggle a script through a title or a summary, in the shapes that readers of feeds have met.
const SMUGGLED: [&str; 24] = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//boese.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<style>@import '//boese.example/x.css';</style>",
    "<link rel=stylesheet href=//boese.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//boese.example'>",
    "<base href=//boese.example/>",
    "<form action=//boese.example><button>x</button></form>",
    "\"><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=alert(1) x=\"",
    "]]><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "</textarea><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u{2028}<script\u{0}>alert(1)</script>",
];

#[tokio::test]
async fn nothing_smuggled_into_an_item_leaves_as_markup() {
    let app = app().await;
    let mut items: Vec<Item> = Vec::new();
    for (n, vector) in SMUGGLED.iter().enumerate() {
        let mut item = item(&format!("x{n}"), &format!("Amt {vector}"), &[], &[]);
        item.summary = format!("Register {vector}");
        item.kicker = Some((*vector).to_owned());
        item.url =
            if n % 2 == 0 { "javascript:alert(1)".to_owned() } else { format!("https://probe.example/{vector}") };
        item.source.name = format!("Quelle {vector}");
        if n % 3 == 0 {
            item.kind = Kind::Event;
            item.event = Some(Event {
                start: When::parse("2030-05-07").unwrap(),
                end: None,
                all_day: true,
                place: Some((*vector).to_owned()),
                online: false,
                registration: Some(format!("javascript:{vector}")),
                organiser: Some((*vector).to_owned()),
                status: Status::Confirmed,
            });
        }
        items.push(item);
    }
    let catalogue = (*app.catalogue).clone();
    let app = Arc::new(over(kept(&catalogue, items).await, catalogue));
    for path in [
        "/panel?limit=200",
        "/panel?limit=200&q=register",
        "/panel?limit=200&shell=dsd&explain=1",
        "/panel?kind=event&view=calendar&month=2030-05",
        "/embed?limit=200",
        "/embed?limit=200&view=compact",
        "/?limit=200",
        "/?limit=200&kind=event",
        "/feeds/atom.xml",
        "/feeds/events.ics",
    ] {
        let (status, _, body) = ask(&app, "GET", path, &[]).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        assert!(body.contains("Amt "), "{path} shows them");
        if path.ends_with(".ics") {
            continue;
        }
        for tag in [
            "<script>",
            "<script\u{0}",
            "<ScRiPt",
            "<img",
            "<svg",
            "<iframe",
            "<math",
            "<template>",
            "<style",
            "<base",
            "<noscript",
        ] {
            assert!(!body.contains(tag), "{tag} in {path}");
        }
        assert!(!body.contains("href=\"javascript:"), "{path}");
        // What would have become an attribute is still inside a text or a quoted value.
        for attribute in ["\" onfocus=", "\" autofocus onfocus", "\"><script"] {
            assert!(!body.contains(attribute), "{attribute} in {path}");
        }
    }
}

/// An app that has other settings.
pub(super) fn with(app: &Arc<App>, settings: HttpConfig) -> Arc<App> {
    let app = over(app.store.clone(), (*app.catalogue).clone());
    Arc::new(App { settings, ..app })
}

#[tokio::test]
async fn weaknesses_can_be_told_if_the_operator_says_whom() {
    let path = "/.well-known/security.txt";
    let app = app().await;
    assert_eq!(ask(&app, "GET", path, &[]).await.0, StatusCode::NOT_FOUND);
    let contact = Some("mailto:sicherheit@amt.example".to_owned());
    let app = with(&app, HttpConfig { security_contact: contact, ..HttpConfig::default() });
    let (status, headers, body) = ask(&app, "GET", path, &[]).await;
    assert_eq!((status, &headers["content-type"]), (StatusCode::OK, &"text/plain; charset=utf-8".parse().unwrap()));
    assert!(body.starts_with("Contact: mailto:sicherheit@amt.example\nExpires: "), "{body}");
    let expires = body.lines().nth(1).and_then(|line| Moment::parse(line.strip_prefix("Expires: ")?)).unwrap();
    assert!(expires > now() && expires.ms() < now().ms() + 365 * 86_400_000, "{body}");
}

#[tokio::test]
async fn who_may_frame_our_pages_is_the_operators_to_say() {
    let app = app().await;
    let ancestors = "'self' https://intra.example".to_owned();
    let app = with(&app, HttpConfig { frame_ancestors: ancestors, ..HttpConfig::default() });
    for path in ["/embed", "/panel", "/panel?shell=dsd", "/", "/trends", "/privacy"] {
        let (_, headers, _) = ask(&app, "GET", path, &[]).await;
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.ends_with("frame-ancestors 'self' https://intra.example"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn what_was_answered_is_counted_by_route() {
    let app = app().await;
    for path in ["/api/v1/items?q=geheim", "/api/v1/items/a1", "/nowhere/geheim", "/api/v1/items/nothing"] {
        ask(&app, "GET", path, &[]).await;
    }
    let (_, _, text) = ask(&app, "GET", "/metrics", &[]).await;
    for line in [
        "amtsticker_http_requests_total{route=\"/api/v1/items\",status=\"2xx\"}",
        "amtsticker_http_requests_total{route=\"/api/v1/items/{id}\",status=\"4xx\"}",
        "amtsticker_http_requests_total{route=\"other\",status=\"4xx\"}",
        "amtsticker_http_request_seconds_bucket{route=\"/api/v1/items\",le=\"+Inf\"}",
        "amtsticker_answers_made_total ",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("geheim"), "no address is counted");
}

#[tokio::test]
async fn numbers_are_said_once_and_without_the_store_too() {
    let app = app().await;
    for up in [1, 0] {
        let (status, _, text) = ask(&app, "GET", "/metrics", &[]).await;
        assert_eq!(status, StatusCode::OK);
        let mut kinds: Vec<&str> = text.lines().filter(|line| line.starts_with("# TYPE ")).collect();
        kinds.sort_unstable();
        let said = kinds.len();
        kinds.dedup();
        assert_eq!(kinds.len(), said, "what is said twice is refused by whoever reads it: {text}");
        for line in [format!("amtsticker_store_up {up}\n"), "amtsticker_tasks ".into(), "process_open_fds ".into()] {
            assert!(text.contains(&line), "{line}: {text}");
        }
        assert_eq!(text.contains("\namtsticker_items "), up == 1, "{text}");
        app.store.close().await;
    }
}

#[tokio::test]
async fn a_feed_says_its_filter_and_its_period() {
    let app = app().await;
    for (asked, title) in [
        ("topic=noots&state=HH", "NOOTS und Once-Only in Hamburg"),
        ("topic=noots&since=7d", "NOOTS und Once-Only, letzte 7 Tage"),
        ("topic=noots&since=24h&lang=en", "NOOTS and once-only, last 24 hours"),
        ("topic=noots&since=2026-11-01&until=2026-11-09", "NOOTS und Once-Only, seit 1.11.2026, bis 9.11.2026"),
        ("topic=noots&until=2026-11-09&lang=en", "NOOTS and once-only, until 2026-11-09"),
    ] {
        let feed = get_json(&app, &format!("/feeds/feed.json?{asked}")).await;
        assert_eq!(feed["title"], json!(title), "{asked}");
    }
}

/// The lines of a calendar's events, without those that name the calendar.
fn events(ics: &str) -> Vec<&str> {
    ics.lines().skip_while(|line| *line != "BEGIN:VEVENT").filter(|line| *line != "END:VCALENDAR").collect()
}

#[tokio::test]
async fn an_event_alone_is_the_event_of_the_calendar() {
    let mut event = item("e1", "Forum Registermodernisierung", &[State::By], &["registermodernisierung"]);
    event.kind = Kind::Event;
    event.published = None;
    event.event = Some(one_day());
    let other = Item { id: "e2".to_owned(), title: "Forum, Programm".to_owned(), ..event.clone() };
    let other = Item { story: model::Story { id: "e1".to_owned(), ..other.story.clone() }, ..other };
    let app = app().await;
    let store = kept(&app.catalogue, vec![event, other]).await;
    let app = Arc::new(over(store, (*app.catalogue).clone()));
    let (_, _, calendar) = ask(&app, "GET", "/feeds/events.ics", &[]).await;
    let (_, _, lead) = ask(&app, "GET", "/feeds/event/e1.ics", &[]).await;
    let (_, _, other) = ask(&app, "GET", "/feeds/event/e2.ics", &[]).await;
    assert_eq!(events(&lead), events(&calendar));
    assert_eq!(events(&other), events(&lead), "under one name there is one event");
    assert!(!lead.contains("DTSTAMP:2030"), "it has not been made yet: {lead}");
}

#[tokio::test]
async fn a_calendar_is_whole_and_a_feed_goes_on() {
    let event = |n: usize| {
        let mut event = item(&format!("e{n}"), &format!("Forum {n}"), &[State::By], &[]);
        event.kind = Kind::Event;
        event.event = Some(one_day());
        event
    };
    let app = app().await;
    let store = kept(&app.catalogue, (0..450).map(event).collect()).await;
    let app = Arc::new(over(store, (*app.catalogue).clone()));
    let uids = async |path: &str| {
        let (_, _, body) = ask(&app, "GET", path, &[]).await;
        let uids: Vec<String> = body.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect();
        let once: std::collections::BTreeSet<&String> = uids.iter().collect();
        assert_eq!(once.len(), uids.len(), "{path}");
        uids.len()
    };
    assert_eq!((uids("/feeds/events.ics").await, uids("/feeds/events.ics?limit=7").await), (450, 7));
}
