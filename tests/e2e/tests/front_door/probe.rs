//! `probe URL`: finds what there is, tells soft 404s apart, and prints an entry that a poll can use as it is.

use std::fs;

use e2e::{House, rss};
use origin::{Answer, Origin};

const SORRY: &str = "<!doctype html><html lang=\"de\"><head><title>Seite nicht gefunden</title></head>\
                     <body><h1>Seite nicht gefunden</h1></body></html>";

fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"de\"><head><meta charset=\"utf-8\"><title>Amt für Beispiele</title>{head}</head>\
         <body>{body}</body></html>"
    )
}

fn feed() -> String {
    rss("amt", &[("NOOTS im Amt", "Ein Register."), ("E-Akte im Amt", "Ohne Papier.")])
}

#[tokio::test]
async fn a_linked_feed_is_found_and_the_feed_of_comments_is_not() {
    let origin = Origin::start().await;
    let head = "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Meldungen\" href=\"rss/neu.xml\">\
        <link rel=\"alternate\" type=\"application/rss+xml\" title=\"Amt &raquo; Kommentar-Feed\" href=\"/comments/feed/\">\
        <link rel=\"alternate\" type=\"application/atom+xml\" href=\"/alt.xml\">";
    origin.at("/presse/").serve(page(head, "<h1>Presse</h1>"), "text/html");
    origin.at("/presse/rss/neu.xml").serve(feed(), "application/rss+xml");
    origin.at("/alt.xml").serve(SORRY, "text/html");
    let house = House::new("");
    let out = house.probe(&origin.url("/presse/")).await.expect("a feed is found");
    assert!(out.contains(&format!("url = \"{}\"", origin.url("/presse/rss/neu.xml"))), "{out}");
    assert!(out.contains("NOOTS im Amt"), "a preview: {out}");
    assert!(out.contains("alt.xml") && out.contains("Seite nicht gefunden"), "a soft 404 is told by content: {out}");
    assert!(origin.requests("/comments/feed/").is_empty(), "{out}");

    let entry = house.catalogue_file("gefunden");
    fs::write(&entry, &out).expect("a file in our own folder");
    let poll = house.poll(&[]).await;
    assert_eq!((poll.summary.visited, poll.summary.new, poll.summary.failed), (1, 2, 0), "{}\n{out}", poll.log);
}

#[tokio::test]
async fn the_overview_page_and_the_usual_places_are_searched() {
    let origin = Origin::start().await;
    let gsb = "<meta name=\"generator\" content=\"Government Site Builder\">";
    let body = "<h1>Amt</h1><footer><a href=\"/DE/Service/RSS/rss_node.html\">RSS</a></footer>";
    origin.at("/DE/Home/home_node.html").serve(page(gsb, body), "text/html");
    let overview = "<h1>RSS</h1><ul><li><a href=\"/SiteGlobals/Functions/RSSFeed/RSSNewsfeed.xml\">Alle</a></li></ul>";
    origin.at("/DE/Service/RSS/rss_node.html").serve(page(gsb, overview), "text/html");
    origin.at("/SiteGlobals/Functions/RSSFeed/RSSNewsfeed.xml").serve(feed(), "text/xml");
    let out = House::new("").probe(&origin.url("/DE/Home/home_node.html")).await.expect("a feed is found");
    assert!(out.contains("RSSNewsfeed.xml\""), "{out}");

    let wordpress = "<meta name=\"generator\" content=\"WordPress 6.8\">";
    origin.at("/blog/").serve(page(wordpress, "<h1>Blog</h1>"), "text/html");
    origin.at("/feed/").serve(feed(), "application/rss+xml");
    let out = House::new("").probe(&origin.url("/blog/")).await.expect("a feed is found");
    assert!(out.contains("usual for WordPress"), "{out}");
}

#[tokio::test]
async fn a_list_without_a_feed_gets_selectors_and_a_contract() {
    let origin = Origin::start().await;
    let items: String = (1..9)
        .map(|nth| {
            format!(
                "<article class=\"kachel\"><p class=\"stand\">{nth}. November 2026</p><h3 class=\"kachel-titel\">\
                 <a href=\"/meldung/{nth}\">Registermodernisierung, Bericht {nth}</a></h3><p>Ein Absatz.</p></article>"
            )
        })
        .collect();
    let menu = "<nav><ul><li><a href=\"/a\">Start</a></li><li><a href=\"/b\">Presse</a></li></ul></nav>";
    origin.at("/meldungen").serve(page("", &format!("{menu}<main><h1>Meldungen</h1>{items}</main>")), "text/html");
    let house = House::new("");
    let out = house.probe(&origin.url("/meldungen")).await.expect("a list is found");
    assert!(out.contains("format = \"html\"") && out.contains("expect = { items = 4, dated = 0.9 }"), "{out}");
    fs::write(house.catalogue_file("gefunden"), &out).expect("a file in our own folder");
    let poll = house.poll(&[]).await;
    assert_eq!((poll.summary.new, poll.summary.failed), (8, 0), "{}\n{out}", poll.log);
}

#[tokio::test]
async fn what_has_nothing_says_what_was_tried() {
    let origin = Origin::start().await;
    origin.at("/").serve(page("", "<h1>Willkommen</h1><p>Hier gibt es nichts.</p>"), "text/html");
    for path in ["/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/feed.json"] {
        origin.at(path).then(Answer::body(SORRY, "text/html"));
    }
    let error = House::new("").probe(&origin.url("/")).await.expect_err("nothing is there");
    assert!(error.contains("no feed, no calendar and no list") && error.contains("/feed/"), "{error}");
    let error = House::new("").probe("http://[::1").await.expect_err("no address");
    assert!(error.contains("is no address"), "{error}");
}

#[tokio::test]
async fn robots_txt_is_asked_first_and_obeyed() {
    let origin = Origin::start().await;
    let rules = "User-agent: *\nDisallow: /SiteGlobals/\nDisallow: /intern/\n";
    origin.at("/robots.txt").serve(rules, "text/plain");
    let head = "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/SiteGlobals/rss.xml\">\
                <link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss.xml\">";
    origin.at("/").serve(page(head, "<h1>Amt</h1>"), "text/html");
    origin.at("/SiteGlobals/rss.xml").serve(feed(), "application/rss+xml");
    origin.at("/rss.xml").serve(feed(), "application/rss+xml");
    let out = House::new("").probe(&origin.url("/")).await.expect("the other feed is found");
    assert!(out.contains(&format!("url = \"{}\"", origin.url("/rss.xml"))), "{out}");
    assert!(out.contains("/SiteGlobals/rss.xml (linked on the page): robots.txt forbids it"), "{out}");
    assert!(origin.requests("/SiteGlobals/rss.xml").is_empty(), "what is forbidden is not asked for");
    assert_eq!(origin.requests("/robots.txt").len(), 1, "asked once");
    let error = House::new("").probe(&origin.url("/intern/")).await.expect_err("the page itself is forbidden");
    assert!(error.contains("robots.txt forbids it"), "{error}");
}
