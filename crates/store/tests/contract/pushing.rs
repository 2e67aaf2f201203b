//! The outbox: nothing is lost, nothing told that was not kept, and one subscriber to one teller at a time.

use std::collections::BTreeSet;
use std::sync::Arc;

use model::{Change, Moment};
use store::{Changes, Intent, Limits, Settled, Store, Subscriber, Subscription, ToldHealth, Whose};

use crate::hand::*;
use crate::place::Place;

fn at(ms: i64) -> Moment {
    Moment::from_ms(now().ms() + ms)
}

/// What changed in short: `3+a` is new, `4~b` has changed.
fn said(changes: &Changes) -> String {
    let one =
        |changed: &store::Changed| format!("{}{}{}", changed.seq, if changed.new { '+' } else { '~' }, changed.item.id);
    changes.items.iter().map(one).collect::<Vec<_>>().join(" ")
}

async fn changes(store: &Store, after: i64) -> String {
    said(&store.changes(after, 100).await.unwrap())
}

async fn claim(store: &Store, webhooks: &[&str], hub: bool, now: Moment) -> Vec<Subscriber> {
    let webhooks: Vec<String> = webhooks.iter().map(|id| (*id).to_owned()).collect();
    store.claim(Whose { webhooks: &webhooks, hub }, now, 10, MINUTE).await.unwrap()
}

fn settled(one: &Subscriber, seen: i64, next_try: Moment) -> Settled {
    let (id, epoch) = (one.id.clone(), one.epoch);
    Settled { id, epoch, seen, next_try, attempts: 0, failing_since: None, digest: None, died: None }
}

async fn enlist(store: &Store, id: &str) {
    let url = format!("https://{id}.example/");
    store.enlist(&[(id.to_owned(), url, "state=HH".to_owned())], now()).await.unwrap();
}

#[tokio::test]
async fn what_a_batch_changed_is_in_the_outbox() {
    let store = store().await;
    assert_eq!((store.last_change().await.unwrap(), changes(&store, 0).await.as_str()), (0, ""));
    new(&store, "nord", [news("a", HOUR), news("b", DAY), news("c", 0).hidden()]).await;
    assert_eq!(changes(&store, 0).await, "1+a 2+b", "what cannot be found is told to nobody");
    new(&store, "nord", [news("a", HOUR), news("b", DAY)]).await;
    assert_eq!(store.last_change().await.unwrap(), 2, "nothing changed");

    keep(&store, "nord", &batch([Change::Changed(news("a", HOUR).hash(2)), Change::Changed(news("c", 0))])).await;
    assert_eq!(changes(&store, 2).await, "3~a 4+c", "what can be found from now on is new");
    assert_eq!(changes(&store, 0).await, "2+b 3+a 4+c", "of an item that changed twice the last");
    keep(&store, "nord", &batch([Change::Changed(news("a", HOUR).hash(3).hidden())])).await;
    assert_eq!(changes(&store, 0).await, "2+b 4+c");

    let piece = store.changes(0, 2).await.unwrap();
    assert_eq!((said(&piece).as_str(), piece.upto, piece.more, piece.lost), ("2+b", 2, true, false));
    let rest = store.changes(piece.upto, 3).await.unwrap();
    assert_eq!((said(&rest).as_str(), rest.upto, rest.more), ("4+c", 4, false));
}

#[tokio::test]
async fn a_fenced_turn_tells_nothing_and_stories_come_with_their_others() {
    let store = store().await;
    let old = epoch(&store, "nord").await;
    epoch(&store, "nord").await;
    store.keep(&visit("nord", old), &batch([Change::New(news("a", 0))]), now()).await.unwrap();
    assert_eq!(store.last_change().await.unwrap(), 0);
    new(&store, "nord", [news("a", HOUR)]).await;
    new(&store, "sued", [news("b", 0).told_with("a")]).await;
    let told = store.changes(1, 9).await.unwrap();
    let story = &told.items[0].item.story;
    assert_eq!((story.id.as_str(), story.size, story.others[0].id.as_str()), ("a", 2, "a"));
    assert_eq!(told.items[0].at, now());
}

#[tokio::test]
async fn what_is_forgotten_is_said_to_be_lost() {
    let store = store().await;
    new(&store, "nord", (0..20).map(|n| news(&format!("n{n}"), n * MINUTE))).await;
    store.prune(ago(DAY), 1000, now()).await.unwrap();
    assert!(!store.changes(0, 9).await.unwrap().lost, "none is old");
    store.prune(ago(DAY), 5, now()).await.unwrap();
    let left = store.changes(0, 9).await.unwrap();
    assert_eq!((left.items.len(), left.lost), (5, true));
    assert!(!store.changes(15, 9).await.unwrap().lost);
    assert!(store.changes(21, 9).await.unwrap().lost, "a number of another store");
    store.prune(at(1), 1000, now()).await.unwrap();
    assert_eq!((changes(&store, 0).await.as_str(), store.last_change().await.unwrap()), ("", 20));
    new(&store, "nord", [news("z", 0)]).await;
    assert_eq!(changes(&store, 20).await, "21+z", "numbers go on");
}

#[tokio::test]
async fn a_subscriber_is_told_from_when_it_came_and_by_one_at_a_time() {
    let store = store().await;
    new(&store, "nord", [news("a", 0)]).await;
    enlist(&store, "w").await;
    enlist(&store, "w").await;
    assert!(claim(&store, &["w"], true, now()).await.is_empty(), "it knows all there was");
    new(&store, "nord", [news("b", 0)]).await;
    assert!(claim(&store, &["other"], true, now()).await.is_empty(), "another configuration's");
    let taken = claim(&store, &["w"], true, now()).await;
    assert_eq!((taken.len(), taken[0].seen, taken[0].topic.as_str(), taken[0].hub), (1, 1, "state=HH", false));
    assert!(claim(&store, &["w"], true, at(MINUTE - 1)).await.is_empty(), "taken");

    let again = claim(&store, &["w"], true, at(MINUTE)).await;
    assert_eq!((again.len(), again[0].seen), (1, 1), "who died has told nobody: it is tried again");
    store.settle(&[settled(&taken[0], 2, now())]).await.unwrap();
    assert_eq!(claim(&store, &["w"], true, at(2 * MINUTE)).await.len(), 1, "a late word does not count");
    let last = claim(&store, &["w"], true, at(3 * MINUTE)).await;
    store.settle(&[settled(&last[0], 2, at(3 * MINUTE))]).await.unwrap();
    assert!(claim(&store, &["w"], true, at(DAY)).await.is_empty());
    assert_eq!(store.subscribers(now()).await.unwrap(), (0, 0));
}

#[tokio::test]
async fn failures_are_remembered_and_what_is_given_up_is_a_dead_letter() {
    let store = store().await;
    enlist(&store, "w").await;
    new(&store, "nord", [news("a", 0)]).await;
    let one = claim(&store, &["w"], false, now()).await.remove(0);
    let failed = Settled { attempts: 4, failing_since: Some(now()), ..settled(&one, 0, at(HOUR)) };
    store.settle(&[failed]).await.unwrap();
    assert!(claim(&store, &["w"], false, at(HOUR - 1)).await.is_empty());
    let one = claim(&store, &["w"], false, at(HOUR)).await.remove(0);
    assert_eq!((one.attempts, one.failing_since, one.seen), (4, Some(now()), 0));
    let died = Some((at(3 * DAY), "the server answered 500".to_owned()));
    let dead = Settled { attempts: 5, failing_since: one.failing_since, died, ..settled(&one, 1, at(3 * DAY)) };
    store.settle(&[dead]).await.unwrap();
    let letter = store.dead_letters().await.unwrap().remove(0);
    assert_eq!((letter.from, letter.to, letter.attempts, letter.reason.as_str()), (1, 1, 5, "the server answered 500"));
    new(&store, "nord", [news("b", 0)]).await;
    let one = claim(&store, &["w"], false, at(4 * DAY)).await.remove(0);
    assert_eq!((one.seen, one.attempts, one.failing_since), (1, 0, None), "what is new is tried from the beginning");
    store.prune(at(5 * DAY), 100, at(5 * DAY)).await.unwrap();
    assert!(store.dead_letters().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_webhook_that_left_the_configuration_is_forgotten() {
    let store = store().await;
    enlist(&store, "w").await;
    new(&store, "nord", [news("a", 0)]).await;
    let waiting = async |at: Moment| store.subscribers(at).await.unwrap().1;
    assert_eq!((waiting(at(13 * DAY)).await, waiting(at(15 * DAY)).await), (1, 0));
    assert!(claim(&store, &["w"], false, at(15 * DAY)).await.is_empty(), "nobody's");
    store.prune(ago(DAY), 100, at(13 * DAY)).await.unwrap();
    assert_eq!(waiting(at(13 * DAY)).await, 1);
    let hook = [("w".to_owned(), "https://w.example/".to_owned(), "state=HH".to_owned())];
    store.enlist(&hook, at(13 * DAY)).await.unwrap();
    assert_eq!(claim(&store, &["w"], false, at(15 * DAY)).await[0].seen, 0, "it has never left");
    store.enlist(&hook, at(30 * DAY)).await.unwrap();
    assert_eq!(waiting(at(30 * DAY)).await, 0, "it came back, and learns what changes from now on");
    store.prune(ago(DAY), 100, at(50 * DAY)).await.unwrap();
    new(&store, "nord", [news("b", 0)]).await;
    store.enlist(&hook, at(50 * DAY)).await.unwrap();
    assert_eq!(waiting(at(50 * DAY)).await, 0, "as one that was never there");
}

fn intent(id: &str, host: &str) -> Intent {
    let (url, topic) = (format!("https://{host}/{id}"), "https://ticker.example/feeds/atom.xml".to_owned());
    Intent { id: id.into(), subscribe: true, url, topic, host: host.into(), lease_ms: DAY, ..Intent::default() }
}

const LIMITS: Limits = Limits { all: 3, per_host: 2 };

#[tokio::test]
async fn a_subscription_begins_when_it_is_verified_and_ends_with_its_lease() {
    let store = store().await;
    new(&store, "nord", [news("a", 0)]).await;
    assert!(store.intend(&intent("s", "a.example"), LIMITS, now()).await.unwrap());
    new(&store, "nord", [news("b", 0)]).await;
    assert!(claim(&store, &[], true, now()).await.is_empty(), "not verified yet");
    let taken = store.claim_intents(now(), 9, MINUTE).await.unwrap().remove(0);
    assert_eq!((taken.attempts, taken.subscribe), (1, true));
    assert!(store.claim_intents(now(), 9, MINUTE).await.unwrap().is_empty());
    store.fulfil(&taken, now()).await.unwrap();
    assert_eq!(store.subscribers(now()).await.unwrap(), (1, 0));
    new(&store, "nord", [news("c", 0)]).await;
    let one = claim(&store, &[], true, now()).await.remove(0);
    assert_eq!((one.seen, one.hub, one.id.as_str()), (2, true, "s"));
    assert!(claim(&store, &[], true, at(DAY + 1)).await.is_empty(), "its lease is over");

    let renewed = Intent { secret: Some("neu".into()), lease_ms: 9 * DAY, ..intent("s", "a.example") };
    store.intend(&renewed, LIMITS, at(HOUR)).await.unwrap();
    let renewed = store.claim_intents(at(HOUR), 9, MINUTE).await.unwrap().remove(0);
    store.fulfil(&renewed, at(HOUR)).await.unwrap();
    let one = claim(&store, &[], true, at(2 * DAY)).await.remove(0);
    assert_eq!((one.secret.as_deref(), one.seen), (Some("neu"), 2), "renewed, and nothing forgotten");

    store.intend(&Intent { subscribe: false, ..intent("s", "a.example") }, LIMITS, at(DAY)).await.unwrap();
    let end = store.claim_intents(at(DAY), 9, MINUTE).await.unwrap().remove(0);
    store.fulfil(&end, at(DAY)).await.unwrap();
    assert_eq!(store.subscribers(now()).await.unwrap().0, 0);
    assert!(store.intend(&Intent { subscribe: false, ..intent("s", "a.example") }, LIMITS, now()).await.unwrap());
    assert!(store.claim_intents(at(DAY), 9, MINUTE).await.unwrap().is_empty(), "to end what never was is done");
}

#[tokio::test]
async fn the_last_word_counts_and_there_are_not_too_many() {
    let store = store().await;
    assert!(store.intend(&intent("1", "a.example"), LIMITS, now()).await.unwrap());
    let old = store.claim_intents(now(), 9, MINUTE).await.unwrap().remove(0);
    assert!(store.intend(&Intent { lease_ms: HOUR, ..intent("1", "a.example") }, LIMITS, now()).await.unwrap());
    store.fulfil(&old, now()).await.unwrap();
    assert_eq!(store.subscribers(now()).await.unwrap().0, 0, "another wish has come since");
    let young = store.claim_intents(now(), 9, MINUTE).await.unwrap().remove(0);
    assert_eq!((young.lease_ms, young.attempts), (HOUR, 1));
    store.doubt(&young, Some(at(HOUR))).await.unwrap();
    assert!(store.claim_intents(at(HOUR - 1), 9, MINUTE).await.unwrap().is_empty());
    let young = store.claim_intents(at(HOUR), 9, MINUTE).await.unwrap().remove(0);
    assert_eq!(young.attempts, 2);
    store.fulfil(&young, now()).await.unwrap();

    assert!(store.intend(&intent("2", "a.example"), LIMITS, now()).await.unwrap());
    assert!(!store.intend(&intent("3", "a.example"), LIMITS, now()).await.unwrap(), "two on one host");
    assert!(store.intend(&intent("1", "a.example"), LIMITS, now()).await.unwrap(), "a renewal is none too many");
    assert!(store.intend(&intent("3", "b.example"), LIMITS, now()).await.unwrap());
    assert!(!store.intend(&intent("4", "c.example"), LIMITS, now()).await.unwrap(), "three in all");
    for wish in store.claim_intents(at(1), 9, MINUTE).await.unwrap() {
        store.doubt(&wish, None).await.unwrap();
    }
    assert_eq!(store.subscribers(now()).await.unwrap().0, 1, "what could not be renewed goes on until it ends");
    assert!(store.intend(&intent("4", "c.example"), LIMITS, now()).await.unwrap());
}

#[tokio::test]
async fn a_change_of_health_is_told_once() {
    let store = store().await;
    let tell = async |source: &str, state: &str, well: bool| {
        let one = [ToldHealth { source: source.into(), state: state.into(), well }];
        store.tell_health(now(), &one, |_, was| format!("{}>{state}", was.unwrap_or("-"))).await.unwrap()
    };
    assert_eq!(tell("nord", "well", true).await, 0, "nobody was told otherwise");
    assert_eq!(tell("sued", "failing", false).await, 1);
    assert_eq!(tell("nord", "failing", false).await, 1);
    assert_eq!(tell("nord", "failing", false).await, 0);
    assert_eq!(tell("nord", "well", true).await, 1);
    let told: Vec<String> = store.changes(0, 9).await.unwrap().health.into_iter().map(|(_, text)| text).collect();
    assert_eq!(told, ["->failing", "well>failing", "failing>well"]);
}

#[tokio::test]
async fn our_subscriptions_at_hubs_are_asked_for_renewed_and_found_by_their_token() {
    let store = store().await;
    let wish = |topic: &str, token: &str| Subscription {
        source: "nord".into(),
        hub: "https://hub.example/".into(),
        topic: topic.into(),
        token: token.into(),
        secret: format!("geheim-{token}"),
        ..Subscription::default()
    };
    assert!(store.wish(&wish("https://nord.example/a", "t1"), now()).await.unwrap());
    assert!(!store.wish(&wish("https://nord.example/a", "t2"), now()).await.unwrap(), "it is there");
    let taken = store.claim_wishes(now(), 9, MINUTE).await.unwrap().remove(0);
    assert_eq!((taken.token.as_str(), taken.attempts, taken.expires), ("t1", 1, None));
    assert!(store.claim_wishes(now(), 9, MINUTE).await.unwrap().is_empty());
    store.ask_hub_again(&taken, at(HOUR), Some("the server answered 500")).await.unwrap();
    assert!(store.claim_wishes(at(HOUR - 1), 9, MINUTE).await.unwrap().is_empty());
    assert_eq!(store.claim_wishes(at(HOUR), 9, MINUTE).await.unwrap()[0].attempts, 2);

    store.subscribed("t1", Some(at(DAY)), at(DAY - HOUR)).await.unwrap();
    assert_eq!(store.subscription("t1").await.unwrap().unwrap().expires, Some(at(DAY)));
    assert_eq!(store.subscription("t9").await.unwrap(), None);
    assert!(store.claim_wishes(at(DAY - HOUR - 1), 9, MINUTE).await.unwrap().is_empty());
    assert_eq!(store.claim_wishes(at(DAY - HOUR), 9, MINUTE).await.unwrap()[0].attempts, 1, "to be renewed");

    assert!(store.wish(&wish("https://nord.example/b", "t3"), now()).await.unwrap(), "another topic begins anew");
    assert_eq!(store.subscription("t1").await.unwrap(), None);
    let anew = store.subscription_of("nord").await.unwrap().unwrap();
    assert_eq!((anew.token.as_str(), anew.secret.as_str(), anew.expires), ("t3", "geheim-t3", None));
    store.unwish("nord").await.unwrap();
    assert_eq!(store.subscription_of("nord").await.unwrap(), None);
    assert!(store.wish(&wish("https://nord.example/b", "t4"), now()).await.unwrap());
    store.sync(&[], now()).await.unwrap();
    assert!(store.claim_wishes(at(DAY), 9, MINUTE).await.unwrap().is_empty(), "a source that is not visited");
}

#[tokio::test]
async fn what_is_pushed_leaves_the_next_visit_as_it_is() {
    let store = store().await;
    new(&store, "nord", [news("a", 0)]).await;
    let due = visit("nord", 0).next_due;
    let (lease, until) = store.lease_pushed("nord").await.unwrap().unwrap();
    assert_eq!((until, &lease.validators), (due, &visit("nord", 0).validators));
    let mut pushed = visit("nord", lease.epoch);
    pushed.next_due = until;
    assert_eq!(store.keep(&pushed, &batch([Change::New(news("b", 0))]), now()).await.unwrap().new, 1);
    let state = store.sources().await.unwrap().into_iter().find(|state| state.id == "nord").unwrap();
    assert_eq!(state.next_due, due);

    let polling = epoch(&store, "nord").await;
    let (_, until) = store.lease_pushed("nord").await.unwrap().unwrap();
    assert_eq!(until, at(MINUTE), "the visit under way is made again when its lease has run out");
    assert!(store.keep(&visit("nord", polling), &batch([]), now()).await.unwrap().fenced);
    assert_eq!(store.lease_pushed("nirgends").await.unwrap(), None);
}

/// A place with the sources of [`store`], for several who open it side by side, as separate processes do.
async fn shared() -> Arc<Place> {
    let place = Arc::new(Place::new().await);
    place.open().await.sync(&["nord", "sued", "bund"].map(source), ago(DAY)).await.unwrap();
    place
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_saw_a_number_has_seen_all_before_it() {
    const TURNS: i64 = 10;
    let place = shared().await;
    let writers = ["nord", "sued", "bund"].map(|source| {
        let place = Arc::clone(&place);
        tokio::spawn(async move {
            let store = place.open().await;
            for turn in 0..TURNS {
                new(&store, source, [1, 2].map(|nth| news(&format!("{source}{turn}{nth}"), turn * MINUTE))).await;
            }
            store.close().await;
        })
    });
    let (store, mut seen) = (place.open().await, Vec::new());
    let mut upto = 0;
    while upto < 3 * TURNS * 2 {
        // Should a writer fail, nobody is to wait for what it owes.
        let over = writers.iter().all(tokio::task::JoinHandle::is_finished);
        let told = store.changes(upto, 7).await.unwrap();
        seen.extend(told.items.iter().map(|changed| changed.seq));
        assert!(told.upto > upto || !over, "{upto} is the last");
        upto = told.upto;
    }
    assert_eq!(seen, (1..=3 * TURNS * 2).collect::<Vec<_>>());
    for writer in writers {
        writer.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_tellers_share_all_work_and_no_piece_of_it() {
    const MANY: usize = 24;
    let place = shared().await;
    let store = place.open().await;
    for n in 0..MANY {
        enlist(&store, &format!("w{n}")).await;
        let wish = intent(&format!("s{n}"), &format!("h{n}.example"));
        assert!(store.intend(&wish, Limits { all: 100, per_host: 1 }, now()).await.unwrap());
    }
    new(&store, "nord", [news("a", 0)]).await;
    let tellers = [(); 4].map(|()| {
        let place = Arc::clone(&place);
        tokio::spawn(async move {
            let store = place.open().await;
            let webhooks: Vec<String> = (0..MANY).map(|n| format!("w{n}")).collect();
            let whose = Whose { webhooks: &webhooks, hub: true };
            let mut taken: Vec<(String, i64)> = Vec::new();
            loop {
                let before = taken.len();
                let intents = store.claim_intents(now(), 2, HOUR).await.unwrap();
                taken.extend(intents.into_iter().map(|intent| (intent.id, intent.epoch)));
                let told = store.claim(whose, now(), 2, HOUR).await.unwrap();
                let ended: Vec<_> = told.iter().map(|one| settled(one, 1, at(HOUR))).collect();
                store.settle(&ended).await.unwrap();
                taken.extend(told.into_iter().map(|one| (one.id, one.epoch)));
                if taken.len() == before {
                    store.close().await;
                    return taken;
                }
            }
        })
    });
    let mut taken = Vec::new();
    for teller in tellers {
        taken.extend(teller.await.unwrap());
    }
    let distinct: BTreeSet<_> = taken.iter().collect();
    assert_eq!((taken.len(), distinct.len()), (2 * MANY, 2 * MANY), "each was taken once");
    assert_eq!(store.subscribers(now()).await.unwrap(), (0, 0), "all know everything");
}
