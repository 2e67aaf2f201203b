//! Webhooks at a real receiver that fails as receivers do.

use model::{Catalogue, State};
use origin::{Answer, Origin};
use serde_json::Value;

use super::*;
use crate::config::{FetchConfig, Occasion, Secret, WebhookConfig};
use crate::push::sign::is_signed;
use crate::push::testing::{item, limits, publish, store, visit};
use crate::push::{watch_health, webhook};

const SECRET: &str = "sehr geheim, nur im Test";
const DAY_MS: i64 = 24 * 3600 * 1000;

fn at(ms: i64) -> Moment {
    Moment::from_ms(Moment::parse("2026-11-22T12:00:00Z").unwrap().ms() + ms)
}

fn hook(url: String, on: Occasion, query: &str) -> WebhookConfig {
    WebhookConfig { url, on, query: query.to_owned(), secret: Secret(SECRET.to_owned()) }
}

async fn courier(store: &Store, hooks: &[WebhookConfig], config: &FetchConfig) -> Arc<Courier> {
    let webhooks = webhook::prepare(hooks, &Catalogue::default()).unwrap();
    let visitor = Arc::new(Visitor::new(config).unwrap());
    let courier = Courier { store: store.clone(), visitor, webhooks, desk: None, traffic: Traffic::default() };
    courier.enlist(at(0)).await.unwrap();
    Arc::new(courier)
}

/// Delivers what may be delivered at a moment, until nothing is left to do then.
async fn deliver(courier: &Arc<Courier>, now: Moment) {
    let mut running = JoinSet::new();
    while courier.round(&mut running, now).await.unwrap() > 0 {
        while !running.is_empty() {
            courier.round_up(&mut running).await.unwrap();
        }
    }
}

/// What was posted to a path: name of the delivery and body, all signed.
fn posted(origin: &Origin, path: &str) -> Vec<(String, Value)> {
    let one = |request: &origin::Request| {
        assert_eq!((request.method.as_str(), request.header("content-type")), ("POST", Some("application/json")));
        assert!(is_signed(SECRET, &request.body, request.header("x-hub-signature-256").unwrap()));
        let delivery = request.header("x-amtsticker-delivery").unwrap().to_owned();
        (delivery, serde_json::from_slice(&request.body).unwrap())
    };
    origin.requests(path).iter().map(one).collect()
}

fn ids(body: &Value) -> String {
    let items = body["items"].as_array().unwrap().iter();
    let one = |news: &Value| format!("{} {}", news["change"].as_str().unwrap(), news["item"]["id"].as_str().unwrap());
    items.map(one).collect::<Vec<_>>().join(", ")
}

#[tokio::test]
async fn a_webhook_is_told_what_fits_signed_and_once() {
    let (origin, store) = (Origin::start().await, store(at(0)).await);
    origin.at("/hook").then(204);
    publish(&store, vec![item("alt", "Vorher", &[State::Hh])], at(0)).await;
    let courier = courier(&store, &[hook(origin.url("/hook"), Occasion::Items, "state=HH")], &limits()).await;
    deliver(&courier, at(0)).await;
    assert!(origin.all_requests().is_empty(), "what was before is no news");

    publish(&store, vec![item("a", "Neues", &[State::Hh]), item("b", "Anderes", &[State::By])], at(0)).await;
    deliver(&courier, at(1000)).await;
    let all = posted(&origin, "/hook");
    assert_eq!((all.len(), ids(&all[0].1).as_str()), (1, "new a"));
    let body = &all[0].1;
    assert_eq!(
        (&body["on"], &body["query"], &body["sequence"]),
        (&"items".into(), &"state=HH".into(), &2.into()),
        "the number of the last that is told"
    );
    assert_eq!(body["items"][0]["item"], serde_json::to_value(store.item("a").await.unwrap().unwrap()).unwrap());
    assert!(Moment::parse(body["sent"].as_str().unwrap()).is_some());

    publish(&store, vec![item("c", "Nur in Bayern", &[State::By])], at(0)).await;
    deliver(&courier, at(2000)).await;
    assert_eq!(posted(&origin, "/hook").len(), 1, "nothing fits");
    assert_eq!(store.subscribers(at(0)).await.unwrap(), (0, 0), "and nothing is left to do");
    publish(&store, vec![item("a", "Neues, ergänzt", &[State::Hh])], at(0)).await;
    deliver(&courier, at(3000)).await;
    assert_eq!(ids(&posted(&origin, "/hook")[1].1), "changed a");
}

#[tokio::test]
async fn what_fails_is_tried_again_and_nothing_is_lost() {
    let (origin, store) = (Origin::start().await, store(at(0)).await);
    let refusals = [Answer::status(500), Answer::redirect("/woanders"), Answer::silence()];
    let script = refusals.into_iter().fold(origin.at("/hook"), origin::Script::then);
    script.then(Answer::status(503).header("Retry-After", "7200")).then(200);
    origin.at("/woanders").then(200);
    let courier = courier(&store, &[hook(origin.url("/hook"), Occasion::Items, "")], &limits()).await;
    publish(&store, vec![item("a", "Erstes", &[])], at(0)).await;
    for (round, tries) in [(0, 1), (0, 1), (20_000, 2), (60_000, 3), (200_000, 4), (3_600_000, 4), (7_500_000, 5)] {
        deliver(&courier, at(round)).await;
        assert_eq!(origin.requests("/hook").len(), tries, "after {round} ms");
        publish(&store, vec![item(&format!("n{round}"), "Weiteres", &[])], at(round)).await;
    }
    let all = posted(&origin, "/hook");
    assert_eq!(ids(&all[0].1), "new a");
    assert_eq!(ids(&all[4].1), "new a, new n0, new n20000, new n60000, new n200000, new n3600000");
    assert!(origin.requests("/woanders").is_empty(), "where a receiver points, nobody has asked to be told");
    deliver(&courier, at(7_600_000)).await;
    assert_eq!(ids(&posted(&origin, "/hook")[5].1), "new n7500000", "and goes on");
    assert!(store.dead_letters().await.unwrap().is_empty());
}

#[tokio::test]
async fn after_three_days_it_is_a_dead_letter_and_the_next_one_is_tried() {
    let (origin, store) = (Origin::start().await, store(at(0)).await);
    origin.at("/hook").then(500).then(500).then(200);
    let courier = courier(&store, &[hook(origin.url("/hook"), Occasion::Items, "")], &limits()).await;
    publish(&store, vec![item("a", "Erstes", &[])], at(0)).await;
    deliver(&courier, at(0)).await;
    deliver(&courier, at(3 * DAY_MS + 1000)).await;
    let letter = store.dead_letters().await.unwrap().remove(0);
    assert_eq!((letter.from, letter.to, letter.attempts), (1, 1, 2));
    assert_eq!(letter.reason, "the server answered 500");
    publish(&store, vec![item("b", "Zweites", &[])], at(0)).await;
    deliver(&courier, at(3 * DAY_MS + 2000)).await;
    assert_eq!(ids(&posted(&origin, "/hook")[2].1), "new b");
}

#[tokio::test]
async fn who_dies_after_sending_sends_the_same_again() {
    let (origin, store) = (Origin::start().await, store(at(0)).await);
    origin.at("/hook").then(200);
    let courier = courier(&store, &[hook(origin.url("/hook"), Occasion::Items, "")], &limits()).await;
    publish(&store, vec![item("a", "Erstes", &[])], at(0)).await;
    let mut running = JoinSet::new();
    courier.round(&mut running, at(0)).await.unwrap();
    origin.asked("/hook", 1).await;
    // As a kill would: what was sent is never settled.
    running.shutdown().await;
    deliver(&courier, at(LEASE_MS - 1)).await;
    assert_eq!(origin.requests("/hook").len(), 1, "still in the dead one's hands");
    deliver(&courier, at(LEASE_MS)).await;
    deliver(&courier, at(3 * LEASE_MS)).await;
    let all = posted(&origin, "/hook");
    assert_eq!((all.len(), &all[0].0), (2, &all[1].0), "known by its name");
    assert_eq!(ids(&all[1].1), "new a");
}

#[tokio::test]
async fn many_changes_come_in_several_deliveries_in_order() {
    let (origin, store) = (Origin::start().await, store(at(0)).await);
    origin.at("/hook").then(200);
    let courier = courier(&store, &[hook(origin.url("/hook"), Occasion::Items, "q=wichtig")], &limits()).await;
    let title = |n: usize| if n.is_multiple_of(3) { "Ganz wichtig" } else { "Nebenbei" };
    publish(&store, (0..900).map(|n| item(&format!("n{n}"), title(n), &[])).collect(), at(0)).await;
    deliver(&courier, at(0)).await;
    let all = posted(&origin, "/hook");
    let told: Vec<String> =
        all.iter().flat_map(|(_, body)| ids(body).split(", ").map(str::to_owned).collect::<Vec<_>>()).collect();
    let expected: Vec<String> = (0..900).step_by(3).map(|n| format!("new n{n}")).collect();
    assert_eq!((told, all.len()), (expected, 5));
}

#[tokio::test]
async fn private_addresses_and_unknown_receivers_are_refused_and_hold_up_nobody() {
    let (origin, store) = (Origin::start().await, store(at(0)).await);
    origin.at("/hook").then(200);
    let strict = FetchConfig { allow_private: Vec::new(), ..limits() };
    let one = courier(&store, &[hook(origin.url("/hook"), Occasion::Items, "")], &strict).await;
    publish(&store, vec![item("a", "Erstes", &[])], at(0)).await;
    deliver(&one, at(0)).await;
    assert!(origin.all_requests().is_empty(), "loopback is not public");
    assert_eq!(store.subscribers(at(0)).await.unwrap().1, 1, "it waits until the operator allows it");

    let other = courier(&store, &[hook(origin.url("/zwei"), Occasion::Items, "")], &limits()).await;
    origin.at("/zwei").then(200);
    publish(&store, vec![item("b", "Zweites", &[])], at(0)).await;
    deliver(&other, at(0)).await;
    assert_eq!(ids(&posted(&origin, "/zwei")[0].1), "new b");
    assert!(origin.requests("/hook").is_empty(), "each process tells its own webhooks");
}

#[tokio::test]
async fn a_change_of_health_is_posted_once() {
    let (origin, store) = (Origin::start().await, store(at(0)).await);
    origin.at("/health").then(200);
    origin.at("/items").then(200);
    let hooks = [hook(origin.url("/health"), Occasion::Health, ""), hook(origin.url("/items"), Occasion::Items, "")];
    let courier = courier(&store, &hooks, &limits()).await;
    let source = model::Source { id: "probe".to_owned(), enabled: true, ..model::Source::default() };
    let catalogue = Catalogue { sources: vec![source], ..Catalogue::default() };
    let turn = async |outcome: model::Outcome, now: Moment| {
        let lease = store.lease(store::Pick::Named(&["probe".to_owned()]), now, 1, 60_000).await.unwrap().remove(0);
        let visit = model::Visit { outcome, status: Some(500), ..visit(lease, now) };
        store.keep(&visit, &model::Batch::default(), now).await.unwrap();
        watch_health::look(&store, &catalogue, now).await.unwrap()
    };
    assert_eq!(watch_health::look(&store, &catalogue, at(0)).await.unwrap(), 0, "new is well");
    assert_eq!(turn(model::Outcome::Fresh, at(0)).await, 0, "fresh as well");
    let failed = || model::Outcome::Failed("the server answered 500".to_owned());
    assert_eq!((turn(failed(), at(1000)).await, turn(failed(), at(2000)).await), (1, 0));
    let layout = model::Outcome::Suspect(model::Trouble::LayoutChanged, "no entries".to_owned());
    assert_eq!((turn(layout, at(3000)).await, turn(model::Outcome::Fresh, at(4000)).await), (1, 1));
    deliver(&courier, at(5000)).await;
    let all = posted(&origin, "/health");
    assert_eq!((all.len(), &all[0].1["on"]), (1, &"health".into()));
    let word = |n: usize| {
        let source = &all[0].1["sources"][n];
        format!("{} {}>{}", source["source"], source["was"], source["state"]).replace('"', "")
    };
    assert_eq!(
        [word(0), word(1), word(2)],
        ["probe well>failing", "probe failing>layout-changed", "probe layout-changed>fresh"]
    );
    assert_eq!(all[0].1["sources"][0]["why"], "the server answered 500");
    assert!(all[0].1["sources"][0]["advice"].is_string());
    assert!(origin.requests("/items").is_empty());
}

#[test]
fn a_webhook_that_asks_for_what_is_not_there_is_named() {
    let hooks = [hook("https://a.example/".to_owned(), Occasion::Items, "topic=gibtsnicht")];
    let error = webhook::prepare(&hooks, &Catalogue::default()).unwrap_err().to_string();
    assert!(error.contains("https://a.example/") && error.contains("gibtsnicht"), "{error}");
}
