//! One stage alone, JSON Lines in and out, for people who tune it (DESIGN 5.3).

use std::io::{BufRead as _, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use curate::{Genre, Rules};
use model::{Catalogue, Complaint, Document, Entry, Reading, Source, Why};
use serde::{Deserialize, Serialize};

mod events;
mod stories;

pub(crate) use events::events;
pub(crate) use stories::stories;

#[derive(Serialize)]
struct Read<'a> {
    file: &'a Path,
    format: String,
    title: Option<String>,
    entries: Vec<Entry>,
    complaints: Vec<Complaint>,
}

/// An item as people write it who tune the judgement: what it says, and what is known of where it stood.
#[derive(Deserialize)]
struct Text {
    id: String,
    title: String,
    teaser: Option<String>,
    source: Option<String>,
    url: Option<String>,
    published: Option<String>,
}

#[derive(Serialize)]
struct Label {
    id: String,
    relevant: bool,
    relevance: f32,
    states: Vec<model::State>,
    topics: Vec<String>,
    kind: Genre,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    why: Vec<Why>,
}

/// Reads documents; a bad one is answered with complaints, never with an error.
///
/// # Errors
/// Standard output that cannot be written.
pub(crate) fn read(files: &[PathBuf], url: &str, content_type: Option<&str>) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let source = Source::default();
    for file in files {
        let reading = match std::fs::read(file) {
            Ok(bytes) => {
                let document = Document { bytes, media_type: content_type.map(str::to_owned), url: url.to_owned() };
                formats::read(&document, &source)
            }
            Err(error) => Reading {
                format: "none".to_owned(),
                complaints: vec![Complaint { what: "file".to_owned(), text: error.to_string(), entry: None }],
                ..Reading::default()
            },
        };
        let Reading { format, title, mut entries, complaints, .. } = reading;
        // As an item would have it: many Atom feeds state `updated` alone.
        entries.iter_mut().for_each(|entry| entry.published = entry.published.or(entry.updated));
        serde_json::to_writer(&mut out, &Read { file, format, title, entries, complaints })?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Labels items from standard input.
///
/// # Errors
/// A line that is no such object, with its number.
pub(crate) fn classify(catalogue: &Catalogue, explain: bool) -> anyhow::Result<()> {
    let rules = Rules::new(catalogue);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for text in texts() {
        let text = text?;
        let source = text.source(catalogue);
        let (kicker, title) = curate::kicker::split(&text.title, &rules);
        let judged = curate::classify(title, kicker, text.teaser.as_deref().unwrap_or_default(), Some(&source), &rules);
        let threshold = if source.threshold > 0.0 { source.threshold } else { curate::THRESHOLD };
        let label = Label {
            id: text.id,
            relevant: judged.relevance >= threshold,
            relevance: judged.relevance,
            states: judged.states,
            topics: judged.topics,
            kind: judged.genre,
            why: if explain { judged.why } else { Vec::new() },
        };
        serde_json::to_writer(&mut out, &label)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn texts() -> impl Iterator<Item = anyhow::Result<Text>> {
    let lines = std::io::stdin().lock().lines().enumerate();
    let filled = lines.filter(|(_, line)| line.as_ref().map_or(true, |line| !line.trim().is_empty()));
    filled.map(|(number, line)| serde_json::from_str(&line?).with_context(|| format!("line {}", number + 1)))
}

impl Text {
    /// The catalogue's source of this id; else one that is known by its address alone.
    fn source(&self, catalogue: &Catalogue) -> Source {
        let id = self.source.clone().unwrap_or_default();
        if let Some(known) = catalogue.source(&id) {
            return known.clone();
        }
        let url = self.url.clone().filter(|url| url.starts_with("http"));
        Source { url: url.unwrap_or_else(|| format!("https://{id}/")), id, ..Source::default() }
    }
}
