//! The door `e2e contract`: schemathesis asks the real binary whatever the contract allows and whatever it does not,
//! and holds the answers against it, with all its checks. No answer may be ours to be sorry for (5xx), none other than
//! the contract says.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Stdio},
};

use crate::{
    python,
    run::{Done, command, finish, root, say},
};

/// How long it asks, in seconds, unless it is said.
pub(crate) const SECONDS: u32 = 60;

/// A demo, gone when dropped.
struct Demo {
    child: Child,
    origin: String,
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks this binary for so long.
pub(crate) fn run(binary: &Path, seconds: u32) -> Done {
    let python = python::packages()?;
    let demo = start(binary)?;
    say(&format!("schemathesis asks {} for {seconds} s", demo.origin));
    let mut asks = command(&python.join("schemathesis").display().to_string());
    asks.arg("--config-file")
        .arg(root().join("tests/e2e/schemathesis.toml"))
        .arg("run")
        .arg(format!("{}/api/openapi.json", demo.origin));
    asks.args(["--checks", "all", "--continue-on-failure", "--no-color"]);
    asks.args(["--max-time", &seconds.to_string(), "--request-timeout", "30"]);
    // It waits for the end of each answer, and a stream has none; `server` and the front door have tests of it.
    asks.args(["--exclude-path", "/api/v1/stream"]);
    // What it remembers of a run belongs to none.
    asks.current_dir(std::env::temp_dir());
    finish(&mut asks)
}

fn start(binary: &Path) -> Result<Demo, String> {
    let mut server = command(&binary.display().to_string());
    let server = server.args(["demo", "--listen", "127.0.0.1:0"]).env("AMTSTICKER_LOG", "warn").stdout(Stdio::piped());
    let mut child = server.spawn().map_err(|error| format!("{}: {error}", binary.display()))?;
    let lines = child.stdout.take().map(BufReader::new);
    let mut demo = Demo { child, origin: String::new() };
    for line in lines.into_iter().flat_map(BufReader::lines) {
        let line = line.map_err(|error| format!("the demo: {error}"))?;
        if let Some(origin) = line.strip_prefix("listening on ") {
            demo.origin = origin.trim_end_matches('/').to_owned();
            return Ok(demo);
        }
    }
    Err("the demo ended before it listened".to_owned())
}
