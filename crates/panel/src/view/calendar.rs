//! A month of events: a grid of days (WAI-ARIA APG), with the numbers of the weeks, and below it the events of the day or
//! of the month. The list is always the complete alternative. Days and months are links, so it works without scripts.

use model::{Date, Item, Kind};

use super::{Scene, empty, item, unseen};
use crate::calendar::{Month, week};
use crate::still::{Still, still};
use crate::{Look, View};

/// List or month, for events.
pub(super) fn switch(scene: &Scene<'_>) -> Option<Still> {
    if scene.kind != Kind::Event {
        return None;
    }
    let choice = |view: View, label: &str, on: bool| {
        let look = Look { view, month: None, day: None, ..scene.look.clone() };
        let link =
            scene.go_look("at-view", &scene.filter, &look).attr_if("aria-current", on.then(|| "true".to_owned()));
        link.text(label)
    };
    let calendar = scene.is_calendar();
    let other = if calendar { View::List } else { scene.look.view };
    let list = choice(other, scene.words.as_list, !calendar);
    let month = choice(View::Calendar, scene.words.as_calendar, calendar);
    Some(still("p").class("at-switch").with([list, month]))
}

pub(super) fn calendar(scene: &Scene<'_>) -> Still {
    let today = scene.data.now.map(model::Moment::date);
    let month = scene.look.month.or(today.map(Month::of)).unwrap_or(Month::of(Date::from_days(0)));
    let events: Vec<&Item> = scene.data.page.items.iter().filter(|item| item.event.is_some()).collect();
    let listed = events.iter().filter(|item| match scene.look.day {
        Some(day) => is_on(item, day),
        None => true,
    });
    let list: Vec<Still> = listed.map(|shown| item::item(scene, shown)).collect();
    let list = match list.is_empty() {
        true => empty::empty(scene),
        false => still("ol").class("at-list").attr("id", "at-list").attr("aria-busy", "false").with(list),
    };
    let look = Look { day: None, ..scene.look.clone() };
    let whole = scene.look.day.map(|_| {
        let back = scene.go_look("at-whole", &scene.filter, &look).text(scene.words.whole_month);
        still("p").with(back)
    });
    still("div")
        .class("at-calendar")
        .with(head(scene, month))
        .with(grid(scene, month, &events, today))
        .with(whole)
        .with(list)
}

/// The month's name, heard when it changes, between the ways to the months around it.
fn head(scene: &Scene<'_>, month: Month) -> Still {
    let to = |key: &'static str, month: Month, sign: &str, label: &str| {
        let look = Look { month: Some(month), day: None, ..scene.look.clone() };
        let sign = still("span").attr("aria-hidden", "true").text(sign);
        scene.go_look("at-step", &scene.filter, &look).attr("data-at-key", key).with(sign).with(unseen(label))
    };
    let name = still("p").class("at-month").attr("id", "at-month").attr("aria-live", "polite");
    still("div")
        .class("at-months")
        .with([to("before", month.before(), "‹", scene.words.previous_month)])
        .with([name.text((scene.words.month_of)(month.first()))])
        .with([to("after", month.after(), "›", scene.words.next_month)])
}

fn grid(scene: &Scene<'_>, month: Month, events: &[&Item], today: Option<Date>) -> Still {
    let words = scene.words;
    let name = |(short, long): (&str, &str)| {
        still("th")
            .attr("scope", "col")
            .attr("role", "columnheader")
            .attr("abbr", long)
            .text(short.trim_end_matches('.'))
    };
    let days = words.weekdays_short.into_iter().zip(words.weekdays).map(name);
    let head = still("tr").attr("role", "row").with([name(words.week)]).with(days);
    // One day takes part in the order of the Tab key: the chosen one, today, or the first.
    let stop = scene.look.day.or(today.filter(|day| month.has(*day))).unwrap_or(month.first());
    let row = |monday: Date| {
        let number = still("th").attr("scope", "row").attr("role", "rowheader").text(week(monday).to_string());
        let days = (0..7).map(|day| cell(scene, month, events, monday.plus_days(day), (today, stop)));
        still("tr").attr("role", "row").attr("data-at-key", monday.to_string()).with([number]).with(days)
    };
    still("table")
        .class("at-grid")
        .attr("role", "grid")
        .attr("aria-labelledby", "at-month")
        .with(still("thead").attr("role", "rowgroup").with(head))
        .with(still("tbody").attr("role", "rowgroup").with(month.weeks().map(row)))
}

fn cell(scene: &Scene<'_>, month: Month, events: &[&Item], day: Date, (today, stop): (Option<Date>, Date)) -> Still {
    let count = events.iter().filter(|item| is_on(item, day)).count() as u64;
    let label = (scene.words.day_with)(day, &scene.words.count(count, Kind::Event));
    let cell = still("td")
        .class(if month.has(day) { "at-cell" } else { "at-cell at-other" })
        .attr("role", "gridcell")
        .attr("data-at-key", day.to_string())
        .attr_if("aria-selected", (scene.look.day == Some(day)).then(|| "true".to_owned()));
    let number = day.day().to_string();
    let marked = |target: Still| {
        target
            .attr("data-at-day", day.to_string())
            .attr("tabindex", if day == stop { "0" } else { "-1" })
            .attr_if("aria-current", (today == Some(day)).then(|| "date".to_owned()))
            .attr("aria-label", label.as_str())
    };
    if count == 0 {
        return marked(cell).text(number);
    }
    let look = Look { day: Some(day), month: Some(month), ..scene.look.clone() };
    let dots = still("span").class("at-dots").attr("aria-hidden", "true").text("•".repeat(count.min(3) as usize));
    cell.with(marked(scene.go_look("at-day", &scene.filter, &look)).text(number).with(dots))
}

/// Whether the event takes place on this day, among others perhaps.
fn is_on(item: &Item, day: Date) -> bool {
    item.event.as_ref().is_some_and(|event| {
        let last = event.end.map_or(event.start, |end| end).date();
        (event.start.date()..=last.max(event.start.date())).contains(&day)
    })
}
