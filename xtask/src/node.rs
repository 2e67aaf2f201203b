//! Node and the few packages we use from npm: `widget/` optimises with binaryen and esbuild, `tests/e2e/` drives
//! browsers with puppeteer-core.

use std::{fs, path::Path, time::SystemTime};

use crate::{
    debian,
    run::{Done, ask, command, find, finish, root, say},
};

/// `node --test` with readable reports came with 18.15.
const LEAST: u32 = 18;

/// Sees to it that there is Node, and what `folder/package-lock.json` names.
pub(crate) fn packages(folder: &str) -> Done {
    node()?;
    let folder = root().join(folder);
    let lock = folder.join("package-lock.json");
    // npm writes this copy of the lock file last, so it stands only after a complete installation.
    let installed = changed(&folder.join("node_modules/.package-lock.json"));
    let wanted = changed(&lock).ok_or_else(|| format!("{} is missing", lock.display()))?;
    if installed.is_some_and(|installed| installed >= wanted) {
        return Ok(());
    }
    say(&format!("npm ci in {}, about 10 s", folder.display()));
    let mut npm = command("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder);
    // The browsers are Debian's, not downloads.
    finish(npm.env("PUPPETEER_SKIP_DOWNLOAD", "1"))
}

fn node() -> Done {
    if find("node").is_none() || find("npm").is_none() {
        debian::install(&["nodejs", "npm"], "about a minute")?;
    }
    let version = ask(command("node").arg("--version")).ok_or("`node --version` fails")?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= LEAST => Ok(()),
        _ => Err(format!("node {version} is too old: install {LEAST} or later, see https://nodejs.org")),
    }
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|data| data.modified()).ok()
}
