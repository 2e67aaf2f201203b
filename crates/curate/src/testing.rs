//! What tests share: the project's own catalogue, compiled once, and short ways to write entries and sources.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use model::{Catalogue, Entry, Evidence, Moment, Place, Publisher, Role, Source, State, TextKind, Topic};
use serde::Deserialize;

use crate::Rules;

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    topic: Vec<Topic>,
    #[serde(default)]
    place: Vec<Place>,
    #[serde(default)]
    towns: BTreeMap<State, Vec<String>>,
    #[serde(default)]
    kind: Vec<TextKind>,
    #[serde(default)]
    evidence: Vec<Evidence>,
}

/// The catalogue as edited: tests of judgement hold the words in it as much as the code.
pub(crate) static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::new(&catalogue()));

pub(crate) fn catalogue() -> Catalogue {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue");
    let mut paths = vec![folder.join("topics.toml"), folder.join("relevance.toml"), folder.join("kinds.toml")];
    paths.extend(fs::read_dir(folder.join("places")).unwrap().map(|entry| entry.unwrap().path()));
    let mut all = Catalogue::default();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        all.topics.extend(file.topic);
        all.places.extend(file.place);
        all.relevance.extend(file.evidence);
        all.kinds.extend(file.kind);
        for (state, names) in file.towns {
            let town = |name| Place { name, state, role: Role::Town, weight: 1.0, cue: true };
            all.places.extend(names.into_iter().map(town));
        }
    }
    all
}

/// The labelled items that `AMTSTICKER_LABELLED` names a folder of: the file's name and its text.
pub(crate) fn labelled_elsewhere() -> Option<(String, String)> {
    let path = Path::new(&std::env::var_os("AMTSTICKER_LABELLED")?).join("items.jsonl");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some((path.display().to_string(), text))
}

/// Judges a title and a summary by the project's catalogue.
pub(crate) fn judge(
    title: &str,
    kicker: Option<&str>,
    summary: &str,
    source: Option<&Source>,
    rules: &Rules,
) -> crate::Judgement {
    crate::classify(&crate::Text { title, kicker, summary, url: None, dated: true }, source, rules)
}

/// A rule set of these words alone.
pub(crate) fn rules(topic: &str, evidence: &[&str]) -> Rules {
    let lines: Vec<String> = evidence.iter().map(|line| format!("{{ {line} }}")).collect();
    let text = format!(
        "[[topic]]\nslug = \"{topic}\"\nde = \"{topic}\"\nen = \"{topic}\"\ndefinition = \"\"\nevidence = [{}]",
        lines.join(", ")
    );
    let file: File = toml::from_str(&text).unwrap();
    Rules::new(&Catalogue { topics: file.topic, ..Catalogue::default() })
}

pub(crate) fn source(id: &str) -> Source {
    Source {
        id: id.to_owned(),
        url: format!("https://{id}.example/feed.xml"),
        publisher: Arc::new(Publisher {
            id: id.to_owned(),
            name: "Landesamt für Muster".to_owned(),
            home: format!("https://{id}.example/"),
            licence: None,
        }),
        ..Source::default()
    }
}

pub(crate) fn entry(title: &str, url: &str) -> Entry {
    Entry { title: Some(title.to_owned()), url: Some(url.to_owned()), ..Entry::default() }
}

pub(crate) fn at(text: &str) -> Moment {
    Moment::parse(text).or_else(|| model::Date::parse(text).map(model::Date::start)).unwrap()
}
