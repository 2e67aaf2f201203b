//! Paging: from the first page to the last nothing is left out and nothing comes twice, whatever arrives meanwhile.

use model::{Change, Judged, Page};
use store::Store;

use crate::hand::*;

async fn page(store: &Store, asked: &str, q: &str, cursor: Option<String>) -> Page {
    let mut query = query(asked);
    query.q = (!q.is_empty()).then(|| q.to_owned());
    query.cursor = cursor;
    store.find(&query, &words(q), now()).await.unwrap()
}

/// All ids from first page to last; `between` runs before each further page.
async fn walk(store: &Store, asked: &str, q: &str, mut between: impl AsyncFnMut(usize)) -> Vec<String> {
    let mut seen = Vec::new();
    let mut cursor = None;
    for number in 1.. {
        let page = page(store, asked, q, cursor).await;
        assert!(page.items.len() <= query(asked).page_size().into());
        seen.extend(page.items.iter().map(|item| item.id.clone()));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
        assert_eq!(page.items.len(), usize::from(query(asked).page_size()), "only the last page is short");
        between(number).await;
    }
    seen
}

/// Eighty items with equal times among them, an event among eight, every fifth told with the one before.
fn many(prefix: &str) -> Vec<Judged> {
    (0..80)
        .map(|n: i64| {
            let id = format!("{prefix}{n:02}");
            let judged = match n % 8 {
                7 => event(&id, &format!("2026-05-{:02}", 5 + n % 20), None),
                _ => news(&id, (n / 3) * HOUR),
            };
            let judged = judged.about(["HH", "SH BY", "BUND"][n as usize % 3], ["noots", "ozg", ""][n as usize % 3]);
            let fits = ["", "inregister", "moreregister moreamt", "inamt moreregister"][n as usize % 4];
            let judged = judged.terms(&format!("register {}{fits}", "amt ".repeat(n as usize % 7)));
            if n % 5 == 4 { judged.told_with(&format!("{prefix}{:02}", n - 1)) } else { judged }
        })
        .collect()
}

#[tokio::test]
async fn nothing_is_left_out_and_nothing_comes_twice() {
    for asked in [
        "",
        "stories=1",
        "state=HH",
        "kind=event",
        "kind=event&stories=1&since=3d",
        "topic=noots&stories=1",
        "since=12h",
    ] {
        for q in ["", "register", "amt -\"amt amt amt\""] {
            for sort in ["", "&sort=newest", "&sort=soonest", "&sort=relevance"] {
                let store = store().await;
                new(&store, "nord", many("x")).await;
                let asked = format!("{asked}{sort}").trim_start_matches('&').to_owned();
                let whole = page(&store, &format!("{asked}&limit=200"), q, None).await;
                assert_eq!(whole.total, whole.items.len() as u64, "{asked} {q}");
                let whole: Vec<_> = whole.items.into_iter().map(|item| item.id).collect();

                let arriving = async |number: usize| {
                    // New ones at the top, between and at the end, alone and in stories that are on the way.
                    let lead = whole[whole.len() / 2].as_str();
                    let age = 2 * HOUR * number as i64;
                    let id = |kind: &str| format!("{kind}-{number}");
                    let told =
                        news(&id("told"), age).about("HH SH", "noots").terms("register register").told_with(lead);
                    let soon = event(&id("soon"), "2026-05-07", None).about("HH SH", "noots ozg").terms("register amt");
                    new(
                        &store,
                        "sued",
                        [told, soon, news(&id("alone"), age).about("HH", "noots").terms("amt register inregister")],
                    )
                    .await;
                };
                let seen = walk(&store, &format!("{asked}&limit=7"), q, arriving).await;
                assert_eq!(seen.len(), whole.len(), "{asked} {q}");
                assert_eq!(seen, whole, "{asked} {q}");
            }
        }
    }
}

#[tokio::test]
async fn a_first_page_shows_what_arrived() {
    let store = store().await;
    new(&store, "nord", many("x")).await;
    let first = page(&store, "limit=5", "", None).await;
    new(&store, "nord", [news("neu", -MINUTE)]).await;
    let second = page(&store, "limit=5", "", first.next).await;
    assert_eq!(second.total, first.total + 1, "counts are those of now");
    assert_eq!(page(&store, "limit=5", "", None).await.items[0].id, "neu");
}

#[tokio::test]
async fn the_last_item_of_a_page_may_change_or_go() {
    for asked in ["limit=5", "limit=5&sort=relevance"] {
        let store = store().await;
        let all = (0..12).map(|n| news(&format!("{n:02}"), n * MINUTE).terms("register"));
        new(&store, "nord", all).await;
        let first = page(&store, asked, "register", None).await;
        let last = first.items[4].id.clone();
        keep(&store, "nord", &batch([Change::Changed(news(&last, 4 * MINUTE).hidden().hash(2))])).await;
        let second = page(&store, asked, "register", first.next).await;
        assert_eq!(ids(&second), "05 06 07 08 09", "{asked}");
    }
}

#[tokio::test]
async fn items_of_one_moment_have_an_order() {
    let store = store().await;
    // More than there are places for in a millisecond: the first cycle over undated pages brings as many.
    let all: Vec<_> = (0..2_500).map(|n| news(&format!("{n:04}"), HOUR)).collect();
    new(&store, "nord", all).await;
    new(&store, "sued", [news("davor", HOUR - 10), news("danach", HOUR + 10)]).await;
    let seen = walk(&store, "limit=200", "", async |_| ()).await;
    assert_eq!(seen.len(), 2_502);
    assert_eq!(seen.iter().collect::<std::collections::HashSet<_>>().len(), 2_502);
    assert_eq!((seen[0].as_str(), seen[2_501].as_str()), ("davor", "danach"));
}

#[tokio::test]
async fn a_document_s_first_entry_comes_first_among_equals() {
    let store = store().await;
    new(&store, "nord", [news("oben", HOUR), news("mitte", HOUR), news("unten", HOUR)]).await;
    assert_eq!(found(&store, "").await, "oben mitte unten");
}

#[tokio::test]
async fn among_very_many_matches_the_newest_come_first() {
    let store = store().await;
    let some = |range: std::ops::Range<i64>| range.map(|n| news(&format!("{n:05}"), n).terms("register amt"));
    new(&store, "nord", some(0..10_000)).await;
    new(&store, "nord", [news("best", HOUR).terms("register inregister")]).await;
    let page = async |asked: &str, cursor| page(&store, asked, "register", cursor).await;
    assert_eq!(ids(&page("sort=relevance&limit=2", None).await), "00000 00001", "10,001 match");
    keep(&store, "nord", &batch([Change::Changed(news("09999", 9_999).hidden().hash(2))])).await;
    let ranked = page("sort=relevance&limit=2", None).await;
    assert_eq!(ids(&ranked), "best 00000", "10,000 match");

    new(&store, "nord", [news("neu", 0).terms("register")]).await;
    let on = page("sort=relevance&limit=2", ranked.next).await;
    assert_eq!(ids(&on), "00001 00002", "a list goes on as it began");
    let newest = page("sort=relevance&limit=2", None).await;
    keep(&store, "nord", &batch([Change::Changed(news("neu", 0).hidden().hash(2))])).await;
    assert_eq!(ids(&newest), "neu 00000");
    assert_eq!(ids(&page("sort=relevance&limit=2", newest.next).await), "00001 00002");
}

/// Where a word is everywhere, its places are remembered: what changes is looked at again, and nothing else is.
#[tokio::test]
async fn a_word_that_is_everywhere_is_found_as_things_are_now() {
    let store = store().await;
    let with = |id: &str, age: i64, terms: &str| news(id, age).terms(terms).hash(age);
    let some = (0..6_000).map(|n| with(&format!("{n:05}"), n, "register amt"));
    new(&store, "nord", some).await;
    let first = async |asked: &str, q: &str| {
        let page = page(&store, asked, q, None).await;
        format!("{} of {}", ids(&page), page.total)
    };
    assert_eq!(first("limit=2", "register").await, "00000 00001 of 6000");
    assert_eq!(first("limit=2", "-register").await, " of 0");
    let changed = async |judged: Judged| _ = keep(&store, "nord", &batch([Change::Changed(judged)])).await;
    changed(with("00000", -1, "amt")).await;
    assert_eq!(first("limit=2", "register").await, "00001 00002 of 5999", "it says so no more");
    assert_eq!(first("limit=2", "-register").await, "00000 of 1");
    new(&store, "sued", [with("neu", 10_000, "register"), with("anders", 10_001, "haus")]).await;
    assert_eq!(first("limit=2&source=sued", "register").await, "neu of 1", "it came");
    changed(with("05999", -2, "register")).await;
    assert_eq!(first("limit=2", "register").await, "05999 00001 of 6000", "it has another time");
    changed(with("00001", 77, "register").hidden()).await;
    assert_eq!(first("limit=2", "register").await, "05999 00002 of 5999", "it is shown no more");
    changed(with("00000", 5, "register moreregister inregister")).await;
    assert_eq!(first("limit=2&sort=relevance", "register").await, "00000 05999 of 6000");
    assert_eq!(first("limit=1", "register amt").await, "00002 of 5997");
}

/// Several questions at once are answered as each of them alone, with the same words and with others, in any order.
#[tokio::test]
async fn several_questions_are_answered_as_each_alone() {
    let store = store().await;
    new(&store, "nord", many("a")).await;
    let asked = [
        ("", ""),
        ("stories=1&limit=3", "amt"),
        ("sort=newest&limit=3", "amt"),
        ("sort=newest&since=2d", "amt"),
        ("kind=event", "amt"),
        ("sort=newest", "-amt"),
        ("kind=event&stories=1", ""),
    ];
    let ask = |(asked, q): (&str, &str)| {
        let mut query = query(asked);
        query.q = (!q.is_empty()).then(|| q.to_owned());
        (query, words(q))
    };
    let mut alone = Vec::new();
    for (query, words) in asked.map(ask) {
        alone.push(store.find(&query, &words, now()).await.unwrap());
    }
    assert_eq!(store.find_all(&asked.map(ask), now()).await.unwrap(), alone);
    let totals: Vec<u64> = alone.iter().map(|page| page.total).collect();
    assert!(totals.iter().all(|total| *total > 0) && totals[2] != totals[5], "{totals:?}");
    assert!(store.find_all(&[], now()).await.unwrap().is_empty());
}
