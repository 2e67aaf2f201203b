//! The widget's budget: every byte crosses the wire to somebody's intranet page.
//!
//! `cargo xtask` writes the sizes down when it builds the widget. Without a build there is nothing to hold, and the
//! rule says so; CI builds the widget before it runs the tests.

use std::fs;

use serde_json::Value;

use crate::repo::{Finding, Repo};

const SIZES: &str = "widget/dist/sizes.json";
/// All that a reader's browser ever loads of it. The stylesheet is in the loader and in what answers readers.
const ALL: u64 = 105 * 1024;
/// What the browser loads (loader with stylesheet, what answers readers, glue, module, and the stylesheet alone for
/// server-side includes), and the most bytes it may have after brotli.
const BUDGET: &[(&str, u64)] = &[
    ("widget.js", 5 * 1024),
    ("desk.js", 6 * 1024),
    ("panel.js", 5 * 1024),
    ("panel_bg.wasm", 90 * 1024),
    ("panel.css", 3 * 1024),
];

/// Everything that the browser loads within its budget.
#[must_use]
pub fn check(repo: &Repo) -> Vec<Finding> {
    let Ok(text) = fs::read_to_string(repo.root.join(SIZES)) else {
        eprintln!("skipped: {SIZES} is not there; `cargo xtask test` builds the widget first");
        return Vec::new();
    };
    against_the_budget(&text)
}

fn against_the_budget(text: &str) -> Vec<Finding> {
    let sizes: Value = match serde_json::from_str(text) {
        Ok(sizes) => sizes,
        Err(error) => return vec![Finding::whole(SIZES, error.to_string())],
    };
    let check = |(part, budget): &(&str, u64)| match sizes["files"][*part]["brotli"].as_u64() {
        None => Some(Finding::whole(SIZES, format!("does not say the brotli size of `{part}`"))),
        Some(size) if size > *budget => {
            let say = format!("`{part}` is {size} bytes (brotli), {budget} is the budget: find what made it grow");
            Some(Finding::whole(SIZES, say))
        }
        Some(_) => None,
    };
    let all: u64 = BUDGET
        .iter()
        .filter(|(part, _)| *part != "panel.css")
        .filter_map(|(part, _)| sizes["files"][*part]["brotli"].as_u64())
        .sum();
    let sum = (all > ALL).then(|| Finding::whole(SIZES, format!("all is {all} bytes (brotli), {ALL} is the budget")));
    BUDGET.iter().filter_map(check).chain(sum).collect()
}

#[cfg(test)]
mod tests;
