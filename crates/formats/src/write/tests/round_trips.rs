//! For any items: what is read of what was written is what went in, and what was written is well-formed.
//!
//! Two things are lost on purpose. White space is folded and marks without width are dropped, since readers do so with
//! every document; and in JSON and in calendars, where text cannot say that it is HTML, so that many are silent about
//! it, what looks like HTML is read as HTML.

use std::sync::Arc;

use model::{Date, Entry, Event, Item, Kind, Moment, Source, State, Status, When};
use proptest::prelude::*;
use url::Url;

use super::{header, item, own_lines, read};
use crate::text;
use crate::write::{atom, calendar, clean, json_feed, opml, rss, urn};

/// Names that hold whatever a format separates or escapes by.
fn label(code: &str) -> String {
    format!("{code}, „A; B“ & <C> \\ \"D\" 'E'")
}

/// Any text, and texts made of what formats trip over.
fn words() -> BoxedStrategy<String> {
    let piece = prop_oneof![
        4 => "[a-zäöüß]{1,9} ",
        2 => Just("]]>".to_owned()),
        2 => Just("<![CDATA[".to_owned()),
        2 => Just("<b>fett</b>".to_owned()),
        1 => Just("<script>x".to_owned()),
        1 => Just("<!-- ".to_owned()),
        2 => Just("&amp;lt; & &uuml; &#8203; &".to_owned()),
        1 => Just("5 < 6 > 4 ".to_owned()),
        1 => Just("\\n\\,\\;:; ".to_owned()),
        1 => Just("\r\nEND:VEVENT\r\n".to_owned()),
        1 => Just("\u{0}\u{b}\u{1b}\u{7f}\u{85}\u{fffe}\u{ffff}".to_owned()),
        1 => Just("\u{202e}abc\u{202c} \u{200f}\u{feff}\u{ad}".to_owned()),
        1 => Just("👩\u{200d}👩\u{200d}👧🇩🇪 𝕬".to_owned()),
        1 => "[a-z]{200,900}",
    ];
    prop_oneof![
        3 => proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
    .boxed()
}

/// To the second, 1997 to 2060.
fn moment() -> impl Strategy<Value = Moment> {
    (852_073_200_i64..2_871_763_200).prop_map(|seconds| Moment::from_ms(seconds * 1000))
}

fn event() -> impl Strategy<Value = Event> {
    let days = (9_000_i64..40_000, 0_i64..20).prop_map(|(first, more)| {
        let day = |days| When::Day(Date::from_days(days));
        (day(first), (more > 0).then(|| day(first + more)))
    });
    let times = (moment(), 0_i64..100_000).prop_map(|(start, more)| {
        (When::At(start), (more > 0).then(|| When::At(Moment::from_ms(start.ms() + more * 1000))))
    });
    let status = prop_oneof![Just(Status::Confirmed), Just(Status::Tentative), Just(Status::Cancelled)];
    let text = || proptest::option::of(words());
    let registration = proptest::option::of(prop_oneof![
        Just("anmeldung@amt.example".to_owned()),
        "[a-z0-9;,%&=+]{0,90}".prop_map(|query| format!("https://amt.example/anmeldung?{query}")),
    ]);
    (prop_oneof![days, times], text(), text(), registration, any::<bool>(), status).prop_map(
        |((start, end), place, organiser, registration, online, status)| {
            let all_day = matches!(start, When::Day(_));
            Event { start, end, all_day, place, online, registration, organiser, status }
        },
    )
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let address = (any::<String>(), proptest::option::of(any::<String>())).prop_map(|(path, query)| {
        let mut url = Url::parse("https://amt.example/").unwrap();
        url.set_path(&path);
        url.set_query(query.as_deref());
        url.to_string()
    });
    let dates = (proptest::option::of(moment()), proptest::option::of(moment()));
    let labels = (proptest::sample::subsequence(State::ALL.to_vec(), 0..4), 0_usize..3);
    let one = ("[a-z0-9]{1,40}", words(), words(), address, dates, labels, proptest::option::of(event())).prop_map(
        |(id, title, summary, url, (published, updated), (states, topics), event)| Item {
            url,
            published,
            updated,
            states,
            topics: ["noots", "ozg"][..topics.min(2)].iter().map(|&topic| topic.to_owned()).collect(),
            kind: if event.is_some() { Kind::Event } else { Kind::News },
            ..item(&id, &title, &summary, event)
        },
    );
    proptest::collection::vec(one, 0..4)
}

/// How readers hand a text out.
fn plain(text: &str) -> String {
    text::fold(&text::unscramble(&clean(text)))
}

/// How readers hand out a text of JSON or of a calendar.
fn unmarked(text: &str) -> String {
    let text = clean(text);
    if text::looks_like_html(&text) { text::line(&text) } else { text::fold(&text) }
}

fn same(entry: &Entry, item: &Item, as_read: fn(&str) -> String) -> Result<(), TestCaseError> {
    prop_assert_eq!(entry.guid.clone(), Some(urn(&item.id)));
    // In a calendar a backslash begins an escape, so addresses are written without.
    prop_assert_eq!(entry.url.as_deref().map(escaped), Some(escaped(&item.url)));
    prop_assert_eq!(text::fold(entry.summary.as_deref().unwrap_or_default()), as_read(&item.summary));
    let mut names: Vec<_> = item.states.iter().map(|state| label(state.code())).collect();
    names.extend(item.topics.iter().map(|topic| label(topic)));
    prop_assert_eq!(&entry.categories, &names);
    Ok(())
}

fn escaped(url: &str) -> String {
    url.replace('\\', "%5C")
}

/// What the event module carries.
fn same_event(entry: &Entry, item: &Item, as_read: fn(&str) -> String) -> Result<(), TestCaseError> {
    let told = |event: &Event, read: fn(&str) -> String| {
        let text = |text: &Option<String>| read(text.as_deref().unwrap_or_default());
        (event.start, event.end, event.all_day, text(&event.place), text(&event.organiser))
    };
    let came_out = entry.event.as_ref().map(|event| told(event, str::to_owned));
    prop_assert_eq!(came_out, item.event.as_ref().map(|event| told(event, as_read)));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn atom_comes_back(items in items()) {
        let xml = atom(&header(&label), &items);
        prop_assert!(roxmltree::Document::parse(&xml).is_ok(), "{:?}", roxmltree::Document::parse(&xml));
        let reading = read(xml);
        prop_assert_eq!(&reading.complaints, &[]);
        prop_assert_eq!(reading.entries.len(), items.len());
        for (item, entry) in items.iter().zip(&reading.entries) {
            same(entry, item, plain)?;
            same_event(entry, item, plain)?;
            prop_assert_eq!(entry.title.clone().unwrap_or_default(), plain(&item.title));
            prop_assert_eq!(entry.published, item.published);
            prop_assert_eq!(entry.updated, item.updated.or(item.published).or(header(&label).updated));
        }
    }

    #[test]
    fn rss_comes_back(items in items()) {
        let xml = rss(&header(&label), &items);
        prop_assert!(roxmltree::Document::parse(&xml).is_ok(), "{:?}", roxmltree::Document::parse(&xml));
        let reading = read(xml);
        prop_assert_eq!(&reading.complaints, &[]);
        prop_assert_eq!(reading.entries.len(), items.len());
        for (item, entry) in items.iter().zip(&reading.entries) {
            same(entry, item, plain)?;
            same_event(entry, item, plain)?;
            prop_assert_eq!(entry.title.clone().unwrap_or_default(), plain(&item.title));
            prop_assert_eq!((entry.published, entry.updated), (item.published, item.updated));
        }
    }

    #[test]
    fn json_feed_comes_back(items in items()) {
        let json = json_feed(&header(&label), &items);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
        let reading = read(json);
        prop_assert_eq!(&reading.complaints, &[]);
        prop_assert_eq!(reading.entries.len(), items.len());
        for (item, entry) in items.iter().zip(&reading.entries) {
            same(entry, item, unmarked)?;
            same_event(entry, item, unmarked)?;
            prop_assert_eq!(entry.title.clone().unwrap_or_default(), unmarked(&item.title));
            prop_assert_eq!((entry.published, entry.updated), (item.published, item.updated));
            let rest = |event: &Event| (event.online, event.registration.clone(), event.status);
            prop_assert_eq!(entry.event.as_ref().map(rest), item.event.as_ref().map(rest));
        }
    }

    #[test]
    fn a_calendar_comes_back(items in items()) {
        let ics = calendar(&header(&label), &items);
        for line in ics.strip_suffix("\r\n").unwrap().split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
        let events: Vec<_> = items.iter().filter_map(|item| Some((item, item.event.as_ref()?))).collect();
        prop_assert_eq!(own_lines(&ics).filter(|line| *line == "BEGIN:VEVENT").count(), events.len());
        let reading = read(ics);
        prop_assert_eq!(&reading.complaints, &[]);
        prop_assert_eq!(reading.entries.len(), events.len());
        for ((item, event), entry) in events.into_iter().zip(&reading.entries) {
            same(entry, item, unmarked)?;
            prop_assert_eq!(entry.title.clone().unwrap_or_default(), text::fold(&clean(&item.title)));
            prop_assert_eq!((entry.published, entry.updated), (item.published, item.updated));
            let read = entry.event.clone().unwrap();
            let times = |event: &Event| (event.start, event.end, event.all_day, event.status);
            prop_assert_eq!(times(&read), times(event));
            let place = clean(event.place.as_deref().unwrap_or_default());
            // A place that looks like HTML is read as that.
            if text::line(&place) == text::fold(&place) {
                prop_assert_eq!((read.place.unwrap_or_default(), read.online), (text::fold(&place), event.online));
            }
            prop_assert_eq!(read.registration, event.registration.clone());
            let organiser = event.organiser.as_deref().map(|name| text::fold(&clean(name)));
            prop_assert_eq!(read.organiser, organiser.filter(|name| !name.is_empty()));
        }
    }

    #[test]
    fn a_list_of_sources_is_well_formed(name in words(), path in words(), topic in words()) {
        let address = format!("https://amt.example/{path}");
        let mut source = Source { url: address.clone(), topics: vec![topic], ..Source::default() };
        Arc::make_mut(&mut source.publisher).name.clone_from(&name);
        let xml = opml(&header(&label), &[source]);
        let read = roxmltree::Document::parse(&xml).unwrap();
        let outline = read.descendants().find(|node| node.has_tag_name("outline")).unwrap();
        for (attribute, want) in [("text", &name), ("title", &name)] {
            prop_assert_eq!(text::fold(outline.attribute(attribute).unwrap_or_default()), text::fold(&clean(want)));
        }
        prop_assert_eq!(outline.attribute("xmlUrl").and_then(|url| Url::parse(url).ok()), Url::parse(&address).ok());
    }

    /// What the feed as a whole says goes through the same hands, but from elsewhere: a search may be its title.
    #[test]
    fn any_header_is_well_formed(title in words(), address in any::<String>()) {
        let header = crate::write::Header {
            title: &title,
            subtitle: Some(&title),
            self_url: &address,
            home_url: &address,
            lang: &title,
            next: Some(&address),
            hub: Some(&address),
            ..header(&label)
        };
        for xml in [atom(&header, &[]), rss(&header, &[]), opml(&header, &[])] {
            prop_assert!(roxmltree::Document::parse(&xml).is_ok(), "{:?}", roxmltree::Document::parse(&xml));
        }
        prop_assert!(serde_json::from_str::<serde_json::Value>(&json_feed(&header, &[])).is_ok());
        let ics = calendar(&header, &[]);
        prop_assert!(ics.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{ics:?}");
    }
}
