//! What the Rust side lacks: the wasm target, and tools that cargo can build.
//!
//! Tools go to one folder per user, `$AMTSTICKER_TOOLS` or `~/.cache/amtsticker/tools`, so that several clones
//! share them and nothing of the user's own is overwritten.

use std::path::{Path, PathBuf};

use crate::run::{Done, ask, cargo, command, find, finish, root, say};

/// 0.22 asks for a newer Rust than we do.
const TRUNK: &str = "0.21.14";
const WASM: &str = "wasm32-unknown-unknown";

/// Where the tools are kept.
pub(crate) fn folder() -> PathBuf {
    if let Some(own) = std::env::var_os("AMTSTICKER_TOOLS") {
        return PathBuf::from(own);
    }
    let home = std::env::var_os("HOME").map_or_else(std::env::temp_dir, PathBuf::from);
    home.join(".cache/amtsticker/tools")
}

/// Sees to it that rustc can compile for the browser.
pub(crate) fn wasm_target() -> Done {
    let sysroot =
        ask(command("rustc").args(["--print", "sysroot"])).ok_or("cannot run `rustc`: see https://rustup.rs")?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM).exists() {
        return Ok(());
    }
    if find("rustup").is_none() {
        return Err(format!(
            "rustc has no target {WASM} and there is no rustup to add it: install the package your distribution \
             calls libstd-rust-dev-wasm32 or rust-std-static-{WASM}, or Rust from https://rustup.rs"
        ));
    }
    say("adding the wasm target to Rust, about 20 s");
    finish(command("rustup").args(["target", "add", WASM]))
}

/// Sees to it that there is the Trunk we build the widget with.
pub(crate) fn trunk() -> Done {
    install(&Tool { krate: "trunk", program: "trunk", version: TRUNK, locked: true, minutes: "4 to 6" })
}

/// Sees to it that there is the wasm-bindgen that speaks the version of Cargo.lock. It accepts no other.
pub(crate) fn wasm_bindgen() -> Done {
    let version = locked_version("wasm-bindgen")?;
    // Its own lock file is older than its minor releases and does not always compile.
    let program = "wasm-bindgen";
    install(&Tool { krate: "wasm-bindgen-cli", program, version: &version, locked: false, minutes: "about 3" })
}

/// Sees to it that there is the tool that accepts inline snapshots.
pub(crate) fn cargo_insta() -> Done {
    let version = locked_version("insta")?;
    let program = "cargo-insta";
    install(&Tool { krate: "cargo-insta", program, version: &version, locked: true, minutes: "about 2" })
}

struct Tool<'a> {
    krate: &'a str,
    program: &'a str,
    version: &'a str,
    locked: bool,
    minutes: &'a str,
}

fn install(tool: &Tool<'_>) -> Done {
    let Tool { krate, program, version, locked, minutes } = tool;
    if ask(command(program).arg("--version")).is_some_and(|said| said.split_whitespace().any(|word| word == *version)) {
        return Ok(());
    }
    let (tools, build) = (folder(), folder().join("build").join(krate));
    say(&format!("installing {krate} {version} into {}, {minutes} minutes the first time", tools.display()));
    let mut install = cargo("install");
    install.args([krate, "--version", version]).arg("--root").arg(&tools);
    if *locked {
        install.arg("--locked");
    }
    // A folder of its own: what is built here has nothing in common with the workspace, and an interrupted
    // installation goes on where it stopped.
    install.env("CARGO_TARGET_DIR", &build).env_remove("RUSTFLAGS").env_remove("CARGO_BUILD_TARGET");
    // Tools that run for seconds need no minutes of optimisation.
    let profile = [("OPT_LEVEL", "1"), ("LTO", "off"), ("CODEGEN_UNITS", "16"), ("DEBUG", "0")];
    install.envs(profile.map(|(key, value)| (format!("CARGO_PROFILE_RELEASE_{key}"), value)));
    finish(&mut install).map_err(|trouble| {
        format!("{trouble}; install it yourself with `cargo install {krate} --version {version}` and come back")
    })?;
    // Some 500 MB each that nobody needs again. Left behind they do no harm.
    let _ = std::fs::remove_dir_all(&build);
    Ok(())
}

/// The version of a crate in Cargo.lock.
fn locked_version(krate: &str) -> Result<String, String> {
    let file = root().join("Cargo.lock");
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    version_in(&text, krate).ok_or_else(|| format!("{} names no crate `{krate}`", file.display()))
}

fn version_in(lock: &str, krate: &str) -> Option<String> {
    let name = format!("name = \"{krate}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    Some(lines.next()?.strip_prefix("version = \"")?.trim_end_matches('"').to_owned())
}

/// Sees to it that Rust itself has what the checks need.
pub(crate) fn components() -> Done {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if ask(cargo(subcommand).arg("--version")).is_some() {
            continue;
        }
        if find("rustup").is_none() {
            return Err(format!("{component} is missing: install the package `{component}` of your distribution"));
        }
        say(&format!("adding {component} to Rust, about 20 s"));
        finish(command("rustup").args(["component", "add", component]))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
