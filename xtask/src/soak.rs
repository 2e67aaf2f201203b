//! The door `soak`: one server among hundreds of sources that misbehave, read and streamed all the while, to see
//! whether it holds on to anything. Not part of `test`, because it takes its time.

use crate::run::{Done, cargo, finish, say, target};

/// Runs it for so many minutes, 15 without an argument, on the binary that `AMTSTICKER_BIN` names, or else on a release
/// build.
pub(crate) fn run(args: &[String]) -> Done {
    let binary = match std::env::var_os("AMTSTICKER_BIN") {
        Some(named) => named.into(),
        None => {
            say("building the server");
            finish(&mut cargo("build --release --package server --bin amtsticker"))?;
            target()?.join("release/amtsticker")
        }
    };
    let mut soak = cargo("run --quiet --package e2e --bin soak --");
    finish(soak.args(args).env("AMTSTICKER_BIN", binary))
}
