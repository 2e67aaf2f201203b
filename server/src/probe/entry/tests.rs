//! Addresses in, ids and contracts out; and what a site says, which must not break out of its quotes.

use super::{contract, last_segment, quoted, slug, unique};
use model::{Entry, Moment};

#[test]
fn ids_are_made_of_addresses() {
    for (url, expected) in [
        ("https://www.example.bund.de/SiteGlobals/RSS/RSSNewsfeed_Presse.xml?nn=1", "rssnewsfeed-presse"),
        ("https://example.org/aktuelles/feed/", "aktuelles"),
        ("https://example.org/rss.xml", "rss"),
        ("https://example.org/", ""),
        ("https://example.org/Möbel/index.html", "m-c3-b6bel"),
    ] {
        assert_eq!(last_segment(url), expected, "{url}");
    }
    assert_eq!(slug("  Amt für Ä & B. "), "amt-f-r-b");
    let mut ids = Vec::new();
    let made: Vec<String> = ["neu", "", "neu"].iter().map(|name| unique("amt", name, &mut ids)).collect();
    assert_eq!(made, ["amt-neu", "amt-news", "amt-neu-2"]);
}

#[test]
fn a_contract_leaves_room_for_a_quiet_week() {
    let entry = |dated: bool| Entry { published: dated.then(|| Moment::from_ms(0)), ..Entry::default() };
    let list = |dated: usize, undated: usize| -> Vec<Entry> {
        (0..dated).map(|_| entry(true)).chain((0..undated).map(|_| entry(false))).collect()
    };
    assert_eq!(contract(&list(10, 0)), "{ items = 5, dated = 0.9 }");
    assert_eq!(contract(&list(5, 5)), "{ items = 5, dated = 0.4 }");
    assert_eq!(contract(&list(0, 1)), "{ items = 1 }");
}

#[test]
fn what_a_site_says_stays_inside_its_quotes() {
    for text in ["\"\"\" id = \"x\"", "a\nb = 1", "C:\\Amt"] {
        let line: toml::Table = format!("name = {}", quoted(text)).parse().unwrap();
        assert_eq!(line["name"].as_str(), Some(text));
    }
}
