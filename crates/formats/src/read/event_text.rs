//! When and where in the text of an entry, as event feeds without an event module write it:
//! "Datum: 12.03.2025, 14:00 Uhr, Ort: Bonn", "Wann: 3. Mai 2026, 10 bis 12 Uhr | Wo: Rathaus".
//!
//! Promises: only what a label names, or a date that the text begins with, is taken; a date in the middle of a
//! sentence is left to those who judge. Meant for sources that publish nothing but events.

use model::{Date, Event, Moment, Status, When};

use super::place::is_online;
use super::when;
use crate::text;

/// Longest text that is looked at, in characters: what is told of an event stands at its head.
const LONGEST: usize = 4_000;
/// Longest place or organiser, in characters; what is longer is a sentence.
const LONGEST_NAME: usize = 160;

/// What a label is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Start,
    Clock,
    End,
    Place,
    Organiser,
    /// Known, so that what is before it ends there.
    Other,
}

/// With a capital letter and a colon, as they stand in texts.
const LABELS: [(&str, Field); 27] = [
    ("Datum", Field::Start),
    ("Termin", Field::Start),
    ("Wann", Field::Start),
    ("Beginn", Field::Start),
    ("Start", Field::Start),
    ("Zeitraum", Field::Start),
    ("Zeit", Field::Clock),
    ("Uhrzeit", Field::Clock),
    ("Ende", Field::End),
    ("Ort", Field::Place),
    ("Wo", Field::Place),
    ("Veranstaltungsort", Field::Place),
    ("Veranstalter", Field::Organiser),
    ("Veranstalterin", Field::Organiser),
    ("Organisator", Field::Organiser),
    ("Anmeldung", Field::Other),
    ("Anmeldeschluss", Field::Other),
    ("Kosten", Field::Other),
    ("Eintritt", Field::Other),
    ("Kontakt", Field::Other),
    ("Kategorie", Field::Other),
    ("Thema", Field::Other),
    ("Themen", Field::Other),
    ("Zielgruppe", Field::Other),
    ("Format", Field::Other),
    ("Sprache", Field::Other),
    ("Teilnahme", Field::Other),
];

/// Reads when and where from a text, with markup or without.
pub(super) fn of(said: &str) -> Option<Event> {
    let head = said.char_indices().nth(LONGEST).map_or(said, |(end, _)| &said[..end]);
    let lines = if text::looks_like_html(head) { text::paragraphs(head) } else { head.to_owned() };
    let fields: Vec<(Field, &str)> = lines.lines().flat_map(labelled).collect();
    let first = |wanted| fields.iter().filter(move |(field, _)| *field == wanted).map(|(_, value)| *value);
    let (start, end) = match first(Field::Start).find_map(|value| Some((value, when::found(value)?))) {
        Some((value, _)) => {
            // "Datum: 12.03.2025", and the hours under a label of their own.
            let clock = first(Field::Clock).chain(first(Field::Start).filter(|other| *other != value)).next();
            span(&format!("{value}, {}", clock.unwrap_or("")))?
        }
        None => span(opening(&lines)?)?,
    };
    let named = first(Field::End).find_map(|value| match (when::found(value), start) {
        (Some(end), _) => Some(end),
        (None, When::At(at)) => clocks(value).first().map(|clock| on(at.date(), *clock)),
        _ => None,
    });
    let end = named.or(end).filter(|end| end.start() > start.start());
    let name = |field| {
        let value = text::fold(first(field).next()?);
        let value = value.trim_end_matches(['.', ',', ';', '|', ' ']).to_owned();
        (!value.is_empty() && value.chars().count() <= LONGEST_NAME).then_some(value)
    };
    let place = name(Field::Place);
    let online = place.as_deref().is_some_and(is_online);
    Some(Event {
        start,
        end,
        all_day: matches!(start, When::Day(_)),
        place: place.filter(|place| !(online && place.split_whitespace().count() <= 2)),
        online,
        registration: None,
        organiser: name(Field::Organiser),
        status: Status::Confirmed,
    })
}

/// The fields of one line, each to the next label.
fn labelled(line: &str) -> Vec<(Field, &str)> {
    let mut marks: Vec<(usize, usize, Field)> = Vec::new();
    for (colon, _) in line.match_indices(':') {
        let before = line[..colon].trim_end();
        let Some((label, field)) = LABELS.iter().find(|(label, _)| {
            let free = before.strip_suffix(label).map(|rest| rest.chars().next_back());
            free.is_some_and(|last| last.is_none_or(|last| !last.is_alphanumeric() && last != '-'))
        }) else {
            continue;
        };
        marks.push((before.len() - label.len(), colon + 1, *field));
    }
    let ends = marks.iter().skip(1).map(|(start, ..)| *start).chain([line.len()]);
    let fields = marks.iter().zip(ends).map(|((_, from, field), to)| (*field, &line[*from..to]));
    fields
        .map(|(field, value)| (field, value.trim_matches(|c: char| c.is_whitespace() || "|,;•·–-".contains(c))))
        .collect()
}

/// The head of a text that begins with a date: "Mi., 12.03.2025, 14:00 Uhr | Bonn".
fn opening(text: &str) -> Option<&str> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let head = line.split(['|', ';', '•']).next().unwrap_or(line);
    let head = head.char_indices().nth(100).map_or(head, |(end, _)| &head[..end]);
    let before = head.find(|c: char| c.is_ascii_digit())?;
    // A weekday may stand before it, and "am"; not a sentence.
    let opens = head[..before].split_whitespace().all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        let weekday = ["mo", "di", "mi", "do", "fr", "sa", "so"].iter().any(|day| word.starts_with(day));
        word.is_empty() || matches!(word.as_str(), "am" | "vom" | "ab" | "den") || weekday && word.len() <= 10
    });
    (opens && when::found(head).is_some()).then_some(head)
}

/// The first date of a text with its hours, and the end of what it says to last.
pub(super) fn span(said: &str) -> Option<(When, Option<When>)> {
    let start = when::found(said)?;
    let clocks = clocks(said);
    let (begin, end_clock) = match (start, &clocks[..]) {
        (When::Day(day), [first, rest @ ..]) => (on(day, *first), rest.first()),
        (start, [_, second, ..]) => (start, Some(second)),
        (start, _) => (start, None),
    };
    let joint = ["bis ", "–", "—", " - "].iter().filter_map(|joint| Some((said.find(joint)?, joint.len()))).min();
    let after = joint.and_then(|(at, length)| when::found(&said[at + length..]));
    let last = after.filter(|last| last.date() > start.date());
    let end = match last {
        // "12.05.2025, 10 Uhr bis 14.05.2025, 16 Uhr"; "12. bis 14. Mai, 9 Uhr" does not end at nine.
        Some(When::Day(day)) => Some(match (begin, end_clock) {
            (When::At(_), Some(clock)) => on(day, *clock),
            (When::At(_), None) => When::At(day.plus_days(1).start()),
            (When::Day(_), _) => When::Day(day),
        }),
        Some(at) => Some(at),
        None => end_clock.map(|clock| on(start.date(), *clock)),
    };
    Some((begin, end.filter(|end| end.start() > begin.start())))
}

fn on(day: Date, (hour, minute): (u8, u8)) -> When {
    When::At(Moment::from_berlin(day, hour, minute))
}

/// All times of day: "14:00", "14.30 Uhr", "14 Uhr", and "10" of "10 bis 12 Uhr".
fn clocks(said: &str) -> Vec<(u8, u8)> {
    let mut clocks = Vec::new();
    let mut rest = said;
    // An hour that only what follows can tell from another number.
    let mut open: Option<(u8, u8)> = None;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let glued = rest[..at].ends_with(['.', '/', '-']) && at == 1;
        rest = &rest[at..];
        let (hour, minute, sure, used) = clock(rest);
        rest = &rest[used..];
        let follows = rest.trim_start();
        let sure = sure
            || follows.starts_with("Uhr")
            || follows.starts_with('h') && !follows[1..].starts_with(char::is_alphabetic);
        let Some(time) = hour.filter(|hour| *hour < 24).zip(minute.filter(|minute| *minute < 60)).filter(|_| !glued)
        else {
            open = None;
            continue;
        };
        if sure {
            clocks.extend(open.take());
            clocks.push(time);
        } else {
            let joined = ["bis", "–", "—", "-"].iter().any(|joint| follows.starts_with(joint));
            open = joined.then_some(time);
        }
    }
    clocks
}

/// The number at the front as hour and minute, whether its form alone says that it is a time, and its length.
fn clock(text: &str) -> (Option<u8>, Option<u8>, bool, usize) {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(text);
    let hour = text[..first].parse().ok().filter(|_| first <= 2);
    let Some(mark @ (':' | '.')) = text[first..].chars().next() else { return (hour, Some(0), false, first) };
    let minute = &text[first + 1..];
    let second = digits(minute);
    if second != 2 {
        // "3. Mai": the dot ends the number of a day.
        return (hour.filter(|_| second > 0), None, false, first + 1 + second);
    }
    let after = &minute[2..];
    // "12.03.2025" is no time, "14.30 Uhr" is; "14:30:00" loses its seconds.
    let dated = after.starts_with('.') && after[1..].starts_with(|c: char| c.is_ascii_digit());
    let seconds = if mark == ':' && after.starts_with(':') { 1 + digits(&after[1..]) } else { 0 };
    let dated_length = if dated { 1 + digits(&after[1..]) } else { 0 };
    let minute = minute[..2].parse().ok().filter(|_| !dated);
    (hour, minute, mark == ':', first + 3 + seconds + dated_length)
}

#[cfg(test)]
mod tests;
