//! Which crate may use which: the floors of ARCHITECTURE.md against the `Cargo.toml` of every package.
//!
//! Arrows only point down, and the crates of one floor do not know each other. What a crate fences off (SQL, HTTP,
//! the parsers, Leptos) is fenced here by name; the reason stands beside it, for whoever runs into it.

use toml::{Table, Value};

use crate::repo::{Finding, Repo};

/// A package and what it may use.
struct Room {
    /// Folder from the root.
    folder: &'static str,
    /// Crates of this workspace.
    inside: &'static [&'static str],
    /// Crates from elsewhere.
    outside: Outside,
}

enum Outside {
    /// These and no others: compiled to wasm, or meant to build in seconds.
    Only(&'static [&'static str]),
    /// Any but these groups.
    But(&'static [&'static [&'static str]]),
}

const IO: &[&str] = &["tokio", "axum", "tower-http", "hyper", "reqwest", "rustls", "sqlx"];
const HTTP_CLIENT: &[&str] = &["reqwest", "hyper", "ureq"];
const HTTP_SERVER: &[&str] = &["axum", "tower-http", "hyper"];
const SQL: &[&str] = &["sqlx", "rusqlite"];
const PARSERS: &[&str] = &["feed-rs", "scraper", "html5ever", "quick-xml", "calcard", "atom_syndication"];
const VIEWS: &[&str] = &["leptos"];
/// 47 to 185 KB each in the widget, compressed.
const HEAVY: &[&str] = &["url", "regex", "jiff", "chrono"];

const ROOMS: &[Room] = &[
    Room { folder: "crates/model", inside: &[], outside: Outside::Only(&["serde"]) },
    Room {
        folder: "crates/german",
        inside: &[],
        outside: Outside::Only(&["frostem", "jiff", "quick_cache", "unicode-normalization"]),
    },
    Room { folder: "crates/formats", inside: &["model", "german"], outside: Outside::But(&[IO, VIEWS]) },
    Room { folder: "crates/curate", inside: &["model", "german"], outside: Outside::But(&[IO, PARSERS, VIEWS]) },
    Room {
        folder: "crates/store",
        inside: &["model"],
        outside: Outside::But(&[HTTP_CLIENT, HTTP_SERVER, PARSERS, VIEWS]),
    },
    Room { folder: "crates/panel", inside: &["model"], outside: Outside::But(&[IO, PARSERS, HEAVY]) },
    Room {
        folder: "server",
        inside: &["model", "german", "formats", "curate", "store", "panel"],
        outside: Outside::But(&[SQL, PARSERS, VIEWS]),
    },
    Room { folder: "widget", inside: &["model", "panel"], outside: Outside::But(&[IO, PARSERS, HEAVY]) },
    Room { folder: "tests/origin", inside: &[], outside: Outside::But(&[SQL, VIEWS]) },
    Room { folder: "tests/e2e", inside: &["origin"], outside: Outside::But(&[SQL, PARSERS, VIEWS]) },
    Room { folder: "tests/hostile", inside: &["model", "german", "formats"], outside: Outside::Only(&[]) },
    // What a reader costs is measured against the parsers themselves, what a story costs with the store that lends.
    Room {
        folder: "tests/bench",
        inside: &["model", "formats", "curate", "store"],
        outside: Outside::Only(&["feed-rs", "tokio"]),
    },
    // The server's own files for when and how fast, in a world that is made up.
    Room { folder: "tests/manners", inside: &["model"], outside: Outside::Only(&["ring", "serde", "serde_json"]) },
    Room { folder: "tests/fuzz", inside: &["hostile"], outside: Outside::Only(&["libfuzzer-sys"]) },
    Room { folder: "tests/tidy", inside: &[], outside: Outside::Only(&["serde_json", "toml"]) },
    Room { folder: "xtask", inside: &[], outside: Outside::Only(&[]) },
];

/// Every package against the table.
#[must_use]
pub fn check(repo: &Repo) -> Vec<Finding> {
    let manifests: Vec<Manifest<'_>> = manifests(repo).collect();
    let names: Vec<&str> = manifests.iter().map(|manifest| manifest.name.as_str()).collect();
    manifests.iter().flat_map(|manifest| manifest.against_the_table(&names)).collect()
}

/// Every dependency of a member takes its version from the root.
#[must_use]
pub fn versions_stand_once(repo: &Repo) -> Vec<Finding> {
    let say = "write `workspace = true`, and the version in [workspace.dependencies] of the root's Cargo.toml";
    // The fuzz targets have a workspace of their own: only a nightly compiler builds them.
    manifests(repo)
        .filter(|manifest| !manifest.own_workspace)
        .flat_map(|manifest| {
            let uses = manifest.uses.iter().filter(|used| !used.from_workspace);
            uses.map(|used| Finding::at(manifest.path, manifest.line(&used.name), say)).collect::<Vec<_>>()
        })
        .collect()
}

struct Manifest<'a> {
    path: &'a str,
    folder: &'a str,
    text: &'a str,
    name: String,
    uses: Vec<Use>,
    /// No member of the house's workspace.
    own_workspace: bool,
}

struct Use {
    name: String,
    /// Only tests use it.
    for_tests: bool,
    from_workspace: bool,
}

fn manifests(repo: &Repo) -> impl Iterator<Item = Manifest<'_>> {
    let members = repo.files.iter().filter(|file| file.path.ends_with("/Cargo.toml"));
    members.filter_map(|file| Manifest::read(&file.path, file.text.as_deref()?))
}

impl<'a> Manifest<'a> {
    fn read(path: &'a str, text: &'a str) -> Option<Self> {
        let table: Table = text.parse().ok()?;
        let name = table.get("package")?.get("name")?.as_str()?.to_owned();
        let folder = path.strip_suffix("/Cargo.toml")?;
        let mut uses = used_by(&table);
        for target in table.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values) {
            uses.extend(target.as_table().map(used_by).unwrap_or_default());
        }
        let own_workspace = table.contains_key("workspace");
        Some(Manifest { path, folder, text, name, uses, own_workspace })
    }

    fn against_the_table(&self, members: &[&str]) -> Vec<Finding> {
        let Some(room) = ROOMS.iter().find(|room| room.folder == self.folder) else {
            let say = "is no room of the house yet: add it to ARCHITECTURE.md and to the table in this test";
            return vec![Finding::whole(self.path, say)];
        };
        let mut findings = Vec::new();
        for used in &self.uses {
            let what = if members.contains(&used.name.as_str()) {
                // The scripted web site is there for anybody's tests, and what the store finds is judged in German. A
                // package that names itself turns on one of its own features for them.
                let for_tests = matches!((self.name.as_str(), used.name.as_str()), (_, "origin") | ("store", "german"));
                let for_tests = used.for_tests && (for_tests || used.name == self.name);
                let may = room.inside.contains(&used.name.as_str()) || for_tests;
                (!may).then(|| format!("`{}` may not use `{}`: arrows only point down", self.name, used.name))
            } else if used.for_tests {
                None
            } else {
                let why = room.outside.forbids(&used.name);
                why.map(|why| format!("`{}` may not use `{}`: {why}; do it where it belongs", self.name, used.name))
            };
            findings.extend(what.map(|what| Finding::at(self.path, self.line(&used.name), what)));
        }
        findings
    }

    /// The line on which a dependency is named.
    fn line(&self, dependency: &str) -> usize {
        let names = |line: &str| {
            let rest = line.trim_start().strip_prefix(dependency);
            rest.is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
        };
        self.text.lines().position(names).map_or(0, |index| index + 1)
    }
}

fn used_by(table: &Table) -> Vec<Use> {
    let mut uses = Vec::new();
    for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
        let Some(entries) = table.get(section).and_then(Value::as_table) else { continue };
        uses.extend(entries.iter().map(|(name, value)| Use {
            name: name.clone(),
            for_tests: section == "dev-dependencies",
            from_workspace: value.get("workspace").and_then(Value::as_bool) == Some(true),
        }));
    }
    uses
}

impl Outside {
    fn forbids(&self, name: &str) -> Option<String> {
        match self {
            Outside::Only(list) if list.contains(&name) => None,
            Outside::Only([]) => Some("it uses no other crate at all".to_owned()),
            Outside::Only(list) => Some(format!("it may use {} only", list.join(", "))),
            Outside::But(groups) => {
                groups.iter().any(|group| group.contains(&name)).then(|| "that is fenced off from it".to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests;
