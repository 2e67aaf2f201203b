//! Where a page leads to feeds and calendars: `<link rel=alternate>`, links that look like feeds, `feed:` and
//! `webcal:` addresses; and pages that list the feeds of a site. Comment feeds are left out.

use scraper::ElementRef;

use super::dom::{Page, selector, words};
use super::survey::FeedLink;

/// Most feeds of one page; the longest real overview measured has 150.
const MOST: usize = 500;

/// Media types of feeds and calendars.
const TYPES: [&str; 8] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "application/xml",
    "text/xml",
    "text/calendar",
];

/// The feeds that a page links, those it declares first.
pub(super) fn feeds(page: &Page) -> Vec<FeedLink> {
    let mut feeds: Vec<FeedLink> = Vec::new();
    let mut add = |element: ElementRef<'_>, title: Option<String>, media_type: Option<&str>| {
        let Some(url) = element.attr("href").and_then(|href| address(page, href)) else { return };
        let comments = is_comments(&url) || title.as_deref().is_some_and(is_comments_title);
        if !comments && feeds.len() < MOST && !feeds.iter().any(|feed| feed.url == url) {
            feeds.push(FeedLink { url, title, media_type: media_type.map(ToOwned::to_owned) });
        }
    };
    for link in page.html.select(&selector("link[href]")).take(2_000) {
        let rel = link.attr("rel").unwrap_or_default().to_ascii_lowercase();
        let kind = link.attr("type").unwrap_or_default().trim().to_ascii_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let alternate = rel.split_ascii_whitespace().any(|word| word == "alternate" || word == "feed");
        let href = link.attr("href").unwrap_or_default();
        // `application/json` is most often an interface of the system's, not a feed.
        let feed = TYPES.contains(&kind) && (kind != "application/json" || href.contains("feed"));
        // Systems offer embedding under the same relation.
        if alternate && feed && !href.contains("oembed") {
            add(link, link.attr("title").map(crate::text::line).filter(|title| !title.is_empty()), Some(kind));
        }
    }
    for link in page.html.select(&selector("a[href], area[href]")).take(20_000) {
        let href = link.attr("href").unwrap_or_default().trim();
        let kind = link.attr("type").filter(|kind| TYPES.contains(kind));
        if kind.is_some() || looks_like_feed(href) {
            add(link, words(link).or_else(|| link.attr("title").map(crate::text::line)), kind);
        }
    }
    feeds
}

/// Pages that list the feeds of a site, by the platform's selectors, else by their address.
pub(super) fn overviews(page: &Page, selectors: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let own = page.url.as_ref().map(|url| url.as_str().split('#').next().unwrap_or_default().to_owned());
    let named = selectors.iter().filter_map(|css| scraper::Selector::parse(css).ok());
    let named = named.flat_map(|rule| page.html.select(&rule).take(20).collect::<Vec<_>>());
    let anchors = selector("a[href]");
    let guessed = page.html.select(&anchors).take(20_000).filter(|link| {
        let href = link.attr("href").unwrap_or_default().to_ascii_lowercase();
        let said = || words(*link).unwrap_or_default().to_lowercase();
        !looks_like_feed(&href)
            && (is_overview(&href)
                || matches!(said().as_str(), "rss" | "rss-feeds" | "rss-feed" | "rss feeds" | "newsfeeds"))
    });
    for link in named.chain(guessed) {
        let Some(url) = link.attr("href").and_then(|href| page.absolute(href)) else { continue };
        let url = url.split('#').next().unwrap_or_default().to_owned();
        if found.len() < 10 && !found.contains(&url) && Some(&url) != own.as_ref() {
            found.push(url);
        }
    }
    found
}

/// "…/rss_node.html", "/service/rss", "/rss-feeds/".
fn is_overview(href: &str) -> bool {
    let path = href.split(['?', '#', ';']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let stem = last.split('.').next().unwrap_or_default();
    matches!(
        stem,
        "rss" | "rss_node" | "rss-node" | "rss-feeds" | "rssfeeds" | "rss-feed" | "newsfeeds" | "rss-newsfeeds"
    ) && (last.ends_with("html") || last == stem)
}

/// A web address, from `feed:`, `feed://` and `webcal:` too.
fn address(page: &Page, href: &str) -> Option<String> {
    let href = href.trim();
    let lower = href.get(..9).unwrap_or(href).to_ascii_lowercase();
    let rest = |scheme: &str| href.get(scheme.len()..).unwrap_or_default();
    if lower.starts_with("webcal:") {
        return page.absolute(&format!("https:{}", rest("webcal:")));
    }
    if lower.starts_with("feed://") {
        return page.absolute(&format!("http://{}", rest("feed://")));
    }
    if lower.starts_with("feed:") {
        return page.absolute(rest("feed:"));
    }
    page.absolute(href)
}

/// Whether an address that is only linked is one of a feed or a calendar.
fn looks_like_feed(href: &str) -> bool {
    let lower = href.to_ascii_lowercase();
    if ["feed:", "webcal:"].iter().any(|scheme| lower.starts_with(scheme)) {
        return true;
    }
    let path = lower.split(['?', '#', ';']).next().unwrap_or_default().trim_end_matches('/');
    let query = lower.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let ended = ["rss", "atom", "rdf", "ics"].iter().any(|end| last.ends_with(&format!(".{end}")));
    let named = last.ends_with(".xml")
        && ["rss", "feed", "atom", "news", "presse", "meldung"].iter().any(|word| path.contains(word));
    let sitemap = last.starts_with("sitemap");
    let queried = ["feed=rss", "feed=atom", "type=rss", "format=rss", "format=feed", "jobsrss=true"]
        .iter()
        .any(|pair| query.contains(pair));
    !sitemap && (ended || named || queried || matches!(last, "feed" | "rss.xml" | "feed.json" | "atom.xml"))
}

fn is_comments(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    lower.contains("/comments/")
        || lower.contains("/kommentare/")
        || lower.contains("feed=comments")
        || lower.contains("comments-rss")
}

/// "Amt » Kommentar-Feed", "Site » Meldung Comments Feed".
fn is_comments_title(title: &str) -> bool {
    let title = title.to_lowercase();
    ["comments feed", "kommentar-feed", "kommentare feed", "kommentarfeed", "kommentare-feed", "comments on "]
        .iter()
        .any(|word| title.contains(word))
}

#[cfg(test)]
mod tests;
