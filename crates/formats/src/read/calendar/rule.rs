//! The occurrences of a recurrence rule (RFC 5545 3.3.10) as wall-clock times.
//!
//! Written here because an open-ended rule of 1995 must not be followed day by day to the present, a rule for
//! 30 February must come to an end, and one for every second must not fill the memory: each day that is looked at
//! and each occurrence that is made costs one step of a budget that the whole calendar shares.
//!
//! Refuses: `RSCALE` other than Gregorian is read as Gregorian, `BYSETPOS` of hours and less is read over.

use std::ops::Range;

use calcard::icalendar::{
    ICalendarDay, ICalendarFrequency as Every, ICalendarMonth, ICalendarRecurrenceRule, ICalendarWeekday,
};
use model::Date;

/// Seconds since 1970-01-01 on a clock without a zone.
pub(super) type Wall = i64;

pub(super) const DAY: i64 = 86_400;

/// Most times of day that one day of a rule may have: a rule for every second of it is no event.
const MOST_TIMES: usize = 288;

/// A rule that is being followed.
pub(super) struct Rule<'r> {
    rule: &'r ICalendarRecurrenceRule,
    start: Wall,
    interval: i64,
    /// Last that counts.
    until: Wall,
    months: Vec<u8>,
    month_days: Vec<i8>,
    weekdays: Vec<ICalendarDay>,
    week_start: i64,
}

/// Where the steps went.
pub(super) struct Budget {
    pub(super) steps: usize,
}

impl Budget {
    /// Takes a step; false if there is none left.
    fn step(&mut self) -> bool {
        let left = self.steps > 0;
        self.steps = self.steps.saturating_sub(1);
        left
    }
}

/// What is gathered on the way.
struct Found {
    window: Range<Wall>,
    most: usize,
    left: Option<u32>,
    walls: Vec<Wall>,
}

impl Found {
    /// Takes an occurrence; false if no more are wanted.
    fn add(&mut self, wall: Wall) -> bool {
        if wall >= self.window.end {
            return false;
        }
        if wall >= self.window.start {
            self.walls.push(wall);
        }
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(1);
        }
        self.left != Some(0) && self.walls.len() < self.most
    }
}

impl<'r> Rule<'r> {
    /// The rule of an event that begins at `start`; `None` if it says nothing that can be followed.
    pub(super) fn new(rule: &'r ICalendarRecurrenceRule, start: Wall, until: Option<Wall>) -> Option<Self> {
        let interval = i64::from(rule.interval.unwrap_or(1));
        if interval == 0 || rule.count == Some(0) {
            return None;
        }
        let first = Date::from_days(start.div_euclid(DAY));
        let mut months: Vec<u8> = rule.bymonth.iter().map(ICalendarMonth::month).collect();
        let mut month_days = rule.bymonthday.clone();
        let mut weekdays = rule.byday.clone();
        let days_said =
            !(month_days.is_empty() && weekdays.is_empty() && rule.byyearday.is_empty() && rule.byweekno.is_empty());
        // What the rule leaves open, the first occurrence says.
        match rule.freq {
            Every::Yearly if !days_said => {
                if months.is_empty() {
                    months.push(first.month());
                }
                month_days.push(i8::try_from(first.day()).unwrap_or(1));
            }
            Every::Monthly if !days_said => month_days.push(i8::try_from(first.day()).unwrap_or(1)),
            Every::Weekly if weekdays.is_empty() => {
                weekdays.push(ICalendarDay { ordwk: None, weekday: from_monday(first.weekday()) });
            }
            _ => {}
        }
        let week_start = rule.wkst.map_or(0, |day| i64::from(monday_based(day)));
        let until = until.unwrap_or(Wall::MAX);
        Some(Rule { rule, start, interval, until, months, month_days, weekdays, week_start })
    }

    /// The occurrences inside the window, in order, at most so many; `None` if it has too many in a day.
    pub(super) fn walls(&self, window: Range<Wall>, most: usize, budget: &mut Budget) -> Option<Vec<Wall>> {
        let end = window.end.min(self.until.saturating_add(1));
        let window = window.start..end;
        let mut found = Found { window, most, left: self.rule.count, walls: Vec::new() };
        if self.rule.freq >= Every::Hourly {
            self.within_days(&mut found, budget);
        } else {
            let times = self.times()?;
            self.by_days(&times, &mut found, budget);
        }
        Some(found.walls)
    }

    /// Years, months, weeks and days: of each all days that fit, at all times of day.
    fn by_days(&self, times: &[i64], found: &mut Found, budget: &mut Budget) {
        let mut set = Vec::new();
        for turn in self.first_turn(found).. {
            let days = self.period(turn * self.interval);
            if days.start * DAY >= found.window.end || days.is_empty() {
                return;
            }
            set.clear();
            for day in days {
                if !budget.step() {
                    return;
                }
                if self.fits(Date::from_days(day)) {
                    set.extend(times.iter().map(|time| day * DAY + time));
                }
            }
            for at in self.positions(set.len()) {
                let wall = set[at];
                if wall >= self.start && !(budget.step() && found.add(wall)) {
                    return;
                }
            }
        }
    }

    /// Hours, minutes and seconds, counted from the start: of each day that fits those that fit.
    fn within_days(&self, found: &mut Found, budget: &mut Budget) {
        let unit = match self.rule.freq {
            Every::Hourly => 3600,
            Every::Minutely => 60,
            _ => 1,
        };
        let step = unit * self.interval;
        let (base, rest) = (self.start.div_euclid(unit) * unit, self.start.rem_euclid(unit));
        let inner = self.inner_times(rest);
        let from = if found.left.is_some() { self.start } else { self.start.max(found.window.start - DAY) };
        for day in from.div_euclid(DAY)..=found.window.end.div_euclid(DAY) {
            if !budget.step() {
                return;
            }
            if !self.fits(Date::from_days(day)) {
                continue;
            }
            let mut at = base + (day * DAY - base).max(0).div_ceil_step(step);
            while at < (day + 1) * DAY {
                if !budget.step() {
                    return;
                }
                if self.fits_time(at) {
                    for wall in inner.iter().map(|inner| at + inner).filter(|wall| *wall >= self.start) {
                        if !(budget.step() && found.add(wall)) {
                            return;
                        }
                    }
                }
                at += step;
            }
        }
    }

    /// Where to begin: with a count at the start, else shortly before the window.
    fn first_turn(&self, found: &Found) -> i64 {
        if found.left.is_some() {
            return 0;
        }
        let (start, from) = (self.start.div_euclid(DAY), found.window.start.div_euclid(DAY));
        // Periods are never shorter than this many days, so that no turn is skipped that reaches the window.
        let longest = match self.rule.freq {
            Every::Yearly => 366,
            Every::Monthly => 31,
            Every::Weekly => 7,
            _ => 1,
        };
        ((from - start) / (longest * self.interval) - 2).max(0)
    }

    /// The days of the period so many periods after the first.
    fn period(&self, ahead: i64) -> Range<i64> {
        let first = Date::from_days(self.start.div_euclid(DAY));
        let month = |months: i64| {
            let year = i16::try_from(months.div_euclid(12)).ok()?;
            Some(Date::new(year, u8::try_from(months.rem_euclid(12)).ok()? + 1, 1)?.days())
        };
        let of_months = |from: i64, length: i64| Some(month(from)?..month(from + length)?);
        let months = i64::from(first.year()) * 12 + i64::from(first.month()) - 1;
        match self.rule.freq {
            Every::Yearly => of_months((i64::from(first.year()) + ahead) * 12, 12).unwrap_or(0..0),
            Every::Monthly => of_months(months + ahead, 1).unwrap_or(0..0),
            Every::Weekly => {
                let back = (i64::from(first.weekday()) - self.week_start).rem_euclid(7);
                let monday = first.days() - back + ahead * 7;
                monday..monday + 7
            }
            _ => first.days() + ahead..first.days() + ahead + 1,
        }
    }

    /// Whether a day passes all that the rule says of days.
    fn fits(&self, day: Date) -> bool {
        let (length, year) = (month_length(day), Date::new(day.year(), 1, 1).map_or(0, Date::days));
        let of_year = day.days() - year + 1;
        let year_length = if month_length_of(day.year(), 2) == 29 { 366 } else { 365 };
        let either = |said: i64, at: i64, all: i64| said == at || said == at - all - 1;
        (self.months.is_empty() || self.months.contains(&day.month()))
            && (self.month_days.is_empty()
                || self.month_days.iter().any(|said| either((*said).into(), day.day().into(), length)))
            && (self.rule.byyearday.is_empty()
                || self.rule.byyearday.iter().any(|said| either((*said).into(), of_year, year_length)))
            && (self.weekdays.is_empty() || self.fits_weekday(day, length, of_year, year_length))
            && (self.rule.byweekno.is_empty() || self.fits_week(day))
    }

    /// "MO" is every Monday, "2MO" the second and "-1MO" the last of the month or the year.
    fn fits_weekday(&self, day: Date, length: i64, of_year: i64, year_length: i64) -> bool {
        let yearly = self.rule.freq == Every::Yearly;
        let (at, all) = match self.rule.freq {
            Every::Yearly if self.months.is_empty() => (of_year, year_length),
            Every::Yearly | Every::Monthly => (i64::from(day.day()), length),
            _ => (0, 0),
        };
        // With week numbers a weekday is one of the week.
        let numbered = all > 0 && (!yearly || self.rule.byweekno.is_empty());
        self.weekdays.iter().filter(|said| monday_based(said.weekday) == day.weekday()).any(|said| match said.ordwk {
            Some(number) if numbered => {
                let number = i64::from(number);
                number == (at - 1) / 7 + 1 || number == -((all - at) / 7 + 1)
            }
            _ => true,
        })
    }

    /// Weeks are numbered as in ISO 8601, from the first that has four days in the year.
    fn fits_week(&self, day: Date) -> bool {
        let back = (i64::from(day.weekday()) - self.week_start).rem_euclid(7);
        let middle = day.plus_days(3 - back);
        let first = Date::new(middle.year(), 1, 1).map_or(0, Date::days);
        let number = (middle.days() - first) / 7 + 1;
        let last = (Date::new(middle.year(), 12, 31).map_or(0, Date::days) - middle.days()) / 7;
        self.rule.byweekno.iter().any(|said| i64::from(*said) == number || i64::from(*said) == -(last + 1))
    }

    fn fits_time(&self, wall: Wall) -> bool {
        let second = wall.rem_euclid(DAY);
        let within = |said: &[u8], at: i64| said.is_empty() || said.iter().any(|said| i64::from(*said) == at);
        within(&self.rule.byhour, second / 3600)
            && (self.rule.freq < Every::Minutely || within(&self.rule.byminute, second / 60 % 60))
            && (self.rule.freq < Every::Secondly || within(&self.rule.bysecond, second % 60))
    }

    /// The seconds of the day, in order.
    fn times(&self) -> Option<Vec<i64>> {
        let start = self.start.rem_euclid(DAY);
        let said = |said: &[u8], most: u8, own: i64| match said {
            [] => vec![own],
            said => sorted(said.iter().filter(|part| **part <= most).map(|part| i64::from(*part))),
        };
        let hours = said(&self.rule.byhour, 23, start / 3600);
        let minutes = said(&self.rule.byminute, 59, start / 60 % 60);
        let seconds = said(&self.rule.bysecond, 59, start % 60);
        if hours.len() * minutes.len() * seconds.len() > MOST_TIMES {
            return None;
        }
        let all = hours.iter().flat_map(|hour| minutes.iter().map(move |minute| hour * 3600 + minute * 60));
        Some(all.flat_map(|time| seconds.iter().map(move |second| time + second)).collect())
    }

    /// What an hour or a minute holds, in seconds: `rest` of it unless the rule says more.
    fn inner_times(&self, rest: i64) -> Vec<i64> {
        let said = |said: &[u8], own: i64| match said {
            [] => vec![own],
            said => sorted(said.iter().filter(|part| **part <= 59).map(|part| i64::from(*part))),
        };
        match self.rule.freq {
            Every::Hourly => {
                let seconds = said(&self.rule.bysecond, rest % 60);
                let minutes = said(&self.rule.byminute, rest / 60);
                minutes.iter().flat_map(|minute| seconds.iter().map(move |second| minute * 60 + second)).collect()
            }
            Every::Minutely => said(&self.rule.bysecond, rest),
            _ => vec![0],
        }
    }

    /// Which of so many are meant: all, or those that `BYSETPOS` names, in order.
    fn positions(&self, all: usize) -> Vec<usize> {
        if self.rule.bysetpos.is_empty() {
            return (0..all).collect();
        }
        let length = i64::try_from(all).unwrap_or(i64::MAX);
        let place = |said: &i32| if *said > 0 { i64::from(*said) - 1 } else { length + i64::from(*said) };
        let places = self.rule.bysetpos.iter().filter(|said| **said != 0).map(place);
        let places = sorted(places.filter(|place| (0..length).contains(place)));
        places.into_iter().filter_map(|place| usize::try_from(place).ok()).collect()
    }
}

/// Rounds up to a whole number of steps.
trait Steps {
    fn div_ceil_step(self, step: i64) -> i64;
}

impl Steps for i64 {
    fn div_ceil_step(self, step: i64) -> i64 {
        (self + step - 1).div_euclid(step) * step
    }
}

fn sorted(values: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut values: Vec<i64> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

fn month_length(day: Date) -> i64 {
    month_length_of(day.year(), day.month())
}

fn month_length_of(year: i16, month: u8) -> i64 {
    (28..=31).rev().find(|last| Date::new(year, month, *last).is_some()).map_or(28, i64::from)
}

/// Monday 0 to Sunday 6, as the model counts.
fn monday_based(day: ICalendarWeekday) -> u8 {
    (day as u8 + 6) % 7
}

fn from_monday(day: u8) -> ICalendarWeekday {
    match day {
        0 => ICalendarWeekday::Monday,
        1 => ICalendarWeekday::Tuesday,
        2 => ICalendarWeekday::Wednesday,
        3 => ICalendarWeekday::Thursday,
        4 => ICalendarWeekday::Friday,
        5 => ICalendarWeekday::Saturday,
        _ => ICalendarWeekday::Sunday,
    }
}
