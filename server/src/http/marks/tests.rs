//! What is marked in the interface is what a script would cut out of the text.

use serde_json::Value;

use super::*;
use crate::push::testing;

fn query(q: &str) -> Query {
    Query { q: Some(q.to_owned()), ..Query::default() }
}

/// The words that a script sees at these places.
fn cut(text: &Value, places: &Value) -> Vec<String> {
    let units: Vec<u16> = text.as_str().unwrap().encode_utf16().collect();
    let places: Vec<(usize, usize)> = serde_json::from_value(places.clone()).unwrap_or_default();
    places.into_iter().map(|(start, end)| String::from_utf16(&units[start..end]).unwrap()).collect()
}

#[test]
fn an_item_says_where_its_words_stand() {
    let item = Item {
        kicker: Some("Thüringen".to_owned()),
        summary: "🏛️ Über Ämter: das Register kommt.".to_owned(),
        ..testing::item("a", "Die Registermodernisierung für Thüringen", &[])
    };
    let page = Page { items: vec![item], total: 1, ..Page::default() };
    let json = serde_json::to_value(marked(&query("register thueringen"), &page)).unwrap();
    let item = &json["items"][0];
    let marks = &item["highlights"];
    assert_eq!(cut(&item["title"], &marks["title"]), ["Registermodernisierung", "Thüringen"]);
    assert_eq!(cut(&item["kicker"], &marks["kicker"]), ["Thüringen"]);
    assert_eq!(cut(&item["summary"], &marks["summary"]), ["Register"]);
    assert_eq!((&json["total"], &json["next"], &item["id"]), (&Value::from(1), &Value::Null, &Value::from("a")));

    let none = serde_json::to_value(marked(&query("cloud"), &page)).unwrap();
    assert!(none["items"][0].get("highlights").is_none(), "nothing to mark, nothing said");
    for q in ["", "-register", "…"] {
        assert!(marked(&query(q), &page).is_none(), "{q}: the page as it is");
    }
}

#[test]
fn the_panel_marks_the_same_words() {
    let item = testing::item("a", "Bürgerämter und Bürgerbüro", &[]);
    let marks = of(&query("buerger"), std::slice::from_ref(&item));
    let found: Vec<&str> = marks["a"].title.iter().map(|(start, end)| &item.title[*start..*end]).collect();
    assert_eq!(found, ["Bürgerämter", "Bürgerbüro"]);
    assert!(of(&query("cloud"), &[item]).is_empty());
}
