//! JSON Feeds as they come.

use model::{Status, When};
use serde_json::json;

use super::read;

#[test]
fn a_tolerant_reading() {
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": "Amt für Muster", "language": "de",
        "feed_url": "https://amt.example/feed.json", "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "authors": [{"name": "Pressestelle"}],
        "items": [
            {"id": 7, "url": "/neues/7", "title": "Register &amp; Recht", "content_html": "<p>Eins</p><p>Zwei</p>",
             "date_published": "2026-03-01T10:00:00+01:00", "tags": ["Register", "Recht"], "image": "/bild.jpg"},
            {"id": "https://amt.example/neues/8", "content_text": "Kein <b>Markup</b>\n\nhier", "tags": "einzeln",
             "date_published": "irgendwann", "author": {"name": "Erika Muster"}, "language": "en"},
            "kein Objekt",
            {"id": "t", "title": "Fachtag", "_event": {"start": "2026-05-04", "end": "2026-05-05", "place": "Musterstadt",
             "online": true, "organiser": "Amt", "status": "cancelled"}},
        ],
    });
    let base = "https://amt.example/x/feed.json".parse().ok();
    let reading = read(&feed.to_string(), base.as_ref()).unwrap();
    let [first, second, third] = &reading.entries[..] else { panic!("three entries") };
    assert_eq!(reading.hints.hub.as_deref(), Some("https://hub.example/"));
    assert_eq!(first.guid.as_deref(), Some("7"));
    assert_eq!(first.url.as_deref(), Some("https://amt.example/neues/7"));
    assert_eq!(first.title.as_deref(), Some("Register & Recht"));
    assert_eq!(first.text.as_deref(), Some("Eins\nZwei"));
    assert_eq!(first.image.as_deref(), Some("https://amt.example/bild.jpg"));
    assert_eq!((first.authors.as_slice(), first.lang.as_deref()), (&["Pressestelle".to_owned()][..], Some("de")));
    assert_eq!(second.url.as_deref(), Some("https://amt.example/neues/8"));
    assert_eq!(second.text.as_deref(), Some("Kein <b>Markup</b>\nhier"));
    assert_eq!((second.authors.as_slice(), second.lang.as_deref()), (&["Erika Muster".to_owned()][..], Some("en")));
    assert_eq!(second.categories, ["einzeln"]);
    let event = third.event.as_ref().unwrap();
    assert_eq!((event.all_day, event.online, event.status), (true, true, Status::Cancelled));
    assert_eq!(event.end, When::parse("2026-05-05"));
    let complaints: Vec<_> = reading.complaints.iter().map(|c| (c.what.as_str(), c.entry)).collect();
    assert_eq!(complaints, [("date", Some(1)), ("entry", Some(2))]);
}

#[test]
fn whole_items_of_half_a_document_are_kept() {
    let reading = read(r#"{"title":"x","items":[{"id":"1"},{"id":"2"},{"id":"3","ti"#, None).unwrap();
    assert_eq!(reading.entries.len(), 2);
    assert_eq!(reading.complaints[0].what, "repaired");
}

#[test]
fn other_json_is_no_feed() {
    for json in ["{}", "[]", "{\"items\":1}", "{\"items", &"[".repeat(100_000), &"{\"items\":[".repeat(50_000)] {
        assert_eq!(read(json, None).map(|reading| reading.entries.len()).unwrap_or(0), 0, "{json:.20}");
    }
}
