//! Reading a version out of a lock file.

use super::version_in;

const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen-futures"
version = "0.4.80"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry+https://github.com/rust-lang/crates.io-index"
"#;

#[test]
fn the_whole_name_counts() {
    assert_eq!(version_in(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
    assert_eq!(version_in(LOCK, "wasm-bindgen-futures").as_deref(), Some("0.4.80"));
}

#[test]
fn a_crate_that_is_not_there_has_no_version() {
    assert_eq!(version_in(LOCK, "wasm"), None);
    assert_eq!(version_in("name = \"wasm\"", "wasm"), None);
}
