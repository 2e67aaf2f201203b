//! What the table lets pass and what it stops.

use super::Manifest;

#[track_caller]
fn check(path: &str, dependencies: &str, expected: &[&str]) {
    let text = format!("[package]\nname = \"x\"\n{dependencies}");
    let manifest = Manifest::read(path, &text).expect("a manifest");
    let members = ["model", "german", "formats", "curate", "store", "origin"];
    let found: Vec<String> = manifest.against_the_table(&members).iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "{found} does not contain {expected}");
    }
}

#[test]
fn arrows_point_down() {
    check("crates/curate/Cargo.toml", "[dependencies]\nmodel.workspace = true\ngerman.workspace = true", &[]);
    check(
        "crates/curate/Cargo.toml",
        "[dependencies]\nformats.workspace = true",
        &["Cargo.toml:4: `x` may not use `formats`"],
    );
    check("crates/curate/Cargo.toml", "[dev-dependencies]\nstore = { workspace = true }", &["`store`"]);
    check("server/Cargo.toml", "[dev-dependencies]\norigin.workspace = true", &[]);
}

#[test]
fn fences_hold_for_each_section() {
    check("crates/model/Cargo.toml", "[dependencies]\nurl.workspace = true", &["it may use serde only"]);
    check("crates/model/Cargo.toml", "[dev-dependencies]\nurl.workspace = true", &[]);
    check("server/Cargo.toml", "[target.'cfg(unix)'.dependencies]\nsqlx.workspace = true", &["`sqlx`"]);
    check("crates/formats/Cargo.toml", "[build-dependencies]\ntokio.workspace = true", &["`tokio`"]);
}

#[test]
fn a_new_package_has_to_be_on_the_map() {
    check("crates/utils/Cargo.toml", "", &["is no room of the house yet"]);
}

#[test]
fn a_version_of_its_own_is_seen() {
    let text = "[package]\nname = \"x\"\n[dependencies]\na = \"1\"\nb = { version = \"1\" }\nc.workspace = true\n";
    let manifest = Manifest::read("x/Cargo.toml", text).expect("a manifest");
    let own: Vec<&str> =
        manifest.uses.iter().filter(|used| !used.from_workspace).map(|used| used.name.as_str()).collect();
    assert_eq!(own, ["a", "b"]);
    assert_eq!(manifest.line("b"), 5);
}
