//! German. Days and months, times and "Uhr" stay on one line: a no-break space stands between them.

use model::{Date, Kind, Lang, State};

use super::{Shorten, Time, Words, month};

pub(super) static WORDS: Words = GERMAN;

/// A constant, for simple German to take what it has no simpler words for.
pub(super) const GERMAN: Words = Words {
    lang: Lang::De,
    heading: "Aktuelles zur Verwaltungsdigitalisierung",
    subject: "Verwaltungsdigitalisierung",
    sample: "Beispieldaten: Meldungen, Termine und Herausgeber sind erfunden.",
    views: "Ansicht",
    news: "Nachrichten",
    events: "Termine",
    search: "Suchbegriff",
    submit: "Suchen",
    facet_states: "Bund und Länder",
    facet_topics: "Thema",
    active: "Aktive Filter",
    remove: "Filter entfernen:",
    reset: "Alle Filter zurücksetzen",
    period: "Zeitraum",
    empty: "Keine Treffer zu dieser Auswahl",
    empty_hint: "Weniger Filter oder ein anderer Suchbegriff zeigen mehr.",
    words_hint: "Gefunden wird, was alle Wörter enthält. Mit einem Stern genügt der Anfang eines Wortes: regist*",
    empty_feed: "Oder abwarten: Der Feed meldet sich, sobald es etwas gibt.",
    failed: "Die neue Auswahl ist gerade nicht erreichbar. Zu sehen ist noch die vorige.",
    offline: "Keine Verbindung zum Netz. Zu sehen ist, was schon geladen war.",
    slow: "Das dauert länger als üblich …",
    ago: ["vor 1 Minute", "vor {n} Minuten", "vor 1 Stunde", "vor {n} Stunden", "gestern", "vor {n} Tagen"],
    retry: "Noch einmal versuchen",
    skip: "Filter überspringen",
    facet_sources: "Quelle",
    any_time: "Jederzeit",
    own_period: "Eigener Zeitraum",
    from: "Von",
    to: "Bis",
    apply: "Zeitraum anwenden",
    wrong_period: "Das Ende liegt vor dem Anfang. Bitte „Von“ oder „Bis“ ändern.",
    why: "Warum?",
    why_about: "Warum diese Zuordnung:",
    why_relevant: "Verwaltungsdigitalisierung",
    why_event: "Termin",
    in_title: "im Titel",
    in_text: "im Text",
    in_address: "in der Adresse",
    in_source: "als Quelle",
    new: "Neu",
    new_window: "(öffnet neues Fenster)",
    rss: "RSS",
    subscribe_hint: "Jede Adresse liefert genau die Auswahl, die oben eingestellt ist.",
    outlook: "Outlook: Kalender hinzufügen → Aus dem Internet abonnieren → Adresse der Kalenderdatei einfügen.",
    copy: "Adresse kopieren",
    copied: "Kopiert",
    share: "Auswahl als Link",
    pass_on: "Link teilen",
    passed_on: "Link kopiert",
    remember: "Neues seit dem letzten Besuch kennzeichnen",
    remember_hint: "Dafür speichert dieser Browser den Zeitpunkt des Besuchs, sonst nichts. Abschalten löscht ihn.",
    since_visit: "Neu seit dem letzten Besuch",
    pdf: "(PDF)",
    languages: [
        ("en", "Englisch"),
        ("fr", "Französisch"),
        ("nl", "Niederländisch"),
        ("da", "Dänisch"),
        ("pl", "Polnisch"),
        ("cs", "Tschechisch"),
        ("it", "Italienisch"),
        ("es", "Spanisch"),
        ("hsb", "Obersorbisch"),
    ],
    to_calendar: "In Kalender übernehmen",
    as_list: "Liste",
    as_calendar: "Monat",
    previous_month: "Voriger Monat",
    next_month: "Nächster Monat",
    week: ("KW", "Kalenderwoche"),
    whole_month: "Ganzen Monat zeigen",
    more_news: "{n} neue Meldungen anzeigen",
    more: "Weitere laden",
    next_page: "Nächste Seite",
    first_page: "Zur ersten Seite",
    subscribe: "Diese Auswahl abonnieren",
    atom: "Atom-Feed",
    json_feed: "JSON Feed",
    webcal: "Im Kalender abonnieren",
    ics: "Kalenderdatei (ICS)",
    online: "Online",
    register: "Zur Anmeldung",
    cancelled: "Abgesagt",
    tentative: "Unter Vorbehalt",
    published: "Angekündigt am ",
    and: " und ",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    months_short: ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
    weekdays_short: ["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."],
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    states: [
        "Baden-Württemberg",
        "Bayern",
        "Berlin",
        "Brandenburg",
        "Bremen",
        "Hamburg",
        "Hessen",
        "Mecklenburg-Vorpommern",
        "Niedersachsen",
        "Nordrhein-Westfalen",
        "Rheinland-Pfalz",
        "Saarland",
        "Sachsen",
        "Sachsen-Anhalt",
        "Schleswig-Holstein",
        "Thüringen",
        "Bund",
        "Europäische Union",
    ],
    thousands: '.',
    hits,
    all: |count| format!("Alle {count} anzeigen"),
    last_days,
    between,
    without: |part, least| format!("ohne {part}: mindestens {least}"),
    as_of: |date, clock| format!("Stand: {date}, {clock}"),
    stale: |as_of| format!("{as_of} – neue Daten sind gerade nicht erreichbar."),
    month_of: |date| format!("{} {}", month(&WORDS.months, date), date.year()),
    day_with: |date, count| {
        let weekday = WORDS.weekdays[usize::from(date.weekday())];
        format!("{weekday}, {}.\u{a0}{}, {count}", date.day(), month(&WORDS.months, date))
    },
    because: |label, place, quoted| format!("{label}: {quoted} {place}"),
    quoted: |text| format!("„{text}“"),
    loaded: |count| format!("{count} davon geladen"),
    tellers: |count| format!("({count}\u{a0}Quellen)"),
    chosen: |count| format!("({count}\u{a0}gewählt)"),
    also_from,
    also,
    about,
    about_thing: "zu",
    label: |label| if label.contains(' ') { format!("„{label}“") } else { label.to_owned() },
    within,
    by: |sources| format!("von {sources}"),
    containing: |q| format!("mit „{q}“"),
    long_date: |date| format!("{}.\u{a0}{} {}", date.day(), month(&WORDS.months, date), date.year()),
    short_date,
    clock,
};

fn hits(count: &str, one: bool, kind: Kind) -> String {
    let noun = match (kind, one) {
        (Kind::News, true) => "Meldung",
        (Kind::News, false) => "Meldungen",
        (Kind::Event, true) => "Termin",
        (Kind::Event, false) => "Termine",
    };
    format!("{count} {noun}")
}

fn last_days(days: u32) -> String {
    match days {
        0 => "ab jetzt".to_owned(),
        1 => "Letzte 24 Stunden".to_owned(),
        days => format!("Letzte {days} Tage"),
    }
}

fn between(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{from} bis {to}"),
        (Some(from), None) => format!("ab {from}"),
        (None, Some(to)) => format!("bis {to}"),
        (None, None) => WORDS.any_time.to_owned(),
    }
}

fn also_from(sources: usize) -> String {
    match sources {
        1 => "Auch berichtet von einer weiteren Quelle".to_owned(),
        n => format!("Auch berichtet von {n} weiteren Quellen"),
    }
}

fn also(items: usize) -> String {
    match items {
        1 => "Eine weitere Meldung dazu".to_owned(),
        n => format!("{n} weitere Meldungen dazu"),
    }
}

fn about(state: State) -> (&'static str, &'static str) {
    match state {
        State::Sl | State::Bund => ("zum", WORDS.state(state)),
        State::Eu => ("zur", "EU"),
        _ => ("zu", WORDS.state(state)),
    }
}

fn within(state: State) -> (&'static str, &'static str) {
    match state {
        State::Sl | State::Bund => ("im", WORDS.state(state)),
        State::Eu => ("in der", "EU"),
        _ => ("in", WORDS.state(state)),
    }
}

fn short_date(date: Date, shorten: Shorten) -> String {
    let (day, name, year) = (date.day(), month(&WORDS.months_short, date), date.year());
    match shorten {
        Shorten::Nothing => {
            let weekday = WORDS.weekdays_short[usize::from(date.weekday())];
            format!("{weekday}, {day}.\u{a0}{name} {year}")
        }
        Shorten::Weekday => format!("{day}.\u{a0}{name} {year}"),
        Shorten::Year => format!("{day}.\u{a0}{name}"),
        Shorten::Month => format!("{day}."),
    }
}

/// Minutes are written where one of both times has any: "10–12 Uhr", "9:30–12:00 Uhr". No line ends after the dash.
fn clock(from: Time, to: Option<Time>) -> String {
    let minutes = from.1 > 0 || to.is_some_and(|to| to.1 > 0);
    let time = |(hour, minute): Time| if minutes { format!("{hour}:{minute:02}") } else { hour.to_string() };
    match to {
        Some(to) => format!("{}–\u{2060}{}\u{a0}Uhr", time(from), time(to)),
        None => format!("{}\u{a0}Uhr", time(from)),
    }
}
