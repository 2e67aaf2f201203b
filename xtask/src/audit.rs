//! The door `audit`: what other people's tools say of the pages, and how fast the panel appears. Not part of `test`,
//! because it measures time and installs what nothing else needs; open it before a release and after work on the panel.

use crate::{
    debian, dist, node,
    run::{Done, command, finish, root, say},
};

const FOLDER: &str = "tests/e2e/audit";

/// The door itself: what others say and how fast it is, or the pictures of the documentation.
pub(crate) fn door(args: &[String]) -> Done {
    match args {
        [] => run(&["judge.mjs", "speed.mjs"]),
        [what] if what == "pictures" => run(&["pictures.mjs"]),
        [other, ..] => Err(format!("audit {other}: allowed is nothing, or `pictures`")),
    }
}

/// Runs these scripts on the binary that `AMTSTICKER_BIN` names, or else on the one that is shipped.
fn run(scripts: &[&str]) -> Done {
    node::packages(FOLDER)?;
    let chromium = debian::browser("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"], "chromium")?;
    let binary = match std::env::var_os("AMTSTICKER_BIN") {
        Some(named) => named.into(),
        None => dist::run()?,
    };
    // The times stand there even if something is found.
    let found = scripts.iter().map(|script| {
        say(&format!("{FOLDER}/{script}"));
        let mut node = command("node");
        node.arg(script).current_dir(root().join(FOLDER));
        finish(node.env("AMTSTICKER_BIN", &binary).env("CHROMIUM", &chromium))
    });
    // All of them, and only then what the first of them found.
    found.collect::<Vec<_>>().into_iter().collect()
}
