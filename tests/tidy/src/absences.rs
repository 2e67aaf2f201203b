//! The invariants that are absences: what must not stand where.

use crate::code::{blank, comments, is_test, lines_with, without_tests};
use crate::repo::{Finding, Repo};

/// Words that only some rooms may say.
struct Fence {
    words: &'static [&'static str],
    /// Paths that begin so may.
    rooms: &'static [&'static str],
    /// Tests may too.
    tests_may: bool,
    say: &'static str,
}

const FENCES: &[Fence] = &[
    Fence {
        words: &["SystemTime", "Instant", "::now("],
        rooms: &["server/", "tests/", "xtask/"],
        tests_may: true,
        say: "no clock below server: take `now` as an argument",
    },
    Fence {
        words: &["sqlx"],
        rooms: &["crates/store/"],
        tests_may: false,
        say: "no SQL outside crates/store: give the store a function that says what you need",
    },
    Fence {
        words: &["reqwest"],
        // The guard sends nothing: it is the resolver that the client asks.
        rooms: &["server/src/poll/fetch.rs", "server/src/poll/fetch/", "server/src/poll/guard.rs", "tests/"],
        tests_may: false,
        say: "no HTTP client outside server/src/poll/fetch.rs: the guard and the limits stand there",
    },
    Fence {
        words: &["std::fs", "std::net", "std::env", "std::process", "tokio"],
        rooms: &["crates/store/", "server/", "tests/", "xtask/"],
        tests_may: true,
        say: "no IO in the pure crates: take what you need as an argument",
    },
];

/// Words that nobody may leave behind.
const LEFTOVERS: &[(&str, &str)] = &[
    ("#[ignore", "no ignored tests: mend it or delete it"),
    ("#[should_panic", "no tests that wait for a panic: return an error and test that"),
    ("todo!", "nothing half done: finish it or open an issue"),
    ("unimplemented!", "nothing half done: finish it or open an issue"),
    ("dbg!", "left over from a search for a mistake"),
    ("#[allow(", "say `#[expect(lint, reason = \"…\")]`, which speaks up when it is no longer needed"),
    ("#![allow(", "say `#![expect(lint, reason = \"…\")]`, which speaks up when it is no longer needed"),
];

/// Clock, SQL, HTTP client and IO in their rooms.
#[must_use]
pub fn fences(repo: &Repo) -> Vec<Finding> {
    repo.rust().flat_map(|(path, text)| fences_in(path, text)).collect()
}

fn fences_in(path: &str, text: &str) -> Vec<Finding> {
    let all = blank(text);
    let untested = without_tests(&all);
    let mut findings = Vec::new();
    for fence in FENCES {
        let may = fence.rooms.iter().any(|room| path.starts_with(room)) || fence.tests_may && is_test(path);
        if may {
            continue;
        }
        let code = if fence.tests_may { &untested } else { &all };
        for word in fence.words {
            findings
                .extend(lines_with(code, word).map(|line| Finding::at(path, line, format!("`{word}`: {}", fence.say))));
        }
    }
    findings
}

/// Nothing ignored, nothing half done, no reminder without an issue.
#[must_use]
pub fn leftovers(repo: &Repo) -> Vec<Finding> {
    repo.rust().flat_map(|(path, text)| leftovers_in(path, text)).collect()
}

fn leftovers_in(path: &str, text: &str) -> Vec<Finding> {
    let code = blank(text);
    let words = LEFTOVERS.iter().flat_map(|(word, say)| {
        lines_with(&code, word).map(move |line| Finding::at(path, line, format!("`{word}`: {say}")))
    });
    let mut findings: Vec<Finding> = words.collect();
    for (index, comment) in comments(text).lines().enumerate() {
        let reminder = ["TODO", "FIXME", "XXX"].iter().find(|word| comment.contains(**word));
        let issue = comment.split('#').skip(1).any(|after| after.starts_with(|c: char| c.is_ascii_digit()));
        if let (Some(word), false) = (reminder, issue) {
            findings.push(Finding::at(path, index + 1, format!("`{word}` without the number of an issue (`#12`)")));
        }
    }
    findings
}

#[cfg(test)]
mod tests;
