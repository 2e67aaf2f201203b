//! Nouns of something one goes to, by the head of the compound: "Netzwerktreffen", "Digitalnacht", "Onlinekurs".
//!
//! German writes a new word for every gathering, but its head, the last part, is one of a few. Many heads are also
//! something else ("Zeitspanne", "Vertrag", "Datenaustausch"), so each names the first parts with which it is none, or
//! where that is shorter those with which it is one. Promises: one look into a table of last letters per word.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::words::Words;

/// With which first parts a head makes a gathering. All folded, without the hyphen that may stand behind them.
enum With {
    /// With any but these, and alone.
    Any(&'static str),
    /// With any but these; alone it is something else.
    Compound(&'static str),
    /// With these only.
    Only(&'static str),
}

use With::{Any, Compound, Only};

const HEADS: &[(&str, With)] = &[
    ("kongress", Any("")),
    ("konferenz", Any("presse minister")),
    ("tagung", Any("ver")),
    ("workshop", Any("")),
    ("seminar", Any("priester")),
    ("webinar", Any("")),
    ("messe", Any("")),
    ("convention", Any("")),
    ("summit", Any("")),
    ("gipfel", Any("berg")),
    ("forum", Any("")),
    ("foren", Any("internet web")),
    ("hackathon", Any("")),
    ("hackday", Any("")),
    ("ideathon", Any("")),
    ("makeathon", Any("")),
    ("datathon", Any("")),
    ("thon", Compound("py mara")),
    ("treffen", Any("an zu ueber ein auf ab be gegner")),
    ("treff", Compound("be")),
    ("stammtisch", Any("")),
    ("sprechstunde", Any("")),
    ("stunde", Only("info frage feier lern lese buerger digital technik medien computer erzaehl")),
    ("vortrag", Any("")),
    ("vortraege", Any("")),
    ("diskussion", Compound("schein neiddebatte")),
    (
        "gespraech",
        Compound(
            "vorstellungs auswahl koalitions beratungs bewerbungs telefon sondierungs tarif einzel personal mitarbeiter \
         verkaufs spitzen krisen chef tages",
        ),
    ),
    (
        "runde",
        Only(
            "diskussions gespraechs frage experten expertinnen austausch fruehstuecks info vorstellungs abschluss \
         praxis kennenlern podiums",
        ),
    ),
    ("veranstaltung", Any("")),
    ("festival", Any("")),
    ("fest", Any("mani at")),
    ("feier", Any("")),
    ("festakt", Any("")),
    ("akt", Only("fest staats")),
    ("verleihung", Any("akten buero")),
    ("kick-off", Any("")),
    ("kickoff", Any("")),
    ("meetup", Any("")),
    ("meet-up", Any("")),
    ("meeting", Any("")),
    ("call", Any("")),
    ("camp", Any("")),
    ("bootcamp", Any("")),
    ("symposium", Any("")),
    ("kolloquium", Any("")),
    ("colloquium", Any("")),
    ("fruehstueck", Any("")),
    ("breakfast", Any("")),
    ("brunch", Any("")),
    ("lunch", Any("")),
    ("picknick", Any("")),
    ("mittagspause", Any("")),
    ("lunchpause", Any("")),
    ("empfang", Any("daten rundfunk mobil funk")),
    ("einweihung", Any("")),
    ("eroeffnung", Compound("konto konten verfahrens insolvenz angebots submissions postfach")),
    ("einfuehrung", Only("amts")),
    ("jubilaeum", Any("")),
    ("ausstellung", Any("")),
    ("vernissage", Any("")),
    ("finissage", Any("")),
    ("matinee", Any("")),
    ("soiree", Any("")),
    ("roadshow", Any("")),
    ("show", Compound("")),
    ("schulung", Any("")),
    ("lehrgang", Any("")),
    ("lehrgaenge", Any("")),
    ("kurs", Compound("ex dis re kon wechsel spar aktien boersen")),
    ("fortbildung", Any("")),
    ("weiterbildung", Any("")),
    ("training", Any("")),
    ("masterclass", Any("")),
    ("exkursion", Any("")),
    ("expedition", Any("")),
    ("werkstatt", Any("kfz auto fahrrad")),
    ("klausur", Compound("")),
    ("abend", Any("sonn feier heilig vor lebens fest montag dienstag mittwoch donnerstag freitag samstag sonntag")),
    ("nacht", Compound("weih mitter fast silvester wahl")),
    (
        "wochenende",
        Compound("januar februar maerz april mai juni juli august september oktober november dezember oster pfingst"),
    ),
    ("woche", Compound("kalender arbeits kar vor folge oster sitzungs pfingst schul")),
    ("fachaustausch", Any("")),
    (
        "austausch",
        Compound(
            "daten nachrichten informations dokumenten akten schriftgut register dateien schueler jugend geraete hardware",
        ),
    ),
    ("talk", Any("small")),
    ("termin", Only("orts presse info kennenlern schnupper")),
    ("montag", Compound("rosen oster pfingst")),
    ("mittwoch", Compound("ascher")),
    ("freitag", Compound("kar black")),
    ("samstag", Compound("kar oster")),
    ("sonntag", Compound("oster pfingst palm toten volkstrauer")),
    ("nachmittag", Compound("montag dienstag mittwoch donnerstag freitag samstag sonntag frueh")),
    ("chat", Only("live experten video buerger online")),
    ("vorlesung", Any("")),
    ("lesung", Compound("vor aus ab ver")),
    ("versammlung", Any("bundes national verfassungs")),
    ("planspiel", Any("")),
    ("demoday", Any("")),
    ("slam", Any("is")),
    ("lounge", Any("")),
    ("roundtable", Any("")),
    ("round-table", Any("")),
    ("spaziergang", Any("")),
    ("rundgang", Any("")),
    ("fuehrung", Only("stadt rathaus haus sonder vor kurator kuratoren gebaeude werks museums archiv baustellen")),
    ("auftakt", Compound("")),
    ("info", Only("buerger eltern markt")),
    ("buergerinformation", Any("")),
    ("congress", Any("")),
    ("podium", Any("")),
    ("weihe", Any("")),
    ("event", Any("")),
    ("open-day", Any("")),
    ("summer-school", Any("")),
    ("school", Compound("")),
    ("schule", Only("sommer herbst winter fruehjahrs summer")),
    ("akademie", Only("sommer herbst winter fruehjahrs")),
    ("boerse", Only("job ausbildungs ideen lehrstellen praktikums kontakt projekt")),
    ("rallye", Any("")),
    ("tour", Compound("re")),
    ("vorstellung", Only("buch projekt ergebnis bericht berichts studien produkt")),
    ("praesentation", Only("ergebnis abschluss buch projekt produkt studien bericht live")),
    ("dialog", Compound("ana kata")),
    (
        "cafe",
        Only(
            "digital repair technik handy smartphone daten medien internet computer welt world \
         erzaehl sprach lern buerger ki community science",
        ),
    ),
    ("party", Any("")),
    ("fair", Compound("")),
    ("hearing", Any("")),
    ("jam", Only("game code hack open data music science")),
    ("gala", Any("")),
    ("demo", Only("live produkt")),
    ("spatenstich", Any("")),
    ("richtfest", Any("")),
    ("grundsteinlegung", Any("")),
    ("sprint", Compound("")),
    (
        "reihe",
        Only(
            "gespraechs veranstaltungs vortrags lern themen online diskussions film lese seminar webinar workshop info \
         talk event fortbildungs schulungs dialog impuls austausch lunch",
        ),
    ),
];

/// Where only the whole word counts, or the last part behind a hyphen.
static WHOLE: Words = Words::new(
    "day days week weeks tag tage tages lab kurs dialog lesung konzert fuehrung expo conference session \
     sessions labor woche livestream gala panel kolleg premiere jam sprint klausur retreat barcamp eroeffnung unconference",
);

/// Days that are no gathering: of the week, of the law, of parliaments, and words that only end like it.
const NO_DAY: &[&str] = &[
    "montag",
    "dienstag",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "landtag",
    "bundestag",
    "kreistag",
    "alltag",
    "mittag",
    "stichtag",
    "feiertag",
    "wochentag",
    "arbeitstag",
    "geburtstag",
    "reichstag",
    "wahltag",
    "sitzungstag",
    "bezirkstag",
    "kalendertag",
    "schliesstag",
    "brueckentag",
    "todestag",
    "jahrestag",
    "zahltag",
    "banktag",
    "ruhetag",
    "liefertag",
    "urlaubstag",
    "markttag",
    "kongresstag",
    "konferenztag",
    "veranstaltungstag",
    "ultag",
    "oeffnungstag",
    "erscheinungstag",
];

/// Heads by their last two letters.
type Heads = HashMap<[u8; 2], Vec<&'static (&'static str, With)>>;

fn tail(word: &str) -> Option<[u8; 2]> {
    word.as_bytes().last_chunk::<2>().copied()
}

fn heads() -> &'static Heads {
    static TABLE: OnceLock<Heads> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut heads = Heads::new();
        for entry in HEADS {
            heads.entry(tail(entry.0).unwrap_or_default()).or_default().push(entry);
        }
        heads
    })
}

/// Whether a noun, as it stands in the dictionary, is something one goes to.
fn is(noun: &str) -> bool {
    let Some(heads) = tail(noun).and_then(|tail| heads().get(&tail)) else { return false };
    heads.iter().any(|(head, with)| noun.strip_suffix(head).is_some_and(|first| fits(first, with)))
}

fn fits(first: &str, with: &With) -> bool {
    // "Daten-Austausch" is what "Datenaustausch" is.
    let first = first.trim_end_matches('-');
    let listed =
        |parts: &str| parts.split_whitespace().any(|part| first == part || part.len() > 3 && first.ends_with(part));
    match with {
        Any(not) => first.is_empty() || !listed(not),
        Compound(not) => first.len() > 1 && !listed(not),
        Only(parts) => !first.is_empty() && listed(parts),
    }
}

/// A day one goes to: "Digitaltag", "Tag der offenen Tür" is told by its whole word.
fn day(noun: &str) -> bool {
    // "Netzwerktag" and "Vergabetag" are no compounds of them.
    let alone = matches!(noun, "werktag" | "vortag" | "etag");
    noun.ends_with("tag") && noun.len() > 5 && !alone && !NO_DAY.iter().any(|not| noun.ends_with(not))
}

/// Whether a folded noun in any of its forms names a gathering: "Kongresses", "Digitaltagen", "Vorträge".
pub(super) fn gathering(word: &str) -> bool {
    // "Konferenzreihe", "Gesprächsreihe": a series of such.
    let series = word.strip_suffix("reihen").or_else(|| word.strip_suffix("reihe")).filter(|first| first.len() > 3);
    series.is_some_and(gathers) || gathers(word)
}

fn gathers(word: &str) -> bool {
    // "Girls’Day".
    let last = word.rsplit(['-', '’', '\'', '´', '`']).next().unwrap_or(word);
    if WHOLE.has(last) || WHOLE.has(word) {
        return true;
    }
    forms(word).any(|form| is(form) || day(form))
}

/// A word and what is left of it without the endings of plural and case.
fn forms(word: &str) -> impl Iterator<Item = &str> {
    let endings = ["", "s", "es", "e", "en", "n", "nen", "er", "ern"];
    endings.into_iter().filter_map(|ending| word.strip_suffix(ending)).filter(|form| form.len() > 2)
}

/// The noun as the dictionary has it, where an ending stands behind it: "Webinaren", "Thementage", "Kongresses".
pub(super) fn singular(word: &str) -> Option<&str> {
    if is(word) {
        return None;
    }
    ["nen", "en", "es", "n", "e", "s"].into_iter().find_map(|ending| {
        let form = word.strip_suffix(ending)?;
        (gathering(word) && (is(form) || day(form))).then_some(form)
    })
}

/// Whether the noun is a neuter one: "das Treffen", "das Forum".
pub(super) fn neuter(word: &str) -> bool {
    const NEUTER: [&str; 23] = [
        "treffen",
        "forum",
        "seminar",
        "webinar",
        "fest",
        "festival",
        "symposium",
        "kolloquium",
        "fruehstueck",
        "camp",
        "meetup",
        "gespraech",
        "event",
        "labor",
        "lab",
        "training",
        "picknick",
        "planspiel",
        "podium",
        "cafe",
        "wochenende",
        "meeting",
        "jubilaeum",
    ];
    forms(word).any(|form| NEUTER.iter().any(|neuter| form.ends_with(neuter)))
}

/// Whether the noun is a feminine one: "die Konferenz", "die Tagung".
pub(super) fn feminine(word: &str) -> bool {
    const FEMININE: [&str; 20] = [
        "konferenz",
        "tagung",
        "messe",
        "ung",
        "werkstatt",
        "woche",
        "nacht",
        "runde",
        "stunde",
        "reihe",
        "feier",
        "diskussion",
        "klausur",
        "convention",
        "expedition",
        "exkursion",
        "akademie",
        "tour",
        "boerse",
        "premiere",
    ];
    FEMININE.iter().any(|end| word.ends_with(end))
}
