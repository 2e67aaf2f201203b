//! Ids for every way in which feeds break the rule that an entry has an identity of its own.

use std::collections::HashMap;

use model::Entry;
use proptest::prelude::*;

use super::*;
use crate::normalise::draft;
use crate::testing::{RULES, at, entry, source};

fn drafts(entries: Vec<Entry>) -> Vec<Draft> {
    entries.into_iter().map(|entry| draft(entry, &source("probe"), &RULES, at("2026-03-02")).unwrap()).collect()
}

fn ids_of(entries: Vec<Entry>, known: &HashMap<String, i64>) -> Vec<Option<String>> {
    let drafts = drafts(entries);
    ids(
        &drafts.iter().map(|draft| (draft, hash(draft))).collect::<Vec<_>>(),
        "probe",
        &Recent { known: known.clone(), told: Vec::new() },
    )
}

/// What is stored, as polls go by: id to hash and row.
#[derive(Default)]
struct Shelf(HashMap<String, (i64, Told)>);

impl Shelf {
    /// Polls a document; the ids of its entries.
    fn poll(&mut self, entries: &[Entry]) -> Vec<String> {
        let drafts = drafts(entries.to_vec());
        let recent = Recent {
            known: self.0.iter().map(|(id, (hash, _))| (id.clone(), *hash)).collect(),
            told: self.0.values().map(|(_, row)| row.clone()).collect(),
        };
        let ids = ids(&drafts.iter().map(|draft| (draft, hash(draft))).collect::<Vec<_>>(), "probe", &recent);
        let ids: Vec<String> = ids.into_iter().map(|id| id.expect("no entry twice")).collect();
        for (id, draft) in ids.iter().zip(&drafts) {
            let row = Told {
                kicker: None,
                id: id.clone(),
                story: id.clone(),
                matter: id.clone(),
                source: "probe".to_owned(),
                url: draft.url.clone().unwrap_or_default(),
                title: draft.title.clone(),
                summary: draft.summary.clone(),
                at: draft.published.unwrap_or(at("2026-03-02")),
                event: false,
            };
            self.0.insert(id.clone(), (hash(draft), row));
        }
        ids
    }

    fn titles(&self) -> Vec<&str> {
        let mut titles: Vec<&str> = self.0.values().map(|(_, row)| row.title.as_str()).collect();
        titles.sort_unstable();
        titles
    }
}

fn with_guid(title: &str, url: &str, guid: &str) -> Entry {
    Entry { guid: Some(guid.to_owned()), ..entry(title, url) }
}

#[test]
fn every_entry_gets_an_id_of_its_own() {
    for (what, entries) in [
        ("guids", vec![with_guid("A", "https://p.example/1", "1"), with_guid("B", "https://p.example/1", "2")]),
        (
            "one guid for all",
            vec![with_guid("A", "https://p.example/1", "0"), with_guid("B", "https://p.example/2", "0")],
        ),
        ("one address for all", vec![entry("A", "https://p.example/"), entry("B", "https://p.example/")]),
        (
            "neither guid nor address",
            vec![
                Entry { title: Some("Termin".to_owned()), published: Some(at("2026-01-01")), ..Entry::default() },
                Entry { title: Some("Termin".to_owned()), published: Some(at("2026-01-02")), ..Entry::default() },
            ],
        ),
        (
            "only the text differs",
            vec![
                Entry { summary: Some("eins".to_owned()), ..entry("A", "https://p.example/") },
                Entry { summary: Some("zwei".to_owned()), ..entry("A", "https://p.example/") },
            ],
        ),
    ] {
        let ids = ids_of(entries, &HashMap::new());
        assert!(ids.iter().all(Option::is_some), "{what}");
        assert_ne!(ids[0], ids[1], "{what}");
        assert!(ids.iter().flatten().all(|id| id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit())), "{what}");
    }
}

#[test]
fn only_the_truly_same_collapses() {
    let twice = || entry("A", "https://p.example/1");
    let ids = ids_of(vec![twice(), twice(), entry("B", "https://p.example/2")], &HashMap::new());
    assert!(ids[0].is_some() && ids[1].is_none() && ids[2].is_some());
}

#[test]
fn ids_stay_from_poll_to_poll() {
    let first = || with_guid("A", "https://p.example/1", "doppelt");
    let second = || with_guid("B", "https://p.example/2", "doppelt");
    let both = ids_of(vec![first(), second()], &HashMap::new());
    let known: HashMap<String, i64> = both.iter().flatten().map(|id| (id.clone(), 0)).collect();
    let turned = ids_of(vec![second(), first()], &HashMap::new());
    assert_eq!(both, [turned[1].clone(), turned[0].clone()], "order says nothing");
    // The neighbour that shared the guid has left the feed.
    assert_eq!(ids_of(vec![first()], &known), [both[0].clone()]);
    let session = |id: &str| with_guid("A", "https://p.example/1", &format!("https://p.example/1;jsessionid={id}"));
    assert_eq!(ids_of(vec![session("AA")], &HashMap::new()), ids_of(vec![session("BB")], &HashMap::new()));
}

#[test]
fn neighbours_come_and_go() {
    let dated = |entry: Entry, day: &str| Entry { published: Some(at(day)), ..entry };
    for (what, a, b) in [
        ("guid", with_guid("A", "https://p.example/a", "same"), with_guid("B", "https://p.example/b", "same")),
        (
            "address",
            dated(entry("A", "https://p.example/"), "2026-03-01"),
            dated(entry("B", "https://p.example/"), "2026-03-02"),
        ),
        ("address, no dates", entry("A", "https://p.example/"), entry("B", "https://p.example/")),
    ] {
        let mut shelf = Shelf::default();
        let first = shelf.poll(std::slice::from_ref(&a));
        let both = shelf.poll(&[b.clone(), a.clone()]);
        assert_eq!(both[1], first[0], "{what}: A stays when B arrives");
        assert_eq!(shelf.poll(std::slice::from_ref(&b)), both[..1], "{what}: B stays when A leaves");
        assert_eq!(shelf.titles(), ["A", "B"], "{what}: one row each");
        if b.guid.is_none() && b.published.is_none() {
            // Its title is all it is known by: whose correction another title is, nothing tells.
            continue;
        }
        let corrected = Entry { title: b.title.map(|title| title + ", berichtigt"), ..b };
        shelf.poll(&[corrected]);
        assert!(shelf.titles().contains(&"A"), "{what}: a correction of B does not go to A's row");
    }
}

#[test]
fn a_corrected_entry_keeps_its_row() {
    // Unique guids, whatever else changes.
    let mut shelf = Shelf::default();
    let first = shelf.poll(&[with_guid("A", "https://p.example/a", "1"), with_guid("B", "https://p.example/b", "2")]);
    let second =
        shelf.poll(&[with_guid("C", "https://p.example/c", "3"), with_guid("A2", "https://p.example/a2", "1")]);
    assert_eq!(second[1], first[0]);
    assert_eq!(shelf.titles(), ["A2", "B", "C"]);
    // A guid for all: corrected in the same poll in which a neighbour arrives. The address tells who it was.
    let mut shelf = Shelf::default();
    let first = shelf.poll(&[with_guid("A", "https://p.example/a", "same")]);
    let arrived = with_guid("B", "https://p.example/b", "same");
    let second = shelf.poll(&[arrived.clone(), with_guid("A2", "https://p.example/a", "same")]);
    assert_eq!(second[1], first[0]);
    // Two others in its place, and nothing in common: the row is nobody's.
    let mut shelf = Shelf::default();
    let first = shelf.poll(&[with_guid("A", "https://p.example/a", "same")]);
    assert!(!shelf.poll(&[arrived, with_guid("C", "https://p.example/c", "same")]).contains(&first[0]));
    assert_eq!(shelf.titles(), ["A", "B", "C"]);
}

/// One of a few articles, in every way in which their guids and addresses may coincide.
fn article() -> impl Strategy<Value = Entry> {
    let guid = prop::option::of(prop::sample::select(vec!["1", "2", "https://p.example/1"]));
    let url = prop::option::of(prop::sample::select(vec!["https://p.example/1", "https://p.example/2"]));
    let day = prop::option::of(prop::sample::select(vec!["2026-03-01", "2026-03-02"]));
    let (title, summary) = (prop::sample::select(vec!["A", "B"]), prop::sample::select(vec!["", "eins", "zwei"]));
    (guid, url, title, summary, day, day_of_change()).prop_map(|(guid, url, title, summary, day, updated)| Entry {
        guid: guid.map(str::to_owned),
        url: url.map(str::to_owned),
        title: Some(title.to_owned()),
        summary: Some(summary.to_owned()),
        published: day.map(at),
        updated: updated.map(at),
        ..Entry::default()
    })
}

fn day_of_change() -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(prop::sample::select(vec!["2026-03-01", "2026-03-02"]))
}

/// A document of entries of which no two say all the same.
fn document() -> impl Strategy<Value = Vec<Entry>> {
    prop::collection::vec(article(), 1..6).prop_map(|entries| {
        let mut seen = HashSet::new();
        let said = |entry: &Entry| {
            let draft = &drafts(vec![entry.clone()])[0];
            candidates(draft, hash(draft), "probe").pop()
        };
        entries.into_iter().filter(|entry| seen.insert(said(entry))).collect()
    })
}

proptest! {
    #[test]
    fn polls_are_stable(documents in prop::collection::vec(document(), 1..6)) {
        let mut shelf = Shelf::default();
        for document in documents {
            let ids = shelf.poll(&document);
            prop_assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "an id of its own for each");
            let rows = shelf.0.clone();
            let mut turned = document.clone();
            turned.reverse();
            let mut again = shelf.poll(&turned);
            again.reverse();
            prop_assert_eq!(&again, &ids, "the same again changes nothing, in whatever order");
            prop_assert_eq!(&shelf.0, &rows);
        }
    }

    #[test]
    fn an_unchanged_article_stays(polls in prop::collection::vec(prop::collection::btree_set(0..6_usize, 1..5), 2..8)) {
        // Six articles, one guid for three of them and one address for the others.
        let article = |n: &usize| match n {
            0..3 => with_guid(&format!("T{n}"), &format!("https://p.example/{n}"), "same"),
            _ => entry(&format!("T{n}"), "https://p.example/"),
        };
        let (mut shelf, mut before) = (Shelf::default(), HashMap::new());
        for poll in polls {
            let ids = shelf.poll(&poll.iter().map(article).collect::<Vec<_>>());
            let now: HashMap<usize, String> = poll.into_iter().zip(ids).collect();
            for (n, id) in &now {
                prop_assert!(before.get(n).is_none_or(|old| old == id), "T{n} moved");
            }
            before = now;
        }
    }

    #[test]
    fn the_first_poll_knows_no_order(document in document()) {
        let ids = ids_of(document.clone(), &HashMap::new());
        let mut turned = ids_of(document.into_iter().rev().collect(), &HashMap::new());
        turned.reverse();
        prop_assert_eq!(ids, turned);
    }
}

#[test]
fn the_hash_tells_what_is_said() {
    let hash_of = |entry: Entry| hash(&drafts(vec![entry])[0]);
    let base = entry("A", "https://p.example/1");
    assert_eq!(
        hash_of(base.clone()),
        hash_of(Entry { updated: Some(at("2026-03-01")), ..base.clone() }),
        "stamps are noise"
    );
    assert_eq!(hash_of(base.clone()), hash_of(entry("A ", "https://p.example/1?utm_source=x")), "after normalising");
    for other in [
        entry("B", "https://p.example/1"),
        entry("A", "https://p.example/2"),
        Entry { summary: Some("neu".to_owned()), ..base.clone() },
        Entry { published: Some(at("2026-03-01")), ..base.clone() },
    ] {
        assert_ne!(hash_of(base.clone()), hash_of(other));
    }
}
