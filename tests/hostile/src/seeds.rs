//! The documents that mutation begins with: the readers' own fixtures, and what has no fixture of its own.

use std::fs;
use std::path::{Path, PathBuf};

/// Fixtures of the readers: `feed`, `page`, `calendar`.
#[must_use]
pub fn fixtures(kind: &str) -> Vec<(PathBuf, Vec<u8>)> {
    files(&here().join("../../crates/formats/testdata").join(kind))
}

/// Seeds of this crate: `json_ld`, and `date` with one on each line.
#[must_use]
pub fn own(kind: &str) -> Vec<(PathBuf, Vec<u8>)> {
    files(&here().join("seeds").join(kind))
}

/// What fuzzing found before: `feed`, `page`, `calendar`, `date`, `json_ld`.
#[must_use]
pub fn findings(kind: &str) -> Vec<(PathBuf, Vec<u8>)> {
    files(&here().join("findings").join(kind))
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files of a folder and of those in it, by path; none if it is not there.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if let Ok(bytes) = fs::read(&path) {
            found.push((path, bytes));
        }
    }
    found.sort();
    found
}
