//! Entries by selectors.

use model::{Select, Source};
use url::Url;

use super::super::read;

fn check(html: &str, select: &Select, want: &[&str]) {
    let source = Source { select: vec![select.clone()], ..Source::default() };
    let reading = read(html, Url::parse("https://amt.example/pfad/seite.html").ok().as_ref(), &source);
    let told: Vec<_> = reading
        .entries
        .iter()
        .map(|entry| {
            let published = entry.published.map_or("-".to_owned(), |at| at.date().to_string());
            let part = |text: &Option<String>| text.as_deref().unwrap_or("-").to_owned();
            format!(
                "{published} {} / {} / {} @ {}",
                part(&entry.kicker),
                part(&entry.title),
                part(&entry.summary),
                part(&entry.url)
            )
        })
        .collect();
    assert_eq!(told, want, "{html}");
}

fn select(item: &str) -> Select {
    let some = |text: &str| Some(text.to_owned());
    Select {
        item: item.into(),
        title: some("h3, .titel"),
        link: some("a"),
        date: some("time, .date, td"),
        teaser: some("p"),
        ..Select::default()
    }
}

#[test]
fn links_are_resolved() {
    for (base, href, want) in [
        ("", "m.html", "https://amt.example/pfad/m.html"),
        ("<base href='/'>", "m.html", "https://amt.example/m.html"),
        ("<base href='https://www.amt.example/'>", "DE/m.html?nn=1", "https://www.amt.example/DE/m.html?nn=1"),
        ("<base href='https://amt.example/artikel'>", "?seite=2", "https://amt.example/artikel?seite=2"),
        ("<base href=' https://www.AMT.example/ '>", "/m", "https://www.amt.example/m"),
        ("<base target='_blank'>", "/m", "https://amt.example/m"),
        ("", "javascript:void(0)", "-"),
        ("", "mailto:post@amt.example", "-"),
    ] {
        let html = format!("{base}<li><h3>Titel</h3><a href='{href}'>mehr</a></li>");
        check(&html, &select("li"), &[&format!("- - / Titel / - @ {want}")]);
    }
}

#[test]
fn parts_of_an_entry() {
    for (html, want) in [
        (
            "<li><a href='/m'><h3><span>Hamburg</span>CDO für alle</h3></a><p>[20.12.2024] Es beginnt. mehr…</p></li>",
            "2024-12-20 Hamburg / CDO für alle / Es beginnt. @ https://amt.example/m",
        ),
        (
            "<li><h3>Re&shy;gis&shy;ter</h3><p>03.05.2024</p><p>Ein Satz.</p><span class=date>3. Mai 2024</span></li>",
            "2024-05-03 - / Register / Ein Satz. @ -",
        ),
        (
            "<li><a href='/m'>Ein Titel ohne eigenes Element</a></li>",
            "- - / Ein Titel ohne eigenes Element / - @ https://amt.example/m",
        ),
        ("<li><a href='/m'>mehr</a></li>", "- - / - / - @ https://amt.example/m"),
        (
            "<li><h3><a href='/m'>Thementag, Datum: 01.02.2024, Format: Meldung</a></h3></li>",
            "2024-02-01 - / Thementag / - @ https://amt.example/m",
        ),
        ("<li><h3>Titel</h3><time datetime='2021-11-04T23:00Z'>5.11.</time></li>", "2021-11-05 - / Titel / - @ -"),
    ] {
        check(html, &select("li"), &[want]);
    }
}

#[test]
fn tables_are_lists() {
    let html = "<table><tr><th>Nr.</th><th>Vom</th></tr><tr><td>3/26</td><td class=titel><a href='/3'>Gebühren</a></td><td>14. April 2026</td></tr></table>";
    check(html, &select("tr"), &["2026-04-14 - / Gebühren / - @ https://amt.example/3"]);
}

#[test]
fn the_first_selectors_that_find_an_entry_count() {
    let source = Source { select: vec![select(".gibtsnicht"), select("li"), select("h3")], ..Source::default() };
    let reading = read("<li><h3>Eins</h3></li><li><h3>Zwei</h3></li>", None, &source);
    assert_eq!((reading.entries.len(), reading.trouble), (2, None));
}

#[test]
fn items_inside_items_are_bounded() {
    let html = format!("{}<h3>Tief</h3>", "<div>".repeat(400)).repeat(40);
    let source = Source { select: vec![select("div, h3:has(~ div)")], ..Source::default() };
    let reading = read(&html, None, &source);
    assert!(reading.entries.len() <= 20_001);
}

#[test]
fn where_nothing_is_read_the_first_complaint_says_why() {
    let source = Source { select: vec![select("ul.liste > li")], ..Source::default() };
    for (html, word, said) in [
        ("<title>Just a moment...</title>", "blocked", "bot wall"),
        ("<title>Seite nicht gefunden</title><h1>Seite nicht gefunden</h1>", "error-page", "\"Seite nicht gefunden\""),
        ("<title>Termine</title><ul class='liste'></ul>", "empty", "\"ul.liste\""),
        ("<title>Termine</title><p>Aktuell keine Termine.</p>", "empty", "\"Aktuell keine Termine.\""),
        ("<title>Termine</title><ol><li>Eins</li></ol>", "layout-changed", "\"ul.liste > li\""),
    ] {
        let reading = read(html, None, &source);
        assert_eq!(reading.trouble.map(model::Trouble::word), Some(word), "{html}");
        assert!(reading.entries.is_empty());
        let first = &reading.complaints[0];
        assert!(first.what == word && first.text.contains(said), "{html}: {first:?}");
    }
    let news = "<p>Kicker: Titel</p><p>[20.12.2024] Text. mehr...</p>".repeat(3);
    let reading = read(&news, None, &source);
    assert_eq!((reading.entries.len(), reading.trouble), (3, None));
    assert!(reading.complaints[0].text.contains("read by its date lines"), "{:?}", reading.complaints);
}
