//! What only the operating system can give: node, browsers, a database. On Debian and as root it is installed;
//! anywhere else one line says what is missing.

use std::{path::Path, process::Stdio};

use crate::run::{Done, ask, command, find, finish, say};

/// Installs Debian packages, if that is possible here.
pub(crate) fn install(packages: &[&str], minutes: &str) -> Done {
    let list = packages.join(" ");
    if find("apt-get").is_none() || !is_root() {
        return Err(format!("missing: {list}. On Debian: `sudo apt-get install {list}`; elsewhere their equivalents"));
    }
    say(&format!("installing Debian's {list}, {minutes}"));
    finish(command("apt-get").args(["update", "-qq"]).stdout(Stdio::null()))?;
    let mut install = command("apt-get");
    install.args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages);
    finish(install.env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()))
}

/// Sees to it that there is a browser, and says where: what the variable names, else the first program found.
pub(crate) fn browser(variable: &str, programs: &[&str], package: &str) -> Result<String, String> {
    if let Ok(named) = std::env::var(variable) {
        let there = Path::new(&named).is_file();
        return if there { Ok(named) } else { Err(format!("{variable} names `{named}`, and no such file is there")) };
    }
    let look = || programs.iter().find_map(|program| find(program)).map(|file| file.display().to_string());
    if let Some(file) = look() {
        return Ok(file);
    }
    install(&[package], "about a minute").map_err(|trouble| format!("{trouble}; or set {variable} to a binary"))?;
    look().ok_or_else(|| format!("{package} is installed, but none of {programs:?} is on the path; set {variable}"))
}

/// Sees to it that there is a PostgreSQL that tests can start for themselves.
pub(crate) fn postgres() -> Done {
    let installed = std::fs::read_dir("/usr/lib/postgresql").is_ok_and(|mut versions| versions.next().is_some());
    if installed || find("postgres").is_some() {
        return Ok(());
    }
    install(&["postgresql-15"], "about half a minute")
}

/// Sees to it that there is a `make`: the allocator is built with it.
pub(crate) fn make() -> Done {
    if find("make").is_some() { Ok(()) } else { install(&["make"], "a few seconds") }
}

/// Whether we may do everything, and must not do some things.
pub(crate) fn is_root() -> bool {
    ask(command("id").arg("-u")).as_deref() == Some("0")
}
