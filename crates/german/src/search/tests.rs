//! Both sides of the search meet: what is found, what is not, how it is weighed, and what any text a visitor types
//! comes to.

use super::*;
use crate::compound::LEXICON;

mod corners;

fn finds(q: &str, text: &str) -> bool {
    ask(q).matcher().fits(&format!(" {} ", terms("", "", text)))
}

/// The rank that a store gives to an item.
fn rank(q: &str, title: &str, summary: &str) -> u32 {
    let terms = format!(" {} ", terms(title, "", summary));
    ask(q).better.iter().filter(|(phrase, _)| terms.contains(&needle(phrase))).map(|(_, weight)| weight).sum()
}

#[test]
fn what_is_found() {
    for (q, text) in [
        ("Registermodernisierungen", "Modernisierung der Register in Bund und Ländern"),
        ("Registermodernisierung", "Das Registermodernisierungsgesetz gilt"),
        ("register", "Das Registermodernisierungsgesetz gilt"),
        ("projekt", "Demokratieprojekte der Landeszentrale"),
        ("Projekte", "Ein Demokratieprojekt"),
        ("thueringen", "Thüringer Wald und Thüringen"),
        ("thuringen", "in Thüringen"),
        ("THÜRINGEN", "in Thueringen"),
        ("Behorde", "Alle Behörden des Landes"),
        ("Auslanderbehorde", "Die Ausländerbehörde zieht um"),
        ("straße", "Die Strasse"),
        ("E-Akte", "Die eAkte kommt"),
        ("eakte", "Einführung der E-Akte"),
        ("akte", "Einführung der E-Akte"),
        ("akten", "Einführung der eAkte"),
        ("Once-Only", "Nur einmal: Once Only"),
        ("\"once only\"", "das Once-Only-Prinzip"),
        ("Registermodernisierung", "REGISTER-MODERNISIERUNG: ein Vermerk"),
        ("Register-Modernisierung", "Registermodernisierung kommt voran"),
        ("Register-Modernisierung", "Modernisierung der Register"),
        ("\"register modernisierung\"", "Registermodernisierung kommt voran"),
        ("Digital-Gipfel", "Der Digitalgipfel tagt"),
        ("verwaltungscloud", "Die Cloud der Verwaltung"),
        ("länder gesetz", "Ein Gesetz des Landes"),
        ("die Verwaltung", "Verwaltung ohne Artikel"),
        ("wir", "Was wir tun"),
        ("Cloud -Azure", "Die Cloud des Landes"),
        ("2024", "Haushalt 2024"),
        ("OZG 2.0", "Das OZG 2.0 kommt"),
        ("„digitale Akte“", "Die digitalen Akten des Amtes"),
        ("«digitale Akte»", "Die digitalen Akten des Amtes"),
        ("ozg", "Das Onlinezugangsgesetz wirkt"),
        ("Onlinezugangsgesetz", "Das OZG wirkt"),
        ("künstliche Intelligenz", "Die künstliche Intelligenz hilft"),
        ("KI", "Die Künstliche Intelligenz hilft"),
        ("künstliche Intelligenz", "Die KI hilft"),
        ("Chancen künstlicher Intelligenz", "Chancen der KI"),
        ("Zentrum für digitale Souveränität", "Das ZenDiS lädt ein"),
        ("elektronische Akte", "Die E-Akte kommt"),
        ("E-Rechnung", "E-Rechnungspflicht ab Januar"),
        ("open source", "Freie Software im Amt"),
        ("CDO", "Der Chief Digital Officer des Landes"),
        ("NRW", "in Nordrhein-Westfalen"),
        ("nordrhein-westfalen", "NRW voran"),
        ("Anmeldung", "Elektronische Wohnsitzanmeldung"),
        ("Rechnung", "E-Rechnungspflicht ab Januar"),
        ("OZG OR NOOTS", "NOOTS geht los"),
        ("OZG | NOOTS", "NOOTS geht los"),
        ("Bayern ODER Registermodernisierung", "Modernisierung der Register"),
        ("Start OZG OR NOOTS", "Start für NOOTS"),
        ("OZG AND NOOTS", "NOOTS und OZG"),
        ("Sicherheit", "Cybersicherheit und Sicherheitslücken"),
        ("sichere", "Sicher ist sicher"),
        ("Seiten", "Eine neue Seite"),
        ("Bürger", "Was der Bürgerin dient"),
        ("burger", "Bürgerbüro"),
        ("Wahl", "Vor der Landtagswahl"),
    ] {
        assert!(finds(q, text), "{q} in {text}: {:?} {}", ask(q), terms("", "", text));
    }
}

#[test]
fn what_is_not_found() {
    for (q, text) in [
        ("\"gesetz gilt\"", "Das Gesetz, das heute beschlossen wurde, gilt"),
        ("\"verwaltung register\"", "Register der Verwaltung"),
        ("Cloud -Azure", "Die Cloud heißt Azure"),
        ("Cloud -\"freie software\"", "Cloud und freie Software"),
        ("elfe", "Das Amt will helfen"),
        ("2024", "Haushalt 2025"),
        ("OZG 2.0", "Das OZG hat 2 Fassungen und 0 Fehler"),
        ("Registermodernisierung", "Das Handelsregister zieht um"),
        ("akte", "Kontakte knüpfen"),
        ("daten", "Zwei Kandidaten für das Amt"),
        ("amt", "insgesamt und allesamt"),
        ("recht", "bedarfsgerechte Angebote"),
        ("land", "Ganz Deutschland schaut hin"),
        ("OZG OR NOOTS", "Weder noch"),
        ("Start OZG OR NOOTS", "NOOTS geht los"),
        ("ki", "Der Kirchturm"),
        ("E-Rechnung", "Die Rechnung kommt per Post"),
        ("künstliche Intelligenz", "Künstliche Blumen"),
        ("Sicherheit", "Sie stellt sich vor"),
        ("Seite", "Seit heute gilt es"),
        ("Burg", "Die Bürger stimmen ab"),
        ("rat", "Der Bundesrat stimmt zu"),
    ] {
        assert!(!finds(q, text), "{q} in {text}: {:?} {}", ask(q), terms("", "", text));
    }
    // A phrase must not run from the last word of the text into the parts of a compound.
    assert!(!finds("\"gilt register\"", "Registermodernisierung gilt"));
    let apart = format!(" {} ", terms("Das neue Register", "", "Portal im Netz"));
    assert!(!ask("\"register portal\"").matcher().fits(&apart), "nor from the title into the text");
}

#[test]
fn beginnings() {
    for (q, text) in [
        ("regist*", "Das Register"),
        ("Registermod*", "Die Registermodernisierung"),
        ("mod*", "Die Registermodernisierung"),
        ("Thü*", "in Thüringen"),
        ("thue*", "in Thüringen"),
        ("thur*", "in Thüringen"),
        ("Behö*", "Behörden"),
        ("Frau*", "Frauen"),
        ("neue*", "Der neuere Stand"),
        ("\"digitale verw*\"", "Die digitale Verwaltung"),
        ("\"digitale verw\"*", "Die digitale Verwaltung"),
        ("Cloud -micro*", "Die Cloud"),
    ] {
        assert!(finds(q, text), "{q} in {text}: {:?} {}", ask(q), terms("", "", text));
    }
    for (q, text) in [("KI*", "Der Kirchturm"), ("regist*", "Die Regie"), ("Cloud -micro*", "Cloud von Microsoft")] {
        assert!(!finds(q, text), "{q} in {text}: {:?}", ask(q));
    }
}

/// Whoever types a word letter by letter sees it all the time, from the third letter on.
#[test]
fn a_word_is_found_by_each_of_its_beginnings() {
    let words = "Modernisierungen Verwaltungen Zuständigkeiten Behörden Sicherheit künstliche Onlinezugangsgesetz Quelle \
        Frauen neuesten Euro Länder Straßen Steuern Grüße Akteure E-Rechnung qualitätsgesichert barrierefrei 2024";
    for word in words.split(' ') {
        let letters: Vec<char> = word.chars().collect();
        for end in 3 + usize::from(word.starts_with("E-"))..=letters.len() {
            let begun: String = letters[..end].iter().collect();
            assert!(
                finds(&format!("{begun}*"), word),
                "{begun}*: {:?} {}",
                ask(&format!("{begun}*")),
                terms("", "", word)
            );
        }
    }
}

#[test]
fn queries_are_taken_apart() {
    let show = |q: &str| {
        let asked = ask(q);
        let phrase = |phrase: &Phrase| phrase.terms.join(" ") + if phrase.open { "*" } else { "" };
        let way = |way: &Vec<Phrase>| way.iter().map(phrase).collect::<Vec<_>>().join(" + ");
        let thing = |ways: &Vec<Vec<Phrase>>| ways.iter().map(way).collect::<Vec<_>>().join(" / ");
        let must: Vec<String> = asked.must.iter().map(thing).collect();
        let not: Vec<String> = asked.not.iter().map(phrase).collect();
        format!("{} | {}", must.join(", "), not.join(", "))
    };
    assert_eq!(show("Wallet und \"Once Only\" -Österreich"), "wall, onc only | osterreich");
    assert_eq!(show("Demokratieprojekte"), "demokratieprojekt / demokrati + projekt | ");
    assert_eq!(show("  "), " | ");
    assert_eq!(show("- \" \" – ! * OR | -* \"\"*"), " | ");
    assert_eq!(show("\"offen bis zum Ende"), "off bis zum end | ");
    assert_eq!(show("Digital-Gipfel"), "digital gipfel / digitalgipfel / digital + gipfel | ");
    assert_eq!(show("Akte Akten"), "akt | ");
    assert_eq!(show("OR Wallet OR"), "wall | ");
    assert_eq!(show("Wallet OR Gipfel Stadt"), "wall / gipfel, stadt | ");
    assert_eq!(show("wallet*"), "wallet* / wall | ");
    assert_eq!(show("der die das"), "der, die, das | ");
    assert_eq!(show("-der"), " | der");
    assert_eq!(show("wallet\"gipfel tagt\""), "wall, gipfel tagt | ");
}

#[test]
fn what_fits_better_ranks_higher() {
    // Each line: a query, and what it finds from the best to the least.
    let text = "Der Bund fördert neue Vorhaben.";
    for (q, items) in [
        (
            "NOOTS",
            &[("NOOTS startet", "Das NOOTS verbindet Register."), ("NOOTS startet", text), ("Start", "Mit NOOTS.")][..],
        ),
        (
            "Registermodernisierung",
            &[
                ("Registermodernisierung kommt voran", text),
                ("Modernisierung der Register", text),
                ("Stand der Dinge", "Die Registermodernisierung kommt voran."),
                ("Stand der Dinge", "Die Register brauchen eine Modernisierung."),
            ],
        ),
        (
            "digitale Verwaltung",
            &[
                ("Digitale Verwaltung wächst", text),
                ("Verwaltung wird digital", text),
                ("Neues", "Die digitale Verwaltung wächst"),
                ("Neues", "Die Verwaltung wird digital"),
            ],
        ),
    ] {
        let ranks: Vec<u32> = items.iter().map(|(title, summary)| rank(q, title, summary)).collect();
        assert!(ranks.windows(2).all(|pair| pair[0] > pair[1]), "{q}: {ranks:?}");
    }
}

#[test]
fn terms_are_ascii_words_only() {
    let terms = terms("Ärger über „Москва“", "100 %", "§3 Abs. 2: naïve Straßen\u{ad}bahn! 🙂 Straßenbahn");
    assert!(terms.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b' '), "{terms}");
    assert!(!terms.contains("  ") && !terms.starts_with(' ') && !terms.ends_with(' '), "{terms:?}");
    assert!(terms.contains("x1xarg") && terms.contains("x2x100") && terms.contains("x3xstrassenbahn"), "{terms}");
}

#[test]
fn compounds_come_apart() {
    for (word, expected) in [
        ("Registermodernisierungsgesetz", "regist modernisier gesetz"),
        ("Demokratieprojekte", "demokrati projekt"),
        ("eAkte", "akt"),
        ("Digitalministerkonferenz", "digital minist konferenz"),
        ("Onlinezugangsgesetz", "onlin zugang gesetz"),
        ("Bundesdigitalministerium", "bund digital ministerium"),
        ("Verwaltungsverfahrensgesetzes", "verwalt verfahr gesetz"),
        ("Wohnsitzanmeldung", "wohnsitz anmeld"),
        ("Landesregierungen", "land regier"),
    ] {
        let parts = parts::parts(&crate::fold::fold(word)).map(|parts| parts.terms().join(" "));
        assert_eq!(parts.as_deref(), Some(expected), "{word}");
    }
    for word in [
        "helfen",
        "Bund",
        "Register",
        "Verwaltung",
        "Ende",
        "einer",
        "Verwaltungen",
        "Kontakte",
        "Gesamtheit",
        "staatlich",
        "Landschaft",
        "Rechenzentrum",
        "Wissenschaft",
        "Beamten",
        "Deutschlands",
    ] {
        assert!(parts::parts(&crate::fold::fold(word)).is_none(), "{word}");
    }
}

#[test]
fn every_word_finds_itself_in_any_ending() {
    for base in LEXICON.iter().chain(lexicon::MORE) {
        for word in [format!("Muster{base}"), format!("{base}muster"), format!("{base}-{base}")] {
            for ending in ["", "s", "n", "en"] {
                let word = format!("{word}{ending}");
                assert!(finds(&word, &word), "{word}");
            }
        }
    }
}

#[test]
fn the_lexicon_is_folded_and_told_once() {
    let all: Vec<&str> = LEXICON.iter().chain(lexicon::MORE).copied().collect();
    let unique: std::collections::HashSet<&str> = all.iter().copied().collect();
    for word in all.iter().chain(lexicon::WHOLE) {
        assert_eq!(crate::fold::fold(word), **word);
    }
    assert!(lexicon::MORE.is_sorted(), "in order, so that one sees what is there");
    assert!(lexicon::WHOLE.is_sorted());
    assert_eq!(
        unique.len(),
        all.len(),
        "{:?}",
        all.iter().filter(|a| all.iter().filter(|b| a == b).count() > 1).collect::<Vec<_>>()
    );
}
