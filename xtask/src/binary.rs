//! The doors `demo` and `serve`: the widget, then the binary itself, which takes this program's place, so that
//! signals and the exit code are its own.

use crate::{
    debian,
    run::{Done, cargo, say},
    widget,
};

/// Builds, and becomes `amtsticker COMMAND ARGS`.
pub(crate) fn run(command: &str, args: &[String]) -> Done {
    debian::make()?;
    widget::build().map_err(|trouble| {
        format!(
            "{trouble}; without the widget, `cargo run --bin amtsticker -- {command}` shows the panel as plain HTML"
        )
    })?;
    let (release, rest): (Vec<_>, Vec<_>) = args.iter().partition(|arg| *arg == "--release");
    say(&format!("building and starting `amtsticker {command}`; the first build takes 2 to 4 minutes"));
    let mut cargo = cargo("run --package server --bin amtsticker");
    if !release.is_empty() {
        cargo.arg("--release");
    }
    cargo.args(["--", command]).args(rest);
    become_it(cargo)
}

#[cfg(unix)]
fn become_it(mut command: std::process::Command) -> Done {
    use std::os::unix::process::CommandExt;
    // The reader's folder, not the root: `--data` and `--config` are given relative to it.
    if let Ok(here) = std::env::current_dir() {
        command.current_dir(here);
    }
    Err(format!("cannot start cargo: {}", command.exec()))
}

#[cfg(not(unix))]
fn become_it(mut command: std::process::Command) -> Done {
    crate::run::finish(&mut command)
}
