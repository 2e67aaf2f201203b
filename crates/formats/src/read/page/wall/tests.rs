//! What is told of pages that only look fine.

use super::super::dom::Page;
use super::super::lines;
use super::{judge, nothing};

fn told(html: &str) -> String {
    let page = Page::parse(html, None).unwrap();
    let lines = lines::of(&page.html, false);
    judge(&page, &lines).map_or("-".into(), |(trouble, _)| trouble.word().into())
}

#[test]
fn walls_and_errors() {
    for (html, want) in [
        ("<title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript>", "blocked"),
        ("<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>", "blocked"),
        ("<title>Making sure you&#39;re not a bot!</title><p>Protected by Anubis</p>", "blocked"),
        (
            "<TITLE>Access Denied</TITLE><H1>Access Denied</H1>You don't have permission to access this server.",
            "blocked",
        ),
        ("<html><head><script src='/_Incapsula_Resource?SWJIYLWA=1'></script></head><body></body></html>", "blocked"),
        ("<title>Amt</title><p>Bitte aktivieren Sie JavaScript und Cookies, um fortzufahren.</p>", "blocked"),
        (
            "<title>amt.example</title><h2>Diese Seite verwendet Cookies</h2><p>Wir verwenden Cookies. Bitte stimmen Sie zu: akzeptieren oder ablehnen.</p><button>Akzeptieren</button>",
            "blocked",
        ),
        ("<title>403 Forbidden</title><h1>Forbidden</h1>", "blocked"),
        ("<title>Seite nicht gefunden - Stadt Muster</title><h1>Hoppla</h1>", "error-page"),
        ("<title>Stadt Muster</title><h1>404 – Seite nicht gefunden</h1>", "error-page"),
        ("<title>404</title>", "error-page"),
        ("<title>500 Internal Server Error</title><h1>Internal Server Error</h1>", "error-page"),
        ("<title>Wartungsarbeiten</title><p>Das Portal wird gerade überarbeitet.</p>", "error-page"),
        ("<title>Database error</title><p>The database has encountered a problem.</p>", "error-page"),
        ("<title>503 Service Temporarily Unavailable</title>", "error-page"),
        ("<title>Meldungen</title><h1>Meldungen</h1><p>Es gibt Neues.</p>", "-"),
        ("<title>500 neue Ladesäulen</title><h1>500 neue Ladesäulen</h1>", "-"),
        ("<title>Amt 10404 Berlin</title><h1>Anfahrt</h1>", "-"),
        ("", "-"),
    ] {
        assert_eq!(told(html), want, "{html}");
    }
    // A site that asks for cookies and has news is no wall; a long text about a wall is none.
    let news = "<h3><a href='/m'>Meldung aus dem Amt</a></h3>".repeat(10);
    assert_eq!(told(&format!("<title>Amt</title><div>Wir verwenden Cookies, bitte akzeptieren.</div>{news}")), "-");
    let notice = "Das Amt bleibt am Freitag geschlossen, weil die Rechner erneuert werden. ".repeat(6);
    assert_eq!(
        told(&format!(
            "<title>Amt</title><p>Wir verwenden Cookies, bitte akzeptieren.</p><h1>Hinweis</h1><p>{notice}</p>"
        )),
        "-"
    );
    let long = "Die Behörde erklärt, warum Zugriffe verweigert werden, und wie oft das geschieht. ".repeat(60);
    assert_eq!(told(&format!("<title>Zugriff verweigert: was Behörden tun</title><p>{long}</p>")), "-");
}

#[test]
fn nothing_to_read() {
    for (html, item, want) in [
        ("<main><p>Derzeit sind keine Veranstaltungen geplant.</p></main>", ".event", "empty"),
        ("<main><p>Ihre Suche ergab 0 Treffer.</p></main>", ".event", "empty"),
        ("<main><p>Keine Einträge gefunden</p></main>", ".event", "empty"),
        ("<ul class='news'></ul>", "ul.news > li", "empty"),
        ("<div class='liste'></div>", ".x, .liste article:has(> a[href])", "empty"),
        ("<ul class='neu'><li>x</li></ul>", "ul.news > li", "layout-changed"),
        ("<main><p>Etwas anderes</p></main>", "main li", "layout-changed"),
        ("<p>Die 10 Ergebnisse liegen vor.</p>", ".event", "layout-changed"),
    ] {
        let page = Page::parse(html, None).unwrap();
        let lines = lines::of(&page.html, false);
        let (trouble, text) = nothing(&page, &lines, &[item]);
        assert_eq!(trouble.word(), want, "{html}: {text}");
    }
}
