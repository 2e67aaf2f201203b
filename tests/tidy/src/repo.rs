//! The repository as a list of files with their text, and what a rule finds in it.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// All files that are in git or about to be.
#[derive(Debug)]
pub struct Repo {
    /// The folder of the repository.
    pub root: PathBuf,
    /// The files, by path.
    pub files: Vec<File>,
}

/// One file.
#[derive(Clone, Debug)]
pub struct File {
    /// Path from the root, with `/` between its parts.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// What stands in it, if it is text.
    pub text: Option<String>,
}

/// Something to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file.
    pub path: String,
    /// The line, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong, and what to do about it.
    pub what: String,
}

impl Finding {
    /// A finding at a line.
    pub fn at(path: &str, line: usize, what: impl Into<String>) -> Self {
        Finding { path: path.to_owned(), line, what: what.into() }
    }

    /// A finding about a whole file.
    pub fn whole(path: &str, what: impl Into<String>) -> Self {
        Finding::at(path, 0, what)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.what),
            line => write!(f, "{}:{line}: {}", self.path, self.what),
        }
    }
}

impl Repo {
    /// Reads this repository, from whichever folder the test was started.
    #[must_use]
    pub fn read() -> Self {
        // Asked when run, not when compiled: clones that share a target folder share this test, too.
        let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&here).join("../..");
        let root = root.canonicalize().expect("this crate lies two folders below the root");
        // Outside git, in an unpacked release for instance, everything that no build left behind counts.
        let paths = from_git(&root).unwrap_or_else(|| from_disk(&root));
        let mut files: Vec<File> = paths.into_iter().filter_map(|path| File::read(&root, path)).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Repo { root, files }
    }

    /// The file at this path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The text of the file at this path, or a finding that says it is missing.
    ///
    /// # Errors
    /// There is no such file, or it is not text.
    pub fn text(&self, path: &str) -> Result<&str, Finding> {
        let text = self.file(path).and_then(|file| file.text.as_deref());
        text.ok_or_else(|| Finding::whole(path, "is missing, or is no text"))
    }

    /// All Rust files with their text.
    pub fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = |file: &'_ File| file.path.ends_with(".rs");
        self.files
            .iter()
            .filter(move |file| text(file))
            .filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
    }
}

impl File {
    /// Git may still name a file that was just deleted, and links are not followed.
    fn read(root: &Path, path: String) -> Option<Self> {
        let whole = root.join(&path);
        let data = fs::symlink_metadata(&whole).ok().filter(fs::Metadata::is_file)?;
        Some(File { path, bytes: data.len(), text: fs::read_to_string(whole).ok() })
    }
}

fn from_git(root: &Path) -> Option<Vec<String>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    // Set where git runs a hook, and then meant for the hook's repository, not for where we look.
    git.env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE");
    let output = git.output().ok().filter(|output| output.status.success())?;
    let names = output.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    Some(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
}

fn from_disk(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && !matches!(name.as_str(), "target" | "node_modules" | "dist" | ".git") {
                folders.push(path);
            } else if let (true, Ok(inside)) = (path.is_file(), path.strip_prefix(root)) {
                found.push(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found
}
