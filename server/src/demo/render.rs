//! From posts to documents, each in the habits of its publisher. Small writers of our own, since the point is
//! to publish what real sites publish: glued kickers, session ids, soft hyphens, an old charset.

use model::{Date, Moment, When};

use super::content::{Habit, Kicker, Post, Render};

pub(crate) mod feeds;
pub(crate) mod html;
pub(crate) mod ics;

/// A document ready to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Rendered {
    pub(crate) media_type: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// The document of one publisher.
pub(crate) fn document(habit: &Habit, posts: &[Post], base: &str) -> Rendered {
    let (media_type, text) = match habit.render {
        Render::Rss => ("application/rss+xml", feeds::rss(habit, posts, base)),
        Render::Atom => ("application/atom+xml", feeds::atom(habit, posts, base)),
        Render::Json => ("application/feed+json", feeds::json(habit, posts, base)),
        Render::Html => ("text/html; charset=utf-8", html::listing(habit, posts)),
        Render::Ics => ("text/calendar; charset=utf-8", ics::calendar(habit, posts, base)),
    };
    let bytes = if habit.charset.is_some() { latin1(&text) } else { text.into_bytes() };
    Rendered { media_type, bytes }
}

/// The title as this publisher sets it.
fn headline(habit: &Habit, post: &Post) -> String {
    match (&post.kicker, habit.kicker) {
        (Some(kicker), Kicker::Glued) => format!("{kicker}{}", post.title),
        (Some(kicker), Kicker::Colon) => format!("{kicker}: {}", post.title),
        _ => post.title.clone(),
    }
}

/// The path of a post's page as this publisher links it.
fn link(habit: &Habit, post: &Post) -> String {
    let session = format!("{:016X}{:016X}", fnv(&post.title), fnv(&post.slug));
    let tail = habit.tail.replace("{hash}", &session);
    format!("/a/{}/{}{tail}", post.source, post.slug)
}

/// The teaser; for an event in a feed, with the sentence that says when and where.
fn words(post: &Post) -> String {
    let Some(event) = &post.event else { return post.teaser.clone() };
    let mut text = format!("{} Termin: {}.", post.teaser, when(event));
    match (&event.place, event.online) {
        (Some(place), true) => text.push_str(&format!(" Ort: {place}, Teilnahme auch online möglich.")),
        (Some(place), false) => text.push_str(&format!(" Ort: {place}.")),
        (None, true) => text.push_str(" Die Veranstaltung findet online statt."),
        (None, false) => {}
    }
    if let Some(registration) = &event.registration {
        text.push_str(&format!(" Anmeldung: {registration}"));
    }
    text
}

/// "Dienstag, 8. Dezember 2026, 10:00 bis 12:30 Uhr" or "8. Dezember 2026 bis 9. Dezember 2026".
fn when(event: &model::Event) -> String {
    match (event.start, event.end) {
        (When::Day(first), None) => long(first, true),
        (start, Some(When::Day(last))) => format!("{} bis {}", long(start.date(), false), long(last, false)),
        (When::At(start), Some(When::At(end))) => {
            format!("{}, {} bis {} Uhr", long(start.date(), true), clock(start), clock(end))
        }
        (start, _) => format!("{}, {} Uhr", long(start.date(), true), clock(start.start())),
    }
}

fn long(date: Date, weekday: bool) -> String {
    const WEEKDAYS: [&str; 7] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
    let day = (panel::words::of(model::Lang::De).long_date)(date);
    if weekday { format!("{}, {day}", WEEKDAYS[usize::from(date.weekday())]) } else { day }
}

fn clock(moment: Moment) -> String {
    let (hour, minute) = moment.clock();
    format!("{hour:02}:{minute:02}")
}

/// Escapes text for XML and HTML, attributes included.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// ISO-8859-1, with numeric references for what it lacks, as old systems write them.
fn latin1(text: &str) -> Vec<u8> {
    text.chars().fold(Vec::new(), |mut bytes, letter| {
        match u8::try_from(u32::from(letter)) {
            Ok(byte) => bytes.push(byte),
            Err(_) => bytes.extend(format!("&#{};", u32::from(letter)).bytes()),
        }
        bytes
    })
}

/// FNV-1a: the same words give the same number in every run.
pub(crate) fn fnv(text: impl AsRef<[u8]>) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    text.as_ref().iter().fold(0xcbf2_9ce4_8422_2325, step)
}
