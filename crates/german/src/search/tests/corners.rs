//! Marks, and queries that mean harm.

use super::*;

fn check(q: &str, text: &str, expected: &[&str]) {
    let found: Vec<&str> = Spots::of(&ask(q)).find(text).into_iter().map(|(start, end)| &text[start..end]).collect();
    assert_eq!(found, expected, "{q} in {text}");
}

#[test]
fn what_matched_is_marked() {
    check("Register", "Die Registermodernisierung und das Register", &["Registermodernisierung", "Register"]);
    check("akte", "Akten, E-Akte, Takte", &["Akten", "E-Akte"]);
    check("buerger", "Für Bürger: Bürgerbüro", &["Bürger", "Bürgerbüro"]);
    check("-akte", "Akten", &[]);
    check("", "Akten", &[]);
    check("regist*", "Register und Regie", &["Register"]);
    check("OZG", "Das Onlinezugangsgesetz (OZG)", &["Onlinezugangsgesetz", "OZG"]);
    check("KI", "Künstliche Intelligenz, künstliche Blumen", &["Künstliche", "Intelligenz"]);
    check("Registermodernisierung", "Modernisierung der Register", &["Modernisierung", "Register"]);
}

#[test]
fn of_a_phrase_all_words_where_they_follow_each_other() {
    check("\"digitale Verwaltung\"", "Verwaltung: digitaler Verwaltung", &["digitaler", "Verwaltung"]);
    check("\"once only\"", "das Once-Only-Prinzip, only once", &["Once-Only-Prinzip"]);
    check("\"register modernisierung\"", "Registermodernisierung", &["Registermodernisierung"]);
    check("\"digitale verw*\"", "Eine digitale Verwaltung, verworfen", &["digitale", "Verwaltung"]);
}

#[test]
fn places_are_counted_as_scripts_count_them() {
    let text = "🏛️ Über das Ämter-Register";
    let spots = Spots::of(&ask("Register")).find(text);
    let units: Vec<u16> = text.encode_utf16().collect();
    let words: Vec<String> =
        utf16(text, &spots).into_iter().map(|(start, end)| String::from_utf16(&units[start..end]).unwrap()).collect();
    assert_eq!(words, ["Ämter-Register"]);
    assert_eq!(utf16(text, &[]), []);
}

#[test]
fn whatever_is_typed_is_a_query() {
    let long = "Register ".repeat(2_000);
    let one_word = "a".repeat(10_000);
    let quotes = "\"".repeat(5_000);
    let many: String = (0..1_000).map(|n| format!("wort{n} ")).collect();
    let nots: String = (0..1_000).map(|n| format!("-wort{n} ")).collect();
    let ors = "OZG OR ".repeat(1_000);
    let stars = "abc* ".repeat(1_000);
    let hyphens = "ab-".repeat(3_000);
    let compound = "verwaltungs".repeat(900);
    for q in [
        &long,
        &one_word,
        &quotes,
        &many,
        &nots,
        &ors,
        &stars,
        &hyphens,
        &compound,
        "\0",
        "' OR 1=1 --",
        "\u{202e}\u{0}*",
        "NEAR(a b)",
        "terms:x",
        "{title}: x",
        "^x",
        "(((",
        "&|!<->:*",
        "\\",
        "%_",
        "\u{308}\u{308}*",
        "ﬀ* ǅ* İ*",
    ] {
        let asked = ask(q);
        assert!(asked.must.len() <= MOST && asked.not.len() <= MOST && asked.better.len() <= 24, "{q:.40}");
        assert!(asked.must.iter().all(|ways| ways.len() <= MOST + 8), "{q:.40}");
        let all = asked.must.iter().flatten().flatten().chain(&asked.not).chain(asked.better.iter().map(|(p, _)| p));
        for phrase in all {
            assert!(!phrase.terms.is_empty(), "{q:.40}");
            let plain =
                |term: &String| !term.is_empty() && term.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
            assert!(phrase.terms.iter().all(plain), "{q:.40}: {phrase:?}");
        }
        let _ = Spots::of(&asked).find(q);
    }
    let opens = ask("abc* def* ghi* jkl* mno* pqr*").must.into_iter().flatten().flatten();
    assert_eq!(opens.filter(|phrase| phrase.open).count(), 4, "further beginnings are words");
}
