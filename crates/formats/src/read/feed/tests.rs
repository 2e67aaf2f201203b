//! What feeds write and what is read of it: fragments in, fields and complaints out.

use std::panic::AssertUnwindSafe;

use model::{Document, Entry, Reading, Source};
use url::Url;

const BASE: &str = "https://amt.example/rss/feed.xml";

fn reading(document: &str) -> Reading {
    super::read(document, Url::parse(BASE).ok().as_ref()).unwrap_or_default()
}

fn rss(inside: &str) -> Reading {
    reading(&format!("<rss version=\"2.0\"><channel>{inside}</channel></rss>"))
}

fn atom(inside: &str) -> Reading {
    reading(&format!("<feed xmlns=\"http://www.w3.org/2005/Atom\">{inside}</feed>"))
}

/// The one entry of an RSS item, or of an Atom entry.
fn item(inside: &str) -> Entry {
    rss(&format!("<item>{inside}</item>")).entries.remove(0)
}

fn entry(inside: &str) -> Entry {
    atom(&format!("<entry>{inside}</entry>")).entries.remove(0)
}

fn complaints(reading: &Reading) -> Vec<&str> {
    reading.complaints.iter().map(|complaint| complaint.text.as_str()).collect()
}

#[test]
fn titles() {
    for (inside, want) in [
        ("<title>Register &amp; Recht</title>", "Register & Recht"),
        ("<title><![CDATA[Register & Recht]]></title>", "Register & Recht"),
        ("<title>Gr&amp;uuml;ne Verwaltung</title>", "Grüne Verwaltung"),
        ("<title>Digital<b>check</b> startet</title>", "Digitalcheck startet"),
        ("<title>\n  Zeile\n  eins\n</title>", "Zeile eins"),
        ("<TITLE>Laut</TITLE>", "Laut"),
        ("<title/><dc:title>Ersatz</dc:title>", "Ersatz"),
        ("<dc:title>Ersatz</dc:title><title>Eigener</title>", "Eigener"),
        ("<title>MÃ¼nchen</title>", "München"),
        ("<title>A&lt;B</title>", "A<B"),
        ("<title>Eins</title><image><title>Bild</title></image>", "Eins"),
    ] {
        assert_eq!(item(inside).title.as_deref(), Some(want), "{inside}");
    }
    for (inside, want) in [
        ("<title>Vec&lt;u8></title>", "Vec<u8>"),
        ("<title type=\"html\">a &amp;lt; b</title>", "a < b"),
        ("<title type=\"xhtml\"><div>ein <em>Wort</em> mehr</div></title>", "ein Wort mehr"),
        ("<title mode=\"base64\">UmVnaXN0ZXIg\nw7xiZXI=</title>", "Register über"),
        ("<title type=\"application/octet-stream\">PGI+QW10PC9iPg==</title>", "Amt"),
        ("<title type=\"application/octet-stream\">Kein Base64!</title>", "Kein Base64!"),
    ] {
        assert_eq!(entry(inside).title.as_deref(), Some(want), "{inside}");
    }
}

#[test]
fn addresses() {
    for (inside, want) in [
        ("<link>https://amt.example/a</link>", Some("https://amt.example/a")),
        ("<link>\n/neues/1\n</link>", Some("https://amt.example/neues/1")),
        ("<link>neues/1</link>", Some("https://amt.example/rss/neues/1")),
        ("<link>https://amt.example/Köln und mehr</link>", Some("https://amt.example/Köln und mehr")),
        ("<link>/Köln</link>", Some("https://amt.example/Köln")),
        ("<link>www.amt.example/a</link>", Some("http://www.amt.example/a")),
        ("<link>mailto:a@amt.example</link>", None),
        ("<link>https://amt.example/alt</link><link>https://amt.example/neu</link>", Some("https://amt.example/neu")),
        ("<link>javascript:x</link><guid>https://amt.example/g</guid>", Some("https://amt.example/g")),
        ("<link>/a</link><guid>https://amt.example/g</guid>", Some("https://amt.example/a")),
        ("<guid>https://amt.example/g</guid>", Some("https://amt.example/g")),
        ("<guid>/g</guid>", Some("https://amt.example/g")),
        ("<guid>32972</guid>", None),
        ("<guid isPermaLink=\"true\">g.html</guid>", Some("https://amt.example/rss/g.html")),
        ("<guid isPermaLink=\"false\">/g</guid>", None),
        ("<guid isPermaLink=\"false\">https://amt.example/g</guid>", Some("https://amt.example/g")),
        ("<guid>12 at https://amt.example</guid>", None),
        ("<atom:link rel=\"self\" href=\"/feed\"/><atom:link href=\"/a\"/>", Some("https://amt.example/a")),
        ("<link xml:base=\"https://andere.example/x/\">a</link>", Some("https://andere.example/x/a")),
        ("<enclosure url=\"/a.mp3\" type=\"audio/mpeg\"/>", None),
    ] {
        assert_eq!(item(inside).url.as_deref(), want, "{inside}");
    }
    for (inside, want) in [
        ("<link href=\"/a\"/>", "https://amt.example/a"),
        ("<link rel=\"alternate\" type=\"application/pdf\" href=\"/p\"/><link href=\"/a\"/>", "https://amt.example/a"),
        ("<link hreflang=\"de-DE\" href=\"/de\"/><link hreflang=\"en\" href=\"/en\"/>", "https://amt.example/de"),
        ("<link rel=\"enclosure\">/film</link><link>/a</link>", "https://amt.example/a"),
        ("<link rel=\"replies\" href=\"/r\"/><link rel=\"related\" href=\"/v\"/>", "https://amt.example/v"),
        ("<id>HTTPS://amt.example/a</id>", "https://amt.example/a"),
    ] {
        assert_eq!(entry(inside).url.as_deref(), Some(want), "{inside}");
    }
}

#[test]
fn bases_nest() {
    let feed = "<feed xml:base=\"https://b.example/x/\"><entry xml:base=\"y/\"><link xml:base=\"z/\" href=\"a\"/></entry>\
                <entry xml:base=\"kein gültiger: [\"><link href=\"a\"/></entry></feed>";
    let urls: Vec<_> = reading(feed).entries.into_iter().filter_map(|entry| entry.url).collect();
    assert_eq!(urls, ["https://b.example/x/y/z/a", "https://b.example/x/a"]);
}

#[test]
fn prose() {
    for (inside, summary, text) in [
        ("<description>&lt;p&gt;Eins&lt;/p&gt;&lt;p&gt;Zwei</description>", Some("Eins\nZwei"), None),
        ("<description><p>Eins</p> <p>Zwei</p></description>", Some("Eins\nZwei"), None),
        ("<content:encoded><![CDATA[<p>Ganz</p>]]></content:encoded>", None, Some("Ganz")),
        ("<itunes:summary>Dritter</itunes:summary><dc:description>Zweiter</dc:description>", Some("Zweiter"), None),
        ("<description> </description><dc:description>Zweiter</dc:description>", Some("Zweiter"), None),
        ("<description>Eins<![CDATA[ und ]]>zwei &lt;b&gt;drei</description>", Some("Eins und zwei drei"), None),
    ] {
        let entry = item(inside);
        assert_eq!((entry.summary.as_deref(), entry.text.as_deref()), (summary, text), "{inside}");
    }
    let entry = entry("<summary>1 &lt; 2</summary><content type=\"image/png\">iVBORw0KGgo=</content>");
    assert_eq!((entry.summary.as_deref(), entry.text), (Some("1 < 2"), None));
}

#[test]
fn dates_and_their_substitutes() {
    for (inside, published, updated) in [
        ("<pubDate>nie</pubDate><dc:date>2026-03-02T10:00:00Z</dc:date>", Some("2026-03-02T11:00:00+01:00"), None),
        (
            "<dc:date>2026-03-05</dc:date><pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate>",
            Some("2026-03-02T10:00:00+01:00"),
            None,
        ),
        ("<atom:updated>2026-03-02T10:00:00Z</atom:updated>", None, Some("2026-03-02T11:00:00+01:00")),
        (
            "<pubDate>2026-03-02T10:00:00Z</pubDate><pubDate>2026-03-03T10:00:00Z</pubDate>",
            Some("2026-03-03T11:00:00+01:00"),
            None,
        ),
    ] {
        let entry = item(inside);
        let told = (entry.published.map(|at| at.to_string()), entry.updated.map(|at| at.to_string()));
        assert_eq!((told.0.as_deref(), told.1.as_deref()), (published, updated), "{inside}");
    }
}

#[test]
fn people_categories_pictures() {
    let entry = item(
        "<author>presse@amt.example (Pressestelle)</author><dc:creator>Erika Muster</dc:creator>\
         <category>Register</category><dc:subject>Recht &amp; Daten</dc:subject><category/>\
         <media:group><media:content medium=\"image\" url=\"/bild.jpg\"/></media:group>",
    );
    assert_eq!(entry.authors, ["Pressestelle", "Erika Muster"]);
    assert_eq!(entry.categories, ["Register", "Recht & Daten"]);
    assert_eq!(entry.image.as_deref(), Some("https://amt.example/bild.jpg"));
    let entry = self::entry("<author><name>Erika Muster</name></author><category term=\"r\" label=\"Register\"/>");
    assert_eq!((entry.authors, entry.categories), (vec!["Erika Muster".to_owned()], vec!["Register".to_owned()]));
}

#[test]
fn each_dialect_is_told() {
    for (document, format, title) in [
        ("<rss version=\"0.91\"><channel><item><title>x</title></item></channel></rss>", "rss0", "x"),
        ("<rss><channel><item><title>x</title></item></channel></rss>", "rss2", "x"),
        ("<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\"><channel/><item><title>x</title></item></rdf:RDF>", "rss1", "x"),
        (
            "<Channel xmlns=\"http://purl.org/net/rss1.1#\"><items><item><title>x</title></item></items></Channel>",
            "rss1",
            "x",
        ),
        (
            "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><entry><title>x</title></entry></feed>",
            "atom",
            "x",
        ),
        (
            "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:entry><a:title>x</a:title></a:entry></a:feed>",
            "atom",
            "x",
        ),
        ("<entry><title>x</title></entry>", "atom", "x"),
        ("<channel><item><title>x</title></item></channel>", "rss2", "x"),
        ("<CHANNEL><ITEM HREF=\"/a\" LASTMOD=\"2026-03-02T10:00Z\"><TITLE>x</TITLE></ITEM></CHANNEL>", "cdf", "x"),
    ] {
        let reading = reading(document);
        let told = (reading.format.as_str(), reading.entries[0].title.as_deref());
        assert_eq!((told, complaints(&reading)), ((format, Some(title)), vec![]), "{document}");
    }
}

#[test]
fn what_is_mended_is_told() {
    for (document, titles, want) in [
        (
            "PHP Warning<rss><item><title>x</title></item></rss>",
            vec!["x"],
            "mended: something before or after the feed",
        ),
        (
            "<rss><item><title>x</title></item></rss><script>y</script>",
            vec!["x"],
            "mended: something before or after the feed",
        ),
        ("<rss version=\"0.94\"><item><title>x</title></item></rss>", vec!["x"], "mended: a version that is none"),
        ("<rss><item><title>R & D</title></item></rss>", vec!["R & D"], "mended: 1 bare ampersand(s)"),
        ("<rss><item><title>&uuml;ber</title></item></rss>", vec!["über"], "mended: 1 HTML reference(s)"),
        ("<rss><item><dc:title>x</dc:title></item></rss>", vec!["x"], "mended: 1 element(s) with an undeclared prefix"),
        (
            "<rss><item><title>x</item><item><title>y</title></item></rss>",
            vec!["x", "y"],
            "mended: 1 element(s) without an end",
        ),
        ("<rss><item><title>x</title></b></item></rss>", vec!["x"], "mended: 1 end tag(s) of nothing"),
        ("<rss><item><title>x</title></item><item><title>ha", vec!["x"], "mended: the document ends in the middle"),
    ] {
        let reading = reading(document);
        let told: Vec<_> = reading.entries.iter().filter_map(|entry| entry.title.as_deref()).collect();
        assert_eq!((told, complaints(&reading)), (titles, vec![want]), "{document}");
    }
}

#[test]
fn a_whole_beginning_of_a_cut_entry_is_kept() {
    let cut = rss("<item><title>x</title><link>/a</link><description>Der Anfang").entries;
    assert_eq!(cut[0].summary.as_deref(), Some("Der Anfang"));
    let reading = reading("<rss><channel><item><title>x</title><link>/a</link><description>Der Anfang");
    assert_eq!(
        complaints(&reading),
        [
            "mended: the document ends in the middle",
            "the document ends inside this entry; what was whole of it is kept"
        ]
    );
    // Half an address leads elsewhere.
    assert!(self::reading("<rss><channel><item><title>x</title><link>https://amt.exam").entries.is_empty());
}

#[test]
fn one_odd_entry_is_one_complaint() {
    let reading =
        rss("<item><title>x</title><link>nirgends:</link><pubDate>heute</pubDate></item><item><title>y</title></item>");
    assert_eq!(complaints(&reading), ["no date is read from \"heute\"", "\"nirgends:\" is no address"]);
    assert_eq!((reading.complaints[0].entry, reading.entries.len()), (Some(0), 2));
}

#[test]
fn what_a_feed_asks_of_pollers() {
    let hints = |inside: &str| rss(inside).hints;
    assert_eq!(hints("<ttl>90 minutes</ttl>").ttl_minutes, Some(90));
    assert_eq!(hints("<ttl>0</ttl>").ttl_minutes, None);
    let syndicated = hints("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>");
    assert_eq!(syndicated.ttl_minutes, Some(360));
    assert_eq!(hints("<skipHours><hour>24</hour><hour>3</hour><hour>99</hour></skipHours>").skip_hours, [0, 3]);
    assert_eq!(hints("<skipDays><day>Sunday</day><day>Saturday</day></skipDays>").skip_days, [5, 6]);
    let links = atom("<link rel=\"hub\" href=\"https://hub.example/\"/><link rel=\"self\" href=\"/atom\"/>").hints;
    assert_eq!(links.hub.as_deref(), Some("https://hub.example/"));
    assert_eq!(links.own_url.as_deref(), Some("https://amt.example/atom"));
}

#[test]
fn the_language_of_the_feed_is_that_of_its_entries() {
    let feed = "<language>de_DE</language><item><title>x</title></item><item xml:lang=\"EN\"><title>y</title></item>";
    let langs: Vec<_> = rss(feed).entries.into_iter().filter_map(|entry| entry.lang).collect();
    assert_eq!(langs, ["de-de", "en"]);
}

/// feed-rs is strict and well kept: where it reads a document, we read as many entries, and their titles and dates.
#[test]
fn what_feed_rs_reads_is_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/feed");
    let mut compared = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let parser = feed_rs::parser::Builder::new().base_uri(Some(BASE)).build();
        let Ok(Ok(theirs)) = std::panic::catch_unwind(AssertUnwindSafe(|| parser.parse(&bytes[..]))) else {
            continue;
        };
        let document = Document { bytes, media_type: None, url: BASE.into() };
        let ours = crate::read(&document, &Source::default());
        assert!(ours.entries.len() >= theirs.entries.len());
        for (ours, theirs) in ours.entries.iter().zip(&theirs.entries) {
            compared += 1;
            assert_eq!(ours.title.is_some(), theirs.title.is_some());
            if let Some(at) = theirs.published {
                assert_eq!(ours.published.map(model::Moment::ms), Some(at.timestamp_millis()), "{:?}", ours.title);
            }
        }
    }
    assert!(compared >= 8, "{compared}");
}
