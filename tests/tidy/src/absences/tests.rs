//! What the fences stop and what they let pass.

use super::{fences_in, leftovers_in};

#[track_caller]
fn check(path: &str, text: &str, lines: &[usize]) {
    let found = fences_in(path, text);
    assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), lines, "{found:?}");
}

#[test]
fn the_clock_belongs_to_the_server() {
    check("crates/curate/src/a.rs", "fn f() {\n    let t = Zoned::now();\n}", &[2]);
    check("crates/curate/src/a.rs", "// now() is an argument\nfn f(now: Moment) {}", &[]);
    check("server/src/clock.rs", "SystemTime::now()", &[]);
    check("crates/curate/src/a/tests.rs", "SystemTime::now()", &[]);
    check("crates/curate/src/a.rs", "#[cfg(test)]\nmod tests {\n    fn f() { Zoned::now(); }\n}", &[]);
    check("widget/src/lib.rs", "js_sys::Date::now()", &[1]);
}

#[test]
fn sql_and_http_are_fenced_for_tests_too() {
    check("server/src/http/tests.rs", "use sqlx::Row;", &[1]);
    check("crates/store/src/find.rs", "use sqlx::Row;", &[]);
    check("server/src/poll/turn.rs", "use reqwest::Client;", &[1]);
    check("server/src/poll/fetch.rs", "use reqwest::Client;", &[]);
}

#[test]
fn the_pure_crates_touch_nothing() {
    check("crates/formats/src/read.rs", "std::fs::read(path)", &[1]);
    check("crates/formats/src/read.rs", "std::io::Cursor::new(bytes)", &[]);
}

#[test]
fn nothing_is_left_behind() {
    let found = |text: &str| leftovers_in("a.rs", text).len();
    assert_eq!(found("#[ignore]\nfn f() {}"), 1);
    assert_eq!(found("// TODO: later"), 1);
    assert_eq!(found("// TODO #12: later"), 0);
    assert_eq!(found("let word = \"#[ignore] todo!\";"), 0);
    assert_eq!(found("#[expect(dead_code, reason = \"…\")]"), 0);
}
