//! The occurrences of one recurring event: its rules and dates, less what is excluded, with what was moved.
//!
//! Occurrences are told apart by the time that the event's own clock shows (a rule says "every Monday at ten",
//! whatever the summer time), and exclusions and moved occurrences are matched by it, in whichever zone they
//! were written.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use calcard::icalendar::{
    ICalendarComponent, ICalendarEntry, ICalendarParameterName, ICalendarPeriod, ICalendarProperty as Property,
    ICalendarValue,
};
use jiff::tz::TimeZone;
use model::{Date, Entry, Event, Moment, When};

use super::event::{Context, last, values};
use super::rule::{Budget, DAY, Rule, Wall};
use super::zone::{self, Written};

/// Most moved occurrences that hold for all that follow them; a course is moved for good once or twice.
const MOST_FUTURES: usize = 50;

/// One recurring event.
pub(super) struct Series<'a> {
    context: &'a Context<'a>,
    master: &'a ICalendarComponent,
    start: Wall,
    all_day: bool,
    zone: TimeZone,
}

/// An occurrence moved, and every one after it.
struct Future<'a> {
    since: Wall,
    series: Series<'a>,
    template: Entry,
}

impl<'a> Series<'a> {
    /// `None` if no start is read.
    pub(super) fn new(context: &'a Context<'a>, master: &'a ICalendarComponent) -> Option<Self> {
        let entry = master.property(&Property::Dtstart)?;
        let zone = context.zones.of(entry).unwrap_or_else(|| context.zones.floating());
        let (start, all_day, zone) = match values(entry).next()? {
            Written::Day(day) => (day.days() * DAY, true, zone),
            Written::Wall(wall) => (wall, false, zone),
            Written::At(at) => (zone::wall(at, &TimeZone::UTC)?, false, TimeZone::UTC),
        };
        Some(Series { context, master, start, all_day, zone })
    }

    /// When it begins first.
    pub(super) fn begins(&self) -> Option<Moment> {
        zone::moment(self.start, &self.zone)
    }

    /// The identity that the calendar gives it.
    pub(super) fn uid(&self) -> &'a str {
        self.master.uid().unwrap_or("without UID")
    }

    /// How much text each occurrence carries, in bytes, from 1.
    pub(super) fn weight(&self) -> usize {
        let entries = self.master.entries.iter().flat_map(|entry| entry.values.iter());
        1 + entries.filter_map(ICalendarValue::as_text).map(str::len).sum::<usize>()
    }

    /// The occurrences that begin inside the window, at most so many, in order. `None` if a rule has too many a day.
    pub(super) fn entries(
        &self,
        moved: &[&'a ICalendarComponent],
        window: &Range<Moment>,
        most: usize,
        budget: &mut Budget,
    ) -> Option<Vec<Entry>> {
        let slots = self.slots(window, most, budget)?;
        let template = self.context.single(self.master)?;
        let (mut moved, futures) = self.moved(moved);
        let mut entries = Vec::new();
        for (slot, until) in slots {
            if let Some(component) = moved.remove(&slot) {
                entries.extend(self.exception(component, slot));
                continue;
            }
            let future = futures.iter().rev().find(|future| future.since <= slot);
            let (series, template, shift) = match future {
                Some(future) => (&future.series, &future.template, future.series.start - future.since),
                None => (self, &template, 0),
            };
            entries.extend(series.occurrence(template, slot + shift, until, self.id(slot)));
        }
        // Moved here from outside the window, or of a slot that the rule does not have.
        let inside = |entry: &Entry| entry.event.as_ref().is_some_and(|event| window.contains(&event.start.start()));
        let left = moved.into_iter().filter_map(|(slot, component)| self.exception(component, slot));
        entries.extend(left.filter(inside));
        entries.retain(|entry| entry.event.is_some());
        entries.sort_by_key(|entry| entry.event.as_ref().map(|event| event.start.start()));
        entries.truncate(most);
        Some(entries)
    }

    /// When the occurrences begin by the event's own clock, and how long those last that say so themselves.
    fn slots(&self, window: &Range<Moment>, most: usize, budget: &mut Budget) -> Option<BTreeMap<Wall, Option<i64>>> {
        // A day of slack covers every zone; what begins outside falls out at the end.
        let edge =
            |at: Moment| zone::wall(at, &self.zone).unwrap_or(if at.ms() < 0 { i64::MIN / 4 } else { i64::MAX / 4 });
        let walls = edge(window.start) - DAY..edge(window.end) + DAY;
        let mut slots = BTreeMap::from([(self.start, None)]);
        for (rule, until) in self.rules() {
            if let Some(rule) = Rule::new(rule, self.start, until) {
                slots.extend(rule.walls(walls.clone(), most, budget)?.into_iter().map(|wall| (wall, None)));
            }
        }
        for entry in self.master.entries.iter().filter(|entry| entry.name == Property::Rdate) {
            slots.extend(entry.values.iter().filter_map(|value| self.added(entry, value)));
        }
        let (walls, days) = self.excluded();
        slots.retain(|wall, _| {
            let inside = zone::moment(*wall, &self.zone).is_some_and(|at| window.contains(&at));
            inside && !walls.contains(wall) && !days.contains(&wall.div_euclid(DAY))
        });
        Some(slots)
    }

    fn rules(&self) -> impl Iterator<Item = (&'a calcard::icalendar::ICalendarRecurrenceRule, Option<Wall>)> {
        let master = self.master;
        let entries = master.entries.iter().filter(|entry| entry.name == Property::Rrule);
        let rules = entries.flat_map(|entry| entry.values.iter()).filter_map(|value| match value {
            ICalendarValue::RecurrenceRule(rule) => Some(&**rule),
            _ => None,
        });
        rules.map(|rule| {
            let until = rule.until.as_ref().and_then(zone::written).and_then(|until| match until {
                // The day itself still counts.
                Written::Day(day) => Some(day.days() * DAY + DAY - 1),
                Written::Wall(wall) => Some(wall),
                Written::At(at) => zone::wall(at, &self.zone),
            });
            (rule, until)
        })
    }

    /// A date added to the rule, or a period, which brings its own end.
    fn added(&self, entry: &ICalendarEntry, value: &ICalendarValue) -> Option<(Wall, Option<i64>)> {
        let slot = |date| self.slot(entry, zone::written(date)?);
        match value {
            ICalendarValue::PartialDateTime(date) => Some((slot(date)?, None)),
            ICalendarValue::Period(ICalendarPeriod::Range { start, end }) => {
                let (start, end) = (slot(start)?, slot(end)?);
                Some((start, Some(end - start).filter(|length| *length > 0)))
            }
            ICalendarValue::Period(ICalendarPeriod::Duration { start, duration }) => {
                Some((slot(start)?, Some(duration.as_seconds()).filter(|length| *length > 0)))
            }
            _ => None,
        }
    }

    /// What is excluded: times, and days as a whole.
    fn excluded(&self) -> (HashSet<Wall>, HashSet<i64>) {
        let (mut walls, mut days) = (HashSet::new(), HashSet::new());
        for entry in self.master.entries.iter().filter(|entry| entry.name == Property::Exdate) {
            for value in values(entry) {
                match value {
                    Written::Day(day) => {
                        days.insert(day.days());
                    }
                    value => walls.extend(self.slot(entry, value)),
                }
            }
        }
        (walls, days)
    }

    /// What the event's own clock shows at a time written elsewhere.
    fn slot(&self, entry: &ICalendarEntry, value: Written) -> Option<Wall> {
        let wall = match value {
            Written::Day(day) => day.days() * DAY + self.start.rem_euclid(DAY),
            Written::At(at) => zone::wall(at, &self.zone)?,
            Written::Wall(wall) => match self.context.zones.of(entry) {
                Some(zone) if zone != self.zone => zone::wall(zone::moment(wall, &zone)?, &self.zone)?,
                _ => wall,
            },
        };
        Some(if self.all_day { wall.div_euclid(DAY) * DAY } else { wall })
    }

    /// Moved occurrences by the slot they had, of several for one slot the last version; and those that hold for all
    /// that follow.
    fn moved(&self, moved: &[&'a ICalendarComponent]) -> (BTreeMap<Wall, &'a ICalendarComponent>, Vec<Future<'a>>) {
        let mut slots: BTreeMap<Wall, &ICalendarComponent> = BTreeMap::new();
        let mut futures = HashMap::new();
        for component in moved {
            let Some(entry) = component.property(&Property::RecurrenceId) else { continue };
            let Some(slot) = values(entry).next().and_then(|value| self.slot(entry, value)) else { continue };
            if slots.get(&slot).is_some_and(|known| sequence(known) > sequence(component)) {
                continue;
            }
            slots.insert(slot, component);
            if entry.parameters(&ICalendarParameterName::Range).next().is_some() && futures.len() < MOST_FUTURES {
                let series = Series::new(self.context, component).filter(|series| series.all_day == self.all_day);
                if let Some((series, template)) = series.zip(self.context.single(component)) {
                    // Its clock may be another's: the shift is counted on it.
                    let since = zone::moment(slot, &self.zone).and_then(|at| zone::wall(at, &series.zone));
                    let shift = since.map_or(0, |since| since - slot);
                    let series = Series { start: series.start - shift, zone: self.zone.clone(), ..series };
                    futures.insert(slot, Future { since: slot, series, template });
                }
            }
        }
        let mut futures: Vec<Future> = futures.into_values().collect();
        futures.sort_by_key(|future| future.since);
        (slots, futures)
    }

    fn exception(&self, component: &ICalendarComponent, slot: Wall) -> Option<Entry> {
        let mut entry = self.context.single(component)?;
        entry.guid = self.id(slot);
        Some(entry)
    }

    /// The template at another time.
    fn occurrence(&self, template: &Entry, wall: Wall, length: Option<i64>, id: Option<String>) -> Option<Entry> {
        let event = template.event.as_ref()?;
        let (start, end) = if self.all_day {
            let day = Date::from_days(wall.div_euclid(DAY));
            let days = match (event.start, event.end, length) {
                (_, _, Some(length)) => length / DAY - 1,
                (When::Day(first), Some(When::Day(last)), None) => last.days() - first.days(),
                _ => 0,
            };
            (When::Day(day), (days > 0).then(|| When::Day(day.plus_days(days))))
        } else {
            let start = zone::moment(wall, &self.zone)?;
            let own = event.end.map(|end| end.start().ms() - event.start.start().ms());
            let end = length.map(|length| length * 1000).or(own).map(|length| Moment::from_ms(start.ms() + length));
            (When::At(start), end.map(When::At).and_then(|end| last(When::At(start), end)))
        };
        Some(Entry { guid: id, event: Some(Event { start, end, ..event.clone() }), ..template.clone() })
    }

    /// The identity of an occurrence: its rule's, and when it was to begin before it was moved.
    fn id(&self, slot: Wall) -> Option<String> {
        let uid = self.master.uid()?;
        let (day, second) = (Date::from_days(slot.div_euclid(DAY)), slot.rem_euclid(DAY));
        let (hour, minute) = (second / 3600, second / 60 % 60);
        let day = format!("{:04}{:02}{:02}", day.year(), day.month(), day.day());
        Some(format!("{uid}#{day}T{hour:02}{minute:02}{:02}", second % 60))
    }
}

fn sequence(component: &ICalendarComponent) -> i64 {
    match component.property(&Property::Sequence).and_then(|entry| entry.values.first()) {
        Some(ICalendarValue::Integer(number)) => *number,
        _ => 0,
    }
}
