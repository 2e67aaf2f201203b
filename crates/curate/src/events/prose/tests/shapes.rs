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
    for noun in [
        "Stichtag",
        "Bundestag",
        "Vertrag",
        "Datenaustausch",
        "Daten-Austausch",
        "Mitternacht",
        "Sonnabend",
        "Manifest",
        "Betreff",
    ] {
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

#[test]
fn means_predicates_and_houses_name_no_event() {
    check(
        "2026-03-02",
        "Die Winterschule Register zieht ins Netz. Am 5. Mai wird ab 9 Uhr per Videokonferenz gelehrt.",
        "2026-05-05 09:00 Winterschule Register (online)",
    );
    check(
        "2026-03-02",
        "Die Messe Digitales Rathaus feiert Premiere: am 5. Mai in Neuburg.",
        "2026-05-05 Messe Digitales Rathaus @ Neuburg",
    );
    check(
        "2026-03-02",
        "Treffen Sie uns auf der Fachmesse Akte & Amt (5. Mai 2026, Messe Karlsruhe)!",
        "2026-05-05 Fachmesse Akte & Amt @ Messe Karlsruhe",
    );
}

#[test]
fn a_part_bears_the_name_of_the_whole() {
    check(
        "2026-03-02",
        "Der Wettbewerb „Amt der Zukunft“ dauert ein Jahr. Die Auftaktkonferenz findet am 5. Mai in Neuburg statt.",
        "2026-05-05 Amt der Zukunft: Auftaktkonferenz @ Neuburg",
    );
}

#[test]
fn a_noun_alone_stands_for_what_was_named() {
    check(
        "2026-03-02",
        "Veranstaltung: Online-Schulung Registerkarte\nNeu im Team? In dieser Schulung für Beschäftigte lernen Sie viel. \
         Die Schulung findet am 5. Mai statt.",
        "2026-05-05 Online-Schulung Registerkarte (online)",
    );
    check(
        "2026-03-02",
        "Der Studiengang Digitales Recht startet im Herbst. Die Hochschule informiert darüber am 5. Mai um 17 Uhr bei \
         einem Infoabend in Neuburg.",
        "2026-05-05 17:00 Infoabend: Studiengang Digitales Recht @ Neuburg",
    );
    check(
        "2026-03-02",
        "Vom Stempel zum Siegel – so heißt eine Vortragsreihe. Zum Auftakt spricht am 5. Mai, 18 Uhr, Hanna Muster im \
         Rathaus Neuburg.",
        "2026-05-05 18:00 Vom Stempel zum Siegel @ Rathaus Neuburg",
    );
    check(
        "2026-03-02",
        "Am 5. Mai findet zum Start des Verfahrens „Unser Datenraum“ eine Einwohnerversammlung in Neuburg statt.",
        "2026-05-05 Einwohnerversammlung: Unser Datenraum @ Neuburg",
    );
}

#[test]
fn what_stands_over_and_before_names_it() {
    check(
        "2026-03-02",
        "Wem gehört der Plan?\nPodiumsdiskussion zu Geodaten\n\n5. Mai 2026, 19.30 Uhr\nRathaus Neuburg\n\nEs sprechen zwei \
         Fachleute.",
        "2026-05-05 19:30 Wem gehört der Plan? Podiumsdiskussion zu Geodaten @ Rathaus Neuburg",
    );
    check(
        "2026-03-02",
        "Hack the Wald geht in die dritte Runde! Wir legen am Freitag, 8. Mai, in Neuburg los.",
        "2026-05-08 Hack the Wald @ Neuburg",
    );
    check(
        "2026-03-02",
        "Nicht verpassen: Linux fürs Amt, 5.-6.5., Neuburg. Karten gibt es an der Tür.",
        "2026-05-05..2026-05-06 Linux fürs Amt @ Neuburg",
    );
}

#[test]
fn a_day_that_was_planned_is_put_off() {
    check(
        "2026-03-02",
        "Neuer Termin: Das für den 5. März 2026 angekündigte Vergabeforum Süd muss verlegt werden und findet nun am 23. \
         April 2026 um 15 Uhr in Neuburg statt.",
        "2026-04-23 15:00 Vergabeforum Süd @ Neuburg",
    );
}

#[test]
fn spans_of_time_are_no_gatherings() {
    check("2026-03-02", "02.03.2026 08:14 Alter: 3 Tage\nRathaus: Neues aus dem Amt.", "");
    for noun in ["Netzwerktags", "Vergabetag", "Girls’Day"] {
        assert!(words::gathering(&german::fold::fold(noun)), "{noun}");
    }
}

#[test]
fn ends_stand_behind_their_verbs_and_labels() {
    check(
        "2026-03-02",
        "Das Symposium Akte findet am 5. Mai in Neuburg statt. Beginn ist um 10.30 Uhr, gegen 16 Uhr endet das Programm.",
        "2026-05-05 10:30..2026-05-05 16:00 Symposium Akte @ Neuburg",
    );
    check(
        "2026-03-02",
        "Das Bundestreffen Register startet am 5. Mai um 13 Uhr in Neuburg und klingt am Samstag aus.",
        "2026-05-05 13:00..2026-05-09 Bundestreffen Register @ Neuburg",
    );
    check(
        "2026-03-02",
        "Titel: Führen auf Distanz\nArt: Seminar\nBeginn: 05.05.2026, 09:00\nEnde: 06.05.2026, 13:00\nOrt: Kreishaus \
         Neuburg",
        "2026-05-05 09:00..2026-05-06 Führen auf Distanz @ Kreishaus Neuburg",
    );
}

#[test]
fn each_day_is_held_as_its_own_words_say() {
    check(
        "2026-03-02",
        "Die Auftaktkonferenz Register findet am 5. Mai online statt, die Abschlusskonferenz Register am 6. Juni in \
         Neuburg.",
        "2026-05-05 Auftaktkonferenz Register (online)\n2026-06-06 Abschlusskonferenz Register @ Neuburg",
    );
}

#[test]
fn a_series_a_label_and_a_quoted_line_name_it() {
    check(
        "2026-03-02",
        "Der nächste Termin unserer Reihe Tee & Technik ist Dienstag, 5. Mai, 8.30 Uhr. Es geht um Schnittstellen.",
        "2026-05-05 08:30 Tee & Technik",
    );
    check(
        "2026-03-02",
        "Pressetermin: Ministerin Eva Muster gibt am 5. Mai um 11 Uhr im Rathaus Neuburg den Startschuss für das Portal.",
        "2026-05-05 11:00 Pressetermin: Startschuss für das Portal @ Rathaus Neuburg",
    );
    check(
        "2026-03-02",
        "Vortragsabend\n„Spuren im Netz“\nReferent: Ole Muster, Datenzentrum\nDi. 5. Mai, 19 Uhr\nRathaus Neuburg",
        "2026-05-05 19:00 Vortragsabend „Spuren im Netz“ @ Rathaus Neuburg",
    );
}

#[test]
fn a_table_says_in_its_head_what_its_rows_are() {
    check(
        "2026-03-02",
        "| Datum | Thema | Ort |\n| 05.05.2026 | Akten ohne Papier | Rathaus Neuburg |\n| 02.06.2026 | Wissen vor dem \
         Ruhestand | online |",
        "2026-05-05 Akten ohne Papier @ Rathaus Neuburg\n2026-06-02 Wissen vor dem Ruhestand (online)",
    );
    check("2026-03-02", "| Datum | Betrag |\n| 05.05.2026 | Erste Rate |\n| 02.06.2026 | Zweite Rate |", "");
}

#[test]
fn towns_below_a_tour_are_its_stops() {
    check(
        "2026-03-02",
        "Unsere Sommertour: Das Mobil macht Halt\n29. Juni – Oberdorf, Festwiese\n30. Juni – Niederdorf, Anger\nJeweils \
         von 10 bis 16 Uhr!",
        "2026-06-29 10:00..2026-06-29 16:00 Unsere Sommertour: Das Mobil macht Halt @ Oberdorf, Festwiese\n\
         2026-06-30 10:00..2026-06-30 16:00 Unsere Sommertour: Das Mobil macht Halt @ Niederdorf, Anger",
    );
}

#[test]
fn who_can_take_part_is_told_behind_an_hour() {
    check(
        "2026-03-02",
        "Endlich wieder Serviceplausch! Am 5. Mai um 12 Uhr erzählt Lena Muster von Formularen. Link zum Call: \
         https://amt.example/mai",
        "2026-05-05 12:00 Endlich wieder Serviceplausch! (online) -> https://amt.example/mai",
    );
    check("2026-03-02", "Am 5. Mai um 12 Uhr erzählt Lena Muster von Formularen.", "");
    check(
        "2026-03-02",
        "Man kann sich für das Planspiel „Krise im Amt“ anmelden. Gespielt wird am 5. Mai in Neuburg.",
        "2026-05-05 Planspiel „Krise im Amt“ @ Neuburg",
    );
}

#[test]
fn questions_series_and_hosts_belong_to_the_name() {
    check(
        "2026-03-02",
        "Am 5. Mai 2026 veranstaltet das Amt in Neuburg eine Podiumsdiskussion zur Frage, ob Behörden das brauchen.",
        "2026-05-05 Podiumsdiskussion zur Frage, ob Behörden das brauchen @ Neuburg",
    );
    check(
        "2026-03-02",
        "„Akten ohne Ende“ heißt die neue Vortragsreihe der Hochschule. Den Auftakt macht am 5. Mai um 18 Uhr Eva Muster im \
         Rathaus Neuburg.",
        "2026-05-05 18:00 Akten ohne Ende @ Rathaus Neuburg",
    );
    check(
        "2026-03-02",
        "Gute Noten für „Amt trifft Feld“! Nach den Workshops in Weimar gastiert das Projekt am 5. Mai im Rathaus Neuburg.",
        "2026-05-05 Amt trifft Feld @ Rathaus Neuburg",
    );
}

#[test]
fn a_date_beside_its_hour_and_its_form_is_labelled() {
    check(
        "2026-03-02",
        "KI-Werkstatt für Sachbearbeitende\nDatum: 5. Mai 2026\nUhrzeit: 9.00 – 12.30 Uhr\nFormat: Online (Webex)",
        "2026-05-05 09:00..2026-05-05 12:30 KI-Werkstatt für Sachbearbeitende (online)",
    );
}
