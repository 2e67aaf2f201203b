//! "ENTFÄLLT: Sitzung des Ausschusses": German calendars say in the title that something does not take place.
//!
//! Promises: the word stands at the beginning or the end, or in brackets; "Was entfällt beim Schriftformerfordernis?"
//! is a title like others.

/// What is written; longer ones first, since one may begin another.
const MARKS: [&str; 12] = [
    "fällt leider aus",
    "faellt aus",
    "fällt aus",
    "ist abgesagt",
    "wurde abgesagt",
    "abgesagt",
    "entfällt leider",
    "entfällt",
    "entfaellt",
    "cancelled",
    "canceled",
    "absage",
];

/// Marks that need no more than to stand first: they begin no sentence.
const SEPARATORS: [char; 9] = [':', '-', '–', '—', '!', '|', '/', '*', '+'];

/// The title without the mark, if it has one. It may be empty.
pub(super) fn of(title: &str) -> Option<String> {
    let title = title.trim();
    bracketed(title).or_else(|| at_front(title)).or_else(|| at_end(title))
}

/// `[ABGESAGT] Sitzung`, `Sitzung (entfällt!)`.
fn bracketed(title: &str) -> Option<String> {
    title.match_indices(['[', '(']).take(8).find_map(|(open, bracket)| {
        let close = if bracket == "[" { ']' } else { ')' };
        let length = title[open..].find(close)?;
        let inside = bare(&title[open + 1..open + length]);
        MARKS.iter().any(|mark| same(inside, mark)).then(|| {
            let (before, after) = (title[..open].trim_end(), title[open + length + 1..].trim_start());
            bare(&format!("{before} {after}")).to_owned()
        })
    })
}

fn at_front(title: &str) -> Option<String> {
    let opened = title.trim_start_matches(|c: char| SEPARATORS.contains(&c) || c.is_whitespace());
    MARKS.iter().find_map(|mark| {
        let (word, rest) = split(opened, mark.chars().count())?;
        let shouted = word.chars().all(|c| !c.is_lowercase());
        let parted = rest.trim_start().starts_with(SEPARATORS) || rest.trim().is_empty();
        let whole = rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
        (same(word, mark) && whole && (shouted || parted)).then(|| bare(rest).to_owned())
    })
}

fn at_end(title: &str) -> Option<String> {
    let closed = title.trim_end_matches(|c: char| SEPARATORS.contains(&c) || c == '.' || c.is_whitespace());
    let length = closed.chars().count();
    MARKS.iter().find_map(|mark| {
        let before = length.checked_sub(mark.chars().count()).filter(|before| *before > 0)?;
        let (rest, word) = split(closed, before)?;
        let whole = rest.ends_with(|c: char| !c.is_alphanumeric());
        // "Die Absage" and "Was entfällt" are titles; "Sitzung entfällt" tells of one noun, not of a question.
        let told =
            rest.trim_end().ends_with(SEPARATORS) || word.chars().all(|c| !c.is_lowercase()) || tells(rest, mark);
        (whole && same(word, mark) && told).then(|| bare(rest).to_owned())
    })
}

/// A verb after what it says something of, which is no question.
fn tells(rest: &str, mark: &str) -> bool {
    let first = rest.split_whitespace().next().unwrap_or("").to_lowercase();
    !matches!(mark, "absage" | "cancelled" | "canceled")
        && !matches!(first.as_str(), "was" | "wer" | "wann" | "welche" | "welcher" | "wenn" | "ob" | "wie" | "warum")
}

/// Without the marks and spaces around it.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| SEPARATORS.contains(&c) || c.is_whitespace())
}

fn same(word: &str, mark: &str) -> bool {
    word.to_lowercase() == mark
}

/// Cut after so many characters.
fn split(text: &str, characters: usize) -> Option<(&str, &str)> {
    let at = text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(characters)?;
    Some(text.split_at(at))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn says_so_at_the_edge_or_in_brackets() {
        for (title, want) in [
            ("ENTFÄLLT: Sitzung des Ausschusses", Some("Sitzung des Ausschusses")),
            ("ENTFÄLLT Sitzung", Some("Sitzung")),
            ("entfällt - Sitzung", Some("Sitzung")),
            ("*** ABGESAGT *** Digitaltag", Some("Digitaltag")),
            ("[Abgesagt] Digitaltag", Some("Digitaltag")),
            ("Digitaltag (entfällt!)", Some("Digitaltag")),
            ("Digitaltag – ABGESAGT", Some("Digitaltag")),
            ("Digitaltag abgesagt!", Some("Digitaltag")),
            ("Die Sitzung fällt aus.", Some("Die Sitzung")),
            ("Sitzung am 3. (ENTFÄLLT) im Rathaus", Some("Sitzung am 3. im Rathaus")),
            ("ABGESAGT", Some("")),
            ("Was entfällt?", None),
            ("Was entfällt", None),
            ("Schriftform entfällt: Neues zum Digitalcheck", None),
            ("Abgesagte Termine nachholen", None),
            ("Absage und was sie bedeutet", None),
            ("Eine Absage", None),
            ("Sitzung", None),
            ("", None),
        ] {
            assert_eq!(of(title).as_deref(), want, "{title:?}");
        }
    }
}
