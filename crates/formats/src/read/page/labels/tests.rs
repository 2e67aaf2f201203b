//! Head lines and what they give.

use super::head_line;

#[test]
fn fields_are_taken_from_a_head_line() {
    for (line, title, date, categories, rest) in [
        (
            "Thementag zu Registern , Datum: 01.02.2024, Format: Meldung, Bereich: Behörde , Nutzen und Rolle",
            "Thementag zu Registern",
            "2024-02-01",
            "Meldung|Behörde",
            "Nutzen und Rolle",
        ),
        ("Register, Netze und Nachweise, Datum: 3. Mai 2024", "Register, Netze und Nachweise", "2024-05-03", "", ""),
        (
            "Titel: mit Doppelpunkt, Datum: 01.02.2024, Thema: Netz, Untertitel, zweiter Teil",
            "Titel: mit Doppelpunkt",
            "2024-02-01",
            "Netz",
            "Untertitel, zweiter Teil",
        ),
    ] {
        let head = head_line(line).unwrap_or_else(|| panic!("{line}"));
        let told = (head.title.as_str(), head.date.unwrap().to_string(), head.categories.join("|"), head.rest.as_str());
        assert_eq!(told, (title, date.to_owned(), categories.to_owned(), rest), "{line}");
    }
}

#[test]
fn other_lines_are_none() {
    for line in [
        "",
        "Datum: 01.02.2024",
        "Titel, Datum: demnächst, Format: Meldung",
        "Der Rat, das Amt und die Stadt",
        "Titel, Format: Meldung",
    ] {
        assert_eq!(head_line(line), None, "{line}");
    }
    assert_eq!(head_line(&format!("{}, Datum: 01.02.2024", "x".repeat(1_000))), None);
}
