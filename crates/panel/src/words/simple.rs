//! Simple German: short sentences, long words with hyphens, no passive. What is simple already is taken from `de`.

use model::{Date, Kind, Lang};

use super::de::GERMAN;
use super::{Shorten, Time, Words, month};

pub(super) static WORDS: Words = Words {
    lang: Lang::Simple,
    heading: "Neues aus der Verwaltung",
    subject: "Digitale Verwaltung",
    sample: "Das sind Beispiele. Alle Meldungen und Namen sind erfunden.",
    search: "Wort suchen",
    facet_states: "Bund und Länder",
    facet_sources: "Wer schreibt?",
    active: "Das haben Sie ausgewählt",
    remove: "Auswahl weg-nehmen:",
    reset: "Alles zurück-setzen",
    period: "Zeit-Raum",
    empty: "Wir haben nichts gefunden.",
    empty_hint: "Nehmen Sie eine Auswahl weg. Oder suchen Sie ein anderes Wort.",
    words_hint: "Sie können auch nur den Anfang von einem Wort suchen. Dann setzen Sie einen Stern dahinter: regist*",
    empty_feed: "Oder warten Sie. Der Feed zeigt neue Meldungen.",
    failed: "Das hat nicht geklappt. Sie sehen noch die alte Liste.",
    offline: "Sie haben gerade kein Internet. Sie sehen die alte Liste.",
    slow: "Das dauert etwas länger …",
    skip: "Zur Liste springen",
    any_time: "Alle Tage",
    own_period: "Tage selbst wählen",
    apply: "Diese Tage zeigen",
    wrong_period: "Der letzte Tag ist vor dem ersten Tag. Bitte ändern Sie einen Tag.",
    why_about: "Darum steht die Meldung hier:",
    why_relevant: "Digitale Verwaltung",
    in_title: "in der Über-Schrift",
    in_address: "in der Internet-Adresse",
    in_source: "als Absender",
    new_window: "(Das öffnet ein neues Fenster)",
    more: "Mehr zeigen",
    subscribe: "Neue Meldungen automatisch bekommen",
    subscribe_hint: "Jede Adresse zeigt genau Ihre Auswahl.",
    outlook: "In Outlook: Kalender hinzufügen. Dann: Aus dem Internet abonnieren. Dann: Adresse von der Kalender-Datei einfügen.",
    to_calendar: "In meinen Kalender",
    share: "Link zu dieser Auswahl",
    pass_on: "Link weiter-geben",
    remember: "Zeigen Sie mir, was neu ist",
    remember_hint: "Der Browser merkt sich dann die Zeit von Ihrem Besuch. Sonst merkt er sich nichts.",
    since_visit: "Neu seit Ihrem letzten Besuch",
    previous_month: "Monat davor",
    next_month: "Monat danach",
    week: ("Woche", "Kalender-Woche"),
    whole_month: "Alle Tage im Monat zeigen",
    more_news: "{n} neue Meldungen zeigen",
    register: "Hier anmelden",
    cancelled: "Fällt aus",
    tentative: "Noch nicht sicher",
    published: "Die Meldung ist vom ",
    // Abbreviations are hard to read: months and weekdays are written out.
    months_short: GERMAN.months,
    weekdays_short: GERMAN.weekdays,
    hits: |count, one, kind| {
        let noun = match (kind, one) {
            (Kind::News, true) => "Meldung",
            (Kind::News, false) => "Meldungen",
            (Kind::Event, true) => "Termin",
            (Kind::Event, false) => "Termine",
        };
        format!("{count} {noun}")
    },
    all: |count| format!("Alle {count} zeigen"),
    last_days: |days| match days {
        0 => "ab heute".to_owned(),
        1 => "Seit gestern".to_owned(),
        days => format!("Die letzten {days} Tage"),
    },
    without: |part, least| format!("Ohne {part}: {least} oder mehr"),
    as_of: |date, clock| format!("Die Liste ist vom {date}, {clock}."),
    stale: |as_of| format!("{as_of} Neue Meldungen können wir gerade nicht holen."),
    because: |label, place, quoted| format!("{label}: Da steht {quoted} {place}."),
    loaded: |count| format!("{count} davon sehen Sie"),
    tellers: |count| format!("({count}\u{a0}Stellen schreiben darüber)"),
    chosen: |count| format!("({count}\u{a0}ausgewählt)"),
    also_from: |sources| match sources {
        1 => "Noch eine Stelle schreibt darüber".to_owned(),
        n => format!("Noch {n} Stellen schreiben darüber"),
    },
    also: |items| match items {
        1 => "Noch eine Meldung dazu".to_owned(),
        n => format!("Noch {n} Meldungen dazu"),
    },
    short_date,
    clock,
    ..GERMAN
};

fn short_date(date: Date, shorten: Shorten) -> String {
    let (day, name, year) = (date.day(), month(&WORDS.months, date), date.year());
    match shorten {
        Shorten::Nothing => format!("{}, {day}.\u{a0}{name} {year}", WORDS.weekdays[usize::from(date.weekday())]),
        Shorten::Weekday => format!("{day}.\u{a0}{name} {year}"),
        Shorten::Year => format!("{day}.\u{a0}{name}"),
        Shorten::Month => format!("{day}."),
    }
}

fn clock(from: Time, to: Option<Time>) -> String {
    let time = |(hour, minute): Time| match minute {
        0 => format!("{hour}\u{a0}Uhr"),
        minute => format!("{hour}\u{a0}Uhr {minute}"),
    };
    match to {
        Some(to) => format!("von {} bis {}", time(from), time(to)),
        None => time(from),
    }
}
