//! The door `e2e`: walks in through the front door only. The real binary with the widget inside; first the tests
//! that speak HTTP, and those that let others read what we write; then schemathesis asks whatever the contract allows;
//! then come those that look at the panel in Chromium and Firefox.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use crate::{
    contract, debian, node, postgres, python,
    run::{Done, Tally, ask, cargo, command, finish, result, root, say, target, watch},
    widget,
};

const BROWSER_TESTS: &str = "tests/e2e/browser";

/// The browsers to test in.
pub(crate) struct Browsers {
    chromium: String,
    firefox: String,
}

/// The door itself: everything, or the contract alone for as long as it is said.
pub(crate) fn door(args: &[String]) -> Done {
    let seconds = |text: &String| text.parse().map_err(|_| format!("{text}: allowed is a number of seconds"));
    match args {
        [] => run().map(|tally| result(&tally)),
        [what] if what == "contract" => contract::run(&build()?, contract::SECONDS),
        [what, text] if what == "contract" => contract::run(&build()?, seconds(text)?),
        [other, ..] => Err(format!("e2e {other}: allowed is nothing, or `contract` and a number of seconds")),
    }
}

/// Runs everything; gives the tally of the browser tests, which come last.
pub(crate) fn run() -> Result<Tally, String> {
    let browsers = install()?;
    let python = python::packages()?.join("python");
    let binary = build()?;
    let mut front_door = cargo("test --package e2e -- --nocapture");
    front_door.env("AMTSTICKER_BIN", &binary).env(python::VARIABLE, &python);
    postgres::beside(&mut front_door)?;
    contract::run(&binary, contract::SECONDS)?;
    look(&browsers, &binary)
}

/// The binary that is looked at, widget inside.
fn build() -> Result<PathBuf, String> {
    widget::build()?;
    say("building the server");
    finish(&mut cargo("build --package server --bin amtsticker"))?;
    let binary = target()?.join("debug/amtsticker");
    match binary.is_file() {
        true => Ok(binary),
        false => Err(format!("cargo built the server, but {} is not there", binary.display())),
    }
}

/// Sees to it that there is what the tests need.
pub(crate) fn install() -> Result<Browsers, String> {
    node::packages("tests/e2e")?;
    let chromium = debian::browser("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"], "chromium")?;
    let firefox = debian::browser("FIREFOX", &["firefox-esr", "firefox"], "firefox-esr")?;
    Ok(Browsers { chromium, firefox })
}

fn look(browsers: &Browsers, binary: &Path) -> Result<Tally, String> {
    let tests = test_files()?;
    say(&format!("{} files of browser tests, in {} and {}", tests.len(), browsers.chromium, browsers.firefox));
    let start = Instant::now();
    let mut node = command("node");
    // One file after the other: two browsers at once on two cores only make each other late. Node 18 cannot be told.
    node.args(["--test", "--test-reporter=tap"]);
    let one = "--test-concurrency=1";
    if ask(command("node").args([one, "--version"])).is_some() {
        node.arg(one);
    }
    node.args(&tests).current_dir(root().join("tests/e2e"));
    node.env("AMTSTICKER_BIN", binary).env("CHROMIUM", &browsers.chromium).env("FIREFOX", &browsers.firefox);
    let (well, lines) = watch(&mut node)?;
    let tally = Tally { seconds: start.elapsed().as_secs_f64(), ..count(&lines) };
    match tally {
        Tally { passed: 0, .. } => Err("not one browser test ran".to_owned()),
        Tally { failed, passed, .. } if !well || failed > 0 => {
            Err(format!("{failed} browser tests failed, {passed} passed; each `not ok` above is one"))
        }
        tally => Ok(tally),
    }
}

/// By name, so that the order is the same everywhere.
fn test_files() -> Result<Vec<PathBuf>, String> {
    let folder = root().join(BROWSER_TESTS);
    let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    if files.is_empty() { Err(format!("no *.test.mjs in {}", folder.display())) } else { Ok(files) }
}

/// Reads the closing lines of TAP as node writes it: `# pass 12`.
fn count(lines: &[String]) -> Tally {
    let number = |what: &str| -> u64 {
        let said = lines.iter().rev().find_map(|line| line.strip_prefix("# ")?.strip_prefix(what)?.strip_prefix(' '));
        said.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    let failed = number("fail") + number("cancelled");
    Tally { passed: number("pass"), failed, skipped: number("skipped") + number("todo"), seconds: 0.0 }
}

#[cfg(test)]
mod tests;
