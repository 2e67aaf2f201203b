//! Texts of event feeds, and what must not be taken for an event.

use model::When;

use super::of;

fn told(text: &str) -> String {
    let Some(event) = of(text) else { return "-".into() };
    let when = |when: When| match when {
        When::Day(day) => day.to_string(),
        When::At(at) => at.to_string()[..16].to_owned(),
    };
    let end = event.end.map_or(String::new(), |end| format!(" bis {}", when(end)));
    let place = event.place.map_or(String::new(), |place| format!(" in {place}"));
    let by = event.organiser.map_or(String::new(), |by| format!(" von {by}"));
    let online = if event.online { " online" } else { "" };
    format!("{}{end}{place}{online}{by}", when(event.start))
}

#[test]
fn labels_say_when_and_where() {
    for (text, want) in [
        ("Datum: 12.03.2025, 14:00 Uhr, Ort: Bonn", "2025-03-12T14:00 in Bonn"),
        (
            "Datum: 12.03.2025\nUhrzeit: 14:00 - 16:30 Uhr\nOrt: Rathaus, Saal 2",
            "2025-03-12T14:00 bis 2025-03-12T16:30 in Rathaus, Saal 2",
        ),
        (
            "<p><b>Wann:</b> 3. Mai 2026, 10 bis 12 Uhr</p><p><b>Wo:</b> Musterstadt</p>",
            "2026-05-03T10:00 bis 2026-05-03T12:00 in Musterstadt",
        ),
        ("Termin: 12. bis 14. Mai 2025 | Ort: Online", "2025-05-12 bis 2025-05-14 online"),
        (
            "Zeitraum: 12.05.2025 - 14.05.2025; Veranstaltungsort: Halle und online",
            "2025-05-12 bis 2025-05-14 in Halle und online online",
        ),
        ("Beginn: 12.05.2025 10:00 Ende: 12.05.2025 16:00 Ort: Kiel", "2025-05-12T10:00 bis 2025-05-12T16:00 in Kiel"),
        ("Datum: 12.05.2025 Beginn: 10 Uhr Ende: 16 Uhr", "2025-05-12T10:00 bis 2025-05-12T16:00"),
        ("Beginn: 12.05.2025, 10 Uhr bis 14.05.2025, 16 Uhr", "2025-05-12T10:00 bis 2025-05-14T16:00"),
        (
            "Wann: Mittwoch, 12. März 2025, 14.30 Uhr\nVeranstalter: Amt für Muster",
            "2025-03-12T14:30 von Amt für Muster",
        ),
        ("Ein Fachtag für alle.\nDatum: 12.03.2025, Anmeldung: bis 1.3.2025, Ort: Bonn.", "2025-03-12 in Bonn"),
        ("Mi., 12.03.2025, 14:00 Uhr | Bonn", "2025-03-12T14:00"),
        ("12.03.2025 - 14:00 Uhr", "2025-03-12T14:00"),
        ("vom 12.05.2025 bis 14.05.2025: Digitalwoche", "2025-05-12 bis 2025-05-14"),
    ] {
        assert_eq!(told(text), want, "{text:?}");
    }
}

#[test]
fn what_names_no_time_is_no_event() {
    for text in [
        "",
        "Wir tagten am 12.03.2025 in Bonn.",
        "Anmeldung: bis 12.03.2025",
        "Ort: Bonn",
        "Datum: wird noch bekannt gegeben",
        "Im Wartesaal: 12.03.2025",
        "2025 war ein gutes Jahr",
        "Datum: 31.02.2025",
    ] {
        assert_eq!(told(text), "-", "{text:?}");
    }
}

#[test]
fn long_texts_cost_nothing() {
    for unit in ["Datum: ", "1:", "12.", "Ort: 12 bis ", "ä: ", "<b>Wann:</b>"] {
        assert_eq!(told(&unit.repeat(200_000)), "-");
    }
}
