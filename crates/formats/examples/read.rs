//! Prints what each file says, one JSON object a line: `cargo run -p formats --example read -- [--url URL] FILE…`
//!
//! The same shape as the command `amtsticker read`, without normalising: for people who tune the readers.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::process::ExitCode;

use model::{Document, Format, Select, Source};

fn main() -> ExitCode {
    let mut url = "https://example.org/".to_owned();
    let mut source = Source::default();
    let mut arguments = std::env::args().skip(1);
    let mut outcome = ExitCode::SUCCESS;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--url" => url = arguments.next().unwrap_or_default(),
            "--item" => {
                source.format = Format::Html;
                source.select = vec![Select { item: arguments.next().unwrap_or_default(), ..Select::default() }];
            }
            file => match std::fs::read(file) {
                Ok(bytes) => println!("{}", line(file, bytes, &url, &source)),
                Err(error) => {
                    eprintln!("{file}: {error}");
                    outcome = ExitCode::FAILURE;
                }
            },
        }
    }
    outcome
}

fn line(file: &str, bytes: Vec<u8>, url: &str, source: &Source) -> serde_json::Value {
    let mut reading = formats::read(&Document { bytes, media_type: None, url: url.into() }, source);
    // As the command has it: what names only its change was published then.
    reading.entries.iter_mut().for_each(|entry| entry.published = entry.published.or(entry.updated));
    serde_json::json!({
        "file": file, "format": reading.format, "title": reading.title,
        "entries": reading.entries, "complaints": reading.complaints,
    })
}
