//! The words by which German announcements tell what kind of date they give. All folded, separated by blanks.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::heads;
pub(super) use super::labels::{heads_list, label, listing, of_time, places, titles};

/// A list of words, taken apart when it is first asked.
pub(super) struct Words {
    text: &'static str,
    words: OnceLock<HashSet<&'static str>>,
    /// By their last two letters.
    tails: OnceLock<HashMap<[u8; 2], Vec<&'static str>>>,
}

impl Words {
    pub(super) const fn new(text: &'static str) -> Self {
        Words { text, words: OnceLock::new(), tails: OnceLock::new() }
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.words.get_or_init(|| self.text.split_whitespace().collect()).contains(word)
    }

    /// Whether a word ends in one of the list: compounds have their head at the end.
    fn ends(&self, word: &str) -> bool {
        let tails = self.tails.get_or_init(|| {
            let mut tails: HashMap<[u8; 2], Vec<&'static str>> = HashMap::new();
            for word in self.text.split_whitespace() {
                tails.entry(tail(word).unwrap_or_default()).or_default().push(word);
            }
            tails
        });
        let same = tail(word).and_then(|tail| tails.get(&tail));
        same.is_some_and(|ends| ends.iter().any(|end| word.ends_with(end)))
    }
}

/// Meetings of organs, which nobody is invited to, and steps of law-making.
static ORGANS: Words = Words::new(
    "ministerkonferenz praesidentenkonferenz pressekonferenz referentenkonferenz trilog wahl abstimmung \
     plenarsitzung sitzung kabinettssitzung ausschusssitzung ratssitzung ministerinnenkonferenz \
     minister:innenkonferenz haushaltsdebatte plenardebatte koalitionsverhandlungen anhoerung bundestagswahl \
     landtagswahl kommunalwahl europawahl digitalministerkonferenz beratung vorstellungsgespraech \
     vorstellungsgespraeche auswahlgespraech auswahlgespraeche bewerbungsgespraech bewerbungsgespraeche",
);

/// Words that only end like a meeting of an organ.
static NO_ORGANS: Words = Words::new("auswahl anzahl unternehmensberatung energieberatung klausursitzung");

/// Words of deadlines.
static DEADLINES: Words = Words::new(
    "frist fristen fristende deadline deadlines einsendeschluss anmeldeschluss bewerbungsschluss \
     redaktionsschluss abgabeschluss angebotsabgabe abgabefrist bewerbungsfrist anmeldefrist spaetestens \
     einzureichen einreichungsfrist einreichungen einreichung angebotsfrist stichtag teilnahmeschluss angebote submission \
     vorverkauf ticketverkauf vorverkaufsstart ticketstart verkaufsstart anmeldestart",
);

/// Words of law in force, terms of office, publication.
static RECORDS: Words = Words::new(
    "inkrafttreten verkuendet verkuendung gilt gelten anzuwenden lesung ernannt geboren amtszeit amtsantritt \
     berufen bestellt unterzeichnet verabschiedet beschlossen veroeffentlicht erschienen aktualisiert stand \
     niederschrift wirkung erlassen novelliert ratifiziert berichtszeitraum gestorben konstituiert \
     pressemitteilung beschluss kabinettsbeschluss zuschlag ausschreibung produktivstart go-live beschlussfassung \
     referentenentwurf entwurf bekanntmachung produktivsetzung projektstart vertragsbeginn ruhestand dienstantritt",
);

/// Words of services and systems that begin or end.
static SERVICES: Words = Words::new(
    "freigeschaltet freischaltung verfuegbar eingefuehrt einfuehrung umgestellt umstellung rollout ersetzt \
     abgeschaltet abschaltung wartung wartungsarbeiten geschlossen abgeloest beantragen beantragt eingerichtet \
     betrieb pilotphase pilotbetrieb testphase konsultation uebergang pflicht verpflichtend verpflichtet \
     foerderung aktiviert wirksam",
);

/// Words of offices that are shut and systems that stand still.
static CLOSED: Words = Words::new(
    "geschlossen schliesstag schliesszeit schliessung geschlossene gesperrt sperrung nicht-erreichbar unterbrochen \
     unterbrechung wartungsfenster wartungsarbeiten wartung stoerung warnstreik streik betriebsferien \
     betriebsausflug",
);

/// Words that call an event off.
static CALLED_OFF: Words = Words::new(
    "abgesagt entfaellt entfallen ausgefallen absage verschoben verlegt faellt storniert gecancelt verschiebung \
     absagen abzusagen ausfallen ausfaellt entfielen",
);

/// Verbs that announce, one point each: what people do at events.
static DOING: Words = Words::new(
    "laeuft startet starten beginnt beginnen endet dauert steigt tagt tagen begruesst begruessen diskutiert \
     diskutieren praesentiert praesentieren vorstellen referiert referieren spricht sprechen erwartet erwarten \
     bietet bieten nachgehen heisst oeffnet oeffnen kommen kommt gibt geht geht´s geht’s geht's gehts feiert \
     feiern zeigt zeigen teilnehmen lernen austauschen tauschen versammeln versammelt bringt bringen dreht widmet \
     widmen informiert informieren organisiert organisieren ansteht stattfindet weiht verleiht wird werden \
     angesetzt geplant haelt halten folgt folgen lockt locken erklaert erklaeren praesentiert vorgesehen \
     besuchen besucht reist reisen bittet dreht vermitteln vermittelt macht station entwickeln reden redet \
     berichtet erzaehlt erzaehlen liest kuert kueren ausprobieren",
);

/// Forms of the past that are no participle, whatever stands beside them.
static PAST: Words = Words::new(
    "war waren wurde wurden hatte hatten fand fanden lud luden kam kamen traf trafen bot boten gab gaben ging \
     gingen stand standen sprach sprachen begann begannen lief liefen eroeffnete eroeffneten stellte stellten \
     begruesste begruessten diskutierten diskutierte veranstaltete veranstalteten organisierte organisierten \
     weihte weihten zeigte zeigten feierte feierten nahm nahmen brachte brachten startete starteten tauschten \
     folgten fiel fielen hielt hielten versammelten praesentierten machten dachten verbrachten erbrachten sorgten",
);

/// Small words in "-te" and "-ten" that are no past tense.
static NO_PAST: Words = Words::new(
    "heute bitte erste ersten zweite zweiten dritte dritten vierte vierten letzte letzten gute guten alte alten \
     echte rechte breite moechte moechten koennte koennten sollte sollten duerfte duerften spaeten spaete \
     leichten bieten arbeiten bekannten geplanten gesamten beraten erhalten enthalten halten starten warten leiten \
     veranstalten gestalten testen kosten leisten vertreten antreten auftreten eintreten erwarten berichten \
     verbreiten vorbereiten bearbeiten begleiten verwalten ausrichten einrichten richten bitten treten unterhalten \
     beantworten betrachten beobachten beachten antworten verarbeiten anbieten abhalten mitgestalten auswerten \
     tasten achten raten melden",
);

/// Kinds of list that hold no events.
static OTHER_LISTS: Words = Words::new(
    "fristen deadlines ausschreibungen meilensteine chronik rueckblick zeitleiste historie vergangene archiv \
     pressemitteilungen nachrichten stellenangebote veroeffentlichungen zeitschiene meilenstein schliesstage \
     schliesszeiten sperrtermine abgabetermine ferien ferientermine feiertage",
);

/// Gatherings that say nothing of what they are about.
static GENERIC: Words = Words::new(
    "veranstaltung veranstaltungen workshop seminar treffen konferenz tagung kongress event tag abend call \
     vortrag termin auftakt messe diskussion hackathon online-event thementage forum online-veranstaltung \
     podiumsdiskussion vortraege workshops veranstaltungsreihe abendveranstaltung leitveranstaltung \
     grossveranstaltung online-seminar tages thementag stammtisch week tage gespraech aktionstag infotag talk \
     festakt feier einweihung empfang podium session sessions panel panels livestream stream",
);

/// Ends of nouns that name a place to go to.
static VENUES: Words = Words::new(
    "halle hallen haus hause rathaus schloss messe hotel saal zentrum center centre universitaet uni tu \
     hochschule museum campus arena akademie institut ministerium residenz bibliothek buecherei kirche loft raum \
     space club strasse platz weg allee ufer hafen burg forum turm hof garten park schule gymnasium kanzlei geschaeftsstelle kloster raeume raeumen raeumlichkeiten \
     vertretung landesvertretung kongresszentrum hub lab labor stadion gelaende messegelaende werk fabrik theater \
     kino galerie kulturzentrum station zoo villa palais pavillon amt landratsamt ring gasse damm markt \
     marktplatz str foyer aula base bahnhof kaserne dom bildungszentrum tagungszentrum \
     oper schlosshof cafe werft archiv audimax standort gericht studio scheune speicher mensa kantine gaststaette \
     restaurant brauerei zentrale vhs volkshochschule coworking hub wache leitstelle weberei giesserei \
     druckerei ziegelei faerberei schmiede orangerie rotunde boerse gebaeude auditorium kelter remise bank \
     sparkasse kurhaus stube lokal gasthof atrium lounge treff etage schacht zeche muehle",
);

/// Words that look like places behind "in" and are none.
static NO_PLACES: Words = Words::new(
    "praesenz zusammenarbeit kooperation kraft form teams echtzeit zukunft betrieb ergaenzung anwesenheit \
     begleitung verbindung planung vorbereitung absprache abstimmung person folge runde rahmen anschluss zeit \
     zeiten zeitraum januar februar maerz april mai juni juli august september oktober november dezember jahr \
     jahre herbst fruehjahr sommer winter vorfeld mittelpunkt fokus zentrum deutschland europa workshop workshops \
     vortraegen ort angriff richtung thema themen verwaltung bereich wirtschaft wissenschaft gesellschaft politik \
     bayern hessen sachsen thueringen saarland niedersachsen brandenburg baden-wuerttemberg nordrhein-westfalen \
     rheinland-pfalz schleswig-holstein sachsen-anhalt mecklenburg-vorpommern internet netz livestream zoom webex \
     stunden minuten tagen wochen hinblick fragen ideen auge augenschein anspruch bezug sachen zeichen haende \
     land laendern kommunen behoerden verantwortung austausch gespraech dialog diskussion praxis theorie \
     anbetracht hand naehe fahrt gang aussicht einem sprache einsatz alltag digitalisierung kuerze wahrheit \
     wirklichkeit ostern pfingsten weihnachten zeichen regie eigenregie organisation anlehnung beisein",
);

fn tail(word: &str) -> Option<[u8; 2]> {
    word.as_bytes().last_chunk::<2>().copied()
}

/// Something one goes to, by the head of the compound: "Netzwerktreffen", "Open-Data-Werkstatt". Meetings of organs
/// are none.
pub(in crate::events) fn gathering(word: &str) -> bool {
    !organ(word) && heads::gathering(word)
}

/// A gathering's noun that says nothing of what it is about.
pub(in crate::events) fn generic(word: &str) -> bool {
    let bare = |word: &str| GENERIC.has(word) || word.strip_suffix('s').is_some_and(|stem| GENERIC.has(stem));
    // "Online-Treffen", "Hybridveranstaltung": the form says nothing of it either.
    let formed = || FORMS.iter().find_map(|form| word.strip_prefix(form));
    bare(word) || formed().is_some_and(|rest| bare(rest.trim_start_matches('-')))
}

/// Forms of a gathering, as first parts.
const FORMS: [&str; 5] = ["online", "web", "praesenz", "hybrid", "video"];

pub(super) fn organ(word: &str) -> bool {
    ORGANS.ends(word) && !NO_ORGANS.ends(word)
}

pub(super) fn deadline(word: &str) -> bool {
    let closes = word.strip_suffix("schluss").is_some_and(|first| {
        first.len() > 3 && !["be", "ab", "an", "aus", "auf", "zusammen"].iter().any(|start| first.ends_with(start))
    });
    DEADLINES.has(word)
        || closes
        || ["frist", "fristen", "schlusstermin", "angebotsoeffnung"].iter().any(|end| word.ends_with(end))
        || ["einreich", "eingereich", "bewerb", "bewirb", "beworben"].iter().any(|start| word.starts_with(start))
}

pub(super) fn record(word: &str) -> bool {
    RECORDS.has(word)
}

pub(super) fn service(word: &str) -> bool {
    SERVICES.has(word)
}

pub(super) fn closed(word: &str) -> bool {
    CLOSED.has(word)
}

pub(super) fn called_off(word: &str) -> bool {
    CALLED_OFF.has(word)
}

pub(super) fn doing(word: &str) -> bool {
    DOING.has(word)
}

pub(super) fn past_form(word: &str) -> bool {
    PAST.has(word)
}

pub(super) fn no_past(word: &str) -> bool {
    NO_PAST.ends(word)
}

pub(super) fn other_list(word: &str) -> bool {
    OTHER_LISTS.has(word) || ["zeitplan", "fahrplan", "beratungsfolge", "roadmap"].iter().any(|end| word.ends_with(end))
}

pub(super) fn venue(word: &str) -> bool {
    VENUES.ends(word)
}

/// A kind of house, and no more: "Halle", not "Messehalle".
pub(in crate::events) fn bare_venue(word: &str) -> bool {
    VENUES.has(word)
}

/// Kinds of house that stand apart from their first part, as in English: "Convention Center", "Congress Park".
static OPEN_VENUES: Words = Words::new(
    "center centre zentrum centrum hub club space arena loft hall halle campus haus park \
     hotel saal forum room rooms lounge base",
);

pub(super) fn open_venue(word: &str) -> bool {
    OPEN_VENUES.has(word)
}

/// Words that say that something is over then: "Schluss ist am Samstag", "am Sonntag fällt der Vorhang".
static ENDING: Words = Words::new("schluss ende endet enden schliesst schliessen klingt klingen vorhang");

pub(super) fn ending(word: &str) -> bool {
    ENDING.has(word)
}

pub(super) fn no_place(word: &str) -> bool {
    NO_PLACES.has(word)
}

/// Small words of telegram style: what may stand in a name, a place or a heading without making it a sentence.
static SMALL: Words = Words::new(
    "der die das des dem den ein eine einer eines einem einen und oder mit ohne fuer von vom zu zum zur im in ins am \
     an auf aus bei beim fuers ums aufs vors unterm ueber unter vor nach durch gegen um als wie rund sowie ab bis statt trotz je pro e v ca via \
     per hinter neben zwischen seit for of and the at meets",
);

/// Finite verbs that make a sentence of what else would be an item.
static FINITE: Words = Words::new(
    "ist sind war waren wird werden wurde wurden hat haben hatte hatten kann koennen soll sollen muss muessen tritt \
     treten gilt gelten endet enden beginnt beginnen startet starten findet finden laedt laden trifft treffen steht \
     stehen liegt liegen geht gehen kommt kommen folgt folgen laeuft laufen gibt bleibt bleiben beraet berieten \
     beschliesst beschloss entscheidet unterzeichnete",
);

/// What goes from place to place.
pub(super) fn tour(word: &str) -> bool {
    ["tour", "roadshow", "region", "station", "staedte"].iter().any(|part| word.contains(part))
        || matches!(word, "orte" | "orten" | "kreise" | "kreisen" | "laender" | "laendern")
}

/// An article, a preposition, a conjunction.
pub(super) fn small(word: &str) -> bool {
    SMALL.has(word)
}

pub(super) fn finite(word: &str) -> bool {
    FINITE.has(word)
}

/// "im", "in der": what leads to a place and is no part of its name.
pub(super) fn leads_to_place(word: &str) -> bool {
    matches!(word, "in" | "im" | "ins" | "an" | "am" | "auf" | "bei" | "beim" | "der" | "dem" | "den" | "die" | "das")
}

/// "zweitägig" and its forms: how many days.
pub(super) fn days(word: &str) -> Option<i64> {
    let number = word.find("taegig").map(|at| &word[..at])?;
    let names = ["ein", "zwei", "drei", "vier", "fuenf", "sechs", "sieben"];
    names.iter().position(|name| *name == number).map(|at| at as i64 + 1)
}

/// Participles of what is still to come: "hat drei Treffen verabredet", "sind alle eingeladen".
pub(super) fn planned(word: &str) -> bool {
    matches!(
        word,
        "angesetzt"
            | "geplant"
            | "vorgesehen"
            | "eingeladen"
            | "verabredet"
            | "vereinbart"
            | "angekuendigt"
            | "festgelegt"
            | "terminiert"
            | "anberaumt"
            | "eingeplant"
            | "vorgemerkt"
            | "geladen"
            | "erwartet"
            | "gebeten"
            | "aufgerufen"
            | "verschoben"
            | "verlegt"
            | "vorbereitet"
            | "reserviert"
            | "gefragt"
    )
}

/// Strong participles that begin like an infinitive.
pub(super) fn strong(word: &str) -> bool {
    matches!(
        word,
        "beschlossen"
            | "begonnen"
            | "erschienen"
            | "entschieden"
            | "vergeben"
            | "bekommen"
            | "erhalten"
            | "verloren"
            | "verlassen"
            | "unterschrieben"
            | "beschrieben"
            | "bewiesen"
            | "erfahren"
            | "besprochen"
            | "versprochen"
            | "verbunden"
            | "beworben"
            | "bestanden"
            | "verstanden"
            | "entstanden"
            | "entworfen"
            | "erworben"
            | "berufen"
            | "ernannt"
            | "erkannt"
            | "verliehen"
            | "beraten"
            | "eroeffnet"
            | "bezogen"
    )
}

/// Bodies whose meetings nobody is invited to.
pub(super) fn council(word: &str) -> bool {
    [
        "ausschuss",
        "ausschuesse",
        "kabinett",
        "bundesrat",
        "bundestag",
        "landtag",
        "gemeinderat",
        "stadtrat",
        "kreistag",
        "parlament",
    ]
    .iter()
    .any(|end| word.ends_with(end))
}

/// Parts of a programme, which name no event however they go on: "Sessions rund um Open Government".
pub(super) fn part(word: &str) -> bool {
    matches!(word, "session" | "sessions" | "panel" | "panels" | "keynotes" | "slots")
}
