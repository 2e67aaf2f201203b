//! What kind of text an item is: written by the acting body or about it, an interview, a view, an announcement of an
//! event, a tender, a job. From the words at its head and from who publishes it.

use model::Source;
use serde::{Deserialize, Serialize};

use crate::field::Field;
use crate::url;

/// What kind of text it is. Not the shelf (`model::Kind`): a report on a congress is news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Genre {
    /// Published by the body that acts.
    Press,
    /// Written about it.
    #[default]
    News,
    /// Questions and answers.
    Interview,
    /// A view: comment, statement, a vendor's text.
    Opinion,
    /// Announces an event.
    Event,
    /// Asks for offers.
    Tender,
    /// Offers a post.
    Job,
    /// Reference pages, papers, FAQ, glossaries.
    Other,
}

impl Genre {
    /// The word used in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Genre::Press => "press",
            Genre::News => "news",
            Genre::Interview => "interview",
            Genre::Opinion => "opinion",
            Genre::Event => "event",
            Genre::Tender => "tender",
            Genre::Job => "job",
            Genre::Other => "other",
        }
    }
}

/// Words that settle it, tried in this order; folded, from the beginning of a word. The first list is looked for in
/// title and kicker, the second in the summary.
const SIGNS: &[(Genre, &[&str], &[&str])] = &[
    (Genre::Job, &["stellenausschreibung", "stellenangebot", "wir suchen", "(m/w/d)", "(w/m/d)", "m/w/d"], &[]),
    (
        Genre::Tender,
        &["ausschreibung:", "auftragsbekanntmachung", "deu-", "de-", "vergabe:", "vergabeverfahren"],
        &["auftragsbekanntmachung", "angebote bis", "verhandlungsverfahren", "offenen verfahren"],
    ),
    (
        Genre::Other,
        &[
            "faq",
            "glossar",
            "was ist ein",
            "was ist eine",
            "was ist das",
            "definition",
            "drucksache",
            "niederschrift",
            "vorlage",
            "referenz",
            "datenschutzerklaerung",
            "ratgeber",
            "haeufig gestellte fragen",
            "fragen und antworten",
            "hilfe fuer",
            "leitfaden",
            "handbuch",
            "ratsinformation",
        ],
        &["drucksache", "glossarbeitrag", "strategiepapier"],
    ),
    (
        Genre::Interview,
        &["interview", "im gespraech mit", "nachgefragt", "fragen an"],
        &["im interview", "im gespraech mit", "spricht ueber", "sprechen ueber", "spricht im gespraech"],
    ),
    (
        Genre::Opinion,
        &[
            "kommentar",
            "meinung",
            "stellungnahme",
            "initiativstellungnahme",
            "standpunkt",
            "gastbeitrag",
            "offener brief",
            "kolumne",
            "fluch oder segen",
            "rechtsgutachten",
            "fachbeitrag",
        ],
        &["kommentar zu", "gastbeitrag", "aus sicht der", "aus unserer sicht"],
    ),
    (
        Genre::Event,
        &["veranstaltung", "save the date", "einladung", "call for", "anmeldung", "laedt ein", "hackathon", "termin"],
        &[
            "wir laden",
            "laden wir",
            "laedt",
            "laden ein",
            "anmeldung",
            "anmelden",
            "findet am",
            "findet vom",
            "findet statt",
            "trifft sich",
            "treffen sich",
            "tagen ab",
            "tagt ab",
            "tagt am",
        ],
    ),
];

pub(crate) fn find(fields: &[Field<'_>], source: Option<&Source>) -> Genre {
    let (heads, bodies): (Vec<&Field<'_>>, Vec<&Field<'_>>) = fields.iter().partition(|field| field.name != "summary");
    for (genre, head, body) in SIGNS {
        let among = |fields: &[&Field<'_>], signs: &[&str]| {
            fields.iter().any(|field| signs.iter().any(|sign| begins(field.folded(), sign)))
        };
        if among(&heads, head) || among(&bodies, body) {
            return *genre;
        }
    }
    if source.is_some_and(is_official) { Genre::Press } else { Genre::News }
}

/// The words stand in the text, not in the middle of a word.
fn begins(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

/// A public body speaks for itself: the catalogue gives its source a state, or its host says so.
fn is_official(source: &Source) -> bool {
    let Some(host) = url::host(&source.url) else { return !source.states.is_empty() };
    let parts = |end: &str| host == end || host.strip_suffix(end).is_some_and(|rest| rest.ends_with('.'));
    !source.states.is_empty()
        || OFFICIAL.iter().any(|end| parts(end))
        || BODIES.iter().any(|start| host.contains(start))
}

const OFFICIAL: &[&str] = &[
    "bund.de",
    "europa.eu",
    "bayern.de",
    "baden-wuerttemberg.de",
    "berlin.de",
    "brandenburg.de",
    "bremen.de",
    "hamburg.de",
    "hessen.de",
    "mv-regierung.de",
    "m-v.de",
    "niedersachsen.de",
    "nrw.de",
    "land.nrw",
    "rlp.de",
    "saarland.de",
    "sachsen.de",
    "sachsen-anhalt.de",
    "schleswig-holstein.de",
    "thueringen.de",
    "bundestag.de",
    "bundesrat.de",
    "bundesregierung.de",
    "fitko.de",
    "it-planungsrat.de",
    "bamf.de",
    "zendis.de",
    "dataport.de",
    "nationaler-normenkontrollrat.de",
    "digitale-verwaltung.de",
    "sprind.org",
];

const BODIES: &[&str] = &["kreis-", "landkreis-", "landratsamt", "stadt-", "rathaus", "ministerium"];

#[cfg(test)]
mod tests;
