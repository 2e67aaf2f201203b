//! The built-in catalogue is sound, and mistakes in a folder can be mended from the message alone.

use std::fs;

use super::*;

mod fixtures;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

const PUBLISHER: &str = "id = \"probe\"\nname = \"Probe\"\nhome = \"https://probe.example/\"\nstates = [\"HH\"]\n";

fn with_source(line: &str) -> String {
    format!("{PUBLISHER}[[source]]\nid = \"probe-news\"\nurl = \"https://probe.example/rss.xml\"\n{line}\n")
}

#[test]
fn the_built_in_catalogue_is_sound_and_enables_only_what_is_known() {
    let catalogue = load(None).unwrap();
    assert!(catalogue.topics.len() >= 28, "{}", catalogue.topics.len());
    assert!(catalogue.sources.len() >= 40, "{}", catalogue.sources.len());
    assert!(!catalogue.places.is_empty() && !catalogue.relevance.is_empty());
    for source in catalogue.sources.iter().filter(|source| source.enabled) {
        use model::catalogue::Certainty::{S, V};
        assert!(matches!(source.status, V | S), "{} is enabled with status {:?}", source.id, source.status);
        assert!(source.evidence.is_some(), "{} is enabled without evidence", source.id);
    }
}

#[test]
fn a_folder_replaces_its_parts_and_borrows_the_rest() {
    let folder =
        folder(&[("sources/probe.toml", &with_source("every = \"30m\"\nfuture = 1").replace("\nfuture = 1", ""))]);
    let catalogue = load(Some(folder.path())).unwrap();
    assert_eq!(catalogue.sources.len(), 1);
    let source = &catalogue.sources[0];
    assert_eq!((source.every_seconds, source.enabled), (Some(1800), true));
    assert_eq!(source.states, [model::State::Hh]);
    assert!(!catalogue.topics.is_empty(), "topics come from the built-in catalogue");
}

#[test]
fn names_are_one_line_of_text() {
    let named = with_source("").replace("\"Probe\"", "\" Amt <b>für</b>\\n „Recht“ & 5 < 6\"");
    let catalogue = load(Some(folder(&[("sources/probe.toml", &named)]).path())).unwrap();
    assert_eq!(catalogue.sources[0].publisher.name, "Amt ‹b›für‹/b› „Recht“ & 5 < 6");
}

#[test]
fn mistakes_name_file_key_value_and_what_is_allowed() {
    for (line, words) in [
        ("farmat = \"feed\"", ["sources/probe.toml", "line 8", "farmat", "format"]),
        ("format = \"rss\"", ["sources/probe.toml", "line 8", "rss", "feed"]),
        ("every = \"oft\"", ["sources/probe.toml: line 8", "probe-news", "oft", "1h"]),
        ("format = \"html\"", ["sources/probe.toml: line 8", "probe-news", "select", "enabled = false"]),
        ("threshold = 3.0", ["sources/probe.toml: line 8", "threshold", "3", "0 to 1"]),
        ("expect = { dated = 3 }", ["sources/probe.toml: line 8", "expect.dated", "3", "0 to 1"]),
        ("topics = [\"nots\"]", ["sources/probe.toml, line 8: \"probe-news\"", "nots", "allowed", "noots"]),
        ("select = { item = \"li:::x\" }", ["sources/probe.toml: line 8", "probe-news", "li:::x", "selector"]),
    ] {
        let folder = folder(&[("sources/probe.toml", &with_source(line))]);
        let error = format!("{:#}", load(Some(folder.path())).unwrap_err());
        for word in words {
            assert!(error.contains(word), "{word:?} is missing in: {error}");
        }
    }
    let quoted = with_source("").replace("\"https://probe.example/\"", "'https://probe.example/\"><b>'");
    let error = format!("{:#}", load(Some(folder(&[("sources/probe.toml", &quoted)]).path())).unwrap_err());
    assert!(error.contains("line 3: home") && error.contains("without quotes"), "{error}");
    let twice = folder(&[("sources/a.toml", &with_source("")), ("sources/b.toml", &with_source(""))]);
    let error = format!("{:#}", load(Some(twice.path())).unwrap_err());
    assert!(error.starts_with("sources/a.toml, line 6 and sources/b.toml, line 6: the id"), "{error}");
    assert!(format!("{:#}", load(Some(folder(&[]).path())).unwrap_err()).contains("sources/*.toml"));
}
