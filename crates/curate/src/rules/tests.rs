//! Words match on their bounds and in their inflections, and the longest wins.

use super::*;
use crate::testing::{RULES, rules};

fn found(rules: &Rules, text: &str) -> Vec<String> {
    let field = Field::new("summary", text, 1.0);
    rules.hits(&field).iter().map(|hit| field.source(hit.start..hit.end).to_owned()).collect()
}

#[test]
fn forms_match_on_word_bounds() {
    for (rule, text, expected) in [
        (r#"text = "ELFE", form = "word""#, "Wir helfen gern", &[][..]),
        (r#"text = "ELFE", form = "word""#, "Der Dienst ELFE hilft", &["ELFE"]),
        (r#"text = "Akte""#, "Akten und Akteure", &["Akten"]),
        (r#"text = "E-Akte""#, "E-Akte, E Akte, E-Akten-Einführung", &["E-Akte", "E Akte", "E-Akten"]),
        (r#"text = "Once-Only""#, "das Once-Only-Prinzip", &["Once-Only"]),
        (r#"text = "krank""#, "Länder kranken daran", &["kranken"]),
        (
            r#"text = "Registermodernisierung", form = "start""#,
            "Registermodernisierungsgesetz",
            &["Registermodernisierungsgesetz"],
        ),
        (r#"text = "rechtsmodernisierung", form = "start""#, "Personengesellschaftsrechtsmodernisierungsgesetz", &[]),
        (r#"text = "gesetz", form = "end""#, "Onlinezugangsgesetzes, gesetzlich", &["Onlinezugangsgesetzes"]),
        (
            r#"text = "Verwaltung", form = "part""#,
            "Verwaltung, Kommunalverwaltungsreform, Behördenverwaltungen, verwaltet",
            &["Verwaltung", "Kommunalverwaltungsreform", "Behördenverwaltungen"],
        ),
        (r#"text = "Akte", form = "part""#, "Registerakten, Kontakte, Akteure", &["Registerakten"]),
        (r#"text = "Praxis- und Digitalcheck""#, "der Praxis- und Digitalcheck", &["Praxis- und Digitalcheck"]),
        (r#"text = "KI-", form = "start""#, "KI-Chatbot, Kinder, Ki-ta", &["KI", "Ki"]),
        (r#"text = "Beauftragte""#, "ein Beauftragter, die Beauftragten", &["Beauftragter", "Beauftragten"]),
        (r#"text = "KI", form = "exact""#, "KI, Ki, KI-Chatbot, KIM", &["KI", "KI"]),
        (
            r#"text = "digitale Verwaltung""#,
            "der digitalen Verwaltung, digitaler Verwaltungen",
            &["digitalen Verwaltung", "digitaler Verwaltungen"],
        ),
        (r#"text = "Behörde""#, "BEHÖRDEN und behoerde", &["BEHÖRDEN", "behoerde"]),
        (r#"text = "Gesundheitsämter""#, "Gesundheitsa\u{308}mter der Länder", &["Gesundheitsa\u{308}mter"]),
    ] {
        assert_eq!(found(&rules("probe", &[rule]), text), expected, "{rule} in {text}");
    }
}

#[test]
fn the_longest_wins() {
    let register =
        rules("probe", &[r#"text = "Register", form = "start""#, r#"text = "Register des Handels", weight = 0.0"#]);
    assert_eq!(found(&register, "Register des Handels"), ["Register des Handels"]);
    let states = |text: &str| {
        let field = Field::new("summary", text, 1.0);
        let hits = RULES.hits(&field);
        hits.iter()
            .filter_map(|hit| match RULES.rules[hit.rule].label {
                Label::State(state) => Some(state.code()),
                _ => None,
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (text, expected) in [
        ("Sachsen-Anhalt", "ST"),
        ("Niedersachsen", "NI"),
        ("Sachsens Ministerien", "SN"),
        ("Das sächsische Kabinett", "SN"),
        ("rheinland-pfälzische Kommunen", "RP"),
        ("Frankfurt (Oder)", "BB"),
        ("im Saarland", "SL"),
    ] {
        assert_eq!(states(text), expected, "{text}");
    }
}

#[test]
fn hosts_speak_for_their_land() {
    for (host, expected) in [
        ("presse.sachsen-anhalt.de", Some(State::St)),
        ("sachsen.de", Some(State::Sn)),
        ("bmi.bund.de", Some(State::Bund)),
        ("nichtbremen.de", None),
        ("beispiel.org", None),
    ] {
        assert_eq!(RULES.home_of(host).map(|home| home.state), expected, "{host}");
    }
}

#[test]
fn implied_topics_are_closed() {
    let topic = |slug: &str, implies: &[&str]| model::Topic {
        slug: slug.to_owned(),
        implies: implies.iter().map(|slug| (*slug).to_owned()).collect(),
        ..model::Topic::default()
    };
    let catalogue =
        Catalogue { topics: vec![topic("a", &["b"]), topic("b", &["c"]), topic("c", &["a"])], ..Catalogue::default() };
    let topics = topics(&catalogue);
    let implied: Vec<&str> = topics[0].implies.iter().map(|(_, slug)| slug.as_str()).collect();
    assert_eq!(implied, ["b", "c"], "a circle ends");
}
