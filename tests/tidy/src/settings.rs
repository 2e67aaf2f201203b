//! Every setting is documented for the operator: the fields of the configuration structs against the tables of
//! `docs/operating.md`, both ways.

use crate::code::{blank, without_tests};
use crate::repo::{Finding, Repo};

const STRUCTS: &str = "server/src/config.rs";
const PAGE: &str = "docs/operating.md";

/// What can be set is documented, and what is documented can be set.
#[must_use]
pub fn check(repo: &Repo) -> Vec<Finding> {
    match (repo.text(STRUCTS), repo.text(PAGE)) {
        (Ok(code), Ok(page)) => compare(code, page),
        (code, page) => [code.err(), page.err()].into_iter().flatten().collect(),
    }
}

fn compare(code: &str, page: &str) -> Vec<Finding> {
    let fields = fields(code);
    let keys = documented(page);
    if fields.is_empty() {
        return vec![Finding::whole(STRUCTS, "has no public field in a struct: where are the settings?")];
    }
    let silent = fields.iter().filter(|(_, field)| !keys.iter().any(|(_, key)| last(key) == field));
    let gone = keys.iter().filter(|(_, key)| !fields.iter().any(|(_, field)| last(key) == field));
    let silent = silent
        .map(|(line, field)| Finding::at(STRUCTS, *line, format!("`{field}` is missing in the tables of {PAGE}")));
    let gone = gone.map(|(line, key)| Finding::at(PAGE, *line, format!("`{key}` is no setting of {STRUCTS}")));
    silent.chain(gone).collect()
}

/// Fields of structs that other modules can see, with their lines. A field whose type is another struct of
/// settings is a section, not a setting; one that is skipped in reading cannot be set.
fn fields(code: &str) -> Vec<(usize, String)> {
    let code = without_tests(&blank(code));
    let field = |line: &str| {
        let rest = line.trim().strip_prefix("pub ").or_else(|| line.trim().strip_prefix("pub(crate) "))?;
        let (name, kind) = rest.split_once(':')?;
        let is_name = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        (is_name && !kind.starts_with(':') && !kind.contains("Config")).then(|| name.to_owned())
    };
    let before = std::iter::once("").chain(code.lines());
    let read = code.lines().zip(before).enumerate().filter(|(_, (_, before))| before.trim() != "#[serde(skip)]");
    read.filter_map(|(index, (line, _))| Some((index + 1, field(line)?))).collect()
}

/// Keys in the first column of the tables, as in "| `fetch.host_gap` | …".
fn documented(page: &str) -> Vec<(usize, String)> {
    let key = |line: &str| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned());
    page.lines().enumerate().filter_map(|(index, line)| Some((index + 1, key(line)?))).collect()
}

fn last(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

#[cfg(test)]
mod tests;
