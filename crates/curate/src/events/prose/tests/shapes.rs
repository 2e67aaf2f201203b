//! The shapes in which pages and letters announce, one of each: listings of short lines, lists under a sentence that
//! holds for all, several days in one sentence, ends and titles that stand elsewhere.

use super::*;

#[test]
fn a_listing_of_short_lines_is_an_event_in_any_order() {
    let told = "2026-05-12 09:00..2026-05-12 12:30 Registerwerkstatt für Einsteiger @ Kreishaus Neuburg";
    check("2026-03-02", "Di, 12. Mai 2026\n9:00–12:30 Uhr\nRegisterwerkstatt für Einsteiger\nKreishaus Neuburg", told);
    check("2026-03-02", "Registerwerkstatt für Einsteiger\nDi, 12. Mai 2026\nKreishaus Neuburg\n9:00–12:30 Uhr", told);
    check(
        "2026-03-02",
        "Termine\n\n5. Mai 2026\nSprechstunde Wallet\nOnline via Webex\n\n9. Juni 2026\nSprechstunde Register\nRathaus \
         Probstadt\n",
        "2026-05-05 Sprechstunde Wallet (online)\n2026-06-09 Sprechstunde Register @ Rathaus Probstadt",
    );
}

#[test]
fn a_day_over_running_text_is_no_listing() {
    check("2026-03-02", "Musterstadt\n2. März 2026\nRechenzentrum bezieht neue Räume\nDie Umzugswagen rollen.", "");
    check("2026-03-02", "12. Mai 2026\n12 Uhr\nEinsendeschluss für Beiträge", "");
}

#[test]
fn what_holds_for_a_list_is_said_once() {
    check(
        "2027-01-04",
        "Auch 2027 bietet das Landesamt für Muster Themenabende an:\n- Register (03.02.)\n- Wallet (07.04.)\nAlle Abende \
         finden von 18 bis 19.30 Uhr als Videokonferenz statt.",
        "2027-02-03 18:00..2027-02-03 19:30 Register (online)\n2027-04-07 18:00..2027-04-07 19:30 Wallet (online)",
    );
    check(
        "2027-01-04",
        "Dialog Digital – die Termine 2027:\n1. 28. Januar: Wallet\n2. 25. März: Register\nVeranstaltungsort ist das Haus \
         der Begegnung in Neuburg.",
        "2027-01-28 Wallet @ Haus der Begegnung, Neuburg\n2027-03-25 Register @ Haus der Begegnung, Neuburg",
    );
}

#[test]
fn a_list_of_other_days_holds_none() {
    check("2026-01-04", "Zeitplan:\n- Ausschreibung (03.02.)\n- Zuschlag (07.04.)\n- Produktivstart (01.06.)", "");
    check("2026-01-04", "Fristen:\n- Antrag (03.02.)\n- Nachweis (07.04.)", "");
}

#[test]
fn days_of_a_series_stand_in_one_sentence() {
    check(
        "2026-01-12",
        "Das Netzwerk hat drei Treffen verabredet: am 2. Februar in Weimar, am 30. März in Fulda und am 15. Juni in \
         Mainz.",
        "2026-02-02 Treffen des Netzwerks @ Weimar\n2026-03-30 Treffen des Netzwerks @ Fulda\n\
         2026-06-15 Treffen des Netzwerks @ Mainz",
    );
    check(
        "2026-01-12",
        "Zum Stand der Anbindung informiert das Amt in zwei Webinaren: am Dienstag, 10. Februar, von 9 bis 10.30 Uhr und \
         am Donnerstag, 12. Februar, von 14 bis 15.30 Uhr.",
        "2026-02-10 09:00..2026-02-10 10:30 Webinar zum Stand der Anbindung (online)\n\
         2026-02-12 14:00..2026-02-12 15:30 Webinar zum Stand der Anbindung (online)",
    );
}

#[test]
fn an_end_may_stand_elsewhere() {
    check(
        "2026-05-12",
        "Heute (12. Mai) beginnt in Rostock das Treffen der IT-Leitungen. Bis Donnerstag geht es um Rechenzentren.",
        "2026-05-12..2026-05-14 Treffen der IT-Leitungen @ Rostock",
    );
    check(
        "2026-03-02",
        "Wir sehen uns am 12. Mai ab 9 Uhr beim Lotsentag in Fulda. Schluss ist um 15:30 Uhr.",
        "2026-05-12 09:00..2026-05-12 15:30 Lotsentag in Fulda @ Fulda",
    );
}

#[test]
fn a_new_date_takes_the_name_of_the_old() {
    check(
        "2026-03-02",
        "Der für den 12. März geplante Datengipfel muss verschoben werden. Neuer Termin ist Mittwoch, der 13. Mai 2026.",
        "2026-05-13 Datengipfel",
    );
}

#[test]
fn names_stand_in_the_first_case() {
    check(
        "2026-03-02",
        "Im Mittelpunkt des 5. Deutschen Datentags stehen Register. Er findet am 7. Mai in Kassel statt.",
        "2026-05-07 5. Deutscher Datentag @ Kassel",
    );
    check(
        "2026-03-02",
        "Zum Parlamentarischen Frühstück laden wir am 7. Mai nach Berlin ein.",
        "2026-05-07 Parlamentarisches Frühstück @ Berlin",
    );
}

#[test]
fn names_in_quotation_marks_say_nothing_of_the_form() {
    check(
        "2026-03-02",
        "Der Beirat lädt am 7. Mai zum Nachmittag „Sicher im Netz“ in das Rathaus Neuburg ein.",
        "2026-05-07 Sicher im Netz @ Rathaus Neuburg",
    );
    check(
        "2026-03-02",
        "Am 7. Mai treffen wir uns von 10 bis 12 Uhr digital zum Fachaustausch Akte.",
        "2026-05-07 10:00..2026-05-07 12:00 Fachaustausch Akte (online)",
    );
}

#[test]
fn offices_that_close_and_councils_that_meet_are_no_events() {
    for text in [
        "Wegen einer Schulung bleibt das Bürgerbüro am Dienstag, 12. Mai, von 8 bis 12 Uhr geschlossen.",
        "Am 12. Mai kommt der Vermittlungsausschuss zum Registergesetz zusammen.",
        "Schlusstermin für den Eingang der Angebote: 12.05.2026, 12:00 Uhr.",
        "Der Vorverkauf für den Kongress startet am 12. Mai um 12 Uhr.",
    ] {
        check("2026-03-02", text, "");
    }
}

#[test]
fn nouns_are_known_by_their_heads() {
    for noun in ["Digitalnacht", "Ringvorlesungen", "Fachkongresses", "Netzwerktreffen", "Thementage", "Onlinekurs"] {
        assert!(words::gathering(&german::fold::fold(noun)), "{noun}");
    }
    for noun in
        ["Stichtag", "Bundestag", "Vertrag", "Datenaustausch", "Mitternacht", "Sonnabend", "Manifest", "Betreff"]
    {
        assert!(!words::gathering(&german::fold::fold(noun)), "{noun}");
    }
}

#[test]
fn what_takes_place_is_named_by_its_subject() {
    check(
        "2026-03-02",
        "Das erste Familienlabor findet am 5. Mai in Neuburg statt. Die Anmeldung ist ab sofort möglich.",
        "2026-05-05 erste Familienlabor @ Neuburg",
    );
    check("2026-03-02", "Die Filmreihe findet am 5. Mai in Neuburg statt.", "2026-05-05 Filmreihe @ Neuburg");
}

#[test]
fn letters_that_folding_changes_cost_no_panic() {
    let texts = [
        "#\n\nWir laden am 5. Mai um 10 Uhr ein.",
        "\u{200b}\nAm 5. Mai findet es statt. Anmeldung: info@amt.example",
        "Das Programm des Kongreß am 5. Mai in Neuburg.",
        "Zum Ablauf des Treffens\u{ad} am 5. Mai in Neuburg.",
        "Im Mittelpunkt des Jahreskongreß\u{301} am 5. Mai, 10 Uhr, stehen Register.",
        "Das Amt informiert in zwei Kongreßen: am 5. Mai und am 6. Mai.",
    ];
    for text in texts {
        let told = found(text, None, "2026-03-02");
        assert!(told.is_empty() || told.starts_with("2026-05-0"), "{text}: {told}");
    }
}
