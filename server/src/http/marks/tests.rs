//! What is promised next door, held.

use super::*;

fn check(q: &str, text: &str, expected: &[&str]) {
    let asked = german::search::ask(q);
    let terms: Vec<&str> = asked.must.iter().flatten().map(String::as_str).collect();
    let found: Vec<&str> = find(&terms, text).into_iter().map(|(start, end)| &text[start..end]).collect();
    assert_eq!(found, expected, "{q} in {text}");
}

#[test]
fn what_matched_is_marked() {
    check("Register", "Die Registermodernisierung und das Register", &["Registermodernisierung", "Register"]);
    check("akte", "Akten, E-Akte, Takte", &["Akten", "E-Akte"]);
    check("buerger", "Für Bürger: Bürgerbüro", &["Bürger", "Bürgerbüro"]);
    check("\"digitale Verwaltung\"", "Digitaler Verwaltung", &["Digitaler", "Verwaltung"]);
    check("-akte", "Akten", &[]);
}
