//! Time zones by all the names that calendars give them, and the times of a calendar as points in time.
//!
//! In this order: a zone of the tz database, plain or at the end of a path
//! (`/freeassociation.sourceforge.net/Europe/Berlin`); a Windows or Outlook name; what the calendar itself
//! defines (`VTIMEZONE`); offsets in the name (`GMT +0100 (Standard) / GMT +0200 (Daylight)`).
//! Promises: what is none of these is Berlin's, and is told.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType as Type, ICalendarEntry, ICalendarFrequency,
    ICalendarParameterName, ICalendarProperty as Property, ICalendarValue,
};
use jiff::Timestamp;
use jiff::civil::{self, DateTime};
use jiff::tz::{Offset, TimeZone};
use model::{Date, Moment};

use super::rule::{DAY, Wall};

/// Most different zone names of one calendar; what comes after them is Berlin's.
const MOST_NAMES: usize = 500;
/// Longest name that is looked up.
const LONGEST_NAME: usize = 200;

/// The zones of one calendar.
pub(super) struct Zones {
    /// Of times that name none: the calendar's own (`X-WR-TIMEZONE`), or Berlin's.
    floating: TimeZone,
    defined: HashMap<String, TimeZone>,
    looked_up: RefCell<HashMap<String, TimeZone>>,
    unknown: RefCell<BTreeSet<String>>,
}

/// A date or time as it is written, before its zone is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A day.
    Day(Date),
    /// A time of the zone that is named beside it.
    Wall(Wall),
    /// A time with its offset: "Z".
    At(Moment),
}

impl Zones {
    pub(super) fn new(calendar: &ICalendar) -> Self {
        let berlin = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        let mut defined = HashMap::new();
        for component in calendar.components.iter().filter(|component| component.component_type == Type::VTimezone) {
            let name = component.property(&Property::Tzid).and_then(|entry| entry.values.first()?.as_text());
            let zone = component.timezone().and_then(|(_, zone)| known_to_calcard(zone));
            let zone = zone.or_else(|| posix(calendar, component));
            if let Some((name, zone)) = name.zip(zone)
                && defined.len() < MOST_NAMES
            {
                defined.insert(name.trim().to_owned(), zone);
            }
        }
        let own = calendar.components.first().and_then(|frame| {
            let entry = frame.entries.iter().find(|entry| entry.name.as_str() == "X-WR-TIMEZONE")?;
            by_name(entry.values.first()?.as_text()?)
        });
        let (looked_up, unknown) = (RefCell::default(), RefCell::default());
        Zones { floating: own.unwrap_or(berlin), defined, looked_up, unknown }
    }

    /// The zone of an entry: the one that its parameter names, else that of times that name none.
    pub(super) fn of(&self, entry: &ICalendarEntry) -> Option<TimeZone> {
        let name = entry.parameters(&ICalendarParameterName::Tzid).find_map(|value| value.as_text())?;
        Some(self.named(name.trim().trim_matches('"')))
    }

    /// The zone of times that name none.
    pub(super) fn floating(&self) -> TimeZone {
        self.floating.clone()
    }

    /// Names that nobody knows.
    pub(super) fn unknown(&self) -> Vec<String> {
        self.unknown.borrow().iter().cloned().collect()
    }

    fn named(&self, name: &str) -> TimeZone {
        if name.is_empty() || name.len() > LONGEST_NAME {
            return self.floating();
        }
        if let Some(zone) = self.looked_up.borrow().get(name) {
            return zone.clone();
        }
        let found = by_name(name).or_else(|| self.defined.get(name).cloned()).or_else(|| by_offsets(name));
        if self.looked_up.borrow().len() >= MOST_NAMES {
            return found.unwrap_or_else(|| self.floating());
        }
        if found.is_none() {
            self.unknown.borrow_mut().insert(name.to_owned());
        }
        let zone = found.unwrap_or_else(|| self.floating());
        self.looked_up.borrow_mut().insert(name.to_owned(), zone.clone());
        zone
    }
}

/// What a value says.
pub(super) fn written(date: &PartialDateTime) -> Option<Written> {
    let day = Date::new(i16::try_from(date.year?).ok()?, date.month?, date.day?)?;
    if !date.has_time() {
        return Some(Written::Day(day));
    }
    let (hour, minute, second) = (date.hour?, date.minute.unwrap_or(0), date.second.unwrap_or(0));
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let time = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second.min(59));
    let wall = day.days() * DAY + time;
    Some(match offset(date) {
        Some(offset) => Written::At(Moment::from_ms((wall - offset) * 1000)),
        None => Written::Wall(wall),
    })
}

/// Seconds east of Greenwich, if the value says any.
fn offset(date: &PartialDateTime) -> Option<i64> {
    let offset = i64::from(date.tz_hour?) * 3600 + i64::from(date.tz_minute.unwrap_or(0)) * 60;
    Some(if date.tz_minus { -offset } else { offset })
}

/// A wall clock as a point in time; in the hour that summer time skips the later clock counts, in the one that it
/// repeats the first.
pub(super) fn moment(wall: Wall, zone: &TimeZone) -> Option<Moment> {
    let at = zone.to_ambiguous_timestamp(civil_of(wall)?).compatible().ok()?;
    Some(Moment::from_ms(at.as_millisecond()))
}

/// What the clock shows at a point in time.
pub(super) fn wall(at: Moment, zone: &TimeZone) -> Option<Wall> {
    let at = Timestamp::from_millisecond(at.ms()).ok()?;
    Some(at.as_second() + i64::from(zone.to_offset(at).seconds()))
}

fn civil_of(wall: Wall) -> Option<DateTime> {
    let date = Date::from_days(wall.div_euclid(DAY));
    let second = wall.rem_euclid(DAY);
    let part = |value: i64| i8::try_from(value).ok();
    let time = civil::Time::new(part(second / 3600)?, part(second / 60 % 60)?, part(second % 60)?, 0).ok()?;
    let day = civil::Date::new(date.year(), i8::try_from(date.month()).ok()?, i8::try_from(date.day()).ok()?).ok()?;
    Some(day.to_datetime(time))
}

fn by_name(name: &str) -> Option<TimeZone> {
    if name.len() > LONGEST_NAME {
        return None;
    }
    // "America/Argentina/Buenos_Aires" has three parts, whatever stands before them.
    let parts: Vec<&str> = name.split('/').collect();
    let ends = [parts.len(), 3, 2].into_iter().filter(|length| *length <= parts.len());
    let found = ends.map(|length| parts[parts.len() - length..].join("/")).find_map(|name| tz_database(&name));
    found.or_else(|| known_to_calcard(name.parse().ok()?))
}

/// A name of the tz database. "EST" and "MET" are zones of it; "posixrules" and the like are not asked for.
fn tz_database(name: &str) -> Option<TimeZone> {
    (name.contains('/') || matches!(name, "UTC" | "GMT" | "CET" | "MET" | "EET" | "WET"))
        .then(|| TimeZone::get(name).ok())
        .flatten()
}

fn known_to_calcard(zone: Tz) -> Option<TimeZone> {
    match zone {
        Tz::Tz(zone) => TimeZone::get(zone.name()).ok(),
        Tz::Fixed(offset) => fixed(i64::from(offset.local_minus_utc())),
        Tz::Floating => None,
    }
}

fn fixed(seconds: i64) -> Option<TimeZone> {
    Some(TimeZone::fixed(Offset::from_seconds(i32::try_from(seconds).ok()?).ok()?))
}

/// "GMT +0100 (Standard) / GMT +0200 (Daylight)" is Central European Time, "UTC+11" a fixed offset.
fn by_offsets(name: &str) -> Option<TimeZone> {
    let offsets: Vec<i64> = name.match_indices(['+', '-']).filter_map(|(at, _)| offset_at(name, at)).take(3).collect();
    match offsets[..] {
        [3600, 7200] => TimeZone::get("Europe/Berlin").ok(),
        [0, 3600] => TimeZone::get("Europe/London").ok(),
        [7200, 10_800] => TimeZone::get("Europe/Athens").ok(),
        [only] if name.to_ascii_uppercase().starts_with(['U', 'G', '+', '-']) => fixed(only),
        _ => None,
    }
}

/// "+0100", "+01:00", "+11".
fn offset_at(name: &str, at: usize) -> Option<i64> {
    let digits: String =
        name[at + 1..].chars().filter(|c| *c != ':').take_while(char::is_ascii_digit).take(5).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse::<i64>().ok()?, 0),
        4 => (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?),
        _ => return None,
    };
    let seconds = hours * 3600 + minutes * 60;
    (seconds <= 14 * 3600).then(|| if name[at..].starts_with('-') { -seconds } else { seconds })
}

/// A zone that the calendar defines itself, by the rules that it ends with. Rules of the past are left out: what is
/// announced lies ahead.
fn posix(calendar: &ICalendar, zone: &ICalendarComponent) -> Option<TimeZone> {
    let mut latest: [Option<Observance>; 2] = [None, None];
    for id in zone.component_ids.iter().take(200) {
        let Some(component) = calendar.components.get(*id as usize) else { continue };
        let slot = match component.component_type {
            Type::Standard => &mut latest[0],
            Type::Daylight => &mut latest[1],
            _ => continue,
        };
        let Some(observance) = Observance::of(component) else { continue };
        if slot.as_ref().is_none_or(|known| known.since <= observance.since) {
            *slot = Some(observance);
        }
    }
    match latest {
        [Some(standard), Some(summer)] if standard.offset != summer.offset => {
            let (Some(winter_rule), Some(summer_rule)) = (&standard.rule, &summer.rule) else {
                // Given up by that zone, or told by dates alone: what was begun last holds.
                let last = if standard.since >= summer.since { standard.offset } else { summer.offset };
                return if [standard.offset, summer.offset] == [3600, 7200] {
                    TimeZone::get("Europe/Berlin").ok()
                } else {
                    fixed(last)
                };
            };
            let (standard, summer) = (in_posix(standard.offset), in_posix(summer.offset));
            TimeZone::posix(&format!("STD{standard}DST{summer},{summer_rule},{winter_rule}")).ok()
        }
        [Some(only), _] | [None, Some(only)] => fixed(only.offset),
        [None, None] => None,
    }
}

/// POSIX counts hours to the west.
fn in_posix(seconds: i64) -> String {
    let sign = if seconds > 0 { "-" } else { "" };
    let all = seconds.abs();
    format!("{sign}{}:{:02}:{:02}", all / 3600, all / 60 % 60, all % 60)
}

/// STANDARD or DAYLIGHT of a zone.
struct Observance {
    since: Wall,
    /// Seconds east of Greenwich.
    offset: i64,
    /// When it begins each year, as POSIX writes it: "M3.5.0/2:00:00".
    rule: Option<String>,
}

impl Observance {
    fn of(component: &ICalendarComponent) -> Option<Self> {
        let partial = |property: &Property| match component.property(property)?.values.first()? {
            ICalendarValue::PartialDateTime(date) => Some(date),
            _ => None,
        };
        let offset = offset(partial(&Property::Tzoffsetto)?)?;
        let since = match partial(&Property::Dtstart).and_then(|date| written(date)) {
            Some(Written::Wall(wall)) => wall,
            Some(Written::Day(day)) => day.days() * DAY,
            Some(Written::At(at)) => at.ms().div_euclid(1000),
            None => return None,
        };
        Some(Observance { since, offset, rule: yearly(component, since) })
    }
}

fn yearly(component: &ICalendarComponent, since: Wall) -> Option<String> {
    let ICalendarValue::RecurrenceRule(rule) = component.property(&Property::Rrule)?.values.first()? else {
        return None;
    };
    let ([month], [day]) = (&rule.bymonth[..], &rule.byday[..]) else { return None };
    if rule.freq != ICalendarFrequency::Yearly || rule.until.is_some() || rule.count.is_some() {
        return None;
    }
    // "the Sunday of the 8th to the 14th" is the second.
    let by_days = rule.bymonthday.iter().min().map(|first| i16::from((first - 1) / 7 + 1));
    let week = match day.ordwk.or(by_days)? {
        -1 => 5,
        week @ 1..=5 => week,
        _ => return None,
    };
    let time = since.rem_euclid(DAY);
    let weekday = day.weekday as u8;
    Some(format!("M{}.{week}.{weekday}/{}:{:02}:{:02}", month.month(), time / 3600, time / 60 % 60, time % 60))
}
