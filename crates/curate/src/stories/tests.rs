//! Titles in, groups out. A line is `source day title | summary`; items are named A, B, C in order.

use proptest::prelude::*;

use super::*;
use crate::testing::{RULES, at};

fn items(text: &str) -> Vec<Told> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .zip('A'..)
        .map(|(line, name)| {
            let mut words = line.splitn(3, ' ');
            let (source, day, rest) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
            let (title, summary) = rest.split_once('|').unwrap_or((rest, ""));
            let (title, url) = title.split_once('@').unwrap_or((title, ""));
            let url = if url.is_empty() { format!("https://{source}.example/{name}") } else { url.trim().to_owned() };
            Told {
                id: name.to_string(),
                story: name.to_string(),
                matter: name.to_string(),
                source: source.to_owned(),
                url,
                title: title.trim().to_owned(),
                kicker: None,
                summary: summary.trim().to_owned(),
                at: at(&format!("2026-03-{day}")),
                event: false,
            }
        })
        .collect()
}

fn groups(items: &[Told]) -> Vec<Vec<usize>> {
    let until: Vec<i64> = items.iter().map(|item| item.at.ms()).collect();
    group(items, &until, &RULES).into_iter().map(|group| group.members).collect()
}

fn show(items: &[Told], groups: &[Vec<usize>]) -> String {
    let mut groups: Vec<String> = groups
        .iter()
        .map(|group| {
            let mut names: Vec<&str> = group.iter().map(|at| items[*at].id.as_str()).collect();
            names.sort_unstable();
            names.join(" ")
        })
        .collect();
    groups.sort();
    groups.iter().map(|group| format!("[{group}]")).collect::<Vec<_>>().join(" ")
}

fn check(text: &str, expected: &str) {
    let items = items(text);
    assert_eq!(show(&items, &groups(&items)), expected, "{text}");
}

#[test]
fn the_same_act_is_one_story() {
    check(
        "amt 02 Musterland führt die E-Akte in allen Behörden ein
         blatt 02 Musterland führt E-Akte in allen Behörden ein
         fach 09 Musterland führt die E-Akte in allen Behörden ein",
        "[A B] [C]",
    );
    check(
        "amt 02 Land gibt neues Serviceportal frei | Das Innenministerium hat am Montag das neue Serviceportal freigegeben. Bürger können 120 Leistungen beantragen, teilte Ministerin Muster mit.
         blatt 03 Neues Serviceportal des Landes ist frei | Bürger können 120 Leistungen beantragen: Ministerin Muster hat das neue Serviceportal freigegeben, teilte das Innenministerium mit.",
        "[A B]",
    );
    // One article under two addresses of one portal.
    check(
        "blatt 02 Stadt stellt die Weichen | Ein neues Amt soll die Stadt digitaler machen.
         blatt 02 Stadt stellt die Weichen | Ein neues Amt soll die Stadt digitaler machen.",
        "[A B]",
    );
    // One article under two addresses of one portal.
    check(
        "blatt 02 Stadt stellt die Weichen | Ein neues Amt soll die Stadt digitaler machen.
         blatt 02 Stadt stellt die Weichen | Ein neues Amt soll die Stadt digitaler machen.",
        "[A B]",
    );
    // Two portals of one house print one text under two headlines.
    check(
        "k21 15 Die Verwaltung muss arbeitsfähig bleiben | Mit konsequenter Digitalisierung will der Minister den Ruhestand der Babyboomer und den Fachkräftemangel ausgleichen.
         move 16 Land hilft Kommunen | Mit konsequenter Digitalisierung will der Minister den Ruhestand der Babyboomer und den Fachkräftemangel ausgleichen.",
        "[A B]",
    );
    check("amt 02 Eins @ https://a.example/x\nblatt 20 Zwei @ https://a.example/x", "[A B]");
}

#[test]
fn near_misses_stay_apart() {
    // Another number, another town, another stage, another Land: the same words, another matter.
    check(
        "amt 02 Serviceportal erreicht 10.000 Nutzerkonten im Land
         blatt 03 Serviceportal erreicht 20.000 Nutzerkonten im Land",
        "[A] [B]",
    );
    check(
        "amt 02 Stadt Dortmund führt elektronische Wohnsitzanmeldung ein
         blatt 03 Stadt Dresden führt elektronische Wohnsitzanmeldung ein",
        "[A] [B]",
    );
    check(
        "amt 02 Kabinett beschließt Gesetz zur Verwaltungscloud | Der Entwurf geht in den Landtag.
         blatt 03 Landtag berät Haushalt der Verwaltungscloud | Die Opposition kritisiert die Kosten.",
        "[A] [B]",
    );
    check(
        "amt 02 Bericht zum Stand der Dinge im Land | Im ersten Teil geht es um Netze, Glasfaser und Funk.
         amt 02 Bericht zum Stand der Dinge im Land | Der zweite Teil handelt von Schulen, Lehrkräften und Geräten.",
        "[A] [B]",
    );
    // The kicker that told them apart has come off the titles.
    check(
        "blatt 02 CIO beginnt mit der Arbeit | Dortmund hat einen Chief Information Officer.
         fach 03 CIO beginnt mit der Arbeit | Chemnitz hat einen Chief Information Officer.",
        "[A] [B]",
    );
    check("amt 02 Die und der\nblatt 02 Die und der", "[A] [B]");
    check("amt 02 Eins @ https://a.example/\namt 03 Zwei ganz anderes @ https://a.example/", "[A] [B]");
}

#[test]
fn an_address_of_all_says_nothing() {
    let at_home = |count: usize| {
        // Titles without a stem in common, each from a source of its own.
        let lines = (0..count).map(|n| format!("s{n} 02 Wort{n}x @ https://portal.example/"));
        let items = items(&lines.collect::<Vec<_>>().join("\n"));
        groups(&items).len()
    };
    assert_eq!((at_home(2), at_home(COMMON_URL)), (1, 1));
    assert_eq!(at_home(COMMON_URL + 1), COMMON_URL + 1);
}

#[test]
fn an_event_joins_news_only_by_its_title() {
    let mut pair = items(
        "amt 02 Fachtag zur digitalen Verwaltung in der Messehalle | Der Fachtag bringt Verwaltung und Technik aus dem ganzen Land zusammen, mit Vorträgen.
         blatt 02 Rückblick auf den Fachtag der Verwaltung | Der Fachtag brachte Verwaltung und Technik aus dem ganzen Land zusammen, mit Vorträgen.",
    );
    pair[0].event = true;
    assert_eq!(show(&pair, &groups(&pair)), "[A] [B]");
}

fn judged(told: &Told) -> Judged {
    let source = crate::testing::source(&told.source);
    let entry = model::Entry {
        published: Some(told.at),
        summary: Some(told.summary.clone()),
        ..crate::testing::entry(&told.title, &told.url)
    };
    let mut batch = crate::curate(vec![entry], &source, &RULES, &Recent::default(), at("2026-03-28"));
    let Some(model::Change::New(mut judged)) = batch.changes.pop() else { panic!("new") };
    judged.item.id.clone_from(&told.id);
    judged.item.story.id.clone_from(&told.id);
    judged
}

fn arrive(told: &Told, recent: &Recent) -> (String, BTreeMap<String, String>) {
    let mut new = judged(told);
    let moved = tell(&mut [&mut new], recent, at("2026-03-28"), &RULES);
    (new.item.story.id, moved)
}

#[test]
fn an_existing_story_keeps_its_id() {
    let all = items(
        "amt 03 Musterland führt die E-Akte in allen Behörden ein
         blatt 02 Musterland führt E-Akte in allen Behörden ein
         fach 04 Musterland führt die E-Akte in allen Behörden ein",
    );
    // B is older, but A's story was there first.
    let recent = Recent { told: vec![all[0].clone()], ..Recent::default() };
    assert_eq!(arrive(&all[1], &recent), ("A".to_owned(), BTreeMap::new()));
    // Told apart before, now one: the others move to the story with the earliest item.
    let recent = Recent { told: vec![all[0].clone(), all[2].clone()], ..Recent::default() };
    let (story, moved) = arrive(&all[1], &recent);
    assert_eq!((story.as_str(), moved.get("C").map(String::as_str)), ("A", Some("A")));
    // The lead has left the window: its story lives on.
    let recent = Recent { told: vec![Told { story: "Z".to_owned(), ..all[0].clone() }], ..Recent::default() };
    assert_eq!(arrive(&all[1], &recent).0, "Z");
    // The item itself, changed, stays where it was.
    let recent = Recent { told: vec![Told { story: "Z".to_owned(), ..all[1].clone() }], ..Recent::default() };
    assert_eq!(arrive(&all[1], &recent), ("Z".to_owned(), BTreeMap::new()));
}

proptest! {
    #[test]
    fn the_order_of_arrival_changes_nothing(order in Just((0..7_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let all = items(
            "amt 03 Musterland führt die E-Akte in allen Behörden ein
             blatt 02 Musterland führt E-Akte in allen Behörden ein
             fach 04 Musterland führt die E-Akte in allen Behörden ein
             amt 05 Serviceportal erreicht 10.000 Nutzerkonten im Land
             blatt 06 Serviceportal erreicht 20.000 Nutzerkonten im Land
             fach 07 Serviceportal erreicht 20.000 Nutzerkonten im ganzen Land
             blog 20 Was bleibt vom Jahr der Verwaltung",
        );
        let turned: Vec<Told> = order.iter().map(|at| all[*at].clone()).collect();
        prop_assert_eq!(show(&turned, &groups(&turned)), "[A B C] [D] [E F] [G]");
    }
}

/// Press releases as an agency sends them, and as others print them: cut, with another headline, with a dateline,
/// with sentences turned round.
const RELEASES: [[&str; 3]; 8] = [
    [
        "Musterland bündelt seine Registerprojekte | Das Kabinett hat am Dienstag beschlossen, die Registerprojekte des Landes in einer Leitstelle zu bündeln. Die Leitstelle nimmt im September mit 14 Beschäftigten ihre Arbeit in Probstadt auf, sagte Digitalministerin Erna Muster.",
        "Leitstelle für Register kommt nach Probstadt | Probstadt. Das Kabinett hat am Dienstag beschlossen, die Registerprojekte des Landes in einer Leitstelle zu bündeln. Die Leitstelle nimmt im September mit 14 Beschäftigten ihre Arbeit auf.",
        "Kabinett bündelt Registerprojekte des Landes | In einer Leitstelle will Musterland seine Registerprojekte bündeln, das hat das Kabinett am Dienstag beschlossen. Digitalministerin Erna Muster zufolge nimmt die Leitstelle im September in Probstadt ihre Arbeit auf.",
    ],
    [
        "Wohngeld lässt sich jetzt in 40 Gemeinden per App beantragen | Vierzig Gemeinden bieten den Wohngeldantrag in der App »Amtsweg« an. Die Bearbeitung dauert nach Angaben des Städtebunds im Schnitt neun Tage statt sechs Wochen.",
        "App »Amtsweg«: Wohngeld in neun Tagen | Den Wohngeldantrag in der App »Amtsweg« bieten vierzig Gemeinden an. Statt sechs Wochen dauert die Bearbeitung im Schnitt neun Tage, teilt der Städtebund mit.",
        "Wohngeld lässt sich in 40 Gemeinden per App beantragen | Vierzig Gemeinden bieten den Antrag in der App »Amtsweg« an, im Schnitt dauert die Bearbeitung neun Tage.",
    ],
    [
        "Rechenzentrum Altfelden erhält Prüfsiegel | Das Rechenzentrum Altfelden hat das Prüfsiegel der Stufe drei erhalten. Geschäftsführer Karl Probe nahm die Urkunde von Amtspräsidentin Ida Beispiel entgegen; geprüft wurden 212 Maßnahmen.",
        "Prüfsiegel der Stufe drei für Rechenzentrum | Das Rechenzentrum Altfelden hat das Prüfsiegel der Stufe drei erhalten. Amtspräsidentin Ida Beispiel überreichte Geschäftsführer Karl Probe die Urkunde. Geprüft wurden 212 Maßnahmen.",
        "Altfelden: Rechenzentrum besteht Prüfung | 212 Maßnahmen wurden geprüft, nun hat das Rechenzentrum Altfelden das Prüfsiegel der Stufe drei. Die Urkunde ging an Geschäftsführer Karl Probe.",
    ],
    [
        "Neuer Sprachassistent hilft beim Elternantrag | Der Sprachassistent Lotta beantwortet seit Montag Fragen zum Elternantrag in elf Sprachen. Entwickelt haben ihn die Familienkasse Neuburg und die Hochschule Probstadt; 380.000 Euro kostet der Versuch.",
        "Lotta spricht elf Sprachen | Seit Montag beantwortet der Sprachassistent Lotta Fragen zum Elternantrag in elf Sprachen. Der Versuch der Familienkasse Neuburg und der Hochschule Probstadt kostet 380.000 Euro.",
        "Familienkasse Neuburg testet Sprachassistenten | Der Sprachassistent Lotta hilft seit Montag beim Elternantrag, in elf Sprachen. Den Versuch für 380.000 Euro trägt die Familienkasse mit der Hochschule Probstadt.",
    ],
    [
        "Angriff auf Kreisverwaltung Neuburg: Ämter offline | Nach einem Angriff mit Verschlüsselungssoftware hat der Landkreis Neuburg am Sonntagabend alle Server abgeschaltet. Die Zulassungsstelle und das Jugendamt sind nur telefonisch erreichbar, sagte Landrat Otto Exempel.",
        "Kreis Neuburg schaltet nach Hackerangriff alle Server ab | Der Landkreis Neuburg hat am Sonntagabend nach einem Angriff mit Verschlüsselungssoftware alle Server abgeschaltet. Zulassungsstelle und Jugendamt sind nur telefonisch erreichbar.",
        "Landrat Exempel: Server bleiben vorerst aus | Verschlüsselungssoftware hat den Landkreis Neuburg getroffen, alle Server wurden am Sonntagabend abgeschaltet. Landrat Otto Exempel zufolge sind Jugendamt und Zulassungsstelle nur telefonisch erreichbar.",
    ],
    [
        "Erna Muster ist neue Präsidentin des Landesarchivs | Die Historikerin Erna Muster leitet seit dem 16. März das Landesarchiv. Sie will bis zum Ende des Jahrzehnts 90 Kilometer Akten digitalisieren und folgt auf Max Beispiel.",
        "Landesarchiv unter neuer Leitung | Seit dem 16. März leitet die Historikerin Erna Muster das Landesarchiv. Bis zum Ende des Jahrzehnts sollen 90 Kilometer Akten digitalisiert sein. Ihr Vorgänger ist Max Beispiel.",
        "Muster folgt auf Beispiel im Landesarchiv | Die Historikerin Erna Muster hat am 16. März die Leitung des Landesarchivs übernommen. 90 Kilometer Akten will sie digitalisieren, Max Beispiel geht in den Ruhestand.",
    ],
    [
        "Schulen bekommen einheitliche Lernplattform | Ab dem Schuljahr arbeiten 1.240 Schulen mit der Lernplattform Kompass. Das Bildungsministerium hat den Zuschlag an das Konsortium Nordlicht erteilt, der Vertrag läuft sechs Jahre.",
        "Lernplattform Kompass kommt an 1.240 Schulen | Das Bildungsministerium hat dem Konsortium Nordlicht den Zuschlag für die Lernplattform Kompass erteilt. 1.240 Schulen arbeiten ab dem Schuljahr damit, der Vertrag läuft sechs Jahre.",
        "Zuschlag für Nordlicht: Schulen lernen mit Kompass | Das Konsortium Nordlicht liefert die Lernplattform Kompass für 1.240 Schulen. Das Bildungsministerium hat den Zuschlag für sechs Jahre erteilt.",
    ],
    [
        "Gerichte verhandeln per Video | Alle 23 Amtsgerichte des Landes können seit dieser Woche per Video verhandeln. Justizminister Paul Fiktiv nannte die Ausstattung der 61 Säle einen Meilenstein; sie kostete 4,2 Millionen Euro.",
        "23 Amtsgerichte mit Videotechnik ausgestattet | Seit dieser Woche können alle 23 Amtsgerichte des Landes per Video verhandeln. Die Ausstattung der 61 Säle kostete 4,2 Millionen Euro, sagte Justizminister Paul Fiktiv.",
        "Videoverhandlungen an allen Amtsgerichten | Justizminister Paul Fiktiv hat die Ausstattung von 61 Sälen mit Videotechnik abgeschlossen. Alle 23 Amtsgerichte können seit dieser Woche per Video verhandeln.",
    ],
];

#[test]
fn press_releases_and_their_copies_are_one_story_each() {
    let lines: Vec<String> = RELEASES
        .iter()
        .enumerate()
        .flat_map(|(release, copies)| {
            let houses = ["amt", "fach", "blatt"].into_iter().enumerate();
            houses.map(move |(day, house)| format!("{house} {:02} {}", 10 + release % 3 + day, copies[day]))
        })
        .collect();
    let items = items(&lines.join("\n"));
    let story = |groups: &[Vec<usize>], at: usize| groups.iter().position(|group| group.contains(&at));
    let groups = groups(&items);
    let (mut pairs, mut found, mut wrong) = (0, 0, Vec::new());
    for one in 0..items.len() {
        for other in one + 1..items.len() {
            let joined = story(&groups, one) == story(&groups, other);
            if one / 3 == other / 3 {
                pairs += 1;
                found += usize::from(joined);
            } else if joined {
                wrong.push((&items[one].title, &items[other].title));
            }
        }
    }
    assert_eq!(wrong, [], "two releases in one story");
    assert!(found * 100 >= pairs * 95, "recall {found}/{pairs}: {}", show(&items, &groups));
}

#[test]
fn templates_with_other_facts_stay_apart() {
    // A yearly report, one text for two towns, a running incident, stages of a law: alike in their words, and not
    // one act.
    check(
        "amt 02 Kontrollrat legt Jahresbericht vor | Der Kontrollrat hat den Jahresbericht vorgelegt. Die Bürokratiekosten sind um 310 Millionen Euro gesunken.
         blatt 03 Kontrollrat übergibt Bericht | Der Kontrollrat hat den Jahresbericht vorgelegt. Die Bürokratiekosten sind um 475 Millionen Euro gestiegen.",
        "[A] [B]",
    );
    check(
        "amt 02 Anmeldung des Wohnsitzes geht online | In Bochum melden Einwohner ihren Wohnsitz elektronisch an. Bürgermeister und Amtsleitung stellten den Dienst im Rathaus vor.
         blatt 03 Wohnsitz online anmelden | In Kassel melden Einwohner ihren Wohnsitz elektronisch an. Bürgermeister und Amtsleitung stellten den Dienst im Rathaus vor.",
        "[A] [B]",
    );
    check(
        "amt 02 Kabinett billigt Entwurf des Archivgesetzes | Am 3. März hat das Kabinett den Entwurf des Archivgesetzes gebilligt, nun berät der Landtag.
         blatt 20 Landtag nimmt Archivgesetz an | Am 19. März hat der Landtag das Archivgesetz angenommen, der Entwurf des Kabinetts blieb unverändert.",
        "[A] [B]",
    );
}
