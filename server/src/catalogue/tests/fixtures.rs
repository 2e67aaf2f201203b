//! Each source that is a page has a page to be read by: `catalogue/fixtures`, one file per source or one for all of a
//! publisher's whose pages are alike. What is found on it by the source's own entry in the catalogue is what the file
//! says in its first comment, and it keeps the entry's contract.

use std::collections::BTreeSet;

use curate::{Rules, identity};
use model::{Change, Document, Format, Item, Moment, Reading, Recent, Source, When};

use super::super::load;
use crate::poll::contract;

/// What the comment says before it lists what is to be read.
const READS: &str = "Reads:\n";
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../catalogue/fixtures");

/// The day on which the fixtures' newest news are news.
fn now() -> Moment {
    Moment::parse("2026-11-22T12:00:00+01:00").unwrap()
}

/// The sources that are pages, as the built-in catalogue has them.
fn pages() -> Vec<Source> {
    load(None).unwrap().sources.into_iter().filter(|source| source.format == Format::Html).collect()
}

/// The name of a source's fixture, and its text with the address that this source has.
fn fixture(source: &Source) -> Option<(String, String)> {
    [&source.id, &source.publisher.id].into_iter().find_map(|name| {
        let text = std::fs::read_to_string(format!("{FOLDER}/{name}.html")).ok()?;
        Some((name.clone(), text.replace("{url}", &source.url)))
    })
}

/// Reads a page as a visit to the source does.
fn read(source: &Source, page: &str) -> Reading {
    let document = Document {
        bytes: page.as_bytes().to_vec(),
        media_type: Some("text/html; charset=utf-8".to_owned()),
        url: source.url.clone(),
    };
    formats::read(&document, source)
}

/// The items that come of a page, without what their texts announce beside them.
fn items(source: &Source, reading: &Reading, rules: &Rules) -> Vec<Item> {
    let batch = curate::curate(reading.entries.clone(), source, rules, &Recent::default(), now());
    let new = batch.changes.into_iter().filter_map(|change| match change {
        Change::New(judged) => Some(judged.item),
        Change::Changed(_) | Change::Same(_) | Change::Gone(_) | Change::Rejected(_) => None,
    });
    new.filter(|item| identity::article(&item.id).is_none()).collect()
}

/// `when | title | address | kicker or place`, as the comment of a fixture writes it; `-` for no time.
fn line(item: &Item) -> String {
    let time = |when: When| match when {
        When::Day(day) => day.to_string(),
        When::At(at) if at.clock() == (0, 0) => at.date().to_string(),
        When::At(at) => at.to_string()[..16].to_owned(),
    };
    let (event, published) = (item.event.as_ref(), item.published.map(When::At));
    let when: Vec<String> = match event {
        Some(event) => std::iter::once(event.start).chain(event.end).map(time).collect(),
        None => vec![published.map_or_else(|| "-".to_owned(), |at| at.date().to_string())],
    };
    let online = event.filter(|event| event.online).map(|_| "online".to_owned());
    let place = event.and_then(|event| event.place.clone()).or(online);
    let mut known = vec![when.join("/"), item.title.clone(), item.url.clone()];
    known.extend(item.kicker.clone().or(place));
    known.join(" | ")
}

/// What a fixture says is on it.
fn expected(page: &str) -> Vec<&str> {
    let listed = page.split_once(READS).and_then(|(_, rest)| rest.split_once("-->"));
    listed.map(|(listed, _)| listed.lines().collect()).unwrap_or_default()
}

#[test]
fn each_page_is_read_by_its_own_entry() {
    let (mut wrong, rules) = (Vec::new(), Rules::new(&load(None).unwrap()));
    for source in pages() {
        let Some((name, page)) = fixture(&source) else {
            wrong.push(format!(
                "{}: no catalogue/fixtures/{}.html; write one in the shape of the page",
                source.id, source.id
            ));
            continue;
        };
        let (reading, expected) = (read(&source, &page), expected(&page));
        let found: Vec<String> = items(&source, &reading, &rules).iter().map(line).collect();
        if expected.len() < 3 || found != expected {
            let listing = found.join("\n  ");
            wrong.push(format!("{} ({name}.html) reads {:?}\n  {listing}", source.id, reading.complaints));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_page_keeps_the_contract_of_its_entry_and_less_breaks_it() {
    for source in pages() {
        let (name, page) = fixture(&source).unwrap();
        let expect = source.expect.clone().unwrap_or_else(|| panic!("{} says nothing in `expect`", source.id));
        let reading = read(&source, &page);
        let broken = |reading: &Reading| contract::broken(reading, Some(&expect), now());
        assert_eq!(broken(&reading), None, "{name}");
        let least = expect.items.unwrap_or(1) as usize;
        let few = Reading { entries: reading.entries[..least - 1].to_vec(), ..reading };
        assert!(broken(&few).is_some(), "{name}: {} items would do", few.entries.len());
    }
}

#[test]
fn each_fixture_is_somebodys() {
    let used: BTreeSet<String> = pages().iter().filter_map(fixture).map(|(name, _)| name).collect();
    for file in std::fs::read_dir(FOLDER).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let stem = name.trim_end_matches(".html");
        assert!(used.contains(stem) || stem == "README.md", "catalogue/fixtures/{name} is no source's page");
    }
}
