//! Structs against a page.

use super::compare;

const CODE: &str = "
pub(crate) struct Config {
    /// Address. Default `pub x: y`.
    pub listen: String,
    pub fetch: FetchConfig,
}
pub(crate) struct FetchConfig {
    pub(crate) host_gap: Duration,
    inner: u8,
}
impl Config {
    pub(crate) fn load(path: &Path) -> Self {}
}
";

#[track_caller]
fn check(page: &str, expected: &[&str]) {
    let found: Vec<String> = compare(CODE, page).iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_whole_page_passes() {
    check("| key |\n|---|\n| `listen` | where |\n| `fetch.host_gap` | how long |", &[]);
}

#[test]
fn a_setting_nobody_explains() {
    check(
        "| `listen` | where |",
        &["server/src/config.rs:8: `host_gap` is missing in the tables of docs/operating.md"],
    );
}

#[test]
fn an_explanation_of_nothing() {
    let page = "| `listen` |\n| `fetch.host_gap` |\n| `colour` |";
    check(page, &["docs/operating.md:3: `colour` is no setting of server/src/config.rs"]);
}

#[test]
fn what_cannot_be_set_needs_no_explanation() {
    let code = "pub struct Config {\n    pub listen: String,\n    #[serde(skip)]\n    pub(crate) direct: bool,\n}\n";
    assert_eq!(compare(code, "| `listen` | where |"), []);
}
