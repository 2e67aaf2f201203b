//! One VEVENT as an entry.

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::timezone::TzResolver;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarEntry, ICalendarParameterName, ICalendarProperty as Property,
    ICalendarStatus, ICalendarValue,
};
use model::{Date, Entry, Event, Moment, Status, When};
use url::Url;

use super::texts;
use crate::read::feed::absolute;
use crate::text;

/// What all events of a calendar share.
pub(super) struct Context<'a> {
    zones: TzResolver<&'a str>,
    base: Option<&'a Url>,
    /// The latest stamp in the calendar, for want of a clock.
    pub(super) now: Moment,
}

/// The zone of times that name none.
pub(super) fn berlin() -> Tz {
    "Europe/Berlin".parse().unwrap_or(Tz::UTC)
}

impl<'a> Context<'a> {
    pub(super) fn new(calendar: &'a ICalendar, base: Option<&'a Url>) -> Self {
        let zones = calendar.build_tz_resolver().with_default(berlin());
        let mut context = Context { zones, base, now: Moment::from_ms(i64::MIN / 2) };
        let events = || calendar.components.iter().filter(|component| component.component_type.is_event());
        let latest = |properties: &[Property]| {
            let named = |component| properties.iter().filter_map(|name| context.moment(component, name)).max();
            events().filter_map(named).max()
        };
        let now = latest(&[Property::Dtstamp, Property::LastModified, Property::Created]);
        // Unstamped, as no calendar should be: the latest event is taken for the present one.
        let now = now.or_else(|| latest(&[Property::Dtstart]));
        context.now = now.unwrap_or(Moment::from_ms(0));
        context
    }

    /// An event that takes place once.
    pub(super) fn single(&self, component: &ICalendarComponent) -> Option<Entry> {
        let start_entry =
            component.property(&Property::Dtstart).or_else(|| component.property(&Property::RecurrenceId))?;
        let start = self.when(start_entry)?;
        let end = component.property(&Property::Dtend).and_then(|entry| self.when(entry));
        let end = end.or_else(|| {
            let entry = component.property(&Property::Duration)?;
            let Some(ICalendarValue::Duration(duration)) = entry.values.first() else { return None };
            let seconds = duration.as_seconds();
            Some(match start {
                When::Day(day) => When::Day(day.plus_days(seconds / 86_400)),
                When::At(at) => When::At(Moment::from_ms(at.ms().checked_add(seconds.checked_mul(1000)?)?)),
            })
        });
        let mut entry = self.entry(component, start, end);
        entry.guid = component.uid().map(ToOwned::to_owned);
        if component.is_recurrence_override() {
            entry.guid = self.instance_id(component, "");
        }
        Some(entry)
    }

    /// One occurrence of a rule; `wall` is its start in its own zone.
    pub(super) fn occurrence(
        &self,
        component: &ICalendarComponent,
        wall: &str,
        start: Moment,
        end: Moment,
    ) -> Option<Entry> {
        let dated = component.property(&Property::Dtstart).and_then(partial).is_some_and(|date| !date.has_time());
        let (start, end) = if dated {
            let day = Date::parse(&format!("{}-{}-{}", wall.get(..4)?, wall.get(4..6)?, wall.get(6..8)?))?;
            let days = ((end.ms() - start.ms()) + 43_200_000) / 86_400_000;
            (When::Day(day), When::Day(day.plus_days(days)))
        } else {
            (When::At(start), When::At(end))
        };
        let mut entry = self.entry(component, start, Some(end));
        entry.guid = self.instance_id(component, wall);
        Some(entry)
    }

    /// An event whose start is not understood: it may still be read.
    pub(super) fn undated(&self, component: &ICalendarComponent) -> Entry {
        let mut entry = self.entry(component, When::At(Moment::from_ms(0)), None);
        entry.event = None;
        entry.guid = component.uid().map(ToOwned::to_owned);
        entry
    }

    /// The identity of an occurrence: its rule's, and when it was to begin before it was moved.
    fn instance_id(&self, component: &ICalendarComponent, wall: &str) -> Option<String> {
        let uid = component.uid()?;
        let moved = component.property(&Property::RecurrenceId).and_then(partial);
        let wall = moved.map_or_else(
            || wall.to_owned(),
            |date| {
                let part = |part: Option<u8>| part.unwrap_or(0);
                let (day, time) = ((part(date.month), part(date.day)), (part(date.hour), part(date.minute)));
                let year = date.year.unwrap_or(0);
                format!("{year:04}{:02}{:02}T{:02}{:02}{:02}", day.0, day.1, time.0, time.1, part(date.second))
            },
        );
        Some(format!("{uid}#{wall}"))
    }

    fn entry(&self, component: &ICalendarComponent, start: When, end: Option<When>) -> Entry {
        let first = |property: &Property| texts(component, property).next().map(ToOwned::to_owned);
        let title = first(&Property::Summary).map(|title| text::fold(&title)).filter(|title| !title.is_empty());
        let description = first(&Property::Description).map(|text| described(&text)).filter(|text| !text.is_empty());
        let conference = first(&Property::Conference);
        let link = first(&Property::Url).and_then(|link| absolute(&link, self.base));
        let place = first(&Property::Location).map(|place| text::line(&place)).filter(|place| !place.is_empty());
        let online = conference.is_some() || place.as_deref().is_some_and(is_online);
        Entry {
            url: link,
            event: Some(Event {
                start,
                end: end.and_then(|end| last(start, end)),
                all_day: matches!(start, When::Day(_)),
                // "Online" is no place; "Musterstadt und online" is.
                place: place
                    .filter(|place| !is_only_online(place))
                    .map(|place| place.strip_suffix(" / Online").map(ToOwned::to_owned).unwrap_or(place)),
                online,
                registration: extension(component, "X-AMTSTICKER-REGISTRATION"),
                organiser: component
                    .property(&Property::Organizer)
                    .and_then(organiser)
                    .or_else(|| extension(component, "X-AMTSTICKER-ORGANISER")),
                status: status(component, title.as_deref()),
            }),
            title,
            summary: description,
            published: self.moment(component, &Property::Created),
            updated: self.moment(component, &Property::LastModified),
            categories: texts(component, &Property::Categories)
                .map(text::fold)
                .filter(|name| !name.is_empty())
                .collect(),
            ..Entry::default()
        }
    }

    fn when(&self, entry: &ICalendarEntry) -> Option<When> {
        let date = partial(entry)?;
        if !date.has_time() {
            let (year, month, day) = (date.year?, date.month?, date.day?);
            return Date::new(i16::try_from(year).ok()?, month, day).map(When::Day);
        }
        let zone = entry.parameters(&ICalendarParameterName::Tzid).next().and_then(|value| value.as_text());
        let zone = self.zones.resolve_or_default(zone);
        if let Some(at) = date.to_date_time_with_tz(zone) {
            return Some(When::At(Moment::from_ms(at.timestamp_millis())));
        }
        // In the hour that summer time skips or repeats calcard gives nothing: an hour after the one before
        // is the later clock in spring and the first of the two in autumn.
        let before = PartialDateTime { hour: date.hour?.checked_sub(1), ..date.clone() };
        let before = before.to_date_time_with_tz(zone)?;
        Some(When::At(Moment::from_ms(before.timestamp_millis() + 3_600_000)))
    }

    pub(super) fn moment(&self, component: &ICalendarComponent, property: &Property) -> Option<Moment> {
        component.property(property).and_then(|entry| self.when(entry)).map(When::start)
    }
}

fn partial(entry: &ICalendarEntry) -> Option<&PartialDateTime> {
    entry.values.first().and_then(ICalendarValue::as_partial_date_time)
}

/// The last day, or the moment of the end, if it is after the start. DTEND of a day names the day after.
fn last(start: When, end: When) -> Option<When> {
    match (start, end) {
        (When::Day(first), When::Day(after)) => {
            let last = after.plus_days(-1);
            (last > first).then_some(When::Day(last))
        }
        (_, end) => (end.start() > start.start()).then_some(end),
    }
}

/// Cancelled by its status, or by what German councils write into the summary.
fn status(component: &ICalendarComponent, title: Option<&str>) -> Status {
    let title = title.unwrap_or("").to_lowercase();
    let called_off = ["entfällt", "abgesagt", "fällt aus"].iter().any(|words| title.contains(words));
    match component.status() {
        Some(ICalendarStatus::Cancelled) => Status::Cancelled,
        _ if called_off => Status::Cancelled,
        Some(ICalendarStatus::Tentative) => Status::Tentative,
        _ => Status::Confirmed,
    }
}

fn organiser(entry: &ICalendarEntry) -> Option<String> {
    let name = entry.parameters(&ICalendarParameterName::Cn).next().and_then(|value| value.as_text());
    name.map(text::fold).filter(|name| !name.is_empty() && !name.contains('@'))
}

/// What our own calendars add (see [`crate::write::calendar`]).
fn extension(component: &ICalendarComponent, name: &str) -> Option<String> {
    let entry = component.entries.iter().find(|entry| entry.name.as_str() == name)?;
    entry.values.first().and_then(ICalendarValue::as_text).map(text::fold).filter(|value| !value.is_empty())
}

fn is_online(place: &str) -> bool {
    let place = place.to_lowercase();
    ["online", "virtuell", "webex", "zoom", "videokonferenz", "teams-"].iter().any(|word| place.contains(word))
}

fn is_only_online(place: &str) -> bool {
    let place = place.to_lowercase();
    matches!(place.as_str(), "online" | "virtuell" | "webex" | "zoom" | "videokonferenz" | "online-veranstaltung")
        || (place.starts_with("http") && !place.contains(' '))
}

/// A description is plain text with line feeds, but many calendars put HTML there.
fn described(text: &str) -> String {
    if text::looks_like_html(text) {
        return text::paragraphs(text);
    }
    let lines: Vec<_> = text.lines().map(text::fold).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
