//! Lines of a calendar put right before it is parsed: content systems break long texts where they stand instead
//! of folding them, and lone carriage returns end lines on old machines.
//!
//! A line that begins no property goes on with the one before, as a new line of its text. What is in order is
//! not copied.

use std::borrow::Cow;

/// Properties that a broken text may be taken for one of: only these begin a line for sure.
const KNOWN: [&str; 60] = [
    "ACTION",
    "ATTACH",
    "ATTENDEE",
    "BEGIN",
    "CALSCALE",
    "CATEGORIES",
    "CLASS",
    "COLOR",
    "COMMENT",
    "COMPLETED",
    "CONCEPT",
    "CONFERENCE",
    "CONTACT",
    "CREATED",
    "DESCRIPTION",
    "DTEND",
    "DTSTAMP",
    "DTSTART",
    "DUE",
    "DURATION",
    "END",
    "EXDATE",
    "EXRULE",
    "FREEBUSY",
    "GEO",
    "IMAGE",
    "LAST-MODIFIED",
    "LINK",
    "LOCATION",
    "LOCATION-TYPE",
    "METHOD",
    "NAME",
    "ORGANIZER",
    "PARTICIPANT-TYPE",
    "PERCENT-COMPLETE",
    "PRIORITY",
    "PRODID",
    "RDATE",
    "RECURRENCE-ID",
    "REFID",
    "REFRESH-INTERVAL",
    "RELATED-TO",
    "REPEAT",
    "REQUEST-STATUS",
    "RESOURCES",
    "RRULE",
    "SEQUENCE",
    "SOURCE",
    "STATUS",
    "STRUCTURED-DATA",
    "STYLED-DESCRIPTION",
    "SUMMARY",
    "TRANSP",
    "TRIGGER",
    "TZID",
    "TZNAME",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "TZURL",
    "UID",
];

/// Those that hold text, so that a line break inside is one of it.
const TEXTS: [&str; 7] =
    ["COMMENT", "CONTACT", "DESCRIPTION", "LOCATION", "STYLED-DESCRIPTION", "SUMMARY", "X-ALT-DESC"];

/// Puts the lines right.
pub(super) fn mended(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let lone_return = bytes.iter().enumerate().any(|(at, byte)| *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    let parted = ["\n\n ", "\n\r\n ", "\n\n\t", "\n\r\n\t"].iter().any(|parted| text.contains(parted));
    if !lone_return && !parted && !goes_on(text).any(|(_, goes_on)| goes_on) {
        return Cow::Borrowed(text);
    }
    let mut mended = String::with_capacity(text.len() + 64);
    for (at, (line, goes_on)) in goes_on(text).enumerate() {
        if at > 0 {
            mended.push_str(if goes_on { "\\n" } else { "\r\n" });
        }
        mended.push_str(line);
    }
    mended.push_str("\r\n");
    Cow::Owned(mended)
}

/// The text up to the event after the first so many. The parser takes a calendar in as a whole, at twenty times its
/// length: 200,000 events would be 270 MB.
pub(super) fn first_events(text: &str, most: usize) -> &str {
    const BEGIN: &str = "BEGIN:VEVENT";
    // So many events are no shorter than this.
    if text.len() < most * BEGIN.len() {
        return text;
    }
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        let begin = *at;
        *at += line.len();
        Some((begin, line))
    });
    let is_begin = |line: &str| line.get(..BEGIN.len()).is_some_and(|start| start.eq_ignore_ascii_case(BEGIN));
    lines.filter(|(_, line)| is_begin(line)).nth(most).map_or(text, |(at, _)| &text[..at])
}

/// All lines that are not empty, and of each whether it goes on with the text of the one before.
fn goes_on(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut lines = text
        .split('\n')
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
        .filter(|line| !line.is_empty())
        .peekable();
    let mut in_text = false;
    std::iter::from_fn(move || {
        let line = lines.next()?;
        if is_folded(line) {
            return Some((line, false));
        }
        match name(line) {
            Some(name) => {
                in_text = TEXTS.iter().any(|text| text.eq_ignore_ascii_case(name));
                Some((line, false))
            }
            // "UID", and the colon on the next line: folded inside the name.
            None if is_bare(line) && lines.peek().is_some_and(|next| is_folded(next)) => {
                in_text = TEXTS.iter().any(|text| text.eq_ignore_ascii_case(line));
                Some((line, false))
            }
            None => Some((line, in_text)),
        }
    })
}

fn is_folded(line: &str) -> bool {
    line.starts_with([' ', '\t'])
}

fn is_bare(line: &str) -> bool {
    line.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-')
}

/// The name of the property that the line begins.
fn name(line: &str) -> Option<&str> {
    // The longest names of properties are those of extensions.
    let end = line.as_bytes().iter().take(100).position(|byte| matches!(byte, b':' | b';'))?;
    let name = line.get(..end)?.trim_matches('\u{feff}');
    let extension = name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("X-"));
    let known = extension && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        || KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name))
        // iTIP and others add names of their own: capitals only are no prose.
        || name.len() > 2 && is_bare(name);
    known.then_some(name)
}
