//! Licence marks in the manner of REUSE (<https://reuse.software/spec-3.3/>): every file is covered by a mark of
//! its own or by `REUSE.toml`, and the text of every licence named lies in `LICENSES/`.

use std::collections::BTreeSet;

use toml::{Table, Value};

use crate::repo::{File, Finding, Repo};

const MARKS: &str = "REUSE.toml";
const TEXTS: &str = "LICENSES/";

/// Every file has a licence, and every licence its text.
#[must_use]
pub fn check(repo: &Repo) -> Vec<Finding> {
    let annotations = match repo.text(MARKS).map(annotations) {
        Ok(Ok(annotations)) => annotations,
        Ok(Err(error)) => return vec![Finding::whole(MARKS, error)],
        Err(missing) => return vec![missing],
    };
    let mut findings: Vec<Finding> = unmarked(&repo.files, &annotations)
        .map(|path| Finding::whole(path, format!("has no licence: name it in {MARKS}")))
        .collect();
    let texts = repo.files.iter().filter_map(|file| file.path.strip_prefix(TEXTS)?.strip_suffix(".txt"));
    let texts: BTreeSet<&str> = texts.collect();
    let named: BTreeSet<&str> = annotations.iter().flat_map(|annotation| ids(&annotation.licence)).collect();
    findings
        .extend(named.difference(&texts).map(|id| Finding::whole(MARKS, format!("names {id}: add {TEXTS}{id}.txt"))));
    findings.extend(
        texts.difference(&named).map(|id| Finding::whole(&format!("{TEXTS}{id}.txt"), "nothing is under this licence")),
    );
    findings
}

struct Annotation {
    paths: Vec<String>,
    licence: String,
}

fn annotations(text: &str) -> Result<Vec<Annotation>, String> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
    if table.get("version").and_then(Value::as_integer) != Some(1) {
        return Err("version = 1 is missing".to_owned());
    }
    let entries = table.get("annotations").and_then(Value::as_array).ok_or("has no [[annotations]]")?;
    entries.iter().map(annotation).collect()
}

fn annotation(entry: &Value) -> Result<Annotation, String> {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
    entry.get("SPDX-FileCopyrightText").ok_or("an annotation has no SPDX-FileCopyrightText")?;
    let licence = text("SPDX-License-Identifier").ok_or("an annotation has no SPDX-License-Identifier")?;
    let paths = match entry.get("path") {
        Some(Value::String(path)) => vec![path.clone()],
        Some(Value::Array(paths)) => paths.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => return Err("an annotation has no path".to_owned()),
    };
    Ok(Annotation { paths, licence })
}

/// The licences in an expression such as `EUPL-1.2 AND (MIT OR ISC)`.
fn ids(expression: &str) -> impl Iterator<Item = &str> {
    let words = expression.split([' ', '(', ')']);
    words.filter(|word| !matches!(*word, "" | "AND" | "OR" | "WITH"))
}

fn unmarked<'a>(files: &'a [File], annotations: &'a [Annotation]) -> impl Iterator<Item = &'a str> {
    let covered = |path: &str| annotations.iter().flat_map(|it| &it.paths).any(|glob| matches(glob, path));
    // Licences are not themselves under a licence, and the marks need none.
    let exempt = |path: &str| path.starts_with(TEXTS) || path == "LICENSE" || path == MARKS;
    let paths = files.iter().map(|file| file.path.as_str());
    paths.filter(move |path| !exempt(path) && !covered(path))
}

/// The globs of REUSE: `*` stays within a folder, `**` does not.
fn matches(glob: &str, path: &str) -> bool {
    if let Some(rest) = glob.strip_prefix("**") {
        return (0..=path.len()).filter(|at| path.is_char_boundary(*at)).any(|at| matches(rest, &path[at..]));
    }
    if let Some(rest) = glob.strip_prefix('*') {
        let end = path.find('/').unwrap_or(path.len());
        return (0..=end).filter(|at| path.is_char_boundary(*at)).any(|at| matches(rest, &path[at..]));
    }
    match (glob.chars().next(), path.chars().next()) {
        (None, None) => true,
        (Some(a), Some(b)) if a == b => matches(&glob[a.len_utf8()..], &path[b.len_utf8()..]),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
