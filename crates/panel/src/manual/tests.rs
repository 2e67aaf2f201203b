//! The page is whole, and what stands in the contract stays text.

use super::*;

fn manual() -> Manual {
    let field = Field {
        name: "q<x>".to_owned(),
        kind: "string".to_owned(),
        always: true,
        about: "Words, `\"a <b>\"` and more.".to_owned(),
    };
    Manual {
        about: "Public & free.".to_owned(),
        operations: vec![Operation {
            method: "GET".to_owned(),
            path: "/api/v1/items/{id}".to_owned(),
            parameters: vec![field.clone()],
            answers: vec![("application/json".to_owned(), "[Item]".to_owned())],
            ..Operation::default()
        }],
        shapes: vec![
            Shape { name: "Item".to_owned(), fields: vec![field], ..Shape::default() },
            Shape { name: "Kind".to_owned(), words: vec!["news".to_owned()], ..Shape::default() },
        ],
    }
}

#[test]
fn every_route_and_every_field_is_there() {
    for lang in Lang::ALL {
        let html = api(lang, &manual());
        for part in [
            "<code>GET /api/v1/items/{id}</code>",
            "<code>q&lt;x&gt;</code>",
            "Words, <code>&quot;a &lt;b&gt;&quot;</code> and more.",
            "Public &amp; free.",
            "[<a href=\"#Item\">Item</a>]",
            "id=\"Item\"",
            "<code>news</code>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert_eq!(html.matches("<h1>").count(), 1);
        for forbidden in ["style=\"", "<script", "<x>", "http://", "https://"] {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
    }
}
