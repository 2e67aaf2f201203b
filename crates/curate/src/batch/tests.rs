//! A whole document through all steps.

use std::collections::HashMap;

use model::{Kind, State};

use super::*;
use crate::testing::{RULES, at, entry, source};

const NOW: &str = "2026-03-02T12:00:00Z";

fn run(entries: Vec<Entry>, source: &Source, recent: &Recent) -> Batch {
    curate(entries, source, &RULES, recent, at(NOW))
}

fn items(batch: &Batch) -> Vec<&Judged> {
    batch
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::New(judged) | Change::Changed(judged) => Some(judged),
            _ => None,
        })
        .collect()
}

#[test]
fn an_entry_becomes_an_item() {
    let entry = Entry {
        summary: Some("Das Land führt in allen Behörden die elektronische Akte ein.".to_owned()),
        published: Some(at("2026-03-01T09:00:00Z")),
        image: Some("javascript:alert(1)".to_owned()),
        ..entry("HessenE-Akte für alle Ämter", "https://probe.example/a;jsessionid=1?nn=2")
    };
    let batch = run(vec![entry], &source("probe"), &Recent::default());
    let [judged] = items(&batch)[..] else { panic!("one item") };
    let item = &judged.item;
    assert_eq!((item.kicker.as_deref(), item.title.as_str()), (Some("Hessen"), "E-Akte für alle Ämter"));
    assert_eq!(item.url, "https://probe.example/a");
    assert_eq!((item.states.as_slice(), item.topics.as_slice()), (&[State::He][..], &["eakte".to_owned()][..]));
    assert_eq!((item.kind, item.lang.as_str(), item.image.as_deref()), (Kind::News, "de", None));
    assert_eq!((item.story.id.as_str(), item.story.size), (item.id.as_str(), 1));
    assert!(judged.relevant && item.relevance > 0.5 && !item.why.is_empty());
    assert!(judged.terms.split(' ').any(|term| term == "hess"), "{}", judged.terms);
}

#[test]
fn what_is_kept_is_bounded() {
    let long = |head: &str| Some(format!("{head}{}", "a".repeat(2_000)));
    let entry = |image: Option<String>, lang: Option<String>| Entry {
        url: long("https://probe.example/"),
        image,
        lang,
        ..entry("Eins", "")
    };
    let batch = run(vec![entry(long("https://probe.example/"), long("de-"))], &source("probe"), &Recent::default());
    let item = &items(&batch)[0].item;
    assert_eq!(item.url, format!("https://probe.example/feed.xml#{}", item.id), "as without an address");
    assert_eq!((item.image.as_deref(), item.lang.as_str()), (None, "de"));
    let said = |text: &str| Some(text.to_owned());
    let batch =
        run(vec![entry(said("https://probe.example/a.jpg"), said(" en-GB "))], &source("probe"), &Recent::default());
    let item = &items(&batch)[0].item;
    assert_eq!((item.image.as_deref(), item.lang.as_str()), (Some("https://probe.example/a.jpg"), "en-GB"));
    for (tag, expected) in [("de_DE", "de-DE"), ("\"><b onfocus=f()>", "de"), ("Deutsch (Schweiz)", "de"), ("", "de")] {
        let batch = run(vec![entry(None, said(tag))], &source("probe"), &Recent::default());
        assert_eq!(items(&batch)[0].item.lang, expected, "{tag:?}");
    }
    let data = run(vec![entry(said("data:image/png;base64,AAAA"), None)], &source("probe"), &Recent::default());
    assert_eq!(items(&data)[0].item.image, None);
}

#[test]
fn polling_twice_changes_nothing() {
    let entries =
        || vec![entry("Eins", "https://probe.example/1"), entry("Zwei", "https://probe.example/2"), Entry::default()];
    let first = run(entries(), &source("probe"), &Recent::default());
    let known: HashMap<String, i64> =
        items(&first).iter().map(|judged| (judged.item.id.clone(), judged.hash)).collect();
    let again = run(entries(), &source("probe"), &Recent { known: known.clone(), told: Vec::new() });
    assert!(matches!(again.changes[..], [Change::Same(_), Change::Same(_), Change::Rejected(_)]), "{again:?}");
    let mut changed = entries();
    changed[0].title = Some("Eins, berichtigt".to_owned());
    let third = run(changed, &source("probe"), &Recent { known, told: Vec::new() });
    assert!(matches!(third.changes[..2], [Change::Changed(_), Change::Same(_)]), "{third:?}");
}

#[test]
fn changed_rules_judge_anew_and_keep_the_id() {
    let entries = || vec![entry("Der Musterstack kommt voran", "https://probe.example/1")];
    let first = run(entries(), &source("probe"), &Recent::default());
    let [before] = items(&first)[..] else { panic!("one item") };
    let known = HashMap::from([(before.item.id.clone(), before.hash)]);
    let recent = Recent { known, told: Vec::new() };
    let other = crate::testing::rules("musterstack", &[r#"text = "Musterstack""#]);
    let second = curate(entries(), &source("probe"), &other, &recent, at(NOW));
    let [Change::Changed(after)] = &second.changes[..] else { panic!("{:?}", second.changes) };
    assert_eq!(
        (after.item.id.as_str(), &after.item.topics[..]),
        (before.item.id.as_str(), &["musterstack".to_owned()][..])
    );
    assert!(matches!(run(entries(), &source("probe"), &recent).changes[..], [Change::Same(_)]));
}

#[test]
fn a_feed_without_links_keeps_its_entries() {
    let entries = (0..20).map(|n| Entry { title: Some(format!("Meldung {n}")), ..Entry::default() }).collect();
    let batch = run(entries, &source("probe"), &Recent::default());
    let items = items(&batch);
    assert_eq!(items.len(), 20);
    for judged in items {
        assert_eq!(judged.item.url, format!("https://probe.example/feed.xml#{}", judged.item.id));
    }
}

#[test]
fn the_threshold_is_the_sources() {
    let private = || vec![entry("Orgel ist fertig", "https://probe.example/1")];
    let strict = Source { threshold: 0.5, ..source("probe") };
    assert!(!items(&run(private(), &strict, &Recent::default()))[0].relevant, "kept, not shown");
    assert!(items(&run(private(), &source("probe"), &Recent::default()))[0].relevant);
}

#[test]
fn the_truly_same_entry_is_kept_once() {
    let twice = || entry("Eins", "https://probe.example/1");
    let batch = run(vec![twice(), twice()], &source("probe"), &Recent::default());
    assert!(matches!(batch.changes[..], [Change::New(_), Change::Rejected(_)]));
}

#[test]
fn a_neighbour_with_the_same_guid_overwrites_nothing() {
    let article = |title: &str, url: &str| Entry {
        guid: Some("same".to_owned()),
        ..entry(title, &format!("https://probe.example{url}"))
    };
    let (mut known, mut rows) = (HashMap::new(), HashMap::new());
    for poll in [vec![article("A", "/a")], vec![article("B", "/b"), article("A", "/a")], vec![article("B", "/b")]] {
        let batch = run(poll, &source("probe"), &Recent { known: known.clone(), told: Vec::new() });
        for judged in items(&batch) {
            known.insert(judged.item.id.clone(), judged.hash);
            let before = rows.insert(judged.item.id.clone(), judged.item.title.clone());
            assert_eq!(before, None, "nothing changed, so nothing is written twice");
        }
    }
    assert_eq!(rows.len(), 2);
}
