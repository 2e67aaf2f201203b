//! Finding: filters, periods, words, orders and facets, with numbers counted by hand.

use std::sync::Arc;

use model::{Batch, Change};
use store::{Store, StoreError};

use crate::hand::*;
use crate::place::Place;

/// | item | kind | source | states | topics | age |
/// |---|---|---|---|---|---|
/// | a | news | nord | HH | noots | 1 h |
/// | b | news | nord | HH SH | noots ozg | 2 h |
/// | c | news | nord | SH | ozg | 3 h |
/// | d | news | sued | BY | noots | 4 h |
/// | e | event | sued | BY | ki | 5 h |
/// | f | event | bund | BUND HH | ozg | 6 h |
/// | g | news | bund | – | – | 7 h |
/// | h | news | bund | HH | noots | 8 h, hidden |
async fn shelves() -> Store {
    let store = store().await;
    let aged = |mut judged: model::Judged, hours: i64| {
        judged.item.published = Some(ago(hours * HOUR));
        judged
    };
    let a = news("a", HOUR).about("HH", "noots");
    let b = news("b", 2 * HOUR).about("SH HH", "ozg noots");
    new(&store, "nord", [a, b, news("c", 3 * HOUR).about("SH", "ozg")]).await;
    let e = aged(event("e", "2026-05-10", None).about("BY", "ki"), 5);
    new(&store, "sued", [news("d", 4 * HOUR).about("BY", "noots"), e]).await;
    let f = aged(event("f", "2026-05-06T10:00:00+02:00", None).about("BUND HH", "ozg"), 6);
    let h = news("h", 8 * HOUR).about("HH", "noots").hidden();
    new(&store, "bund", [f, news("g", 7 * HOUR), h]).await;
    store
}

/// Whatever stands in a text, and whether it is there at all.
#[tokio::test]
async fn items_are_found_as_they_were_kept() {
    let store = store().await;
    let odd = "\"Zitat\" \\ 'Hoch' \u{1}\u{1f}\t\n\u{7f}\u{2028}\u{feff} Ümläute 👩‍💻 \\u0041 [],{}:";
    let mut item = event("x", "2026-05-10", None);
    let fill = |item: &mut model::Item| {
        (item.title, item.summary, item.kicker) = (odd.to_owned(), odd.repeat(20), Some(odd.to_owned()));
        (item.relevance, item.image) = (0.123_456_79, Some(String::new()));
    };
    fill(&mut item.item);
    let (mut plain, mut least) = (news("y", HOUR), news("z", 2 * HOUR));
    fill(&mut plain.item);
    (least.item.relevance, least.item.published) = (f32::MIN_POSITIVE, Some(model::Moment::from_ms(-1 << 40)));
    let kept = [item, plain, least];
    new(&store, "nord", kept.clone()).await;
    // Once from what is held in memory, and once from the database.
    let page = find(&store, "").await;
    for kept in kept.into_iter().map(|judged| judged.item) {
        let found = page.items.iter().find(|item| item.id == kept.id).unwrap();
        let looked_up = store.item(&kept.id).await.unwrap().unwrap();
        for found in [found, &looked_up] {
            assert_eq!((&found.source.id, &*found.source.name), (&"nord".to_owned(), "Amt nord"));
            let source = kept.source.clone();
            let found = model::Item { source, why: Vec::new(), ..found.clone() };
            assert_eq!(found, model::Item { why: Vec::new(), ..kept.clone() });
        }
    }
}

#[tokio::test]
async fn any_inside_a_filter_all_across() {
    let store = shelves().await;
    for (asked, expected) in [
        ("", "a b c d e f g"),
        ("state=HH", "a b f"),
        ("state=HH,BY", "a b d e f"),
        ("topic=noots", "a b d"),
        ("topic=noots,ki", "a b d e"),
        ("state=HH,SH&topic=ozg", "b c f"),
        ("kind=news", "a b c d g"),
        ("kind=event", "f e"),
        ("kind=event&sort=newest", "e f"),
        ("source=bund,sued", "d e f g"),
        ("source=nord&state=HH&topic=ozg&kind=news", "b"),
        ("state=TH", ""),
        ("topic=gibt-es-nicht", ""),
        ("source=gibt-es-nicht", ""),
        ("state=HH&source=sued", ""),
    ] {
        let page = find(&store, asked).await;
        assert_eq!(ids(&page), expected, "{asked}");
        assert_eq!(page.total, page.items.len() as u64, "{asked}");
        assert_eq!(page.next, None, "{asked}");
    }
}

#[tokio::test]
async fn facets_ignore_their_own_choice() {
    let store = shelves().await;
    let facets = |asked: &'static str| {
        let store = store.clone();
        async move {
            let facets = find(&store, asked).await.facets;
            [counts(&facets.state), counts(&facets.topic), counts(&facets.source), counts(&facets.kind)]
        }
    };
    assert_eq!(
        facets("").await,
        ["BUND:1 BY:2 HH:3 SH:2", "ki:1 noots:3 ozg:3", "bund:2 nord:3 sued:2", "event:2 news:5"]
    );
    assert_eq!(facets("state=HH").await, ["BUND:1 BY:2 HH:3 SH:2", "noots:2 ozg:2", "bund:1 nord:2", "event:1 news:2"]);
    assert_eq!(
        facets("state=HH&topic=ozg").await,
        ["BUND:1 HH:2 SH:2", "noots:2 ozg:2", "bund:1 nord:1", "event:1 news:1"]
    );
    assert_eq!(facets("kind=event&source=sued").await, ["BY:1", "ki:1", "bund:1 sued:1", "event:1 news:1"]);
    assert_eq!(facets("state=TH").await, ["BUND:1 BY:2 HH:3 SH:2", "", "", ""]);
    assert_eq!(
        facets("since=3h").await,
        ["BUND:1 BY:1 HH:3 SH:2", "ki:1 noots:2 ozg:3", "bund:1 nord:3 sued:1", "event:2 news:3"],
        "a period is no facet: it holds for all of them, and events to come are in it"
    );
}

#[tokio::test]
async fn news_by_publication_events_while_they_run() {
    let store = store().await;
    new(
        &store,
        "nord",
        [
            news("yesterday", DAY),
            news("today", HOUR),
            event("past", "2026-05-01", None),
            event("running", "2026-04-20", Some("2026-05-04")),
            event("morning", "2026-05-04T08:00:00+02:00", Some("2026-05-04T11:59:00+02:00")),
            event("noon", "2026-05-04T12:00:00+02:00", None),
            event("tomorrow", "2026-05-05", None),
            event("june", "2026-06-01T09:00:00+02:00", Some("2026-06-03T17:00:00+02:00")),
            event("backwards", "2026-07-01", Some("2026-06-01")),
        ],
    )
    .await;
    for (asked, expected) in [
        ("kind=event", "running past morning noon tomorrow june backwards"),
        ("kind=event&since=0h", "running noon tomorrow june backwards"),
        ("kind=event&since=2026-05-05", "tomorrow june backwards"),
        ("kind=event&since=2026-06-02&until=2026-06-30", "june"),
        ("kind=event&until=2026-05-04", "running past morning noon"),
        ("kind=event&until=2026-05-04T08:00:00+02:00", "running past morning"),
        ("kind=event&since=2026-07-01", "backwards"),
        ("kind=news&since=2026-05-04", "today"),
        ("kind=news&until=2026-05-03", "yesterday"),
        ("kind=news&since=1d", "today yesterday"),
        ("kind=news&since=23h", "today"),
        ("kind=news&sort=soonest", "yesterday today"),
        ("since=2026-05-05&sort=soonest", "tomorrow june backwards"),
    ] {
        let page = find(&store, asked).await;
        assert_eq!(ids(&page), expected, "{asked}");
        assert_eq!(page.total, page.items.len() as u64, "{asked}");
    }
    let mut mixed =
        found(&store, "since=2026-05-04&until=2026-05-04").await.split(' ').map(str::to_owned).collect::<Vec<_>>();
    mixed.sort();
    assert_eq!(mixed, ["morning", "noon", "running", "today"]);
}

#[tokio::test]
async fn words_phrases_and_what_must_not_be() {
    let store = store().await;
    new(
        &store,
        "nord",
        [
            news("a", HOUR).about("HH", "noots").terms("moderni register verwaltung"),
            news("b", 2 * HOUR).about("HH", "ozg").terms("register moderni land"),
            news("c", 3 * HOUR).about("SH", "ozg").terms("verwaltung land e rechnung"),
            news("d", 4 * HOUR).terms("register verwaltung").hidden(),
        ],
    )
    .await;
    for (asked, q, expected) in [
        ("", "register", "a b"),
        ("", "register moderni", "a b"),
        ("", "\"register moderni\"", "b"),
        ("", "\"moderni register\"", "a"),
        ("", "register -land", "a"),
        ("", "verwaltung -\"moderni register\"", "c"),
        ("", "-register", "c"),
        ("", "-\"register moderni\" -rechnung", "a"),
        ("", "land verwaltung", "c"),
        ("", "e-rechnung", "c"),
        ("", "nirgends", ""),
        ("", "… -–", "a b c"),
        ("", "register NEAR(land", ""),
        ("", "OR", ""),
        ("", "terms:land", ""),
        ("", "regist*", "a b"),
        ("", "rechn*", "c"),
        ("", "\"moderni reg*\"", "a"),
        ("", "\"reg* moderni\"", ""),
        ("", "register -verw*", "b"),
        ("", "-regist*", "c"),
        ("", "rechnung/moderni", "a b c"),
        ("", "rechnung/nirgends land", "c"),
        ("", "land/verwaltung register", "a b"),
        ("state=HH", "land", "b"),
        ("state=HH&until=2026-05-04T10:30:00+02:00", "register", "b"),
        ("sort=soonest", "register", "b a"),
    ] {
        let page = search(&store, asked, q).await;
        assert_eq!(ids(&page), expected, "{asked} {q}");
        assert_eq!(page.total, page.items.len() as u64, "{asked} {q}");
    }
    let page = search(&store, "topic=ozg", "register").await;
    assert_eq!(counts(&page.facets.topic), "noots:1 ozg:1");
    assert_eq!(counts(&page.facets.state), "HH:1");
}

/// More than a database may hold of one text: the beginning counts, and the turn is kept.
#[tokio::test]
async fn a_very_long_text_is_found_by_how_it_begins() {
    let store = store().await;
    let long: String = (0..150_000).map(|n| format!("wort{n} ")).collect();
    let endless = "a".repeat(300_000);
    new(&store, "nord", [news("long", HOUR).terms(&long), news("endless", DAY).terms(&endless)]).await;
    for q in ["wort7", "wort9000 wort20000", "\"wort5 wort6 wort7\"", "wort7 -nirgends"] {
        assert_eq!(ids(&search(&store, "", q).await), "long", "{q}");
    }
    assert_eq!(ids(&search(&store, "", "-wort7").await), "endless");
}

#[tokio::test]
async fn of_very_many_phrases_the_first_count() {
    let store = store().await;
    let many = |sign: &str| (0..40).map(|n| format!("{sign}wort{n} ")).collect::<String>();
    let all = many("");
    new(
        &store,
        "nord",
        [
            news("all", HOUR).terms(&all),
            news("first", 2 * HOUR).terms(all.split_once(" wort32").unwrap().0),
            news("last", 3 * HOUR).terms("wort39"),
            news("other", 4 * HOUR).terms("register"),
        ],
    )
    .await;
    assert_eq!(ids(&search(&store, "", &many("")).await), "all first", "the 33rd and later words are not asked for");
    assert_eq!(ids(&search(&store, "", &many("-")).await), "last other");
    let late = format!("{} -wort39", "-… ".repeat(40));
    assert_eq!(ids(&search(&store, "", &late).await), "first other", "what says nothing takes no place");
}

/// Every order with every kind, period, search and grouping, to the end of the list: nothing panics, nothing is
/// lost or told twice, and the count is what the pages add up to.
#[tokio::test]
async fn every_combination_is_answered_to_its_end() {
    let store = shelves().await;
    let more = [
        news("i", 9 * HOUR).about("HH", "ozg").terms("register land").told_with("a"),
        news("j", 10 * HOUR).about("SH", "noots").terms("register").told_with("a"),
        event("k", "2026-05-06", None).about("HH", "ki").terms("register").told_with("a"),
    ];
    new(&store, "nord", more).await;
    for kind in ["", "&kind=news", "&kind=event"] {
        for order in ["", "&sort=newest", "&sort=soonest", "&sort=relevance"] {
            for rest in ["", "&stories=1", "&since=0h&stories=1", "&until=2026-05-06", "&state=HH&stories=1"] {
                for q in ["", "register", "-land", "register -land", "-register -land"] {
                    let asked = format!("limit=2{kind}{order}{rest}");
                    let (mut seen, mut total, mut next) = (Vec::new(), 0, String::new());
                    for _page in 0..10 {
                        let page = search(&store, &format!("{asked}{next}"), q).await;
                        total = page.total;
                        seen.extend(page.items.into_iter().map(|item| item.id));
                        let Some(cursor) = page.next else { break };
                        next = format!("&cursor={cursor}");
                    }
                    assert_eq!(seen.len() as u64, total, "{asked} {q}: {seen:?}");
                    seen.sort();
                    assert!(seen.windows(2).all(|pair| pair[0] != pair[1]), "{asked} {q}: {seen:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn the_best_match_comes_first() {
    let store = store().await;
    new(
        &store,
        "nord",
        [
            news("plain", HOUR).terms("register register amt"),
            news("title", 3 * HOUR).terms("register inregister").told_with("plain"),
            news("more", 2 * HOUR).terms("register moreregister"),
            news("both", 4 * HOUR).terms("register inregister moreregister amt inamt"),
            news("older", 5 * HOUR).terms("register moreregister"),
            news("never", 0).terms("haus inregister"),
        ],
    )
    .await;
    assert_eq!(ids(&search(&store, "sort=relevance", "register").await), "both title more older plain");
    assert_eq!(ids(&search(&store, "sort=relevance&stories=1", "register").await), "both title more older");
    assert_eq!(ids(&search(&store, "sort=relevance", "regis*").await), "both title more older plain");
    assert_eq!(ids(&search(&store, "sort=relevance", "amt/register -haus").await), "both title more older plain");
    assert_eq!(ids(&search(&store, "sort=relevance", "amt").await), "both plain");
    assert_eq!(ids(&search(&store, "", "register").await), "plain more title both older");
    assert_eq!(ids(&search(&store, "sort=relevance", "-register").await), "never", "nothing to rank by: newest");
    assert_eq!(found(&store, "sort=relevance").await, "never plain more title both older");
}

#[tokio::test]
async fn evidence_only_when_asked() {
    let store = store().await;
    new(&store, "nord", [news("a", HOUR).because("noots-1"), news("b", DAY)]).await;
    assert!(find(&store, "").await.items.iter().all(|item| item.why.is_empty()));
    let page = find(&store, "explain=1").await;
    let rules: Vec<Vec<&str>> =
        page.items.iter().map(|item| item.why.iter().map(|why| why.rule.as_str()).collect()).collect();
    assert_eq!(rules, [vec!["noots-1"], vec![]]);
}

#[tokio::test]
async fn an_empty_store_answers() {
    let store = empty().await;
    for asked in ["", "stories=1&state=HH", "kind=event&since=0h", "since=7d&sort=soonest"] {
        assert_eq!(find(&store, asked).await, model::Page::default(), "{asked}");
    }
    assert_eq!(search(&store, "sort=relevance", "register -land").await, model::Page::default());
    assert_eq!(store.updated().await.unwrap(), None);
    new(
        &{
            store.sync(&[source("nord")], now()).await.unwrap();
            store.clone()
        },
        "nord",
        [news("a", 0)],
    )
    .await;
    assert_eq!(find(&store, "").await.updated, Some(now()));
    assert_eq!(store.updated().await.unwrap(), Some(now()));
}

#[tokio::test]
async fn counts_what_there_is() {
    let store = shelves().await;
    let counts = store.counts().await.unwrap();
    assert_eq!((counts.sources, counts.enabled), (3, 3));
    assert_eq!((counts.items, counts.relevant, counts.stories), (8, 7, 7));
    let items: Vec<_> = store.sources().await.unwrap().into_iter().map(|state| (state.id, state.items)).collect();
    assert_eq!(items, [("bund".to_owned(), 3), ("nord".to_owned(), 3), ("sued".to_owned(), 2)]);
}

#[tokio::test]
async fn a_foreign_cursor_is_refused_as_such() {
    let store = shelves().await;
    let next = find(&store, "limit=2").await.next.unwrap();
    for (asked, cursor) in [("", "Unfug"), ("", &next[1..]), ("kind=event", next.as_str()), ("", "n1.2.3.4")] {
        let mut query = query(asked);
        query.cursor = Some(cursor.to_owned());
        let error = store.find(&query, &model::Words::default(), now()).await.unwrap_err();
        assert!(matches!(&error, StoreError::BadCursor { cursor: named } if named == cursor), "{error}");
    }
}

/// A store that looks at each change as it comes, and one that is opened anew, see the same: whatever was added,
/// changed, moved, hidden, told together or taken back, by this handle or by another process.
#[tokio::test]
async fn who_follows_every_change_sees_what_a_newcomer_sees() {
    let place = Place::new().await;
    let (writer, follower) = (place.open().await, place.open().await);
    writer.sync(&["nord", "sued", "bund"].map(source), ago(365 * DAY)).await.unwrap();
    let mut seed = 0x5eed_u64;
    let mut dice = move |sides: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % sides
    };
    for round in 0..40 {
        let publisher = ["nord", "sued", "bund"][dice(3) as usize];
        let mut changes = Vec::new();
        for _ in 0..dice(6) {
            // Each source has items of its own; the same ones come again with other labels, dates and stories.
            let id = format!("{publisher}-{}", dice(12));
            let about = (["HH", "SH BY", "BUND", ""][dice(4) as usize], ["noots", "ozg noots", ""][dice(3) as usize]);
            let judged = match dice(4) {
                0 => event(&id, &format!("2026-05-{:02}", 1 + dice(20)), None),
                _ => news(&id, dice(200) as i64 * HOUR),
            };
            let judged = judged.about(about.0, about.1).terms("register").hash(round);
            let judged = if dice(5) == 0 { judged.hidden() } else { judged };
            let other = format!("{}-{}", ["nord", "sued", "bund"][dice(3) as usize], dice(12));
            let judged = if dice(3) == 0 { judged.told_with(&other) } else { judged };
            changes.push(if dice(6) == 0 { Change::Gone(id) } else { Change::Changed(judged) });
        }
        let off = (dice(4) == 0).then(|| format!("{publisher}-{}", dice(12)));
        keep(&writer, publisher, &Batch { cancelled: off.into_iter().collect(), ..batch(changes) }).await;
        if dice(8) == 0 {
            let mut renamed = ["nord", "sued", "bund"].map(source);
            Arc::make_mut(&mut renamed[0].publisher).name = format!("Amt {round}");
            writer.sync(&renamed, now()).await.unwrap();
        }
        let newcomer = place.open().await;
        for asked in [
            "limit=200",
            "limit=200&stories=1",
            "state=HH&stories=1",
            "topic=noots&state=BUND,BY",
            "source=nord&kind=news&stories=1",
            "kind=event&stories=1",
            "since=3d&stories=1",
            "until=2026-05-02&sort=soonest&stories=1",
            "sort=soonest&limit=5",
        ] {
            for q in ["", "register", "-register"] {
                let (here, there) = (search(&follower, asked, q).await, search(&newcomer, asked, q).await);
                assert_eq!(here, there, "round {round}: {asked} {q}");
            }
        }
        newcomer.close().await;
    }
}
