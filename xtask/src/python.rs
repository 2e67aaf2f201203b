//! Python and the few packages we use from PyPI, in an environment of their own among the tools: those that
//! `tests/e2e/requirements.txt` names, and nothing of the user's is touched.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    debian,
    run::{Done, command, find, finish, root, say},
    tools,
};

const WANTED: &str = "tests/e2e/requirements.txt";
/// Where tests look for the interpreter.
pub(crate) const VARIABLE: &str = "AMTSTICKER_TEST_PYTHON";

/// Sees to it that there is what the tests want, and says in which folder its programs are.
pub(crate) fn packages() -> Result<PathBuf, String> {
    let folder = tools::folder().join("python");
    let (bin, mark) = (folder.join("bin"), folder.join("requirements.txt"));
    let wanted = root().join(WANTED);
    let wanted = fs::read_to_string(&wanted).map_err(|error| format!("{}: {error}", wanted.display()))?;
    // Written last, so it stands only after a complete installation.
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(bin);
    }
    say(&format!("installing Python's packages into {}, about 20 s", folder.display()));
    environment(&folder)?;
    let mut pip = command(&bin.join("python").display().to_string());
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", WANTED]);
    finish(&mut pip)?;
    fs::write(&mark, wanted).map_err(|error| format!("{}: {error}", mark.display()))?;
    Ok(bin)
}

/// Debian keeps what environments are made with in a package of its own.
fn environment(folder: &Path) -> Done {
    if find("python3").is_none() {
        debian::install(&["python3", "python3-venv"], "about a minute")?;
    }
    let make = || {
        let mut python = command("python3");
        finish(python.args(["-m", "venv", "--clear"]).arg(folder))
    };
    make().or_else(|_| {
        debian::install(&["python3-venv"], "about half a minute")?;
        make()
    })
}
