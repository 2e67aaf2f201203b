//! The period: quick choices for news, and two native date fields for a period of the reader's own.

use model::{Bound, Date, Kind};

use super::{Scene, facet, search};
use crate::still::{Still, still};

/// Quick choices, in days.
const QUICK: [u32; 3] = [1, 7, 30];

pub(super) fn period(scene: &Scene<'_>) -> Option<Still> {
    // The calendar shows months, each with its own period.
    if scene.is_calendar() {
        return None;
    }
    let (words, filter) = (scene.words, &scene.filter);
    let chosen = (filter.since.is_some() || filter.until.is_some()).then(|| format!("({})", words.period(filter)));
    let quick = (scene.kind == Kind::News).then(|| quick(scene));
    let day = |bound: Option<Bound>| match bound {
        Some(Bound::Day(day)) => Some(day),
        Some(Bound::At(moment)) => Some(moment.date()),
        _ => None,
    };
    let (from, to) = (day(filter.since), day(filter.until));
    let wrong = from.zip(to).is_some_and(|(from, to)| to < from);
    let error = wrong.then(|| still("p").class("at-error").attr("id", "at-wrong").text(words.wrong_period));
    let field = |name: &'static str, label: &str, day: Option<Date>| {
        let input = still("input")
            .class("at-input")
            .attr("type", "date")
            .attr("name", name)
            .attr_if("value", day.map(|day| day.to_string()))
            .attr_if("aria-describedby", wrong.then(|| "at-wrong".to_owned()))
            .attr_if("aria-invalid", wrong.then(|| "true".to_owned()));
        still("label").class("at-date").with(still("span").text(label)).with(input)
    };
    let own = still("fieldset")
        .class("at-own")
        .with(still("legend").text(words.own_period))
        .with(error)
        .with([field("from", words.from, from), field("to", words.to, to)])
        .with(search::submit("at-button at-apply", words.apply));
    let details = facet::disclosure("period", words.period, chosen, quick.into_iter().chain([own]));
    Some(details.flag("open", wrong))
}

fn quick(scene: &Scene<'_>) -> Still {
    let filter = &scene.filter;
    let radio = |value: String, label: String, on: bool| {
        let input = still("input")
            .attr("type", "radio")
            .attr("name", "since")
            .attr("value", value.as_str())
            .flag("checked", on);
        still("label").class("at-check").with(input).with(still("span").text(label))
    };
    let any = radio(String::new(), scene.words.any_time.to_owned(), filter.since.is_none() && filter.until.is_none());
    let days = QUICK.map(|days| {
        let bound = Bound::Days(days);
        let on = filter.until.is_none() && filter.since.is_some_and(|since| same(since, bound));
        radio(bound.to_string(), (scene.words.last_days)(days), on)
    });
    still("div").class("at-checks").with([any]).with(days)
}

/// `24h` is `1d`.
fn same(one: Bound, other: Bound) -> bool {
    let hours = |bound| match bound {
        Bound::Hours(hours) => Some(hours),
        Bound::Days(days) => Some(days * 24),
        _ => None,
    };
    hours(one) == hours(other)
}
