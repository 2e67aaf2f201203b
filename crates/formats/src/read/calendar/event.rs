//! One VEVENT as an entry.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarDuration, ICalendarEntry, ICalendarMethod, ICalendarParameterName,
    ICalendarPeriod, ICalendarProperty as Property, ICalendarStatus, ICalendarValue,
};
use model::{Entry, Event, Moment, Status, When};
use url::Url;

use super::texts;
use super::zone::{self, Written, Zones};
use crate::read::address::absolute;
use crate::read::called_off;
use crate::read::place::is_online;
use crate::text;

/// What all events of a calendar share.
pub(super) struct Context<'a> {
    pub(super) zones: Zones,
    base: Option<&'a Url>,
    /// All of it is called off (RFC 5546).
    cancelled: bool,
    /// The newest stamp in the calendar, for want of a clock.
    pub(super) now: Moment,
}

impl<'a> Context<'a> {
    pub(super) fn new(calendar: &'a ICalendar, base: Option<&'a Url>) -> Self {
        let method = calendar.components.first().and_then(|frame| frame.property(&Property::Method)?.values.first());
        let cancelled = matches!(method, Some(ICalendarValue::Method(ICalendarMethod::Cancel)));
        let mut context = Context { zones: Zones::new(calendar), base, cancelled, now: Moment::from_ms(0) };
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

    /// An event as it stands, be it recurring or moved.
    pub(super) fn single(&self, component: &ICalendarComponent) -> Option<Entry> {
        let start_entry =
            component.property(&Property::Dtstart).or_else(|| component.property(&Property::RecurrenceId))?;
        let start = self.when(start_entry)?;
        let end = component.property(&Property::Dtend).and_then(|entry| self.when(entry));
        let end = end.or_else(|| {
            let entry = component.property(&Property::Duration)?;
            let Some(ICalendarValue::Duration(duration)) = entry.values.first() else { return None };
            self.after(start_entry, start, duration)
        });
        let mut entry = self.entry(component, start, end);
        entry.guid = component.uid().map(ToOwned::to_owned);
        if let Some(slot) = component.property(&Property::RecurrenceId) {
            // Its rule is not there to say what its clock showed.
            let said = slot.values.first().and_then(ICalendarValue::as_partial_date_time).map(digits);
            entry.guid = component.uid().zip(said).map(|(uid, said)| format!("{uid}#{said}"));
        }
        Some(entry)
    }

    /// The end of what lasts so long. Days are days of the calendar, hours are hours, also when the clock changes.
    fn after(&self, entry: &ICalendarEntry, start: When, duration: &ICalendarDuration) -> Option<When> {
        let seconds = duration.as_seconds();
        let at = match start {
            When::Day(day) => return Some(When::Day(day.plus_days(seconds / 86_400))),
            When::At(at) => at,
        };
        let days = i64::from(duration.weeks) * 7 + i64::from(duration.days);
        let (days, rest) = if duration.neg { (0, seconds) } else { (days, seconds - days * 86_400) };
        let zone = self.zones.of(entry).unwrap_or_else(|| self.zones.floating());
        let wall = zone::wall(at, &zone)?.checked_add(days.checked_mul(86_400)?)?;
        let end = if days == 0 { at } else { zone::moment(wall, &zone)? };
        Some(When::At(Moment::from_ms(end.ms().checked_add(rest.checked_mul(1000)?)?)))
    }

    /// An event whose start is not understood: it may still be read.
    pub(super) fn undated(&self, component: &ICalendarComponent) -> Entry {
        let mut entry = self.entry(component, When::At(Moment::from_ms(0)), None);
        entry.event = None;
        entry.guid = component.uid().map(ToOwned::to_owned);
        entry
    }

    fn entry(&self, component: &ICalendarComponent, start: When, end: Option<When>) -> Entry {
        let first = |property: &Property| texts(component, property).next().map(ToOwned::to_owned);
        let title = first(&Property::Summary).map(|title| text::fold(&title));
        let (title, called_off) = title.map_or((None, false), |title| match called_off::of(&title) {
            Some(rest) => (Some(rest), true),
            None => (Some(title), false),
        });
        let title = title.filter(|title| !title.is_empty());
        let description = first(&Property::Description).map(|text| described(&text)).filter(|text| !text.is_empty());
        let conference = first(&Property::Conference);
        let link = first(&Property::Url).and_then(|link| absolute(&link, self.base));
        // "Raum <b>2</b>" is marked up, "Raum < 3" is not.
        let plain = |place: String| if text::looks_like_html(&place) { text::line(&place) } else { text::fold(&place) };
        let place = first(&Property::Location).map(plain).filter(|place| !place.is_empty());
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
                status: match component.status() {
                    _ if called_off || self.cancelled => Status::Cancelled,
                    Some(ICalendarStatus::Cancelled) => Status::Cancelled,
                    Some(ICalendarStatus::Tentative) => Status::Tentative,
                    _ => Status::Confirmed,
                },
            }),
            title,
            summary: description,
            // DTSTAMP is the moment of the export in most calendars: as a date of change it would change at each visit.
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
        Some(match values(entry).next()? {
            Written::Day(day) => When::Day(day),
            Written::At(at) => When::At(at),
            Written::Wall(wall) => {
                let zone = self.zones.of(entry).unwrap_or_else(|| self.zones.floating());
                When::At(zone::moment(wall, &zone)?)
            }
        })
    }

    pub(super) fn moment(&self, component: &ICalendarComponent, property: &Property) -> Option<Moment> {
        component.property(property).and_then(|entry| self.when(entry)).map(When::start)
    }
}

/// The times of a property; of periods the start.
pub(super) fn values(entry: &ICalendarEntry) -> impl Iterator<Item = Written> {
    entry.values.iter().filter_map(|value| match value {
        ICalendarValue::PartialDateTime(date) => zone::written(date),
        ICalendarValue::Period(ICalendarPeriod::Range { start, .. } | ICalendarPeriod::Duration { start, .. }) => {
            zone::written(start)
        }
        _ => None,
    })
}

/// "20260325T100000" as the calendar wrote it.
fn digits(date: &PartialDateTime) -> String {
    let part = |part: Option<u8>| part.unwrap_or(0);
    let (day, time) = ((part(date.month), part(date.day)), (part(date.hour), part(date.minute)));
    let year = date.year.unwrap_or(0);
    format!("{year:04}{:02}{:02}T{:02}{:02}{:02}", day.0, day.1, time.0, time.1, part(date.second))
}

/// The last day, or the moment of the end, if it is after the start. DTEND of a day names the day after; where one of
/// the two is a day and the other a time, it is taken for what the start is.
pub(super) fn last(start: When, end: When) -> Option<When> {
    match (start, end) {
        (When::Day(first), end) => {
            let last = match end {
                When::Day(after) => after.plus_days(-1),
                When::At(at) => Moment::from_ms(at.ms().saturating_sub(1)).date(),
            };
            (last > first).then_some(When::Day(last))
        }
        (When::At(start), end) => (end.start() > start).then_some(When::At(end.start())),
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
