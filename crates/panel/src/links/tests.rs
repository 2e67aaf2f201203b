//! What is promised next door, held.

use super::*;
use crate::{Lock, Theme};

fn query(text: &str) -> Query {
    Query::from_pairs(text.split('&').filter_map(|pair| pair.split_once('='))).unwrap()
}

#[test]
fn plain_takes_back_what_the_panel_adds_and_nothing_else() {
    for text in
        ["", "state=HH", "kind=event", "kind=event&until=7d", "q=x&stories=0", "since=7d", "kind=event&since=7d"]
    {
        assert_eq!(plain(&query(text).for_panel()), query(text), "{text}");
    }
    assert_eq!(plain(&query("topic=noots&cursor=abc")), query("topic=noots"));
}

#[test]
fn the_other_tab_has_the_same_filter_and_its_own_order() {
    let news = query("state=HH&topic=noots&sort=relevance&cursor=abc");
    assert_eq!(on_tab(&news, Kind::Event), query("state=HH&topic=noots&kind=event"));
    assert_eq!(on_tab(&query("kind=event&state=HH").for_panel(), Kind::News), query("state=HH"));
}

#[test]
fn parts_can_be_taken_away_one_by_one_until_nothing_is_left() {
    let mut filter = query("state=BY,HH&topic=ki,noots&source=a&q=wort&since=7d&kind=event&lang=en");
    let look = Look::default();
    assert_eq!(reset(&filter, &look), query("kind=event&lang=en"));
    for left in (0..7).rev() {
        filter = without(&filter, &parts(&filter, &look)[0]);
        assert_eq!(parts(&filter, &look).len(), left);
    }
    assert_eq!(filter, query("kind=event&lang=en"));
}

#[test]
fn what_is_locked_stays() {
    let look = Look { lock: vec![Lock::State, Lock::Topic, Lock::Source], ..Look::default() };
    let filter = query("state=HH&topic=noots&source=a&q=wort");
    assert_eq!(parts(&filter, &look), [Part::Words]);
    assert_eq!(reset(&filter, &look), query("state=HH&topic=noots&source=a"));
}

#[test]
fn addresses_carry_filter_and_look() {
    let look = Look { theme: Theme::Dark, heading: Some("Neu & gut".to_owned()), ..Look::default() };
    assert_eq!(
        embed("https://t.example", &query("state=HH,BUND"), &look),
        "https://t.example/embed?state=HH,BUND&heading=Neu+%26+gut&theme=dark"
    );
    assert_eq!(embed("", &Query::default(), &Look::default()), "/embed");
}

#[test]
fn feeds_carry_the_filter_and_no_page() {
    let filter = query("state=HH&topic=noots&limit=5&cursor=abc");
    assert_eq!(feed("", "atom.xml", &filter), "/feeds/atom.xml?state=HH&topic=noots&kind=news");
    let events = query("kind=event&q=Register");
    assert_eq!(feed("", "events.ics", &events), "/feeds/events.ics?kind=event&q=Register&since=0h");
    assert_eq!(
        webcal("https://t.example:8443", &events).as_deref(),
        Some("webcal://t.example:8443/feeds/events.ics?kind=event&q=Register&since=0h")
    );
    assert_eq!(webcal("", &events), None);
}

#[test]
fn only_the_web_and_mail_can_be_followed() {
    for (address, expected) in [
        ("https://a.example/?x=1", Some("https://a.example/?x=1")),
        ("HTTP://a.example/", Some("HTTP://a.example/")),
        ("anmeldung@a.example", Some("mailto:anmeldung@a.example")),
        ("mailto:anmeldung@a.example", Some("mailto:anmeldung@a.example")),
        ("javascript:alert(1)", None),
        (" javascript:alert(1)", None),
        ("JavaScript:alert('@')", None),
        ("data:text/html,x", None),
        ("/nur/ein/pfad", None),
    ] {
        assert_eq!(href(address).as_deref(), expected, "{address}");
    }
}
