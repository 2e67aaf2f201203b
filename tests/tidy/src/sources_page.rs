//! `docs/sources.md` is what the catalogue says, laid out for people: who is polled, how surely the address is known,
//! and under which terms. It is generated; the test says when it is behind, and `cargo xtask bless` writes it anew.

use std::fmt::Write as _;
use std::fs;

use toml::{Table, Value};

use crate::repo::{Finding, Repo};

const PAGE: &str = "docs/sources.md";
const FOLDER: &str = "catalogue/sources/";
const HEAD: &str = "# Sources\n\nGenerated from `catalogue/sources` by `cargo xtask bless`; change the catalogue, not this page.\n\n\
    How surely an address is known: **V** a third party fetched it and checked its content · **S** seen in the site's own HTML · \
    **L** listed in public code · **P** the page is cited as read, no feed is known · **G** a guess. \
    Only V and S are polled as delivered. *About* is what a source's items are probably about, its Land and topics: a prior, not a verdict.\n";

/// The page says what the catalogue says.
#[must_use]
pub fn check(repo: &Repo) -> Vec<Finding> {
    let files = repo.files.iter().filter(|file| file.path.starts_with(FOLDER));
    let texts: Vec<&str> = files.filter_map(|file| file.text.as_deref()).collect();
    let page = render(&texts);
    if repo.text(PAGE).is_ok_and(|text| text == page) {
        return Vec::new();
    }
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let written = fs::write(repo.root.join(PAGE), page);
        return written.err().map(|error| Finding::whole(PAGE, error.to_string())).into_iter().collect();
    }
    vec![Finding::whole(PAGE, "is not what the catalogue says: run `cargo xtask bless` and read the diff")]
}

fn render(files: &[&str]) -> String {
    let mut publishers: Vec<Table> = files.iter().filter_map(|text| text.parse().ok()).collect();
    publishers.sort_by_key(|publisher| text(publisher, "name").to_lowercase());
    let all: Vec<&Table> = publishers.iter().flat_map(sources).collect();
    let polled = all.iter().filter(|source| is_polled(source)).count();
    let mut out =
        format!("{HEAD}\n{} sources of {} publishers, {polled} of them polled.\n", all.len(), publishers.len());
    for publisher in &publishers {
        let _ = write!(out, "\n## {}\n\n<{}>", text(publisher, "name"), text(publisher, "home"));
        let states = list(publisher, "states");
        let more = [
            (!states.is_empty()).then_some(states),
            publisher.get("licence").and_then(Value::as_str).map(str::to_owned),
        ];
        more.into_iter().flatten().for_each(|more| {
            let _ = write!(out, " · {more}");
        });
        let _ = write!(
            out,
            "\n\n| source | polled | known | how | every | about | evidence |\n|---|---|---|---|---|---|---|\n"
        );
        for source in sources(publisher) {
            let how = [text(source, "format"), text(source, "platform")].join(" ");
            let _ = writeln!(
                out,
                "| [{}](<{}>) | {} | {} | {} | {} | {} | {} |",
                text(source, "id"),
                text(source, "url").replace('|', "%7C"),
                if is_polled(source) { "yes" } else { "no" },
                text(source, "status"),
                how.trim(),
                text(source, "every"),
                about(publisher, source),
                text(source, "evidence").replace('|', "\\|")
            );
        }
    }
    out
}

fn sources(publisher: &Table) -> impl Iterator<Item = &Table> {
    publisher.get("source").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table)
}

/// What a source's items are probably about: Land and topics, its own or its publisher's.
fn about(publisher: &Table, source: &Table) -> String {
    let prior = |key| list(if source.contains_key(key) { source } else { publisher }, key);
    [prior("states"), prior("topics")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn is_polled(source: &Table) -> bool {
    source.get("enabled").and_then(Value::as_bool).unwrap_or(true)
}

fn text<'a>(table: &'a Table, key: &str) -> &'a str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list(table: &Table, key: &str) -> String {
    let values = table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    values.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
