//! A PostgreSQL of the tests' own: a cluster in a temporary folder on a free loopback port, there as long as its
//! handle is, and gone with all it held.
//!
//! It takes no notice of a server that may run on this machine. PostgreSQL refuses to run as root, so root starts it as
//! the user that Debian's package made.

use std::{
    fs::{self, File},
    io::Read as _,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    debian,
    run::{Done, ask, command, find, finish, say},
};

/// Where tests look for a server.
pub(crate) const VARIABLE: &str = "AMTSTICKER_TEST_POSTGRES";
/// Who owns the cluster if root starts it.
const USER: &str = "postgres";
/// What a cluster that is thrown away can do without, and connections for tests side by side.
const SETTINGS: [&str; 7] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=200",
    "lc_messages=C",
];

/// A running server.
pub(crate) struct Cluster {
    folder: PathBuf,
    server: Child,
    /// `postgres://user:password@127.0.0.1:port/postgres`; the user may make databases.
    pub(crate) url: String,
}

impl Cluster {
    /// Installs what is missing and starts a cluster; without one the tests that want it say that they are skipped.
    pub(crate) fn start() -> Option<Self> {
        let started = debian::postgres().and_then(|()| start());
        started.map_err(|trouble| say(&format!("going on without PostgreSQL; {trouble}"))).ok()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT ends it at once and in order; whoever presses Ctrl-C sends it that signal, too.
        let pid = self.server.id().to_string();
        let asked = finish(command("kill").args(["-INT", &pid]).stderr(Stdio::null()));
        let ended = asked.is_ok() && within(Duration::from_secs(10), || matches!(self.server.try_wait(), Ok(Some(_))));
        if !ended {
            // It had its chance, and nothing in it is worth a rescue.
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn start() -> Result<Cluster, String> {
    let programs = programs()?;
    let folder = std::env::temp_dir().join(format!("amtsticker-postgres-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let made = make(&programs, &folder);
    if made.is_err() {
        let _ = fs::remove_dir_all(&folder);
    }
    let (server, url, port) = made?;
    let mut cluster = Cluster { folder, server, url };
    let port = port.to_string();
    let ready = || {
        let mut question = command(&programs.join("pg_isready").display().to_string());
        ask(question.args(["-q", "-h", "127.0.0.1", "-p", &port])).is_some()
    };
    let mut ended = false;
    let answers = within(Duration::from_secs(60), || {
        ended = matches!(cluster.server.try_wait(), Ok(Some(_)));
        ended || ready()
    });
    if ended || !answers {
        let log = fs::read_to_string(cluster.folder.join("log")).unwrap_or_default();
        return Err(format!("PostgreSQL did not start: {}", log.trim()));
    }
    say(&format!("PostgreSQL for the tests listens on 127.0.0.1:{port}"));
    Ok(cluster)
}

/// Makes a cluster and starts its server.
fn make(programs: &Path, folder: &Path) -> Result<(Child, String, u16), String> {
    let trouble = |error: std::io::Error| format!("{}: {error}", folder.display());
    let password = password().map_err(trouble)?;
    fs::write(folder.join("password"), &password).map_err(trouble)?;
    let log = File::create(folder.join("log")).map_err(trouble)?;
    let owner = owner()?;
    if let Some((user, group)) = owner {
        for path in [folder, &folder.join("password")] {
            std::os::unix::fs::chown(path, Some(user), Some(group)).map_err(trouble)?;
        }
    }
    let run = |program: &str| {
        let mut command = command(&programs.join(program).display().to_string());
        // Where this program stands may be closed to the owner.
        command.current_dir(folder);
        as_owner(&mut command, owner);
        command
    };
    let mut init = run("initdb");
    init.args(["--pgdata=data", "--username=postgres", "--pwfile=password", "--auth=scram-sha-256"]);
    finish(init.args(["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]).stdout(Stdio::null()))?;
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).map_err(trouble)?.port();
    let mut server = run("postgres");
    server.args(["-D", "data", "-p", &port.to_string()]);
    for setting in SETTINGS {
        server.args(["-c", setting]);
    }
    let also = log.try_clone().map_err(trouble)?;
    let server = server.stdin(Stdio::null()).stdout(log).stderr(also).spawn().map_err(trouble)?;
    Ok((server, format!("postgres://postgres:{password}@127.0.0.1:{port}/postgres"), port))
}

/// The folder with `initdb` and `postgres`: Debian keeps one for each version, and the latest is taken.
fn programs() -> Result<PathBuf, String> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = versions.filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        let folder = entry.path().join("bin");
        folder.join("initdb").is_file().then_some((version, folder))
    });
    let debian = debian.max_by_key(|(version, _)| *version).map(|(_, folder)| folder);
    let elsewhere = || find("initdb").and_then(|file| file.parent().map(Path::to_path_buf));
    debian.or_else(elsewhere).ok_or_else(|| "there is no `initdb`, neither of Debian nor on the path".to_owned())
}

/// User and group that own the cluster, if it may not be us.
fn owner() -> Result<Option<(u32, u32)>, String> {
    if !debian::is_root() {
        return Ok(None);
    }
    let number = |which: &str| ask(command("id").args([which, USER])).and_then(|number| number.parse().ok());
    match (number("-u"), number("-g")) {
        (Some(user), Some(group)) => Ok(Some((user, group))),
        _ => Err(format!("PostgreSQL does not run as root, and there is no user `{USER}` to run it")),
    }
}

fn as_owner(command: &mut Command, owner: Option<(u32, u32)>) {
    use std::os::unix::process::CommandExt as _;
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
}

/// Loopback is open to everybody on this machine.
fn password() -> std::io::Result<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether something becomes true in time.
fn within(limit: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + limit;
    loop {
        if is_so() {
            return true;
        }
        if Instant::now() >= end {
            return false;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Runs cargo with a server for the tests that want one.
pub(crate) fn beside(cargo: &mut Command) -> Done {
    let cluster = Cluster::start();
    if let Some(cluster) = &cluster {
        cargo.env(VARIABLE, &cluster.url);
    }
    finish(cargo)
}

#[cfg(test)]
mod tests;
