//! Sizes within the budget, over it, and missing.

use super::against_the_budget;

#[track_caller]
fn check(sizes: &str, expected: &[&str]) {
    let found: Vec<String> = against_the_budget(sizes).iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "{found} does not contain {expected}");
    }
}

fn sizes(loader: u64) -> String {
    sized(loader, 4000)
}

fn sized(loader: u64, glue: u64) -> String {
    let of = |bytes: u64| format!("{{\"raw\": 1, \"brotli\": {bytes}}}");
    let (loader, glue, desk, module, style) = (of(loader), of(glue), of(6144), of(92160), of(3072));
    let scripts = format!(r#""widget.js": {loader}, "desk.js": {desk}, "panel.js": {glue}"#);
    format!(r#"{{"files": {{{scripts}, "panel_bg.wasm": {module}, "panel.css": {style}}}}}"#)
}

#[test]
fn the_budget_itself_is_within_the_budget() {
    check(&sizes(5120), &[]);
}

#[test]
fn one_byte_more_is_too_much() {
    check(&sizes(5121), &["`widget.js` is 5121 bytes"]);
}

#[test]
fn each_within_its_budget_is_not_all_within_theirs() {
    check(&sized(5120, 5120), &["all is 108544 bytes"]);
}

#[test]
fn a_size_that_nobody_wrote_down_is_no_small_size() {
    let some = r#"{"files": {"widget.js": {"brotli": 1}, "desk.js": {"brotli": 1}, "panel.js": {"raw": 1}}}"#;
    check(some, &["`panel.js`", "`panel_bg.wasm`", "`panel.css`"]);
    check("", &["EOF"]);
}
