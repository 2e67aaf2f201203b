//! What a stem stands for beside itself: how much it tells, the subject that houses call by different names, the act
//! that is told of it, the station of a law.
//!
//! The lists are domain knowledge: who retells a release says "Landtag" for "Parlament" and "gebilligt" for
//! "beschlossen". Each stem is looked up once; what stands in no list is a word of its own.

use std::collections::HashMap;
use std::sync::LazyLock;

use german::fold::fold;
use german::stem::stem;

use super::common::COMMON;
use super::words::{OF_FIELD, STATIONS};

/// How much a stem tells apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// A word that few items have.
    #[default]
    Rare = 0,
    /// A word that news are made of.
    Common = 1,
    /// A word that most items of the field have.
    Field = 2,
}

/// What a stem stands for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Meaning {
    pub(super) sort: Sort,
    /// The station of a law, as one bit.
    pub(super) station: u8,
    /// What is done, one bit for each line of [`ACTS`].
    pub(super) acts: u16,
    /// What it is done with, one bit for each line of [`SUBJECTS`].
    pub(super) subjects: u64,
    /// The number that it spells out.
    pub(super) number: u8,
}

/// What a stem stands for.
pub(super) fn meaning(root: &str) -> Meaning {
    static ALL: LazyLock<HashMap<String, Meaning>> = LazyLock::new(all);
    let mut meaning = ALL.get(root).copied().unwrap_or_default();
    if root.starts_with("digital") || root.starts_with("verwalt") {
        meaning.sort = Sort::Field;
    }
    meaning
}

/// The words that an abbreviation stands for, folded.
pub(super) fn spelled_out(word: &str) -> &'static [&'static str] {
    ABBREVIATIONS.iter().find(|(short, _)| *short == word).map_or(&[], |(_, long)| long)
}

fn all() -> HashMap<String, Meaning> {
    let mut all: HashMap<String, Meaning> = HashMap::new();
    let mut of = |word: &str, add: &mut dyn FnMut(&mut Meaning)| add(all.entry(stem(word)).or_default());
    COMMON.split_whitespace().for_each(|word| of(word, &mut |meaning| meaning.sort = Sort::Common));
    OF_FIELD.iter().for_each(|word| of(&fold(word), &mut |meaning| meaning.sort = Sort::Field));
    for (bit, words) in (0..).zip(STATIONS) {
        words.iter().for_each(|word| of(word, &mut |meaning| meaning.station |= 1 << bit));
    }
    for (bit, words) in (0..).zip(ACTS) {
        words.split(' ').for_each(|word| of(word, &mut |meaning| meaning.acts |= 1 << bit));
    }
    for (bit, words) in (0..).zip(SUBJECTS) {
        words.split(' ').for_each(|word| of(word, &mut |meaning| meaning.subjects |= 1 << bit));
    }
    for (word, number) in NUMBERS {
        of(word, &mut |meaning| meaning.number = number);
    }
    all
}

/// What is done, each in the forms it is told in: two items of one act speak of it, in whichever words.
const ACTS: [&str; 12] = [
    "beschliesst beschliessen beschlossen beschloss beschluss billigt gebilligt stimmt stimmen zugestimmt zustimmung \
     verabschiedet verabschiedung angenommen ratifiziert ratifizierung entscheidet entschieden votiert einstimmig",
    "plant planen geplant vorschlag schlaegt vorgeschlagen entwurf eckpunkte angekuendigt ankuendigung arbeitet",
    "startet starten gestartet start freigeschaltet livebetrieb betrieb eingefuehrt fuehrt einfuehrung freigegeben \
     freigabe eroeffnet angebunden",
    "ernannt ernennung berufen berufung nachfolger nachfolgerin uebernimmt leitet bestellt antritt angetreten spitze",
    "angriff hackerangriff cyberangriff attacke gehackt lahm lahmgelegt hacker verschluesselt abgeschaltet notbetrieb",
    "foerdert foerderung bescheid foerderbescheid foerdermittel",
    "kritisiert kritik ruegt bemaengelt fordert forderung warnt warnung verlangt mahnt lobt begruesst",
    "unterzeichnet unterzeichnung vereinbart vereinbarung kooperation kooperieren kooperationsvereinbarung \
     absichtserklaerung",
    "abgeschlossen vollstaendig flaechendeckend saemtliche fertig meilenstein letzte",
    "interview gespraech podcast folge erzaehlt bilanz",
    "kongress tagung konferenz fachkongress veranstaltung anmeldung workshop",
    "ausschreibung vergabe angebote bieter einzureichen zuschlag",
];

/// What houses call by different names, a line for each.
const SUBJECTS: [&str; 40] = [
    "parlament landtag plenum abgeordnetenhaus buergerschaft abgeordnete",
    "kabinett landeskabinett bundeskabinett ministerrat kabinettssitzung",
    "regierung landesregierung staatsregierung senat",
    "stadtrat gemeinderat ratssitzung stadtverordnetenversammlung kreistag ratsversammlung",
    "fahrzeug kfz auto pkw kraftfahrzeug",
    "hackerangriff cyberangriff hackerattacke cyberattacke angriff attacke ransomware",
    "rechnungshof bundesrechnungshof landesrechnungshof",
    "gutachten rechtsgutachten studie analyse kurzanalyse",
    "sprachmodell llm chatbot sprachassistent textassistent",
    "kommune gemeinde rathaus rathaeuser",
    "identifikationsnummer idnr personenkennziffer personenkennzahl buergernummer identifikationsmerkmal",
    "ausschreibung vergabe vergabeverfahren bekanntmachung vergabebekanntmachung",
    "oberbuergermeister oberbuergermeisterin stadtoberhaupt",
    "strategie digitalstrategie",
    "chef chefin leiter leiterin leitung spitze amtsleiter digitalchef",
    "richter gericht landgericht amtsgericht justiz",
    "bundesverfassungsgericht karlsruhe",
    "standard vorgabe norm format datenformat",
    "schule schueler lehrer lehrkraefte unterricht",
    "brieftasche wallet",
    "bafoeg ausbildungsfoerderung",
    "wohngeld mietzuschuss",
    "homeoffice telearbeit",
    "gesundheitsamt gesundheitsaemter oegd gesundheitsdienst",
    "datenschuetzer datenschutz datenschutzbeauftragte datenschutzbeauftragter",
    "rechenzentrum rechenzentren serverfarm",
    "glasfaser breitband breitbandausbau glasfaserausbau",
    "mobilfunk funkloch funkloecher funkmast",
    "vertrag staatsvertrag abkommen vereinbarung",
    "einbuergerung staatsbuergerschaft",
    "sensor messgeraet",
    "verkehr ampel strassenverkehr",
    "frist uebergangsfrist uebergangszeit",
    "posten stelle amt position",
    "mitarbeiter mitarbeiterin beschaeftigte bedienstete",
    "bericht pruefbericht report jahresbericht",
    "portal serviceportal buergerportal plattform onlineportal",
    "umfrage befragung",
    "akte aktenfuehrung aktenberge papierakte eakte",
    "haushalt etat budget haushaltsplan",
];

/// Abbreviations that some spell out.
const ABBREVIATIONS: [(&str, &[&str]); 18] = [
    ("azr", &["auslaenderzentralregister"]),
    ("bmds", &["digitalministerium"]),
    ("bmi", &["innenministerium"]),
    ("bva", &["bundesverwaltungsamt"]),
    ("dms", &["dokumentenmanagementsystem"]),
    ("dmk", &["digitalministerkonferenz"]),
    ("dstgb", &["gemeindebund"]),
    ("dvc", &["verwaltungscloud"]),
    ("eakte", &["akte"]),
    ("kba", &["kraftfahrt", "bundesamt"]),
    ("mpk", &["ministerpraesidentenkonferenz"]),
    ("mv", &["mecklenburg", "vorpommern"]),
    ("nkr", &["normenkontrollrat"]),
    ("noots", &["once", "only"]),
    ("nrw", &["nordrhein", "westfalen"]),
    ("ozg", &["onlinezugangsgesetz"]),
    ("regmog", &["registermodernisierungsgesetz"]),
    ("rlp", &["rheinland", "pfalz"]),
];

/// Numbers as words; smaller ones are said of everything.
const NUMBERS: [(&str, u8); 17] = [
    ("vier", 4),
    ("fuenf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwoelf", 12),
    ("fuenfzehn", 15),
    ("zwanzig", 20),
    ("dreissig", 30),
    ("vierzig", 40),
    ("fuenfzig", 50),
    ("sechzig", 60),
    ("siebzig", 70),
    ("achtzig", 80),
];
