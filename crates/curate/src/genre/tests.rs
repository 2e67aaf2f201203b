//! The kind of a text from its head, its announcement, or who publishes it.

use model::Genre;

use crate::testing::{RULES, judge, source};

#[test]
fn kinds_of_text() {
    for (kicker, title, summary, expected) in [
        (Some("Interview"), "Die koordinierende Rolle", "Die Ministerin erklärt ihr Amt.", Genre::Interview),
        (None, "Stellungnahme zum Gesetzentwurf", "Der Verband fordert mehr.", Genre::Opinion),
        (None, "DEU-Musterstadt - Lieferung von Servern", "Angebote bis 9. Dezember.", Genre::Tender),
        (None, "Referent (m/w/d) Digitalisierung", "Das Amt sucht Verstärkung.", Genre::Job),
        (None, "FAQ: Fragen zum Konto", "Antworten auf häufige Fragen.", Genre::Other),
        (None, "Fachtag im Rathaus", "Wir laden herzlich ein: Der Fachtag findet am 4. Mai statt.", Genre::Event),
        (None, "Portal ist online", "Das Land hat das Portal freigeschaltet.", Genre::News),
    ] {
        assert_eq!(judge(title, kicker, summary, None, &RULES).genre, expected, "{title}");
    }
}

#[test]
fn who_acts_and_publishes_makes_a_press_release() {
    let of = |url: &str| {
        let source = model::Source { url: url.to_owned(), ..source("probe") };
        judge("Portal ist online", None, "Freigeschaltet.", Some(&source), &RULES).genre
    };
    assert_eq!(of("https://www.bmi.bund.de/feed.xml"), Genre::Press);
    assert_eq!(of("https://www.zeitung.example/feed.xml"), Genre::News);
    let body = model::Source { states: vec![model::State::Hh], ..source("probe") };
    assert_eq!(judge("Portal", None, "", Some(&body), &RULES).genre, Genre::Press);
}
