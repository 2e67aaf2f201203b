//! Files as a reader meets them: each says what it is, none is too long to read, none too large to clone.

use crate::code::{blank, is_test, without_tests};
use crate::repo::{Finding, Repo};

/// Look again at 350; past this a file is two files.
const CEILING: usize = 500;
/// Files over the ceiling, with the length they may not pass. The list only shrinks.
const OVER: &[(&str, usize)] = &[];
/// Git keeps every version of a file for ever.
const LARGEST: u64 = 500 * 1024;

/// Each Rust file opens with a comment on what it is.
#[must_use]
pub fn open_with_their_purpose(repo: &Repo) -> Vec<Finding> {
    let silent = repo.rust().filter(|(_, text)| !opens(text));
    silent.map(|(path, _)| Finding::at(path, 1, "open with `//!`: what it is, promises, refuses")).collect()
}

fn opens(text: &str) -> bool {
    // A licence mark may stand above.
    let mut lines = text.lines().skip_while(|line| line.starts_with("// SPDX-"));
    lines.next().is_some_and(|line| line.starts_with("//!") && line.len() > "//! ".len())
}

/// No Rust file, its tests left out, is longer than the ceiling.
#[must_use]
pub fn stay_readable(repo: &Repo) -> Vec<Finding> {
    let code = repo.rust().filter(|(path, _)| !is_test(path));
    code.filter_map(|(path, text)| too_long(path, length(text))).collect()
}

fn too_long(path: &str, length: usize) -> Option<Finding> {
    match OVER.iter().find(|(over, _)| *over == path) {
        Some((_, limit)) if length > *limit => {
            Some(Finding::whole(path, format!("{length} lines, {limit} when it was let pass: it may only shrink")))
        }
        Some(_) if length <= CEILING => {
            Some(Finding::whole(path, format!("{length} lines: take it off the list of exceptions in tests/tidy")))
        }
        None if length > CEILING => {
            Some(Finding::whole(path, format!("{length} lines without tests, {CEILING} is the ceiling: split it")))
        }
        _ => None,
    }
}

/// Lines of a file, those under `#[cfg(test)]` left out.
fn length(text: &str) -> usize {
    let blanked = blank(text);
    let cut = without_tests(&blanked);
    let tests = blanked.lines().zip(cut.lines()).filter(|(all, code)| all != code).count();
    text.lines().count() - tests
}

/// No file in git is large.
#[must_use]
pub fn stay_small(repo: &Repo) -> Vec<Finding> {
    let large = repo.files.iter().filter(|file| file.bytes > LARGEST);
    let say = |bytes: u64| {
        format!("{} KB, {} KB is the limit: trim it or make it in the build", bytes / 1024, LARGEST / 1024)
    };
    large.map(|file| Finding::whole(&file.path, say(file.bytes))).collect()
}

#[cfg(test)]
mod tests;
