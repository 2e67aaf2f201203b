//! One stage alone, JSON Lines in and out, for people who tune it (DESIGN 5.3).

use std::io::{BufRead as _, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use curate::{Genre, Rules};
use model::{Catalogue, Complaint, Date, Document, Entry, Moment, Reading, Source, Told, Why};
use serde::{Deserialize, Serialize};

mod events;

pub(crate) use events::events;

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

#[derive(Serialize)]
struct Group<'a> {
    ids: Vec<&'a str>,
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

/// Groups items from standard input that tell the same story; prints the groups of two or more.
///
/// # Errors
/// A line that is no such object, with its number.
pub(crate) fn stories(catalogue: &Catalogue) -> anyhow::Result<()> {
    let rules = Rules::new(catalogue);
    let told = texts().map(|text| text.map(Text::told)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for group in curate::stories::group(&told, &rules).into_iter().filter(|group| group.len() > 1) {
        let ids = group.into_iter().map(|at| told[at].id.as_str()).collect();
        serde_json::to_writer(&mut out, &Group { ids })?;
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

    fn told(self) -> Told {
        let published = self.published.unwrap_or_default();
        // Days, months and years stand for their beginning: "2024", "2024-02".
        let day = format!("{published}{}", "0000-01-01".get(published.len()..).unwrap_or_default());
        let at = Moment::parse(&published).or_else(|| Date::parse(&day).map(Date::start));
        Told {
            story: self.id.clone(),
            url: self.url.as_deref().and_then(curate::url::canonical).unwrap_or_else(|| self.id.clone()),
            source: self.source.unwrap_or_default(),
            title: self.title,
            summary: self.teaser.unwrap_or_default(),
            at: at.unwrap_or(Moment::from_ms(0)),
            event: false,
            id: self.id,
        }
    }
}
