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
    for lang in Lang::ALL {
        let words = of(lang);
        let mut known: Vec<&str> = State::ALL.iter().map(|state| words.state(*state)).collect();
        known.sort_unstable();
        known.dedup();
        assert_eq!(known.len(), State::ALL.len());
        assert_eq!(words.state(State::Hh), "Hamburg");
        assert_eq!(words.state(State::Th), if lang == Lang::En { "Thuringia" } else { "Thüringen" });
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

#[test]
fn periods() {
    for (text, de, en, simple) in [
        ("since=1d", "Letzte 24 Stunden", "Last 24 hours", "Seit gestern"),
        ("since=24h", "Letzte 24 Stunden", "Last 24 hours", "Seit gestern"),
        ("since=30d", "Letzte 30 Tage", "Last 30 days", "Die letzten 30 Tage"),
        ("since=2026-11-01", "ab 1.\u{a0}Nov. 2026", "from 1 Nov 2026", "ab 1.\u{a0}November 2026"),
        (
            "since=2026-11-01&until=2027-01-05",
            "1.\u{a0}Nov. 2026 bis 5.\u{a0}Jan. 2027",
            "1 Nov 2026 to 5 Jan 2027",
            "1.\u{a0}November 2026 bis 5.\u{a0}Januar 2027",
        ),
    ] {
        for (lang, expected) in [(Lang::De, de), (Lang::En, en), (Lang::Simple, simple)] {
            assert_eq!(of(lang).period(&query(text)), expected, "{text} {lang:?}");
        }
    }
}

#[test]
fn simple_german_writes_everything_out() {
    let words = of(Lang::Simple);
    let day = Date::new(2026, 11, 24).unwrap();
    assert_eq!((words.short_date)(day, Shorten::Nothing), "Dienstag, 24.\u{a0}November 2026");
    assert_eq!((words.clock)((10, 0), Some((12, 30))), "von 10\u{a0}Uhr bis 12\u{a0}Uhr 30");
    assert_eq!((words.hits)("1", true, Kind::Event), "1 Termin");
    assert_eq!((words.also_from)(1), "Noch eine Stelle schreibt darüber");
    assert_eq!((words.last_days)(1), "Seit gestern");
}

#[test]
fn the_accessibility_statement_names_the_tools_that_are_used() {
    let locks =
        [include_str!("../../../../tests/e2e/package.json"), include_str!("../../../../tests/e2e/audit/package.json")];
    for (tool, name) in [("axe-core", "axe-core"), ("pa11y", "pa11y"), ("lighthouse", "Lighthouse")] {
        let line = locks.iter().flat_map(|text| text.lines()).find(|line| line.contains(&format!("\"{tool}\":")));
        let version = line.unwrap().split('"').nth(3).unwrap();
        for lang in [Lang::De, Lang::En] {
            let said = super::pages::of(lang).accessibility.iter().flat_map(|(_, lines)| lines.iter());
            let wanted = format!("{name} {version}");
            assert!(said.clone().any(|line| line.contains(&wanted)), "{lang:?}: {wanted}");
        }
    }
}
