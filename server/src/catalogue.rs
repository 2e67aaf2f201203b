//! Reads the catalogue: the one that is compiled in, or a folder of the operator's.
//!
//! A folder replaces part by part: its `sources/`, `platforms/`, `places/`, its `topics.toml`, `relevance.toml` and
//! `kinds.toml` stand in for the built-in ones; what it lacks is taken from them. A mistake names file, line, key and what is allowed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use model::{Catalogue, Evidence, Place, Platform, Role, Source, State, TextKind, Topic};
use rust_embed::RustEmbed;
use serde::Deserialize;

use crate::lines::Block;

mod wire;

/// The catalogue of the repository, as it was when the binary was built.
#[derive(RustEmbed)]
#[folder = "../catalogue"]
#[include = "*.toml"]
struct BuiltIn;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topics {
    topic: Vec<Topic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Relevance {
    evidence: Vec<Evidence>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    kind: Vec<TextKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    #[serde(default)]
    place: Vec<Place>,
    /// Names of small places by Land, which count only beside a word that shows they are places.
    #[serde(default)]
    towns: BTreeMap<State, Vec<String>>,
}

impl Places {
    fn all(self) -> impl Iterator<Item = Place> {
        let town = |state, name| Place { name, state, role: Role::Town, weight: 1.0, cue: true };
        let towns = self.towns.into_iter();
        self.place
            .into_iter()
            .chain(towns.flat_map(move |(state, names)| names.into_iter().map(move |name| town(state, name))))
    }
}

/// File name, relative to the catalogue's folder, and its text.
type Files = BTreeMap<String, String>;

/// Loads the catalogue.
///
/// # Errors
/// The first mistake, with the file it is in.
pub(crate) fn load(folder: Option<&Path>) -> anyhow::Result<Catalogue> {
    let mut files = built_in()?;
    if let Some(folder) = folder {
        let own = read_folder(folder)?;
        let parts: BTreeSet<&str> = own.keys().map(|name| part(name)).collect();
        if parts.is_empty() {
            bail!(
                "{}: holds none of sources/*.toml, platforms/*.toml, topics.toml, relevance.toml, kinds.toml, \
                 places/*.toml",
                folder.display()
            );
        }
        files.retain(|name, _| !parts.contains(part(name)));
        files.extend(own);
    }
    assemble(&files)
}

/// The sources of a demo instead of the catalogue's; topics and places stay.
pub(crate) fn with_sources(sources: Vec<model::Source>) -> anyhow::Result<Catalogue> {
    let mut catalogue = load(None)?;
    catalogue.publishers = sources.iter().map(|source| Arc::clone(&source.publisher)).collect();
    catalogue.publishers.dedup();
    catalogue.sources = sources;
    Ok(catalogue)
}

fn part(name: &str) -> &str {
    name.split('/').next().unwrap_or(name)
}

fn built_in() -> anyhow::Result<Files> {
    BuiltIn::iter()
        .map(|name| {
            let file = BuiltIn::get(&name).expect("the name came from the embedded list");
            let text = String::from_utf8(file.data.into_owned()).with_context(|| format!("catalogue/{name}"))?;
            Ok((name.into_owned(), text))
        })
        .collect()
}

fn read_folder(folder: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    for part in ["", "platforms", "sources", "places"] {
        let folder = folder.join(part);
        let listing = match std::fs::read_dir(&folder) {
            Ok(listing) => listing,
            Err(error) if !part.is_empty() && error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.display())),
        };
        for entry in listing {
            let path = entry?.path();
            if path.extension().is_none_or(|ending| ending != "toml") || !path.is_file() {
                continue;
            }
            let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match part {
                "" if matches!(&*name, "topics.toml" | "relevance.toml" | "kinds.toml") => {
                    files.insert(name.into_owned(), text)
                }
                "" => None,
                part => files.insert(format!("{part}/{name}"), text),
            };
        }
    }
    Ok(files)
}

fn assemble(files: &Files) -> anyhow::Result<Catalogue> {
    // Places are half of it all, and who polls once waits for this: they are read beside the rest.
    std::thread::scope(|scope| {
        let places = scope.spawn(|| places(files));
        let rest = rest(files);
        let places = places.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let catalogue = Catalogue { places: places?, ..rest? };
        check(&catalogue, files)?;
        Ok(catalogue)
    })
}

fn places(files: &Files) -> anyhow::Result<Vec<Place>> {
    let mut places = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| part(name) == "places") {
        places.extend(parse::<Places>(name, text)?.all());
    }
    Ok(places)
}

fn rest(files: &Files) -> anyhow::Result<Catalogue> {
    let mut catalogue = Catalogue::default();
    for (name, text) in files {
        match part(name) {
            "topics.toml" => catalogue.topics = parse::<Topics>(name, text)?.topic,
            "relevance.toml" => catalogue.relevance = parse::<Relevance>(name, text)?.evidence,
            "platforms" => catalogue.platforms.push(platform(name, text)?),
            "kinds.toml" => catalogue.kinds = parse::<Kinds>(name, text)?.kind,
            "sources" => {
                let (publisher, sources) = parse::<wire::Publisher>(name, text)?
                    .interpret(text, &catalogue.platforms)
                    .context(name.clone())?;
                catalogue.publishers.push(publisher);
                catalogue.sources.extend(sources);
            }
            _ => {}
        }
    }
    Ok(catalogue)
}

/// One platform's file; its selectors must be some.
fn platform(name: &str, text: &str) -> anyhow::Result<Platform> {
    let platform = parse::<Platform>(name, text)?;
    let selectors = platform.list.iter().chain(&platform.article).cloned().collect::<Vec<_>>();
    wire::check_selectors(&selectors).with_context(|| format!("catalogue/{name}"))?;
    for selector in platform.marks.iter().chain(&platform.overview) {
        wire::check_selector(selector).with_context(|| format!("catalogue/{name}"))?;
    }
    Ok(platform)
}

fn parse<T: for<'de> Deserialize<'de>>(name: &str, text: &str) -> anyhow::Result<T> {
    toml::from_str(text).with_context(|| format!("catalogue/{name}"))
}

/// What no single file can know: that ids are unique and that the topics named exist.
fn check(catalogue: &Catalogue, files: &Files) -> anyhow::Result<()> {
    let mut seen = BTreeSet::new();
    for Source { id, .. } in &catalogue.sources {
        if !seen.insert(id) {
            let places = standing(files, id, "id");
            bail!("{}: the id {id:?} stands twice; ids are unique over all files", places.join(" and "));
        }
    }
    let slugs: Vec<&str> = catalogue.topics.iter().map(|topic| topic.slug.as_str()).collect();
    let of_sources = catalogue.sources.iter().flat_map(|source| source.topics.iter().map(|slug| (&source.id, slug)));
    let of_topics = catalogue.topics.iter().flat_map(|topic| topic.implies.iter().map(|slug| (&topic.slug, slug)));
    for (owner, slug) in of_sources.chain(of_topics) {
        if !slugs.contains(&slug.as_str()) {
            let place = standing(files, owner, "topics").into_iter().next();
            let place = place.unwrap_or_else(|| "catalogue".to_owned());
            bail!("{place}: {owner:?} names the topic {slug:?}; allowed are {}", slugs.join(", "));
        }
    }
    Ok(())
}

/// Where a key of a source stands: file and line, for each source of this id.
fn standing(files: &Files, id: &str, key: &str) -> Vec<String> {
    let sources = files.iter().filter(|(name, _)| part(name) == "sources");
    let blocks = sources.flat_map(|(name, text)| Block::all(text).into_iter().map(move |block| (name, block)));
    let own = blocks.filter(|(_, block)| block.header == "[[source]]" && block.says("id", id));
    own.map(|(name, block)| format!("{name}, line {}", block.line_of(key).unwrap_or(block.line()))).collect()
}

#[cfg(test)]
mod tests;
