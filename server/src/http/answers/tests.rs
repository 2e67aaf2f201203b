//! What is made once, what is made again, and what is given when nothing can be made.

use std::sync::atomic::AtomicUsize;

use axum::http::{StatusCode, header};
use http_body_util::BodyExt as _;
use model::{Publisher, Source};

use super::*;
use crate::clock::now;
use crate::http::respond::Keep;

async fn answers(bytes: u64) -> (Store, Answers) {
    let store = Store::memory().await.unwrap();
    (store.clone(), Answers::new(store, bytes))
}

/// Changes what is kept: the catalogue's source has another name now.
async fn change(store: &Store, name: &str) {
    let publisher = Publisher { name: name.to_owned(), ..Publisher::default() }.into();
    store.sync(&[Source { id: "amt".to_owned(), publisher, ..Source::default() }], now()).await.unwrap();
}

fn accepting(coding: &str) -> HeaderMap {
    [(header::ACCEPT_ENCODING, coding.parse().unwrap())].into_iter().collect()
}

fn made(text: &str) -> Result<Made, Problem> {
    Ok(Made::new("text/plain", Keep::Shortly, text.repeat(200)))
}

fn tag(response: &Response) -> String {
    response.headers()[header::ETAG].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn many_who_ask_at_once_get_what_was_made_once() {
    let (_, answers) = answers(1 << 20).await;
    let (renders, headers) = (AtomicUsize::new(0), accepting("br"));
    let ask = || {
        answers.give(&headers, "x", Lasts::Generation, || async {
            renders.fetch_add(1, Relaxed);
            tokio::task::yield_now().await;
            made("Amt")
        })
    };
    let all = [(); 30].map(|()| ask());
    for response in join(all).await {
        assert_eq!(response.unwrap().headers()[header::CONTENT_ENCODING], "br");
    }
    assert_eq!(renders.load(Relaxed), 1);
}

/// All of these futures, side by side.
async fn join<F: Future, const N: usize>(futures: [F; N]) -> Vec<F::Output> {
    let mut futures = futures.map(Box::pin);
    let mut done: Vec<Option<F::Output>> = (0..N).map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, done) in futures.iter_mut().zip(&mut done) {
            if done.is_none()
                && let std::task::Poll::Ready(output) = future.as_mut().poll(context)
            {
                *done = Some(output);
            }
        }
        if done.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

/// Whether an answer says that it may be out of date.
fn is_stale(response: &Response) -> bool {
    let headers = response.headers();
    let says = headers.get("cache-status").is_some_and(|status| status.to_str().unwrap().contains("hit; ttl=-"));
    assert_eq!(says, headers.contains_key(header::AGE));
    says
}

#[tokio::test]
async fn each_coding_has_its_own_tag_over_its_own_bytes() {
    let (_, answers) = answers(1 << 20).await;
    let mut tags = Vec::new();
    for coding in ["identity", "gzip", "br"] {
        let response = answers.give(&accepting(coding), "x", Lasts::Process, async || made("Amt")).await.unwrap();
        assert_eq!(response.headers()[header::VARY], "accept-encoding");
        let tag = tag(&response);
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(tag, format!("\"{:016x}\"", crate::hash::digest64(&body)), "{coding}");
        tags.push(tag);
    }
    tags.dedup();
    assert_eq!(tags.len(), 3);
    assert_eq!(answers.made.load(Relaxed), 3, "once for each coding");
    let mut other = accepting("br");
    other.insert(header::IF_NONE_MATCH, tags[1].parse().unwrap());
    let response = answers.give(&other, "x", Lasts::Process, async || made("Amt")).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "the tag of other bytes");
    for list in [format!("\"a\", W/{}", tags[2]), "*".to_owned(), tags[2].clone()] {
        other.insert(header::IF_NONE_MATCH, list.parse().unwrap());
        let response = answers.give(&other, "x", Lasts::Process, async || made("Amt")).await.unwrap();
        assert_eq!((response.status(), tag(&response)), (StatusCode::NOT_MODIFIED, tags[2].clone()), "{list}");
        assert!(!response.headers().contains_key(header::CONTENT_TYPE));
    }
}

/// Of what is only asked for compressed the long form is not kept beside the short one.
#[tokio::test]
async fn what_nobody_asked_for_as_it_is_is_not_kept_so() {
    let (_, answers) = answers(1 << 20).await;
    let text = "Registermodernisierung ";
    let long = 200 * text.len() as u64;
    let size = async || {
        answers.kept.run_pending_tasks().await;
        answers.size()
    };
    let ask = async |coding: &str| answers.give(&accepting(coding), "x", Lasts::Process, async || made(text)).await;
    ask("br").await.unwrap();
    let (many, short) = size().await;
    assert_eq!(many, 1);
    ask("identity").await.unwrap();
    let (many, both) = size().await;
    assert!(many == 2 && both > 2 * short + long / 2, "{short} {both}");
}

#[tokio::test]
async fn a_change_is_seen_and_nothing_else_makes_anew() {
    let (store, answers) = answers(1 << 20).await;
    let headers = HeaderMap::new();
    let give = async |text: &'static str| {
        let response = answers.give(&headers, "x", Lasts::Generation, async || made(text)).await.unwrap();
        tag(&response)
    };
    let first = give("Amt").await;
    assert_eq!(give("Haus").await, first);
    change(&store, "Amt für Beispiele").await;
    // Longer than the generation is taken for granted.
    answers.pulse.forget();
    let second = give("Haus").await;
    assert_ne!(second, first);
    answers.pulse.forget();
    assert_eq!(give("Amt").await, second, "the same generation");
}

#[tokio::test]
async fn without_its_store_it_says_what_it_knows() {
    let (store, answers) = answers(1 << 20).await;
    let mut headers = HeaderMap::new();
    let known = answers.give(&headers, "x", Lasts::Generation, async || made("Amt")).await.unwrap();
    store.close().await;
    answers.pulse.forget();
    headers.insert(header::IF_NONE_MATCH, tag(&known).parse().unwrap());
    let unreachable = async || Err(Problem::Away(anyhow::anyhow!("asked the store")));
    let again = answers.give(&headers, "x", Lasts::Generation, unreachable).await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!([is_stale(&known), is_stale(&again)], [false, true]);
    let fixed = answers.give(&headers, "z", Lasts::Process, async || made("Amt")).await.unwrap();
    assert!(!is_stale(&fixed), "what hangs on no store is as good as ever");
    let problem = answers.give(&headers, "y", Lasts::Generation, unreachable).await.unwrap_err();
    assert!(problem.is_ours(), "what was never made cannot be given");
}

#[tokio::test]
async fn what_cannot_be_made_anew_is_given_as_it_was() {
    let (store, mut answers) = answers(1 << 20).await;
    answers.again = Duration::from_secs(3_600);
    let headers = accepting("gzip");
    let first = answers.give(&headers, "x", Lasts::Generation, async || made("Amt")).await.unwrap();
    change(&store, "Amt für Beispiele").await;
    answers.pulse.forget();
    let broken = async || Err(Problem::Away(anyhow::anyhow!("the disk is full")));
    let second = answers.give(&headers, "x", Lasts::Generation, broken).await.unwrap();
    assert_eq!(tag(&second), tag(&first));
    assert_eq!(answers.stale.load(Relaxed), 1);
    assert_eq!([is_stale(&first), is_stale(&second)], [false, true]);
    let third = answers.give(&headers, "x", Lasts::Generation, broken).await.unwrap();
    assert!(is_stale(&third), "kept as it was given");
    answers.again = Duration::ZERO;
    change(&store, "Amt für Proben").await;
    answers.pulse.forget();
    let fourth = answers.give(&headers, "x", Lasts::Generation, broken).await.unwrap();
    assert!(is_stale(&fourth) && tag(&fourth) == tag(&first), "it still cannot");
    let fifth = answers.give(&headers, "x", Lasts::Generation, async || made("Haus")).await.unwrap();
    assert!(!is_stale(&fifth) && tag(&fifth) != tag(&first), "made anew as soon as that can be done");
    change(&store, "Amt für Muster").await;
    answers.pulse.forget();
    let gone = async || Err(Problem::NotFound("item".to_owned()));
    let problem = answers.give(&headers, "x", Lasts::Generation, gone).await.unwrap_err();
    assert!(!problem.is_ours(), "what is gone is no fault of ours: {problem:?}");
}

/// What may be out of date is given at once to who asks in known words, and somebody tries to make it anew.
#[tokio::test]
async fn nobody_waits_for_what_cannot_be_made_anew() {
    let (store, mut answers) = answers(1 << 20).await;
    answers.again = Duration::ZERO;
    let (identity, gzip) = (HeaderMap::new(), accepting("gzip"));
    let broken = async || Err(Problem::Away(anyhow::anyhow!("the disk is full")));
    answers.give(&identity, "x", Lasts::Generation, async || made("Amt")).await.unwrap();
    change(&store, "Amt für Beispiele").await;
    answers.pulse.forget();
    let mut stale = answers.give(&identity, "x", Lasts::Generation, broken).await.unwrap();
    assert!(is_stale(&stale));
    answers.learn("GET x".to_owned(), stale.extensions_mut().remove::<Way>().unwrap(), "/x".to_owned());
    let at_hand = || {
        answers.pulse.hold();
        let found = answers.at_hand(&identity, "GET x", Instant::now()).expect("it is given at once");
        (is_stale(&found.response), found.renew)
    };
    assert_eq!([(); 3].map(|()| at_hand()), [(true, true), (true, false), (true, false)], "one tries");
    answers.tried("GET x");
    assert_eq!(at_hand(), (true, true), "it could not be done: another one tries");
    answers.again = Duration::from_secs(3_600);
    let again = answers.give(&identity, "x", Lasts::Generation, broken).await.unwrap();
    let coded = answers.give(&gzip, "x", Lasts::Generation, broken).await.unwrap();
    assert_eq!([&again, &coded].map(is_stale), [true, true]);
    assert!(!coded.headers().contains_key(header::LAST_MODIFIED), "{:?}", coded.headers());
}

#[tokio::test]
async fn memory_has_an_end() {
    let (_, answers) = answers(200 << 10).await;
    for n in 0..200 {
        let body = || async { Ok(Made::new("text/plain", Keep::Shortly, vec![b'x'; 5_000])) };
        answers.give(&HeaderMap::new(), &format!("{n}"), Lasts::Process, body).await.unwrap();
    }
    answers.kept.run_pending_tasks().await;
    let (entries, bytes) = answers.size();
    assert!(entries > 10 && bytes <= 200 << 10, "{entries} entries, {bytes} bytes");
}

#[tokio::test]
async fn a_date_is_a_validator_only_where_nothing_but_the_store_changes_the_answer() {
    let (_, answers) = answers(1 << 20).await;
    // As if what is kept had last changed an hour ago.
    answers.pulse.age(3_600);
    let mut headers = HeaderMap::new();
    let dated = answers.give(&headers, "x", Lasts::Generation, async || made("Amt")).await.unwrap();
    let date = dated.headers()[header::LAST_MODIFIED].clone();
    headers.insert(header::IF_MODIFIED_SINCE, date.clone());
    let again = answers.give(&headers, "x", Lasts::Generation, async || made("Amt")).await.unwrap();
    assert_eq!((again.status(), &again.headers()[header::LAST_MODIFIED]), (StatusCode::NOT_MODIFIED, &date));
    let later = std::time::UNIX_EPOCH + Duration::from_secs(super::super::pulse::unix_seconds() + 86_400);
    headers.insert(header::IF_MODIFIED_SINCE, httpdate::fmt_http_date(later).parse().unwrap());
    let ahead = answers.give(&headers, "x", Lasts::Generation, async || made("Amt")).await.unwrap();
    assert_eq!(ahead.status(), StatusCode::OK, "by a clock that ran ahead");
    headers.insert(header::IF_MODIFIED_SINCE, date.clone());
    headers.insert(header::IF_NONE_MATCH, "\"other\"".parse().unwrap());
    let named = answers.give(&headers, "x", Lasts::Generation, async || made("Amt")).await.unwrap();
    assert_eq!(named.status(), StatusCode::OK, "a tag counts for more than a date");
    for lasts in [Lasts::Minute, Lasts::Second, Lasts::Process] {
        let response = answers.give(&HeaderMap::new(), "y", lasts, async || made("Amt")).await.unwrap();
        assert!(!response.headers().contains_key(header::LAST_MODIFIED), "{lasts:?}");
    }
}

#[tokio::test]
async fn a_known_way_leads_to_what_holds_and_to_nothing_else() {
    let (store, answers) = answers(1 << 20).await;
    let headers = HeaderMap::new();
    let ask = async |text: &'static str| {
        let mut response = answers.give(&headers, "x", Lasts::Generation, async || made(text)).await.unwrap();
        let way = response.extensions_mut().remove::<Way>().expect("the way that led to it");
        answers.learn("GET x".to_owned(), way, "/x".to_owned());
        tag(&response)
    };
    let at_hand = || {
        // However long this takes on a busy machine, the last look counts.
        answers.pulse.hold();
        let found = answers.at_hand(&headers, "GET x", Instant::now())?;
        assert_eq!((found.known.route.as_str(), found.renew), ("/x", false));
        Some(tag(&found.response))
    };
    assert_eq!(at_hand(), None, "nobody was there before");
    let first = ask("Amt").await;
    assert_eq!(at_hand().as_ref(), Some(&first));
    change(&store, "Amt für Beispiele").await;
    answers.pulse.forget();
    assert!(answers.at_hand(&headers, "GET x", Instant::now()).is_none(), "who knows whether it holds?");
    answers.pulse.stamp(Lasts::Generation).await;
    answers.pulse.pass(false);
    assert_eq!(at_hand(), None, "it does not");
    answers.pulse.pass(true);
    let found = [(); 3].map(|()| answers.at_hand(&headers, "GET x", Instant::now()).expect("for a moment yet"));
    assert!(found.iter().all(|found| tag(&found.response) == first));
    assert_eq!(found.map(|found| found.renew), [true, false, false], "one has it made anew");
    let second = ask("Haus").await;
    assert_eq!(at_hand().as_ref(), Some(&second));
    let gone = Way { key: "identity x".to_owned(), lasts: Lasts::Generation, kept: std::sync::Weak::new() };
    answers.learn("GET x".to_owned(), gone, "/x".to_owned());
    assert_eq!(at_hand(), None, "what the cache has dropped");
}

/// The answer in known words, once its tag is another than this one.
async fn other_than(answers: &Answers, headers: &HeaderMap, tag_before: &str) -> Response {
    let changed = async {
        loop {
            let response = match answers.at_hand(headers, "x", Instant::now()) {
                Some(found) => found.response,
                None => answers.give(headers, "x", Lasts::Generation, || async { made("unused") }).await.unwrap(),
            };
            if tag(&response) != tag_before {
                return response;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), changed).await.expect("it is coded once more")
}

#[tokio::test]
async fn what_is_asked_again_gets_smaller_and_is_known_by_both_tags() {
    let (_, mut answers) = answers(1 << 20).await;
    answers.smaller = Smaller::after(Duration::ZERO);
    // Words that repeat at some distance: the quick coding does not find all of it.
    let text: String = (0..900).map(|n| format!("Meldung {} aus {} ", n * 7919 % 611, n * 31 % 97)).collect();
    let headers = accepting("br");
    let make = || async { Ok(Made::new("text/plain", Keep::Shortly, text.clone())) };
    let mut first = answers.give(&headers, "x", Lasts::Generation, make).await.unwrap();
    answers.learn("x".to_owned(), first.extensions_mut().remove::<Way>().unwrap(), "/x".to_owned());
    let former = tag(&first);
    let second = other_than(&answers, &headers, &former).await;
    let tags = [former, tag(&second)];
    let mut sizes = Vec::new();
    for response in [first, second] {
        sizes.push(response.into_body().collect().await.unwrap().to_bytes().len());
    }
    assert!(sizes[1] < sizes[0], "{sizes:?}");
    for known in tags {
        let mut asked = accepting("br");
        asked.insert(header::IF_NONE_MATCH, known.parse().unwrap());
        let response = answers.give(&asked, "x", Lasts::Generation, make).await.unwrap();
        assert_eq!((response.status(), tag(&response)), (StatusCode::NOT_MODIFIED, known));
    }
}
