//! When and where an event takes place, whether it still does, and how to register and to remember it.

use model::{Event, Status};

use super::{Scene, outward};
use crate::still::{Still, still};
use crate::words::Words;
use crate::{calendar, dates, links};

pub(super) fn when(words: &Words, event: &Event) -> Still {
    let status = match event.status {
        Status::Confirmed => None,
        Status::Tentative => Some(words.tentative),
        Status::Cancelled => Some(words.cancelled),
    };
    let day = event.start.date();
    let week = calendar::week(day.plus_days(-i64::from(day.weekday())));
    still("p")
        .class("at-when")
        .spaced(still("time").attr("datetime", event.start.to_string()).text(dates::event(event, words)))
        .spaced(still("span").class("at-week").text(format!("{}\u{a0}{week}", words.week.0)))
        .spaced(status.map(|status| still("strong").class("at-badge").text(status)))
}

pub(super) fn place(words: &Words, event: &Event) -> Option<Still> {
    // Sources often write "Online" where the place would stand; saying it twice helps nobody.
    let place = event.place.as_deref().filter(|place| !event.online || !place.eq_ignore_ascii_case(words.online));
    let line: Vec<&str> = place.into_iter().chain(event.online.then_some(words.online)).collect();
    let registration = event.registration.as_deref().filter(|_| event.status != Status::Cancelled);
    (!line.is_empty() || registration.is_some()).then(|| {
        still("p")
            .class("at-place")
            .spaced((!line.is_empty()).then(|| still("span").text(line.join(" · "))))
            .spaced(registration.map(|address| outward("at-register", address, None).text(words.register)))
    })
}

pub(super) fn to_calendar(scene: &Scene<'_>, id: &str) -> Still {
    still("a").attr("href", links::event(&scene.data.origin, id)).text(scene.words.to_calendar)
}
