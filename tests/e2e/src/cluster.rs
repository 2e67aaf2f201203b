//! A PostgreSQL server that a test may kill: a cluster of its own in a temporary folder, gone when dropped.
//!
//! PostgreSQL refuses to run as root, so root starts it as the user that Debian's package made.

use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a cluster that is thrown away can do without.
const SETTINGS: &str = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=40";

/// A cluster, whether its server runs or not.
#[derive(Debug)]
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    /// User and group that own it, if not we.
    owner: Option<(u32, u32)>,
    port: u16,
    /// `postgres://…`, with a user who may do everything.
    pub url: String,
}

impl Cluster {
    /// Makes a cluster and starts its server; nothing where there is no PostgreSQL.
    ///
    /// # Panics
    /// If there is one that does not start.
    #[must_use]
    pub fn start() -> Option<Self> {
        let programs = programs()?;
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let owner = owner();
        if let Some((user, group)) = owner {
            std::os::unix::fs::chown(folder.path(), Some(user), Some(group)).expect("root may give a folder away");
        }
        // Only this machine reaches it, and only as long as the test runs.
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let cluster = Cluster { folder, programs, owner, port, url };
        cluster
            .run("initdb", &["--pgdata=data", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]);
        cluster.go_on();
        Some(cluster)
    }

    /// `kill -9`: what it was doing is left as it is.
    ///
    /// # Panics
    /// If it does not run.
    pub fn kill(&self) {
        let id = fs::read_to_string(self.folder.path().join("data/postmaster.pid")).expect("a server that runs");
        let id = id.lines().next().expect("its process id is in the first line");
        assert!(Command::new("kill").args(["-9", id]).status().expect("kill is everywhere").success());
    }

    /// Starts the server again, and waits until it answers.
    ///
    /// # Panics
    /// If it does not.
    pub fn go_on(&self) {
        let settings = format!("-p {} {SETTINGS}", self.port);
        self.run("pg_ctl", &["--pgdata=data", "--log=log", "--wait", "--timeout=60", "-o", &settings, "start"]);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let ended = self.command(program).args(arguments).status().expect("a program of PostgreSQL starts");
        let log = || fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        assert!(ended.success(), "{program} {arguments:?}: {ended}\n{}", log());
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Some((user, group)) = self.owner {
            command.uid(user).gid(group);
        }
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nothing in it is worth a proper end.
        let _ = self.command("pg_ctl").args(["--pgdata=data", "--mode=immediate", "stop"]).status();
    }
}

/// The folder with PostgreSQL's programs: Debian keeps one for each version, and the latest is taken.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let versions = versions.filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        let folder = entry.path().join("bin");
        folder.join("initdb").is_file().then_some((version, folder))
    });
    versions.max_by_key(|(version, _)| *version).map(|(_, folder)| folder)
}

fn owner() -> Option<(u32, u32)> {
    let number = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).output().ok()?;
        String::from_utf8_lossy(&output.stdout).trim().parse::<u32>().ok()
    };
    if number(&["-u"])? != 0 {
        return None;
    }
    Some((number(&["-u", "postgres"])?, number(&["-g", "postgres"])?))
}
