//! What is promised next door, held.

use super::*;

#[test]
fn reads_what_serde_writes() {
    let value = serde_json::json!({
        "text": "Ä \"quoted\" \\ / \n\t\r \u{8}\u{c}\u{1} 😀 </script>",
        "number": u64::MAX, "truth": true, "lie": false, "nothing": null,
        "list": [1, [], {}, "x"], "empty": "",
    });
    for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
        let json = parse(&text).unwrap();
        assert_eq!(json.get("text").text(), value["text"].as_str());
        assert_eq!(json.get("number").number(), u64::MAX);
        assert!(json.get("truth").truth() && !json.get("lie").truth());
        assert_eq!(json.get("nothing"), &Json::Null);
        assert_eq!(json.get("list").list().len(), 4);
        assert_eq!(json.get("empty").owned(), "");
        assert_eq!(json.get("missing"), &Json::Null);
    }
}

#[test]
fn escapes_of_other_writers() {
    assert_eq!(parse(r#""\u00c4\uD83D\uDE00\/""#), Some(Json::Text("Ä😀/".to_owned())));
    assert_eq!(parse(r#""\ud83d""#), Some(Json::Text("\u{fffd}".to_owned())));
}

#[test]
fn numbers_that_the_panel_does_not_show_are_nought() {
    for text in ["0.75", "-1", "1e9", "99999999999999999999"] {
        assert_eq!(parse(text), Some(Json::Number(0)), "{text}");
    }
}

#[test]
fn what_is_broken_is_nothing() {
    let deep = "[".repeat(2000);
    for text in
        ["", "{", "[1", "[1,", "{\"a\"", "{\"a\":}", "\"a", "\"\\", "\"\\u12", "tru", "1 2", "[1 2]", "<html>", &deep]
    {
        assert_eq!(parse(text), None, "{text}");
    }
}
