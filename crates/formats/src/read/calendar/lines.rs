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

/// Puts the lines right.
pub(super) fn mended(text: &str) -> Cow<'_, str> {
    let lone = has_lone_return(text);
    let broken = lines(text).any(is_broken);
    if !lone && !broken {
        return Cow::Borrowed(text);
    }
    let mut mended = String::with_capacity(text.len() + 64);
    for (at, line) in lines(text).enumerate() {
        if at > 0 {
            mended.push_str(if is_broken(line) { "\\n" } else { "\r\n" });
        }
        mended.push_str(line);
    }
    mended.push_str("\r\n");
    Cow::Owned(mended)
}

/// Lines by any end: CR LF, LF, or CR alone.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

fn has_lone_return(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
}

/// Neither folded nor empty nor the beginning of a property.
fn is_broken(line: &str) -> bool {
    if line.is_empty() || line.starts_with([' ', '\t']) {
        return false;
    }
    // The longest names of properties are those of extensions.
    let head = line.as_bytes().iter().take(100).position(|byte| matches!(byte, b':' | b';'));
    let Some(name) = head.and_then(|at| line.get(..at)) else { return true };
    let name = name.trim_matches('\u{feff}');
    let extension = name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("X-"));
    !(extension && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')))
        && !KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name))
        // iTIP and others add names of their own: capitals only are no prose.
        && !(name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-'))
}
