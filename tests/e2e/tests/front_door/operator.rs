//! What an operator sees of a round: bars and colours on a terminal, plain lines on a pipe, objects for machines; and
//! what went wrong once.

use e2e::House;
use origin::{Answer, Origin};
use serde_json::Value;

use crate::health::feed;

/// A source that brings something, one that never changes after that, one that is lost, one behind a wall.
fn house(origin: &Origin) -> House {
    origin.at("/news.xml").serve(feed(), "application/rss+xml");
    origin.at("/same.xml").serve(feed(), "application/rss+xml");
    origin.at("/lost.xml").then(404).then(404);
    origin.at("/wall.xml").then(Answer::status(403).header("cf-mitigated", "challenge"));
    let house = House::new("");
    let sources = ["news", "same", "lost", "wall"].map(|id| (id.to_owned(), origin.url(&format!("/{id}.xml")), ""));
    house.publisher("aemter", &["BUND"], &sources);
    house
}

/// Lines of a log about one source.
fn about<'a>(log: &'a str, source: &str) -> Vec<&'a str> {
    let word = format!("source={source} ");
    log.lines().filter(|line| line.contains(&word)).collect()
}

#[tokio::test]
async fn a_terminal_shows_a_bar_for_each_phase_and_a_summary() {
    let origin = Origin::start().await;
    let house = house(&origin);
    let (code, seen) = house.run_on_terminal(&["poll", "--once"], &[]).await;
    assert_eq!(code, Some(0), "{seen}");
    for phase in ["visit", "read", "judge", "keep"] {
        assert!(seen.contains(&format!("{phase:<6} ")), "{phase}: {seen}");
    }
    assert!(seen.contains("/4") && seen.contains('─'), "of four sources: {seen}");
    let end = &seen[seen.find("visited 4,").unwrap_or_else(|| panic!("a summary: {seen}"))..];
    assert!(end.starts_with("visited 4, unchanged 0, new items 4, changed items 0, failed 2\r\n"), "{end}");
    assert_eq!(end.matches("     1 × the server answered 40").count(), 2, "{end}");
}

/// Without what a terminal does not show.
fn plain(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once('\x1b') {
        out.push_str(before);
        rest = after.find(|c: char| c.is_ascii_alphabetic()).map_or("", |end| &after[end + 1..]);
    }
    out + rest
}

#[tokio::test]
async fn a_pipe_gets_plain_lines_one_for_each_turn_and_failures_once() {
    let origin = Origin::start().await;
    let house = house(&origin);
    let (code, out, log) = house.run(&["poll", "--once"], &[]).await;
    assert_eq!(code, Some(0), "{log}");
    assert!(!log.contains('\x1b') && !log.contains('─') && !out.contains('\x1b'), "{log}{out}");
    for source in ["news", "same", "lost", "wall"] {
        assert_eq!(about(&log, source).len(), 1, "{source}: {log}");
    }
    assert_eq!(log.matches("404").count(), 2, "the status, and what it means, in one line: {log}");
    assert!(out.starts_with("visited 4, unchanged 0, new items 4, changed items 0, failed 2\n"), "{out}");
    let (_, out, _) = house.run(&["poll", "--once", "--json"], &[]).await;
    let summary: Value = serde_json::from_str(out.trim_end()).expect("one line of JSON");
    assert_eq!(summary["unchanged"], 2, "{summary}");
}

#[tokio::test]
async fn machines_get_an_object_for_each_line() {
    let origin = Origin::start().await;
    let house = house(&origin);
    let (code, _, log) = house.run(&["poll", "--once", "--log-format", "json"], &[]).await;
    assert_eq!(code, Some(0), "{log}");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let of = |source: &str| lines.iter().filter(|line| line["source"] == source).collect::<Vec<_>>();
    let [news] = of("news")[..] else { panic!("{log}") };
    assert_eq!((&news["outcome"], &news["status"], &news["new"]), (&"fresh".into(), &200.into(), &2.into()), "{news}");
    assert!(news["next"].is_string() && news["took_ms"].is_number() && news["level"] == "INFO", "{news}");
    let [lost] = of("lost")[..] else { panic!("{log}") };
    assert_eq!((&lost["outcome"], &lost["level"]), (&"failed".into(), &"WARN".into()), "{lost}");
    let (code, _, said) = house.run(&["poll", "--once", "--log-format", "xml"], &[]).await;
    assert!(code != Some(0) && said.contains("text, json"), "{said}");
}

#[tokio::test]
async fn the_table_of_sources_fits_a_terminal_and_is_coloured_there() {
    let origin = Origin::start().await;
    let house = house(&origin);
    let (code, seen) = house.run_on_terminal(&["sources", "check"], &[]).await;
    assert_eq!(code, Some(1), "{seen}");
    let table = &seen[seen.find("source  state").unwrap_or_else(|| panic!("a table: {seen}"))..];
    assert!(table.contains("\x1b[31mblocked") && table.contains("\x1b[32mfresh"), "{table}");
    assert!(table.lines().all(|line| plain(line).chars().count() <= 80), "{table}");
    let (_, out, _) = house.run(&["sources", "check", "news"], &[]).await;
    assert!(!out.contains('\x1b') && out.ends_with("1 source: 1 fresh\n"), "{out}");
}
