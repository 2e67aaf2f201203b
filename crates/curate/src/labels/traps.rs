//! One line for each trap of names and words that has been met: what a list of keywords would get wrong. All texts are
//! made up; the names in them are those that trap.

use model::Source;

use super::{THRESHOLD, Text, classify};
use crate::testing::RULES;

/// States by code, topics that must and must not be there, and whether it is about us, if the line says so.
struct Line {
    source: &'static str,
    title: &'static str,
    summary: &'static str,
    states: &'static str,
    topics: &'static str,
    not: &'static str,
    relevant: Option<bool>,
}

const fn line(source: &'static str, title: &'static str, summary: &'static str, states: &'static str) -> Line {
    Line { source, title, summary, states, topics: "", not: "", relevant: None }
}

fn check(lines: &[Line]) {
    for line in lines {
        let source = Source { url: format!("https://{}/", line.source), ..Source::default() };
        let (kicker, title) = crate::kicker::split(line.title, &RULES);
        let text = Text { title, kicker, summary: line.summary, url: None, dated: true };
        let judged = classify(&text, Some(&source), &RULES);
        let states = judged.states.iter().map(|state| state.code()).collect::<Vec<_>>().join(" ");
        let shown = format!("{} / {} / {}", line.source, line.title, line.summary);
        assert_eq!(states, line.states, "{shown}");
        for topic in line.topics.split_whitespace() {
            assert!(judged.topics.iter().any(|found| found == topic), "{shown}: {topic} in {:?}", judged.topics);
        }
        for topic in line.not.split_whitespace() {
            assert!(judged.topics.iter().all(|found| found != topic), "{shown}: no {topic} in {:?}", judged.topics);
        }
        if let Some(relevant) = line.relevant {
            assert_eq!(judged.relevance >= THRESHOLD, relevant, "{shown}: {}", judged.relevance);
        }
    }
}

#[test]
fn laender_inside_laender_and_names_they_share() {
    check(&[
        line("muster.de", "Sachsen-Anhalt stellt Portal vor", "", "ST"),
        line("muster.de", "Niedersachsen stellt Portal vor", "", "NI"),
        line("muster.de", "Neues Portal", "Magdeburg (dpa/sa) - Das Digitalministerium hat es freigeschaltet.", "ST"),
        line("muster.de", "Neues Portal", "Dresden (dpa/sn) - Die Landesregierung hat es freigeschaltet.", "SN"),
        line("muster.de", "Neues Portal", "Erfurt (dpa/th) - Die Landesregierung hat es freigeschaltet.", "TH"),
        line("muster.de", "Neues Portal", "Schwerin (dpa/mv) - Die Landesregierung hat es freigeschaltet.", "MV"),
        line("muster.de", "Neues Portal", "Augsburg (dpa/lby) - Der Stadtrat hat es beschlossen.", "BY"),
        line("presse.sachsen-anhalt.de", "Kabinett beschließt E-Akte", "", "ST"),
        line("merkur.de", "Freistaat führt E-Akte ein", "", "BY"),
        line("saechsische.de", "Freistaat führt E-Akte ein", "", "SN"),
        line("tlz.de", "Freistaat führt E-Akte ein", "", "TH"),
        line("muster.de", "Freistaat führt E-Akte ein", "", ""),
        line("weser-kurier.de", "Hansestadt führt E-Akte ein", "", "HB"),
        line("abendblatt.de", "Hansestadt führt E-Akte ein", "", "HH"),
        line("ln-online.de", "Hansestadt führt E-Akte ein", "Lübeck. Die Stadt schafft Papier ab.", "SH"),
        line("muster.de", "Digitale Verwaltung im echten Norden", "", "SH"),
        line("tagesspiegel.de", "Senat beschließt E-Akte", "", "BE"),
        line("muster.de", "Rathaus Neustadt führt E-Akte ein", "Sachsen fördert das Vorhaben.", "SN"),
    ]);
}

#[test]
fn towns_that_are_words() {
    check(&[
        Line { relevant: Some(false), ..line("muster.de", "Streit bei der Essensausgabe", "Die Gäste essen.", "") },
        line("muster.de", "Fest in der Taekwondo-Halle", "Danach geht es in die Händelhalle und in die Halle.", ""),
        line("waz.de", "Stadt Essen führt E-Akte ein", "", "NW"),
        line("mz.de", "Halle (Saale) führt E-Akte ein", "", "ST"),
        line("muster.de", "Einbruch in Hamm-Bockum-Hövel", "Hamm-Mitte – Die Polizei ermittelt.", "NW"),
        // A cabinet met in Meseberg, and somebody wrote of another town.
        line("muster.de", "Bundeskabinett berät über Digitalcheck", "Die Klausur findet in Merseburg statt.", "BUND"),
        Line { topics: "kommunal", ..line("muster.de", "Märkischer Kreis führt E-Akte ein", "", "NW") },
        line("muster.de", "Cyberangriff auf Anhalt-Bittefeld", "", "ST"),
        Line { topics: "kommunal", ..line("muster.de", "Häfler Stadtverwaltung testet Chatbot", "", "BW") },
        Line { topics: "kommunal", ..line("muster.de", "Münchner Stadtrat berät über E-Akte", "", "BY") },
        line("buergerinfo.lk-ni.de", "Vorlage zur E-Akte", "Der Landkreis führt sie ein.", "NI"),
        Line { topics: "kommunal", ..line("muster.de", "Saar-Kommunen bauen Portal", "", "SL") },
    ]);
}

#[test]
fn persons_clubs_and_venues() {
    check(&[
        line("muster.de", "Banker vor Gericht", "Der Prozess gegen Tilo Berlin beginnt.", ""),
        line("muster.de", "Hund namens Söder gefunden", "", ""),
        line("muster.de", "Neuer Abteilungsleiter", "Martin Hagen leitet die Abteilung für E-Akten.", ""),
        line("muster.de", "Bayern München gewinnt", "Werder Bremen, Hertha BSC und Mainz 05 verlieren.", ""),
        line("muster.de", "Der Bayern-Boss tobt", "", ""),
        line(
            "muster.de",
            "IT-Planungsrat lädt zum Fachkongress",
            "Man trifft sich in der Mainzer Coface-Arena.",
            "BUND",
        ),
        line("muster.de", "Bundestag hört Fachleute", "Ina Muster aus Mecklenburg-Vorpommern war dabei.", "BUND"),
        line("muster.de", "Gutachten zur Registermodernisierung", "Von Jens Muster (Friedrichshafen).", "BUND"),
    ]);
}

#[test]
fn bund_that_is_none() {
    check(&[
        line("muster.de", "Bund der Steuerzahler rechnet vor", "", ""),
        Line { topics: "eid", ..line("muster.de", "BUND-ID wird umbenannt", "", "BUND") },
        line("muster.de", "Bundesliga startet", "Der Bundesligist gewinnt.", ""),
        Line { relevant: Some(false), ..line("muster.at", "Bund, Länder und Gemeinden in Österreich einig", "", "") },
    ]);
}

#[test]
fn hosts_that_mislead() {
    check(&[
        line("hessenaktuella.de", "Einbruch", "Hamm – Die Stadt stellt Kameras auf.", "NW"),
        line("berlin.de", "Brandenburgs Kabinett beschließt E-Akte", "", "BB"),
        line("drb-nrw.de", "Neues Gerichtsgebäude in Landshut", "", "BY"),
        line("pforzheim-24stun.de", "Bayern digitalisiert Gesundheitsämter", "", "BY"),
        Line {
            relevant: Some(false),
            ..line("digitaldaily.de", "Einbruch in Wohnung", "Hamm – Die Polizei ermittelt.", "")
        },
        line("die-nachrichten.at", "Bundestag beschließt Registermodernisierung", "", "BUND"),
        line("itmagazine.ch", "Bayern wechselt zu freier Software", "", "BY"),
        line("kosmo.at", "Deutscher Bundestag beschließt Onlinezugangsgesetz", "", "BUND"),
        line("gnulinux.ch", "Schleswig-Holstein wechselt zu freier Software", "", "SH"),
        line("europa.rlp.de", "EU-Kommission legt Verordnung zu Interoperabilität vor", "", "EU"),
        line("abendblatt.de", "Schwerin: Land startet Serviceportal", "Mecklenburg-Vorpommern geht online.", "MV"),
    ]);
}

#[test]
fn words_that_are_others() {
    check(&[
        Line { not: "registermodernisierung", ..line("muster.de", "Handelsregister: Eintrag online", "", "") },
        Line { not: "registermodernisierung", ..line("muster.de", "Registrierkasse wird Pflicht", "", "") },
        Line { not: "registermodernisierung", ..line("muster.de", "The Register berichtet über Chips", "", "") },
        Line { not: "registermodernisierung", ..line("muster.de", "Die Register der Orgel", "", "") },
        Line {
            not: "registermodernisierung",
            ..line("muster.de", "Personengesellschaftsrechtsmodernisierungsgesetz in Kraft", "", "")
        },
        Line { not: "eakte", ..line("muster.de", "ePA: Patientenakte für alle", "", "") },
        Line { topics: "eid", ..line("muster.de", "Online-Ausweis: ePA wird erneuert", "", "BUND") },
        Line { relevant: Some(false), not: "cdo", ..line("muster.de", "Western Digital hebt Prognose", "", "") },
        Line { relevant: Some(false), not: "cdo", ..line("muster.de", "Chief Keef kündigt Album an", "", "") },
        // What a machine hears for CDO, and for FITKO.
        Line { not: "cdo", ..line("muster.de", "CDU im Stadtrat fordert mehr Tempo bei der E-Akte", "", "") },
        line("muster.de", "Podcast", "Der Präsident der Fitkow spricht über Onlinedienste.", "BUND"),
        Line { relevant: Some(false), ..line("muster.de", "Kinderfest am Rathaus", "Die Stadt lädt ein.", "") },
        Line { relevant: Some(false), ..line("muster.de", "Drei Flieger landen gleichzeitig", "Computer helfen.", "") },
        Line { relevant: Some(false), ..line("muster.de", "Digitalkamera gestohlen", "Die Polizei ermittelt.", "") },
        Line { relevant: Some(false), ..line("muster.de", "Digitalkommissar ermittelt im Fernsehen", "", "") },
        Line { not: "gesundheit", ..line("muster.de", "Warum Verfahren kranken", "Alle Länder kranken dran.", "") },
        Line { not: "noots", ..line("muster.de", "Wir helfen gern", "Behörden helfen.", "") },
        Line { not: "veranstaltung", ..line("muster.de", "Digitalministerkonferenz fordert Tempo", "", "BUND") },
        Line { not: "it-sicherheit", ..line("muster.de", "Verband kritisiert Kosten der E-Akte", "", "") },
    ]);
}

#[test]
fn names_to_know() {
    check(&[
        line("muster.de", "KölnDigital zieht Bilanz", "", "NW"),
        Line { topics: "it-sicherheit", ..line("muster.de", "Hessen3C übt den Ernstfall", "", "HE") },
        Line { topics: "cdo", ..line("muster.de", "Hessen-CIO im Amt", "", "HE") },
        line("muster.de", "Portalverbund.NRW wächst", "", "NW"),
        line("muster.de", "Servicekonto.NRW wird abgelöst", "", "NW"),
        line("muster.de", "Strategie digital@bw fortgeschrieben", "", "BW"),
        line("muster.de", "Strategie digital.LÄND vorgestellt", "", "BW"),
        line("muster.de", "DIWI nimmt Dienste für Betriebe auf", "", "BE"),
        line("muster.de", "service-bw mit neuer Oberfläche", "", "BW"),
        line("muster.de", "M-V führt E-Akte ein", "", "MV"),
        line("muster.de", "Dienste in MV nun online", "", "MV"),
        Line { topics: "ki", ..line("muster.de", "LLMoin für alle Behörden", "", "HH") },
        Line { topics: "ki", ..line("muster.de", "F13 wird geöffnet", "", "BW") },
        Line { topics: "ozg", ..line("muster.de", "Amt24 wird Leistungsportal", "", "SN") },
        Line { topics: "gesundheit", ..line("muster.de", "EDÖ² verbindet Gesundheitsämter", "", "") },
    ]);
}

#[test]
fn who_speaks_is_not_who_acts() {
    check(&[
        line(
            "muster.de",
            "Bundestag berät über Digitalcheck",
            "„Bei uns in Niedersachsen wäre das längst üblich“, sagte eine Abgeordnete.",
            "BUND",
        ),
        line("muster.de", "Bundestag berät über Digitalcheck", "»Wir in Bayern sind weiter«, so ein Redner.", "BUND"),
        line("muster.de", "Bundestag berät über Digitalcheck", "Dafür warb eine Abgeordnete aus Celle.", "BUND"),
        line(
            "muster.de",
            "Hamburg führt openDesk ein",
            "\"In Schleswig-Holstein läuft das schon lange gut\", lobte der Vorsitzende des Vereins.",
            "HH",
        ),
        // Where only the speaker names a Land, it is that one.
        line(
            "muster.de",
            "„Wir machen ernst“",
            "„Sachsen wird die E-Akte überall einführen“, sagte der Minister.",
            "SN",
        ),
        // What stands in quotation marks as a name is no speech.
        line("muster.de", "E-Akte", "Das „Digitale Hamburg“ ist ein Programm des Senats.", "HH"),
    ]);
}

#[test]
fn examples_comparisons_and_negations() {
    check(&[
        line("muster.de", "Hessen kommt langsam voran", "Anders als in Bayern gibt es keinen Onlinedienst.", "HE"),
        line("muster.de", "Bremen holt auf", "Das Land liegt nur noch hinter Hamburg.", "HB"),
        line("muster.de", "Thüringen plant Portal", "Nach dem Vorbild Sachsens soll es alle Dienste bündeln.", "TH"),
        line("muster.de", "Portal startet in Brandenburg", "Alle Nachbarn außer Berlin machen mit.", "BB"),
        line("muster.de", "Was Ämter digital können", "Leipzig, Dresden und Köln haben es vorgemacht.", ""),
        line("muster.de", "Online-Dienste in der Fläche", "Ob in Aachen, Bonn oder Essen: Es geht voran.", ""),
    ]);
}

#[test]
fn places_where_one_merely_is() {
    check(&[
        line("muster.de", "Digitalministerkonferenz fordert Tempo", "Die Runde tagte in Ingelheim.", "BUND"),
        line("muster.de", "Normenkontrollrat legt Bericht vor", "Er traf sich dazu in Potsdam.", "BUND"),
        line("muster.de", "IT-Planungsrat auf der SCCON", "Die Messe in Berlin öffnet am Dienstag.", "BUND"),
        line("muster.de", "Gutachten zum NOOTS", "Verfasst hat es Ina Muster von der Universität Speyer.", "BUND"),
        line("muster.de", "Saarland holt neuen CIO", "Der gebürtige Mainzer war früher Bürgermeister in Kassel.", "SL"),
        Line {
            not: "kommunal",
            ..line(
                "muster.de",
                "Amtsgericht Ilmenau führt E-Akte ein",
                "Als letztes im Land arbeitet Ilmenau ohne Papier.",
                "TH",
            )
        },
        Line {
            not: "kommunal",
            ..line("muster.de", "Sachsen sucht Fachleute für die E-Akte", "Arbeitsort ist Dresden.", "SN")
        },
        Line { not: "kommunal", ..line("muster.de", "Berlins CDO verlässt das Rote Rathaus", "", "BE") },
    ]);
}

#[test]
fn partners_providers_and_capitals() {
    check(&[
        line(
            "muster.de",
            "LLMoin für fünf Länder",
            "Hamburg gibt ihn an Bremen, Niedersachsen, Rheinland-Pfalz und Sachsen-Anhalt weiter.",
            "HB HH NI RP ST",
        ),
        line("muster.de", "Baden-Württemberg/BayernDigitale Vernetzung der Gesundheitsämter", "", "BW BY"),
        line("muster.de", "Dataport stellt neues Rechenzentrum vor", "", ""),
        line("muster.de", "AKDB erweitert Dienste", "", ""),
        line("muster.de", "Dataport betreibt Chatbot für Sachsen-Anhalt", "", "ST"),
        Line {
            not: "kommunal",
            ..line("muster.de", "München will Behörden in die Cloud bringen", "Bayern plant dafür einen Vertrag.", "BY")
        },
        Line { topics: "kommunal", ..line("muster.de", "Stadtrat in München stimmt für E-Akte", "", "BY") },
        line(
            "muster.de",
            "Bremen entwickelt Datenschutzcockpit für alle Länder",
            "Im Auftrag des Bundes entsteht es bis Mai.",
            "HB BUND",
        ),
    ]);
}

#[test]
fn kinds_that_a_quotation_does_not_make() {
    let kind = |title: &str, summary: &str| {
        let text = Text { title, summary, dated: true, ..Text::default() };
        classify(&text, None, &RULES).genre.word().to_owned()
    };
    for (title, summary, expected) in [
        ("Verein legt „Leitfaden E-Akte“ vor", "Er hilft Behörden.", "news"),
        ("Leitfaden E-Akte", "Er hilft Behörden.", "other"),
        ("Minister stellt Plan vor", "„Wir fordern Geld, und der Bund muss jetzt handeln“, sagte er.", "news"),
        ("Stellungnahme zum Gesetz", "Wir fordern Geld.", "opinion"),
        ("Fachtag „Digitales Amt“ am 4. Mai", "Wir laden ein, Beginn 10 Uhr.", "event"),
        ("Ausschreibung: Rahmenvertrag für Server", "Die Angebotsfrist endet am 3. Mai.", "tender"),
        ("Kreis schafft Stelle für Digitalisierung", "Der Kreistag hat zugestimmt.", "news"),
    ] {
        assert_eq!(kind(title, summary), expected, "{title} / {summary}");
    }
}
