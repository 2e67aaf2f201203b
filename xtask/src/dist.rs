//! The door `dist`: the one file to ship.

use std::{fs, path::PathBuf};

use crate::{
    debian,
    run::{cargo, finish, root, say, target},
    widget,
};

/// Builds it, and says where it lies and how large it is.
pub(crate) fn run() -> Result<PathBuf, String> {
    debian::make()?;
    widget::build()?;
    say("building the release binary, about 5 minutes the first time");
    finish(&mut cargo("build --release --package server --bin amtsticker"))?;
    let built = target()?.join("release/amtsticker");
    // Always under the repository, wherever cargo builds: scripts and people look for it there.
    let shipped = root().join("target/dist/amtsticker");
    let folder = root().join("target/dist");
    // A running binary cannot be written over, but it can be replaced.
    let fresh = folder.join("amtsticker.new");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::copy(&built, &fresh))
        .and_then(|_| fs::rename(&fresh, &shipped))
        .map_err(|error| format!("cannot copy {} to {}: {error}", built.display(), shipped.display()))?;
    let bytes = fs::metadata(&shipped).map_err(|error| format!("{}: {error}", shipped.display()))?.len();
    say(&format!("{}: {:.1} MB", shipped.display(), bytes as f64 / 1e6));
    Ok(shipped)
}
