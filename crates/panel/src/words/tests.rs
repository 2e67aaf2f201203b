//! What is promised next door, held.

use model::{Lang, Query};

use super::*;

fn names() -> Names {
    let pair = |(key, name): (&str, &str)| (key.to_owned(), name.to_owned());
    Names {
        topics: [("ki", "KI"), ("kuenstlich", "Künstliche Intelligenz"), ("noots", "NOOTS"), ("ozg", "OZG")]
            .map(pair)
            .to_vec(),
        sources: vec![pair(("bsp", "Bundesamt für Beispiele"))],
    }
}

fn query(text: &str) -> Query {
    Query::from_pairs(text.split('&').filter_map(|pair| pair.split_once('='))).unwrap()
}

#[test]
fn titles() {
    for (text, expected) in [
        ("", "Aktuelles zur Verwaltungsdigitalisierung"),
        ("state=HH&topic=noots", "NOOTS in Hamburg"),
        ("state=HH,HB,SL&topic=noots,ki", "KI und NOOTS in Bremen, Hamburg und im Saarland"),
        ("state=BUND", "Verwaltungsdigitalisierung im Bund"),
        ("state=EU&kind=event&topic=ki", "Termine: KI in der EU"),
        (
            "q=Register&source=bsp",
            "Aktuelles zur Verwaltungsdigitalisierung von Bundesamt für Beispiele mit „Register“",
        ),
        ("topic=verloren", "verloren"),
        ("state=BY&topic=noots&lang=en", "NOOTS in Bavaria"),
        ("state=BUND&topic=noots&lang=en", "NOOTS at federal level"),
    ] {
        assert_eq!(filter_title(&query(text), &names()), expected);
    }
}

#[test]
fn status_lines() {
    for (text, total, expected) in [
        ("", 0, "0 Meldungen"),
        ("", 1, "1 Meldung"),
        ("kind=event", 1, "1 Termin"),
        ("state=BY&topic=noots", 23, "23 Meldungen zu Bayern und NOOTS"),
        ("state=BY,SL,EU&topic=noots", 1234, "1.234 Meldungen zu Bayern, zum Saarland, zur EU und zu NOOTS"),
        ("topic=kuenstlich", 5, "5 Meldungen zu „Künstliche Intelligenz“"),
        ("q=Wohngeld&kind=event", 2, "2 Termine mit „Wohngeld“"),
        ("state=BY,BUND&lang=en", 1_234_567, "1,234,567 news items on Bavaria and the federal level"),
    ] {
        let query = query(text);
        let words = of(query.lang.unwrap_or_default());
        assert_eq!(words.status(&query, &names(), total), expected);
    }
}

#[test]
fn every_state_has_its_own_name() {
    for lang in [Lang::De, Lang::En] {
        let words = of(lang);
        let mut known: Vec<&str> = State::ALL.iter().map(|state| words.state(*state)).collect();
        known.sort_unstable();
        known.dedup();
        assert_eq!(known.len(), State::ALL.len());
        assert_eq!(words.state(State::Hh), "Hamburg");
        assert_eq!(words.state(State::Th), if lang == Lang::De { "Thüringen" } else { "Thuringia" });
    }
}

#[test]
fn plurals() {
    let de = of(Lang::De);
    assert_eq!((de.also_from)(1), "Auch berichtet von einer weiteren Quelle");
    assert_eq!((de.also_from)(3), "Auch berichtet von 3 weiteren Quellen");
    assert_eq!((de.also)(1), "Eine weitere Meldung dazu");
    assert_eq!((of(Lang::En).also_from)(2), "Also reported by 2 other sources");
}
