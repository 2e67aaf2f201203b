//! Documents of `testdata/`, one snapshot each, and what must hold for any document at all.

use std::path::Path;

use model::{Document, Format, Reading, Select, Source};
use proptest::prelude::*;

use super::read;

const URL: &str = "https://quelle.example/pfad/dokument";

fn document(bytes: &[u8]) -> Document {
    Document { bytes: bytes.to_vec(), media_type: None, url: URL.into() }
}

fn read_file(name: &str, source: &Source) -> Reading {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name);
    read(&document(&std::fs::read(path).unwrap()), source)
}

fn select(item: &str, title: &str, date: &str) -> Select {
    Select { item: item.into(), title: Some(title.into()), date: Some(date.into()), ..Select::default() }
}

fn snapshot(name: &str, source: &Source) {
    let reading = read_file(name, source);
    let told = serde_json::to_string_pretty(&reading).unwrap();
    insta::assert_snapshot!(name.replace(['/', '.'], "_"), told);
}

#[test]
fn feeds() {
    for name in
        ["gsb-rss2.xml", "kaputt-latin1.xml", "rss1.rdf", "atom03.xml", "atom10.xml", "termine-rss.xml", "feed.json"]
    {
        snapshot(&format!("feed/{name}"), &Source::default());
    }
}

#[test]
fn calendars() {
    snapshot("calendar/ausschuss.ics", &Source::default());
}

#[test]
fn pages() {
    let mut source = Source { format: Format::Html, ..Source::default() };
    source.select = vec![Select {
        teaser: Some(".text".into()),
        kicker: Some(".kicker".into()),
        ..select(".teaser", "h3", ".date")
    }];
    snapshot("page/gsb-liste.html", &source);
    source.select = vec![Select { place: Some(".wo".into()), ..select(".event", "a", ".wann") }];
    snapshot("page/termine.html", &source);
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    let feed = Source::default();
    let page = Source { format: Format::Html, ..Source::default() };
    for (bytes, source, want) in [
        (&b""[..], &feed, "expected a feed or a calendar, got an empty document"),
        (b" \n", &feed, "expected a feed or a calendar, got an empty document"),
        (b"<!DOCTYPE html><title>Seite nicht gefunden</title>", &feed, "got an HTML page, \"Seite nicht gefunden\""),
        (b"{\"error\":404}", &feed, "got JSON without items"),
        (b"Zugriff verweigert", &feed, "got text that begins \"Zugriff verweigert\""),
        (b"<opml><body/></opml>", &feed, "got text that begins \"<opml><body/></opml>\""),
        (b"<html></html>", &page, "the source names no selectors"),
    ] {
        let reading = read(&document(bytes), source);
        assert!(reading.entries.is_empty());
        assert!(reading.complaints.iter().any(|complaint| complaint.text.contains(want)), "{:?}", reading.complaints);
    }
}

/// What servers really send where a feed was: error pages, landing pages, nothing.
#[test]
fn captured_documents_that_are_no_feed_say_so() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/captured/not-a-feed");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: {} is missing", folder.display());
        return;
    };
    for file in files {
        let path = file.unwrap().path();
        let reading = read(&document(&std::fs::read(&path).unwrap()), &Source::default());
        let first = &reading.complaints[0];
        let told = (reading.entries.len(), first.what.as_str(), first.text.contains("got an "));
        assert_eq!(told, (0, "not-a-feed", true), "{}: {}", path.display(), first.text);
    }
}

#[test]
fn a_bad_selector_is_a_complaint() {
    let source = Source { format: Format::Html, select: vec![select("a:contains(x)", "b", "i")], ..Source::default() };
    let reading = read(&document(b"<html><a>x</a></html>"), &source);
    assert!(reading.complaints[0].text.contains("is no selector that is understood"), "{:?}", reading.complaints);
}

#[test]
fn hostile_documents_are_refused_or_read() {
    let page = Source { format: Format::Html, select: vec![select("p", "b", "i")], ..Source::default() };
    let laughs = "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><rss version='2.0'><channel><item><title>&b;</title></item></channel></rss>";
    let nested = format!("<rss><channel><item><description>{}", "<b>".repeat(200_000));
    let attributes = format!("<html><p {}>", "a=1 ".repeat(60_000));
    let rule = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260101T000000Z\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    for (bytes, source, most) in [
        (laughs.to_owned(), &Source::default(), 1),
        (nested, &Source::default(), 1),
        ("<div>".repeat(200_000), &page, 0),
        (attributes, &page, 0),
        (rule.to_owned(), &Source::default(), 2_000),
        (format!("<rss><channel>{}", "<item>".repeat(20_000)), &Source::default(), 20_000),
    ] {
        let reading = read(&document(bytes.as_bytes()), source);
        assert!(reading.entries.len() <= most, "{:.30}: {}", bytes, reading.entries.len());
    }
}

/// Each of these was quadratic, or could have been: it is made long enough that a square would take minutes, and is
/// over in an instant or the test run is not.
#[test]
fn hostile_feeds_take_time_by_their_length_alone() {
    let numbered = |count: usize, of: &dyn Fn(usize) -> String| (0..count).map(of).collect::<String>();
    let entities = numbered(9, &|n| format!("<!ENTITY a{} \"{}\">", n + 1, format!("&a{n};").repeat(10)));
    let attributes = numbered(100_000, &|n| format!(" a{n}='{n}'"));
    let item = |inside: &str| format!("<rss><channel><item><title>x</title><link>/x</link>{inside}");
    for (name, feed, entries) in [
        ("billion laughs", format!("<!DOCTYPE r [<!ENTITY a0 \"ha\">{entities}]>{}&a9;", item("<description>")), 1),
        ("external entity", format!("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///x\">]>{}&x;", item("<description>")), 1),
        ("nested elements", item(&numbered(100_000, &|n| format!("<b{n}>"))), 1),
        ("attributes", item(&format!("<enclosure{attributes}/>")), 1),
        ("prefixes", item(&attributes.replace(" a", " xmlns:a").replacen(" xmlns", "<b xmlns", 1)), 1),
        ("authors", item(&numbered(100_000, &|n| format!("<author>{n}</author>"))), 1),
        ("bases", format!("<rss>{}{}", "<channel xml:base='a/'>".repeat(100_000), item("")), 1),
        ("open brackets", item(&"<".repeat(1_000_000)), 1),
        ("ampersands", item(&format!("<description>{}", "&".repeat(1_000_000))), 1),
        ("sections", item(&"<![CDATA[".repeat(200_000)), 1),
        ("quotes", item(&"<a b=\">".repeat(500_000)), 1),
        ("items", format!("<rss>{}", "<item><title>x</title></item>".repeat(200_000)), super::MOST_ENTRIES),
        ("json items", format!("{{\"items\":[{}{{}}]}}", "{\"id\":1},".repeat(200_000)), super::MOST_ENTRIES),
        ("json nesting", format!("{{\"items\":[{}", "[".repeat(100_000)), 0),
    ] {
        let reading = read(&document(feed.as_bytes()), &Source::default());
        assert_eq!(reading.entries.len(), entries, "{name}: {:?}", reading.complaints);
        let said: usize = reading.entries.iter().map(|entry| format!("{entry:?}").len()).sum();
        assert!(said < 2 * feed.len() + 1_000 * entries, "{name} grew to {said}");
    }
    // Latin-1 in bulk: guessing the encoding is the slowest step of all.
    let latin = [&b"<rss><item><title>"[..], &b"B\xfcrger ".repeat(1_000_000), b"</title></item></rss>"].concat();
    assert!(read(&document(&latin), &Source::default()).entries[0].title.as_deref().unwrap().starts_with("Bürger"));
}

#[test]
fn forbidden_characters_never_reach_an_entry() {
    let feed = b"<rss><item><title>a\0b\x0bc&#0;&#11;&#x1f;d</title></item></rss>";
    let reading = read(&document(feed), &Source::default());
    assert_eq!(reading.entries[0].title.as_deref(), Some("abcd"));
    assert_eq!(reading.complaints[0].text, "mended: 2 character(s) that XML forbids");
}

#[test]
fn complaints_are_limited() {
    let items = "<item><title>x</title><link>https://a.example/</link><pubDate>nie</pubDate></item>".repeat(100);
    let reading = read(&document(format!("<rss><channel>{items}</channel></rss>").as_bytes()), &Source::default());
    let texts: Vec<_> = reading.complaints.iter().map(|complaint| complaint.text.as_str()).collect();
    assert_eq!((texts.len(), texts[20]), (21, "and 80 more of these"));
}

/// Every fixture cut short anywhere, and with bytes changed, is read without a panic that reaches the caller,
/// and without one inside: a caught panic is a complaint of that name.
#[test]
fn damaged_fixtures_do_no_harm() {
    let page = Source { format: Format::Html, select: vec![select("li, .teaser", "a", "span")], ..Source::default() };
    for (name, step) in [
        ("feed/gsb-rss2.xml", 41),
        ("feed/kaputt-latin1.xml", 41),
        ("feed/rss1.rdf", 41),
        ("feed/atom10.xml", 41),
        ("feed/feed.json", 41),
        ("calendar/ausschuss.ics", 97),
        ("page/termine.html", 97),
    ] {
        let whole = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name)).unwrap();
        let source = if name.starts_with("page") { page.clone() } else { Source::default() };
        for at in (0..whole.len()).step_by(step) {
            let mut changed = whole.clone();
            changed[at] = changed[at].wrapping_mul(31).wrapping_add(7);
            for bytes in [&whole[..at], &changed] {
                let reading = read(&document(bytes), &source);
                assert!(reading.complaints.iter().all(|complaint| complaint.what != "panic"), "{name} at {at}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn anything_at_all_is_read(bytes in proptest::collection::vec(any::<u8>(), 0..400), kind in 0..4) {
        let head: &[u8] = match kind {
            0 => b"<rss><channel><item>",
            1 => b"{\"items\":[",
            2 => b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:",
            _ => b"",
        };
        let reading = read(&document(&[head, &bytes].concat()), &Source::default());
        prop_assert!(reading.complaints.iter().all(|complaint| complaint.what != "panic"));
    }
}

#[test]
fn namespaces_and_moved_occurrences_without_number_are_looked_up_not_searched() {
    let names: String = (0..100_000).map(|n| format!("<b:x xmlns:a{n}=\"u\"/>")).collect();
    let feed =
        format!("<rss><channel><item><title>x</title>{names}<dc:date>2026-03-02</dc:date></item></channel></rss>");
    let reading = read(&document(feed.as_bytes()), &Source::default());
    assert!(reading.entries[0].published.is_some(), "{:?}", reading.entries[0]);

    let moved = |uid: &str, day: u8| {
        format!(
            "BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:x\r\nDTSTART:202603{day:02}T100000\r\nRECURRENCE-ID:202603{day:02}T090000\r\nEND:VEVENT\r\n"
        )
    };
    let alone: String = (0..15_000).map(|n| moved(&format!("u{n}"), 2)).collect();
    let rule = "BEGIN:VEVENT\r\nUID:r\r\nDTSTART:20260302T090000\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\n";
    let calendar = format!("BEGIN:VCALENDAR\r\n{rule}{}{alone}END:VCALENDAR\r\n", moved("r", 3));
    let reading = read(&document(calendar.as_bytes()), &Source::default());
    assert_eq!(reading.entries.len(), 15_003);
}

#[test]
fn no_document_has_more_than_the_most_entries() {
    let times = super::MOST_ENTRIES + 7;
    let page = Source { format: Format::Html, select: vec![select("li", "a", "i")], ..Source::default() };
    let items = |unit: &str, joint: &str| vec![unit; times].join(joint);
    let event = "BEGIN:VEVENT\r\nSUMMARY:x\r\nDTSTART:20260302T090000Z\r\nEND:VEVENT\r\n";
    for (bytes, source) in [
        (format!("<rss><channel>{}</channel></rss>", items("<item><title>x</title></item>", "")), &Source::default()),
        (format!("{{\"items\":[{}]}}", items("{\"title\":\"x\"}", ",")), &Source::default()),
        (format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", items(event, "")), &Source::default()),
        (format!("<html><ul>{}</ul></html>", items("<li><a>x</a></li>", "")), &page),
    ] {
        let reading = read(&document(bytes.as_bytes()), source);
        let told: Vec<_> = reading.complaints.iter().map(|complaint| complaint.what.as_str()).collect();
        assert_eq!((reading.entries.len(), told), (super::MOST_ENTRIES, vec!["limit"]), "{bytes:.30}");
    }
}
