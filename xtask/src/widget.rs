//! Building the widget: Trunk compiles and optimises, `widget/pack.mjs` compresses and writes down the sizes.
//! Skipped when nothing that goes into it has changed since.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use crate::{
    node,
    run::{Done, command, finish, root, say},
    tools,
};

/// What goes into the widget. Anything else may change without a new build.
const INPUTS: [&str; 7] =
    ["widget", "crates/panel", "crates/model", "Cargo.toml", "Cargo.lock", "Trunk.toml", "rust-toolchain.toml"];

/// Builds the widget unless it is there already, and prints its sizes.
pub(crate) fn build() -> Done {
    tools::wasm_target()?;
    let stamp = root().join("target/widget.inputs");
    let inputs = fingerprint()?;
    if sizes_file().exists() && fs::read_to_string(&stamp).is_ok_and(|old| old == inputs) {
        say("the widget is up to date");
        return print_sizes();
    }
    tools::trunk()?;
    tools::wasm_bindgen()?;
    node::packages("widget")?;
    say("building the widget, about 2 minutes the first time, half a minute after");
    let mut trunk = command("trunk");
    // Offline, because the tools are there and Trunk would fetch others. And it reads NO_COLOR as a truth value and
    // stops at the customary `1`.
    trunk.args(["build", "--release"]).env("TRUNK_OFFLINE", "true").env_remove("NO_COLOR");
    finish(&mut trunk)?;
    if !sizes_file().exists() {
        return Err(format!("trunk ended well but left no {}; see widget/README.md", sizes_file().display()));
    }
    fs::create_dir_all(root().join("target"))
        .and_then(|()| fs::write(&stamp, inputs))
        .map_err(|error| format!("{}: {error}", stamp.display()))?;
    print_sizes()
}

/// Prints what the build wrote down.
pub(crate) fn print_sizes() -> Done {
    let text = fs::read_to_string(sizes_file()).map_err(|error| format!("{}: {error}", sizes_file().display()))?;
    for (name, bytes) in sizes(&text) {
        say(&format!("{name:<16} {bytes:>7} bytes (brotli)"));
    }
    Ok(())
}

/// File by file, what it weighs after brotli. Knows as much of JSON as `widget/pack.mjs` writes: a key to a line.
fn sizes(json: &str) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    let mut file = "";
    for line in json.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let (key, value) = (key.trim().trim_matches('"'), value.trim().trim_end_matches(','));
        if value == "{" {
            file = key;
        } else if let ("brotli", Ok(bytes)) = (key, value.parse()) {
            found.push((file.to_owned(), bytes));
        }
    }
    found
}

fn sizes_file() -> PathBuf {
    root().join("widget/dist/sizes.json")
}

/// A hash over names and contents of all inputs. Contents, not times: a switch of branches and back is no change,
/// and a clone has no times to compare.
fn fingerprint() -> Result<String, String> {
    let mut hasher = DefaultHasher::new();
    for input in INPUTS {
        add(&root().join(input), &mut hasher).map_err(|error| format!("{input}: {error}"))?;
    }
    Ok(format!("{:016x}\n", hasher.finish()))
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> std::io::Result<()> {
    if path.is_file() {
        path.strip_prefix(root()).unwrap_or(path).hash(hasher);
        fs::read(path)?.hash(hasher);
        return Ok(());
    }
    let mut inside: Vec<_> =
        fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    inside.sort();
    let made_here = |path: &PathBuf| path.ends_with("dist") || path.ends_with("node_modules");
    for path in inside.iter().filter(|path| !made_here(path)) {
        add(path, hasher)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
