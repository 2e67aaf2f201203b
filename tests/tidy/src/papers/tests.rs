//! Which words of a paper are paths, and which of them are there.

use super::{dead_paths, named};
use crate::repo::{File, Repo};

fn repo() -> Repo {
    let file = |path: &str| File { path: path.to_owned(), bytes: 0, text: None };
    let files = ["server/src/poll/fetch.rs", "server/Cargo.toml", "README.md"].map(file).to_vec();
    Repo { root: "/".into(), files }
}

#[track_caller]
fn check(text: &str, dead: &[&str]) {
    let found: Vec<String> =
        dead_paths(&repo(), "ARCHITECTURE.md", text).into_iter().map(|finding| finding.what).collect();
    let names: Vec<&str> = found.iter().map(|what| what.split('`').nth(1).unwrap_or_default()).collect();
    assert_eq!(names, dead);
}

#[test]
fn what_is_there_passes() {
    check("`server/`, `server/src/poll`, `server/src/poll/fetch.rs`, `fetch.rs`, `README.md`", &[]);
}

#[test]
fn what_is_gone_is_named() {
    check(
        "`server/src/domain/` and `server/src/poll/gone.rs` and `gone.rs`",
        &["server/src/domain/", "server/src/poll/gone.rs", "gone.rs"],
    );
}

#[test]
fn routes_types_and_commands_are_no_paths() {
    check(
        "`/api/v1/items`, `application/json`, `Item`, `cargo xtask test`, `amtsticker.toml`, `store.find(&query)`",
        &[],
    );
}

#[test]
fn blocks_of_code_are_examples() {
    assert_eq!(named("`a`\n```\n`b`\n```\nx `c` y `d`"), [(1, "a"), (5, "c"), (5, "d")]);
}
