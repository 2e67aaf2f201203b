//! What is code and what only looks like it.

use super::{blank, comments, is_test, lines_with, without_tests};

#[track_caller]
fn check(text: &str, expected: &str) {
    let squeezed: Vec<String> =
        blank(text).lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(squeezed.join("\n"), expected);
}

#[test]
fn comments_and_strings_are_blanked() {
    check("let a = 1; // now()", "let a = 1;");
    check("/* a /* b */ c */ let a;", "let a;");
    check(r#"call("a \" now()", b'x', 'y', '\'', "ü");"#, "call( , , , , );");
    check(r###"call(r#"a " now()"#, br"x", b);"###, "call( , , b);");
}

#[test]
fn lifetimes_and_names_with_r_or_b_stay() {
    check(
        "fn f<'a>(b: &'a str, r: u8) -> Cow<'a, str> { var\n}",
        "fn f<'a>(b: &'a str, r: u8) -> Cow<'a, str> { var\n}",
    );
}

#[test]
fn comments_alone() {
    assert_eq!(comments("a // b\n\"// c\" /* d */").trim_end(), "  // b\n       /* d */");
}

#[test]
fn lines_keep_their_numbers() {
    let text = "a\n\"one\ntwo\"\n/* x\n*/ b\n";
    assert_eq!(blank(text).lines().count(), text.lines().count());
    assert_eq!(lines_with(&blank(text), "b").collect::<Vec<_>>(), [5]);
}

#[test]
fn tests_are_cut_off() {
    let text =
        "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { {} }\n}\nfn c() {}\n#[cfg(test)]\nmod more;\nfn d() {}\n";
    let cut = without_tests(text);
    assert_eq!(cut.split_whitespace().collect::<Vec<_>>().join(" "), "fn a() {} fn c() {} fn d() {}");
    assert_eq!(cut.lines().count(), text.lines().count());
}

#[test]
fn whole_words_only() {
    let found = |line: &str, word: &str| lines_with(line, word).next().is_some();
    assert!(found("use reqwest::Client;", "reqwest"));
    assert!(!found("let reqwest_like = 1;", "reqwest"));
    assert!(found("Zoned::now()", "::now("));
    assert!(found("tokio::time::Instant::now()", "Instant"));
    assert!(!found("Instantly", "Instant"));
}

#[test]
fn test_files_are_known_by_their_place() {
    for path in [
        "crates/a/src/x/tests.rs",
        "crates/a/src/testing.rs",
        "crates/a/tests/all.rs",
        "tests/e2e/src/lib.rs",
        "crates/a/examples/b.rs",
    ] {
        assert!(is_test(path), "{path}");
    }
    for path in ["tests/origin/src/lib.rs", "crates/a/src/x.rs", "crates/a/src/testing/x.rs"] {
        assert!(!is_test(path), "{path}");
    }
}
