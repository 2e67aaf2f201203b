//! What is promised next door, held.

use model::{Date, State};

use super::*;

fn check(question: &str, expected: bool) {
    let item = Item {
        title: "Bürgerbüro öffnet Straßenverkehrsamt".to_owned(),
        states: vec![State::Hh],
        topics: vec!["ozg".to_owned()],
        ..crate::render::tests::item(1)
    };
    let query = Query::from_pairs(question.split('&').filter_map(|pair| pair.split_once('='))).unwrap();
    let now = Moment::from_berlin(Date::new(2026, 11, 22).unwrap(), 8, 0);
    assert_eq!(fits(&query, &item, now), expected, "{question}");
}

#[test]
fn what_the_item_says_decides() {
    check("", true);
    check("state=HH,BY", true);
    check("state=BY", false);
    check("state=HH&topic=noots", false);
    check("topic=noots,ozg", true);
    check("source=bsp", true);
    check("source=other", false);
}

#[test]
fn days_count_whole() {
    // Published on 21 November 2026, 09:05.
    check("since=1d", true);
    check("since=2026-11-21&until=2026-11-21", true);
    check("since=2026-11-22", false);
    check("until=2026-11-20", false);
}

#[test]
fn words_are_found_inside_others_and_without_umlauts() {
    for q in ["buero", "BÜRGER", "strasse", "verkehrsamt öffnet", "\"Bürgerbüro öffnet\"", "büro -fahrplan"] {
        check(&format!("q={q}"), true);
    }
    check("q=bürgeramt", false);
    check("q=büro -öffnet", false);
}

#[test]
fn who_tells_is_counted_once() {
    let mut two = [crate::render::tests::item(1), crate::render::tests::item(2)];
    let other = |source: &str| model::Other {
        id: "o".to_owned(),
        url: "https://presse.example/o".to_owned(),
        title: "Dasselbe".to_owned(),
        source: source.to_owned(),
        published: None,
    };
    two[1].story.others = vec![other("Musterblatt"), other("Bundesamt für Beispiele"), other("Musterblatt")];
    assert_eq!(tellers(&two), 2);
    assert_eq!(tellers(&[]), 0);
}
