//! What belongs to a name, and which of the names around a day is its own.

use super::{check, found};

const TODAY: &str = "2026-03-02";

#[test]
fn attributes_and_who_holds_it_belong_to_the_name() {
    check(
        TODAY,
        "Der Pitch Day der 7. Gründungsrunde des Datenfonds findet am 5. Mai um 15 Uhr in Neuburg statt.",
        "2026-05-05 15:00 Pitch Day der 7. Gründungsrunde des Datenfonds @ Neuburg",
    );
    check(
        TODAY,
        "Der Praxistag des 3. Ausbildungsjahrgangs der Stadt findet am 5. Mai in Kassel statt.",
        "2026-05-05 Praxistag des 3. Ausbildungsjahrgangs der Stadt @ Kassel",
    );
    check(
        TODAY,
        "Für den zweiten Fachkongress, den der Registerrat am 5. und 6. Mai in Kassel ausrichtet, wird noch geworben.",
        "2026-05-05..2026-05-06 Fachkongress des Registerrats @ Kassel",
    );
    check(
        TODAY,
        "Zur Fachtagung, die die Kommunale Datenzentrale am 5. Mai in Neuburg veranstaltet, reisen viele an.",
        "2026-05-05 Fachtagung der Kommunalen Datenzentrale @ Neuburg",
    );
}

#[test]
fn a_relative_clause_tells_of_what_it_follows() {
    check(
        TODAY,
        "Das ist die Frage des diesjährigen Registerkongresses Amt & Daten, der vom 5. bis 7. Mai im Neuburger Event & \
         Congress Center ausgerichtet wird.",
        "2026-05-05..2026-05-07 Registerkongress Amt & Daten @ Neuburger Event & Congress Center",
    );
    check(
        TODAY,
        "Im Mittelpunkt des Praxisforums Offene Akten, das am 5. Mai in Kassel veranstaltet wird, steht die Aufsicht.",
        "2026-05-05 Praxisforum Offene Akten @ Kassel",
    );
}

#[test]
fn what_is_held_again_names_itself() {
    check(
        TODAY,
        "Für Kurzentschlossene: Unser drittes BürgerLabor öffnet am 5. Mai in Neuburg seine Türen.",
        "2026-05-05 BürgerLabor @ Neuburg",
    );
    check(
        TODAY,
        "Das zweite KinderAtelier öffnet am 5. Mai um 14 Uhr in Kassel seine Pforten.",
        "2026-05-05 14:00 KinderAtelier @ Kassel",
    );
    check(
        TODAY,
        "Die AMTLICH kehrt als Fachmesse zurück: Am 5. und 6. Mai trifft sich die Branche in Kassel.",
        "2026-05-05..2026-05-06 AMTLICH @ Kassel",
    );
    check(
        TODAY,
        "Die DATENWELT kommt als Regionalmesse zurück. Am 5. Mai um 9 Uhr startet die Fachmesse in Kassel.",
        "2026-05-05 09:00 DATENWELT @ Kassel",
    );
    check(
        TODAY,
        "Die NETZAMT geht am 5. und 6. Mai in Kassel in die zweite Runde.",
        "2026-05-05..2026-05-06 NETZAMT @ Kassel",
    );
    // Whom a text tells of comes back as no gathering.
    check(TODAY, "Die Stadträtin kehrt als Dezernentin zurück: Am 5. Mai tritt sie ihr Amt an.", "");
}

#[test]
fn entries_of_towns_and_offices_are_named_by_what_stands_over_them() {
    check(
        TODAY,
        "Der Datenverbund lädt zu Praxisforen ein. Diese Termine stehen fest:\n05.05.2026, 10 Uhr: Bad Probe, Kur- und \
         Tagungshaus\n12.05.2026, 10 Uhr: Neuburg, Rathaus",
        "2026-05-05 10:00 Praxisforum @ Bad Probe, Kur- und Tagungshaus\n\
         2026-05-12 10:00 Praxisforum @ Neuburg, Rathaus",
    );
    check(
        TODAY,
        "Der Datentag steht vor der Tür. Diese Ämter sind am Samstag, 2. Mai dabei:\n\nStadtarchiv Neuburg, 11 Uhr, \
         Marktplatz 1, 12345 Neuburg\n\nStadtwerke Kassel, 10 Uhr, Ringweg 3, 23456 Kassel",
        "2026-05-02 11:00 Stadtarchiv Neuburg: Datentag @ Marktplatz 1, 12345 Neuburg\n\
         2026-05-02 10:00 Stadtwerke Kassel: Datentag @ Ringweg 3, 23456 Kassel",
    );
}

#[test]
fn each_day_has_the_subject_of_its_clause() {
    check(
        TODAY,
        "Im Mai wird gebaut: Amt tüftelt Nord startet am 5./6. Mai in Hamburg, die Regionalveranstaltung Süd folgt am \
         12./13. Mai in München.",
        "2026-05-05..2026-05-06 Amt tüftelt Nord @ Hamburg\n2026-05-12..2026-05-13 Regionalveranstaltung Süd @ München",
    );
    check(
        TODAY,
        "Im Mai kommen wir zusammen: Land entdeckt Ost beginnt am 5. Mai um 10 Uhr in Chemnitz, die Regionalkonferenz West folgt am 19. Mai in Mainz.",
        "2026-05-05 10:00 Land entdeckt Ost @ Chemnitz\n2026-05-19 Regionalkonferenz West @ Mainz",
    );
}

#[test]
fn a_programme_is_part_of_what_was_named() {
    check(
        TODAY,
        "4. Jahrestagung des Registerrats: Die Stadt Kassel richtet die Tagung 2026 digital aus. An zwei Tagen, am 5. und \
         6. Mai, stehen mehr als 40 Vorträge, Workshops und Diskussionsrunden auf dem Programm.",
        "2026-05-05..2026-05-06 4. Jahrestagung des Registerrats",
    );
    check(
        TODAY,
        "Beim Digitaltag in Neuburg stehen am 5. Mai Vorträge und Workshops auf dem Programm.",
        "2026-05-05 Digitaltag in Neuburg @ Neuburg",
    );
}

#[test]
fn visitors_one_more_day_and_what_one_tries_announce() {
    check(
        TODAY,
        "Bald steht in Kassel der Kongress Offenes Amt an. Am 5. und 6. Mai 2026 werden dort über 900 Besucherinnen und \
         Besucher erwartet.",
        "2026-05-05..2026-05-06 Kongress Offenes Amt @ Kassel",
    );
    check(
        TODAY,
        "Schnell belegt war das Seminar „Akten für Einsteiger“. Deshalb bietet die Akademie am 5. Mai einen weiteren Termin an.",
        "2026-05-05 Seminar „Akten für Einsteiger“",
    );
    check(
        TODAY,
        "Veranstaltung: Werkstatt Karten mit Linien\nWie wird aus Daten ein Bild? Beschäftigte können das am 5. Mai bei uns \
         ausprobieren.",
        "2026-05-05 Werkstatt Karten mit Linien",
    );
    check(TODAY, "Am 5. Mai werden im Amt 200 Anträge erwartet.", "");
}

#[test]
fn who_has_a_stall_is_at_a_fair() {
    check(
        TODAY,
        "Das Projekt führt die Oberfläche auf der Messe Digital Country Convention (5. bis 7. Mai 2026, Messegelände \
         Kassel) am Stand des Landes vor.",
        "2026-05-05..2026-05-07 Messe Digital Country Convention @ Messegelände Kassel",
    );
    check(
        TODAY,
        "Besuchen Sie uns am Stand der Stadt auf der Fachmesse Registerwelt am 5. Mai in Neuburg.",
        "2026-05-05 Fachmesse Registerwelt @ Neuburg",
    );
    check(TODAY, "Die Liste der Messen hat den Stand 5. Mai 2026.", "");
}

#[test]
fn houses_and_ways_to_take_part_are_no_names() {
    check(
        TODAY,
        "Wer schreibt mit? Daten im Gesetz\n\nDas fragen wir auf unserem Podium: Forum Neuburg, Ringstraße 4, Neuburg, \
         5. Mai, 19:30 Uhr.",
        "2026-05-05 19:30 Podium: Wer schreibt mit? Daten im Gesetz @ Forum Neuburg, Ringstraße 4, Neuburg",
    );
    check(
        TODAY,
        "3. Registergipfel Ost\n5. & 6. Mai 2026 | Hafenforum Neuburg",
        "2026-05-05..2026-05-06 3. Registergipfel Ost @ Hafenforum Neuburg",
    );
    check(
        TODAY,
        "Für die Tagung „Amt neu denken“ sind Vorträge gesucht.\n\nDie Eckdaten:\n🗓️ 05.05.2026, ganztägig\n📍 Haus der \
         Netze, Neuburg, alle Vorträge zusätzlich im Livestream",
        "2026-05-05 Tagung „Amt neu denken“ @ Haus der Netze, Neuburg (online)",
    );
    check(
        TODAY,
        "Aussteller bauen für die Registerwelt auf, die Fachmesse der Register. Die Hallen der Messe Neuburg sind am Dienstag und Mittwoch, dem 5. \
         und 6. Mai, geöffnet.",
        "2026-05-05..2026-05-06 Registerwelt: Fachmesse der Register @ Neuburg",
    );
    check(
        TODAY,
        "**Lötabend** – Di., 5.5.2026, ab 19 Uhr, Werkhalle 2\n\n**Textsprint** – Sa., 9.5.2026, ab 10 Uhr, im Videochat",
        "2026-05-05 19:00 Lötabend @ Werkhalle 2\n2026-05-09 10:00 Textsprint (online)",
    );
}

#[test]
fn what_is_given_and_what_is_celebrated_name_the_feast() {
    check(
        TODAY,
        "Neun Vorhaben sind für den Registerpreis Offenes Amt nominiert. Die Preisverleihung ist für den 5. Mai in \
         Neuburg angesetzt.",
        "2026-05-05 Registerpreis Offenes Amt: Preisverleihung @ Neuburg",
    );
    check(
        TODAY,
        "Das Rechenzentrum Altfelden feiert sein 30-jähriges Bestehen am 5. Mai ab 15 Uhr mit einem Festakt in Kassel.",
        "2026-05-05 15:00 Festakt 30 Jahre Rechenzentrum Altfelden @ Kassel",
    );
    check(
        TODAY,
        "Mit einem Festakt feiert das Rechenzentrum Altfelden am 5. Mai in Kassel sein 30-jähriges Bestehen.",
        "2026-05-05 Festakt 30 Jahre Rechenzentrum Altfelden @ Kassel",
    );
    check(
        TODAY,
        "Daten im Dorf: So heißt der zweite Teil unserer Seminarreihe „Digitales Land“, für den wir am 5. Mai nach \
         Kassel einladen.",
        "2026-05-05 Daten im Dorf @ Kassel",
    );
    check(
        TODAY,
        "In der Reihe „Tee und Taste“ helfen Ehrenamtliche. Nächster Termin: Dienstag, 5. Mai, 14 Uhr, Rathaus Neuburg.",
        "2026-05-05 14:00 Tee und Taste @ Rathaus Neuburg",
    );
}

#[test]
fn rows_with_their_weekdays_are_no_running_text() {
    check(
        TODAY,
        "Aus dem Kalender der Gemeinde Altfelden:\nEinwohnerversammlung Glasfaser, Donnerstag, 7. Mai, 19 Uhr, Festhalle\n\
         Lesecafé, Samstag, 9. Mai – entfällt!\nInfoabend Portal, Mittwoch, 13. Mai, 18 Uhr, Ratssaal",
        "2026-05-07 19:00 Einwohnerversammlung Glasfaser @ Festhalle\n2026-05-13 18:00 Infoabend Portal @ Ratssaal",
    );
}

#[test]
fn a_series_whose_name_breaks_off_costs_no_panic() {
    for end in ["&", "und", "„", "Kaffee &", "„Kaffee"] {
        let _ = found(&format!("Am 5. Mai um 10 Uhr lädt die Reihe {end}"), None, TODAY);
    }
}

#[test]
fn what_is_not_held_and_what_is_over_then() {
    check(
        TODAY,
        "Leider können wir das für den 5. Mai um 17 Uhr in Kassel angekündigte Seminar nicht durchführen.",
        "",
    );
    check(
        TODAY,
        "Die Türen zum Hackathon Neuburg öffnen am Samstag, 9. Mai, um 9 Uhr, am Sonntag, 10. Mai, fällt der Vorhang.",
        "2026-05-09 09:00..2026-05-10 Hackathon Neuburg",
    );
}

#[test]
fn names_stand_before_their_brackets_at_their_frames_and_behind_their_hosts() {
    check(
        TODAY,
        "Die Akademie bietet zwei neue Lehrgänge: „Führen auf Abstand“ (4.-5.5., Tagungshaus Neuburg) und „Klare Bescheide“ \
         (12. Mai, 9 bis 16 Uhr, Kassel).",
        "2026-05-04..2026-05-05 Führen auf Abstand @ Tagungshaus Neuburg\n2026-05-12 09:00..2026-05-12 16:00 Klare \
         Bescheide @ Kassel",
    );
    check(
        TODAY,
        "Sechs Museen machen mit: Beim Datenlauf West lernen sich alle am 5. und 6. Mai auf dem Kennenlernwochenende kennen.",
        "2026-05-05..2026-05-06 Datenlauf West: Kennenlernwochenende",
    );
    check(
        TODAY,
        "Im Namen des Zweckverbands Altfelden lade ich Sie zu unserem Jahresempfang am 5. Mai um 17 Uhr in Kassel ein.",
        "2026-05-05 17:00 Jahresempfang des Zweckverbands Altfelden @ Kassel",
    );
    check(
        TODAY,
        "Am 5. Mai bringen wir Kämmereien und Rechenzentren an einen Tisch.\n\nDer Dialogtag Freie Verfahren besteht aus \
         vier Teilen.",
        "2026-05-05 Dialogtag Freie Verfahren",
    );
}
