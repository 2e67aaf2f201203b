//! The catalogue's files as data: each source is described once and whole, and only what is known to be there is
//! visited. The server checks the values when it reads them; this checks what no single file can show.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::repo::{Finding, Repo};

const FOLDER: &str = "catalogue/sources/";
const PUBLISHER_KEYS: &[&str] = &["id", "name", "home", "states", "topics", "licence", "source"];
const SOURCE_KEYS: &[&str] = &["id", "url", "format", "enabled", "status", "evidence", "robots", "every"];
/// As many sources the project promises to know.
const LEAST: usize = 90;

/// All files under `catalogue/sources`.
#[must_use]
pub fn check(repo: &Repo) -> Vec<Finding> {
    let files: Vec<(&str, &str)> = repo
        .files
        .iter()
        .filter(|file| file.path.starts_with(FOLDER) && file.path.ends_with(".toml"))
        .filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
        .collect();
    if files.is_empty() {
        return vec![Finding::whole(FOLDER, "there is not one source")];
    }
    let known: usize =
        files.iter().map(|(_, text)| text.lines().filter(|line| line.trim() == "[[source]]").count()).sum();
    let few = (known < LEAST).then(|| Finding::whole(FOLDER, format!("{known} sources; there are at least {LEAST}")));
    check_files(&files).into_iter().chain(few).collect()
}

fn check_files(files: &[(&str, &str)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = Seen::default();
    for (path, text) in files {
        match text.parse::<Table>() {
            Ok(publisher) => findings.extend(check_publisher(path, text, &publisher, &mut seen)),
            Err(error) => findings.push(Finding::whole(path, error.to_string().replace('\n', " "))),
        }
    }
    findings
}

/// Where each id and each address was seen first.
#[derive(Default)]
struct Seen {
    first: BTreeMap<String, String>,
}

impl Seen {
    fn again(&mut self, key: &str, value: &str, place: &str) -> Option<String> {
        let first = self.first.entry(format!("{key} {value}")).or_insert_with(|| place.to_owned());
        (first != place).then(|| format!("{key} `{value}` stands in {first} already"))
    }
}

fn check_publisher(path: &str, text: &str, publisher: &Table, seen: &mut Seen) -> Vec<Finding> {
    let mut findings: Vec<Finding> = missing(publisher, PUBLISHER_KEYS)
        .map(|key| Finding::whole(path, format!("the publisher has no `{key}`")))
        .collect();
    let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml");
    if text_of(publisher, "id") != stem {
        findings.push(Finding::at(path, line(text, "id", 0), format!("id should be `{stem}`, as the file is called")));
    }
    let sources = publisher.get("source").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table);
    for (index, source) in sources.enumerate() {
        let start = nth_source(text, index);
        findings.extend(
            check_source(source, |key| format!("{path}:{}", line(text, key, start)), seen)
                .into_iter()
                .map(|(key, what)| Finding::at(path, line(text, key, start), what)),
        );
    }
    findings
}

fn check_source(source: &Table, place: impl Fn(&str) -> String, seen: &mut Seen) -> Vec<(&'static str, String)> {
    let name = text_of(source, "id");
    let mut found: Vec<(&'static str, String)> =
        missing(source, SOURCE_KEYS).map(|key| ("", format!("source `{name}` has no `{key}`"))).collect();
    for key in ["id", "url"] {
        let again = source.get(key).and_then(Value::as_str).and_then(|value| seen.again(key, value, &place(key)));
        found.extend(again.map(|what| (key, what)));
    }
    if source.contains_key("evidence") && !names_a_year(text_of(source, "evidence")) {
        found.push(("evidence", format!("source `{name}` does not say when its evidence was found")));
    }
    let known = matches!(text_of(source, "status"), "V" | "S");
    if source.get("enabled").and_then(Value::as_bool) == Some(true) && !known {
        let say = format!("source `{name}` is enabled, but its address is neither verified (V) nor seen (S)");
        found.push(("enabled", say));
    }
    found
}

/// Whether a text names a year of this century, alone or at the head of a date.
fn names_a_year(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_ascii_digit());
    words.into_iter().any(|word| word.len() == 4 && word.starts_with("20"))
}

fn missing<'a>(table: &'a Table, keys: &'a [&'static str]) -> impl Iterator<Item = &'static str> + 'a {
    keys.iter().copied().filter(|key| !table.contains_key(*key))
}

fn text_of<'a>(table: &'a Table, key: &str) -> &'a str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The index of the line on which the nth source begins.
fn nth_source(text: &str, n: usize) -> usize {
    let starts = text.lines().enumerate().filter(|(_, line)| line.trim() == "[[source]]");
    starts.map(|(index, _)| index).nth(n).unwrap_or(0)
}

/// The line, counted from 1, on which the key stands, from a line on; that line itself if it does not.
fn line(text: &str, key: &str, from: usize) -> usize {
    let names =
        |line: &str| line.strip_prefix(key).is_some_and(|rest| !key.is_empty() && rest.trim_start().starts_with('='));
    text.lines().skip(from).position(names).map_or(from, |index| from + index) + 1
}

#[cfg(test)]
mod tests;
