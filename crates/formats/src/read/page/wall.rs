//! Pages that a server calls fine and that are none: bot walls, consent pages, error pages, empty lists.
//!
//! Told by title and first heading, by marks that only the wall's maker writes, and by how little else there is.
//! Refuses: to judge a page from which a list was read.

use model::Trouble;
use scraper::Selector;

use super::dom::Page;
use super::lines::Line;

/// Visible text of a wall or an error page, at most, in bytes; with its menus an error page has more.
const SHORT: usize = 2_500;

/// Visible text beside the question for consent, at most, in bytes.
const MOST_BESIDE: usize = 300;

/// Titles of walls.
const WALL_TITLES: [&str; 26] = [
    "just a moment",
    "nur einen moment",
    "einen moment, bitte",
    "einen moment bitte",
    "one moment, please",
    "please wait",
    "attention required",
    "access denied",
    "access to this page has been denied",
    "zugriff verweigert",
    "zugriff blockiert",
    "forbidden",
    "403",
    "request rejected",
    "pardon our interruption",
    "making sure you're not a bot",
    "making sure you’re not a bot",
    "verifying you are human",
    "are you a robot",
    "bot-prüfung",
    "robot check",
    "security check",
    "sicherheitsüberprüfung",
    "sicherheitsabfrage",
    "checking your browser",
    "ddos-guard",
];

/// What only walls say, wherever it stands on a page that has little text.
const WALL_WORDS: [&str; 16] = [
    "enable javascript and cookies to continue",
    "bitte aktivieren sie javascript und cookies",
    "aktivieren sie javascript und cookies",
    "you don't have permission to access",
    "you don’t have permission to access",
    "performing security verification",
    "checking if the site connection is secure",
    "überprüfung, ob sie ein mensch sind",
    "bestätigen sie, dass sie ein mensch sind",
    "bestätigen sie, dass sie kein roboter sind",
    "verify you are human",
    "request unsuccessful. incapsula",
    "protected by anubis",
    "your request has been blocked",
    "ihre anfrage wurde blockiert",
    "ungewöhnlichen datenverkehr",
];

/// Marks in the source that only walls carry.
const WALL_MARKS: [&str; 8] = [
    "script[src*='_Incapsula_Resource']",
    "iframe[src*='_Incapsula_Resource']",
    "script[src*='captcha-delivery.com']",
    "form#challenge-form",
    "#cf-wrapper #cf-error-details",
    "#anubis_challenge",
    "script[src*='.within.website/x/cmd/anubis']",
    "a[href*='errors.edgesuite.net']",
];

/// Titles and first headings of pages that are not there.
const GONE: [&str; 24] = [
    "seite nicht gefunden",
    "seite wurde nicht gefunden",
    "seite konnte nicht gefunden werden",
    "seite leider nicht gefunden",
    "seite existiert nicht",
    "existiert nicht mehr",
    "seite nicht vorhanden",
    "nicht gefunden",
    "page not found",
    "not found",
    "page does not exist",
    "fehler 404",
    "404 fehler",
    "error 404",
    "404 error",
    "404 -",
    "404 –",
    "404:",
    "404 |",
    "fehlerseite",
    "ein fehler ist aufgetreten",
    "es ist ein fehler aufgetreten",
    "fehler aufgetreten",
    "fehlermeldung",
];

/// What a site says that is down.
const DOWN: [&str; 22] = [
    "wartungsarbeiten",
    "wartungsmodus",
    "wegen wartung",
    "in wartung",
    "wird gewartet",
    "under maintenance",
    "maintenance mode",
    "scheduled maintenance",
    "database error",
    "datenbankfehler",
    "fehler in der datenbank",
    "error establishing a database connection",
    "internal server error",
    "interner serverfehler",
    "server error",
    "service unavailable",
    "dienst nicht verfügbar",
    "bad gateway",
    "gateway time",
    "vorübergehend nicht erreichbar",
    "vorübergehend nicht verfügbar",
    "momentan nicht erreichbar",
];

/// What stands where a list would be.
const NOTHING: [&str; 18] = [
    "keine treffer",
    "keine ergebnisse",
    "keine suchergebnisse",
    "keine einträge",
    "keine meldungen",
    "keine nachrichten",
    "keine pressemitteilungen",
    "keine veranstaltungen",
    "keine termine",
    "keine beiträge",
    "keine artikel",
    "keine inhalte",
    "keine aktuellen",
    "nichts gefunden",
    "0 treffer",
    "0 ergebnisse",
    "no results",
    "no entries",
];

/// What is wrong with a page that has no list, if it shows: the wall, or the error.
pub(super) fn judge(page: &Page, lines: &[Line]) -> Option<(Trouble, String)> {
    let title = page.title().unwrap_or_default();
    let heading = lines.iter().find(|line| line.heading == 1 && !line.frame).map_or("", |line| line.text.as_str());
    let visible: usize = lines.iter().map(|line| line.text.len()).sum();
    let short = visible <= SHORT;
    let heads = [title.as_str(), heading];
    let named = |names: &[&str]| heads.into_iter().find(|head| says(head, names));
    if let Some(head) = named(&WALL_TITLES).filter(|_| short) {
        return Some((Trouble::Blocked, format!("a bot wall instead of the page, {:?}", shown(head))));
    }
    let marked = || WALL_MARKS.iter().any(|mark| page.first(mark).is_some());
    let spoken = || lines.iter().find(|line| contains(&line.text, &WALL_WORDS)).map(|line| line.text.as_str());
    if short && let Some(words) = spoken().or_else(|| marked().then_some(title.as_str())) {
        return Some((Trouble::Blocked, format!("a bot wall instead of the page, {:?}", shown(words))));
    }
    if let Some(head) = named(&GONE) {
        return Some((Trouble::ErrorPage, format!("an error page although the server says 200, {:?}", shown(head))));
    }
    if let Some(head) = heads.into_iter().find(|head| is_status(head)) {
        return Some((Trouble::ErrorPage, format!("an error page although the server says 200, {:?}", shown(head))));
    }
    let down = named(&DOWN).or_else(|| {
        let line = lines.iter().take(12).find(|line| contains(&line.text, &DOWN));
        line.map(|line| line.text.as_str()).filter(|_| visible <= 1_000)
    });
    if let Some(head) = down.filter(|_| short) {
        return Some((Trouble::ErrorPage, format!("the site is down although the server says 200, {:?}", shown(head))));
    }
    consent(lines, visible)
        .map(|words| (Trouble::Blocked, format!("a consent page instead of the page, {:?}", shown(words))))
}

/// A page that asks for consent before it shows anything.
fn consent(lines: &[Line], visible: usize) -> Option<&str> {
    let asks = |line: &&Line| {
        let said = line.text.to_lowercase();
        let about = ["cookie", "einwilligung", "consent", "tracking", "werbung"].iter().any(|word| said.contains(word));
        about
            && ["zustimm", "akzeptier", "einwillig", "accept", "agree", "fortfahren"]
                .iter()
                .any(|word| said.contains(word))
    };
    let line = lines.iter().find(asks)?;
    // A banner over a short notice is no wall: behind a wall there is nothing else.
    const WALL: [&str; 10] = [
        "cookie",
        "einwillig",
        "consent",
        "datenschutz",
        "impressum",
        "akzept",
        "ablehn",
        "zustimm",
        "tracking",
        "werbung",
    ];
    let about = |line: &&Line| {
        let said = line.text.to_lowercase();
        !WALL.iter().any(|word| said.contains(word))
    };
    let other: usize = lines.iter().filter(about).map(|line| line.text.len()).sum();
    let news = lines.iter().any(|line| line.heading > 0 && line.link.is_some() || line.time.is_some());
    (visible <= SHORT && !news && other <= MOST_BESIDE).then_some(line.text.as_str())
}

/// "404", "500 Internal Server Error", "HTTP 503".
fn is_status(head: &str) -> bool {
    let head = head.trim().to_lowercase();
    let head = head
        .strip_prefix("http")
        .or_else(|| head.strip_prefix("error"))
        .or_else(|| head.strip_prefix("fehler"))
        .unwrap_or(&head);
    let head = head.trim_start_matches([' ', ':', '-', '/']);
    let digits = head.bytes().take_while(u8::is_ascii_digit).count();
    let known = matches!(head.get(..digits), Some("400" | "401" | "404" | "410" | "500" | "502" | "503" | "504"));
    // "500 neue Ladesäulen" is news.
    let rest = head.get(digits..).unwrap_or_default().trim_start_matches([' ', ':', '-', '–', '|']);
    known
        && (rest.is_empty()
            || ["not", "gone", "internal", "bad", "service", "gateway", "unauthor", "seite", "fehler", "error"]
                .iter()
                .any(|word| rest.starts_with(word)))
}

/// Why nothing was read: the list is empty, or the layout is another one.
pub(super) fn nothing(page: &Page, lines: &[Line], items: &[&str]) -> (Trouble, String) {
    let shown_words =
        lines.iter().filter(|line| !line.frame && line.text.len() <= 250).find(|line| is_nothing(&line.text));
    if let Some(line) = shown_words {
        return (Trouble::Empty, format!("the list is empty, the page says {:?}", shown(&line.text)));
    }
    if let Some(container) = items.iter().find_map(|item| container(page, item)) {
        return (Trouble::Empty, format!("the list is empty: {container:?} is there, and nothing in it is an entry"));
    }
    let wanted: Vec<_> = items.iter().map(|item| format!("{item:?}")).collect();
    (Trouble::LayoutChanged, format!("nothing on the page matches {}", wanted.join(" or ")))
}

fn is_nothing(text: &str) -> bool {
    let said = text.to_lowercase();
    let words = |list: &[&str]| list.iter().any(|word| starts_at_word(&said, word));
    let now = ["derzeit", "zurzeit", "aktuell", "momentan", "im moment", "gegenwärtig"];
    words(&NOTHING) || words(&now) && ["keine ", "nichts "].iter().any(|none| said.contains(none))
}

/// The part of an item's selector that stands for the list around it, if the page has it.
fn container<'a>(page: &Page, item: &'a str) -> Option<&'a str> {
    item.split(',').find_map(|one| {
        let one = one.trim();
        // Marks inside brackets and parentheses part nothing.
        let mut depth = 0;
        let cut = one.char_indices().filter(|(_, c)| {
            match c {
                '[' | '(' => depth += 1,
                ']' | ')' => depth -= 1,
                _ => {}
            }
            depth == 0 && matches!(c, ' ' | '>')
        });
        let before = one[..cut.last()?.0].trim_end_matches(['>', ' ', '+', '~']);
        let named = before.contains(['.', '#', '[']);
        let rule = Selector::parse(before).ok().filter(|_| named)?;
        page.html.select(&rule).next().map(|_| before)
    })
}

fn says(head: &str, names: &[&str]) -> bool {
    // A headline about something is longer than one that is it.
    head.chars().count() <= 120 && contains(head, names)
}

fn contains(text: &str, names: &[&str]) -> bool {
    let text = text.to_lowercase();
    names.iter().any(|name| starts_at_word(&text, name))
}

/// Whether words stand in a text, not in the middle of another word: "10404 - …" is no 404.
fn starts_at_word(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

fn shown(text: &str) -> String {
    crate::read::address::shortened(text.trim())
}

#[cfg(test)]
mod tests;
