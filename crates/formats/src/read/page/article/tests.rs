//! Articles from fragments: which facts are believed, and what is no article.

use model::Entry;
use url::Url;

use super::super::dom::Page;
use super::super::lines;
use super::{View, read};

const TEXT: &str = "<p>Die Stadt hat beschlossen, ihre Register zu verbinden, und nennt dafür drei gute Gründe, die alle im Rat zu hören waren.</p>";

fn article(head: &str, body: &str) -> Option<Entry> {
    let html = format!("<html lang=de><head>{head}</head><body>{body}</body></html>");
    let page = Page::parse(&html, Url::parse("https://www.amt.example/meldung.html").ok().as_ref()).unwrap();
    let lines = lines::of(&page.html, false);
    read(&View { page: &page, lines: &lines, end: lines.len(), platform: None })
}

fn published(head: &str, body: &str) -> String {
    article(head, &format!("<h1>Register werden verbunden</h1>{body}{TEXT}{TEXT}{TEXT}"))
        .and_then(|entry| entry.published)
        .map_or("-".into(), |at| at.to_string())
}

#[test]
fn dates_are_believed_in_an_order() {
    for (head, body, want) in [
        ("<meta property='article:published_time' content='2021-11-04T23:00Z'>", "", "2021-11-05T00:00:00+01:00"),
        (
            "<meta property='og:article:published_time' content='Mon Oct 11 14:57:21 CEST 2021'>",
            "",
            "2021-10-11T14:57:21+02:00",
        ),
        (
            "<meta property='article:published_time' content='2024-04-27T07:39+0200'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"x\",\"datePublished\":\"2024-04-27T07:39:18.751+0200\"}</script>",
            "",
            "2024-04-27T07:39:00+02:00",
        ),
        (
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"x\",\"datePublished\":\"2023-11-06 15:20:33\"}</script>",
            "",
            "2023-11-06T15:20:33+01:00",
        ),
        (
            "<meta property='og:updated_time' content='2022-01-27T18:34:20+0100'>",
            "<p class=meta><time datetime=2022-01-26>26. Jan 2022</time></p>",
            "2022-01-26T00:00:00+01:00",
        ),
        (
            "<meta name='dcterms.date' content='2022-01-21T09:43+01:00'>",
            "<time datetime='2022-01-25T08:00:00+01:00'>25.01.2022</time>",
            "2022-01-25T08:00:00+01:00",
        ),
        ("<meta name=date content='2025-10-20'>", "", "2025-10-20T00:00:00+02:00"),
        (
            "<meta name=description content='Fachmeldung vom 18.10.2021 aus dem Bereich'><meta property='og:type' content=article>",
            "",
            "2021-10-18T00:00:00+02:00",
        ),
        ("<meta name='citation_publication_date' content='2024/12/01'>", "", "2024-12-01T00:00:00+01:00"),
        (
            "<meta property='og:type' content=article>",
            "<p>Der Rat hatte am 3. Mai 2024 getagt, und zwar lange.</p>",
            "-",
        ),
        (
            "<meta property='article:published_time' content='demnächst'><meta property='og:type' content=article>",
            "",
            "-",
        ),
    ] {
        assert_eq!(published(head, body), want, "{head}{body}");
    }
}

#[test]
fn facts_of_an_article() {
    let head = "<title>Register werden verbunden | Amt</title><link rel=canonical href='/m/1'><meta property='og:type' content='article'><meta name=author content='Nora Beispiel'>\
                <meta name=keywords content='Register, Netz,Register'><meta property='og:image' content='/bild.jpg'><meta name=description content='Kurz &amp; gut.'><meta property='article:published_time' content='2026-03-01'>";
    let entry = article(head, &format!("<nav><a href=/x>Menü</a></nav><main><h1>Register werden verbunden</h1>{TEXT}<h2>Weiter im Mai</h2>{TEXT}</main><footer><p>Impressum und vieles mehr, das nicht zum Text gehört</p></footer>")).unwrap();
    assert_eq!(entry.title.as_deref(), Some("Register werden verbunden"));
    assert_eq!(entry.url.as_deref(), Some("https://www.amt.example/m/1"));
    assert_eq!(entry.summary.as_deref(), Some("Kurz & gut."));
    assert_eq!(
        (entry.authors, entry.categories),
        (vec!["Nora Beispiel".into()], vec!["Register".into(), "Netz".into()])
    );
    assert_eq!((entry.image.as_deref(), entry.lang.as_deref()), (Some("https://www.amt.example/bild.jpg"), Some("de")));
    let text = entry.text.unwrap();
    assert!(text.contains("\nWeiter im Mai\n") && !text.contains("Impressum") && !text.contains("Menü"), "{text}");
}

#[test]
fn an_event_page_is_an_event() {
    for body in [
        "<script type='application/ld+json'>{\"@type\":\"Event\",\"name\":\"Digitaltag\",\"startDate\":\"2026-06-19T10:00\",\"endDate\":\"2026-06-19T16:00\",\"location\":{\"@type\":\"Place\",\"name\":\"Rathaus\",\"address\":{\"postalCode\":\"12345\",\"addressLocality\":\"Musterstadt\"}},\"eventStatus\":\"https://schema.org/EventCancelled\",\"organizer\":{\"name\":\"Stadt Muster\"}}</script><h1>Digitaltag</h1>",
        "<div itemscope itemtype='https://schema.org/Event'><h1 itemprop=name>Digitaltag</h1><time itemprop=startDate datetime='2026-06-19T10:00'>19. Juni</time><time itemprop=endDate datetime='2026-06-19T16:00'>16 Uhr</time><div itemprop=location itemscope itemtype='https://schema.org/Place'><span itemprop=name>Rathaus</span><div itemprop=address itemscope itemtype='https://schema.org/PostalAddress'><span itemprop=postalCode>12345</span> <span itemprop=addressLocality>Musterstadt</span></div></div><link itemprop=eventStatus href='https://schema.org/EventCancelled'><div itemprop=organizer itemscope><b itemprop=name>Stadt Muster</b></div></div>",
    ] {
        let entry = article("", body).unwrap();
        let event = entry.event.unwrap();
        assert_eq!(entry.published, None);
        assert_eq!(
            (event.start.to_string().as_str(), event.end.unwrap().to_string().as_str()),
            ("2026-06-19T10:00:00+02:00", "2026-06-19T16:00:00+02:00")
        );
        assert_eq!(
            (event.place.as_deref(), event.organiser.as_deref(), event.status),
            (Some("Rathaus, 12345 Musterstadt"), Some("Stadt Muster"), model::Status::Cancelled)
        );
    }
}

#[test]
fn without_evidence_there_is_none() {
    for (head, body) in [
        ("", ""),
        ("<title>Startseite - Amt</title>", "<h1>Willkommen</h1><p>Schön, dass Sie da sind.</p>"),
        (
            "<title>Aktuelles</title><meta property='og:type' content='article'>",
            "<h1>Aktuelles</h1><p>Hier steht Neues.</p>",
        ),
        ("<title>Suche</title>", "<h1>Suche</h1><form><input></form>"),
        ("<title>Amt</title>", "<h1>Kontakt</h1><p>Stand: 01.02.2024</p><p>Straße 1, 12345 Musterstadt</p>"),
    ] {
        assert_eq!(article(head, body), None, "{head}{body}");
    }
}
