//! Running other programs: from the root of the repository, with the tools on the path, and with a sentence
//! about what went wrong. A trouble is a `String` for the person at the terminal; nothing here is recovered from.

use std::{
    ffi::OsString,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
    time::Instant,
};

use crate::tools;

/// How every step of a door ends.
pub(crate) type Done = Result<(), String>;

/// How many tests a suite ran.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
    pub(crate) seconds: f64,
}

/// The root of the repository, whichever folder the door was opened from.
pub(crate) fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        // Asked when run, not when compiled: clones that share a target folder share this program, too.
        let xtask = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        Path::new(&xtask).parent().expect("xtask/ lies in the root of the repository").to_path_buf()
    })
}

/// Where cargo builds: this program itself was built into its `debug` folder.
pub(crate) fn target() -> Result<PathBuf, String> {
    let exe = std::env::current_exe().map_err(|error| format!("cannot tell where xtask was built: {error}"))?;
    let folder = exe.parent().and_then(Path::parent);
    folder.map(Path::to_path_buf).ok_or_else(|| format!("{} lies in no target folder", exe.display()))
}

/// One line about what is going on.
pub(crate) fn say(line: &str) {
    eprintln!("xtask: {line}");
}

/// A program, to be run in the root with our tools first on the path.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).env("PATH", path());
    // `cargo run` tells its child about the package xtask. Build scripts that watch these variables (ring's does)
    // would take them for a change and compile again each time a door and a plain `cargo build` take turns.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "CARGO_BIN_NAME" {
            command.env_remove(&name);
        }
    }
    command
}

/// Cargo, with arguments separated by spaces.
pub(crate) fn cargo(args: &str) -> Command {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = command(&program);
    command.args(args.split_whitespace());
    command
}

/// Runs it to its end; anything but exit code 0 is a trouble that names the command.
pub(crate) fn finish(command: &mut Command) -> Done {
    let status = command.status().map_err(|error| format!("{}: {error}", describe(command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` ended with {status}", describe(command))) }
}

/// Runs it to its end while showing what it prints, and gives that back too, with whether it succeeded.
pub(crate) fn watch(command: &mut Command) -> Result<(bool, Vec<String>), String> {
    let about = describe(command);
    let trouble = |error: std::io::Error| format!("{about}: {error}");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(trouble)?;
    let mut lines = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        let mut screen = std::io::stdout().lock();
        for line in BufReader::new(stdout).split(b'\n') {
            let line = String::from_utf8_lossy(&line.map_err(trouble)?).into_owned();
            // A closed terminal must not end the run half-way.
            let _ = writeln!(screen, "{line}");
            lines.push(line);
        }
    }
    let status = child.wait().map_err(trouble)?;
    Ok((status.success(), lines))
}

/// What it prints, or nothing if it is not there or fails.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Looks a program up on the path, ours first.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&path()).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Announces a step, runs it, and says how long it took.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T, String>) -> Result<(T, f64), String> {
    say(&format!("== {name}"));
    let start = Instant::now();
    match work() {
        Ok(value) => {
            let seconds = start.elapsed().as_secs_f64();
            say(&format!("== {name}: done in {seconds:.0} s"));
            Ok((value, seconds))
        }
        Err(trouble) => Err(format!("step `{name}` failed: {trouble}")),
    }
}

/// A suite's result in the words of `cargo test`, which those who read a log for results know.
#[expect(clippy::print_stdout, reason = "results belong to stdout, progress to stderr")]
pub(crate) fn result(tally: &Tally) {
    let Tally { passed, failed, skipped, seconds } = tally;
    println!(
        "test result: ok. {passed} passed; {failed} failed; {skipped} ignored; 0 measured; 0 filtered out; \
         finished in {seconds:.2}s"
    );
}

fn path() -> OsString {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(tools::folder().join("bin")).chain(std::env::split_paths(&old));
    // Joining fails only where a folder's name contains the separator; ours is then left out.
    std::env::join_paths(folders).unwrap_or(old)
}

fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let args = command.get_args().map(|arg| arg.to_string_lossy().into_owned());
    std::iter::once(program).chain(args).collect::<Vec<_>>().join(" ")
}
