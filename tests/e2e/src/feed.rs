//! Documents that tests publish, written as plainly as the formats allow.

use serde_json::json;

/// RSS 2.0 with one item per `(title, teaser)`, an hour apart on 1 March 2026, the last the oldest.
#[must_use]
pub fn rss(name: &str, items: &[(&str, &str)]) -> String {
    let items: String = items
        .iter()
        .enumerate()
        .map(|(nth, (title, teaser))| {
            format!(
                "<item><title>{title}</title><link>https://{name}.example/meldung-{0}</link><guid>{name}-{0}</guid>\
                 <pubDate>Sun, 01 Mar 2026 {1:02}:00:00 +0100</pubDate><description>{teaser}</description></item>",
                items.len() - nth,
                (items.len() - nth) % 24,
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>{name}</title>\
         <link>https://{name}.example/</link><description>Beispiel</description>{items}</channel></rss>"
    )
}

/// Atom with one entry per title.
#[must_use]
pub fn atom(name: &str, titles: &[&str]) -> String {
    let entries: String = titles
        .iter()
        .enumerate()
        .map(|(nth, title)| {
            format!(
                "<entry><title>{title}</title><id>tag:{name}.example,2026:{nth}</id>\
                 <link href=\"https://{name}.example/{nth}\"/><updated>2026-02-{:02}T08:00:00Z</updated></entry>",
                nth % 28 + 1
            )
        })
        .collect();
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>{name}</title><id>tag:{name}.example,2026:feed</id>\
         <updated>2026-02-01T08:00:00Z</updated>{entries}</feed>"
    )
}

/// JSON Feed 1.1 with one item per title.
#[must_use]
pub fn json_feed(name: &str, titles: &[&str]) -> String {
    let item = |(nth, title): (usize, &&str)| {
        json!({
            "id": format!("{name}-{nth}"),
            "url": format!("https://{name}.example/{nth}"),
            "title": title,
            "content_text": "Ein Beispiel.",
            "date_published": "2026-02-03T08:00:00+01:00",
        })
    };
    let items: Vec<_> = titles.iter().enumerate().map(item).collect();
    json!({ "version": "https://jsonfeed.org/version/1.1", "title": name, "items": items }).to_string()
}
