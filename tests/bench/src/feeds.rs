//! Clean feeds as public bodies publish them: RSS 2.0, Atom and JSON Feed in turn, German titles and teasers with
//! umlauts, references and markup, teasers in CDATA or escaped. The same number makes the same feed.

use std::fmt::Write;

const NOUNS: [&str; 16] = [
    "Registermodernisierung",
    "Bürgerkonto",
    "Verwaltungsleistung",
    "Onlinezugangsgesetz",
    "Förderbescheid",
    "E-Akte",
    "Datenschutz",
    "Ausländerbehörde",
    "Portalverbund",
    "Künstliche Intelligenz",
    "Musterstadt",
    "Servicestandard",
    "Rechenzentrum",
    "Straßenverkehrsamt",
    "Ausschreibung",
    "Identität",
];
const VERBS: [&str; 8] =
    ["eröffnet", "prüft", "veröffentlicht", "führt ein", "stärkt", "fördert", "verlängert", "stellt um"];
const KICKERS: [&str; 4] = ["Pressemitteilung", "Digitales", "Verwaltung & Recht", "Termin"];
const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// One item, before it is put into a dialect.
struct Entry {
    title: String,
    url: String,
    /// Day of October 2026 and hour.
    day: usize,
    hour: usize,
    html: String,
}

/// The feed of that number.
pub(crate) fn feed(at: usize, items: usize) -> String {
    let entries: Vec<Entry> = (0..items).map(|item| entry(at, item)).collect();
    match at % 5 {
        0..=2 => rss(at, &entries),
        3 => atom(at, &entries),
        _ => json(at, &entries),
    }
}

fn entry(feed: usize, item: usize) -> Entry {
    let word = |n: usize| NOUNS[(feed * 7 + item * 5 + n * 11 + n * n * 3) % NOUNS.len()];
    let verb = |n: usize| VERBS[(feed + item * 3 + n) % VERBS.len()];
    let mut html = String::new();
    for paragraph in 0..2 {
        html.push_str("<p>");
        for sentence in 0..4 {
            let n = paragraph * 40 + sentence * 7;
            write!(
                html,
                "Das Amt für {} {} die {} für Bürgerinnen und Bürger in {} &amp; Umgebung. ",
                word(n),
                verb(n),
                word(n + 1),
                word(n + 2)
            )
            .expect("writing to memory cannot fail");
        }
        write!(html, "<a href=\"/presse/{feed}/{item}.html\">mehr&nbsp;&hellip;</a></p>").expect("as above");
    }
    Entry {
        title: format!("{}: {} {} {}", KICKERS[item % KICKERS.len()], word(3), verb(1), word(4)),
        url: format!("https://amt{feed}.example/presse/2026/{item:04}.html?a=1&b=2"),
        day: 1 + (feed + item) % 28,
        hour: (feed * 3 + item) % 24,
        html,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn rss(at: usize, entries: &[Entry]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n<title>Amt {at} für Muster</title>\n\
         <link>https://amt{at}.example/</link>\n<description>Neues aus dem Amt</description>\n<language>de</language>\n\
         <ttl>60</ttl>\n<atom:link href=\"https://amt{at}.example/feed\" rel=\"self\" type=\"application/rss+xml\"/>\n"
    );
    for Entry { title, url, day, hour, html } in entries {
        let (title, url) = (escaped(title), escaped(url));
        let teaser = if at.is_multiple_of(2) { format!("<![CDATA[{html}]]>") } else { escaped(html) };
        // 1 October 2026 is a Thursday.
        let weekday = DAYS[(day - 1) % 7];
        writeln!(
            out,
            "<item>\n<title>{title}</title>\n<link>{url}</link>\n<guid isPermaLink=\"true\">{url}</guid>\n\
             <pubDate>{weekday}, {day:02} Oct 2026 {hour:02}:15:00 +0200</pubDate>\n<dc:creator>Pressestelle</dc:creator>\n\
             <category>Digitalisierung</category>\n<description>{teaser}</description>\n</item>"
        )
        .expect("writing to memory cannot fail");
    }
    out + "</channel>\n</rss>\n"
}

fn atom(at: usize, entries: &[Entry]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">\n\
         <title>Amt {at} für Muster</title>\n<id>https://amt{at}.example/</id>\n<link href=\"https://amt{at}.example/\"/>\n\
         <updated>2026-10-31T12:00:00+01:00</updated>\n"
    );
    for Entry { title, url, day, hour, html } in entries {
        let (title, url, html) = (escaped(title), escaped(url), escaped(html));
        let date = format!("2026-10-{day:02}T{hour:02}:15:00+02:00");
        writeln!(
            out,
            "<entry>\n<title>{title}</title>\n<link href=\"{url}\"/>\n<id>{url}</id>\n<updated>{date}</updated>\n\
             <published>{date}</published>\n<author><name>Pressestelle</name></author>\n\
             <summary type=\"html\">{html}</summary>\n</entry>"
        )
        .expect("writing to memory cannot fail");
    }
    out + "</feed>\n"
}

fn json(at: usize, entries: &[Entry]) -> String {
    let items: Vec<String> = entries
        .iter()
        .map(|Entry { title, url, day, hour, html }| {
            let html = html.replace('"', "\\\"");
            format!(
                "{{\"id\":\"{url}\",\"url\":\"{url}\",\"title\":\"{title}\",\"content_html\":\"{html}\",\
                 \"date_published\":\"2026-10-{day:02}T{hour:02}:15:00+02:00\"}}"
            )
        })
        .collect();
    format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Amt {at} für Muster\",\"language\":\"de\",\
         \"home_page_url\":\"https://amt{at}.example/\",\"items\":[{}]}}",
        items.join(",")
    )
}
