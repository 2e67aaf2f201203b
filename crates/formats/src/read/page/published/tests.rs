//! Which of the dates around a headline is that of publication.

use scraper::Html;

use super::{in_address, near};
use crate::read::page::lines;

fn check(html: &str, published: &str, updated: &str) {
    let lines = lines::of(&Html::parse_document(html), false);
    let headline = lines.iter().position(|line| line.heading == 1).unwrap();
    let seen = near(&lines, headline);
    let told = |when: Option<model::When>| when.map_or("-".to_owned(), |when| when.to_string());
    assert_eq!(
        (told(seen.published.map(|(when, _)| when)).as_str(), told(seen.updated).as_str()),
        (published, updated),
        "{html}"
    );
}

#[test]
fn labels_elements_and_lines() {
    for (html, published, updated) in [
        ("<h1>T</h1><p><span class=label>Datum</span> <span class=value>28.01.2022</span></p>", "2022-01-28", "-"),
        ("<h1>T</h1><ul><li><span>Datum:</span>26. Januar 2022</li><li>Ausgabejahr: 2022</li></ul>", "2022-01-26", "-"),
        (
            "<h1>T</h1><p>Text.</p><div><span>Erschienen am:</span><h2>13.10.2021</h2></div><div><h4>Zuletzt geändert am:</h4><p>15.10.2021</p></div>",
            "2021-10-13",
            "2021-10-15",
        ),
        (
            "<h1>T</h1><span class=heading__meta>Stand - 12.11.2021<br>(Unverändert gültig seit: 05.11.2021)</span>",
            "2021-11-12",
            "-",
        ),
        (
            "<h1>T</h1><div><p>Pressemitteilung vom 25. Januar 2022 | Berlin – Die neue Leiterin</p></div>",
            "2022-01-25",
            "-",
        ),
        ("<h1>T</h1><p>Lübeck, 31. März 2003</p>", "2003-03-31", "-"),
        ("<h1>T</h1><p>Bonn,&nbsp;11.10.2021. Frauen im Einsatz</p>", "2021-10-11", "-"),
        ("<h1>T</h1><p><strong>01.02.2022</strong> „Der Markt ist gut gestartet“</p>", "2022-02-01", "-"),
        ("<h3>21.01.2022</h3><h1>T</h1>", "2022-01-21", "-"),
        (
            "<p><span class=date>24.01.2022</span> <span>-</span> Meldung</p><h1>T</h1><p>Ab dem 26. Januar 2022 gilt es.</p>",
            "2022-01-24",
            "-",
        ),
        ("<h1>T</h1><time datetime='23. Juni 2016'>23.06.2016 um 16:14 Uhr</time>", "2016-06-23", "-"),
        ("<h1>T</h1><time datetime=2022-01-21>21. Januar</time>", "2022-01-21", "-"),
        ("<h1>T</h1><p>Do 25.04.24 | 14:07 Uhr | Von Eva Beispiel</p>", "2024-04-25T14:07:00+02:00", "-"),
        (
            "<h1>T</h1><p>Veröffentlicht am 06.10.2023</p><p>(Letztes Update: 09.10.2023)</p>",
            "2023-10-06",
            "2023-10-09",
        ),
        ("<h1>Digitaltag am 19.06.2026</h1><p>Er findet statt.</p>", "-", "-"),
        ("<h1>T</h1><p>Der Rat tagt am 19.06.2026 in der Stadt.</p>", "-", "-"),
        ("<h1>T</h1><p>12 Länder haben 2024 zugestimmt.</p>", "-", "-"),
    ] {
        check(html, published, updated);
    }
}

#[test]
fn days_in_addresses() {
    for (path, want) in [
        ("/Meldung/2022/20220124-foerderung.html", "2022-01-24"),
        ("/2015/01/15/tagung/", "2015-01-15"),
        ("/detail/~02-01-2022-land-zahlte", "2022-01-02"),
        ("/detail/2023-11-06_akku", "2023-11-06"),
        ("/texte/22/20220127-gedenken", "2022-01-27"),
        ("/2022/meldung", "-"),
        ("/id_101214182/x", "-"),
        ("/20229999-x", "-"),
        ("/news823175", "-"),
        ("/ä20-1ö", "-"),
    ] {
        assert_eq!(in_address(path).map_or("-".to_owned(), |when| when.to_string()), want, "{path}");
    }
}
