//! What must hold whatever comes in. Each function takes any bytes and fails loudly where something does not hold;
//! tests call them with mutated documents, fuzz targets with anything at all.

use std::ops::Range;

use formats::write;
use formats::write::Header;
use model::{
    Complaint, Document, Entry, Event, Format, Item, Kind, Moment, Reading, Select, Source, SourceRef, Story, When,
};

/// Most entries that any document may give.
const MOST_ENTRIES: usize = 20_000;
/// Most entries that are written and read again: the hundredth is no harder than the first.
const WRITTEN: usize = 40;
/// Longest text of a complaint, in characters: it is a sentence for an operator, not the document once more.
const LONGEST_COMPLAINT: usize = 1_000;

/// 2000 to 2100: what is no date of our time is not believed, neither by readers nor by those who make items.
const PLAUSIBLE: Range<Moment> = Moment::from_ms(946_684_800_000)..Moment::from_ms(4_102_444_800_000);

/// Where the documents are said to come from.
const URL: &str = "https://amt.example/pfad/dokument";

/// Reads a document as a source of that format would have it read.
#[must_use]
pub fn read(bytes: &[u8], format: Format) -> Reading {
    let mut source = Source { format, url: URL.into(), ..Source::default() };
    if format == Format::Html {
        source.select = vec![Select {
            item: "li, article, .teaser, tr".into(),
            date: Some("time, .date, .wann".into()),
            teaser: Some("p, .text".into()),
            kicker: Some(".kicker".into()),
            ..Select::default()
        }];
    }
    formats::read(&Document { bytes: bytes.to_vec(), media_type: None, url: URL.into() }, &source)
}

/// RSS, Atom, JSON Feed, or whatever else calls itself a feed.
pub fn feed(bytes: &[u8]) {
    holds(bytes, Format::Auto);
}

/// A page, as a list of news and as a list of events.
pub fn page(bytes: &[u8]) {
    holds(bytes, Format::Html);
    let mut source = Source { format: Format::Html, events: true, ..Source::default() };
    source.select = vec![Select { item: "li, .event, tr".into(), place: Some(".wo".into()), ..Select::default() }];
    reading_holds(&formats::read(&Document { bytes: bytes.to_vec(), media_type: None, url: URL.into() }, &source));
}

/// A calendar.
pub fn calendar(bytes: &[u8]) {
    holds(bytes, Format::Ics);
}

/// What a page says of itself for machines: the bytes stand in its JSON-LD.
pub fn json_ld(bytes: &[u8]) {
    let head = b"<!DOCTYPE html><title>Amt</title><script type=\"application/ld+json\">";
    holds(&[head, bytes, b"</script><article><a href=\"/1\">Meldung</a></article>"].concat(), Format::Html);
}

/// A date, in any form. What is read of it is a day of the calendar, and reads the same when written plainly.
pub fn date(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let found = [german::date::parse(&text), german::date::find(&text)];
    for parsed in found.into_iter().flatten() {
        let plain = match parsed {
            german::date::Parsed::Day(day) => day.to_string(),
            german::date::Parsed::At(at) => at.to_string(),
        };
        let again = german::date::parse(&plain);
        assert_eq!(again, Some(parsed), "{plain:?}, read of {text:?}, reads otherwise");
    }
}

/// Reads a document and checks all that must hold of it.
pub fn holds(bytes: &[u8], format: Format) -> Reading {
    let reading = read(bytes, format);
    assert_eq!(reading, read(bytes, format), "a document read twice reads alike");
    reading_holds(&reading);
    comes_back(&reading);
    reading
}

fn reading_holds(reading: &Reading) {
    assert!(reading.entries.len() <= MOST_ENTRIES, "{} entries", reading.entries.len());
    if reading.format == "none" {
        assert!(reading.entries.is_empty(), "entries of no format");
        assert!(!reading.complaints.is_empty(), "nothing is read, and nothing says why");
    }
    line(reading.title.as_deref(), "the title of the document");
    for address in [&reading.hints.hub, &reading.hints.own_url].into_iter().flatten() {
        web(address);
    }
    reading.complaints.iter().for_each(|complaint| complaint_holds(complaint, reading.entries.len()));
    reading.entries.iter().for_each(entry_holds);
}

fn complaint_holds(complaint: &Complaint, entries: usize) {
    assert_ne!(complaint.what, "panic", "a parser gave up in a panic");
    assert!(!complaint.what.is_empty() && !complaint.text.is_empty(), "{complaint:?}");
    assert!(complaint.text.chars().count() <= LONGEST_COMPLAINT, "{:.200}…", complaint.text);
    // An entry that is left out is counted where it would have stood.
    assert!(complaint.entry.is_none_or(|at| at <= entries.max(MOST_ENTRIES)), "{complaint:?}");
}

fn entry_holds(entry: &Entry) {
    line(entry.title.as_deref(), "a title");
    line(entry.kicker.as_deref(), "a kicker");
    entry.authors.iter().chain(&entry.categories).for_each(|name| line(Some(name), "a name"));
    for text in [&entry.summary, &entry.text].into_iter().flatten() {
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "control characters in {text:?}");
        assert!(!text.trim().is_empty(), "an empty text is none");
    }
    [&entry.url, &entry.image].into_iter().flatten().for_each(|address| web(address));
    if let Some(event) = &entry.event {
        event_holds(event);
    }
}

fn event_holds(event: &Event) {
    line(event.place.as_deref(), "a place");
    line(event.organiser.as_deref(), "an organiser");
    assert_eq!(event.all_day, matches!(event.start, When::Day(_)), "{event:?}");
    assert!(event.end.is_none_or(|end| end.end() > event.start.start()), "ends before it begins: {event:?}");
}

/// One line of text without control characters.
fn line(text: Option<&str>, what: &str) {
    let odd = |text: &str| text.contains(char::is_control);
    assert!(!text.is_some_and(odd), "control characters in {what}: {text:?}");
}

fn web(address: &str) {
    assert!(address.starts_with("http://") || address.starts_with("https://"), "{address:?} is no address of the web");
    assert!(!address.contains(char::is_control), "{address:?} holds a control character");
}

/// What was read is written in each format and read again: the same entries, and nothing to complain about.
fn comes_back(reading: &Reading) {
    let items: Vec<Item> = reading.entries.iter().take(WRITTEN).enumerate().map(item).collect();
    if items.is_empty() {
        return;
    }
    let label = |code: &str| code.to_owned();
    let header = Header {
        title: reading.title.as_deref().unwrap_or("Amt"),
        subtitle: None,
        self_url: "https://ticker.example/feeds/x",
        home_url: "https://ticker.example/",
        lang: "de",
        updated: Some(PLAUSIBLE.start),
        next: None,
        hub: None,
        label: &label,
    };
    for written in [write::atom(&header, &items), write::rss(&header, &items)] {
        let again = read(written.as_bytes(), Format::Feed);
        quiet(&again, &written);
        assert_eq!(again.entries.len(), items.len(), "{written}");
        for (item, entry) in items.iter().zip(&again.entries) {
            same(item, entry, &written);
        }
    }
    let json = read(write::json_feed(&header, &items).as_bytes(), Format::Feed);
    assert_eq!(json.entries.len(), items.len());
    let events: Vec<_> = items.iter().filter_map(|item| item.event.as_ref()).collect();
    let written = write::calendar(&header, &items);
    let again = read(written.as_bytes(), Format::Ics);
    quiet(&again, &written);
    let times: Vec<_> = again.entries.iter().filter_map(|entry| entry.event.as_ref().map(seconds)).collect();
    assert_eq!(times, events.into_iter().map(seconds).collect::<Vec<_>>(), "{written}");
}

/// Nothing to complain about, unless a title quotes the declaration of another charset.
fn quiet(again: &Reading, written: &str) {
    let odd: Vec<_> = again.complaints.iter().filter(|complaint| complaint.what != "charset").collect();
    assert!(odd.is_empty(), "{odd:?} of {written}");
}

/// An item as the house would make it of the entry, as far as writers look at it.
fn item((at, entry): (usize, &Entry)) -> Item {
    let date = |at: Option<Moment>| at.filter(|at| PLAUSIBLE.contains(at));
    let of_our_time = |event: &Event| PLAUSIBLE.contains(&event.start.start()) && PLAUSIBLE.contains(&event.over());
    // A calendar cannot say "from Monday to Tuesday at ten"; its writer makes days of both.
    let whole = |event: &Event| event.end.is_none_or(|end| matches!(end, When::Day(_)) == event.all_day);
    let of_our_time = |event: &Event| of_our_time(event) && whole(event);
    let event = entry.event.clone().filter(of_our_time);
    let kind = if event.is_some() { Kind::Event } else { Kind::News };
    Item {
        id: format!("n{at}"),
        kind,
        url: entry.url.clone().filter(|url| is_canonical(url)).unwrap_or_else(|| format!("{URL}#{at}")),
        title: entry.title.clone().unwrap_or_default(),
        kicker: None,
        summary: entry.summary.clone().unwrap_or_default(),
        published: date(entry.published),
        updated: date(entry.updated),
        lang: entry.lang.clone().unwrap_or_default(),
        source: SourceRef { id: "amt".into(), name: "Amt".into(), url: URL.into(), licence: None },
        states: Vec::new(),
        topics: Vec::new(),
        relevance: 1.0,
        story: Story::default(),
        image: None,
        event,
        why: Vec::new(),
    }
}

/// Readers may quote an address as its source wrote it; an item's is canonical, and holds nothing that is escaped.
fn is_canonical(address: &str) -> bool {
    address.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&byte))
}

fn same(item: &Item, entry: &Entry, written: &str) {
    let plain = |text: &str| formats::text::fold(&formats::text::unscramble(text));
    let told = (entry.title.as_deref().unwrap_or_default(), entry.summary.as_deref().unwrap_or_default());
    let told = (told.0.to_owned(), formats::text::fold(told.1));
    assert_eq!(told, (plain(&item.title), plain(&item.summary)), "{written}");
    assert_eq!(entry.url.as_deref(), Some(item.url.as_str()), "{written}");
    let event = |event: &Option<Event>| event.as_ref().map(seconds);
    assert_eq!(event(&entry.event), event(&item.event), "{written}");
}

/// When an event takes place, to the second, which is what feeds and calendars carry. An end that is no later than
/// the start is none.
fn seconds(event: &Event) -> (When, Option<When>) {
    let whole = |when: When| match when {
        When::Day(day) => When::Day(day),
        When::At(at) => When::At(Moment::from_ms(at.ms().div_euclid(1000) * 1000)),
    };
    let start = whole(event.start);
    (start, event.end.map(whole).filter(|end| end.start() > start.start()))
}
