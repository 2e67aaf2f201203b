//! Selectors proposed for lists nobody has described.

use super::super::dom::Page;
use super::propose;

#[test]
fn what_repeats_is_a_list() {
    let teaser = |n: usize| {
        format!(
            "<article class='teaser teaser--news col-4'><span class='teaser__date'>{n}.03.2026</span><h3><a href='/m{n}'>Meldung Nummer {n} aus dem Haus</a></h3><p>Ein Satz dazu.</p></article>"
        )
    };
    let html = format!(
        "<nav><ul class=menu>{}</ul></nav><main class='inhalt'>{}</main>",
        "<li class=m><a href='/x'>Ein längerer Punkt im Menü</a></li>".repeat(20),
        (1..7).map(teaser).collect::<String>()
    );
    let select = propose(&Page::parse(&html, None).unwrap()).unwrap();
    assert_eq!(select.item, "main.inhalt > article.teaser.teaser--news");
    assert_eq!(
        (select.title.as_deref(), select.date.as_deref(), select.teaser.as_deref()),
        (Some("h3"), Some(".teaser__date"), Some("p"))
    );
}

#[test]
fn little_or_nothing_is_none() {
    for html in [
        "",
        "<p>Text</p>",
        "<ul class=x><li><a href=/a>Kurz</a></li><li><a href=/b>Auch</a></li><li><a href=/c>Drei</a></li></ul>",
    ] {
        assert_eq!(propose(&Page::parse(html, None).unwrap()), None, "{html}");
    }
}
