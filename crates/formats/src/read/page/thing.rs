//! Things in the words of schema.org, from JSON-LD or microdata: articles and events.

use model::{Date, Entry, Event, Status, When};
use serde_json::Value;

use super::dom::Page;
use crate::read::place::is_online;
use crate::read::when;
use crate::text;

/// Most authors and keywords that are kept of one thing.
const MOST: usize = 50;

/// Whether a thing is of a type: the value may be a list, an address, or carry a prefix.
pub(super) fn is_a(thing: &Value, known: fn(&str) -> bool) -> bool {
    many(&thing["@type"])
        .iter()
        .filter_map(Value::as_str)
        .any(|name| known(name.rsplit(['/', '#', ':']).next().unwrap_or(name)))
}

/// Types of articles: `NewsArticle`, `ReportageNewsArticle`, `BlogPosting`, `Report`, …
pub(super) fn is_article(name: &str) -> bool {
    name.ends_with("Article") || matches!(name, "BlogPosting" | "LiveBlogPosting" | "Report" | "PressRelease")
}

/// Types of events: `Event`, `BusinessEvent`, `EducationEvent`, … but not the `PublicationEvent` of a programme.
pub(super) fn is_event(name: &str) -> bool {
    name.ends_with("Event") && !matches!(name, "PublicationEvent" | "BroadcastEvent" | "OnDemandEvent")
        || matches!(name, "Hackathon" | "CourseInstance")
}

/// A thing as an entry.
pub(super) fn entry(thing: &Value, page: &Page) -> Entry {
    let date = |name: &str| string(&thing[name]).and_then(|said| when::when(&said)).map(When::start);
    let title = ["headline", "name"].iter().find_map(|name| line(&thing[*name]));
    let address = ["url", "mainEntityOfPage", "@id"].iter().find_map(|name| {
        let value = &thing[*name];
        let address = string(value).or_else(|| string(&value["@id"])).or_else(|| string(&value["url"]))?;
        page.absolute(&address).filter(|_| !address.starts_with('#'))
    });
    let body = string(&thing["articleBody"]).map(|body| text::paragraphs(&body)).filter(|body| !body.is_empty());
    let mut categories: Vec<String> = Vec::new();
    for value in many(&thing["articleSection"]).iter().chain(many(&thing["keywords"])).take(MOST) {
        let said = line(value).or_else(|| line(&value["name"])).unwrap_or_default();
        categories
            .extend(said.split([',', ';']).map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).take(MOST));
    }
    let event = is_a(thing, is_event).then(|| event(thing)).flatten();
    Entry {
        title,
        url: address,
        summary: line(&thing["description"]),
        text: body,
        published: date("datePublished").or_else(|| date("dateCreated")).or_else(|| date("uploadDate")),
        updated: date("dateModified"),
        lang: string(&thing["inLanguage"]),
        image: many(&thing["image"]).iter().find_map(|image| {
            let address = string(image).or_else(|| string(&image["url"])).or_else(|| string(&image["contentUrl"]))?;
            page.absolute(&address)
        }),
        authors: names(&thing["author"]),
        categories,
        event,
        ..Entry::default()
    }
}

/// Names of people and bodies.
fn names(value: &Value) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for one in many(value).iter().take(MOST) {
        let name = line(&one["name"]).or_else(|| line(one)).filter(|name| !name.starts_with("http"));
        names.extend(name.filter(|name| !names.contains(name)));
    }
    names
}

fn event(thing: &Value) -> Option<Event> {
    let start = when::when(&string(&thing["startDate"])?)?;
    let end = string(&thing["endDate"]).and_then(|end| when::when(&end)).filter(|end| end.start() > start.start());
    let places = many(&thing["location"]);
    let place = places.iter().find_map(place);
    let mode = string(&thing["eventAttendanceMode"]).unwrap_or_default();
    let virtually = places.iter().any(|place| is_a(place, |name| name == "VirtualLocation"));
    let status = string(&thing["eventStatus"]).unwrap_or_default();
    let status = match status.rsplit('/').next() {
        Some("EventCancelled") => Status::Cancelled,
        Some("EventPostponed") => Status::Tentative,
        _ => Status::Confirmed,
    };
    let online = virtually || mode.ends_with("OnlineEventAttendanceMode") || mode.ends_with("MixedEventAttendanceMode");
    Some(Event {
        start,
        end,
        all_day: matches!(start, When::Day(_)),
        online: online || place.as_deref().is_some_and(is_online),
        place: place.filter(|place| !place.eq_ignore_ascii_case("online")),
        registration: many(&thing["offers"]).iter().find_map(|offer| string(&offer["url"])),
        organiser: names(&thing["organizer"]).into_iter().next(),
        status,
    })
}

/// "Rathaus, Marktplatz 1, 12345 Musterstadt".
fn place(value: &Value) -> Option<String> {
    if is_a(value, |name| name == "VirtualLocation") {
        return None;
    }
    let address = &value["address"];
    let town = [&address["postalCode"], &address["addressLocality"]].into_iter().filter_map(line).collect::<Vec<_>>();
    let parts =
        [line(&value["name"]).or_else(|| line(value)), line(address).or_else(|| line(&address["streetAddress"]))];
    let mut parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.extend(Some(town.join(" ")).filter(|town| !town.is_empty()));
    parts.dedup();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A list, or the one thing that stands in its place.
pub(super) fn many(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

/// A string, or a number where one belongs; empty is none.
pub(super) fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => return values.first().filter(|first| first.is_string()).and_then(string),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn line(value: &Value) -> Option<String> {
    string(value).map(|text| text::line(&text)).filter(|text| !text.is_empty())
}

/// Whether a day lies in the years in which something can have been published on the web, or is announced.
pub(super) fn is_plausible(day: Date) -> bool {
    (1990..=2100).contains(&day.year())
}
