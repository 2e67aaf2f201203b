//! What we write, read by others: feedparser, feedsmith, our own reader, and three readers of calendars find the same,
//! and nothing to complain of; and what validators ask of feeds holds.
//!
//! The readers are programs of Python and Node under `tests/e2e/readers`; `cargo xtask e2e` installs what they need.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use e2e::Serving;
use serde_json::Value;
use tokio::process::Command;

const PYTHON: &str = "AMTSTICKER_TEST_PYTHON";

/// Twelve filters, in the words of DESIGN 5.1.
const FILTERS: [&str; 12] = [
    "",
    "state=HH",
    "state=BY,SH,BUND&topic=ozg",
    "topic=noots&lang=en",
    "topic=registermodernisierung&stories=0",
    "kind=event&since=2020-01-01",
    "kind=news&limit=200&stories=0",
    "q=register",
    "q=%22digitale+Verwaltung%22+-wallet&sort=relevance",
    "since=7d&until=2100-01-01",
    "source=beispiel-bund,beispiel-kueste&sort=newest",
    "state=SL&q=%3Cnirgends%3E+%26+%C3%BCberall",
];

/// An entry as a reader has it: id, title, link, date.
type Entry = (String, String, Option<String>, Option<Value>);

/// What a reader found in a file.
#[derive(Debug)]
struct Found {
    reader: String,
    title: String,
    entries: Vec<Entry>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("readers")
}

/// Runs a reader over files; what each found, by file.
async fn read(program: &str, script: &str, files: &[PathBuf]) -> Vec<(PathBuf, Found)> {
    let mut command = Command::new(program);
    let output = command.arg(folder().join(script)).args(files).stdin(Stdio::null()).output().await;
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let (out, trouble) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{script}: {trouble}");
    let mut found = Vec::new();
    for line in out.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{script}: {error} in {line}"));
        assert_eq!(line["complaints"], Value::Array(Vec::new()), "{} of {}", line["reader"], line["file"]);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let entry = |one: &Value| {
            let date = Some(one["date"].clone()).filter(|date| !date.is_null());
            (text(&one["id"]).unwrap_or_default(), text(&one["title"]).unwrap_or_default(), text(&one["link"]), date)
        };
        let entries = line["entries"].as_array().expect("a reader finds entries").iter().map(entry).collect();
        let (reader, title) = (text(&line["reader"]).unwrap_or_default(), text(&line["title"]).unwrap_or_default());
        found.push((PathBuf::from(text(&line["file"]).unwrap_or_default()), Found { reader, title, entries }));
    }
    found
}

/// What our own reader says of files.
async fn read_ourselves(files: &[PathBuf]) -> Vec<(PathBuf, Found)> {
    let mut command = e2e::command(&["read"]);
    let output = command.args(files).output().await.expect("the binary starts");
    let mut found = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let line: Value = serde_json::from_str(line).expect("a line of JSON for each file");
        assert_eq!(line["complaints"], Value::Array(Vec::new()), "our own reader of {}", line["file"]);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let entry = |one: &Value| {
            let date = one["published"].as_str().map(|date| Value::from(seconds(date)));
            let title = text(&one["title"]).unwrap_or_default();
            // A kicker that is marked as such it tells apart.
            let title = text(&one["kicker"]).map_or(title.clone(), |kicker| format!("{kicker}: {title}"));
            (text(&one["guid"]).unwrap_or_default(), title, text(&one["url"]), date)
        };
        let entries = line["entries"].as_array().expect("entries").iter().map(entry).collect();
        let found_here =
            Found { reader: "our own".to_owned(), title: text(&line["title"]).unwrap_or_default(), entries };
        found.push((PathBuf::from(text(&line["file"]).unwrap_or_default()), found_here));
    }
    found
}

/// Seconds since 1970 of an RFC 3339 date-time, by Howard Hinnant's algorithm: tests know no crate of the house.
fn seconds(date: &str) -> i64 {
    let number = |from: usize, to: usize| date[from..to].parse::<i64>().unwrap_or_else(|_| panic!("{date}"));
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    let clock = number(11, 13) * 3600 + number(14, 16) * 60 + number(17, 19);
    let zone = &date[date.len() - 6..];
    let offset = match zone.as_bytes()[0] {
        sign @ (b'+' | b'-') => {
            let offset = zone[1..3].parse::<i64>().unwrap_or(0) * 3600 + zone[4..6].parse::<i64>().unwrap_or(0) * 60;
            if sign == b'-' { -offset } else { offset }
        }
        _ => 0,
    };
    days * 86_400 + clock - offset
}

/// What a feed of this filter has to say, by the interface.
async fn said(serving: &Serving, filter: &str) -> Vec<Entry> {
    let mut asked = filter.to_owned();
    for (name, value) in [("stories", "1"), ("limit", "50")] {
        if !asked.contains(&format!("{name}=")) {
            asked = format!("{asked}&{name}={value}");
        }
    }
    // Of events a feed has those that are not over, unless a period is asked for.
    let reply = serving.get(&format!("/api/v1/items?{}", asked.trim_start_matches('&'))).await;
    assert_eq!(reply.status, 200, "{filter}: {}", reply.body);
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let entry = |item: &Value| {
        let title = text(&item["title"]).unwrap_or_default();
        let title = text(&item["kicker"]).map_or(title.clone(), |kicker| format!("{kicker}: {title}"));
        let id = format!("urn:amtsticker:item:{}", item["id"].as_str().unwrap_or_default());
        (id, title, text(&item["url"]), item["published"].as_str().map(|date| Value::from(seconds(date))))
    };
    reply.json()["items"].as_array().expect("items").iter().map(entry).collect()
}

/// The Python that has the readers; without one it is said that the test was skipped.
fn python() -> Option<String> {
    let python = std::env::var(PYTHON).ok();
    if python.is_none() {
        eprintln!("skipped: {PYTHON} names no Python with the packages of tests/e2e/requirements.txt");
    }
    python
}

#[tokio::test]
async fn others_read_in_our_feeds_what_we_say() {
    let Some(python) = python() else { return };
    let serving = e2e::demo().await;
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let mut expected = BTreeMap::new();
    let (mut files, mut rules) = (Vec::new(), Command::new(&python));
    rules.arg(self::folder().join("rules.py"));
    let mut full = 0;
    for (nth, filter) in FILTERS.iter().enumerate() {
        let entries = said(&serving, filter).await;
        full += usize::from(entries.len() > 2);
        for (name, ending) in [("atom.xml", "atom"), ("rss.xml", "rss"), ("feed.json", "json")] {
            let mark = if filter.is_empty() { "" } else { "?" };
            let path = format!("/feeds/{name}{mark}{filter}");
            let reply = serving.get(&path).await;
            assert_eq!(reply.status, 200, "{path}: {}", reply.body);
            let file = folder.path().join(format!("{nth:02}.{ending}"));
            std::fs::write(&file, &reply.body).expect("a file in our own folder");
            let own = link(&reply.body);
            assert!(own.starts_with(&format!("http://{}/feeds/{name}", serving.address)), "{path}: {own}");
            // What it calls itself gives the same bytes.
            let again = serving.get(own.strip_prefix(&format!("http://{}", serving.address)).unwrap_or("/")).await;
            assert_eq!(again.body, reply.body, "{path} calls itself {own}");
            rules.arg(&file).arg(own);
            expected.insert(file.clone(), entries.clone());
            files.push(file);
        }
    }
    assert!(full >= 9, "{full} filters find enough to be compared");
    let broken = rules.output().await.expect("Python starts");
    let said = String::from_utf8_lossy(&broken.stdout).into_owned() + &String::from_utf8_lossy(&broken.stderr);
    assert_eq!((said.as_str(), broken.status.success()), ("", true), "rules that our feeds break");

    let xml: Vec<PathBuf> =
        files.iter().filter(|file| file.extension().is_some_and(|ending| ending != "json")).cloned().collect();
    let mut found = read(&python, "readers.py", &xml).await;
    found.extend(read("node", "readers.mjs", &files).await);
    found.extend(read_ourselves(&files).await);
    assert_eq!(found.len(), xml.len() + 2 * files.len(), "each reader read each file");
    let titles: BTreeMap<PathBuf, String> = found
        .iter()
        .filter(|(_, found)| found.reader == "feedsmith")
        .map(|(file, found)| (file.clone(), found.title.clone()))
        .collect();
    for (file, found) in &mut found {
        // `read` says of an undated entry when it was changed, which Atom demands of each.
        for (entry, said) in found.entries.iter_mut().zip(&expected[file]).filter(|_| found.reader == "our own") {
            entry.3 = entry.3.take().filter(|_| said.3.is_some());
        }
        assert_eq!(found.entries, expected[file], "{} of {}", found.reader, file.display());
        assert_eq!(&unescaped(&found.title), &unescaped(&titles[file]), "{} of {}", found.reader, file.display());
    }
    assert!(serving.stop().await);
}

/// The address that a feed calls its own.
fn link(body: &str) -> String {
    let own = match body.split_once("\"feed_url\":\"") {
        Some((_, rest)) => rest.split('"').next().unwrap_or_default(),
        None => {
            let tag =
                body.split('<').find(|tag| tag.contains("link") && tag.contains("rel=\"self\"")).unwrap_or_default();
            tag.split_once("href=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default()
        }
    };
    own.replace("&amp;", "&")
}

/// A feed's title as it is shown; readers differ in whether they resolve its references.
fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[tokio::test]
async fn others_read_in_our_calendars_what_we_say() {
    let Some(python) = python() else { return };
    let serving = e2e::demo().await;
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let mut expected = BTreeMap::new();
    let mut files = Vec::new();
    for (nth, filter) in
        ["since=2020-01-01", "since=2020-01-01&state=HH", "topic=noots&since=2020-01-01", "state=SL&q=nirgends"]
            .iter()
            .enumerate()
    {
        let reply = serving.get(&format!("/feeds/events.ics?{filter}")).await;
        let file = folder.path().join(format!("{nth}.ics"));
        std::fs::write(&file, &reply.body).expect("a file in our own folder");
        let page = serving.get(&format!("/api/v1/items?kind=event&stories=1&limit=200&{filter}")).await.json();
        let entry = |item: &Value| {
            let start = item["event"]["start"].as_str().unwrap_or_default();
            let start = if start.len() == 10 { Value::from(start) } else { Value::from(seconds(start)) };
            let id = format!("urn:amtsticker:item:{}", item["story"]["id"].as_str().unwrap_or_default());
            (id, item["title"].as_str().unwrap_or_default().to_owned(), start)
        };
        let mut entries: Vec<_> = page["items"].as_array().expect("items").iter().map(entry).collect();
        entries.sort_by(|one, other| one.0.cmp(&other.0));
        expected.insert(file.clone(), entries);
        files.push(file);
    }
    assert!(expected[&files[0]].len() >= 20, "there is something to read");
    let mut found = read(&python, "readers.py", &files).await;
    found.extend(read("node", "readers.mjs", &files).await);
    assert_eq!(found.len(), 3 * files.len(), "three readers read each file");
    for (file, found) in found {
        let mut entries: Vec<_> =
            found.entries.into_iter().map(|(id, title, _, date)| (id, title, date.unwrap_or_default())).collect();
        entries.sort_by(|one, other| one.0.cmp(&other.0));
        assert_eq!(entries, expected[&file], "{} of {}", found.reader, file.display());
    }
    assert!(serving.stop().await);
}
