//! Announcements in, events out: one line each, `start[..end] title @ place (online) -> registration`.

use super::*;

mod names;
mod set;
mod shapes;

const TOWNS: [&str; 26] = [
    "Musterstadt",
    "Probstadt",
    "Neuburg",
    "Altfelden",
    "Berlin",
    "Leipzig",
    "Wiesbaden",
    "Kassel",
    "Bremen",
    "Mainz",
    "Fulda",
    "Potsdam",
    "Hannover",
    "Köln",
    "Leer",
    "Weimar",
    "Magdeburg",
    "Chemnitz",
    "Karlsruhe",
    "Rostock",
    "Hamburg",
    "München",
    "Nürnberg",
    "Oldenburg",
    "Landau",
    "Bad Probe",
];

/// What a text announces.
fn announced(text: &str, title: Option<&str>, context: Option<Date>, town: &dyn Fn(&str) -> bool) -> Vec<Announced> {
    read(text, title, context, town).into_iter().filter(|one| !one.is_off()).collect()
}

fn found(text: &str, title: Option<&str>, context: &str) -> String {
    let said = announced(text, title, Date::parse(context), &|word| TOWNS.contains(&word));
    let lines: Vec<String> = said.iter().map(|one| show(&one.title, &one.event)).collect();
    lines.join("\n")
}

fn show(title: &str, event: &Event) -> String {
    let short = |when: When| match when {
        When::Day(day) => day.to_string(),
        When::At(at) => format!("{} {:02}:{:02}", at.date(), at.clock().0, at.clock().1),
    };
    let mut line = short(event.start);
    if let Some(end) = event.end {
        line += &format!("..{}", short(end));
    }
    line += &format!(" {title}");
    if let Some(place) = &event.place {
        line += &format!(" @ {place}");
    }
    if event.online {
        line += " (online)";
    }
    if let Some(address) = &event.registration {
        line += &format!(" -> {address}");
    }
    line
}

#[track_caller]
fn check(context: &str, text: &str, expected: &str) {
    assert_eq!(found(text, None, context), expected, "{text}");
}

#[test]
fn an_announcement_is_an_event() {
    check(
        "2026-03-02",
        "Am 7. & 8. Mai 2026 treffen sich Verwaltung und Wirtschaft zum 19. eVerwaltungsgipfel in Schloss Probe.",
        "2026-05-07..2026-05-08 19. eVerwaltungsgipfel @ Schloss Probe",
    );
}

#[test]
fn the_same_event_told_twice_is_one() {
    check(
        "2026-03-02",
        "Am 12. Mai lädt der Landkreis zum Fachforum Netze nach Neuburg ein.\n\nWann: Dienstag, 12. Mai 2026, 14 bis 17 \
         Uhr\nWo: Kreishaus, Ringstraße 4, Neuburg",
        "2026-05-12 14:00..2026-05-12 17:00 Fachforum Netze @ Kreishaus, Ringstraße 4, Neuburg",
    );
}

#[test]
fn the_year_comes_from_what_is_known() {
    // The end of the range, the weekday, the leap day, the line over the list, the day of writing.
    for (context, text, start) in [
        ("2026-11-20", "Die Messe findet vom 28. Dezember bis 3. Januar 2027 in Leipzig statt.", "2026-12-28"),
        ("2026-12-20", "Der Kongress findet am Mittwoch, 13. Januar, in Leipzig statt.", "2027-01-13"),
        ("2027-12-01", "Der Kongress findet am 29. Februar in Leipzig statt.", "2028-02-29"),
        ("2026-12-20", "Termine 2027\n- Fachtag Netze (14.04.)\n- Fachtag Recht (12.05.)", "2027-04-14"),
        ("2026-12-20", "Der Kongress findet am 2. März in Leipzig statt.", "2027-03-02"),
    ] {
        assert!(found(text, None, context).starts_with(start), "{text}: {}", found(text, None, context));
    }
}

#[test]
fn a_date_before_a_text_is_when_it_was_written() {
    check("2026-03-02", "2. März 2026 - Das Gespräch dreht sich um den Kongress in Leipzig.", "");
    check("2026-03-02", "[02.03.2026] Beim Kongress geht es um Register.", "");
    check("2026-03-02", "Montag, 2. März 2026. Kongress in Leipzig: Register im Blick.", "");
}

#[test]
fn the_tense_tells_what_was() {
    check("2026-03-02", "Am 27. Februar diskutierten Fachleute beim Kongress in Leipzig.", "");
    check("2026-03-02", "Heute, 2. März, haben Fachleute beim Kongress in Leipzig diskutiert.", "");
}

/// What announcements are made of: put together at random it meets every rule, and every end of a text.
const PIECES: [&str; 71] = [
    "1.2.2026",
    "3. März",
    "(14.04.)",
    "Di, 5.5.,",
    "7. & 8. Mai",
    "10 Uhr",
    "um elf Uhr",
    "9-12 Uhr",
    "jeweils",
    "Ort",
    "Wo",
    "Termine",
    ":",
    "\n",
    "\n  ",
    "\n* ",
    "\n\n",
    "|",
    ",",
    ".",
    "–",
    "+++",
    "(",
    ")",
    "„",
    "“",
    "Kongress",
    "Tagung",
    "Fachtag",
    "Online-Forum",
    "Rathaus",
    "Musterstadt",
    "Straße",
    "der",
    "des",
    "5",
    "in",
    "im",
    "bei der",
    "am",
    "findet",
    "statt",
    "verlegt",
    "auf",
    "https://amt.example/a",
    "Anmeldung",
    "dazu",
    "Titel",
    "Reihe",
    "&",
    "und",
    "so heißt",
    "Frage, ob",
    "kehrt",
    "als",
    "zurück",
    "startet",
    "Nord",
    "öffnet",
    "Tore",
    "darüber",
    "**",
    "Termin:",
    "den",
    "wird",
    "feiert",
    "jähriges Bestehen",
    "Preisverleihung",
    "Wettbewerb",
    "nächster Termin",
    "Gastgeber ist",
];

proptest::proptest! {
    #[test]
    fn no_announcement_breaks_it(pieces in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let text: Vec<&str> = pieces.iter().map(|at| PIECES[*at]).collect();
        let _ = announced(&text.join(" "), None, Date::parse("2026-01-02"), &|word| TOWNS.contains(&word));
        let _ = announced(&text.concat(), Some("Fachtag"), None, &|word| TOWNS.contains(&word));
    }

    #[test]
    fn no_text_breaks_it(text in "(?s).{0,300}", dated in "[0-9.: bisundm-]{0,80}") {
        let context = Date::parse("2026-03-02");
        let _ = announced(&text, Some(&dated), context, &|_| true);
        let _ = announced(&format!("Kongress am 5. Mai {dated} („{text}"), None, context, &|_| false);
    }
}
