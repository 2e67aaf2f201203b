//! German and English names of months and weekdays, and the zones that sources name.

/// Full names; a source may cut them anywhere after the third letter.
const MONTHS: [(&str, u8); 25] = [
    ("januar", 1),
    ("january", 1),
    ("jänner", 1),
    ("jaenner", 1),
    ("februar", 2),
    ("february", 2),
    ("feber", 2),
    ("märz", 3),
    ("maerz", 3),
    ("mrz", 3),
    ("march", 3),
    ("april", 4),
    ("mai", 5),
    ("may", 5),
    ("juni", 6),
    ("june", 6),
    ("juli", 7),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("oktober", 10),
    ("october", 10),
    ("november", 11),
    ("dezember", 12),
    ("december", 12),
];

const WEEKDAYS: [&str; 15] = [
    "montag",
    "monday",
    "dienstag",
    "tuesday",
    "mittwoch",
    "wednesday",
    "donnerstag",
    "thursday",
    "freitag",
    "friday",
    "samstag",
    "saturday",
    "sonnabend",
    "sonntag",
    "sunday",
];

/// Minutes east of Greenwich. jiff takes "CET" for UTC without a word, so they stand here.
/// Abbreviations that mean several zones (IST, BST in Asia, AST) are left out, but for those of Europe and America
/// that RFC 822 and feeds use.
const ZONES: [(&str, i32); 42] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("met", 60),
    ("mez", 60),
    ("cet", 60),
    ("mest", 120),
    ("mesz", 120),
    ("cest", 120),
    ("eet", 120),
    ("oez", 120),
    ("sast", 120),
    ("eest", 180),
    ("oesz", 180),
    ("msk", 180),
    ("msd", 240),
    ("sgt", 480),
    ("hkt", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("acst", 570),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("adt", -180),
    ("edt", -240),
    ("est", -300),
    ("cdt", -300),
    ("cst", -360),
    ("mdt", -360),
    ("mst", -420),
    ("pdt", -420),
    ("pst", -480),
    ("akdt", -480),
    ("akst", -540),
    ("hst", -600),
];

/// The month of a lower-case name, whole or cut: "sept", "dez", "mär", "jän".
pub(super) fn month(word: &str) -> Option<u8> {
    if word.chars().count() < 3 {
        return None;
    }
    let named = MONTHS.iter().find(|(name, _)| name.starts_with(word)).map(|(_, number)| *number);
    // "Septr" is an old cut, and März arrives broken in every encoding there is: "mã¤rz", "m?rz", "m�rz".
    named.or_else(|| match word {
        "septr" => Some(9),
        _ if word.starts_with("mã") && word.ends_with("rz") => Some(3),
        _ => None,
    })
}

/// Whether it is a weekday, whole or cut to two letters or more.
pub(super) fn is_weekday(word: &str) -> bool {
    word.len() >= 2 && WEEKDAYS.iter().any(|name| name.starts_with(word)) || matches!(word, "thurs" | "tues")
}

/// Minutes east of Greenwich for a lower-case abbreviation.
pub(super) fn zone(word: &str) -> Option<i32> {
    ZONES.iter().find(|(name, _)| *name == word).map(|(_, minutes)| *minutes)
}
