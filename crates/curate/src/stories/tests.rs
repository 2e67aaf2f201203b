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
                source: source.to_owned(),
                url,
                title: title.trim().to_owned(),
                summary: summary.trim().to_owned(),
                at: at(&format!("2026-03-{day}")),
                event: false,
            }
        })
        .collect()
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
    assert_eq!(show(&items, &group(&items, &RULES)), expected, "{text}");
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
        group(&items, &RULES).len()
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
    assert_eq!(show(&pair, &group(&pair, &RULES)), "[A] [B]");
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
        prop_assert_eq!(show(&turned, &group(&turned, &RULES)), "[A B C] [D] [E F] [G]");
    }
}
