//! The papers a newcomer reads: short, and true about what is where.

use crate::repo::{Finding, Repo};

/// Papers, and the most lines each may have.
const LIMITS: &[(&str, usize)] = &[("ARCHITECTURE.md", 150), ("README.md", 80)];
/// Papers that name files.
const MAPS: &[&str] = &["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "docs/decisions.md", "docs/operating.md"];
/// A name with one of these endings is a file, wherever it lies.
const ENDINGS: &[&str] = &[".rs", ".toml", ".md", ".mjs", ".yml", ".sql", ".html", ".css"];
/// Names that are the reader's own, or stand for any.
const ANY: &[&str] = &["amtsticker.toml", "x.rs", "x/tests.rs"];

/// The papers stay within their limits.
#[must_use]
pub fn stay_short(repo: &Repo) -> Vec<Finding> {
    let check = |(path, limit): &(&str, usize)| match repo.text(path) {
        Ok(text) if text.lines().count() <= *limit => None,
        Ok(text) => Some(Finding::whole(path, format!("{} lines, {limit} is the limit", text.lines().count()))),
        Err(missing) => Some(missing),
    };
    LIMITS.iter().filter_map(check).collect()
}

/// Every path that a paper names in backticks is there.
#[must_use]
pub fn paths_exist(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for map in MAPS {
        match repo.text(map) {
            Ok(text) => findings.extend(dead_paths(repo, map, text)),
            Err(missing) => findings.push(missing),
        }
    }
    findings
}

fn dead_paths(repo: &Repo, map: &str, text: &str) -> Vec<Finding> {
    let names = named(text).into_iter().filter(|(_, name)| looks_like_a_path(repo, name) && !is_there(repo, name));
    names
        .map(|(line, name)| Finding::at(map, line, format!("`{name}` is not there: mend the name or the map")))
        .collect()
}

/// What stands between single backticks, with its line. Blocks of code are examples and not looked at.
fn named(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut example = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            example = !example;
        } else if !example {
            found.extend(line.split('`').skip(1).step_by(2).map(|name| (index + 1, name)));
        }
    }
    found
}

fn looks_like_a_path(repo: &Repo, name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c));
    if !plain || name.starts_with('/') || ANY.contains(&name) {
        return false;
    }
    let first = name.split('/').next().unwrap_or_default();
    let in_a_folder = name.contains('/') && repo.files.iter().any(|file| file.path.split('/').next() == Some(first));
    in_a_folder || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// A path from the root, to a file or a folder; or, without a folder, the name of a file anywhere.
fn is_there(repo: &Repo, name: &str) -> bool {
    let name = name.trim_end_matches('/');
    let inside = format!("{name}/");
    let anywhere = format!("/{name}");
    repo.files.iter().any(|file| {
        file.path == name || file.path.starts_with(&inside) || !name.contains('/') && file.path.ends_with(&anywhere)
    })
}

#[cfg(test)]
mod tests;
