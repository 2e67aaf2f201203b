//! Both sides of the search meet. [`finds`] matches as the databases do: terms as words, phrases by position.

use super::*;

fn finds(q: &str, text: &str) -> bool {
    let terms = terms(text);
    let words: Vec<&str> = terms.split(' ').collect();
    let has = |phrase: &Vec<String>| words.windows(phrase.len()).any(|window| window == phrase.as_slice());
    let asked = ask(q);
    asked.must.iter().all(has) && !asked.not.iter().any(has)
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
        ("THÜRINGEN", "in Thueringen"),
        ("straße", "Die Strasse"),
        ("E-Akte", "Die eAkte kommt"),
        ("eakte", "Einführung der E-Akte"),
        ("akte", "Einführung der E-Akte"),
        ("akten", "Einführung der eAkte"),
        ("Once-Only", "Nur einmal: Once Only"),
        ("\"once only\"", "das Once-Only-Prinzip"),
        ("Registermodernisierung", "REGISTER-MODERNISIERUNG: ein Vermerk"),
        ("Register-Modernisierung", "Registermodernisierung kommt voran"),
        ("\"register modernisierung\"", "Registermodernisierung kommt voran"),
        ("verwaltungscloud", "Die Cloud der Verwaltung"),
        ("länder gesetz", "Ein Gesetz des Landes"),
        ("die Verwaltung", "Verwaltung ohne Artikel"),
        ("Cloud -Azure", "Die Cloud des Landes"),
        ("2024", "Haushalt 2024"),
        ("„digitale Akte“", "Die digitalen Akten des Amtes"),
    ] {
        assert!(finds(q, text), "{q} in {text}: {:?} {}", ask(q), terms(text));
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
        ("Registermodernisierung", "Das Handelsregister zieht um"),
    ] {
        assert!(!finds(q, text), "{q} in {text}: {:?} {}", ask(q), terms(text));
    }
    // A phrase must not run from the last word of the text into the parts of a compound.
    assert!(!finds("\"gilt register\"", "Registermodernisierung gilt"));
}

#[test]
fn queries_are_taken_apart() {
    let show = |q: &str| {
        let asked = ask(q);
        let flat = |list: &[Vec<String>]| list.iter().map(|phrase| phrase.join(" ")).collect::<Vec<_>>().join(", ");
        format!("{} | {}", flat(&asked.must), flat(&asked.not))
    };
    assert_eq!(show("NOOTS und \"Once Only\" -Österreich"), "noot, onc only | osterreich");
    assert_eq!(show("  "), " | ");
    assert_eq!(show("- \" \" – !"), " | ");
    assert_eq!(show("\"offen bis zum Ende"), "off bis zum end | ");
    assert_eq!(show("Digital-Gipfel"), "digital gipfel | ");
    assert_eq!(show("Akte Akten"), "akt | ");
}

#[test]
fn terms_are_ascii_words_only() {
    let terms = terms("Ärger über „Москва“, 100 % – §3 Abs. 2: naïve Straßen\u{ad}bahn! 🙂");
    assert!(terms.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b' '), "{terms}");
    assert!(!terms.contains("  ") && !terms.starts_with(' ') && !terms.ends_with(' '), "{terms:?}");
}

#[test]
fn compounds_come_apart() {
    for (word, expected) in [
        ("Registermodernisierungsgesetz", "regist modernisier gesetz"),
        ("Demokratieprojekte", "demokrati projekt"),
        ("eAkte", "akt"),
        ("Digitalministerkonferenz", "digital minist konferenz"),
        ("Onlinezugangsgesetz", "onlin zugang gesetz"),
    ] {
        let parts = parts(&crate::fold::fold(word)).map(|parts| parts.join(" "));
        assert_eq!(parts.as_deref(), Some(expected), "{word}");
    }
    for word in ["helfen", "Bund", "Register", "Verwaltung", "Ende", "einer", "Verwaltungen"] {
        assert_eq!(parts(&crate::fold::fold(word)), None, "{word}");
    }
}

#[test]
fn every_word_finds_itself_in_any_ending() {
    for base in LEXICON {
        for word in [format!("Muster{base}"), format!("{base}muster"), format!("{base}-{base}")] {
            for ending in ["", "s", "n", "en"] {
                let word = format!("{word}{ending}");
                assert!(finds(&word, &word), "{word}");
            }
        }
    }
}
