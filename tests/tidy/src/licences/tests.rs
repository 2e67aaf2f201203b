//! Globs, and files that no mark covers.

use super::{annotations, ids, matches, unmarked};
use crate::repo::File;

#[test]
fn one_star_stays_in_its_folder() {
    assert!(matches("*.md", "README.md"));
    assert!(!matches("*.md", "docs/operating.md"));
    assert!(matches("docs/*.md", "docs/operating.md"));
}

#[test]
fn two_stars_go_everywhere() {
    assert!(matches("crates/**", "crates/model/src/lib.rs"));
    assert!(matches("**/testdata/**", "crates/formats/testdata/a.xml"));
    assert!(!matches("crates/**", "server/src/main.rs"));
}

#[test]
fn what_no_mark_covers_is_found() {
    let marks = "version = 1\n[[annotations]]\npath = [\"*.md\", \"docs/**\"]\nSPDX-FileCopyrightText = \"x\"\n\
                 SPDX-License-Identifier = \"EUPL-1.2\"\n";
    let annotations = annotations(marks).expect("well-formed");
    let file = |path: &str| File { path: path.to_owned(), bytes: 0, text: None };
    let files = ["README.md", "docs/panel.png", "LICENSE", "LICENSES/EUPL-1.2.txt", "other.bin"].map(file);
    assert_eq!(unmarked(&files, &annotations).collect::<Vec<_>>(), ["other.bin"]);
}

#[test]
fn a_mark_is_whole_or_nothing() {
    assert!(annotations("version = 1\n[[annotations]]\npath = \"**\"\n").is_err());
    assert!(annotations("[[annotations]]\n").is_err());
}

#[test]
fn an_expression_names_several() {
    assert_eq!(ids("EUPL-1.2 AND (MIT OR ISC)").collect::<Vec<_>>(), ["EUPL-1.2", "MIT", "ISC"]);
}
