//! Prints what each file says, one JSON object a line: `cargo run -p formats --example read -- [--url URL] FILE…`
//!
//! `--item SELECTOR` reads pages by a selector; `--survey` says all that can be told of a page nobody has described.
//! The same shape as the command `amtsticker read`, without normalising: for people who tune the readers.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::process::ExitCode;

use model::{Document, Format, Platform, Select, Source};

fn main() -> ExitCode {
    let mut url = "https://example.org/".to_owned();
    let mut source = Source::default();
    let mut arguments = std::env::args().skip(1);
    let mut platforms = None;
    let mut outcome = ExitCode::SUCCESS;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--url" => url = arguments.next().unwrap_or_default(),
            "--item" => {
                source.format = Format::Html;
                source.select = vec![Select { item: arguments.next().unwrap_or_default(), ..Select::default() }];
            }
            "--survey" => platforms = Some(known_platforms()),
            file => match std::fs::read(file) {
                Ok(bytes) => {
                    let document = Document { bytes, media_type: None, url: url.clone() };
                    let said = match &platforms {
                        Some(platforms) => survey(file, &document, platforms),
                        None => line(file, &document, &source),
                    };
                    println!("{said}");
                }
                Err(error) => {
                    eprintln!("{file}: {error}");
                    outcome = ExitCode::FAILURE;
                }
            },
        }
    }
    outcome
}

fn line(file: &str, document: &Document, source: &Source) -> serde_json::Value {
    let mut reading = formats::read(document, source);
    // As the command has it: what names only its change was published then.
    reading.entries.iter_mut().for_each(|entry| entry.published = entry.published.or(entry.updated));
    serde_json::json!({
        "file": file, "format": reading.format, "title": reading.title, "trouble": reading.trouble,
        "entries": reading.entries, "complaints": reading.complaints,
    })
}

fn survey(file: &str, document: &Document, platforms: &[Platform]) -> serde_json::Value {
    let survey = formats::survey(document, platforms);
    let feeds: Vec<_> = survey.feeds.iter().map(|feed| (&feed.url, &feed.title, &feed.media_type)).collect();
    serde_json::json!({
        "file": file, "title": survey.title, "platform": survey.platform, "feeds": feeds,
        "overviews": survey.overviews, "article": survey.article, "select": survey.select,
        "proposed": survey.proposed, "entries": survey.entries, "trouble": survey.trouble,
    })
}

/// The catalogue's platforms.
fn known_platforms() -> Vec<Platform> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalogue/platforms");
    let mut paths: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| toml::from_str(&std::fs::read_to_string(path).ok()?).ok()).collect()
}
