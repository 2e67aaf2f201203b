//! Pages under a scrape contract: what changed its layout is suspect, brings nothing, and takes nothing away.

use e2e::House;
use origin::{Answer, Origin};

fn list(items: &[(&str, &str)]) -> String {
    let teasers: String = items
        .iter()
        .enumerate()
        .map(|(nth, (date, title))| {
            format!("<li class=\"meldung\"><span class=\"am\">{date}</span> <a href=\"m/{nth}.html\">{title}</a></li>")
        })
        .collect();
    format!(
        "<!doctype html><html lang=\"de\"><head><title>Presse - Amt für Beispiele</title><base href=\"/\"></head>\
         <body><nav><a href=\"a\">Start</a></nav><main><h1>Presse</h1><ul>{teasers}</ul></main></body></html>"
    )
}

const MORE: &str = "format = \"html\"\n\
    select = { item = \".meldung\", title = \"a\", link = \"a\", date = \".am\" }\n\
    expect = { items = 3, dated = 0.6, title = 15 }";

#[tokio::test]
async fn a_page_is_read_while_it_keeps_its_contract() {
    let whole = [
        ("20.11.2026", "Registermodernisierung: Bericht liegt vor"),
        ("18.11.2026", "NOOTS startet in drei Ländern"),
        ("12.11.2026", "Digitalcheck wird zur Pflicht"),
    ];
    let undated = whole.map(|(_, title)| ("demnächst", title));
    let menu = [("1.1.2026", "Start"), ("1.1.2026", "Presse"), ("1.1.2026", "Karriere")];
    let page = |items: &[(&str, &str)]| Answer::body(list(items), "text/html; charset=utf-8");
    let wall = "<!doctype html><html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and \
                cookies to continue</noscript><script>window._cf_chl_opt={}</script></body></html>";
    let missing = "<!doctype html><html><head><title>Seite nicht gefunden</title></head><body><h1>Fehler 404</h1>\
                   <p>Die gewünschte Seite wurde nicht gefunden.</p></body></html>";
    let origin = Origin::start().await;
    origin
        .at("/presse")
        .then(page(&whole))
        .then(page(&whole[..2]))
        .then(page(&undated))
        .then(page(&menu))
        .then(Answer::body(wall, "text/html"))
        .then(Answer::body(missing, "text/html"))
        .then(page(&whole));
    let house = House::new("");
    house.publisher("amt", &["BUND"], &[("presse".to_owned(), origin.url("/presse"), MORE)]);
    let first = house.poll(&[]).await;
    assert_eq!((first.summary.new, first.summary.failed), (3, 0), "{}", first.log);
    let found = [
        ("layout-changed", "2 items, where 3 are expected"),
        ("layout-changed", "0 of 3 items have a date"),
        ("layout-changed", "the middle title has 6 characters"),
        ("blocked", ""),
        ("error-page", ""),
    ];
    for (word, why) in found {
        let poll = house.poll(&[]).await;
        assert_eq!((poll.summary.new, poll.summary.changed, poll.summary.failed), (0, 0, 1), "{word}: {}", poll.log);
        assert!(poll.log.contains(why), "{word}: {}", poll.log);
        let serving = house.serve().await;
        let sources = serving.get("/api/v1/sources").await.json();
        assert!(sources.to_string().contains(&format!("\"{word}: ")), "{word}: {sources}");
        assert_eq!(serving.all_items("").await.len(), 3, "what was kept stays");
        assert!(serving.stop().await);
    }
    let last = house.poll(&[]).await;
    assert_eq!((last.summary.new, last.summary.failed, last.summary.unchanged), (0, 0, 1), "{}", last.log);
}
