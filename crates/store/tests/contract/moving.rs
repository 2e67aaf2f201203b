//! Moving: what one store exports another takes over, and both keep the same, whichever database is behind them.

use std::collections::BTreeMap;

use model::{Batch, Change, Moment};
use serde_json::Value;
use store::{Intent, Limits, Pick, Store, StoreError, Whose};

use crate::hand::*;

async fn lines(store: &Store) -> Vec<String> {
    let mut lines = Vec::new();
    let rows = store.export(|line| {
        lines.push(line.to_owned());
        Ok(())
    });
    assert_eq!(rows.await.unwrap() as usize + 2, lines.len());
    lines
}

async fn import(store: &Store, lines: &[String]) -> Result<u64, StoreError> {
    store.import(lines.iter().cloned().map(Ok)).await
}

/// A store with something in every table.
async fn lived_in() -> Store {
    let store = store().await;
    let marked = |id: &str, age: i64, marks: &[i64]| model::Judged {
        marks: marks.to_vec(),
        ..news(id, age).about("HH SH", "noots ozg").terms("register amt x0x modern register").because("noots-1")
    };
    let mut odd = event("e", "2026-06-01T09:00:00+02:00", None);
    odd.item.title = "Ümläute, „Anführung“ & 'Hochkomma' 👩‍💻\u{2028}\\\"".to_owned();
    odd.item.relevance = 0.123_456_79;
    odd.item.published = None;
    let matters = BTreeMap::from([("b".to_owned(), "a".to_owned())]);
    let changes = [marked("a", DAY, &[7, -3, 7]), marked("b", HOUR, &[7]).told_with("a"), odd.terms("fach")];
    let changes: Vec<_> = changes.into_iter().map(Change::New).collect();
    keep(&store, "nord", &Batch { changes, matters, ..Batch::default() }).await;
    // Written over at its place: the words of before must not go along.
    keep(&store, "nord", &batch([Change::Changed(marked("b", HOUR, &[7]).terms("anders").hash(2))])).await;
    new(&store, "sued", [news("hidden", 2 * HOUR).terms("versteckt"), news("c", 0).hidden().terms("egal")]).await;
    let off = Batch { cancelled: vec!["e".to_owned()], ..Batch::default() };
    keep(&store, "sued", &off).await;
    store.hide("hidden", Some("auf Verlangen"), now()).await.unwrap();
    let failed = model::Visit {
        outcome: model::Outcome::Failed("503 Service Unavailable".to_owned()),
        status: Some(503),
        validators: model::Validators { etag: Some(vec![b'"', 0xe4, 0xff, b'"']), ..Default::default() },
        memory: Some(r#"{"rhythm":[1,2]}"#.to_owned()),
        ..visit("bund", epoch(&store, "bund").await)
    };
    store.keep(&failed, &Batch::default(), now()).await.unwrap();
    store.keep_robots("https://nord.example", now(), Some("User-agent: *\nDisallow: /x\n")).await.unwrap();
    store.host_turn("nord.example", now(), 30_000, 0).await.unwrap();
    let webhook = ["webhook-1", "https://chat.example/haken", "state=HH"].map(str::to_owned);
    store.enlist(&[webhook.into()], now()).await.unwrap();
    let intent = Intent {
        id: "abo".to_owned(),
        subscribe: true,
        url: "https://leser.example/rueckruf".to_owned(),
        topic: "https://ticker.example/feeds/atom.xml".to_owned(),
        host: "leser.example".to_owned(),
        secret: Some("geheim".to_owned()),
        lease_ms: DAY,
        ..Intent::default()
    };
    assert!(store.intend(&intent, Limits { all: 10, per_host: 10 }, now()).await.unwrap());
    store
}

#[tokio::test]
async fn there_and_back_again_is_the_same() {
    let first = lived_in().await;
    let said = lines(&first).await;
    // Back in a file, whichever database this runs on.
    let (there, back) = (empty().await, Store::memory().await.unwrap());
    import(&there, &said).await.unwrap();
    assert_eq!(lines(&there).await, said);
    import(&back, &lines(&there).await).await.unwrap();
    assert_eq!(lines(&back).await, said);

    for store in [&there, &back] {
        for (asked, q) in [
            ("explain=1", ""),
            ("stories=1&explain=1", ""),
            ("kind=event", ""),
            ("state=HH&topic=noots", ""),
            ("", "register"),
            ("", "anders"),
            ("", "\"modern register\""),
            ("", "-fach"),
        ] {
            let (was, is) = (search(&first, asked, q).await, search(store, asked, q).await);
            assert_eq!((was.items, was.facets, was.total), (is.items, is.facets, is.total), "{asked} {q}");
        }
        assert_eq!(ids(&search(store, "", "versteckt").await), "");
        assert_eq!(store.sources().await.unwrap(), first.sources().await.unwrap());
        assert_eq!(store.counts().await.unwrap(), first.counts().await.unwrap());
        assert_eq!(store.hidden().await.unwrap(), first.hidden().await.unwrap());
        assert_eq!(store.generation().await.unwrap(), first.generation().await.unwrap());
        assert_eq!(store.changes(0, 100).await.unwrap(), first.changes(0, 100).await.unwrap());
        assert_eq!(store.known("nord").await.unwrap(), first.known("nord").await.unwrap());
    }
}

#[tokio::test]
async fn a_store_that_was_taken_over_goes_on() {
    let (first, store) = (lived_in().await, empty().await);
    import(&store, &lines(&first).await).await.unwrap();
    store.sync(&["nord", "sued", "bund"].map(source), now()).await.unwrap();
    // Nothing is new to it, and what is new finds its shelf, its place and its story.
    let again = Change::New(news("a", DAY).about("HH SH", "noots ozg"));
    assert_eq!(keep(&store, "nord", &batch([again])).await.changed, 0);
    new(&store, "sued", [news("d", 0).about("BY", "cdo").terms("neu").told_with("a")]).await;
    assert_eq!(store.item("a").await.unwrap().unwrap().story.size, 3);
    assert_eq!(found(&store, "state=BY").await, "d");
    let reach = store::Reach { window_ms: 2 * DAY, nearest: 8, shared: 1 };
    let mut lending = store.lending().await.unwrap();
    let near = lending.near(&[store::Teller { at: ago(HOUR), marks: &[-3] }], reach).await.unwrap().remove(0);
    let hung = lending.matters(near.iter().map(|near| near.id.as_str()), [], 9).await.unwrap();
    drop(lending);
    let mut hung: Vec<_> = hung.into_iter().map(|hung| hung.item.id).collect();
    hung.sort();
    assert_eq!(hung, ["a", "b"], "marks and matters came along");
    assert_eq!(store.lease(Pick::Due, Moment::from_ms(now().ms() + DAY), 10, MINUTE).await.unwrap().len(), 3);
    assert!(store.unhide("hidden", now()).await.unwrap());
    assert_eq!(ids(&search(&store, "", "versteckt").await), "hidden");
    let whose = Whose { webhooks: &["webhook-1".to_owned()], hub: false };
    assert_eq!(store.claim(whose, now(), 5, MINUTE).await.unwrap().len(), 1);
}

#[tokio::test]
async fn many_rows_go_in_many_pieces() {
    let store = store().await;
    let many = |range: std::ops::Range<i64>| range.map(|n| news(&format!("{n:05}"), n * MINUTE).terms("register amt"));
    new(&store, "nord", many(0..2_100)).await;
    let said = lines(&store).await;
    let other = empty().await;
    import(&other, &said).await.unwrap();
    assert_eq!(lines(&other).await, said);
    assert_eq!(search(&other, "", "\"register amt\"").await.total, 2_100);
}

#[tokio::test]
async fn what_is_no_export_is_refused_and_leaves_nothing() {
    let store = lived_in().await;
    let said = lines(&store).await;
    assert!(matches!(import(&store, &said).await, Err(StoreError::NotEmpty { sources: 3, items: 5 })));

    let store = empty().await;
    let place = |start: &str| said.iter().position(|line| line.starts_with(start)).unwrap();
    let with = |at: usize, line: &str| {
        let mut lines = said.clone();
        lines[at] = line.to_owned();
        lines
    };
    let item = place("{\"item\"");
    for (lines, what) in [
        (said[..said.len() - 1].to_vec(), "the end is missing"),
        (said[1..].to_vec(), "line 1: is not the first line of an export"),
        ([&said[..], &said[..1]].concat(), "behind the end"),
        ([&said[..item], &said[item + 1..]].concat(), "there is no such item"),
        (with(item, "{\"item\":{"), "is no row"),
        (with(item, "[1]"), "is no row"),
        (with(item, "{\"kiste\":{}}"), "kiste: this release knows no such table"),
        (with(0, "{\"amtsticker\":{\"layout\":1}}"), "layout 1"),
        (with(place("{\"robots\""), "{\"robots\":{\"origin\":7,\"fetched\":1}}"), "robots.origin = 7"),
        (Vec::new(), "the end is missing"),
    ] {
        let refused = import(&store, &lines).await.unwrap_err();
        assert!(matches!(refused, StoreError::BadExport { .. }), "{what}: {refused:?}");
        assert!(refused.to_string().contains(what), "{what}: {refused}");
    }
    let counts = said.iter().position(|line| line.starts_with("{\"robots\"")).unwrap();
    let short = [&said[..counts], &said[counts + 1..]].concat();
    assert!(import(&store, &short).await.unwrap_err().to_string().contains("rows came"));
    assert_eq!(store.counts().await.unwrap(), store::Counts::default());
    import(&store, &said).await.unwrap();
}

#[tokio::test]
async fn lines_are_json_that_others_can_read() {
    let said = lines(&lived_in().await).await;
    let rows: Vec<Value> = said.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let item = rows.iter().find(|row| row["item"]["id"] == "e").unwrap();
    assert_eq!(item["item"]["title"], "Ümläute, „Anführung“ & 'Hochkomma' 👩‍💻\u{2028}\\\"");
    assert_eq!(item["item"]["event_start"], "2026-06-01T09:00:00+02:00");
    let source = rows.iter().find(|row| row["source"]["id"] == "bund").unwrap();
    assert_eq!((&source["source"]["fails"], &source["source"]["last_outcome"]), (&1.into(), &"failed".into()));
    assert_eq!(source["source"]["etag"], "\"\u{e4}\u{ff}\"");
    assert_eq!(rows.iter().filter(|row| row["words"].is_object()).count(), 4, "of what can be found, hidden or not");
}

#[tokio::test]
async fn who_cannot_write_ends_it() {
    let store = lived_in().await;
    let mut left = 3;
    let full = store.export(|_| {
        left -= 1;
        if left > 0 { Ok(()) } else { Err(std::io::ErrorKind::StorageFull.into()) }
    });
    assert!(matches!(full.await, Err(StoreError::Output { .. })));
}
