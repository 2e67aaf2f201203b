//! The door `fix`: what a machine can mend, so that a review is about other things.

use crate::{
    run::{Done, cargo, finish, say},
    tools,
};

/// Formats, lets clippy mend, and formats what clippy wrote.
pub(crate) fn run() -> Done {
    tools::components()?;
    tools::wasm_target()?;
    say("clippy mends what it can, a minute or two after a change");
    let allow = "--allow-dirty --allow-staged";
    finish(&mut cargo(&format!("clippy --fix {allow} --workspace --exclude widget --all-targets")))?;
    finish(&mut cargo(&format!("clippy --fix {allow} --package widget --target wasm32-unknown-unknown")))?;
    finish(&mut cargo("fmt --all"))
}
