//! How fast texts are labelled, measured at the front door: `amtsticker classify` over a labelled set many times, and
//! over long texts. What a start costs is taken off, by a run with one item.
//!
//! The targets: 20,000 items a second, a megabyte in under 100 ms. Refuses: to fail where a target is missed; a busy
//! machine is no regression.

use std::{
    io::Write,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use super::millis;
use crate::run::{command, root, say};

/// How often the set is labelled in one run: as many as make the start a small part of it.
const REPEATED: usize = 100;
/// Runs of each; the fastest counts, since nothing makes a program faster than it is.
const RUNS: usize = 5;
/// Bytes of long text in one run.
const TEXT: usize = 10_000_000;

/// Labels the project's own set, or the `items.jsonl` of a folder.
pub(super) fn measure(binary: &Path, folder: Option<&Path>) -> Result<(), String> {
    let items = match folder {
        Some(folder) => read(&folder.join("items.jsonl"))?,
        None => own()?,
    };
    let count = items.lines().count();
    if count == 0 {
        return Err("there is no item to label".to_owned());
    }
    let start = fastest(binary, items.lines().next().unwrap_or_default())?;
    let many = fastest(binary, &items.repeat(REPEATED))?.saturating_sub(start);
    let rate = (count * REPEATED) as f64 / many.as_secs_f64();
    say(&format!("labelling {count} items {REPEATED} times: {rate:.0} items a second (target 20000)"));
    // As much text in short pieces as in long ones: what a megabyte takes must not grow with the length of the text.
    for bytes in [100_000, 1_000_000] {
        let texts = TEXT / bytes;
        let took = fastest(binary, &long_text(&items, bytes).repeat(texts))?.saturating_sub(start);
        let (each, of_a_megabyte) = (millis(took) / texts as f64, millis(took) / (TEXT as f64 / 1e6));
        say(&format!(
            "labelling texts of {} KB: {each:.1} ms each, {of_a_megabyte:.1} ms for a megabyte (target 100)",
            bytes / 1000
        ));
    }
    Ok(())
}

/// The shortest of some runs over the same lines.
fn fastest(binary: &Path, lines: &str) -> Result<Duration, String> {
    let runs: Result<Vec<Duration>, String> = (0..RUNS).map(|_| run(binary, lines)).collect();
    Ok(runs?.into_iter().min().unwrap_or_default())
}

fn run(binary: &Path, lines: &str) -> Result<Duration, String> {
    let trouble = |error: std::io::Error| format!("{} classify: {error}", binary.display());
    let begin = Instant::now();
    let mut classify = command(&binary.display().to_string());
    let mut child = classify.arg("classify").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().map_err(trouble)?;
    let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(lines.as_bytes()));
    let status = child.wait().map_err(trouble)?;
    written.map_err(trouble)?;
    if status.success() {
        Ok(begin.elapsed())
    } else {
        Err(format!("{} classify ended with {status}", binary.display()))
    }
}

/// The labelled set of `crates/curate` as JSON Lines.
fn own() -> Result<String, String> {
    let text = read(&root().join("crates/curate/testdata/labelled.txt"))?;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).enumerate();
    let items = lines.filter_map(|(at, line)| {
        let mut parts = line.splitn(6, " | ").skip(3);
        let (address, title, teaser) = (parts.next()?, quoted(parts.next()?), quoted(parts.next()?));
        let (source, url) = (quoted(address.split('/').next()?), quoted(&format!("https://{address}/")));
        Some(format!("{{\"id\":\"{at}\",\"title\":{title},\"teaser\":{teaser},\"source\":{source},\"url\":{url}}}\n"))
    });
    Ok(items.collect())
}

/// One item whose teaser is the whole set over and over, up to a length in bytes.
fn long_text(items: &str, bytes: usize) -> String {
    // Marks and names of fields go with it: they are words among others.
    let mut text = items.replace(['"', '\\', '\n'], " ").repeat(bytes / items.len() + 1);
    text.truncate((0..=bytes).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default());
    format!("{{\"id\":\"long\",\"title\":\"Langer Text\",\"teaser\":{}}}\n", quoted(&text))
}

/// A JSON string. The set holds no control characters.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests;
