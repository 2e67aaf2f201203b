//! What is promised next door, held.

use super::*;

#[test]
fn every_page_is_whole_and_says_where_it_is() {
    for lang in Lang::ALL {
        let line =
            SourceLine { name: "Amt <A>".to_owned(), home: "javascript:alert(1)".to_owned(), ..SourceLine::default() };
        let pages = [
            (privacy(lang), "/privacy"),
            (accessibility(lang), "/accessibility"),
            (sources(lang, &[line]), "/sources"),
            (topics(lang, &[("noots", "NOOTS & <mehr>", "Worum es geht.")]), "/topics"),
        ];
        for (html, here) in pages {
            assert!(html.contains(&format!("<html lang=\"{}\">", lang.code())), "{here}");
            let current = html.split("aria-current=\"page\"").next().unwrap();
            assert!(current.rsplit("href=\"").next().unwrap().starts_with(here), "{here}: {html}");
            assert_eq!(html.matches("<h1>").count(), 1, "{here}");
            assert_eq!(html.matches("<link rel=\"alternate\"").count(), 4, "{here} leads to the feeds");
            for forbidden in ["style=\"", "<style", "onclick", "<script", "javascript:", "<A>", "<mehr>"] {
                assert!(!html.contains(forbidden), "{forbidden} in {here}");
            }
        }
    }
}

#[test]
fn a_source_says_how_it_is() {
    let line =
        |enabled, well| SourceLine { name: "Amt".to_owned(), enabled, well, items: 1234, ..SourceLine::default() };
    for (line, expected) in [
        (line(false, Some(true)), "ausgeschaltet"),
        (line(true, None), "noch nie"),
        (line(true, Some(true)), "<td>erreichbar"),
        (line(true, Some(false)), "zuletzt gestört"),
    ] {
        let html = sources(Lang::De, &[line]);
        assert!(html.contains(expected) && html.contains("1.234"), "{expected}: {html}");
    }
}
