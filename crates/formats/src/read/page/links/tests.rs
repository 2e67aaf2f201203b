//! Feeds and overviews that a page links.

use url::Url;

use super::super::dom::Page;
use super::{feeds, overviews};

fn page(html: &str) -> Page {
    Page::parse(html, Url::parse("https://www.amt.example/start/").ok().as_ref()).unwrap()
}

#[test]
fn feeds_are_found_and_comments_left_out() {
    for (html, want) in [
        (
            "<link rel='alternate' type='application/rss+xml' title='Neues' href='SiteGlobals/RSSNewsfeed.xml'>",
            "https://www.amt.example/start/SiteGlobals/RSSNewsfeed.xml",
        ),
        (
            "<base href='https://www.amt.example/'><link rel=alternate type='application/atom+xml' href='feed.atom'>",
            "https://www.amt.example/feed.atom",
        ),
        ("<link rel='alternate' type='application/feed+json' href='/feed/json'>", "https://www.amt.example/feed/json"),
        (
            "<link rel='ALTERNATE home' type='application/rss+xml; charset=utf-8' href='/f'>",
            "https://www.amt.example/f",
        ),
        ("<link rel='alternate' type='text/calendar' href='/termine.ics'>", "https://www.amt.example/termine.ics"),
        (
            "<link rel='alternate' type='application/rss+xml' title='Verein » Kommentar-Feed' href='/comments/feed/'>",
            "",
        ),
        ("<link rel='alternate' type='application/rss+xml' title='x' href='/beitrag/feed/?feed=comments-rss2'>", ""),
        ("<link rel='alternate' type='application/json+oembed' href='/oembed'>", ""),
        ("<link rel='alternate' type='application/json' href='/wp-json/wp/v2/pages/1'>", ""),
        ("<link rel='alternate' hreflang='en' href='/en/'>", ""),
        ("<a href='feed:https://blog.example/rss'>RSS</a>", "https://blog.example/rss"),
        ("<a href='feed://blog.example/rss'>RSS</a>", "http://blog.example/rss"),
        ("<a href='webcal://amt.example/sitzungen.ics'>Kalender</a>", "https://amt.example/sitzungen.ics"),
        ("<a href='/presse/rss.xml'>RSS</a>", "https://www.amt.example/presse/rss.xml"),
        ("<a href='/index.php?id=4&amp;type=rss'>RSS</a>", "https://www.amt.example/index.php?id=4&type=rss"),
        (
            "<a href='/sitemap-news.xml'>Übersicht</a><a href='/daten.xml'>Daten</a><a href='javascript:feed()'>x</a>",
            "",
        ),
    ] {
        let found: Vec<_> = feeds(&page(html)).into_iter().map(|feed| feed.url).collect();
        assert_eq!(found.join(" "), want, "{html}");
    }
    let twice = "<link rel=alternate type='application/rss+xml' title='Neues &amp; mehr' href='/rss.xml'><a href='/rss.xml'>RSS</a>";
    let found = feeds(&page(twice));
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].title.as_deref(), found[0].media_type.as_deref()),
        (Some("Neues & mehr"), Some("application/rss+xml"))
    );
}

#[test]
fn overviews_are_pages_that_list_feeds() {
    let html = "<a href='/DE/Service/RSS/rss_node.html;jsessionid=1'>RSS-Newsfeeds</a><a href='/rss-feeds/'>Feeds</a><a href='/abo'>RSS</a>\
                <a href='/presse.xml'>RSS</a><a href='/express/'>Express</a><a class='feeds' href='/abos.html'>Abos</a>";
    let found = overviews(&page(html), &["a.feeds".into(), ":::".into()]);
    assert_eq!(
        found,
        [
            "https://www.amt.example/abos.html",
            "https://www.amt.example/DE/Service/RSS/rss_node.html;jsessionid=1",
            "https://www.amt.example/rss-feeds/",
            "https://www.amt.example/abo"
        ]
    );
}
