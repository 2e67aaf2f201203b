//! One line for each trap of German administration: what a list of keywords would get wrong. All texts are made up.

use model::{Source, State};

use super::*;
use crate::testing::{RULES, judge, rules, source};

fn codes(title: &str, kicker: Option<&str>, summary: &str, source: Option<&Source>) -> String {
    let states = judge(title, kicker, summary, source, &RULES).states;
    states.iter().map(|state| state.code()).collect::<Vec<_>>().join(" ")
}

#[test]
fn states_by_who_acts() {
    for (title, summary, expected) in [
        // Länder inside Länder, adjectives, genitives, abbreviations.
        ("Sachsen-Anhalt baut Portal aus", "", "ST"),
        ("Niedersachsens CIO zieht Bilanz", "", "NI"),
        ("Neues Portal", "Die hessische Landesregierung startet es.", "HE"),
        ("Neues Portal", "Das rheinland-pfälzische Ministerium startet es.", "RP"),
        ("NRW stellt Weichen", "", "NW"),
        ("Thüringer Kabinett berät", "", "TH"),
        ("Saarländische Kommunen rüsten auf", "", "SL"),
        // A town speaks for its Land; Frankfurt is two.
        ("Dormagen lädt zum Digitaltag", "", "NW"),
        ("Frankfurt (Oder) führt E-Akte ein", "", "BB"),
        ("Kölner Stadtverwaltung testet Chatbot", "", "NW"),
        // Words that are towns: meals and halls are none.
        ("Streit bei der Essensausgabe", "Die Gäste essen in der Mehrzweck-Halle.", ""),
        // Clubs.
        ("Bayern München gewinnt", "Der Bayern-Boss jubelt, Werder Bremen verliert.", ""),
        // Datelines.
        ("Mehr Tempo gefordert", "Berlin – Der Verband fordert mehr Tempo.", ""),
        ("Mehr Tempo gefordert", "Berlin (dpa) - Der Verband fordert mehr Tempo.", ""),
        ("Mehr Tempo gefordert", "[09.04.2024] Ulm – Bayern treibt das Vorhaben voran.", "BY"),
        ("Stadtrat beschließt E-Akte", "München (dpa/lby) - Der Stadtrat hat zugestimmt.", "BY"),
        ("Neues Portal", "Ilmenau/Erfurt (dpa/th) - Das Digitalministerium plant es.", "TH"),
        // Former office and origin.
        ("Neue Leiterin in Hessen", "Die gebürtige Hamburger Juristin, zuvor in Bremen tätig, beginnt im Mai.", "HE"),
        // Examples in a row.
        ("Was ein CDO tut", "Ob in Aachen, Bonn oder Dortmund: Das Amt ist neu.", ""),
        ("Brandenburg bündelt", "Nach Bayern, Hessen und Thüringen bündelt nun auch Brandenburg.", "BB"),
        // A venue stands back behind who acts.
        ("Bundestag berät", "Die Anhörung fand in Hamburg statt.", "BUND"),
        // Federal names that are none.
        ("Bund der Steuerzahler rechnet vor", "Die Bundesliga pausiert.", ""),
        ("Bundestag stimmt NOOTS-Staatsvertrag zu", "", "BUND"),
        // What Bund and Länder do together stands back behind a Land that acts.
        ("Bremen legt vor", "Der Staatsrat spricht über die Registermodernisierung und den IT-Planungsrat.", "HB"),
        ("EU-Kommission legt Verordnung vor", "", "EU"),
    ] {
        assert_eq!(codes(title, None, summary, None), expected, "{title} / {summary}");
    }
    assert_eq!(codes("CDO für Bezirksämter", Some("Hamburg"), "Zum Jahresende kommt er.", None), "HH");
    assert_eq!(codes("Vernetzung im Amt", Some("Baden-Württemberg/Bayern"), "", None), "BW BY");
}

#[test]
fn the_source_is_a_prior() {
    let hamburg = Source { states: vec![State::Hh], ..source("probe") };
    assert_eq!(codes("Der Senat beschließt", None, "Die Stadt zieht nach.", Some(&hamburg)), "HH");
    assert_eq!(codes("Bayern beschließt", None, "", Some(&hamburg)), "BY", "a prior, not a verdict");
    let press = Source { url: "https://presse.sachsen-anhalt.de/feed".to_owned(), ..source("probe") };
    assert_eq!(codes("Kabinett beschließt Strategie", None, "", Some(&press)), "ST");
    let topical = Source { topics: vec!["probe".to_owned()], ..source("probe") };
    let rules = rules("probe", &[r#"text = "Wort", weight = 0.5"#]);
    assert_eq!(judge("", None, "Ein Wort.", Some(&topical), &rules).topics, ["probe"]);
    assert!(judge("", None, "Kein Hinweis.", Some(&topical), &rules).topics.is_empty());
}

#[test]
fn topics_by_what_it_is_about() {
    let topics = |text: &str| judge(text, None, "", None, &RULES).topics.join(" ");
    let has = |text: &str, slug: &str| topics(text).split(' ').any(|found| found == slug);
    for (text, slug) in [
        ("Registermodernisierungsgesetz verkündet", "registermodernisierung"),
        ("REGISTER-MODERNISIERUNG kommt voran", "registermodernisierung"),
        ("Once Only im Amt", "noots"),
        ("Digital-Check für neue Gesetze", "digitalcheck"),
        ("Digitalcheck im Ministerium", "recht"),
        ("Neuer CDO berufen", "cdo"),
        ("OZGÄndG im Vermittlungsausschuss", "ozg"),
        ("BUND-ID wird DeutschlandID", "eid"),
        ("KI-Chatbot im Bürgerbüro", "ki"),
        ("Landesverwaltungscloud startet", "cloud"),
        ("openDesk ersetzt Microsoft", "open-source"),
        ("Cyberangriff auf Landratsamt", "it-sicherheit"),
        ("eAkte im Rathaus", "eakte"),
        ("Smart-City-Strategie vorgestellt", "smart-city"),
        ("Interoperabilität durch XÖV", "standards"),
        ("Glasfaser für alle Schulen", "infrastruktur"),
        ("Leichte Sprache im Portal", "barrierefreiheit"),
        ("Digitalstrategie beschlossen", "strategie"),
        ("eGovernment MONITOR: Ranking der Länder", "messung"),
        ("Law as Code im Versuch", "legal-tech"),
        ("Ethik der Algorithmen", "ethik"),
    ] {
        assert!(has(text, slug), "{text}: {}", topics(text));
    }
    for (text, slug) in [
        ("Aufgabe des Handelsregisters", "registermodernisierung"),
        ("Personengesellschaftsrechtsmodernisierungsgesetz gilt", "registermodernisierung"),
        ("Wir helfen gern", "noots"),
        ("Digitalcheck Mittelstand: Förderung für Betriebe", "digitalcheck"),
        ("Ministerin für Inneres, Digitalisierung und Migration besucht Messe", "migration"),
        ("Elektronische Patientenakte kommt", "eakte"),
        ("Smart Country Convention öffnet", "smart-city"),
        ("Digitalministerkonferenz tagt", "veranstaltung"),
        ("Pressekonferenz des Senats", "veranstaltung"),
        ("Cyber Valley wächst", "it-sicherheit"),
        ("Western Digital stellt Platten vor", "cdo"),
        ("Ministerium für Justiz und Digitales stellt Plan vor", "justiz"),
    ] {
        assert!(!has(text, slug), "{text}: {}", topics(text));
    }
}

#[test]
fn relevance_needs_administration_and_digital() {
    let relevant = |title: &str, summary: &str| judge(title, None, summary, None, &RULES).relevance >= THRESHOLD;
    for (title, summary) in [
        ("E-Akte in der Fläche", "Das Land hat sie in allen Behörden eingeführt."),
        ("Rathaus testet Chatbot", "Die Verwaltung prüft Künstliche Intelligenz."),
        ("Verwaltungsdigitalisierung kommt voran", ""),
        ("Cyberangriff legt Landkreis lahm", "Die Kreisverwaltung ist offline."),
    ] {
        assert!(relevant(title, summary), "{title}");
    }
    for (title, summary) in [
        ("CDO im Handel", "Der Chief Digital Officer treibt E-Commerce im Unternehmen."),
        ("Orgel fertig", "Die Register klingen wieder."),
        ("Einbruch in Hamm", "Gestohlen wurde eine Digitalkamera, die Polizei ermittelt."),
        ("Rathaus öffnet Türen", "Die Stadt lädt zum Kuchen."),
        ("Digitalcheck Mittelstand", "Zuschuss für Betriebe."),
        ("Bayern München siegt", "Die Bundesliga online im Stream."),
    ] {
        assert!(!relevant(title, summary), "{title}");
    }
}

#[test]
fn every_label_has_evidence_in_the_sources_words() {
    let (title, summary) = ("Thu\u{308}ringer KI-Chatbot startet", "Die Lan\u{ad}desverwaltung führt die E‑Akte ein.");
    let judged = judge(title, None, summary, None, &RULES);
    assert_eq!(judged.states, [State::Th]);
    for label in
        judged.topics.iter().map(|slug| format!("topic:{slug}")).chain(["state:TH".to_owned(), "relevance".to_owned()])
    {
        assert!(judged.why.iter().any(|why| why.label == label), "{label}");
    }
    for why in &judged.why {
        let field = match &*why.field {
            "title" => title,
            "summary" => summary,
            _ => continue,
        };
        assert_eq!(&field[why.start as usize..why.end as usize], why.text);
    }
    let state = judged.why.iter().find(|why| why.label == "state:TH").unwrap();
    assert_eq!((state.text.as_str(), state.rule.as_str()), ("Thu\u{308}ringer", "state:TH/thueringer"));
}

#[test]
fn aspects_count_together_only() {
    let both = rules("probe", &[r#"text = "rot", aspect = "farbe""#, r#"text = "rund", aspect = "form""#]);
    let topics = |text: &str| judge("", None, text, None, &both).topics;
    assert!(topics("rot, rot und rot").is_empty());
    assert_eq!(topics("rot und rund"), ["probe"]);
}
