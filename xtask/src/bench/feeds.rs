//! Feeds to poll, as public bodies write them: every other in RSS 2.0 and Atom, headlines and teasers in German, made of
//! our own words. The same number makes the same feed, in every run.

const OFFICES: [&str; 12] = [
    "Das Landesamt für Register",
    "Die Digitalagentur",
    "Der Landkreis",
    "Das Ministerium",
    "Die Stadtverwaltung",
    "Der Städteverbund",
    "Das Bürgeramt",
    "Die Meldebehörde",
    "Das Rechenzentrum",
    "Der Zweckverband",
    "Die Geschäftsstelle",
    "Das Kabinett",
];
const TOWNS: [&str; 16] = [
    "Altfelden",
    "Probstadt",
    "Neuburg",
    "Beispielhausen",
    "Musterstedt",
    "Kirchwalde",
    "Seeheim",
    "Bergrode",
    "Lindau",
    "Talheim",
    "Oberwiesen",
    "Sandkrug",
    "Rosenthal",
    "Hohenfels",
    "Brückenau",
    "Grünstadt",
];
const DOES: [&str; 12] = [
    "startet",
    "erweitert",
    "beschließt",
    "prüft",
    "fördert",
    "veröffentlicht",
    "verlängert",
    "testet",
    "modernisiert",
    "bündelt",
    "eröffnet",
    "überarbeitet",
];
const MATTERS: [&str; 20] = [
    "die Registermodernisierung",
    "den Wohngeldantrag im Netz",
    "das Bürgerkonto",
    "die E-Akte in den Schulämtern",
    "den digitalen Bauantrag",
    "die Ausschreibung für ein Rechenzentrum",
    "den Sprachassistenten im Bürgeramt",
    "die Kfz-Zulassung am Bildschirm",
    "das Portal für Gewerbeanmeldungen",
    "die Schnittstelle zum Melderegister",
    "den Servicestandard",
    "die elektronische Rechnung",
    "das Förderprogramm für Gemeinden",
    "den Chatbot der Ausländerbehörde",
    "die Terminvergabe",
    "die Open-Data-Richtlinie",
    "den Digitalcheck für Gesetze",
    "die Cloud der Verwaltung",
    "das Nutzerkonto für Unternehmen",
    "die Elterngeldstelle",
];
const DETAILS: [&str; 10] = [
    "Beteiligt sind Fachleute aus allen Referaten.",
    "Die ersten Gemeinden sind im Frühjahr an der Reihe.",
    "Bürgerinnen und Bürger sparen damit einen Weg zum Amt.",
    "Der Personalrat hat zugestimmt.",
    "Die Software wird unter freier Lizenz weitergegeben.",
    "Eine Auswertung folgt nach einem Jahr.",
    "Der Datenschutzbeauftragte hat das Vorhaben begleitet.",
    "Zuvor hatten Nachbarkreise gute Erfahrungen gemacht.",
    "Anträge auf Papier bleiben möglich.",
    "Die Schulungen der Beschäftigten haben begonnen.",
];
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The file name of that feed.
pub(super) fn name(nth: usize) -> String {
    format!("feed{nth:04}.xml")
}

struct Entry {
    title: String,
    url: String,
    text: String,
    /// Of March 2026, and the hour.
    day: usize,
    hour: usize,
}

/// The feed of that number.
pub(super) fn feed(nth: usize, items: usize) -> String {
    let entries = (0..items).map(|item| entry(nth, item));
    if nth.is_multiple_of(2) { rss(nth, entries) } else { atom(nth, entries) }
}

fn entry(nth: usize, item: usize) -> Entry {
    let mut seed = (nth as u64 * 1_009 + item as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut roll = |sides: usize| {
        // xorshift64*
        seed ^= seed >> 12;
        seed ^= seed << 25;
        seed ^= seed >> 27;
        (seed.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides
    };
    let (town, matter) = (TOWNS[roll(TOWNS.len())], MATTERS[roll(MATTERS.len())]);
    let (office, does) = (OFFICES[roll(OFFICES.len())], DOES[roll(DOES.len())]);
    let (first, second) = (DETAILS[roll(DETAILS.len())], DETAILS[roll(DETAILS.len())]);
    let (people, cost) = (roll(900) + 20, roll(90) + 3);
    Entry {
        title: format!("{town} {does} {matter}"),
        url: format!("https://amt{nth}.example/meldungen/{item}.html"),
        text: format!(
            "{office} in {town} {does} {matter}. {first} Rund {people} Beschäftigte arbeiten daran, \
             {cost} Millionen Euro sind eingeplant. {second}"
        ),
        day: 1 + roll(28),
        hour: roll(24),
    }
}

fn rss(nth: usize, entries: impl Iterator<Item = Entry>) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>Amt {nth}</title>\n\
         <link>https://amt{nth}.example/</link><description>Meldungen</description><language>de</language>\n"
    );
    for Entry { title, url, text, day, hour } in entries {
        // 1 March 2026 is a Sunday.
        let weekday = DAYS[(day + 5) % 7];
        out.push_str(&format!(
            "<item><title>{title}</title><link>{url}</link><guid isPermaLink=\"true\">{url}</guid>\
             <pubDate>{weekday}, {day:02} Mar 2026 {hour:02}:15:00 +0100</pubDate>\
             <description><![CDATA[<p>{text}</p>]]></description></item>\n"
        ));
    }
    out + "</channel></rss>\n"
}

fn atom(nth: usize, entries: impl Iterator<Item = Entry>) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">\n\
         <title>Amt {nth}</title><id>https://amt{nth}.example/</id><link href=\"https://amt{nth}.example/\"/>\n\
         <updated>2026-03-28T12:00:00+01:00</updated>\n"
    );
    for Entry { title, url, text, day, hour } in entries {
        let date = format!("2026-03-{day:02}T{hour:02}:15:00+01:00");
        out.push_str(&format!(
            "<entry><title>{title}</title><link href=\"{url}\"/><id>{url}</id><updated>{date}</updated>\
             <published>{date}</published><summary>{text}</summary></entry>\n"
        ));
    }
    out + "</feed>\n"
}
