//! Each shape of kicker met in the field, and the titles that only look like one.

use super::*;
use crate::testing::RULES;

#[test]
fn kickers_come_off() {
    for (title, kicker, rest) in [
        ("HamburgCDO für Bezirksämter", Some("Hamburg"), "CDO für Bezirksämter"),
        ("Rheinland-PfalzE-Akte in der Fläche", Some("Rheinland-Pfalz"), "E-Akte in der Fläche"),
        ("Nordrhein-WestfalenE-Government wird möglich", Some("Nordrhein-Westfalen"), "E-Government wird möglich"),
        (
            "Baden-Württemberg/BayernDigitale Vernetzung im Amt",
            Some("Baden-Württemberg/Bayern"),
            "Digitale Vernetzung im Amt",
        ),
        ("InterviewEin CDO für Musterstadt", Some("Interview"), "Ein CDO für Musterstadt"),
        ("Digitales BayernWie die Zukunft klingt", Some("Digitales Bayern"), "Wie die Zukunft klingt"),
        ("RegistermodernisierungDer Betrieb beginnt", Some("Registermodernisierung"), "Der Betrieb beginnt"),
        ("eGo-SaarKI-Chatbot für Rathäuser", Some("eGo-Saar"), "KI-Chatbot für Rathäuser"),
        ("Chief Digital OfficerEin Amt für viele", Some("Chief Digital Officer"), "Ein Amt für viele"),
        ("Berlin: Eckpunkte für das neue Gesetz", Some("Berlin"), "Eckpunkte für das neue Gesetz"),
        ("BundErste Register sind angebunden", Some("Bund"), "Erste Register sind angebunden"),
        ("EU: Rahmen für Interoperabilität steht", Some("EU"), "Rahmen für Interoperabilität steht"),
        ("Interview: Drei Fragen zum Start", Some("Interview"), "Drei Fragen zum Start"),
        ("RHEINLAND-PFALZ – Land führt Portal ein", Some("RHEINLAND-PFALZ"), "Land führt Portal ein"),
        (": Digitalisierung findet im Fach statt", None, "Digitalisierung findet im Fach statt"),
    ] {
        assert_eq!(split(title, &RULES), (kicker, rest), "{title}");
    }
}

#[test]
fn other_titles_stay_whole() {
    for title in [
        "NOOTS: Was nun?",
        "ThüringenApp startet im Sommer",
        "BayernPortal mit neuer Suche",
        "CloudBox für alle Ämter",
        "openDesk im Test der Länder",
        "Herr Muster: Wir brauchen mehr Tempo",
        "BundID – ein Konto",
        "BundID-Konten verdoppeln sich",
        "EU-Länder testen den Nachweisabruf",
        "Hamburg",
        "",
        "Zehn Jahre Rathaus – was bleibt von der Reform?",
        "GovTech-Campus zieht um",
        "Warum die eAkte, das DMS und die eRechnung zusammengehören",
    ] {
        assert_eq!(split(title, &RULES), (None, title), "{title}");
    }
}
