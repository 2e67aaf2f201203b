//! The binary `amtsticker` with a catalogue, a configuration and a data folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStderr, Command};

use crate::terminal::Terminal;
use crate::web::{Reply, ask, get};

/// A folder with everything one server needs. Gone when dropped.
#[derive(Debug)]
pub struct House {
    folder: TempDir,
    /// The address of the database in which it keeps everything, if not in its folder.
    database: Option<String>,
}

/// How `poll --once --json` ended.
#[derive(Debug)]
pub struct Poll {
    /// Its last line.
    pub summary: Summary,
    /// How long it took, start of the process included.
    pub took: Duration,
    /// What it logged.
    pub log: String,
}

/// The last line of `poll --json` (DESIGN 5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Sources visited.
    pub visited: u64,
    /// Of these, unchanged.
    pub unchanged: u64,
    /// Items stored for the first time.
    pub new: u64,
    /// Items that changed.
    pub changed: u64,
    /// Sources that could not be read.
    pub failed: u64,
}

/// What a server logs, line by line. Kept until the server has ended: whoever logs into nothing may die of it.
#[derive(Debug)]
pub struct Log(Lines<BufReader<ChildStderr>>);

impl Log {
    /// Reads on until a line holds these words, and gives that line.
    ///
    /// # Panics
    /// If none comes within a minute.
    pub async fn until(&mut self, words: &str) -> String {
        let found = tokio::time::timeout(Duration::from_secs(60), async {
            while let Ok(Some(line)) = self.0.next_line().await {
                if line.contains(words) {
                    return Some(line);
                }
            }
            None
        });
        found.await.ok().flatten().unwrap_or_else(|| panic!("no line with {words:?} within a minute"))
    }
}

/// A server that listens; killed when dropped.
#[derive(Debug)]
pub struct Serving {
    /// `127.0.0.1:port`.
    pub address: String,
    child: Child,
    log: Option<PathBuf>,
}

impl House {
    /// An empty house. `fetch` is added to the configuration's table of that name.
    ///
    /// # Panics
    /// If the machine has no place for temporary files.
    #[must_use]
    pub fn new(fetch: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        fs::create_dir_all(folder.path().join("catalogue/sources")).expect("a folder in our own folder");
        let config = format!("[fetch]\nallow_private = [\"127.0.0.0/8\"]\nhost_gap = \"0s\"\n{fetch}\n");
        fs::write(folder.path().join("amtsticker.toml"), config).expect("a file in our own folder");
        House { folder, database: None }
    }

    /// An empty house that keeps everything in a PostgreSQL database, with others perhaps.
    ///
    /// # Panics
    /// If the machine has no place for temporary files.
    #[must_use]
    pub fn sharing(database: &str, fetch: &str) -> Self {
        House { database: Some(database.to_owned()), ..House::new(fetch) }
    }

    /// Adds a publisher with sources `(id, url, further keys as TOML)`.
    ///
    /// # Panics
    /// If the file cannot be written.
    pub fn publisher(&self, id: &str, states: &[&str], sources: &[(String, String, &str)]) {
        let mut text = format!(
            "id = \"{id}\"\nname = \"Beispielstelle {id}\"\nhome = \"https://{id}.example/\"\nstates = {states:?}\n\
             topics = []\nlicence = \"Beispiel\"\n"
        );
        for (id, url, more) in sources {
            text.push_str(&format!(
                "\n[[source]]\nid = \"{id}\"\nurl = \"{url}\"\nenabled = true\nstatus = \"V\"\n\
                 evidence = \"2026-11-01, a test\"\n{more}\n"
            ));
        }
        fs::write(self.catalogue_file(id), text).expect("a catalogue file");
    }

    /// The folder that holds everything it keeps.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// `poll --once --json` of these sources, or of all.
    ///
    /// # Panics
    /// If it does not end with exit code 0 and the summary as its last line.
    pub async fn poll(&self, sources: &[&str]) -> Poll {
        let begin = Instant::now();
        let output = self.polling(sources).output().await.expect("the binary starts");
        let (out, log) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "poll --once ended with {}\n{out}\n{log}", output.status);
        let last = out.lines().last().unwrap_or_default();
        let summary = Summary::read(last).unwrap_or_else(|| panic!("no summary in the last line {last:?}\n{log}"));
        Poll { summary, took: begin.elapsed(), log: log.into_owned() }
    }

    /// The same as a process that the test may end as it likes.
    ///
    /// # Panics
    /// If the binary does not start.
    #[must_use]
    pub fn start_poll(&self) -> Child {
        self.polling(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary starts")
    }

    /// Where a publisher's file of this name stands.
    #[must_use]
    pub fn catalogue_file(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("catalogue/sources/{name}.toml"))
    }

    /// `probe URL`: what it prints, or what it says instead.
    ///
    /// # Errors
    /// Its log, if it ends with an error.
    ///
    /// # Panics
    /// If the binary does not start.
    pub async fn probe(&self, url: &str) -> Result<String, String> {
        let mut command = bare(&["probe"]);
        command.arg(url).arg("--config").arg(self.folder.path().join("amtsticker.toml"));
        let output = command.output().await.expect("the binary starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }

    /// `serve` on a free port.
    ///
    /// # Panics
    /// If it does not say where it listens.
    pub async fn serve(&self) -> Serving {
        listen(self.serving()).await
    }

    /// The same, logging into a file; how it is read, [`Serving::log`] says. A shell runs `prelude` first, which may
    /// set limits for what comes after it.
    ///
    /// # Panics
    /// If it does not say where it listens.
    pub async fn serve_after(&self, prelude: &str) -> Serving {
        let path = self.folder.path().join("log");
        let file = fs::File::create(&path).expect("a file in our own folder");
        let plain = self.serving();
        let plain = plain.as_std();
        let mut command = Command::new("/bin/sh");
        // What the shell executes takes its place, and its process id.
        command.arg("-c").arg(format!("{prelude}\nexec \"$0\" \"$@\"")).arg(plain.get_program()).args(plain.get_args());
        command.env_clear().env("RUST_BACKTRACE", "1").stdin(Stdio::null()).stderr(file).kill_on_drop(true);
        command.current_dir(self.folder.path());
        Serving { log: Some(path), ..listen(command).await }
    }

    fn serving(&self) -> Command {
        let mut command = self.command(&["serve"]);
        command.args(["--listen", "127.0.0.1:0"]);
        command
    }

    /// `sources check`, with these arguments: its exit code and what it printed.
    ///
    /// # Panics
    /// If the binary does not start.
    pub async fn check(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = self.command(&["sources", "check"]);
        let output = command.args(arguments).output().await.expect("the binary starts");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The binary with these names and arguments on pipes: exit code, standard output, log.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn run(&self, names: &[&str], arguments: &[&str]) -> (Option<i32>, String, String) {
        let output = self.command(names).args(arguments).output().await.expect("the binary starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    }

    /// The same on a terminal of its own, eighty columns wide: exit code, and all that was written to it.
    ///
    /// # Panics
    /// If there is no terminal to be had, or the binary does not start.
    pub async fn run_on_terminal(&self, names: &[&str], arguments: &[&str]) -> (Option<i32>, String) {
        let terminal = Terminal::open().expect("a pseudo-terminal");
        let theirs = || Stdio::from(terminal.theirs.try_clone().expect("a second handle on a terminal"));
        let mut command = self.command(names);
        command.args(arguments).env("TERM", "xterm-256color").stdout(theirs()).stderr(theirs());
        let mut child = command.spawn().expect("the binary starts");
        // Only when the last handle on its side is closed does the terminal say that it ends.
        drop(command);
        let seen = tokio::task::spawn_blocking(move || terminal.until_closed());
        let code = child.wait().await.expect("a process to wait for").code();
        (code, seen.await.expect("reading does not panic"))
    }

    /// `serve` on a free port, and what it logs.
    ///
    /// # Panics
    /// If it does not say where it listens.
    pub async fn serve_logging(&self) -> (Serving, Log) {
        let mut command = self.command(&["serve"]);
        command.args(["--listen", "127.0.0.1:0"]).stderr(Stdio::piped());
        let mut serving = listen(command).await;
        let log = serving.child.stderr.take().expect("standard error is piped");
        (serving, Log(BufReader::new(log).lines()))
    }

    fn polling(&self, sources: &[&str]) -> Command {
        let mut command = self.command(&["poll"]);
        command.args(["--once", "--json"]).args(sources);
        command
    }

    fn command(&self, names: &[&str]) -> Command {
        let at = |part: &str| self.folder.path().join(part);
        let mut command = bare(names);
        match &self.database {
            Some(url) => command.arg("--database-url").arg(url),
            None => command.arg("--data").arg(at("data")),
        };
        command.arg("--catalogue").arg(at("catalogue"));
        command.arg("--config").arg(at("amtsticker.toml")).current_dir(self.folder.path());
        command
    }
}

/// `demo` on a free port.
///
/// # Panics
/// If it does not say where it listens.
pub async fn demo() -> Serving {
    let mut command = bare(&["demo"]);
    command.args(["--listen", "127.0.0.1:0"]);
    listen(command).await
}

impl Summary {
    fn read(line: &str) -> Option<Self> {
        let line: Value = serde_json::from_str(line).ok()?;
        let count = |name: &str| line.get(name).and_then(Value::as_u64);
        Some(Summary {
            visited: count("visited")?,
            unchanged: count("unchanged")?,
            new: count("new")?,
            changed: count("changed")?,
            failed: count("failed")?,
        })
    }
}

impl Serving {
    /// The answer at a path.
    ///
    /// # Panics
    /// If there is none.
    pub async fn get(&self, path: &str) -> Reply {
        get(&self.address, path).await
    }

    /// Has a source visited now, as the operator who has this token: what that came to.
    ///
    /// # Panics
    /// If there is no answer.
    pub async fn visit(&self, source: &str, token: &str) -> Reply {
        let token = format!("Bearer {token}");
        ask(&self.address, "POST", &format!("/admin/sources/{source}/visit"), &[("Authorization", &token)]).await
    }

    /// All items of a query, page by page, following `next`. The query begins with `?` or is empty.
    ///
    /// # Panics
    /// If a page is not as DESIGN 5.2 says.
    pub async fn all_items(&self, query: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut cursor = String::new();
        loop {
            let begin = if query.is_empty() { "?limit=50".to_owned() } else { format!("{query}&limit=50") };
            let page = self.get(&format!("/api/v1/items{begin}{cursor}")).await.json();
            let found = page["items"].as_array().unwrap_or_else(|| panic!("a page has items: {page}"));
            items.extend(found.iter().cloned());
            let Some(next) = page["next"].as_str() else { return items };
            assert!(!found.is_empty(), "a cursor after an empty page leads nowhere");
            cursor = format!("&cursor={next}");
        }
    }

    /// What it has logged so far, if it was started by [`House::serve_after`].
    ///
    /// # Panics
    /// If it was not.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.log.as_ref().expect("a server that logs into a file")).expect("the log can be read")
    }

    /// Its process id.
    ///
    /// # Panics
    /// If it has ended.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id().expect("it has not ended yet")
    }

    /// Asks it to read its catalogue again.
    ///
    /// # Panics
    /// If it has ended.
    pub async fn hang_up(&self) {
        let id = self.id().to_string();
        assert!(Command::new("kill").args(["-HUP", &id]).status().await.expect("kill is everywhere").success());
    }

    /// Ends it as a service manager does and says whether it went in peace.
    ///
    /// # Panics
    /// If it does not end within ten seconds.
    pub async fn stop(mut self) -> bool {
        let id = self.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().await.expect("kill is everywhere");
        assert!(asked.success());
        let ended = tokio::time::timeout(Duration::from_secs(10), self.child.wait()).await;
        ended.expect("ends within ten seconds").expect("a process to wait for").success()
    }
}

/// The binary, to be run with these words and more.
#[must_use]
pub fn command(names: &[&str]) -> Command {
    bare(names)
}

/// The binary without the variables of whoever runs the tests: no settings, no proxies.
fn bare(names: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.args(names).env_clear().env("RUST_BACKTRACE", "1").stdin(Stdio::null()).kill_on_drop(true);
    command
}

async fn listen(mut command: Command) -> Serving {
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the binary starts");
    let mut lines = BufReader::new(child.stdout.take().expect("standard output is piped")).lines();
    let found = tokio::time::timeout(Duration::from_secs(60), async {
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some(address) = line.split("listening on http://").nth(1) {
                return Some(address.trim_end_matches('/').to_owned());
            }
        }
        None
    });
    let address = found.await.ok().flatten().expect("a line `listening on http://…` within a minute");
    // Whoever prints to a closed pipe dies of it: read on until the end.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Serving { address, child, log: None }
}

/// `AMTSTICKER_BIN`, or the binary that cargo built beside this test.
fn binary() -> PathBuf {
    if let Some(named) = std::env::var_os("AMTSTICKER_BIN") {
        let path = PathBuf::from(named);
        assert!(path.is_file(), "AMTSTICKER_BIN names {}, which is no file", path.display());
        return path;
    }
    let test = std::env::current_exe().expect("a test knows its own path");
    let built = test.parent().and_then(Path::parent).map(|folder| folder.join("amtsticker"));
    let built = built.expect("tests lie in target/<profile>/deps");
    assert!(
        built.is_file(),
        "{} is missing: run `cargo build -p server` first, or set AMTSTICKER_BIN to the binary to test",
        built.display()
    );
    built
}
