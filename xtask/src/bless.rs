//! The door `bless`: takes what the code says now for what the snapshots should say.

use std::{fs, path::Path};

use crate::{
    run::{Done, cargo, finish, root, say},
    tools,
};

/// Runs the tests so that each snapshot is written anew.
pub(crate) fn run() -> Done {
    say("running the tests and writing every snapshot anew");
    let mut tests = cargo("test --workspace --exclude widget --exclude e2e --no-fail-fast");
    let outcome = finish(tests.env("INSTA_UPDATE", "always"));
    // Snapshots inside source files cannot be rewritten by a running test; insta leaves them beside the file.
    if ["crates", "server", "tests"].iter().any(|folder| pending(&root().join(folder))) {
        tools::cargo_insta()?;
        finish(&mut cargo("insta accept --workspace"))?;
        say("inline snapshots accepted; run the tests once more");
    } else {
        outcome?;
    }
    say("now read `git diff`: a snapshot that nobody read proves nothing");
    Ok(())
}

fn pending(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.filter_map(Result::ok).any(|entry| {
        let path = entry.path();
        if path.is_dir() { !path.ends_with("node_modules") && pending(&path) } else { is_pending(&path) }
    })
}

fn is_pending(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "pending-snap")
}
