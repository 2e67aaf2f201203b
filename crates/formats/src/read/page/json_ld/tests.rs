//! JSON that pages carry, and what is no JSON.

use super::super::dom::Page;
use super::{of, values};

#[test]
fn sloppy_json_is_mended() {
    for (text, want) in [
        ("{\"a\": 1}", "[{\"a\":1}]"),
        ("{\"a\": \"eins\nzwei\"}", "[{\"a\":\"eins\\nzwei\"}]"),
        ("{\"a\": [1, 2,], }", "[{\"a\":[1,2]}]"),
        ("/* x */ {\"a\": 1 // y\n}", "[{\"a\":1}]"),
        ("//<![CDATA[\n{\"a\": \"b // c\"}\n//]]>", "[{\"a\":\"b // c\"}]"),
        ("<!-- {\"a\": 1} -->", "[{\"a\":1}]"),
        ("{\"a\": 1};", "[{\"a\":1}]"),
        ("[{\"a\":1}][{\"b\":2}]", "[[{\"a\":1}],[{\"b\":2}]]"),
        ("{\"a\": \"it\\'s\"}", "[{\"a\":\"it's\"}]"),
        ("{\"a\":", "[]"),
        ("kein JSON", "[]"),
        ("", "[]"),
    ] {
        assert_eq!(serde_json::to_string(&values(text)).unwrap(), want, "{text}");
    }
    let deep = "[".repeat(100_000);
    assert!(values(&deep).is_empty());
}

#[test]
fn things_alone_and_in_lists() {
    for (json, alone, listed) in [
        (r#"{"@type":"NewsArticle","headline":"a"}"#, 1, 0),
        (r#"{"@graph":[{"@type":["WebPage"]},{"@type":["Article","NewsArticle"],"headline":"a"}]}"#, 1, 0),
        (r#"{"@type":"http://schema.org/BlogPosting","headline":"a"}"#, 1, 0),
        (
            r#"{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":{"@type":"NewsArticle","headline":"a"}},{"@type":"ListItem","item":{"@type":"NewsArticle","headline":"b"}}]}"#,
            0,
            2,
        ),
        (r#"[{"@type":"Event","name":"a"},{"@type":"BusinessEvent","name":"b"}]"#, 0, 2),
        (r#"{"@type":"Event","name":"a"}"#, 1, 0),
        (r#"{"@type":"WebPage","mainEntity":{"@type":"Report","headline":"a"}}"#, 1, 0),
        (r#"{"@type":"Organization","name":"a"}"#, 0, 0),
    ] {
        let page = Page::parse(&format!("<script type='application/ld+json'>{json}</script>"), None).unwrap();
        let found = of(&page);
        assert_eq!((found.alone.len(), found.listed.len()), (alone, listed), "{json}");
    }
}
