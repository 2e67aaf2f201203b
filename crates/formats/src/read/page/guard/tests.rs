//! Pages that would cost html5ever, or those who look at every element, too much.

use super::parse;

#[test]
fn what_costs_too_much_is_refused() {
    for (name, html, want) in [
        ("nested blocks", "<div>".repeat(200_000), "nested deeper"),
        ("nested formatting", "<b>".repeat(200_000), "nested deeper"),
        ("nested tables", "<table><tr><td>".repeat(70_000), "nested deeper"),
        ("attributes", format!("<p {}>", "a=1 ".repeat(60_000)), "attributes"),
        ("nodes", "<i>a</i>".repeat(150_000), "nodes"),
        ("deep and wide", format!("{}{}", "<div>".repeat(400), "<i>a</i>".repeat(40_000)), "nested deeply"),
        ("bytes", "x".repeat(10_000_001), "larger than 10 MB"),
    ] {
        let told = parse(&html).err().unwrap_or_else(|| panic!("{name} was read"));
        assert!(told.contains(want), "{name}: {told}");
    }
}

#[test]
fn what_is_only_large_is_read() {
    for html in [
        String::new(),
        "x".repeat(2_000_000),
        "&amp;&uuml;&#252;".repeat(20_000),
        format!("{}x", "<div>".repeat(300)),
        format!("<p style='{}'>", "a:1; ".repeat(20_000)),
        "<p>Absatz</p>".repeat(20_000),
    ] {
        assert!(parse(&html).is_ok(), "{html:.40}");
    }
}
