//! The stage `read`: documents in, what they say out.
//!
//! A document is read as a poll would read it. A page that no selectors are named for is looked at as a whole: its
//! article, if it is one, then the entries of its list. A bad document is answered with complaints, never with an error.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use model::{Catalogue, Complaint, Document, Entry, Format, Platform, Reading, Source};
use serde::Serialize;

/// One line of the answer.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a Path,
    format: String,
    title: Option<String>,
    entries: Vec<Entry>,
    complaints: Vec<Complaint>,
}

/// Reads documents and prints an object for each.
///
/// # Errors
/// A platform that the catalogue does not have; standard output that cannot be written.
pub(crate) fn read(
    files: &[PathBuf],
    url: &str,
    content_type: Option<&str>,
    platform: Option<&str>,
    catalogue: &Catalogue,
) -> anyhow::Result<()> {
    let platform = platform.map(|id| named(id, catalogue)).transpose()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for file in files {
        let reading = match std::fs::read(file) {
            Ok(bytes) => {
                let document = Document { bytes, media_type: content_type.map(str::to_owned), url: url.to_owned() };
                read_one(&document, platform, catalogue)
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
        serde_json::to_writer(&mut out, &Line { file, format, title, entries, complaints })?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn named<'c>(id: &str, catalogue: &'c Catalogue) -> anyhow::Result<&'c Platform> {
    catalogue.platform(id).with_context(|| {
        let known: Vec<&str> = catalogue.platforms.iter().map(|platform| platform.id.as_str()).collect();
        format!("--platform {id}: allowed are {}", known.join(", "))
    })
}

fn read_one(document: &Document, platform: Option<&Platform>, catalogue: &Catalogue) -> Reading {
    let Some(platform) = platform else {
        let reading = formats::read(document, &Source::default());
        return if reading.format == "none" { page(document, &catalogue.platforms, reading) } else { reading };
    };
    let source = Source {
        format: Format::Html,
        platform: Some(platform.id.clone()),
        select: platform.list.clone(),
        ..Source::default()
    };
    let listed = formats::read(document, &source);
    page(document, std::slice::from_ref(platform), listed)
}

/// What a page says beside, or instead of, what was read of it so far.
fn page(document: &Document, platforms: &[Platform], read: Reading) -> Reading {
    let survey = formats::survey(document, platforms);
    // What merely repeats on an unknown page, such as the tiles of a portal, is proposed to people, not read.
    let surveyed = if survey.proposed { Vec::new() } else { survey.entries };
    let listed = if read.entries.is_empty() { surveyed } else { read.entries };
    let entries: Vec<Entry> = survey.article.into_iter().chain(listed).collect();
    if entries.is_empty() {
        return Reading { entries, ..read };
    }
    let title = read.title.or(survey.title);
    let complaints = if read.format == "none" { Vec::new() } else { read.complaints };
    Reading { format: "html".to_owned(), title, entries, complaints, ..Reading::default() }
}
